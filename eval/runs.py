"""Runs on disk: a folder for each, and the summary that the page shows of the latest.

Owns the folder's layout and its JSON. Leaves scoring to `evaluate` and the HTML page to `page`. A run holds words of the
reports, so `runs/` is never committed; what is committed of a run is its `baseline`, which holds figures and ids only.

    runs/20261122T140512Z-reports/
        summary.json      RunSummary: headline, what went wrong, what was measured on what
        questions.jsonl   an Outcome to a line: question, reply, every score
        traces.jsonl      a Trace to a line: what each stage made of the question
        paragraphs.json   the words of every paragraph cited, found or in the gold, by id
        figures.json      every measure over every slice
        report.html       the page, as `python -m eval run --runs` and `python -m eval report` write it
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from errors import InputError

SUMMARY, QUESTIONS, TRACES = "summary.json", "questions.jsonl", "traces.jsonl"
PARAGRAPHS, PAGE = "paragraphs.json", "report.html"


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure with its 95% interval."""

    key: str
    label: str  # in words, "correct and grounded"
    unit: str  # "share" and "mean" are in [0, 1]; "words", "seconds", "count" as they are
    count: int  # questions counted
    value: float | None
    low: float | None = None  # None where it has no interval, or too few questions for one
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """A question that was answered wrongly, and the first stage that lost it."""

    id: str
    question: str
    kind: str
    stage: str  # in words, "not found"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What was measured on what: two runs are comparable when gold and index are the same."""

    gold: str  # file name
    gold_sha256: str
    index: str  # fingerprint of the indexed files
    reader: str  # version of the reading code that built the index
    settings: str  # hash of the settings in use
    commit: str  # of the code, with "+changes" when files differ from it; "" where git is not at hand
    versions: dict[str, str]  # python and the packages that decide answers
    machine: str
    started: str  # ISO, UTC
    seconds: float  # of the whole run
    peak_megabytes: float  # resident memory at its highest


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in short, as the Quality tab shows it."""

    folder: Path
    part: str  # "all" (dev and check), "dev", "check" or "locked"
    questions: int
    circumstances: Circumstances
    headline: tuple[Figure, ...]  # in the order in which they are to be read
    lost: tuple[tuple[str, int], ...]  # (stage in words, questions), in the order in which the assistant works
    losses: tuple[Loss, ...]  # in gold order
    gates_kept: bool | None  # None: no gate was checked
    page: Path | None = None  # report.html, where it has been written


_SUMMARY = TypeAdapter(RunSummary)


def write_summary(summary: RunSummary) -> None:
    """Write `summary.json` into the run's folder.

    Raises:
        InputError: it cannot be written.
    """
    raw = _SUMMARY.dump_python(summary, mode="json", exclude={"folder", "page"})
    write_text(summary.folder / SUMMARY, json.dumps(raw, ensure_ascii=False, indent=1) + "\n")


def read_summary(folder: Path) -> RunSummary:
    """The summary of the run in `folder`.

    Raises:
        InputError: there is none, or it is damaged.
    """
    page = folder / PAGE
    try:
        raw = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        return _SUMMARY.validate_python({**raw, "folder": folder, "page": page if page.is_file() else None})
    except (OSError, ValueError, TypeError, ValidationError) as problem:
        remedy = "Name a folder that python -m eval has written."
        raise InputError(str(folder), f"holds no run that can be read ({_first_line(problem)}). {remedy}") from None


def latest(folder: Path, index: str = "") -> RunSummary | None:
    """The newest readable run among the folders in `folder`, one on the index of that fingerprint before all others; None
    when there is none. A damaged one is passed over."""
    found = []
    for path in sorted(folder.glob(f"*/{SUMMARY}")):
        try:
            found.append(read_summary(path.parent))
        except InputError:
            continue  # a run that was interrupted must not hide the one before it
    return max(found, key=lambda run: (run.circumstances.index == index, run.circumstances.started), default=None)


def new_folder(runs: Path, started: str, gold: str) -> Path:
    """A folder that did not exist: `20261122T140512Z-reports`, with a number when that is taken.

    Raises:
        InputError: it cannot be made.
    """
    name = f"{started.replace('-', '').replace(':', '')}-{Path(gold).stem}"
    for number in range(1, 1000):
        path = runs / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir(parents=True)
            return path
        except FileExistsError:
            continue
        except OSError as problem:
            raise InputError(str(path), f"cannot be made ({problem}). Name another folder with --runs.") from None
    raise InputError(str(runs), "holds too many runs of one second. Name another folder with --runs.")


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file.

    Raises:
        InputError: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InputError(str(path), f"cannot be written ({problem}). Name a file in a folder that exists.") from None


def write_lines(path: Path, values: Sequence[Any]) -> None:
    """Write JSON lines."""
    write_text(path, "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values))


def _first_line(problem: Exception) -> str:
    return str(problem).split("\n", maxsplit=1)[0]
