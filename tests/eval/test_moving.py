"""Anchors follow their paragraphs; what needs a person is said."""

from dataclasses import replace

from northmoor import CALLS_2019, NUMBER_2019, NUMBER_2022, PARAGRAPHS

from eval.gold import Anchor, paragraph_hash
from eval.moving import Way, move
from ingest.document import Paragraph

CALLS = PARAGRAPHS[CALLS_2019]
ANCHOR = Anchor(CALLS_2019, paragraph_hash(CALLS.text), (0, 58))


def renamed(paragraph: Paragraph, name: str, text: str | None = None) -> Paragraph:
    return replace(paragraph, id=name, text=text or paragraph.text, pieces=((0, len(text or paragraph.text)),))


def test_an_anchor_that_holds_stays() -> None:
    assert move(ANCHOR, PARAGRAPHS).way is Way.SAME


def test_a_paragraph_with_another_id_is_found_by_its_hash() -> None:
    now = {"northmoor-2019#p009": renamed(CALLS, "northmoor-2019#p009")}
    moved = move(ANCHOR, now)
    assert moved.way is Way.HASH and moved.new == (replace(ANCHOR, paragraph="northmoor-2019#p009"),)


def test_of_equal_paragraphs_that_of_the_same_document_is_taken() -> None:
    names = ("northmoor-2022#p004", "northmoor-2019#p009")
    moved = move(ANCHOR, {name: renamed(CALLS, name) for name in names})
    assert moved.new[0].paragraph == "northmoor-2019#p009"


def test_changed_words_are_found_by_the_text_of_before() -> None:
    longer = "It was Tuesday. " + CALLS.text + " Then it rained."
    now = {"northmoor-2019#p003": renamed(CALLS, "northmoor-2019#p003", longer)}
    moved = move(ANCHOR, now, PARAGRAPHS)
    assert moved.way is Way.TEXT and moved.new[0].hash == paragraph_hash(longer)
    assert moved.new[0].span is not None and longer[slice(*moved.new[0].span)].startswith("Calls to the control")


def test_without_the_words_of_before_a_person_has_to_look() -> None:
    moved = move(ANCHOR, {"northmoor-2019#p003": renamed(CALLS, "northmoor-2019#p003", "Other words.")})
    assert moved.way is Way.LOST and moved.new == () and "--before" in moved.why


def test_words_that_are_gone_need_a_person_who_is_told_what_is_nearest() -> None:
    now = {key: PARAGRAPHS[key] for key in (NUMBER_2019, NUMBER_2022)}
    moved = move(ANCHOR, now, PARAGRAPHS)
    assert moved.way is Way.LOST and "no paragraph" in moved.why
