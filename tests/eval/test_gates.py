"""What a gates file may hold, and when a gate is kept."""

from pathlib import Path

import pytest

from errors import InputError
from eval.evaluate import Row, Unit, measures
from eval.gates import Gate, Verdict, check_gates, gates_path, read_gates

FLOOR = Gate("correct", "correct", 0.75, is_ceiling=False)
CEILING = Gate("p50_seconds_max", "p50_seconds", 0.5, is_ceiling=True)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gold.gates.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_gates_stand_beside_the_gold_file() -> None:
    assert gates_path(Path("eval/gold/reports.jsonl")) == Path("eval/gold/reports.gates.toml")


def test_floors_and_ceilings_are_read_in_order(tmp_path: Path) -> None:
    path = written(tmp_path, "correct = 0.75\np50_seconds_max = 0.5\n")
    assert read_gates(path, measures()) == (FLOOR, CEILING)


def test_every_gate_the_release_needs_is_known(tmp_path: Path) -> None:
    text = (
        "grounded_correct = 0.75\ncitation_precision = 0.70\nrecall_at_5 = 0.85\nunanswerable_refused = 0.80\n"
        "answerable_refused_max = 0.08\nmedian_words_max = 90\np50_seconds_max = 0.5\nverbatim = 1.0\n"
    )
    assert len(read_gates(written(tmp_path, text), measures())) == 8


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("corect = 0.75", "There is no gate “corect”"),
        ("p50_seconds = 0.5", "There is no gate “p50_seconds”"),  # lower is better, so only a ceiling makes sense
        ("correct = 75", "“correct” is a share and cannot be above 1"),
        ("correct = -0.1", "“correct” must be a number from 0 up"),
        ("correct = true", "“correct” must be a number from 0 up"),
        ("correct = nan", "“correct” must be a number from 0 up"),
        ("correct = '0.75'", "“correct” must be a number from 0 up"),
        ("correct 0.75", "cannot be read"),
    ],
)
def test_a_gate_that_cannot_be_is_refused_by_name(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_gates(written(tmp_path, text), measures())


@pytest.mark.parametrize(
    ("gate", "value", "is_kept"),
    [
        (FLOOR, 0.75, True),
        (FLOOR, 0.7499, False),
        (CEILING, 0.5, True),
        (CEILING, 0.5001, False),
        (FLOOR, None, False),  # a figure that was not measured has not been kept
        (CEILING, None, False),
    ],
)
def test_a_gate_is_kept_at_its_bound_and_on_the_good_side(gate: Gate, value: float | None, is_kept: bool) -> None:
    assert Verdict(gate, value, 40).is_kept is is_kept


def test_gates_are_checked_on_the_whole_run_only() -> None:
    rows = [
        Row("all", "correct", "correct", Unit.SHARE, 40, 0.8),
        Row("grade", "correct", "correct", Unit.SHARE, 20, 0.1),
    ]
    assert check_gates([FLOOR], rows) == (Verdict(FLOOR, 0.8, 40),)
