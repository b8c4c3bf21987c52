"""A finished run becomes a folder: what was asked, what came back, how, on what, with what.

Owns what is recorded and under which circumstances. Leaves the folder's layout to `runs` and scoring to `evaluate`.
"""

import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from eval.evaluate import Row, Run
from eval.outcome import Outcome
from eval.runs import (
    PARAGRAPHS,
    QUESTIONS,
    TRACES,
    Circumstances,
    Figure,
    Loss,
    RunSummary,
    write_lines,
    write_summary,
    write_text,
)
from eval.stages import Stage
from index.store import reader_version
from ingest.corpus import fingerprint
from ingest.document import Document, Paragraph
from settings import Settings

PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "numpy", "langchain", "ir-measures")
HEADLINE = (
    "right",
    "grounded_correct",
    "correct",
    "number_right",
    "citation_recall",
    "citation_precision",
    "citation_f1",
    "sentence_f1",
    "recall_at_5",
    "ndcg_at_10",
    "document_hit_at_1",
    "unanswerable_refused",
    "answerable_refused",
    "carried_over",
    "over_cited",
    "wrong_body",
    "wrong_period",
    "verbatim",
    "median_words",
    "p50_seconds",
    "p95_seconds",
)


def circumstances(
    gold: Path, documents: Iterable[Document], settings: Settings, started: str, seconds: float
) -> Circumstances:
    """What was measured on what, as far as this process can tell."""
    files = sorted({(document.source, document.sha256) for document in documents})
    return Circumstances(
        gold=gold.name,
        gold_sha256=hashlib.sha256(gold.read_bytes()).hexdigest()[:16],
        index=fingerprint(files),
        reader=reader_version(),
        settings=hashlib.sha256(repr(settings).encode()).hexdigest()[:16],
        commit=commit(),
        versions={"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        machine=f"{platform.machine()}, {platform.system()}, {_processors()} processors",
        started=started,
        seconds=round(seconds, 1),
        peak_megabytes=round(peak_megabytes(), 1),
    )


def peak_megabytes() -> float:
    """The most memory this process has held, in megabytes of a million bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6  # macOS counts bytes, Linux kibibytes


def commit() -> str:
    """The commit of the code that runs, "+changes" when tracked files differ from it; "" where git does not say."""
    root = Path(__file__).resolve().parent.parent
    found = [_git(root, "rev-parse", "--short=12", "HEAD"), _git(root, "status", "--porcelain", "--untracked-files=no")]
    return f"{found[0]}{'+changes' if found[1] else ''}" if found[0] else ""


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # fixed arguments, no shell
            ["git", "-C", str(root), *arguments],  # noqa: S607  # the user's own git
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processors() -> int:
    return os.cpu_count() or 0


def summary_of(
    folder: Path, run: Run, rows: Sequence[Row], where: Circumstances, part: str, gates_kept: bool | None
) -> RunSummary:
    """The run in short."""
    overall = {row.measure: row for row in rows if row.slice == "all"}
    counted = [stage for stage in Stage if any(outcome.lost is stage for outcome in run.outcomes)]
    return RunSummary(
        folder=folder,
        part=part,
        questions=len(run.outcomes),
        circumstances=where,
        headline=tuple(_figure(overall[key]) for key in HEADLINE if key in overall and overall[key].count),
        lost=tuple((stage.value, sum(each.lost is stage for each in run.outcomes)) for stage in counted),
        losses=tuple(_loss(each) for each in run.outcomes if each.lost),
        gates_kept=gates_kept,
    )


def record(summary: RunSummary, run: Run, rows: Sequence[Row], paragraphs: Mapping[str, Paragraph]) -> None:
    """Write the run into its folder, the summary last, so that a folder with a summary is whole.

    Raises:
        InputError: a file cannot be written.
    """
    folder = summary.folder
    write_lines(folder / QUESTIONS, [asdict(outcome) for outcome in run.outcomes])
    write_lines(folder / TRACES, [{"id": o.id, **asdict(t)} for o, t in zip(run.outcomes, run.traces, strict=True)])
    write_text(folder / PARAGRAPHS, json.dumps(words_of(run.outcomes, paragraphs), ensure_ascii=False, indent=0))
    write_text(folder / "figures.json", json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=0))
    write_summary(summary)


def words_of(outcomes: Iterable[Outcome], paragraphs: Mapping[str, Paragraph]) -> dict[str, dict[str, str]]:
    """Paragraph id -> its words and place, for every paragraph that a run cites, finds or has in its gold."""
    used = dict.fromkeys(
        key
        for each in outcomes
        for key in (*each.cited, *each.found, *(quoted.paragraph for quoted in each.nearest), *sum(each.groups, ()))
    )
    return {
        key: {"text": paragraphs[key].text, "place": " › ".join(paragraphs[key].headings)}
        for key in used
        if key in paragraphs
    }


def _figure(row: Row) -> Figure:
    return Figure(row.measure, row.label, row.unit.value, row.count, row.value, row.low, row.high)


def _loss(outcome: Outcome) -> Loss:
    return Loss(outcome.id, outcome.question, outcome.kind, outcome.lost.value if outcome.lost else "")
