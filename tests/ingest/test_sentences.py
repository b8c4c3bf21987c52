"""Where sentences begin and end."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sentences import lead_in_of, sentence_spans, sentences


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert sentences("Northmoor is quiet. Saltby is not.") == ("Northmoor is quiet.", "Saltby is not.")


def test_questions_and_exclamations_end_a_sentence() -> None:
    assert sentences("Who pays? Nobody! That is all.") == ("Who pays?", "Nobody!", "That is all.")


def test_a_sentence_may_begin_with_a_digit_a_pound_sign_or_a_quote() -> None:
    text = "It fell. 12 stayed. £4 was lost. “No,” they said."
    assert sentences(text) == ("It fell.", "12 stayed.", "£4 was lost.", "“No,” they said.")


def test_a_closing_quote_belongs_to_the_sentence_it_closes() -> None:
    assert sentences("They said “no.” It ended.") == ("They said “no.”", "It ended.")


def test_an_aside_in_brackets_belongs_to_the_sentence_before_it() -> None:
    assert sentences("They said “no.” (We asked twice.) It ended. (Report: Cells, part 2. See also 3.)") == (
        "They said “no.” (We asked twice.)",
        "It ended. (Report: Cells, part 2. See also 3.)",
    )


def test_a_bracket_that_only_opens_a_sentence_does_not_belong_to_the_one_before() -> None:
    assert sentences("It was cold. (In May) the cells were not heated.") == (
        "It was cold.",
        "(In May) the cells were not heated.",
    )


def test_a_point_hangs_on_the_last_sentence_before_it_and_only_if_that_ends_with_a_colon() -> None:
    assert lead_in_of("The cells are clean. They are not:") == "They are not:"
    assert lead_in_of("The cells are clean.") == ""


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    text = "Officers, e.g. PCs, met Dr. Amis and J. Thorn at No. 4. They left."
    assert sentences(text) == ("Officers, e.g. PCs, met Dr. Amis and J. Thorn at No. 4.", "They left.")


def test_a_decimal_and_an_address_are_left_whole() -> None:
    assert sentences("Calls rose by 4.5 percent at www.example.org in May.") == (
        "Calls rose by 4.5 percent at www.example.org in May.",
    )


def test_text_without_a_stop_is_one_sentence() -> None:
    assert sentences("  Areas for improvement ") == ("Areas for improvement",)


def test_no_text_has_no_sentences() -> None:
    assert sentence_spans(" \n ") == ()


@settings(max_examples=60)
@given(st.text(alphabet="Ab1. ?!”()\n£", max_size=60))
def test_the_spans_hold_every_visible_character_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
