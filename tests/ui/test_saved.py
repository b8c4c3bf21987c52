import json
from dataclasses import replace

import pytest
from fake_desk import CALLS, DOCUMENTS, GRADE, REPORT_2015, REPORT_2022, SHELF, answer, cite, paragraph, refusal, say

from assistant.answer import Answer, Reason
from assistant.scope import Scope
from ui.saved import Fate, Turn, from_record, summary, to_record
from ui.shelf import Shelf

FAST = "Calls to 999 were answered in nine seconds."
ANSWER = replace(
    answer(say(CALLS, FAST), say(GRADE), notes=("A note.",)), scope=Scope(period="2015"), rewritten="How, in 2015?"
)
TURN = Turn(ANSWER, ANSWER.question, "0123abcd", "2026-11-22T13:40")


def over_the_wire(turn: Turn) -> object:
    found: object = json.loads(json.dumps(to_record(turn)))
    return found


def test_what_is_kept_comes_back_equal_while_the_documents_are_the_same() -> None:
    back = from_record(over_the_wire(TURN), SHELF)
    assert back == replace(TURN, fates=(Fate.INTACT, Fate.INTACT))
    refused = Turn(refusal(Reason.NOT_ANSWERED, cite(CALLS)), refusal().question, "0123abcd", "2026-11-22T13:40")
    assert from_record(over_the_wire(refused), SHELF) == refused


def test_a_quote_that_moved_to_another_paragraph_is_still_proof_and_says_so() -> None:
    moved = replace(REPORT_2015, paragraphs=(paragraph("northmoor-2015#p009", CALLS.text), GRADE))
    back = from_record(over_the_wire(TURN), Shelf.of((moved, REPORT_2022)))
    assert back is not None and back.reply is not None
    assert back.fates == (Fate.MOVED, Fate.INTACT)
    assert summary(back.fates) == "Of 2 quoted passages: 1 intact, 1 moved."


def test_changed_words_are_no_longer_an_answer_but_what_was_said_then() -> None:
    changed = replace(REPORT_2015, paragraphs=(paragraph("northmoor-2015#p001", "Calls were slow."), GRADE))
    back = from_record(over_the_wire(TURN), Shelf.of((changed,)))
    assert back is not None and back.reply is not None
    assert [each.text for each in back.lost] == [FAST]
    assert back.lost[0].fate is Fate.CHANGED
    assert isinstance(back.reply, Answer)
    assert [each.text for each in back.reply.statements] == [GRADE.text]


def test_with_the_document_withdrawn_nothing_is_left_of_the_reply() -> None:
    back = from_record(over_the_wire(TURN), Shelf.of((REPORT_2022,)))
    assert back is not None
    assert back.reply is None
    assert back.fates == (Fate.WITHDRAWN, Fate.WITHDRAWN)
    assert len(back.lost) == 2


@pytest.mark.parametrize("record", [None, [], "x", {}, {"question": "Q"}, {"question": "Q", "statements": [{}]}])
def test_what_this_page_did_not_write_is_no_turn(record: object) -> None:
    assert from_record(record, Shelf.of(DOCUMENTS)) is None


def test_forged_words_without_a_quote_in_the_documents_never_become_a_statement() -> None:
    for quotes in ([], to_record(TURN)["statements"][0]["quotes"]):
        forged = {**to_record(TURN), "statements": [{"text": "Horses were bought for £90.", "quotes": quotes}]}
        back = from_record(forged, SHELF)
        assert back is None or back.reply is None
