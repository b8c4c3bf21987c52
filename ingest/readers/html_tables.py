"""Tables and lists of terms in a web page become rows of cells.

Owns spans and which rows are heads. Leaves the text of a cell to `html_runs`, which hands in how to read one.
"""

import re
from collections.abc import Callable, Iterator

from bs4.element import Tag

from ingest.readers.tables import Cell

MOST_COLUMNS = 100  # a page may ask for any colspan; no table that people read has more columns
HEADING_NAMES = ["h1", "h2", "h3", "h4", "h5", "h6"]

ReadCell = Callable[[Tag], Cell]


def grid(table: Tag, read_cell: ReadCell) -> Iterator[tuple[Cell, ...]]:
    """The rows. A cell that spans rows is repeated in each, a head that spans columns over each."""
    below: dict[int, tuple[int, Cell]] = {}  # column -> rows still to fill, and with what
    for tag in _rows(table):
        row: list[Cell] = []
        for part in _cells(tag):
            row += _from_above(below, len(row))
            cell = read_cell(part)
            across = cell.again() if part.name == "th" else Cell()
            width = min(integer(part, "colspan", 1), MOST_COLUMNS)
            for column in range(len(row), len(row) + width):
                below[column] = integer(part, "rowspan", 1) - 1, across if column > len(row) else cell.again()
            row += [cell, *[across] * (width - 1)]
        yield tuple(row + _from_above(below, len(row)))


def pairs(terms: Tag, read_cell: ReadCell) -> Iterator[tuple[Cell, Cell]]:
    """Terms with their descriptions; a term is repeated for each further description."""
    term = Cell()
    for tag in terms.find_all(["dt", "dd"]):
        if tag.name == "dd":
            yield term, read_cell(tag)
            term = term.again()
            continue
        if term.parts and not term.is_repeated:
            yield term, Cell()
        term = read_cell(tag)
    if term.parts and not term.is_repeated:
        yield term, Cell()


def head_rows(table: Tag) -> int | None:
    """How many rows the page marks as heads; 0 where it marks the first column instead, `None` where nothing."""
    for count, row in enumerate(_rows(table)):
        marks = [part.name == "th" for part in _cells(row)]
        if not all(marks) and not row.find_parent("thead"):
            return count or (0 if marks[:1] == [True] else None)
    return None


def is_layout(table: Tag) -> bool:
    """Whether a table only places parts of the page: it is read like any other block."""
    is_marked = table.get("role") in ("presentation", "none")
    is_narrow = max((len(_cells(row)) for row in _rows(table)), default=0) < 2
    return is_marked or is_narrow or table.find([*HEADING_NAMES, "table"]) is not None


def integer(tag: Tag, name: str, default: int) -> int:
    """A whole number in an attribute; the default where it is missing or no such number."""
    value = str(tag.get(name, "")).strip()
    return int(value) if re.fullmatch(r"\d{1,4}", value) else default


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _from_above(below: dict[int, tuple[int, Cell]], column: int) -> list[Cell]:
    """The cells that reach into this row from above, from `column` on; each is used up by one row."""
    cells = []
    while below.get(column, (0, Cell()))[0] > 0:
        left, cell = below[column]
        below[column] = left - 1, cell
        cells.append(cell)
        column += 1
    return cells
