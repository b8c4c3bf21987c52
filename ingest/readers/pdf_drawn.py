"""What a PDF page draws: characters, rules, areas of colour, images.

Owns everything that asks PDFium. Leaves what the drawing means to `pdf_page`.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, hypot, pi
from re import IGNORECASE, compile
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf_lines import Glyph, Style

MOST_SEGMENTS = 20_000  # of the paths on a page; more are a map or an engraving, and say nothing about the text
DEEPEST = 6  # forms within forms
LEVEL = 0.1  # em between the base lines of text objects on one line
OBJECT_GAP = 0.11  # em; 0.15 and more are seen where a space was dropped, kerning is below 0.1
DESCENT = 0.22  # em below the base; fonts differ by a few hundredths
STRAIGHT = 0.5  # points; rules are drawn straighter
QUARTER = pi / 2

_BOLD = compile(r"bold|black|heavy|demi", IGNORECASE)
_ITALIC = compile(r"[Ii]talic|[Oo]blique|[a-z]It\b|-It\b")
_SHOWN_AS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": "-", "‐": "-", "‑": "-"}
    | dict.fromkeys("\u0002\ufffe", "-")  # PDFium's signs for a hyphen at the end of a line
    | dict.fromkeys("\u200b\u200c\u200d\ufeff\u2060")
)
UNMAPPED = "\ufffd"  # a character whose font does not say what it is

Matrix = tuple[float, float, float, float, float, float]
UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Shape(NamedTuple):
    """A line, rectangle, curve or image; distances from the top left corner of the page as shown."""

    kind: str  # "line", "rect", "curve", "image"
    x0: float
    top: float
    x1: float
    bottom: float
    is_filled: bool
    is_stroked: bool
    colour: int  # of its area, as a number

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn on one page."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]  # that run across the page, in the order of the file
    turned: str  # characters that do not
    shapes: tuple[Shape, ...]
    characters: int
    unmapped: int  # characters whose font does not say what they are


class _View:
    """The page as most of its text is meant to be read: turned so that this runs across."""

    def __init__(self, box: tuple[float, float, float, float], turns: int) -> None:
        self.box_left, self._bottom, self._right, self.box_top = box
        self.turns = turns % 4  # quarter turns of the text against the clock
        width, height = self._right - self.box_left, self.box_top - self._bottom
        self.width, self.height = (height, width) if turns % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Distances from the left and from the top."""
        if self.turns == 0:
            return x - self.box_left, self.box_top - y
        match self.turns:
            case 1:
                return y - self._bottom, x - self.box_left
            case 2:
                return self._right - x, y - self._bottom
        return self.box_top - y, self._right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _Run(NamedTuple):
    """What all characters of one text object share."""

    size: float  # points, as shown
    style: Style
    turns: int | None  # quarter turns against the clock; None where it stands aslant


_Character = tuple[str, float, float, float, float, float, float, _Run]
# text; left, bottom, right, top and the origin's x and y in points of the file; half a million of them are made of one
# report, and a named tuple takes twice the time


def drawing(page: pypdfium2.PdfPage) -> Drawing:
    """Everything visible on the page, in distances from the top left corner of the page as it is read."""
    box = page.get_bbox()
    characters = [
        character
        for character in _characters(page)
        if character[1] < box[2] and character[3] > box[0] and character[2] < box[3] and character[4] > box[1]
    ]
    turns = _turns(characters, page.get_rotation())
    view = _View(box, turns)
    return Drawing(
        view.width,
        view.height,
        tuple(_glyphs([character for character in characters if character[-1].turns == turns], view)),
        "".join(_spaced([character for character in characters if character[-1].turns != turns])),
        tuple(_shapes(page, view)),
        sum(character[0] != " " for character in characters),
        sum(character[0] == UNMAPPED for character in characters),
    )


def _turns(characters: list[_Character], rotation: int) -> int:
    """By how many quarters most of the text is turned; a page without text is taken as the viewer shows it."""
    counts = Counter(character[-1].turns for character in characters if character[-1].turns is not None)
    return counts.most_common(1)[0][0] if counts else rotation // 90


def _spaced(characters: list[_Character]) -> Iterator[str]:
    """Texts of characters, with a space where the next one stands elsewhere."""
    for before, character in zip([None, *characters], characters, strict=False):
        size = character[7].size
        if before and max(abs(character[5] - before[5]), abs(character[6] - before[6])) > 2 * size:
            yield " "
        yield character[0]


def _glyphs(characters: list[_Character], view: _View) -> Iterator[Glyph]:
    left_edge, top_edge = view.box_left, view.box_top
    for text, left, bottom, right, top, x, y, run in characters:
        if view.turns == 0:  # nearly always; the general way takes three times as long
            x0, x1, base = x - left_edge, right - left_edge, top_edge - y
        else:
            _, _, x1, _ = view.box(left, bottom, right, top)
            x0, base = view.place(x, y)
        yield Glyph(text, x0, x1, base + DESCENT * run.size, round(base, 1), run.size, run.style)


def _characters(page: pypdfium2.PdfPage) -> Iterator[_Character]:
    """Characters in the order of the file, ligatures as one.

    PDFium puts a space of its own where it sees a gap and takes the file's away; the line ends it adds are left out.
    """
    text_page = page.get_textpage()
    raw = text_page.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    address, run = b"", _Run(0.0, (False, False, 0), None)
    last: _Character | None = None
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            if last and last[0] != " " and pdfium.FPDFText_GetUnicode(raw, index) == 32:
                yield last
                last = " ", last[3], last[2], last[3], *last[4:]
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        is_unmapped = pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1
        text = UNMAPPED if is_unmapped else _shown(pdfium.FPDFText_GetUnicode(raw, index))
        if not text:
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        here = bytes(pdfium.FPDFText_GetTextObject(raw, index))
        if here != address:
            address, run = here, _run(raw, index)
            if last and last[0] != " " and _is_apart(last, x.value, y.value):
                yield last
                last = " ", last[3], last[2], last[3], *last[4:]
        if last and last[7] is run and (last[5], last[6]) == (x.value, y.value) and text != " ":
            last = (last[0] + text, *last[1:])  # the further letters of a ligature
            continue
        if last:
            yield last
        last = text, box.left, box.bottom, box.right, box.top, x.value, y.value, run
    if last:
        yield last
    text_page.close()


def _is_apart(last: _Character, x: float, y: float) -> bool:
    """Whether a space stood between two text objects of one line: PDFium drops one that the next object overlaps."""
    size = last[7].size
    return last[7].turns == 0 and abs(y - last[6]) < LEVEL * size and OBJECT_GAP * size < x - last[3] < size


@lru_cache(maxsize=10_000)
def _shown(code: int) -> str:
    """The character as a reader sees it; empty where it shows nothing."""
    if code in (10, 13):
        return ""
    text = chr(code) if code else UNMAPPED
    if text.isspace():
        return " "
    text = text.translate(_SHOWN_AS)
    return text if text.isprintable() or "\ue000" <= text <= "\uf8ff" else ""


def _run(raw: object, index: int) -> _Run:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(raw, index, matrix):
        matrix = pdfium.FS_MATRIX(*UNCHANGED)
    size = float(pdfium.FPDFText_GetFontSize(raw, index)) * hypot(matrix.c, matrix.d)
    quarters = atan2(matrix.b, matrix.a) / QUARTER
    is_straight = abs(quarters - round(quarters)) < 0.02
    return _Run(round(size, 1), _style(raw, index), round(quarters) % 4 if is_straight else None)


def _style(raw: object, index: int) -> Style:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 200, flags)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(raw, index, red, green, blue, alpha)
    bold, italic = _weight(name.value)
    return bold, italic, (red.value << 16) + (green.value << 8) + blue.value


@lru_cache(maxsize=1000)
def _weight(font: bytes) -> tuple[bool, bool]:
    name = font.decode("utf-8", "replace").rsplit("+", maxsplit=1)[-1]
    return _BOLD.search(name) is not None, _ITALIC.search(name) is not None


def _shapes(page: pypdfium2.PdfPage, view: _View) -> Iterator[Shape]:
    budget = MOST_SEGMENTS
    for kind, drawn, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            corners = [_through(matrix, x, y) for x, y in _bounds(drawn)]
            yield _shape("image", corners, (True, False, 0), view)
            continue
        budget -= pdfium.FPDFPath_CountSegments(drawn)
        if budget < 0:
            return
        paint = _paint(drawn)
        if paint[0] or paint[1]:
            for points, is_curved in _outlines(drawn, matrix):
                yield _shape(_kind(points, is_curved), points, paint, view)


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, object, Matrix]]:
    """Paths and images, also those within forms, with what turns their points into points of the page."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    stack = [(pdfium.FPDFPage_GetObject(page.raw, place), UNCHANGED, 0) for place in reversed(range(count))]
    while stack:
        drawn, outer, depth = stack.pop()
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = _product(_matrix(drawn), outer)
            count = pdfium.FPDFFormObj_CountObjects(drawn)
            stack += [
                (pdfium.FPDFFormObj_GetObject(drawn, place), inner, depth + 1) for place in reversed(range(count))
            ]
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield kind, drawn, _product(_matrix(drawn), outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield kind, drawn, outer


def _matrix(drawn: object) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        return UNCHANGED
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    x, y = _through(outer, e, f)
    return (
        a * outer[0] + b * outer[2],
        a * outer[1] + b * outer[3],
        c * outer[0] + d * outer[2],
        c * outer[1] + d * outer[3],
        x,
        y,
    )


def _through(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(drawn: object) -> tuple[tuple[float, float], tuple[float, float]]:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(drawn, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return (left, bottom), (right, top)


def _paint(drawn: object) -> tuple[bool, bool, int]:
    """Whether a path's area is filled, whether its outline is drawn, and the area's colour."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
    return fill.value != 0, stroke.value != 0, (red.value << 16) + (green.value << 8) + blue.value


def _outlines(drawn: object, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The parts of a path, each with whether it bends."""
    points: list[tuple[float, float]] = []
    is_curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(pdfium.FPDFPath_CountSegments(drawn)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, place)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, is_curved
            points, is_curved = [], False
        is_curved = is_curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(_through(matrix, x.value, y.value))
    if len(points) > 1:
        yield points, is_curved


def _kind(points: list[tuple[float, float]], is_curved: bool) -> str:
    """ "line" and "rect" only where these run along or down the page."""
    if is_curved:
        return "curve"
    across = [abs(x1 - x0) for (x0, _), (x1, _) in zip(points, points[1:], strict=False)]
    down = [abs(y1 - y0) for (_, y0), (_, y1) in zip(points, points[1:], strict=False)]
    if any(min(pair) > STRAIGHT for pair in zip(across, down, strict=True)):
        return "curve"
    if len(points) == 2 or max(across) < STRAIGHT or max(down) < STRAIGHT:
        return "line"
    return "rect" if len(points) in (4, 5) else "curve"


def _shape(kind: str, points: list[tuple[float, float]], paint: tuple[bool, bool, int], view: _View) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Shape(kind, *view.box(min(xs), min(ys), max(xs), max(ys)), *paint)
