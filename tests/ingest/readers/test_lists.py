"""Which sentence the points of a list hang from: one rule for every format with lists of its own."""

from ingest.document import Block, Role
from ingest.readers.lists import settle


def text(words: str) -> tuple[Block, float]:
    return Block(Role.TEXT, words, ((0, len(words)),)), 0


def point(words: str, indent: float = 0) -> tuple[Block, float]:
    return Block(Role.ITEM, words, ((0, len(words)),)), indent


def lead_ins(*drafts: tuple[Block, float]) -> list[str]:
    return [block.lead_in for block in settle(drafts) if block.role is Role.ITEM]


def test_a_point_hangs_from_the_sentence_with_the_colon_and_not_from_the_whole_paragraph() -> None:
    assert lead_ins(text("The cells are clean. They do not:"), point("open;"), point("close.")) == ["They do not:"] * 2


def test_a_nested_point_hangs_from_the_last_sentence_of_its_parent() -> None:
    assert lead_ins(
        text("It must:"), point("train people. These are:"), point("clerks;", indent=1), point("wait.")
    ) == ["It must:", "These are:", "It must:"]


def test_a_paragraph_without_a_colon_leads_nothing_in() -> None:
    assert lead_ins(text("The cells are clean. They open."), point("a stray point")) == [""]


def test_a_list_of_one_point_below_a_short_address_is_a_list_though_its_number_goes_on_from_another() -> None:
    third = Block(Role.ITEM, "Rowers should be hired.", ((0, 1),), number="3")
    below = [block.role for block in settle([text("To the club:"), (third, 0.0)])]
    assert below == [Role.TEXT, Role.ITEM]
    sentence = text("There were three of them that the board had named in the paper:")
    assert [block.role for block in settle([sentence, (third, 0.0)])] == [Role.TEXT, Role.TEXT]
