"""The characters on a PDF page become lines in reading order.

Owns words, raised marks and columns. Leaves what the lines are to `pdf_pages` and `pdf_blocks`. Distances are in points
from the top left corner of the page; "em" is the size of the font at hand.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import NamedTuple, TypeVar

from ingest.readers.lists import is_footnote_mark

SAME_BASELINE = 0.2  # em
WORD_GAP = 0.17  # em; a space is about 0.25, kerned behind "A" 0.19, and kerning moves letters by less than 0.1
KERN = 0.08  # em between words at least where a space is drawn
SEGMENT_GAP = 1.0  # em; wider than the spaces of justified text, narrower than a gutter
SMALL = 0.8  # of the line's size; raised figures are 0.55 to 0.7
TEXT_SHARE = 0.25  # of a line's characters beside a mark's
RAISED = 0.15  # em above the line
DOUBLED = 0.12  # em; some programs print bold by drawing a character again a little to the right
WHOLE = 0.9  # of the characters; a figure or a dash may come from another font
REACH = 0.6  # em above the baseline where a raised figure may stand
COLUMN_ROWS = 5  # fewer rows side by side are a table or an address
COLUMN_FILL = 0.55  # of the column's width; prose fills its columns, lists and tables do not

Style = tuple[bool, bool, Hashable]  # bold, italic, colour as the file gives it


class Glyph(NamedTuple):  # half a million are made of one report: a dataclass takes twice the time
    """One character as drawn."""

    text: str
    x0: float
    x1: float
    bottom: float
    base: float  # the line it stands on
    size: float
    style: Style
    confidence: float | None = None  # of the word, where OCR read it: 0 to 100


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    x1: float
    is_mark: bool = False  # a raised footnote mark


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column, or one cell of a table's line."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    base: float
    size: float  # the most frequent
    style: Style  # of the whole line
    is_underlined: bool = False  # from end to end
    column: int = 0  # counted in reading order; a new one starts where the eye jumps up
    confidence: float | None = None  # mean of its characters, where OCR read it

    @property
    def plain_words(self) -> list[Word]:
        return [word for word in self.words if not word.is_mark]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.plain_words)

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words if word.is_mark)


def read_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines in reading order: down the page, and down the left column before the right one."""
    segments = [segment for row in _rows(glyphs) for segment in _segments(row)]
    lines: list[Line] = []
    for column, part in enumerate(_columns(segments)):
        rows: dict[float, list[Glyph]] = {}
        for segment in part:
            rows.setdefault(segment.base, []).extend(segment.glyphs)
        lines += [_line(rows[base], column) for base in sorted(rows)]
    return [line for line in lines if line.words]


def half_points(size: float) -> float:
    """A font size to the nearest half point; the text layer of a scan sets every line in a slightly different one."""
    return round(2 * size) / 2


def joined(texts: Iterable[str]) -> str:
    """Lines as one text. A hyphen or dash at a line's end stays, without a space: it is a compound's own."""
    whole = ""
    for text in texts:
        whole += text if not whole or re.search(r"\w[-‐‑—]$", whole) else f" {text}"
    return whole


@dataclass(frozen=True, slots=True)
class _Segment:
    glyphs: tuple[Glyph, ...]
    base: float
    x0: float
    x1: float


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters by the line they stand on; small ones raised or lowered beside others join those."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if rows and glyph.base - rows[-1][0].base <= SAME_BASELINE * glyph.size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    sizes = [_common(glyph.size for glyph in row) for row in rows]
    for place, row in enumerate(rows):
        for other in (place + 1, place - 1, place + 2):
            if 0 <= other < len(rows) and sizes[place] <= SMALL * sizes[other]:
                runs = _runs(row, sizes[place])
                is_beside = [_stands_beside(run, rows[other], sizes[other]) for run in runs]
                rows[other] += [glyph for run, beside in zip(runs, is_beside, strict=True) if beside for glyph in run]
                row[:] = [glyph for run, beside in zip(runs, is_beside, strict=True) if not beside for glyph in run]
    return [sorted(row, key=lambda glyph: glyph.x0) for row in rows if row]


def _runs(row: Sequence[Glyph], size: float) -> list[list[Glyph]]:
    """Characters of a row that stand next to each other, as the digits of a mark do."""
    runs: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda glyph: glyph.x0):
        if runs and glyph.x0 - runs[-1][-1].x1 <= size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _stands_beside(run: Sequence[Glyph], row: Sequence[Glyph], size: float) -> bool:
    if not row or not -REACH / 2 * size <= row[0].base - run[0].base <= REACH * size:
        return False
    return any(other.x0 - size <= run[-1].x1 and run[0].x0 <= other.x1 + size for other in row)


def _segments(row: Sequence[Glyph]) -> list[_Segment]:
    """A row cut at gaps that are wider than a space between words; spaces at its ends left out."""
    shown = [glyph for glyph in row if glyph.text != " "]
    if not shown:
        return []
    base, size = _common(glyph.base for glyph in shown), _common(glyph.size for glyph in shown)
    groups: list[list[Glyph]] = [[shown[0]]]
    end = shown[0].x1
    for glyph in shown[1:]:
        if glyph.x0 - end > SEGMENT_GAP * size:
            groups.append([])
        groups[-1].append(glyph)
        end = max(end, glyph.x1)
    spaces = [glyph for glyph in row if glyph.text == " "]
    return [_with_spaces(group, spaces, base) for group in groups]


def _with_spaces(group: Sequence[Glyph], spaces: Iterable[Glyph], base: float) -> _Segment:
    x0, x1 = group[0].x0, max(glyph.x1 for glyph in group)
    inside = [space for space in spaces if x0 < space.x0 < x1]
    return _Segment(tuple(sorted([*group, *inside], key=lambda glyph: glyph.x0)), base, x0, x1)


def _columns(segments: Sequence[_Segment]) -> list[list[_Segment]]:
    """Segments by column, in reading order. Lines across the gutter part the page into bands."""
    gutter = _gutter(segments)
    if gutter is None:
        return [list(segments)]
    parts: list[list[_Segment]] = [[]]
    band: list[_Segment] = []
    for segment in sorted(segments, key=lambda segment: segment.base):
        if not segment.x0 < gutter < segment.x1:
            band.append(segment)
            continue
        _add_band(band, gutter, parts)
        parts[-1].append(segment)
        band = []
    _add_band(band, gutter, parts)
    return [part for part in parts if part]


def _add_band(band: Sequence[_Segment], gutter: float, parts: list[list[_Segment]]) -> None:
    """Add the columns of a band to `parts`; a band too short to be in columns goes on with the last part."""
    left = [segment for segment in band if segment.x1 <= gutter]
    right = [segment for segment in band if segment.x0 >= gutter]
    if min(len(left), len(right)) < COLUMN_ROWS:
        parts[-1].extend(band)
    else:
        parts.extend([left, right, []])


def _gutter(segments: Sequence[_Segment]) -> float | None:
    """The middle of the clearest white strip between two columns of prose, if there is one."""
    if not segments:
        return None
    edge, width = min(s.x0 for s in segments), max(s.x1 for s in segments) - min(s.x0 for s in segments)
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        x = edge + width * step / 100
        left = [segment for segment in segments if segment.x1 <= x]
        right = [segment for segment in segments if segment.x0 >= x]
        rows = min(len(left), len(right))
        if rows < COLUMN_ROWS:
            continue
        fills = (
            median(s.x1 - s.x0 for s in left) / (x - edge),
            median(s.x1 - s.x0 for s in right) / (edge + width - x),
        )
        crossing = len(segments) - len(left) - len(right)
        if min(fills) >= COLUMN_FILL and crossing <= rows and (best is None or crossing < best[0]):
            best = crossing, x
    return best[1] if best else None


def _line(glyphs: Sequence[Glyph], column: int) -> Line:
    glyphs = sorted(glyphs, key=lambda glyph: glyph.x0)
    shown = [glyph for glyph in glyphs if glyph.text != " "]
    size = _text_size(shown)
    full = [glyph for glyph in shown if glyph.size > SMALL * size]
    base, bottom = _common(glyph.base for glyph in full), median(glyph.bottom for glyph in full)
    words: list[Word] = []
    for word, is_raised, is_glued in _words(glyphs, size, base, bottom):
        before = next((other for other in reversed(words) if not other.is_mark), None)
        if is_raised and is_footnote_mark(word.text, before.text if before else ""):
            words.append(replace(word, is_mark=True))
        elif is_glued and before:  # the rest of a word after a raised part, or a raised part as of "1st"
            words[words.index(before)] = Word(before.text + word.text, before.x0, word.x1)
        else:
            words.append(word)
    right, sure = max(glyph.x1 for glyph in shown), [g.confidence for g in shown if g.confidence is not None]
    return Line(
        tuple(words),
        shown[0].x0,
        right,
        base,
        size,
        _whole_style(full),
        column=column,
        confidence=fmean(sure) if sure else None,
    )


def confidence_of(lines: Iterable[Line]) -> float | None:
    """Mean confidence of the characters that OCR read, to one decimal; `None` where none were."""
    seen = [(line.confidence, len(line.text)) for line in lines if line.confidence is not None and line.text]
    total = sum(length for _, length in seen)
    return round(sum(confidence * length for confidence, length in seen) / total, 1) if total else None


def _text_size(glyphs: Sequence[Glyph]) -> float:
    """The most frequent size, but not that of a mark before a text as short as itself: "124 Q 8"."""
    counts = Counter(glyph.size for glyph in glyphs)
    common = counts.most_common(1)[0][0]
    larger = [size for size in counts if common <= SMALL * size and counts[size] >= TEXT_SHARE * len(glyphs)]
    return max(larger, key=counts.__getitem__, default=common)


def _whole_style(glyphs: Sequence[Glyph]) -> Style:
    """Bold and italic where nearly all characters are; the most frequent colour."""
    counts = Counter(glyph.style for glyph in glyphs)
    bold = sum(count for style, count in counts.items() if style[0]) > WHOLE * len(glyphs)
    italic = sum(count for style, count in counts.items() if style[1]) > WHOLE * len(glyphs)
    colours: Counter[Hashable] = Counter()
    for style, count in counts.items():
        colours[style[2]] += count
    return bold, italic, colours.most_common(1)[0][0]


def _words(glyphs: Sequence[Glyph], size: float, base: float, bottom: float) -> Iterator[tuple[Word, bool, bool]]:
    """Words with whether they are raised and whether they touch the one before; drawn-twice characters once."""
    text, x0, x1, was_raised, is_glued = "", 0.0, 0.0, False, False
    last: Glyph | None = None
    widest = WORD_GAP * size
    for glyph in glyphs:
        if glyph.text == " ":
            widest = KERN * size  # a space drawn; a letter may still be moved back over it
            x1 = min(x1, glyph.x0)  # an italic letter hangs over into the space
            continue
        if last and glyph.text == last.text and glyph.x0 - last.x0 < DOUBLED * size:
            continue
        is_apart = last is not None and glyph.x0 - x1 > widest
        is_small = glyph.size <= SMALL * size
        is_raised = is_small and (base - glyph.base > RAISED * size or bottom - glyph.bottom > 2 * RAISED * size)
        if text and (is_apart or is_raised != was_raised):
            yield Word(text, x0, x1), was_raised, is_glued
            text, is_glued = "", not is_apart
        text, x0 = text + glyph.text, glyph.x0 if not text else x0
        x1, was_raised, last, widest = glyph.x1, is_raised, glyph, WORD_GAP * size
    if text:
        yield Word(text, x0, x1), was_raised, is_glued


T = TypeVar("T")


def _common(values: Iterable[T]) -> T:
    return Counter(values).most_common(1)[0][0]
