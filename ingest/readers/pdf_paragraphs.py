"""The body lines of a PDF become paragraphs: wrapped lines rejoined, page and column breaks bridged.

Owns where a paragraph begins: gap, indent, marker, room left on the line before. Leaves roles to `pdf_blocks`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.lists import BULLETS, WEAK_BULLETS, number_in
from ingest.readers.pdf_drawn import UNMAPPED
from ingest.readers.pdf_lines import Line, half_points, joined
from ingest.readers.pdf_page import Grid
from ingest.readers.pdf_pages import SortedPage

PARAGRAPH_GAP = 1.25  # of the ordinary distance between lines; 1.4 and more are seen between paragraphs
DEFAULT_LEADING = 1.35  # em, where a size occurs too seldom to measure
FEWEST_GAPS = 3
LARGEST_LEADING = 1.75  # em; text set wider than that has no distance below it
SAME_SIZE = 0.06  # of the size
INDENT = 0.8  # em
DEEPEST_FIRST_LINE = 4.0  # em; a first line set in further than that is another paragraph
MARKER_GAP = 0.6  # em between a letter or dash and the text, if it is a bullet
DASHES = "-–—−*"  # bullets only at the beginning of a paragraph
WIDER = 1.3  # of the usual gap in a line. Not tuned
NUMBER_GAP = 0.8  # em between a number without a full stop and the text
JUSTIFIED = 0.6  # of the lines end at the right edge
RAGGED = 0.2  # of the width may stay empty on a wrapped line of text that is not justified
SHORT = 2.0  # em from the right edge; justified lines end within half an em of it
SPACE = 0.25  # em, between words
ENDED = re.compile(r"[.!?:;][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Marker:
    """The bullet or number a line begins with."""

    text: str  # as printed
    number: str | None  # None for a bullet
    is_sure: bool  # a bullet that is nothing else: it begins a point wherever it stands


@dataclass(frozen=True, slots=True)
class PdfTable:
    page: int  # its place in the file
    grid: Grid


@dataclass(frozen=True, slots=True)
class PdfParagraph:
    """Lines that are read as one; a part for each page or column it runs over."""

    parts: tuple[tuple[int, tuple[Line, ...]], ...]  # (place of the page in the file, lines)
    right: float  # the right edge of the column it ends in
    marker: Marker | None

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for _, lines in self.parts for line in lines)

    @property
    def page(self) -> int:
        return self.parts[0][0]

    @property
    def printed(self) -> str:
        """The text with its marker."""
        return joined([line.text for line in self.lines])

    @property
    def text(self) -> str:
        return self.printed[len(self.marker.text) :].strip() if self.marker else self.printed

    @property
    def piece_texts(self) -> list[str]:
        """The text of each part; a compound cut by the page stays whole in the first."""
        texts = [joined([line.text for line in lines]) for _, lines in self.parts]
        for place in range(len(texts) - 1):
            if not joined([texts[place], "x"]).endswith(" x"):
                word, _, rest = texts[place + 1].partition(" ")
                texts[place], texts[place + 1] = texts[place] + word, rest
        return texts


def _leadings(pages: Sequence[SortedPage]) -> dict[float, float]:
    """The most frequent distance between lines of each size, in points."""
    seen: dict[float, Counter[float]] = {}
    for page in pages:
        for before, line in pairwise(page.body):
            if _same_size(before, line) and 0 < line.base - before.base < 2.5 * line.size:
                seen.setdefault(half_points(line.size), Counter())[round(line.base - before.base, 1)] += 1
    return {size: _leading(size, counts) for size, counts in seen.items() if counts.total() >= FEWEST_GAPS}


def _leading(size: float, counts: Counter[float]) -> float:
    """The most frequent distance, but not that between paragraphs of a line or two each, as on an imprint page."""
    close = {distance: count for distance, count in counts.items() if distance <= LARGEST_LEADING * size}
    return max(close or counts, key=counts.__getitem__)


def _paragraphs(
    page: int, lines: Sequence[Line], leading: Mapping[float, float], edges: Mapping[int, float]
) -> Iterator[PdfParagraph]:
    """The paragraphs of consecutive lines of one page. `edges` are the right edges of its columns."""
    for region in _regions(lines, leading):
        right = max(line.x1 for line in region)
        is_justified = _is_justified(region, right)
        full = right if is_justified else right - RAGGED * (right - min(line.x0 for line in region))
        groups: list[list[Line]] = []
        for line in region:
            if groups and not _begins(groups[-1], line, full, is_justified):
                groups[-1].append(line)
            else:
                groups.append([line])
        for group in groups:
            yield PdfParagraph(((page, tuple(group)),), edges[group[0].column], marker_of(group[0]))


def _is_justified(region: Sequence[Line], right: float) -> bool:
    """Whether most lines reach the right edge; then a shorter one ends its paragraph."""
    return sum(right - line.x1 < 2 * SPACE * line.size for line in region) > JUSTIFIED * len(region)


Element = PdfParagraph | PdfTable


def flow(pages: Sequence[SortedPage]) -> list[Element]:
    """Paragraphs and tables of the whole file in reading order; paragraphs that a page or column cuts are one."""
    leading = _leadings(pages)
    whole: list[Element] = []
    for element in (element for place, page in enumerate(pages) for element in _elements(place, page, leading)):
        above = whole[-1] if whole else None
        if isinstance(above, PdfParagraph) and isinstance(element, PdfParagraph) and _goes_on(above, element):
            whole[-1] = replace(above, parts=above.parts + element.parts, right=element.right)
        else:
            whole.append(element)
    return whole


def _elements(place: int, page: SortedPage, leading: Mapping[float, float]) -> Iterator[Element]:
    """What stands on one page, tables where the eye meets them."""
    edges: dict[int, float] = {}
    for line in page.body:
        edges[line.column] = max(line.x1, edges.get(line.column, 0.0))
    start = 0
    for grid in page.grids:
        x0, top, x1, _ = grid.box
        below = (
            i for i, line in enumerate(page.body) if i >= start and line.base > top and line.x0 < x1 and line.x1 > x0
        )
        end = next(below, len(page.body))
        yield from _paragraphs(place, page.body[start:end], leading, edges)
        yield PdfTable(place, grid)
        start = end
    yield from _paragraphs(place, page.body[start:], leading, edges)


def marker_of(line: Line) -> Marker | None:
    """The marker at the beginning of a line; one that stands alone is not followed by a point."""
    words = line.plain_words
    if not words:
        return None
    first, gap = words[0].text, (words[1].x0 - words[0].x1) / line.size if len(words) > 1 else 0.0
    if first[0] in BULLETS:
        return Marker(first[0], None, is_sure=True) if line.text[1:].strip() else None
    if len(words) == 1:
        return None
    if first == UNMAPPED or (first in WEAK_BULLETS and gap > MARKER_GAP):
        return Marker(first, None, is_sure=True)
    if first in DASHES:
        return Marker(first, None, is_sure=False)
    number = number_in(first)
    is_decimal = number is not None and "." in number and words[1].text[0].isupper()
    is_initial = first[0].isupper() and len(first) == 2 and gap < MARKER_GAP  # "A. Smith"
    if number and not is_initial and (first[-1] in ".)" or gap > max(NUMBER_GAP, _usual_gap(line)) or is_decimal):
        return Marker(first, number, is_sure=False)
    return None


def _usual_gap(line: Line) -> float:
    """Em from which a gap is wider than the others of its line, as behind a number: "14 March" in a spaced line is none."""
    gaps = [(after.x0 - before.x1) / line.size for before, after in pairwise(line.plain_words[1:])]
    return WIDER * median(gaps) if gaps else 0.0


def _regions(lines: Sequence[Line], leading: Mapping[float, float]) -> Iterator[list[Line]]:
    """Runs of lines with no more than the ordinary distance between them."""
    region: list[Line] = []
    for line in lines:
        if region:
            before = region[-1]
            most = PARAGRAPH_GAP * leading.get(half_points(line.size), DEFAULT_LEADING * line.size)
            is_apart = before.column != line.column or not 0 < line.base - before.base <= most
            if is_apart or not _same_size(before, line):
                yield region
                region = []
        region.append(line)
    if region:
        yield region


def _same_size(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) <= SAME_SIZE * line.size


def _begins(above: Sequence[Line], line: Line, right: float, is_justified: bool) -> bool:
    """Whether the line begins a paragraph, given the lines of the paragraph above it."""
    before, em = above[-1], line.size
    has_ended, has_room = ENDED.search(before.text) is not None, has_room_for(before, line, right)
    has_room = has_room or (is_justified and right - before.x1 > SHORT * em)  # a wrapped line would reach the edge
    if (has_ended and has_room) or _is_point(above, line, has_ended or has_room):
        return True
    if (before.style[0], before.style[2]) != (line.style[0], line.style[2]) and (has_ended or has_room):
        return True
    if abs(line.x0 + line.x1 - before.x0 - before.x1) < em:  # centred below the line before, or as wide
        return False
    shift = (line.x0 - before.x0) / em
    if len(above) > 1:
        return abs(shift) > INDENT
    stops = [word.x0 for word in before.words]
    is_hanging = any(abs(line.x0 - stop) < INDENT * em for stop in stops)
    return shift < -DEEPEST_FIRST_LINE or (shift > INDENT and not is_hanging)


def _is_point(above: Sequence[Line], line: Line, is_afresh: bool) -> bool:
    """Whether the line begins with a bullet or number that is not just a wrapped part of the sentence above."""
    marker, first = marker_of(line), marker_of(above[0])
    if marker is None or marker.is_sure:
        return marker is not None
    is_outdented = line.x0 < above[-1].x0 - INDENT * line.size / 2
    is_next = first is not None and (first.number is None) == (marker.number is None)
    return is_afresh or is_outdented or (is_next and abs(line.x0 - above[0].x0) < INDENT * line.size / 2)


def has_room_for(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` would have fitted behind `before`: then it was not wrapped there."""
    first = line.words[0]
    return before.x1 + SPACE * line.size + first.x1 - first.x0 < right - 2 * SPACE * line.size


def _goes_on(cut: PdfParagraph, rest: PdfParagraph) -> bool:
    """Whether `rest` is the end of `cut`, on the next page or in the next column."""
    before, line = cut.lines[-1], rest.lines[0]
    (page, _), (next_page, _) = cut.parts[-1], rest.parts[0]
    is_break = next_page == page + 1 or (next_page == page and line.column > before.column)
    if not is_break or rest.marker or not _same_size(before, line) or before.style[0] != line.style[0]:
        return False
    if ENDED.search(before.text):
        return False
    return line.text[:1].islower() or before.text.endswith("-") or not has_room_for(before, line, cut.right)
