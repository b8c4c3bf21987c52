"""Answerers whose scores are known beforehand, and what a table of scores may say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from northmoor import (
    GOLD,
    FakeAssistant,
    always_refuse,
    cite_everything,
    copy_everything,
    gold_answerer,
    shuffled_citations,
    ticking,
    wrong_year,
)

from assistant.answer import Reply
from eval.evaluate import Row, Run, Unit, measures, run, summarise
from eval.gates import check_gates, read_gates

FLOORS = """
grounded_correct = 0.75
citation_precision = 0.70
unanswerable_refused = 0.80
answerable_refused_max = 0.08
verbatim = 1.0
"""


def rows_of(reply: Callable[[str], Reply]) -> tuple[Row, ...]:
    return summarise(run(FakeAssistant(reply), GOLD, clock=ticking()))


def figures(reply: Callable[[str], Reply]) -> dict[str, float | None]:
    return {row.measure: row.value for row in rows_of(reply) if row.slice == "all"}


# --- answerers of known score: four answerable questions, one that is not ---------------------------------------------


def test_the_gold_answerer_scores_full_marks() -> None:
    found = figures(gold_answerer)
    for measure in (
        "right",
        "crag",
        "grounded_correct",
        "correct",
        "citation_recall",
        "citation_precision",
        "citation_f1",
    ):
        assert found[measure] == 1.0
    assert found["first_citation"] == 1.0 and found["over_cited"] == found["dangling"] == found["wrong_period"] == 0
    assert found["unanswerable_refused"] == found["refusal_precision"] == found["verbatim"] == 1.0
    assert found["answerable_refused"] == found["forbidden"] == 0.0


def test_always_refusing_scores_only_on_the_unanswerable() -> None:
    found = figures(always_refuse)
    assert found["grounded_correct"] == found["correct"] == found["citation_recall"] == 0.0
    assert found["unanswerable_refused"] == 1.0
    assert found["refusal_precision"] == 1 / 5
    assert found["answerable_refused"] == 1.0
    assert found["citation_precision"] is None  # nothing was cited, so there is nothing to be precise about
    assert found["median_words"] == 0
    assert found["right"] == 1 / 5 and found["crag"] == 1 / 5  # four refusals that are wrong cost nothing
    assert found["citation_f1"] == 0.0


def test_citing_everything_buys_recall_and_pays_in_precision() -> None:
    found = figures(cite_everything)
    assert found["grounded_correct"] == found["citation_recall"] == 1.0
    assert found["citation_precision"] == pytest.approx((1 / 6 + 1 / 6 + 2 / 6 + 1 / 6) / 4)
    assert found["first_citation"] == 0.0  # the first paragraph of the corpus is nobody's evidence
    assert found["unanswerable_refused"] == 0.0
    assert found["refusal_precision"] is None  # nothing was refused
    assert found["over_cited"] == (5 + 5 + 4 + 5) / 4  # six cited, one evidence group (two for the change)
    assert found["crag"] == (4 - 1) / 5


def test_copying_everything_says_the_other_years_figures_too() -> None:
    found = figures(copy_everything)
    assert found["citation_recall"] == 1.0
    assert found["correct"] == found["forbidden"] == 2 / 4  # the grade and the number of one year only are lost
    assert found["median_words"] is not None and found["median_words"] >= 72  # in the six paragraphs


def test_the_wrong_year_is_wrong_where_the_year_matters() -> None:
    # Grade and number of the other year: wrong, uncited, forbidden. The change needs both years, the fact has one only.
    found = figures(wrong_year)
    assert found["correct"] == found["grounded_correct"] == found["citation_recall"] == 2 / 4
    assert found["citation_precision"] == found["forbidden"] == 2 / 4
    assert found["wrong_period"] == 2  # the change cites both years


def test_shuffled_citations_keep_the_facts_and_lose_the_evidence() -> None:
    found = figures(shuffled_citations)
    assert found["correct"] == 1.0 and found["grounded_correct"] == 0.0
    assert found["citation_recall"] == found["citation_precision"] == 0.0
    assert found["citation_f1"] == found["first_citation"] == 0.0
    assert found["right"] == 1 / 5 and found["crag"] == (1 - 4) / 5


@pytest.mark.parametrize(
    ("reply", "passes"),
    [
        (gold_answerer, True),
        (always_refuse, False),
        (cite_everything, False),
        (copy_everything, False),
        (wrong_year, False),
        (shuffled_citations, False),
    ],
)
def test_the_gates_let_only_the_gold_answerer_through(
    reply: Callable[[str], Reply], passes: bool, tmp_path: Path
) -> None:
    path = tmp_path / "gold.gates.toml"
    path.write_text(FLOORS, encoding="utf-8")
    verdicts = check_gates(read_gates(path, measures()), rows_of(reply))
    assert all(verdict.is_kept for verdict in verdicts) is passes


def test_retrieval_is_scored_whatever_was_answered() -> None:
    # Every search finds the six paragraphs in corpus order. Evidence stands at ranks 4; 2; 2 and 5; 3.
    found = figures(always_refuse)
    assert found["recall_at_1"] == 0.0
    assert found["recall_at_3"] == (0 + 1 + 1 / 2 + 1) / 4
    assert found["hit_at_3"] == (0 + 1 + 1 + 1) / 4
    assert found["recall_at_5"] == found["recall_at_10"] == 1.0
    assert found["reciprocal_rank"] == pytest.approx((1 / 4 + 1 / 2 + 1 / 2 + 1 / 3) / 4)


# --- tables -----------------------------------------------------------------------------------------------------------


def test_seconds_are_percentiles_of_the_time_to_reply() -> None:
    found = figures(gold_answerer)
    assert found["p50_seconds"] == found["p95_seconds"] == 0.25


def test_progress_is_reported_after_each_question() -> None:
    seen: list[tuple[int, int]] = []
    run(FakeAssistant(always_refuse), GOLD[:2], report=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_other_depths_give_other_recall_rows() -> None:
    finished = run(FakeAssistant(gold_answerer), GOLD, k_values=(2,))
    names = {row.measure for row in summarise(finished)}
    assert "recall_at_2" in names and "recall_at_10" not in names


def test_slices_are_the_run_its_kinds_parts_and_wordings() -> None:
    counts = {row.slice: row.count for row in rows_of(gold_answerer) if row.measure == "refused"}
    assert counts == {
        "all": 5,
        "fact": 1,
        "number": 1,
        "grade": 1,
        "change": 1,
        "unanswerable": 1,
        "dev": 3,
        "locked": 2,
        "near": 5,
    }


def test_a_slice_under_twenty_questions_has_no_interval() -> None:
    nineteen, twenty = GOLD[:1] * 19, GOLD[:1] * 20
    for gold, is_small in ((nineteen, True), (twenty, False)):
        rows = summarise(run(FakeAssistant(gold_answerer), gold))
        shares = [
            row for row in rows if row.unit in (Unit.SHARE, Unit.MEAN) and row.value is not None and row.count >= 19
        ]
        assert shares and all(row.is_small is is_small for row in shares)
        assert all((row.low is None) is is_small and (row.high is None) is is_small for row in shares)


def test_intervals_contain_their_figures() -> None:
    gold = GOLD * 6
    for reply in (gold_answerer, cite_everything, copy_everything, wrong_year):
        for row in summarise(run(FakeAssistant(reply), gold)):
            if row.low is not None and row.high is not None:
                assert (
                    row.value is not None
                    and -1 <= row.low <= row.value + 1e-9
                    and row.value - 1e-9 <= row.high <= (6 if row.unit is Unit.AMOUNT else 1)
                )


def test_the_same_run_is_summarised_the_same_each_time() -> None:
    finished = run(FakeAssistant(wrong_year), GOLD * 6, clock=ticking())
    assert summarise(finished) == summarise(Run(finished.outcomes, finished.k_values))
