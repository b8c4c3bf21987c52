"""What is drawn on one page of a PDF: characters, ruled tables, images.

Owns everything that asks pdfplumber. Leaves lines to `pdf_lines`.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage
from pdfplumber.page import Page
from pdfplumber.table import Table as RuledTable
from pdfplumber.utils.geometry import obj_to_edges

from ingest.readers.lists import BULLETS
from ingest.readers.pdf_lines import Glyph, Line, joined, read_lines
from ingest.readers.sheet import collapse
from ingest.readers.tables import Cell

MOST_CELLS = 4000  # where rules could cross; more are graph paper or a map, and take a minute to cut into cells
MOST_COLUMNS = 20  # more are the frames of a drawing
TOUCHING = 1.0  # points; closer edges are one
LARGEST_BULLET, BULLET_GAP = 16.0, 40.0  # points: a drawn bullet, and the room between it and its text
MOST_BULLETS = 60  # on a page; more are the markers of a chart
UNDERLINE = 0.3  # em below the line's base
WHOLE = 0.85  # of a line's width
THICKEST = 3.0  # points; some programs draw rules as filled rectangles
FILLED = 0.4  # of a grid's cells hold text; the grid lines of a chart enclose next to nothing

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"[Ii]talic|[Oo]blique|[a-z]It\b|-It\b")
_SHOWN_AS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": "-", "\u200b": None}
)

Shape = dict[str, Any]  # a line, rectangle, curve or image as pdfplumber describes it
Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table."""

    box: Box
    columns: tuple[float, ...]  # left edges
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int | None  # 1 where the first row looks unlike the second; None where it does not show
    marks: tuple[str, ...]  # footnote marks in its cells
    size: float  # of its font


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page, read."""

    height: float
    lines: tuple[Line, ...]  # in reading order, without those of tables
    grids: tuple[Grid, ...]  # from the top
    turned: str  # text that does not run across the page
    image_share: float  # of the page's area, of its largest image
    characters: int
    unmapped: int  # characters whose font does not say what they are


def read_page(page: Page) -> PageContent:
    """Everything visible on the page.

    Raises:
        PdfminerException: the page is damaged.
    """
    parts = list(_flat(page.layout))
    chars = [part for part in parts if isinstance(part, LTChar)]
    glyphs = [glyph for char in chars if char.upright and (glyph := _glyph(char, page))]
    shapes = [page.process_object(part) for part in parts if isinstance(part, (LTCurve, LTImage))]
    glyphs += _drawn_bullets(shapes, glyphs)
    grids = []
    for table in _ruled_tables(shapes, page):
        grid, taken = _grid(table, glyphs)
        if grid:
            grids.append(grid)
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    images = [part for part in parts if isinstance(part, LTImage)]
    return PageContent(
        float(page.height),
        tuple(_underlined(read_lines(glyphs), shapes)),
        tuple(grids),
        collapse("".join(char.get_text() for char in chars if not char.upright)),
        max((image.width * image.height for image in images), default=0) / float(page.width * page.height),
        sum(not char.get_text().isspace() for char in chars),
        sum(char.get_text().startswith("(cid:") for char in chars),
    )


def _flat(container: LTContainer[LTComponent]) -> Iterator[LTComponent]:
    for part in container:
        if isinstance(part, LTContainer):
            yield from _flat(part)
        else:
            yield part


def _glyph(char: LTChar, page: Page) -> Glyph | None:
    """The character in distances from the top left corner; `None` if it stands outside the page."""
    left, top = float(page.mediabox[0]), float(page.mediabox[1]) + float(page.height)
    x0, x1, bottom = char.x0 + left, char.x1 + left, top - char.y0
    crop = page.cropbox
    if x1 < crop[0] or x0 > crop[2] or bottom < crop[1] or top - char.y1 > crop[3]:
        return None
    text = char.get_text()
    text = " " if text.isspace() else text.translate(_SHOWN_AS)
    if not text.isprintable() and not "\ue000" <= text <= "\uf8ff":
        return None
    bold, italic = _weight(str(char.fontname))
    colour = char.graphicstate.ncolor
    style = bold, italic, tuple(colour) if isinstance(colour, list) else colour
    return Glyph(text, x0, x1, bottom, round(top - char.matrix[5], 1), round(char.size, 1), style)


@lru_cache(maxsize=1000)
def _weight(font: str) -> tuple[bool, bool]:
    name = font.rsplit("+", maxsplit=1)[-1]
    return _BOLD.search(name) is not None, _ITALIC.search(name) is not None


def _is_in(glyph: Glyph, box: Box) -> bool:
    middle = glyph.base - glyph.size / 4
    return box[0] <= (glyph.x0 + glyph.x1) / 2 < box[2] and box[1] <= middle < box[3]


def _drawn_bullets(shapes: Sequence[Shape], glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """A bullet character for every small image or filled shape that stands before a line of text."""
    small = [shape for shape in shapes if _is_bullet(shape)]
    for shape in small if len(small) <= MOST_BULLETS else []:
        middle = (shape["top"] + shape["bottom"]) / 2
        beside = [glyph for glyph in glyphs if glyph.bottom - glyph.size < middle < glyph.bottom and glyph.text != " "]
        behind = [glyph for glyph in beside if shape["x0"] <= glyph.x0 < shape["x1"] + BULLET_GAP]
        if behind and not any(0 < shape["x0"] - glyph.x1 < BULLET_GAP for glyph in beside):
            first = min(behind, key=lambda glyph: glyph.x0)
            yield first._replace(text="•", x0=shape["x0"], x1=min(shape["x1"], first.x0 - first.size / 2))


def _is_bullet(shape: Shape) -> bool:
    is_filled = shape["object_type"] == "image" or (shape["object_type"] == "curve" and shape.get("fill"))
    return (
        bool(is_filled)
        and THICKEST <= shape["width"] <= LARGEST_BULLET
        and THICKEST <= shape["height"] <= LARGEST_BULLET
    )


def _underlined(lines: Sequence[Line], shapes: Sequence[Shape]) -> Iterator[Line]:
    """The lines, with those marked that a rule runs under from end to end."""
    rules = [shape for shape in shapes if shape["height"] < THICKEST < shape["width"]]
    for line in lines:
        under = [rule for rule in rules if -0.1 * line.size < rule["top"] - line.base < UNDERLINE * line.size]
        covered = sum(max(0.0, min(rule["x1"], line.x1) - max(rule["x0"], line.x0)) for rule in under)
        beyond = any(rule["x1"] > line.x1 + line.size for rule in under)  # the edge of a box or a table
        is_underlined = covered > WHOLE * (line.x1 - line.x0) and not beyond
        yield replace(line, is_underlined=True) if is_underlined else line


def _ruled_tables(shapes: Sequence[Shape], page: Page) -> list[RuledTable]:
    """Tables with lines drawn around their cells.

    Only rules are handed to pdfplumber: left to itself it converts every character too, which doubles a page's time.
    """
    drawn = [shape for shape in shapes if shape["object_type"] != "image"]
    edges = [edge for shape in _merged(drawn) for edge in obj_to_edges(shape)]
    upright = [edge for edge in edges if edge.get("orientation") == "v"]
    level = [edge for edge in edges if edge.get("orientation") == "h"]
    across = {round(edge["x0"] / TOUCHING) for edge in upright}
    down = {round(edge["top"] / TOUCHING) for edge in level}
    if min(len(upright), len(level)) < 2 or len(across) * len(down) > MOST_CELLS:
        return []
    return page.find_tables(
        {
            "vertical_strategy": "explicit",
            "horizontal_strategy": "explicit",
            "explicit_vertical_lines": upright,
            "explicit_horizontal_lines": level,
        }
    )


def _merged(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """The same shapes, but one area of colour where several of equal width follow each other downwards.

    Word colours a cell with a rectangle behind every line of its text; their edges would cut the cell.
    """
    areas: dict[tuple[str, int, int], Shape] = {}
    for shape in sorted(shapes, key=lambda shape: float(shape["top"])):
        if shape["object_type"] != "rect" or shape.get("stroke") or min(shape["width"], shape["height"]) < THICKEST:
            yield shape
            continue
        key = str(shape.get("non_stroking_color")), round(shape["x0"]), round(shape["x1"])
        above = areas.get(key)
        if above and shape["top"] - above["bottom"] < TOUCHING:
            shape = {**above, "bottom": shape["bottom"], "y0": shape["y0"], "height": shape["bottom"] - above["top"]}
        elif above:
            yield above
        areas[key] = shape
    yield from areas.values()


def _grid(table: RuledTable, glyphs: Sequence[Glyph]) -> tuple[Grid | None, set[int]]:
    """The table and the ids of the characters in its cells; none for a box around text or a grid almost empty."""
    columns = tuple(sorted({box[0] for box in table.cells}))
    whole = table.bbox
    inside: dict[Box, list[Glyph]] = {box: [] for box in table.cells}
    for glyph in (glyph for glyph in glyphs if _is_in(glyph, whole)):
        box = next((box for box in table.cells if _is_in(glyph, box)), None)
        if box:
            inside[box].append(glyph)
    lines = {box: read_lines(found) for box, found in inside.items()}
    cells = {box: Cell(tuple(_parts(found))) for box, found in lines.items()}
    rows = [[_cell_at(x, row.bbox, cells) for x in columns] for row in table.rows]
    wide_rows = sum(sum(bool(cell.parts) for cell in row) > 1 for row in rows)
    if not 1 < len(columns) <= MOST_COLUMNS or wide_rows < 2 or sum(map(bool, lines.values())) < FILLED * len(cells):
        return None, set()
    styles = [{_look(lines[box]) for box in row.cells if box and lines[box]} for row in table.rows[:2]]
    differs = len(styles) == 2 and len(styles[0]) == 1 and not styles[0] & styles[1]
    marks = tuple(mark for found in lines.values() for line in found for mark in line.marks)
    taken = [glyph for found in inside.values() for glyph in found]
    size = Counter(glyph.size for glyph in taken).most_common(1)[0][0]
    return Grid(whole, columns, tuple(map(tuple, rows)), 1 if differs else None, marks, size), set(map(id, taken))


def _cell_at(x: float, row: Box, cells: Mapping[Box, Cell]) -> Cell:
    """The cell of a row whose left edge is at `x`; one that reaches in from above is repeated."""
    for box, cell in cells.items():
        if box[0] == x and box[1] == row[1]:
            return cell
        if box[0] <= x < box[2] and box[1] < row[1] < box[3]:
            return cell.again() if box[0] == x else Cell()
    return Cell()


def _parts(lines: Sequence[Line]) -> Iterator[str]:
    """The text of a cell, in parts that begin with a bullet if there are bullets. Footnote marks stay out."""
    texts: list[str] = []
    for line in lines:
        if texts and line.text[:1] in BULLETS:
            yield joined(texts)
            texts = []
        texts += [line.text] if line.text else []
    if texts:
        yield joined(texts)


def _look(lines: Sequence[Line]) -> tuple[bool, Hashable]:
    """Weight and colour of most of a cell's lines."""
    bold, _, colour = Counter(line.style for line in lines).most_common(1)[0][0]
    return bold, colour
