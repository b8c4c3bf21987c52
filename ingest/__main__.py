"""`python -m ingest FILE`: show what the machine read; `python -m ingest --register FOLDER`: what was judged and asked for.

Owns the command line and what it prints. Leaves reading to `corpus`, and the fields of the register's records to
`register_records`.
"""

import argparse
import json
import shutil
import signal
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from errors import AssistantError, UnreadableFileError
from ingest.corpus import READERS, corrections_beside, list_files, read_document, read_files, source_file
from ingest.dates import spoken
from ingest.document import Document, Kind, Paragraph
from ingest.register import Register
from ingest.register_records import Value, as_csv, records, without_gaps

DIM, PLAIN = "\x1b[2m", "\x1b[0m"
NARROWEST = 40  # characters; a narrower terminal would show one word on a line
WIDEST = 110  # characters; longer lines are hard to read


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 everything was read; 1 some files of the folder could not be read; 2 nothing could be read."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Show what the machine read in one report.")
    parser.add_argument(
        "file", type=Path, help=f"a report: {' '.join(sorted(READERS))}; with --register, a folder of them"
    )
    parser.add_argument("--register", action="store_true", help="judgements, recommendations, responses and figures")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="one JSON object for each paragraph or entry, and nothing else"
    )
    form.add_argument("--csv", action="store_true", help="the register as a table; only with --register")
    options = parser.parse_args(arguments)
    if options.csv and not options.register:
        parser.error("--csv is a form of the register: add --register")
    try:
        if options.register:
            return show_register(options.file, "json" if options.json else "csv" if options.csv else "text")
        document = _read(options.file)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        for paragraph in document.paragraphs:
            print(json.dumps(as_record(paragraph), ensure_ascii=False))
        return 0
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    for line in (*header(document, width), *body(document, width, sys.stdout.isatty())):
        print(line)
    return 0


def _read(path: Path) -> Document:
    if not path.is_file():
        raise UnreadableFileError(path, "is not a file.", "Give the path of one report.")
    if path.suffix.lower() not in READERS:
        raise UnreadableFileError(
            path, "is of a kind that cannot be read.", f"Save it as one of {', '.join(sorted(READERS))}."
        )
    return read_document(source_file(path, corrections_beside(path)))


def show_register(place: Path, form: str) -> int:
    """Print the register of a folder or file; what could not be read goes to stderr.

    Raises:
        AssistantError: nothing there can be read.
    """
    documents: list[Document] = []
    problems: list[UnreadableFileError] = []
    if place.is_file():
        documents.append(_read(place))
    else:
        files, problems = list_files(place)
        for _, found in read_files(files):
            if isinstance(found, Document):
                documents.append(found)
            else:
                problems.append(found)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not documents:
        return 2
    found_records = list(records(Register.of(documents)))
    if form == "csv":
        sys.stdout.write(as_csv(found_records))
    elif form == "json":
        for record in found_records:
            print(json.dumps(without_gaps(record), ensure_ascii=False))
    else:
        for line in register_lines(found_records):
            print(line)
    return 1 if problems else 0


def register_lines(found_records: Sequence[Mapping[str, Value]]) -> Iterator[str]:
    """One line an entry, below its document; figures are only counted, as a report has hundreds."""
    document = None
    for record in sorted(found_records, key=lambda entry: str(entry["document"])):
        if record["kind"] == "figure":
            continue
        if record["document"] != document:
            document = record["document"]
            figures = sum(entry["kind"] == "figure" and entry["document"] == document for entry in found_records)
            yield f"== {document}  ({figures} figures: see --json)"
        said = record.get("grade") or record.get("status") or record.get("deadline")
        about = record.get("area") or " ".join(record.get("answers") or ())  # type: ignore[arg-type]  # a list of ids
        parts = (
            record["id"],
            record["kind"],
            record.get("date"),
            said,
            about,
            textwrap.shorten(str(record["text"]), 90),
        )
        yield "  ".join(str(part) for part in parts if part)


def as_record(paragraph: Paragraph) -> dict[str, object]:
    """The paragraph as a program reads it; `start:end` are offsets into the text that was read."""
    return {
        "id": paragraph.id,
        "text": paragraph.text,
        "section": list(paragraph.headings),
        "kind": paragraph.kind.value,
        "start": paragraph.start,
        "end": paragraph.end,
        "page": paragraph.page,
        "number": paragraph.number,
    }


def header(document: Document, width: int) -> list[str]:
    """What the document says of itself, how much was read, and any warning."""
    metadata = document.metadata
    aside = sum(paragraph.kind is Kind.FURNITURE for paragraph in document.paragraphs)
    citable = sum(1 for _ in document.citable())
    facts = {
        "File": document.source,
        "Title": metadata.title,
        "Kind": metadata.kind.value,
        "Publisher": metadata.publisher or "not stated",
        "Body": metadata.body or "not stated",
        "Period": metadata.period or "not stated",
        "Date": spoken(metadata.date) if metadata.date else "not stated",
        "Read": f"{citable} paragraphs that can be cited, {aside} pieces of page furniture kept aside",
    }
    acronyms = "; ".join(f"{short} = {long}" for short, long in document.acronyms)
    named = [*facts.items(), *([("Acronyms", acronyms)] if acronyms else [])]
    named += [("Warning", warning) for warning in document.warnings]
    return [line for name, value in named for line in _wrapped(value, width, f"{name + ':':<11}")]


def body(document: Document, width: int, is_terminal: bool) -> Iterator[str]:
    """Every paragraph below the sections it stands in; furniture is dimmed, or marked where nothing can be dimmed."""
    section: tuple[str, ...] = ()
    for paragraph in document.paragraphs:
        yield ""
        if paragraph.headings != section:
            section = paragraph.headings
            if section:
                yield from _wrapped(" > ".join(section), width, "== ")
                yield ""
        lines = [_label(paragraph), *_wrapped(paragraph.text, width, "    ")]
        if paragraph.kind is not Kind.FURNITURE:
            yield from lines
        elif is_terminal:
            yield from (f"{DIM}{line}{PLAIN}" for line in lines)
        else:
            yield from (f"~ {line}" for line in lines)


def _label(paragraph: Paragraph) -> str:
    facts = {"page": paragraph.page, "number": paragraph.number, "dated": paragraph.dated}
    return "  ".join(
        [paragraph.id, paragraph.kind.value, *(f"{name} {value}" for name, value in facts.items() if value)]
    )


def _wrapped(text: str, width: int, first: str) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `... | head` ends quietly
    sys.exit(main())
