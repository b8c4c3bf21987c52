"""Tables of grades whose cells plain text prints one below the other.

Owns finding them and reading their rows. Leaves tables whose rows are lines to `plain_tables`.
"""

import re

from ingest.document import Block, Role
from ingest.grades import is_grade
from ingest.lines import BULLET, TERMINAL
from ingest.plain_tables import Page

_GRADE_HEAD = re.compile(r"\b(?:grad\w+|ratings?|judge?ments?|inspection)\b|^(?:19|20)\d\d(?:[/–-]\d{2,4})?$", re.I)
MOST_COLUMNS = 5
FEWEST_ROWS = 2
LONGEST_CELL = 10  # words; the name of an area in the reports read has at most 14 where it is a question, else 7


def stacked_rows(page: Page) -> dict[int, list[Block]]:
    """Rows of tables such as "Theme / 2022 / 2024 / Answering calls / Good / Adequate / ...", each cell on its line.

    The heads of all columns but the first speak of grades, and in each row all cells but the first are grades.
    """
    found: dict[int, list[Block]] = {}
    open_ = [index for index in range(len(page.chunks)) if index not in page.skip]
    place = 0
    while place < len(open_):
        made = next((made for width in range(2, MOST_COLUMNS + 1) if (made := _table(page, open_[place:], width))), {})
        found |= made
        place += max(len(made), 1)
    return found


def _table(page: Page, indices: list[int], width: int) -> dict[int, list[Block]]:
    """The table of so many columns that begins at the first of the chunks; empty where none does."""
    heads = indices[:width]
    if not all(_is_cell(page, index) for index in heads) or not all(
        _GRADE_HEAD.search(page.texts[index]) and not is_grade(page.texts[index]) for index in heads[1:]
    ):
        return {}
    rows: list[list[int]] = []
    for start in range(width, len(indices), width):
        row = indices[start : start + width]
        is_row = len(row) == width and _is_cell(page, row[0]) and not is_grade(page.texts[row[0]])
        if not is_row or not all(is_grade(page.texts[index]) for index in row[1:]):
            break
        rows.append(row)
    if len(rows) < FEWEST_ROWS:
        return {}
    found = {index: [Block(Role.FURNITURE, page.texts[index], page.chunks[index].pieces)] for index in heads}
    for row in rows:
        pairs = zip(heads, row, strict=True)
        text = "; ".join(f"{page.texts[head]}: {page.texts[cell]}" for head, cell in pairs)
        pieces = tuple(piece for index in row for piece in page.chunks[index].pieces)
        found |= {index: [] for index in row[1:]} | {row[0]: [Block(Role.ROW, text, pieces)]}
    return found


def _is_cell(page: Page, index: int) -> bool:
    text = page.texts[index]
    return len(text.split()) <= LONGEST_CELL and not TERMINAL.search(text) and not BULLET.match(text)
