"""What is recorded of one question, and which stage is named when it is lost."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from northmoor import (
    CALLS_2019,
    CITABLE,
    DOCUMENT_OF,
    DOCUMENTS,
    FORM_2022,
    GOLD,
    GRADE_2019,
    GRADE_2022,
    NUMBER_2019,
    NUMBER_2022,
    PARAGRAPHS,
    FakeAssistant,
    answer,
    gold_answerer,
    quotes,
    refusal,
    ticking,
)

from assistant.answer import Citation, Reason, Refusal, Reply
from assistant.conversation import Turn
from assistant.scope import EVERYTHING, Scope
from eval.asking import put
from eval.gold import GoldQuestion
from eval.outcome import Asked, Outcome, score
from eval.stages import Stage, Trace
from ingest.document import Kind, Paragraph

GRADE, NUMBER, CHANGE, FACT, UNANSWERABLE = GOLD


def scored(gold: GoldQuestion, reply: Reply, found: tuple[str, ...] = CITABLE, trace: Trace = Trace()) -> Outcome:  # noqa: B008
    return score(gold, Asked(reply, found, trace, 0.5), PARAGRAPHS, DOCUMENT_OF, (1, 3))


def test_a_quoted_gold_answer_is_correct_and_grounded() -> None:
    outcome = scored(GRADE, quotes(GRADE.question, [GRADE_2022]))
    assert outcome.correct and outcome.grounded and outcome.verbatim and outcome.lost is None
    assert (outcome.citation_recall, outcome.citation_precision, outcome.first_citation_right) == (1.0, 1.0, 1.0)


def test_half_the_evidence_is_not_grounded() -> None:
    text = "14 officers became 31."
    outcome = scored(CHANGE, answer(CHANGE.question, text, [FORM_2022, NUMBER_2019]))
    assert outcome.correct and not outcome.grounded and outcome.lost is Stage.NOT_CHOSEN
    assert (outcome.citation_recall, outcome.citation_precision, outcome.first_citation_right) == (1 / 2, 1 / 2, 0.0)


def test_the_other_years_grade_is_wrong_even_beside_the_right_one() -> None:
    outcome = scored(GRADE, quotes(GRADE.question, [GRADE_2022, GRADE_2019]))
    assert outcome.forbidden and not outcome.correct and outcome.lost is Stage.FACT_MISSING


def test_a_refused_answerable_question_is_wrong_and_cites_nothing() -> None:
    outcome = scored(GRADE, refusal(GRADE.question))
    assert outcome.refused and outcome.reason == "nothing relevant"
    assert not outcome.correct and not outcome.forbidden and outcome.citation_recall == 0.0
    assert outcome.citation_precision is None


def test_the_nearest_paragraphs_of_a_refusal_are_not_citations() -> None:
    nearest = quotes(GRADE.question, [GRADE_2022]).citations
    plain = refusal(GRADE.question)
    reply = Refusal(plain.question, plain.reason, plain.explanation, plain.searched, nearest)
    assert scored(GRADE, reply).cited == ()


def test_an_unanswerable_question_is_right_when_refused_and_has_no_citation_figures() -> None:
    outcome = scored(UNANSWERABLE, refusal(UNANSWERABLE.question))
    assert outcome.correct and outcome.lost is None
    assert outcome.citation_recall is outcome.citation_precision is outcome.sentence_recall is None
    assert outcome.ranking == {} and outcome.over_cited is None


def test_retrieval_is_scored_at_each_k() -> None:
    outcome = scored(CHANGE, refusal(CHANGE.question), (NUMBER_2022, FORM_2022, NUMBER_2019))
    found = outcome.ranking
    assert (found["recall_at_1"], found["recall_at_3"], found["hit_at_1"], found["reciprocal_rank"]) == (0.5, 1, 1, 1)
    assert found["document_hit_at_1"] == 1.0 and found["document_recall_at_3"] == 1.0


def test_a_quote_that_the_index_does_not_hold_is_not_verbatim() -> None:
    stale = Paragraph(NUMBER_2019, "The rural crime team had 99 officers.", ((0, 9),), Kind.FINDING)
    unknown = Paragraph("northmoor-2031#p001", "The rural crime team had 14 officers.", ((0, 9),), Kind.FINDING)
    plain = refusal(NUMBER.question)
    for paragraph in (stale, unknown):
        nearest = (Citation(paragraph, DOCUMENTS[0], paragraph.text),)
        reply = Refusal(plain.question, plain.reason, plain.explanation, plain.searched, nearest)
        assert not scored(NUMBER, reply).verbatim


@pytest.mark.parametrize(
    ("gold", "reply", "found", "stage"),
    [
        (FACT, refusal(FACT.question), (GRADE_2019,), Stage.NOT_FOUND),
        (FACT, quotes(FACT.question, [GRADE_2019]), (GRADE_2019,), Stage.NOT_FOUND),
        (FACT, refusal(FACT.question), (CALLS_2019,), Stage.REFUSED),
        (FACT, quotes(FACT.question, [GRADE_2019]), (CALLS_2019,), Stage.NOT_CHOSEN),
        (FACT, answer(FACT.question, "Soon.", [CALLS_2019]), (CALLS_2019,), Stage.FACT_MISSING),
        (FACT, answer(FACT.question, "Soon.", [CALLS_2019]), (), Stage.FACT_MISSING),  # cited without being found
        (FACT, quotes(FACT.question, [CALLS_2019]), (), None),
        (CHANGE, quotes(CHANGE.question, [NUMBER_2019]), (NUMBER_2019,), Stage.NOT_FOUND),  # the other group
        (UNANSWERABLE, quotes(UNANSWERABLE.question, [FORM_2022]), CITABLE, Stage.ANSWERED),
    ],
)
def test_the_first_stage_that_lost_a_question_is_named(
    gold: GoldQuestion, reply: Reply, found: tuple[str, ...], stage: Stage | None
) -> None:
    assert scored(gold, reply, found).lost is stage


def test_asking_is_timed_and_searching_goes_as_deep_as_asked() -> None:
    asked = put(FakeAssistant(gold_answerer), FACT, 5, ticking(0.25))
    assert asked.seconds == 0.25 and asked.found == CITABLE[:5]


def test_a_follow_up_question_is_asked_after_the_questions_before_it() -> None:
    heard: list[tuple[str, tuple[str, ...]]] = []

    class Listening(FakeAssistant):
        def ask(self, question: str, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()) -> Reply:
            heard.append((question, tuple(turn.question for turn in turns)))
            return gold_answerer(question)

    gold = replace(FACT, conversation=(GRADE.question, NUMBER.question))
    put(Listening(gold_answerer), gold, 5, ticking())
    first, second = gold.conversation
    assert heard == [(first, ()), (second, (first,)), (FACT.question, (first, second))]


def trace(*chosen: str, found: tuple[str, ...] = (), drafted: tuple[str, ...] = ()) -> Trace:
    spans = {key: ((0, len(PARAGRAPHS[key].text)),) for key in chosen}
    return Trace(found=tuple((key, 0.5) for key in found), chosen=tuple(spans.items()), drafted=drafted)


@pytest.mark.parametrize(
    ("way", "stage"),
    [
        (trace(), Stage.NOT_FOUND),
        (trace(found=(CALLS_2019,)), Stage.NOT_CHOSEN),
        (trace(CALLS_2019), Stage.LEFT_OUT),
        (trace(CALLS_2019, drafted=(CALLS_2019,)), Stage.VERIFIED_AWAY),
    ],
)
def test_a_trace_tells_the_stages_between_search_and_answer_apart(way: Trace, stage: Stage) -> None:
    assert scored(FACT, quotes(FACT.question, [GRADE_2019]), (), way).lost is stage


def test_a_fact_outside_the_words_chosen_was_left_out() -> None:
    [[anchor]] = FACT.evidence
    gold = replace(FACT, evidence=((replace(anchor, span=(40, 58)),),))
    early = Trace(chosen=((CALLS_2019, ((0, 20),)),))
    assert scored(gold, answer(FACT.question, "Soon.", [CALLS_2019]), (CALLS_2019,), early).lost is Stage.LEFT_OUT


def test_a_question_stopped_by_a_gate_is_laid_to_the_gate() -> None:
    stopped = replace(refusal(FACT.question), reason=Reason.OTHER_BODY)
    assert scored(FACT, stopped, ()).lost is Stage.GATE


def test_evidence_that_no_paragraph_holds_was_not_read() -> None:
    [[anchor]] = FACT.evidence
    gold = replace(FACT, evidence=((replace(anchor, paragraph="northmoor-2031#p001"),),))
    assert scored(gold, refusal(FACT.question)).lost is Stage.NOT_READ


def test_an_answer_from_another_period_only_is_counted() -> None:
    assert scored(NUMBER, quotes(NUMBER.question, [NUMBER_2022])).wrong_period
    assert not scored(NUMBER, quotes(NUMBER.question, [NUMBER_2022, NUMBER_2019])).wrong_period
    assert not scored(NUMBER, refusal(NUMBER.question)).wrong_period


def test_any_answer_about_a_body_that_is_not_loaded_is_of_the_wrong_body() -> None:
    gold = replace(UNANSWERABLE, tags=("wrong-body",))
    assert scored(gold, quotes(UNANSWERABLE.question, [FORM_2022])).wrong_body
    assert not scored(gold, refusal(UNANSWERABLE.question)).wrong_body
