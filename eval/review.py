"""What readers say of a reply waits here until an evaluator makes a gold question of it or turns it down.

Owns the queue: a file of JSON lines to which the page adds, and the verdicts an evaluator adds to it. Leaves the terminal
dialogue to `review_command`. The queue holds what people typed, so it is kept beside the index and never committed.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from errors import InputError

PREFIX = "R-F"  # of the ids of candidates that come from feedback
LONGEST_COMMENT = 2_000  # characters; not tuned, about a page


class Verdict(StrEnum):
    """What a reader can say of a reply."""

    RIGHT = "right"
    WRONG = "wrong"
    EVIDENCE_WRONG = "evidence wrong"


class State(StrEnum):
    """What became of a piece of feedback."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's verdict on one reply, and how the reply came about."""

    id: str  # 12 hex digits
    given: str  # ISO, UTC
    question: str
    reply_id: str  # `reply_id` of the words shown, so that the same reply judged twice is seen to be the same
    verdict: Verdict
    comment: str = ""
    answer: str = ""  # the words shown
    cited: tuple[str, ...] = ()  # paragraph ids, in the order of the answer
    found: tuple[str, ...] = ()  # paragraph ids of the run's trace, best first
    state: State = State.OPEN
    reason: str = ""  # the evaluator's, when rejected; the gold id, when accepted


_FEEDBACK = TypeAdapter(Feedback)


def reply_id(question: str, answer: str, cited: Sequence[str]) -> str:
    """12 hex digits that name a reply by its content: the same question, words and citations give the same id."""
    return hashlib.sha256(json.dumps([question, answer, list(cited)]).encode()).hexdigest()[:12]


def record_feedback(
    queue: Path,
    question: str,
    verdict: Verdict | str,
    comment: str = "",
    answer: str = "",
    cited: Sequence[str] = (),
    found: Sequence[str] = (),
    now: datetime | None = None,
) -> Feedback:
    """Add a verdict to the queue and return it. The file and its folder are made when they are missing.

    Args:
        cited, found: paragraph ids: of the reply's citations in order, and of the search, best first.
        now: with a time zone; the present when None.

    Raises:
        InputError: the verdict is none of `Verdict`, the question is empty, or the file cannot be written.
    """
    if verdict not in list(Verdict):
        raise InputError("feedback", f"has the verdict “{verdict}”. It is one of {', '.join(Verdict)}.")
    if not question.strip():
        raise InputError("feedback", "names no question. Ask one first.")
    given = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")
    name = reply_id(question, answer, cited)
    entry = Feedback(
        hashlib.sha256(f"{given}{name}{verdict}{comment}".encode()).hexdigest()[:12],
        given,
        question.strip(),
        name,
        Verdict(verdict),
        comment.strip()[:LONGEST_COMMENT],
        answer,
        tuple(cited),
        tuple(found),
    )
    _append(queue, entry)
    return entry


def decide(queue: Path, entry: Feedback, state: State, reason: str) -> None:
    """Add the evaluator's decision on an entry. Nothing in the queue is ever changed or taken away.

    Raises:
        InputError: the file cannot be written.
    """
    _append(queue, Feedback(**{**asdict(entry), "state": state, "reason": reason}))


def read_queue(queue: Path) -> tuple[Feedback, ...]:
    """Every entry once, as its last line has it, in the order in which they came; none when there is no file.

    Raises:
        InputError: a line cannot be read; it names the line.
    """
    if not queue.is_file():
        return ()
    entries: dict[str, Feedback] = {}
    for number, line in enumerate(queue.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                entry = _FEEDBACK.validate_json(line)
            except ValidationError:
                raise InputError(str(queue), f"line {number} is no feedback. Take the line out.") from None
            entries[entry.id] = entry
    return tuple(entries.values())


def waiting(queue: Path) -> tuple[Feedback, ...]:
    """The entries on which nobody has decided, other than those that say the reply is right."""
    return tuple(each for each in read_queue(queue) if each.state is State.OPEN and each.verdict is not Verdict.RIGHT)


def candidate(entry: Feedback, number: str) -> dict[str, Any]:
    """An author's line begun from an entry: what an evaluator still has to write is empty.

    The kind is open and so is the evidence, for the reply that was called wrong cannot say what is right. Cited paragraphs
    are listed as `seen`, a name that anchoring leaves out.
    """
    return {
        "id": number,
        "question": entry.question,
        "kind": "",
        "answer": "",
        "must": [],
        "evidence": [],
        "wording": "near",
        "tags": ["from-feedback"],
        "seen": {"verdict": entry.verdict.value, "comment": entry.comment, "cited": list(entry.cited)},
    }


def accept(queue: Path, entry: Feedback, out: Path, prefix: str = PREFIX) -> str:
    """Add the entry's candidate to the author's file `out`, decide on the entry, and return the candidate's id.

    Raises:
        InputError: a file cannot be read or written; then nothing is decided.
    """
    try:
        with FileLock(f"{out}.lock"):
            number = f"{prefix}-{_next(out, prefix):03}"
            with out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(candidate(entry, number), ensure_ascii=False) + "\n")
    except OSError as problem:
        raise InputError(str(out), f"cannot be written ({problem}). Name a file in a folder that exists.") from None
    decide(queue, entry, State.ACCEPTED, number)
    return number


def _next(out: Path, prefix: str) -> int:
    """One more than the highest number in use, so that no id is given twice."""
    lines = out.read_text(encoding="utf-8").splitlines() if out.is_file() else []
    try:
        names = [str(json.loads(line).get("id", "")) for line in lines if line.strip()]
    except (ValueError, AttributeError):
        raise InputError(str(out), "has a line that is no JSON object. Take the line out.") from None
    return 1 + max((int(name.rsplit("-", 1)[1]) for name in names if name.startswith(f"{prefix}-")), default=0)


def _append(queue: Path, entry: Feedback) -> None:
    line = _FEEDBACK.dump_json(entry).decode() + "\n"
    try:
        queue.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{queue}.lock"), queue.open("a", encoding="utf-8") as file:
            file.write(line)
    except OSError as problem:
        raise InputError(str(queue), f"cannot be written ({problem}). Name another file.") from None
