"""Reads web pages saved as HTML: nothing is fetched, no script runs.

Owns character sets and the page's spans. Leaves what each part of the page is to `html_runs`, lead-ins to `lists`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector

from errors import UnreadableFileError
from ingest.document import Block, Reading, Role, Span
from ingest.readers.decoding import decode
from ingest.readers.html_runs import Run, Table, page_runs
from ingest.readers.lists import Indented, is_heading_text, settle
from ingest.readers.sheet import Sheet, collapse
from ingest.readers.tables import table_blocks, written

MOST_NESTED = 2000  # open tags; pages of real sites stay under 60, and the walk gives up at a few hundred

_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|ul|ol|dl|table|blockquote|font|b|i|em|strong)\b", re.IGNORECASE
)
_NOTE_NUMBER = re.compile(r"[\[(]?(\d{1,3}|[*†‡])[\])]?[.:]?\s+(?=\S)")
_MARKED = (
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
)  # a byte order mark outranks a declaration (HTML standard, 13.2.3.2)


def read(data: bytes, path: Path) -> Reading:
    """Blocks of a web page.

    Raises:
        UnreadableFileError: the page holds no text, or its parts are nested too deeply.
    """
    text, warnings = _decoded(data, path)
    if _is_endless(text):
        raise _too_deep(path)
    soup = BeautifulSoup(text, "lxml")
    try:
        runs, lone_images = page_runs(soup)
    except RecursionError:
        raise _too_deep(path) from None
    sheet = Sheet()
    drafts = sorted(_drafts(runs, sheet), key=lambda draft: draft[0].pieces)
    if all(block.role is Role.FURNITURE for block, _ in drafts):
        remedy = "Open it in a browser and save it again when its text shows, or print it to a PDF and add that."
        raise UnreadableFileError(path, "holds no text of its own.", remedy)
    if lone_images:
        warnings += (f"{lone_images} image(s) stand alone: words inside them were not read",)
    title = collapse(soup.title.get_text()) if soup.title else ""
    return Reading(sheet.text, settle(drafts), title or None, warnings)


def _is_endless(text: str) -> bool:
    """Whether tags are opened without end: the parser would take a minute for what cannot be read anyway."""
    open_tags = 0
    for tag in _NESTING.finditer(text):
        open_tags += -1 if tag[1] else 1
        if open_tags > MOST_NESTED:
            return True
    return False


def _too_deep(path: Path) -> UnreadableFileError:
    remedy = "Open it in a browser, print it to a PDF and add that."
    return UnreadableFileError(path, "is nested too deeply to be read.", remedy)


def _decoded(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The page's text in the character set it declares, else in UTF-8, else in Windows-1252 with a warning."""
    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    if not declared or data.startswith(_MARKED):
        return decode(data, path)
    try:
        return decode(data.decode(declared).encode(), path)
    except (LookupError, UnicodeError):
        text, warnings = decode(data, path)
        return text, (*warnings, f"the declared character set, {declared}, does not fit")


def _drafts(runs: Sequence[Run | Table], sheet: Sheet) -> Iterator[Indented]:
    """Every run as a block; the paragraphs of one bullet or footnote are one block."""
    seen = {0}
    for point, group in groupby(runs, lambda run: run.place.point if isinstance(run, Run) else 0):
        open_block: Indented | None = None
        for run in group:
            if isinstance(run, Table):
                yield from ((block, 0) for block in table_blocks(written(run.rows, sheet), run.head_rows))
                continue
            block = _block(run, sheet.add(run.text))
            if run.place.role is Role.FURNITURE or point == 0:
                yield block, run.place.indent
            elif point in seen or (open_block and block.role is Role.ITEM and block.number):
                yield replace(block, role=Role.TEXT, number=None), run.place.indent + 1
            elif open_block:
                first, indent = open_block
                open_block = (
                    replace(first, text=f"{first.text} {block.text}", pieces=first.pieces + block.pieces),
                    indent,
                )
            else:
                open_block = block, run.place.indent
        if open_block:
            yield open_block
        seen.add(point)


def _block(run: Run, piece: Span) -> Block:
    place, text, number = run.place, run.text, run.place.number
    note = _NOTE_NUMBER.match(text) if place.role is Role.FOOTNOTE and not number else None
    if note:
        text, number = text[note.end() :], note[1]
    role = Role.FURNITURE if place.role is Role.HEADING and not is_heading_text(text) else place.role
    return Block(role, text, (piece,), level=place.level if role is Role.HEADING else 0, number=number)
