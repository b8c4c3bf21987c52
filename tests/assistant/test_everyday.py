"""Informal words read as plain ones."""

import pytest

from assistant.everyday import in_plain_words


def nothing_held(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Do the villains get banged up?", (("villains", "offenders"), ("banged up", "convicted"))),
        ("Who keeps tabs on them?", ()),
        ("How do they keep tabs on thieving?", (("keep tabs on", "monitor"), ("thieving", "theft"))),
        ("Were victims left in the dark?", (("left in the dark", "not informed"),)),
        ("What did the inspectors moan about?", (("moan", "criticised"),)),
        ("Did inspectors find anything about gearing?", ()),
    ],
)
def test_informal_words_are_read_as_plain_ones_the_longest_first(
    question: str, read: tuple[tuple[str, str], ...]
) -> None:
    assert in_plain_words(question, nothing_held) == read


def test_words_that_a_document_uses_are_left_alone() -> None:
    assert in_plain_words("Do folk like the kit?", "kit".__eq__) == (("folk", "people"),)


def test_a_capital_within_a_sentence_may_be_a_name() -> None:
    assert in_plain_words("What did Bobby say to the bobby?", nothing_held) == (("bobby", "police officers"),)
