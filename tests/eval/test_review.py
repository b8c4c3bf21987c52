"""Feedback waits in a file until an evaluator decides; nothing in it is lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from errors import InputError
from eval.review import (
    LONGEST_COMMENT,
    State,
    Verdict,
    candidate,
    decide,
    read_queue,
    record_feedback,
    reply_id,
    waiting,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_feedback_is_read_as_it_was_given(tmp_path: Path) -> None:
    queue = tmp_path / "new" / "feedback.jsonl"
    given = record_feedback(
        queue, "How many?", "evidence wrong", "an older report", "14.", ("a#p001",), ("b#p002",), NOON
    )
    assert read_queue(queue) == (given,)
    assert (
        given.verdict is Verdict.EVIDENCE_WRONG
        and given.cited == ("a#p001",)
        and given.given.startswith("2026-11-22T12")
    )


def test_the_same_reply_has_the_same_id_whoever_judges_it(tmp_path: Path) -> None:
    first = record_feedback(tmp_path / "q", "How many?", "wrong", "no", "14.", ("a#p001",))
    second = record_feedback(tmp_path / "q", "How many?", "right", "yes", "14.", ("a#p001",))
    assert first.reply_id == second.reply_id == reply_id("How many?", "14.", ["a#p001"]) and first.id != second.id


def test_a_decision_is_added_and_the_entry_no_longer_waits(tmp_path: Path) -> None:
    queue = tmp_path / "q"
    one, other = (record_feedback(queue, f"Question {n}?", "wrong") for n in (1, 2))
    decide(queue, one, State.REJECTED, "the reply was right")
    assert waiting(queue) == (other,)
    assert [each.state for each in read_queue(queue)] == [State.REJECTED, State.OPEN]
    assert len(queue.read_text(encoding="utf-8").splitlines()) == 3


def test_praise_does_not_wait_for_an_evaluator(tmp_path: Path) -> None:
    record_feedback(tmp_path / "q", "How many?", Verdict.RIGHT)
    assert waiting(tmp_path / "q") == ()


@pytest.mark.parametrize(("question", "verdict"), [("How many?", "so-so"), ("  ", "wrong")])
def test_feedback_without_a_question_or_a_known_verdict_is_refused(tmp_path: Path, question: str, verdict: str) -> None:
    with pytest.raises(InputError):
        record_feedback(tmp_path / "q", question, verdict)
    assert not (tmp_path / "q").exists()


def test_a_long_comment_is_cut(tmp_path: Path) -> None:
    assert len(record_feedback(tmp_path / "q", "How many?", "wrong", "x" * 9_999).comment) == LONGEST_COMMENT


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    record_feedback(tmp_path / "q", "How many?", "wrong")
    with (tmp_path / "q").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    with pytest.raises(InputError, match="line 2"):
        read_queue(tmp_path / "q")


def test_a_candidate_keeps_the_question_and_leaves_the_answer_to_a_person(tmp_path: Path) -> None:
    entry = record_feedback(tmp_path / "q", "How many?", "wrong", "too few", "14.", ("a#p001",))
    line = candidate(entry, "R-F-001")
    assert line["question"] == "How many?" and line["must"] == [] and line["seen"]["cited"] == ["a#p001"]


def test_there_is_nothing_to_read_before_the_first_feedback(tmp_path: Path) -> None:
    assert read_queue(tmp_path / "none") == ()
