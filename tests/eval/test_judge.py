"""The optional judge: how far it agrees with others, and that ragas asks a LangChain model for it."""

import json
from typing import Any

import pytest
from northmoor import GOLD, FakeAssistant, always_refuse, gold_answerer

from eval.commands.judging import MARKS
from eval.evaluate import run
from eval.judge import Agreement, Judged, Mark, Verdicts, agreement, agreements, judge_lines, read_marks

OUTCOMES = run(FakeAssistant(gold_answerer), GOLD).outcomes
ANSWERED = [outcome for outcome in OUTCOMES if not outcome.refused]


def test_kappa_discounts_the_agreement_of_chance() -> None:
    # Both say yes 3 times in 4: chance agrees on 9/16 + 1/16 = 10/16. They agree on 2 of 4.
    pairs = [(True, True), (True, True), (True, False), (False, True)]
    found = agreement(pairs)
    assert found.share == 1 / 2 and found.kappa == pytest.approx((1 / 2 - 10 / 16) / (1 - 10 / 16))


def test_without_pairs_or_without_a_second_verdict_there_is_no_kappa() -> None:
    assert agreement([]) == Agreement(0, None, None)
    assert agreement([(True, True)] * 3) == Agreement(3, 1.0, None)


def test_the_judge_is_held_against_figures_that_need_none_and_a_persons_marks() -> None:
    marks = [Mark("It had 14 officers.", "It had 14 officers.", True), Mark("It had 31.", "It had 14 officers.", False)]
    verdicts = Verdicts(tuple(Judged(outcome.id, 1.0, 1.0) for outcome in ANSWERED), (1.0, 1.0))
    found = agreements(verdicts, OUTCOMES, marks)
    assert found["with correct and grounded"] == Agreement(4, 1.0, None)
    assert found["with a person's marks"].share == 1 / 2  # it supports what the person does not
    assert found["with statements that are their quotes"].share == 1.0


def test_the_marked_set_holds_both_verdicts() -> None:
    marks = read_marks(MARKS)
    assert len(marks) >= 20 and 0.4 <= sum(mark.supported for mark in marks) / len(marks) <= 0.6


def test_its_figures_are_never_shown_without_the_agreement() -> None:
    judged = [Judged("N-1", 0.5, None), Judged("N-2", None, None)]
    lines = judge_lines(judged, {"with a person's marks": Agreement(0, None, None)})
    assert "0.5 of 1 (n<20)" in lines[0] and "no verdict on 1 of 2 answers" in lines
    assert lines[-1] == "agrees with a person's marks: – of 0, kappa –"


def test_ragas_asks_a_langchain_model_about_every_statement() -> None:
    pytest.importorskip("ragas", reason="requirements-judge.txt is not installed")
    from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    from eval.judge import judge_outcomes

    asked: list[Any] = []

    def replies() -> Any:
        """First the claims of an answer, then a verdict on each, as ragas asks for them in turn."""
        while True:
            asked.append("claims")
            yield AIMessage(json.dumps({"statements": ["The team had 14 officers."]}))
            asked.append("verdicts")
            verdict = {"statement": "The team had 14 officers.", "reason": "it is quoted", "verdict": 1}
            yield AIMessage(json.dumps({"statements": [verdict]}))

    refused = run(FakeAssistant(always_refuse), GOLD[:1]).outcomes
    marks = (Mark("It had 14 officers.", "The team had 14 officers.", True),)
    verdicts = judge_outcomes([*OUTCOMES[1:2], *refused], marks, GenericFakeChatModel(messages=replies()))
    assert verdicts == Verdicts((Judged("N-2", 1.0, 1.0),), (1.0,))
    assert asked == ["claims", "verdicts"] * 3  # the one statement, the whole answer, the mark; no refusal
