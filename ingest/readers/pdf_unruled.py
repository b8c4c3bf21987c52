"""Tables that are set with white space alone: rows of cells with clear strips between them.

Owns finding them among the lines of a page's body. Leaves tables with rules to `pdf_page`, rows in words to `tables`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.lists import BULLETS, WEAK_BULLETS, number_in
from ingest.readers.pdf_lines import Line, Word, joined
from ingest.readers.pdf_page import Grid
from ingest.readers.tables import Cell

CELL_GAP = 1.5  # em between cells at least; the widest space of justified text seen is 1.1
NARROW, SAME_START = 0.8, 1.0  # em, points: a narrower gap does where the cells below each other begin alike
GUTTER = 0.8  # em of white between columns over the whole table
ROW_GAP = 3.2  # em between the lines of a table at most
FEWEST_ROWS = 3  # with two cells or more; fewer are an address or a signature
SIGNS = "*†‡§"  # before names that have a footnote or a role
SPLIT_SHARE = 0.4  # of a table's lines have two cells or more; the rest are wrapped
ROW_SHARE = 0.2  # of the distances are larger ones; fewer are accidents of a list that is set close
SAME_SIZE = 0.06  # of the size
WRAPPED = 1.2  # of the smallest distance between lines: a larger one begins a row

Strip = tuple[float, float]  # left and right edge


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    cells: tuple[tuple[Word, ...], ...]

    @property
    def strips(self) -> list[Strip]:
        return [(cell[0].x0, cell[-1].x1) for cell in self.cells]


def unruled_tables(lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
    """Tables among a page's body lines, from the top, and the lines that are left.

    A run of lines is a table when white strips run down all of it and three lines or more have text on both sides of
    one. A list's numbers and bullets stand apart from its text too: they are no cells.
    """
    grids: list[Grid] = []
    left: list[Line] = []
    place = 0
    starts = [_starts(line) for line in lines]
    around = zip([[], *starts[:-1]], [*starts[1:], []], strict=True) if starts else ()
    rows = [_row(line, [*above, *below]) for line, (above, below) in zip(lines, around, strict=True)]
    while place < len(rows):
        end = _end(rows, place)
        if end > place:
            grids.append(_grid(rows[place:end]))
            place = end
        else:
            left.append(lines[place])
            place += 1
    return grids, left


def _starts(line: Line) -> list[float]:
    """Left edges of the words behind a gap that could part cells."""
    return [after.x0 for before, after in pairwise(line.plain_words) if after.x0 - before.x1 > NARROW * line.size]


def _row(line: Line, beside: Sequence[float]) -> _Row:
    """The line's words in cells; one cell where it begins with a list's mark.

    A narrow gap parts cells only where a line beside has one at the same place: `beside` are the starts of these.
    """
    words = line.plain_words
    cells: list[list[Word]] = [[word] for word in words[:1]]
    for before, word in pairwise(words):
        gap = word.x0 - before.x1
        is_level = any(abs(word.x0 - start) < SAME_START for start in beside)
        if gap > CELL_GAP * line.size or (gap > NARROW * line.size and is_level):
            cells.append([])
        cells[-1].append(word)
    if len(cells) > 1 and _is_mark(cells[0]):
        cells = [words]
    return _Row(line, tuple(map(tuple, cells)))


def _is_mark(cell: Sequence[Word]) -> bool:
    text = cell[0].text
    is_sign = text[0] in BULLETS or text in WEAK_BULLETS or not text.strip(SIGNS)
    return len(cell) == 1 and (is_sign or number_in(text) is not None)


def _end(rows: Sequence[_Row], start: int) -> int:
    """Where the table that begins at `start` ends; `start` itself where none begins."""
    if len(rows[start].cells) < 2:
        return start
    strips: list[Strip] = []
    split, best = 0, start
    for place in range(start, len(rows)):
        row, line = rows[place], rows[place].line
        before = rows[place - 1].line if place > start else None
        if before and (line.column != before.column or not 0 < line.base - before.base <= ROW_GAP * line.size):
            break
        merged = _merged([*strips, *row.strips], GUTTER * line.size)
        if not row.cells or len(merged) < 2 or (strips and len(merged) < len(strips)):
            break
        if len(row.cells) == 1 and (
            _is_mark(row.cells[0][:1]) or _reaches(row.strips[0], strips) or _stands_out(line, rows[start].line)
        ):
            break
        strips = merged
        split += len(row.cells) > 1
        if split >= FEWEST_ROWS and split >= SPLIT_SHARE * (place + 1 - start):
            best = place + 1
    return best


def _stands_out(line: Line, first: Line) -> bool:
    """Whether a lone cell is set as a heading, not as the rest of the table."""
    return (line.style[0] and not first.style[0]) or abs(line.size - first.size) > SAME_SIZE * line.size


def _reaches(strip: Strip, strips: Sequence[Strip]) -> bool:
    """Whether a lone cell stands in none of the columns seen so far."""
    return not any(left - 1 <= strip[0] and strip[1] <= right + 1 for left, right in strips[1:]) and not (
        strip[1] <= strips[0][1] + 1
    )


def _merged(strips: Sequence[Strip], gutter: float) -> list[Strip]:
    """Columns: strips that overlap, or almost touch, are one."""
    found: list[Strip] = []
    for left, right in sorted(strips):
        if found and left - found[-1][1] < gutter:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def _grid(rows: Sequence[_Row]) -> Grid:
    sizes = Counter(row.line.size for row in rows)
    size = sizes.most_common(1)[0][0]
    columns = _merged([strip for row in rows for strip in row.strips], GUTTER * size)
    groups = list(_groups(rows, columns))
    cells = tuple(tuple(_cells(group, columns)) for group in groups)
    looks = [{(row.line.style[0], row.line.style[2]) for row in group} for group in groups[:2]]
    differs = len(looks) == 2 and len(looks[0]) == 1 and not looks[0] & looks[1]
    box = columns[0][0], rows[0].line.base - size, columns[-1][1], rows[-1].line.base + size / 4
    marks = tuple(mark for row in rows for mark in row.line.marks)
    return Grid(box, tuple(left for left, _ in columns), cells, 1 if differs else None, marks, size)


def _groups(rows: Sequence[_Row], columns: Sequence[Strip]) -> Iterator[list[_Row]]:
    """The lines of each row of the table. A line whose first column is empty goes on with the row above."""
    steps = [after.line.base - before.line.base for before, after in pairwise(rows)]
    close = WRAPPED * min(steps, default=0)
    large = sum(step > close for step in steps)
    has_gaps = large >= FEWEST_ROWS - 1 and large >= ROW_SHARE * len(steps)
    group = [rows[0]]
    for row, step in zip(rows[1:], steps, strict=True):
        begins = row.strips[0][0] < columns[0][1] and not (has_gaps and step <= close)
        if begins:
            yield group
            group = []
        group.append(row)
    yield group


def _cells(group: Sequence[_Row], columns: Sequence[Strip]) -> Iterator[Cell]:
    for left, right in columns:
        found = [
            " ".join(word.text for word in cell)
            for row in group
            for cell in row.cells
            if left <= (cell[0].x0 + cell[-1].x1) / 2 <= right
        ]
        yield Cell((joined(found),)) if found else Cell()
