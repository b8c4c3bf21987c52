"""What a PDF page draws beside text: rules, areas of colour, curves, images; and where each stands on it.

Owns everything that asks PDFium for paths and images. Leaves characters to `pdf_drawn`, what the shapes mean to `pdf_page`.
"""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MOST_SEGMENTS = 20_000  # of the paths on a page; more are a map or an engraving, and say nothing about the text
DEEPEST = 6  # forms within forms
STRAIGHT = 0.5  # points; rules are drawn straighter

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


class View:
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


def shapes_on(page: pypdfium2.PdfPage, view: View) -> Iterator[Shape]:
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


def _shape(kind: str, points: list[tuple[float, float]], paint: tuple[bool, bool, int], view: View) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Shape(kind, *view.box(min(xs), min(ys), max(xs), max(ys)), *paint)
