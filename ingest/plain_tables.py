"""Tables of plain text: rows that a PDF flattened, rows set by tabs, and columns that stand apart by spaces.

Owns cells, column heads and legends. Leaves everything that is no table to `plain`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Block, Role, Span
from ingest.grades import GRADES
from ingest.lines import BULLET, CODED, COLUMNS, TERMINAL, Chunk

NUMBERS_ROW = re.compile(r"^[A-Z(][^?!]*?(?:\s-?[\d,]+(?:\.\d+)?%?){2,}$")
PERCENT_ROW = re.compile(r"^[A-Z][\w &/()-]{2,60} \d{1,3}(?:\.\d+)?%$")
ROW_LENGTH = 110  # characters
FEWEST_ROWS = 3  # with the line of heads; two lines with a gap may be a signature or an address. Not tuned
COLUMN_GAP = " {3,}"
CAPTION_REACH = 25  # chunks; a caption further above belongs to another table


@dataclass(frozen=True, slots=True)
class Page:
    """What every step knows of the text."""

    chunks: Sequence[Chunk]
    wrapped: bool
    texts: Mapping[int, str]  # cleaned text of each chunk
    skip: frozenset[int]  # furniture, captions and footnotes


def block_of(page: Page, index: int, role: Role) -> Block:
    return Block(role, page.texts[index], page.chunks[index].pieces)


def flat_rows(page: Page, caption: set[int]) -> dict[int, list[Block]]:
    """Rows whose cells a PDF flattened to one line: a label and two or more numbers, or a label and a percentage."""
    found: dict[int, list[Block]] = {}
    for pattern, fewest in ((NUMBERS_ROW, 2), (PERCENT_ROW, 3)):
        run: list[int] = []
        for index in range(len(page.chunks) + 1):
            usable = index < len(page.chunks) and index not in page.skip and index not in found
            if usable and len(page.texts[index]) <= ROW_LENGTH and pattern.match(page.texts[index]):
                run.append(index)
                continue
            if len(run) >= fewest:
                heads = _row_heads(page, run[0], caption)
                for row in run:
                    text = f"{heads} {page.texts[row]}".strip()
                    found[row] = [Block(Role.ROW, text, page.chunks[row].pieces, lead_in=heads)]
            run = []
    return found


def _head_indices(page: Page, first: int, caption: set[int]) -> list[int]:
    """Up to three chunks directly above a flattened table's first row that can be its column heads."""
    heads: list[int] = []
    for index in range(first - 1, max(-1, first - 4), -1):
        text = page.texts[index]
        if index in caption or TERMINAL.search(text) or BULLET.match(text) or len(text) > ROW_LENGTH:
            break
        if index not in page.skip:
            heads.insert(0, index)
    return heads


def _row_heads(page: Page, first: int, caption: set[int]) -> str:
    """The nearest caption above a flattened table, and the column heads between it and the first row."""
    heads = " / ".join(page.texts[index] for index in _head_indices(page, first, caption))
    above = [page.texts[index] for index in sorted(caption) if first - CAPTION_REACH < index < first]
    parts = [part for part in (*above[-1:], heads) if part]
    return " – ".join(parts) + ":" if parts else ""


def heads_and_legends(page: Page, rows: Mapping[int, Sequence[Block]], caption: set[int]) -> set[int]:
    """Column heads of flattened tables, and legends below them that only repeat the rows' own labels."""
    found: set[int] = set()
    for index, group in rows.items():
        if index - 1 not in rows and group and group[0].lead_in:
            found.update(_head_indices(page, index, caption))
        below = index + 1
        if below in rows or below >= len(page.chunks) or below in page.skip:
            continue
        labels = set(" ".join(block.text for place in rows for block in rows[place]).casefold().split())
        if not TERMINAL.search(page.texts[below]) and set(page.texts[below].casefold().split()) <= labels:
            found.add(below)
    return found


def tab_rows(page: Page) -> dict[int, list[Block]]:
    """Rows whose cells are still separated by tabs, read with the heads of their columns."""
    found: dict[int, list[Block]] = {}
    index = 0
    while index < len(page.chunks):
        rows = []
        while (
            index < len(page.chunks)
            and index not in page.skip
            and "\t" in page.chunks[index].lines[0].raw.strip("\n\r ")
        ):
            rows.append(index)
            index += 1
        if len(rows) >= 2:
            found.update(_table(page, rows))
        index += 1
    return found


def spaced_rows(page: Page, known: frozenset[int]) -> dict[int, list[Block]]:
    """Rows whose columns stand apart by spaces: two or more below a line of heads, with as many cells and the same starts."""
    found: dict[int, list[Block]] = {}
    run: list[int] = []
    starts: list[int] = []
    for index in range(len(page.chunks) + 1):
        is_open = index < len(page.chunks) and index not in page.skip and index not in known
        line = page.chunks[index].lines[0] if is_open and len(page.chunks[index].lines) == 1 else None
        own = [0, *(gap.end() for gap in COLUMNS.finditer(line.text))] if line else []
        if len(own) > 1 and (not run or own == starts):
            run, starts = [*run, index], own
            continue
        if len(run) >= FEWEST_ROWS and not CODED.match(page.chunks[run[0]].lines[0].text):
            found.update(_table(page, run, COLUMN_GAP))  # a list whose first line is an entry has no heads
        run, starts = ([index], own) if len(own) > 1 else ([], [])
    return found


def _cells(chunk: Chunk, gap: str = "\t") -> list[tuple[str, Span]]:
    line = chunk.lines[0]
    offset = line.start - (len(line.raw) - len(line.raw.lstrip()))
    cells = []
    for match in re.finditer(rf".*?(?:{gap}|$)", line.raw):
        cell = match.group().strip()
        start = offset + match.start() + match.group().find(cell)
        cells.append((" ".join(cell.split()), (start, start + len(cell))))
    return cells


def _table(page: Page, rows: Sequence[int], gap: str = "\t") -> dict[int, list[Block]]:
    heads, *body = [_cells(page.chunks[index], gap) for index in rows]
    names = [name for name, _ in heads]
    if names and all(name.casefold() in GRADES for name in names if name):
        blocks = []
        for column in range(max(map(len, (heads, *body)))):
            name, span = heads[column] if column < len(heads) else ("", None)
            filled = [row[column] for row in body if column < len(row) and row[column][0]]
            if filled:  # a cell beyond the last grade has no head, and is kept as it stands
                text = (f"{name}: " if name else "") + "; ".join(cell for cell, _ in filled)
                own = (span,) if name and span else ()
                blocks.append(Block(Role.ROW, text, (*own, *(where for _, where in filled))))
            elif name and span:
                blocks.append(Block(Role.FURNITURE, name, (span,)))
        return {rows[0]: blocks, **{index: [] for index in rows[1:]}}
    made = {rows[0]: [block_of(page, rows[0], Role.FURNITURE)]}
    for index, cells in zip(rows[1:], body, strict=True):
        pairs = [(names[column] if column < len(names) else "", cell) for column, (cell, _) in enumerate(cells) if cell]
        text = "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs)
        made[index] = [Block(Role.ROW, text, page.chunks[index].pieces)] if text else []
    return made
