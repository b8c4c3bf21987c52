"""Print how faithfully reports are read: the table of EVALUATION.md under "Reading", and each miss by its id.

    python benchmarks/reading_truth.py --reports FOLDER     the published reports against eval/gold/reading
    python benchmarks/reading_truth.py --unseen             the invented reports of tests/ingest/unseen
    python benchmarks/reading_truth.py --inquiries FOLDER   figures of the inquiry documents in its sub-folders

Owns the forms of the truth files and what is printed. Leaves comparing to `reading_scores`.

Truth, one JSON object a line; places are character offsets of the source text, so that no words of a report are kept:

- `paragraphs.jsonl`: `pieces` (a paragraph's own words), `section` (the headings above it), `or_section` (another path that the
  page allows as well), `lead_in`.
- `facts.jsonl`: `truth` names the kind: metadata (`field`, `value`), judgement (`at`, `grade`, `period`, `area`), point (`at`,
  `kind`, `deadline`, `due`), response (`at`, `answers`, `status`, `date`, `respondent`), row (`cells`, `heads`), figure (`at`,
  `value`, `unit`, `what`, `period`, `comparison`), no_figure (`at`, `value`: a number that counts nothing). `optional` entries
  may be found or not.
- `inquiry_figures.jsonl`: `folder`, `paragraph` and `at` (offsets in the paragraph's text), then as for figures, or `no_figure`.
- `speakers.jsonl`: `start`, `end`, `speaker`.

The truth of invented reports keeps words instead of offsets; see tests/ingest/unseen/README.md.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.reading_scores import (
    Check,
    Truth,
    figure_checks,
    footnote_checks,
    judgement_checks,
    metadata_checks,
    no_figure_checks,
    paragraph_checks,
    placed_figure_checks,
    point_checks,
    response_checks,
    row_checks,
)
from errors import AssistantError
from ingest.corpus import list_files, read_document
from ingest.document import Document
from ingest.register import Register

GOLD = ROOT / "eval" / "gold" / "reading"
UNSEEN = ROOT / "tests" / "ingest" / "unseen"


def read_lines(path: Path) -> list[Truth]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def published(gold: Path) -> list[Truth]:
    """The truth of the published reports as one list."""
    paragraphs = [{"truth": "paragraph", **line} for line in read_lines(gold / "paragraphs.jsonl")]
    return paragraphs + read_lines(gold / "facts.jsonl")


def checks_of(documents: Sequence[Document], truths: Sequence[Truth]) -> list[Check]:
    """Every check of every document, in the order of the documents."""
    register = Register.of(documents)
    found: list[Check] = []
    for document in documents:
        own = [truth for truth in truths if truth["document"] == document.id]
        kinds = {name: [truth for truth in own if truth["truth"] == name] for name in {truth["truth"] for truth in own}}
        found += paragraph_checks(document, kinds.get("paragraph", []))
        found += row_checks(document, kinds.get("row", []))
        found += footnote_checks(document, kinds.get("footnote", []))
        found += metadata_checks(document, kinds.get("metadata", []))
        found += judgement_checks(document, register, kinds.get("judgement", []))
        found += point_checks(document, register, kinds.get("point", []))
        found += response_checks(document, register, kinds.get("response", []))
        found += figure_checks(document, register, kinds.get("figure", []))
        found += no_figure_checks(document, register, kinds.get("no_figure", []))
    return found


def speaker_checks(documents: Iterable[Document], lines: Iterable[Truth]) -> list[Check]:
    """Speakers by the offsets of their paragraphs."""
    by_place = {(d.id, p.start, p.end): p for d in documents for p in d.paragraphs}
    checks = []
    for line in lines:
        paragraph = by_place.get((line["document"], line["start"], line["end"]))
        got = paragraph.speaker.value if paragraph else "no such paragraph"
        row = f"speakers ({line['sample']})"
        checks.append(Check(row, line["id"], got == line["speaker"], line["speaker"], got))
    return checks


def table(checks: Sequence[Check]) -> Iterator[str]:
    """The table in Markdown: recall by row, and precision where spare entries are counted."""
    yield "| what | right | of | recall | precision |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for row in dict.fromkeys(check.row for check in checks):
        wanted = [check for check in checks if check.row == row and not check.is_spare]
        right = sum(check.is_right for check in wanted)
        spare = sum(check.row == row and check.is_spare for check in checks)
        precision = _share(right, right + spare) if row in COUNTED else ""
        yield f"| {row} | {right} | {len(wanted)} | {_share(right, len(wanted))} | {precision} |"


COUNTED = (
    "judgements",
    "area for improvement",
    "cause of concern",
    "recommendation",
    "innovative practice",
    "responses linked",
)  # rows in which spare entries count; fmt: skip


def misses(checks: Iterable[Check]) -> Iterator[str]:
    for check in checks:
        if check.is_spare:
            yield f"  spare {check.row}: {check.id}: {check.got}"
        elif not check.is_right:
            yield f"  missed {check.row}: {check.id}: expected {check.expected!r}, got {check.got!r}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def read_folder(folder: Path) -> list[Document]:
    files, _ = list_files(folder)
    return [read_document(file) for file in files if file.path.name != "README.md" or folder != UNSEEN]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score reading against truth that was made by reading the reports.")
    parser.add_argument("--reports", type=Path, help="folder of the five published reports")
    parser.add_argument("--unseen", action="store_true", help="score the invented reports of tests/ingest/unseen")
    parser.add_argument("--inquiries", type=Path, help="folder with a sub-folder for each inquiry")
    options = parser.parse_args(arguments)
    if options.reports is None and options.inquiries is None and not options.unseen:
        parser.error("give --reports FOLDER, --inquiries FOLDER, or --unseen")
    try:
        if options.inquiries is not None:
            _score_inquiries(options.inquiries)
        return _score(options.reports, options.unseen)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2


def _score_inquiries(folder: Path) -> None:
    """Each inquiry by itself, for their files share names."""
    truths = read_lines(GOLD / "inquiry_figures.jsonl")
    checks: list[Check] = []
    for name in dict.fromkeys(str(truth["folder"]) for truth in truths):
        files = [file for file in list_files(folder / name)[0] if file.path.suffix == ".pdf"]
        documents = [read_document(file) for file in files]
        checks += placed_figure_checks(documents, [truth for truth in truths if truth["folder"] == name])
    show("figures drawn from the inquiries", checks)


def _score(reports: Path | None, is_unseen: bool) -> int:
    if reports is not None:
        documents, truths = read_folder(reports), published(GOLD)
        absent = {str(truth["document"]) for truth in truths} - {document.id for document in documents}
        if absent:
            print(f"Not in {reports}, and not scored: {', '.join(sorted(absent))}", file=sys.stderr)
        checks = checks_of(documents, truths)
        show("published reports", checks + speaker_checks(documents, read_lines(GOLD / "speakers.jsonl")))
    if is_unseen:
        for document in read_folder(UNSEEN):
            show(document.id, checks_of([document], read_lines(UNSEEN / f"{document.id}.truth.jsonl")))
    return 0


def show(name: str, checks: Sequence[Check]) -> None:
    print(f"{name}\n")
    for line in (*table(checks), "", *misses(checks), ""):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
