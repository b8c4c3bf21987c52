"""What is drawn on one page of a PDF: characters, ruled tables, images.

Owns bullets that are drawn, rules under words, and tables with rules. Leaves the file to `pdf_drawn`, lines to
`pdf_lines`.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pypdfium2 import PdfPage

from ingest.readers.lists import BULLETS
from ingest.readers.pdf_drawn import drawing
from ingest.readers.pdf_lines import Glyph, Line, joined, read_lines
from ingest.readers.pdf_shapes import Shape
from ingest.readers.sheet import collapse
from ingest.readers.tables import Cell

MOST_CELLS = 4000  # where rules could cross; more are graph paper or a map, and take a minute to cut into cells
MOST_COLUMNS = 20  # more are the frames of a drawing
SNAP, LEAST_EDGE = 3.0, 1.0  # points between edges that are one, and of an edge at least: pdfplumber's own
TOUCHING = 1.0  # points; closer edges are one
LARGEST_BULLET, BULLET_GAP = 16.0, 40.0  # points: a drawn bullet, and the room between it and its text
MOST_BULLETS = 60  # on a page; more are the markers of a chart
UNDERLINE = 0.3  # em below the line's base
WHOLE = 0.85  # of a line's width
THICKEST = 3.0  # points; some programs draw rules as filled rectangles
FILLED = 0.4  # of a grid's cells hold text; the grid lines of a chart enclose next to nothing

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
    label: str = ""  # as the file names the page, where it does


def read_page(page: PdfPage) -> PageContent:
    """Everything visible on the page.

    Raises:
        PdfiumError: the page is damaged.
    """
    drawn = drawing(page)
    glyphs = [*drawn.glyphs, *_drawn_bullets(drawn.shapes, drawn.glyphs)]
    grids = []
    for cells in _ruled_tables(drawn.shapes):
        grid, taken = _grid(cells, glyphs)
        if grid:
            grids.append(grid)
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    area = max(1.0, drawn.width * drawn.height)
    return PageContent(
        drawn.height,
        tuple(_underlined(read_lines(glyphs), drawn.shapes)),
        tuple(grids),
        collapse(drawn.turned),
        max((shape.width * shape.height for shape in drawn.shapes if shape.kind == "image"), default=0) / area,
        drawn.characters,
        drawn.unmapped,
    )


def _is_in(glyph: Glyph, box: Box) -> bool:
    middle = glyph.base - glyph.size / 4
    return box[0] <= (glyph.x0 + glyph.x1) / 2 < box[2] and box[1] <= middle < box[3]


def _drawn_bullets(shapes: Sequence[Shape], glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """A bullet character for every small image or filled shape that stands before a line of text."""
    small = [shape for shape in shapes if _is_bullet(shape)]
    for shape in small if len(small) <= MOST_BULLETS else []:
        middle = (shape.top + shape.bottom) / 2
        beside = [glyph for glyph in glyphs if glyph.bottom - glyph.size < middle < glyph.bottom and glyph.text != " "]
        behind = [glyph for glyph in beside if shape.x0 <= glyph.x0 < shape.x1 + BULLET_GAP]
        if behind and not any(0 < shape.x0 - glyph.x1 < BULLET_GAP for glyph in beside):
            first = min(behind, key=lambda glyph: glyph.x0)
            yield first._replace(text="•", x0=shape.x0, x1=min(shape.x1, first.x0 - first.size / 2))


def _is_bullet(shape: Shape) -> bool:
    return (
        shape.kind in ("image", "curve")
        and THICKEST <= shape.width <= LARGEST_BULLET
        and THICKEST <= shape.height <= LARGEST_BULLET
    )


def _underlined(lines: Sequence[Line], shapes: Sequence[Shape]) -> Iterator[Line]:
    """The lines, with those marked that a rule runs under from end to end."""
    rules = [shape for shape in shapes if shape.height < THICKEST < shape.width]
    for line in lines:
        under = [rule for rule in rules if -0.1 * line.size < rule.top - line.base < UNDERLINE * line.size]
        covered = sum(max(0.0, min(rule.x1, line.x1) - max(rule.x0, line.x0)) for rule in under)
        beyond = any(rule.x1 > line.x1 + line.size for rule in under)  # the edge of a box or a table
        is_underlined = covered > WHOLE * (line.x1 - line.x0) and not beyond
        yield replace(line, is_underlined=True) if is_underlined else line


def _ruled_tables(shapes: Sequence[Shape]) -> list[list[Box]]:
    """The cells of each table with lines drawn around them, tables from the top."""
    edges = [edge for shape in _merged([shape for shape in shapes if shape.kind != "image"]) for edge in _edges(shape)]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    across = {round(edge["x0"] / TOUCHING) for edge in upright}
    down = {round(edge["top"] / TOUCHING) for edge in level}
    if min(len(upright), len(level)) < 2 or len(across) * len(down) > MOST_CELLS:
        return []
    joined_edges = merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    return cells_to_tables(intersections_to_cells(edges_to_intersections(joined_edges, SNAP, SNAP)))


def _edges(shape: Shape) -> Iterator[dict[str, Any]]:
    """The straight edges of a shape, as pdfplumber's tables know them."""
    if shape.kind == "curve":
        return
    if shape.width > LEAST_EDGE:
        for y in sorted({shape.top, shape.bottom}):
            yield _edge("h", shape.x0, y, shape.x1, y)
    if shape.height > LEAST_EDGE:
        for x in sorted({shape.x0, shape.x1}):
            yield _edge("v", x, shape.top, x, shape.bottom)


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    place = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top}
    return {**place, "width": x1 - x0, "height": bottom - top, "orientation": orientation}


def _merged(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """The same shapes, but one area of colour where several of equal width follow each other downwards.

    Word colours a cell with a rectangle behind every line of its text; their edges would cut the cell.
    """
    areas: dict[tuple[int, int, int], Shape] = {}
    for shape in sorted(shapes, key=lambda shape: shape.top):
        if shape.kind != "rect" or shape.is_stroked or min(shape.width, shape.height) < THICKEST:
            yield shape
            continue
        key = shape.colour, round(shape.x0), round(shape.x1)
        above = areas.get(key)
        if above and shape.top - above.bottom < TOUCHING:
            shape = above._replace(bottom=shape.bottom)
        elif above:
            yield above
        areas[key] = shape
    yield from areas.values()


def _grid(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> tuple[Grid | None, set[int]]:
    """The table and the ids of the characters in its cells; none for a box around text or a grid almost empty."""
    columns = tuple(sorted({box[0] for box in boxes}))
    tops = sorted({box[1] for box in boxes})
    whole = columns[0], tops[0], max(box[2] for box in boxes), max(box[3] for box in boxes)
    inside: dict[Box, list[Glyph]] = {box: [] for box in boxes}
    for glyph in (glyph for glyph in glyphs if _is_in(glyph, whole)):
        box = next((box for box in boxes if _is_in(glyph, box)), None)
        if box:
            inside[box].append(glyph)
    lines = {box: read_lines(found) for box, found in inside.items()}
    cells = {box: Cell(tuple(_parts(found))) for box, found in lines.items()}
    rows = [[_cell_at(x, top, cells) for x in columns] for top in tops]
    wide_rows = sum(sum(bool(cell.parts) for cell in row) > 1 for row in rows)
    if not 1 < len(columns) <= MOST_COLUMNS or wide_rows < 2 or sum(map(bool, lines.values())) < FILLED * len(cells):
        return None, set()
    styles = [{_look(lines[box]) for box in boxes if box[1] == top and lines[box]} for top in tops[:2]]
    differs = len(styles) == 2 and len(styles[0]) == 1 and not styles[0] & styles[1]
    marks = tuple(mark for found in lines.values() for line in found for mark in line.marks)
    taken = [glyph for found in inside.values() for glyph in found]
    size = Counter(glyph.size for glyph in taken).most_common(1)[0][0]
    return Grid(whole, columns, tuple(map(tuple, rows)), 1 if differs else None, marks, size), set(map(id, taken))


def _cell_at(x: float, top: float, cells: Mapping[Box, Cell]) -> Cell:
    """The cell of a row whose left edge is at `x`; one that reaches in from above is repeated."""
    for box, cell in cells.items():
        if box[0] == x and box[1] == top:
            return cell
        if box[0] <= x < box[2] and box[1] < top < box[3]:
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
