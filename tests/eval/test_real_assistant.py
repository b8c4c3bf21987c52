"""The evaluation on the real assistant over the two invented reports: traces, confidence, the ladder of searches."""

import math
import time
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.steps import Asked
from eval.asking import put
from eval.evaluate import run
from eval.gold import Anchor, GoldQuestion, QuestionKind, paragraph_hash
from eval.rungs import given_document, given_paragraph, rungs
from eval.stages import Stage
from index.store import Store


def question(
    northmoor: Assistant, name: str, text: str, evidence: str, kind: QuestionKind = QuestionKind.FACT
) -> GoldQuestion:
    [found] = [each for each in northmoor.store.paragraphs.values() if each.is_citable and evidence in each.text]
    anchor = Anchor(found.id, paragraph_hash(found.text), (0, len(found.text)))
    return GoldQuestion(name, text, kind, "see the evidence", (), (), ((anchor,),), "near")


@pytest.fixture(scope="module")
def officers(northmoor: Assistant) -> GoldQuestion:
    return question(northmoor, "N-11", "How many officers did the rural crime team have in 2016?", "had 14 officers")


def test_a_trace_holds_what_each_stage_made_of_the_question(northmoor: Assistant, officers: GoldQuestion) -> None:
    asked = put(northmoor, officers, 10, time.perf_counter)
    [[anchor]] = officers.evidence
    trace = asked.trace
    assert "rural crime team" in trace.subject and trace.found[0][0] == anchor.paragraph == asked.found[0]
    assert anchor.paragraph in dict(trace.chosen) and anchor.paragraph in trace.drafted and trace.shortfall == ""
    assert trace.confidence is not None and math.isfinite(trace.confidence) and asked.seconds > 0


def test_a_refusal_leaves_the_reason_in_the_trace(northmoor: Assistant, officers: GoldQuestion) -> None:
    unanswerable = replace(
        officers, question="How did Wessex Police do in 2016?", kind=QuestionKind.UNANSWERABLE, evidence=()
    )
    finished = run(northmoor, [unanswerable])
    assert finished.outcomes[0].refused and finished.traces[0].shortfall.startswith("about another body")


def test_an_answer_beside_the_point_is_laid_to_the_choice(northmoor: Assistant, officers: GoldQuestion) -> None:
    [other] = [each for each in northmoor.store.paragraphs.values() if "harbour project" in each.text]
    wrong = replace(officers, evidence=((Anchor(other.id, paragraph_hash(other.text)),),))
    assert run(northmoor, [wrong]).outcomes[0].lost in (Stage.NOT_FOUND, Stage.NOT_CHOSEN)


def test_a_date_leaves_later_reports_out(northmoor: Assistant, officers: GoldQuestion) -> None:
    dated = replace(officers, question="How many officers did the rural crime team have?", as_of="2017-12-31")
    outcome = run(northmoor, [dated]).outcomes[0]
    assert {quoted.document for said in outcome.statements for quoted in said.citations} == {"northmoor-2016"}


def test_every_rung_searches_and_the_whole_ranking_beats_chance(northmoor: Assistant, officers: GoldQuestion) -> None:
    assert isinstance(northmoor.store, Store)
    ladder = {rung.name: rung for rung in rungs(northmoor)}
    [[anchor]] = officers.evidence
    for name, rung in ladder.items():
        found = rung.search(officers)
        assert 0 < len(found) <= 10 and len(set(found)) == len(found), name
        assert all(each in northmoor.store.paragraphs for each in found), name
    assert ladder["the whole ranking"].search(officers)[0] == anchor.paragraph
    assert ladder["the whole ranking"].search(officers) == [
        hit.paragraph.id for hit in northmoor.find(officers.question, 10)
    ]
    assert ladder["chance"].search(officers) == ladder["chance"].search(officers)
    given = {
        northmoor.store.document_of[key].id for key in ladder["... with the right document given"].search(officers)
    }
    assert given == {"northmoor-2016"}


def test_with_the_right_document_or_paragraph_given_only_those_are_cited(
    northmoor: Assistant, officers: GoldQuestion
) -> None:
    [[anchor]] = officers.evidence
    by_document = given_document(northmoor, officers)
    by_paragraph = given_paragraph(northmoor, officers)
    assert {each.document.id for each in getattr(by_document, "citations", ())} == {"northmoor-2016"}
    assert {each.paragraph.id for each in getattr(by_paragraph, "citations", ())} == {anchor.paragraph}


def test_a_question_in_two_parts_can_be_given_its_paragraphs(northmoor: Assistant, officers: GoldQuestion) -> None:
    both = replace(
        officers,
        question="How many officers did the rural crime team have in 2016, and what share of non-emergency calls was lost?",
    )
    assert len(northmoor.steps.understand(Asked(both.question)).question.parts) == 2
    cited = {each.paragraph.id for each in getattr(given_paragraph(northmoor, both), "citations", ())}
    assert cited <= {each.paragraph for group in both.evidence for each in group}
