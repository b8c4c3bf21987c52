"""What is recorded of one question, and which stage is named when it is lost."""

import pytest
from northmoor import (
    CALLS_2019,
    CITABLE,
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

from assistant.answer import Citation, Refusal, Reply
from eval.gold import GoldQuestion
from eval.outcome import Outcome, Stage, examine, score
from ingest.document import Kind, Paragraph

GRADE, NUMBER, CHANGE, FACT, UNANSWERABLE = GOLD


def scored(gold: GoldQuestion, reply: Reply, found: tuple[str, ...] = CITABLE) -> Outcome:
    return score(gold, reply, found, PARAGRAPHS, (1, 3), 0.5)


def test_a_quoted_gold_answer_is_correct_and_grounded() -> None:
    outcome = scored(GRADE, quotes(GRADE.question, [GRADE_2022]))
    assert outcome.correct and outcome.grounded and outcome.verbatim and outcome.lost is None
    assert (outcome.citation_recall, outcome.citation_precision, outcome.first_citation_right) == (1.0, 1.0, 1.0)


def test_half_the_evidence_is_not_grounded() -> None:
    text = "14 officers became 31."
    outcome = scored(CHANGE, answer(CHANGE.question, text, [FORM_2022, NUMBER_2019]))
    assert outcome.correct and not outcome.grounded and outcome.lost is Stage.NOT_CITED
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
    assert outcome.citation_recall is outcome.citation_precision is outcome.reciprocal_rank is None
    assert outcome.recall_at == outcome.hit_at == ()


def test_retrieval_is_scored_at_each_k() -> None:
    outcome = scored(CHANGE, refusal(CHANGE.question), (NUMBER_2022, FORM_2022, NUMBER_2019))
    assert outcome.recall_at == ((1, 0.5), (3, 1.0)) and outcome.hit_at == ((1, 1.0), (3, 1.0))
    assert outcome.reciprocal_rank == 1.0


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
        (FACT, quotes(FACT.question, [GRADE_2019]), (CALLS_2019,), Stage.NOT_CITED),
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


def test_asking_is_timed_and_searching_goes_as_deep_as_the_largest_k() -> None:
    outcome = examine(FakeAssistant(gold_answerer), FACT, (1, 3, 5), ticking(0.25))
    assert outcome.seconds == 0.25
    assert outcome.found == CITABLE[:5]
