"""`python -m index FOLDER --store DIR`: bring the index up to date with a folder of reports.

Owns the command line and what it prints. Leaves the work to `store`.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from errors import AssistantError
from index.build import Change, build_store
from index.embedder import MiniLM
from ingest.dates import spoken
from ingest.document import Document, Kind


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, or nothing to do; 1 some files could not be read; 2 no index was written."""
    parser = argparse.ArgumentParser(prog="python -m index", description="Index a folder of reports.")
    parser.add_argument("folder", type=Path, help="folder with .txt, .md, .html, .pdf or .docx reports")
    parser.add_argument("--store", type=Path, default=Path(".store"), help="where the index is kept (default: .store)")
    parser.add_argument("--fresh", action="store_true", help="read and embed everything again")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        change = build_store(options.folder, options.store, MiniLM(), _progress, options.fresh)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    _clear()
    if change is None:
        print(f"The index in {options.store} is up to date with {options.folder}.")
        return 0
    for line in describe(change):
        print(line)
    print(f"Done in {time.monotonic() - started:.0f} s.")
    return 1 if change.unreadable else 0


def _progress(what: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what} {done}/{total}", end="", file=sys.stderr, flush=True)
    elif done in (0, total):
        print(f"{what} {done}/{total}", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def describe(change: Change) -> list[str]:
    """A line for each document, each file that could not be read, and what changed."""
    lines = [_document_line(document) for document in change.documents]
    lines += [f"NOT READ  {error}" for error in change.unreadable]
    for word, names in (("added", change.added), ("changed", change.changed), ("removed", change.removed)):
        if names:
            lines.append(f"{len(names)} {word}: {', '.join(names)}")
    lines.append(
        f"{change.passages} passages, {change.embedded} of them newly embedded. Index written to {change.store}."
    )
    return lines


def _document_line(document: Document) -> str:
    metadata = document.metadata
    sections = len({paragraph.headings for paragraph in document.citable() if paragraph.headings})
    citable = sum(1 for _ in document.citable())
    aside = sum(paragraph.kind is Kind.FURNITURE for paragraph in document.paragraphs)
    facts = [
        metadata.kind.value,
        metadata.body or "body not stated",
        f"period {metadata.period}" if metadata.period else "period not stated",
        f"dated {spoken(metadata.date)}" if metadata.date else "date not stated",
        f"{sections} sections",
        f"{citable} paragraphs ({aside} pieces of page furniture kept aside)",
    ]
    warnings = "".join(f"\n          note: {warning}" for warning in document.warnings)
    return f"READ      {document.source}: {metadata.title}\n          {'; '.join(facts)}{warnings}"


if __name__ == "__main__":
    sys.exit(main())
