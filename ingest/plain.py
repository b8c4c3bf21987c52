"""Plain text becomes Blocks: what is a heading, a bullet with its lead-in, a table row, a footnote, furniture.

Owns reading layout where the file has no markup. Leaves the section tree to `sections` and kinds to `paragraphs`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.document import Block, Reading, Role, Span
from ingest.footnotes import Footnotes, find_footnotes
from ingest.furniture import (
    captions,
    chart_debris,
    contents_list,
    other_furniture,
    page_labels,
    page_numbers,
    running_heads,
)
from ingest.grades import GRADES, is_grade
from ingest.lines import BULLET, COLUMNS, FIELD, NUMBERED, SECTIONED, TERMINAL, Chunk, chunks, is_wrapped, split_lines
from ingest.sentences import lead_in_of

# At most 500 characters of words: without an end, a page of opening brackets takes a minute.
MARKDOWN_LINK = re.compile(r"\[((?:[^\]\\]|\\.){1,500})\]\((?:[^()\s]|\([^()\s]*\))*\)")
ESCAPE = re.compile(r"\\([()\[\]*_#])")
HEADING_LENGTH = 250  # characters; the longest heading of the five reports that is no area for improvement has 167
HEADING_LINES = 3
QUESTION_LINES = 7  # a question set in a narrow column; the longest here has six lines
NUMBERS_ROW = re.compile(r"^[A-Z(][^?!]*?(?:\s-?[\d,]+(?:\.\d+)?%?){2,}$")
# A line that ends so goes on below; prepositions are left out, for headings do end with them ("What we looked at").
UNFINISHED = re.compile(r"(?:,|\b(?:and|or|but|nor|the|an?|its|their|our|whose))$")
PERCENT_ROW = re.compile(r"^[A-Z][\w &/()-]{2,60} \d{1,3}(?:\.\d+)?%$")
ROW_LENGTH = 110  # characters
FEWEST_ROWS = 3  # with the line of heads; two lines with a gap may be a signature or an address. Not tuned
COLUMN_GAP = " {3,}"
CAPTION_REACH = 25  # chunks; a caption further above belongs to another table


@dataclass(frozen=True, slots=True)
class _Page:
    """What every step knows of the text."""

    chunks: Sequence[Chunk]
    wrapped: bool
    texts: Mapping[int, str]  # cleaned text of each chunk
    skip: frozenset[int]  # furniture, captions and footnotes


def read_plain(text: str, title: str | None = None) -> Reading:
    """Blocks of a plain text, in reading order, holding every visible character."""
    found = chunks(text)
    wrapped = is_wrapped(split_lines(text))
    numbers = page_numbers(found, wrapped)
    debris = chart_debris(found)
    contents, entries = contents_list(found)
    caption = captions(found, wrapped)
    furniture = debris | contents | set(numbers) | other_furniture(found) | running_heads(found, text, numbers)
    notes = find_footnotes(found, frozenset(furniture), frozenset(numbers))
    texts = {index: _clean(notes.cleaned[index]) for index in range(len(found))}
    page = _Page(found, wrapped, texts, frozenset(furniture | caption | set(notes.taken)))
    labels = page_labels(found, numbers, debris)
    blocks: list[Block] = []
    for index, made in sorted(_all_blocks(page, notes, caption, frozenset(furniture)), key=lambda pair: pair[0]):
        blocks.append(replace(made, page=labels.get(index)))
    return Reading(text, tuple(_with_contents_levels(blocks, entries)), title)


def _clean(text: str) -> str:
    """Link markup and escapes off, as a reader of the page would see it."""
    return ESCAPE.sub(r"\1", MARKDOWN_LINK.sub(r"\1", text))


def _all_blocks(page: _Page, notes: Footnotes, caption: set[int], furniture: frozenset[int]) -> list[tuple[int, Block]]:
    flat = _flat_rows(page, caption)
    rows = flat | _tab_rows(page) | _spaced_rows(page, frozenset(flat))
    made: list[tuple[int, Block]] = []
    beside = _heads_and_legends(page, rows, caption)
    made += [
        (index, _block(page, index, Role.FURNITURE)) for index in sorted((furniture | caption | beside) - set(rows))
    ]
    made += [
        (note.chunk_index, Block(Role.FOOTNOTE, _clean(note.text), note.pieces, number=str(note.number)))
        for note in notes.notes
    ]
    for index, group in rows.items():
        made += [(index, block) for block in group]
    made += _prose(page, frozenset(rows) | beside)
    return made


def _block(page: _Page, index: int, role: Role) -> Block:
    return Block(role, page.texts[index], page.chunks[index].pieces)


# --- prose, headings and bullets -------------------------------------------------------------------------------------


def _prose(page: _Page, rows: frozenset[int]) -> list[tuple[int, Block]]:
    made: list[tuple[int, Block]] = []
    lead_in = ""
    label: tuple[str, tuple[Span, ...]] | None = None  # a number alone on its line belongs to the heading below it
    todo = [index for index in range(len(page.chunks)) if index not in page.skip and index not in rows]
    signed: int | None = None  # the second line of a signature, already taken with the first
    for place, index in enumerate(todo):
        following = todo[place + 1] if place + 1 < len(todo) else None
        text = page.texts[index]
        if index == signed:
            continue
        if following is not None and _is_signature(page, index, following):
            pieces = page.chunks[index].pieces + page.chunks[following].pieces
            made.append((index, Block(Role.TEXT, f"{text}, {page.texts[following]}", pieces)))
            signed = following
            continue
        if re.fullmatch(r"\d{1,2}", text) and following is not None and _is_heading(page, following, None):
            label = (text, page.chunks[index].pieces)
            continue
        if "•" in text[1:] and not page.wrapped:
            made += [(index, block) for block in inline_bullets(text, page.chunks[index].pieces[0])]
            continue
        block = _one_block(page, index, following, lead_in)
        if label is not None:
            block = replace(block, number=label[0], pieces=label[1] + block.pieces)
            label = None
        if block.role is not Role.ITEM:
            lead_in = lead_in_of(block.text) if block.role is Role.TEXT else ""
        made.append((index, block))
    return made


def _one_block(page: _Page, index: int, following: int | None, lead_in: str) -> Block:
    text, pieces = page.texts[index], page.chunks[index].pieces
    bullet = BULLET.match(text)
    if bullet:
        item = text[bullet.end() :].strip()
        return Block(Role.ITEM, f"{lead_in} {item}".strip(), pieces, lead_in=lead_in)
    numbered = NUMBERED.match(text)
    if page.chunks[index].is_underlined and len(text) <= HEADING_LENGTH:
        number = numbered[1] if numbered else None
        return Block(Role.HEADING, text[numbered.end() :] if numbered else text, pieces, number=number)
    if numbered and lead_in:
        return Block(Role.ITEM, f"{lead_in} {text}", pieces, lead_in=lead_in, number=numbered[1])
    if numbered:
        return Block(Role.TEXT, text[numbered.end() :], pieces, number=numbered[1])
    if not is_grade(text) and _is_heading(page, index, following):
        return Block(Role.HEADING, text, pieces)
    sectioned = SECTIONED.match(text)
    if sectioned:
        return Block(Role.TEXT, text[sectioned.end() :], pieces, number=sectioned[1])
    return Block(Role.TEXT, text, pieces)


def _is_heading(page: _Page, index: int, following: int | None) -> bool:
    """A short run without a closing stop, begun in upper case, with something below it that starts afresh."""
    text, chunk = page.texts[index], page.chunks[index]
    if (
        BULLET.match(text)
        or is_grade(text)
        or (not text[:1].isupper() and not text[:1].isdigit() and text[:1] not in "“‘\"'")
    ):
        return False
    if len(text) > HEADING_LENGTH and not _is_long_title(text):
        return False
    if len(chunk.lines) > (QUESTION_LINES if text.endswith("?") else HEADING_LINES):
        return False
    if FIELD.match(text) or UNFINISHED.search(text) or (TERMINAL.search(text) and not text.endswith("?")):
        return False
    if text.endswith("?") and re.search(r"[.!?] [A-Z]", text):
        return False
    if not page.wrapped and len(chunk.lines) > 1:
        return False
    if following is None:
        return index == 0 or text.endswith("?")
    return not page.texts[following][:1].islower()


def _is_signature(page: _Page, index: int, following: int) -> bool:
    """A name above an office, set off from the text above it by a gap and printed without a blank line between."""
    first, second = page.chunks[index], page.chunks[following]
    is_pair = following == index + 1 and second.blanks_before == 0 and second.blanks_after > 0
    is_short = all(len(page.texts[place].split()) <= 8 for place in (index, following))
    return (
        not page.wrapped
        and first.blanks_before >= 2
        and index > 0
        and is_pair
        and is_short
        and not TERMINAL.search(page.texts[following])
        and not is_grade(page.texts[following])
    )


def _is_long_title(text: str) -> bool:
    """Some reports print what a force should do as a heading of one or two sentences, without the last full stop."""
    return re.match(r"^(?:The|Our|All|Each)\b[^.]*\bshould\b", text) is not None and len(text) < 3 * HEADING_LENGTH


def inline_bullets(text: str, span: Span) -> list[Block]:
    """A lead-in and its bullets that were run together on one line."""
    before, *items = re.split(r"\s*•\s*", text)
    lead_in = lead_in_of(before.strip())
    blocks = [Block(Role.TEXT, before.strip(), (span,))] if before.strip() else []
    blocks += [
        Block(Role.ITEM, f"{lead_in} {item.strip()}".strip(), (span,), lead_in=lead_in)
        for item in items
        if item.strip()
    ]
    return blocks or [Block(Role.FURNITURE, " ".join(text.split()), (span,))]


# --- tables -----------------------------------------------------------------------------------------------------------


def _flat_rows(page: _Page, caption: set[int]) -> dict[int, list[Block]]:
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


def _head_indices(page: _Page, first: int, caption: set[int]) -> list[int]:
    """Up to three chunks directly above a flattened table's first row that can be its column heads."""
    heads: list[int] = []
    for index in range(first - 1, max(-1, first - 4), -1):
        text = page.texts[index]
        if index in caption or TERMINAL.search(text) or BULLET.match(text) or len(text) > ROW_LENGTH:
            break
        if index not in page.skip:
            heads.insert(0, index)
    return heads


def _row_heads(page: _Page, first: int, caption: set[int]) -> str:
    """The nearest caption above a flattened table, and the column heads between it and the first row."""
    heads = " / ".join(page.texts[index] for index in _head_indices(page, first, caption))
    above = [page.texts[index] for index in sorted(caption) if first - CAPTION_REACH < index < first]
    parts = [part for part in (*above[-1:], heads) if part]
    return " – ".join(parts) + ":" if parts else ""


def _heads_and_legends(page: _Page, rows: Mapping[int, Sequence[Block]], caption: set[int]) -> set[int]:
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


def _tab_rows(page: _Page) -> dict[int, list[Block]]:
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


def _spaced_rows(page: _Page, known: frozenset[int]) -> dict[int, list[Block]]:
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
        if len(run) >= FEWEST_ROWS:
            found.update(_table(page, run, COLUMN_GAP))
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


def _table(page: _Page, rows: Sequence[int], gap: str = "\t") -> dict[int, list[Block]]:
    heads, *body = [_cells(page.chunks[index], gap) for index in rows]
    names = [name for name, _ in heads]
    if names and all(name.casefold() in GRADES for name in names if name):
        blocks = []
        for column, (name, span) in enumerate(heads):
            filled = [row[column] for row in body if column < len(row) and row[column][0]]
            if name and filled:
                text = f"{name}: " + "; ".join(cell for cell, _ in filled)
                blocks.append(Block(Role.ROW, text, (span, *(where for _, where in filled))))
            elif name:
                blocks.append(Block(Role.FURNITURE, name, (span,)))
        return {rows[0]: blocks, **{index: [] for index in rows[1:]}}
    made = {rows[0]: [_block(page, rows[0], Role.FURNITURE)]}
    for index, cells in zip(rows[1:], body, strict=True):
        pairs = [(names[column] if column < len(names) else "", cell) for column, (cell, _) in enumerate(cells) if cell]
        text = "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs)
        made[index] = [Block(Role.ROW, text, page.chunks[index].pieces)] if text else []
    return made


def _with_contents_levels(blocks: Sequence[Block], entries: Sequence[str]) -> list[Block]:
    """Headings that a contents list names are level 1; the others stay open for `sections` to decide."""
    known = {entry.casefold() for entry in entries}
    return [
        replace(block, level=1) if block.role is Role.HEADING and block.text.casefold() in known else block
        for block in blocks
    ]
