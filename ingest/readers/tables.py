"""A table's cells become one block per row, or per column where the columns are grades.

Owns which words a row needs to be understood on its own. Leaves finding tables and cells to the readers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.document import Block, Role, Span
from ingest.grades import is_grade
from ingest.readers.lists import BULLETS
from ingest.readers.sheet import NEW_BLOCK, NEW_CELL, NEW_ROW, Sheet


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell."""

    parts: tuple[str, ...] = ()  # its paragraphs, or points with their bullets; single spaces
    pieces: tuple[Span, ...] = ()
    is_repeated: bool = False  # the words of a cell above or beside that reaches in here; never with pieces

    @property
    def text(self) -> str:
        """The parts one after the other, a semicolon where one ends without a mark of its own."""
        text = ""
        for part in self.parts:
            apart = " " if text.endswith((".", ",", ";", ":", "!", "?")) else "; "
            own = part.lstrip(BULLETS).strip()
            text = f"{text}{apart}{own}" if text else own
        return text

    def again(self) -> "Cell":
        return Cell(self.parts, is_repeated=True)


Row = Sequence[Cell]


def written(rows: Iterable[Row], sheet: Sheet) -> list[list[Cell]]:
    """The rows with pieces: a row a line of the sheet, tabs between cells, blank lines around the table."""
    grid: list[list[Cell]] = []
    row_apart = NEW_BLOCK
    for row in rows:
        grid.append([])
        apart = row_apart
        for cell in row:
            pieces: list[Span] = []
            for part in () if cell.is_repeated else cell.parts:
                pieces.append(sheet.add(part, apart))
                apart, row_apart = " ", NEW_ROW
            apart = NEW_CELL if pieces else apart
            grid[-1].append(replace(cell, pieces=tuple(pieces)))
    return grid


def table_blocks(rows: Sequence[Row], head_rows: int | None, page: str | None = None) -> list[Block]:
    """One ROW per body row that holds text of its own; the heads as FURNITURE.

    Args:
        rows: top to bottom; shorter rows are taken to end in empty cells.
        head_rows: how many rows at the top are heads; `None` where the file does not say.
        page: the label of the page the table stands on.
    """
    width = max((len(row) for row in rows), default=0)
    grid = [tuple(row) + (Cell(),) * (width - len(row)) for row in rows]
    count = head_count(grid, head_rows)
    top, body = _filled(grid[:count]), _filled(grid[count:])
    heads = [_head(top, column) for column in range(width)]
    if _is_grade_matrix(heads, body):
        return _grade_columns(top, heads, body, page)
    blocks = [
        _block(Role.FURNITURE, " ".join(part for c in row if c.pieces for part in c.parts), row, page) for row in top
    ]
    blocks += [_block(Role.ROW, _row_text(row, heads), row, page) for row in body]
    return [block for block in blocks if block is not None]


def head_count(rows: Sequence[Row], head_rows: int | None) -> int:
    """How many rows at the top are heads; none where no row with text would be left below them.

    Where the file does not say, the first row of three or more columns is one; two plain columns are keys and values.
    """
    if head_rows is not None:
        return head_rows if _filled(rows[head_rows:]) else 0
    if len(_filled(rows)) < 2:
        return 0
    first = next(place for place, row in enumerate(rows) if _filled([row]))
    filled = [cell.text for cell in rows[first] if cell.text]
    return first + 1 if _are_grades(filled) or (len(rows[first]) > 2 and len(filled) > 1) else 0


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(cell.text for cell in row)]


def _head(head_rows: Sequence[Row], column: int) -> str:
    return " ".join(dict.fromkeys(row[column].text for row in head_rows if row[column].text))


def _are_grades(texts: Sequence[str]) -> bool:
    return bool(texts) and all(is_grade(text) for text in texts)


def _is_grade_matrix(heads: Sequence[str], body: Sequence[Row]) -> bool:
    """Whether columns are grades and cells are areas; with areas in a first column of their own, cells are ticks."""
    has_row_names = not heads[0] and any(row[0].text for row in body) if heads else False
    return not has_row_names and _are_grades([head for head in heads if head])


def _grade_columns(
    head_rows: Sequence[Row], heads: Sequence[str], body: Sequence[Row], page: str | None
) -> list[Block]:
    blocks = []
    for column, head in enumerate(heads):
        below = [row[column] for row in body if row[column].text]
        role = Role.ROW if below else Role.FURNITURE
        blocks.append(
            _block(role, _pair(head, "; ".join(c.text for c in below)), [r[column] for r in head_rows] + below, page)
        )
    return [block for block in blocks if block is not None]


def _row_text(row: Row, heads: Sequence[str]) -> str:
    if not any(heads) and len(row) == 2:
        return _pair(row[0].text, row[1].text)
    return "; ".join(_pair(head, cell.text) for head, cell in zip(heads, row, strict=True) if cell.text)


def _pair(name: str, value: str) -> str:
    """ "name: value"; the one alone where the other is empty."""
    if not name or not value:
        return name or value
    return f"{name} {value}" if name.endswith(":") else f"{name}: {value}"


def _block(role: Role, text: str, cells: Iterable[Cell], page: str | None) -> Block | None:
    """`None` where no character is the row's own, as under a cell that spans rows."""
    pieces = tuple(piece for cell in cells for piece in cell.pieces)
    return Block(role, text, pieces, page=page) if pieces else None
