"""Plain text becomes Blocks: what is a heading, a bullet with its lead-in, a table row, a footnote, furniture.

Owns reading layout where the file has no markup. Leaves the section tree to `sections` and kinds to `paragraphs`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block, Reading, Role, Span
from ingest.footnotes import Footnotes, find_footnotes
from ingest.furniture import (
    captions,
    chart_debris,
    contents_list,
    notes_of_tables,
    other_furniture,
    page_labels,
    page_numbers,
    running_heads,
)
from ingest.grades import is_grade
from ingest.last_sentences import with_last_sentences
from ingest.lines import (
    BULLET,
    CODED,
    ITEMED,
    NUMBERED,
    SECTIONED,
    TERMINAL,
    chunks,
    is_labelled_line,
    is_wrapped,
    split_lines,
)
from ingest.plain_stacks import stacked_rows
from ingest.plain_tables import Page, block_of, flat_rows, heads_and_legends, spaced_rows, tab_rows
from ingest.sentences import lead_in_of
from ingest.table_notes import note_mark

# At most 500 characters of words: without an end, a page of opening brackets takes a minute.
MARKDOWN_LINK = re.compile(r"\[((?:[^\]\\]|\\.){1,500})\]\((?:[^()\s]|\([^()\s]*\))*\)")
ESCAPE = re.compile(r"\\([()\[\]*_#])")
HEADING_LENGTH = 250  # characters; the longest heading of the five reports that is no area for improvement has 167
HEADING_LINES = 3
QUESTION_LINES = 7  # a question set in a narrow column; the longest here has six lines
# A line that ends so goes on below; prepositions are left out, for headings do end with them ("What we looked at").
UNFINISHED = re.compile(r"(?:,|\b(?:and|or|but|nor|the|an?|its|their|our|whose))$")


def read_plain(text: str, title: str | None = None) -> Reading:
    """Blocks of a plain text, in reading order, holding every visible character."""
    found = chunks(text)
    wrapped = is_wrapped(split_lines(text))
    numbers = page_numbers(found, wrapped)
    debris = chart_debris(found)
    contents, entries = contents_list(found)
    caption = captions(found, wrapped)
    below = notes_of_tables(found)
    furniture = debris | contents | set(numbers) | other_furniture(found) | running_heads(found, text, numbers)
    furniture -= below
    notes = find_footnotes(found, frozenset(furniture), frozenset(numbers))
    texts = {index: _clean(notes.cleaned[index]) for index in range(len(found))}
    page = Page(found, wrapped, texts, frozenset(furniture | caption | below | set(notes.taken)))
    labels = page_labels(found, numbers, debris)
    blocks: list[Block] = []
    for index, made in sorted(
        _all_blocks(page, notes, caption, frozenset(furniture), below - notes.taken), key=lambda pair: pair[0]
    ):
        blocks.append(replace(made, page=labels.get(index)))
    return Reading(text, tuple(with_last_sentences(_with_contents_levels(blocks, entries))), title)


def _clean(text: str) -> str:
    """Link markup and escapes off, as a reader of the page would see it."""
    return ESCAPE.sub(r"\1", MARKDOWN_LINK.sub(r"\1", text))


def _all_blocks(
    page: Page, notes: Footnotes, caption: set[int], furniture: frozenset[int], below: set[int]
) -> list[tuple[int, Block]]:
    flat = flat_rows(page, caption)
    rows = flat | tab_rows(page) | spaced_rows(page, frozenset(flat)) | stacked_rows(page)
    made: list[tuple[int, Block]] = []
    beside = heads_and_legends(page, rows, caption)
    made += [
        (index, replace(block_of(page, index, Role.FURNITURE), marks=notes.marked.get(index, ())))
        for index in sorted((furniture | caption | beside) - set(rows))
    ]
    made += [
        (index, replace(block_of(page, index, Role.NOTE), number=note_mark(page.texts[index])))
        for index in sorted(below)
    ]
    made += [
        (note.chunk_index, Block(Role.FOOTNOTE, _clean(note.text), note.pieces, number=str(note.number)))
        for note in notes.notes
    ]
    for index, group in rows.items():
        made += [(index, block) for block in group]
    made += _prose(page, frozenset(rows) | beside)
    return made


# --- prose, headings and bullets -------------------------------------------------------------------------------------


def _prose(page: Page, rows: frozenset[int]) -> list[tuple[int, Block]]:
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


def _one_block(page: Page, index: int, following: int | None, lead_in: str) -> Block:
    text, pieces = page.texts[index], page.chunks[index].pieces
    bullet = BULLET.match(text)
    if bullet:
        item = text[bullet.end() :].strip()
        return Block(Role.ITEM, f"{lead_in} {item}".strip(), pieces, lead_in=lead_in)
    numbered = NUMBERED.match(text)
    if page.chunks[index].is_underlined and len(text) <= HEADING_LENGTH:
        number = numbered[1] if numbered else None
        return Block(Role.HEADING, text[numbered.end() :] if numbered else text, pieces, number=number)
    if numbered and _heads_numbered(page, numbered, text, following):
        return Block(Role.HEADING, text[numbered.end() :], pieces, level=1, number=numbered[1])
    itemed = ITEMED.match(text)
    if itemed and lead_in:
        return Block(Role.ITEM, f"{lead_in} {text[itemed.end() :]}", pieces, lead_in=lead_in, number=itemed[1])
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


def _is_heading(page: Page, index: int, following: int | None) -> bool:
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
    if CODED.match(chunk.lines[0].text) and re.search(r"\b(?:should|must)\b|[.!?] [A-Z]", text):
        return False
    if is_labelled_line(text) or UNFINISHED.search(text) or (TERMINAL.search(text) and not text.endswith("?")):
        return False
    if text.endswith("?") and re.search(r"[.!?] [A-Z]", text):
        return False
    if not page.wrapped and len(chunk.lines) > 1:
        return False
    if following is None:
        return index == 0 or text.endswith("?")
    return not page.texts[following][:1].islower()


def _heads_numbered(page: Page, numbered: re.Match[str], text: str, following: int | None) -> bool:
    """Whether "2. Safety" names the section whose paragraphs are numbered 2.1 and so on, or the one after such a section."""
    if following is None or len(text) > HEADING_LENGTH or TERMINAL.search(text):
        return False
    below = SECTIONED.match(page.texts[following])
    if below:
        return below[1].split(".")[0] == numbered[1]
    before = f"{int(numbered[1]) - 1}."
    return any((part := SECTIONED.match(other)) and part[1].startswith(before) for other in page.texts.values())


def _is_signature(page: Page, index: int, following: int) -> bool:
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


def _with_contents_levels(blocks: Sequence[Block], entries: Sequence[str]) -> list[Block]:
    """Headings that a contents list names are level 1; the others stay open for `sections` to decide."""
    known = {entry.casefold() for entry in entries}
    return [
        replace(block, level=1) if block.role is Role.HEADING and block.text.casefold() in known else block
        for block in blocks
    ]
