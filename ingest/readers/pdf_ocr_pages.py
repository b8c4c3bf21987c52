"""What only several scanned pages together show: running heads that lie level, paragraph numbers that lost their point.

Owns mending lines by their neighbours. Leaves single pages to `pdf_ocr_lines`, recognising heads to `pdf_running`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_running import HEAD_LENGTH, MARGIN

FEWEST_PAGES = 3  # that repeat a head
DRIFT = 15.0  # points that paper may move in a scanner; lines of one text further apart are no running head. Not tuned
NUMBER_GAP = 0.4  # em between a paragraph's number and its text; a space between words is 0.25. Not tuned
BODY = 0.95  # of the body's size; footnotes are smaller. Not tuned
LEFT_OUT = 3  # numbers in a row that may have been misread altogether; not tuned

_MARKER = re.compile(r"(\d{1,3})\.(\d{1,3})\.?")
_WITHOUT_POINT = re.compile(r"(\d{2,5})[.,;:]?")


def mended(pages: Sequence[Sequence[Line]], heights: Sequence[float], size: float) -> list[list[Line]]:
    """The same lines, page by page; `heights` are those of the pages, `size` is the body's, in points."""
    return _numbered(_level(pages, heights), size)


def _level(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Every running head or foot moved to the height and size it has on most pages, which a scanner blurs."""
    seen: dict[tuple[str, bool], list[Line]] = {}
    for lines, height in zip(pages, heights, strict=True):
        for line in lines:
            key = _head_key(line, height)
            if key:
                seen.setdefault(key, []).append(line)
    known = {key: lines for key, lines in seen.items() if len(lines) >= FEWEST_PAGES}
    made: list[list[Line]] = []
    for lines, height in zip(pages, heights, strict=True):
        made.append([])
        for line in lines:
            key = _head_key(line, height)
            same = known.get(key, []) if key else []
            middle = median(other.base for other in same) if same else line.base
            if same and abs(middle - line.base) <= DRIFT:
                line = replace(line, base=middle, size=median(other.size for other in same), style=same[0].style)
            made[-1].append(line)
    return made


def _head_key(line: Line, height: float) -> tuple[str, bool] | None:
    """A head's letters and whether it stands at the top; `None` for a line between the margins."""
    letters = re.sub(r"[\W\d_]+", "", line.text).lower()
    if not letters or len(line.text) > HEAD_LENGTH or MARGIN * height < line.base < (1 - MARGIN) * height:
        return None
    return letters, line.base < height / 2


def _numbered(pages: Sequence[Sequence[Line]], size: float) -> list[list[Line]]:
    """Paragraph numbers such as "210" behind "2.9" given back the point between their parts.

    Lines of the body only: 13 behind paragraph 1.2 may be a footnote. Measured by `benchmarks/reading_scans.py` on twelve
    inquiry pages at 200 dots an inch: 28 of 31 numbers come back with this and without it, and none wrong. It is for worse copies.
    """
    last: tuple[int, int] | None = None
    made: list[list[Line]] = []
    for lines in pages:
        made.append([])
        for line in lines:
            words = line.plain_words
            gap = words[1].x0 - words[0].x1 if len(words) > 1 else line.size
            is_apart = bool(words) and gap > NUMBER_GAP * line.size and line.size >= BODY * size
            whole = _MARKER.fullmatch(words[0].text) if is_apart else None
            bare = _WITHOUT_POINT.fullmatch(words[0].text) if is_apart and last else None
            found = _next_number(bare[1], last) if bare and last else None
            if whole:
                printed = int(whole[1]), int(whole[2])
                found = _with_chapter(printed, last) if last else None
                last = found or printed
            if found:
                last = found
                first = replace(words[0], text=f"{last[0]}.{last[1]}")
                line = replace(line, words=tuple(first if word is words[0] else word for word in line.words))
            made[-1].append(line)
    return made


def _with_chapter(printed: tuple[int, int], last: tuple[int, int]) -> tuple[int, int] | None:
    """The number with the chapter of the one before, where only that was misread: "1.21" behind "7.20" is 7.21."""
    is_next = 0 < printed[1] - last[1] <= LEFT_OUT and printed[1] > 1
    return (last[0], printed[1]) if is_next and printed[0] != last[0] else None


def _next_number(digits: str, last: tuple[int, int]) -> tuple[int, int] | None:
    """The number after `last` that has these digits; `None` if none does."""
    following = [(last[0], last[1] + step) for step in range(1, LEFT_OUT + 1)] + [(last[0] + 1, 1)]
    return next((number for number in following if f"{number[0]}{number[1]}" == digits), None)
