"""An evaluator goes through the feedback in the terminal."""

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.review import State, read_queue, record_feedback


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    for number in (1, 2, 3):
        record_feedback(
            tmp_path / "queue", f"Question {number}?", "wrong", "no", "An answer.", ("a#p001",), ("b#p002",)
        )
    return tmp_path / "queue"


def review(queue: Path, monkeypatch: pytest.MonkeyPatch, *typed: str) -> tuple[int, list[dict[str, object]]]:
    answers = iter(typed)

    def read(prompt: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    out = queue.parent / "candidates.jsonl"
    status = main(["review", "--queue", str(queue), "--out", str(out)])
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return status, [json.loads(line) for line in lines]


def test_accepted_feedback_becomes_a_candidate_and_rejected_keeps_its_reason(
    queue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, lines = review(queue, monkeypatch, "a", "r", "the answer was right", "s")
    assert status == 0 and [line["id"] for line in lines] == ["R-F-001"] and lines[0]["question"] == "Question 1?"
    states = [(each.state, each.reason) for each in read_queue(queue)]
    assert states == [(State.ACCEPTED, "R-F-001"), (State.REJECTED, "the answer was right"), (State.OPEN, "")]


def test_a_second_review_goes_on_where_the_first_stopped(queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    review(queue, monkeypatch, "a", "q")
    _, lines = review(queue, monkeypatch, "a", "a")
    assert [(line["id"], line["question"]) for line in lines] == [
        ("R-F-001", "Question 1?"),
        ("R-F-002", "Question 2?"),
        ("R-F-003", "Question 3?"),
    ]


def test_the_end_of_input_ends_the_review_and_loses_nothing(queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, lines = review(queue, monkeypatch)
    assert status == 0 and lines == [] and {each.state for each in read_queue(queue)} == {State.OPEN}


def test_a_missing_queue_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--queue", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2
    assert "The page writes it" in capsys.readouterr().err
