"""Baselines, comparisons and the soft gate; gates that no file relaxes."""

from dataclasses import replace
from pathlib import Path

import pytest
from northmoor import GOLD, FakeAssistant, always_refuse, gold_answerer, ticking, wrong_year
from test_runs import WHERE

from errors import InputError
from eval.compare import (
    Baseline,
    by_kind,
    comparisons,
    only_in_one,
    read_baseline,
    scored,
    soft_failures,
    write_baseline,
)
from eval.evaluate import run
from eval.gates import hard_failures
from eval.gold import GoldQuestion
from eval.outcome import Outcome
from eval.stages import Stage

MANY: tuple[GoldQuestion, ...] = tuple(
    replace(question, id=f"{question.id}-{copy}") for copy in range(8) for question in GOLD
)


def baseline(reply: object, gold: tuple[GoldQuestion, ...] = MANY) -> Baseline:
    finished = run(FakeAssistant(reply), gold, clock=ticking())  # type: ignore[arg-type]
    return Baseline(WHERE, tuple(map(scored, finished.outcomes)))


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = baseline(wrong_year)
    write_baseline(tmp_path / "gold.baseline.json", made)
    assert read_baseline(tmp_path / "gold.baseline.json") == made


def test_a_baseline_holds_no_words_of_a_report(tmp_path: Path) -> None:
    path = tmp_path / "gold.baseline.json"
    write_baseline(path, baseline(gold_answerer))
    text = path.read_text(encoding="utf-8")
    assert "officers" not in text and "nine seconds" not in text and len(text.splitlines()) == len(MANY) + 3


def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    for path in (tmp_path / "x.json", tmp_path / "none", tmp_path):
        with pytest.raises(InputError):
            read_baseline(path)


def test_the_headline_is_compared_first_and_by_kind() -> None:
    first, *_ = comparisons(baseline(gold_answerer), baseline(wrong_year))
    assert (first.measure, first.count, len(first.losses), first.verdict) == ("right", 40, 16, "lower")
    kinds = dict(by_kind(baseline(gold_answerer), baseline(wrong_year)))
    assert len(kinds["grade"].losses) == 8 and not kinds["fact"].losses
    assert kinds["grade"].verdict == "no verdict (n<20)"


def test_a_run_that_is_worse_beyond_doubt_fails_and_the_same_run_passes() -> None:
    before = baseline(gold_answerer)
    assert soft_failures(before, before) == ()
    [failure] = soft_failures(before, baseline(wrong_year))
    assert failure.startswith("“right” changed by -40.0 points")


def test_one_lost_question_fails_when_it_must_pass_and_passes_as_noise() -> None:
    gold = (*MANY[:-4], replace(MANY[-4], tags=("must-pass",)), *MANY[-3:])  # a question about a number
    before, after = baseline(gold_answerer, gold), baseline(gold_answerer, gold)
    place = len(gold) - 4
    lost = replace(after.questions[place], lost=Stage.REFUSED.value, scores={"right": 0.0})
    broken = replace(after, questions=(*after.questions[:place], lost, *after.questions[place + 1 :]))
    assert soft_failures(before, broken) == (f"{lost.id} must pass and is lost: refused wrongly",)
    unmarked = replace(broken, questions=tuple(replace(each, tags=()) for each in broken.questions))
    assert soft_failures(before, unmarked) == ()


def test_questions_in_one_run_only_are_named() -> None:
    assert only_in_one(baseline(gold_answerer, GOLD[:2]), baseline(gold_answerer, GOLD[1:3])) == (("N-1",), ("N-3",))


# --- hard gates -------------------------------------------------------------------------------------------------------


def test_a_sound_run_breaks_no_hard_gate() -> None:
    assert hard_failures(run(FakeAssistant(always_refuse), GOLD), GOLD) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"verbatim": False}, "verbatim in the index: N-2"),
        ({"dangling": 1}, "the index does not hold: N-2"),
        ({"wrong_body": True}, "another body than the one asked about: N-2"),
    ],
)
def test_each_thing_that_must_never_happen_is_named(change: dict[str, object], words: str) -> None:
    finished = run(FakeAssistant(gold_answerer), GOLD)
    outcomes: list[Outcome] = list(finished.outcomes)
    outcomes[1] = replace(outcomes[1], **change)  # type: ignore[arg-type]
    [failure] = hard_failures(replace(finished, outcomes=tuple(outcomes)), GOLD)
    assert failure.endswith(words)


def test_a_skipped_question_breaks_a_hard_gate() -> None:
    [failure] = hard_failures(run(FakeAssistant(gold_answerer), GOLD[1:]), GOLD)
    assert failure == "questions skipped or asked twice: N-1"
