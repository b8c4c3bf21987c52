"""A conversation through the API: the caller keeps the turns and sends them along."""

import pytest
from fake_desk import CALLS, SCRIPT, FakeDesk
from pydantic import ValidationError

from assistant.answer import Answer, Refusal
from assistant.assistant import Assistant
from assistant.conversation import KEPT_TURNS, Turn
from ui.api import asked, earlier
from ui.contract import AskRequest, EarlierTurn


def test_the_turns_that_are_sent_along_reach_the_desk_with_what_they_cited() -> None:
    desk = FakeDesk()
    turns = (EarlierTurn(question="How are calls answered?", cited=(CALLS.id,)), EarlierTurn(question="Why?"))
    asked(desk, AskRequest(question="And in 2022?", turns=turns))
    ((_, (first, second)),) = desk.asked
    assert isinstance(first, Answer) and first.question == "How are calls answered?"
    assert [each.paragraph.id for each in first.citations] == [CALLS.id]
    assert isinstance(second, Refusal) and second.question == "Why?"


def test_a_paragraph_that_is_no_longer_loaded_is_passed_over() -> None:
    (reply,) = earlier(FakeDesk(), [EarlierTurn(question="How?", cited=("gone#p001", SCRIPT.id))])
    assert isinstance(reply, Answer)
    assert [each.paragraph.id for each in reply.citations] == [SCRIPT.id]


def test_too_many_turns_and_empty_ones_are_refused() -> None:
    with pytest.raises(ValidationError):
        AskRequest(question="How?", turns=(EarlierTurn(question="Why?"),) * (KEPT_TURNS + 1))
    with pytest.raises(ValidationError):
        EarlierTurn(question=" ")


def test_a_follow_up_through_the_api_is_understood_from_the_turn_before(northmoor: Assistant) -> None:
    first = northmoor.ask("How many officers did the rural crime team have in 2016?")
    assert isinstance(first, Answer)
    cited = tuple(each.paragraph.id for each in first.citations)
    desk = FakeDesk(documents=northmoor.documents)
    replies = earlier(desk, [EarlierTurn(question=first.question, cited=cited)])
    followed = northmoor.ask("And in 2021/22?", turns=[Turn.of(reply) for reply in replies])
    assert followed.rewritten and "rural crime team" in followed.rewritten
