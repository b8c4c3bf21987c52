"""Blocks become Paragraphs: page cuts rejoined, section paths, kinds and ids.

Owns what a paragraph is to a reader of the report. Leaves layout to the readers and the section tree to `sections`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block, Kind, Paragraph, Reading, Role
from ingest.duties import tells
from ingest.grades import is_grade
from ingest.lines import TERMINAL, is_labelled_line
from ingest.sections import ASKING, MAJOR, SENTENCE_WORDS, VERB, is_label, section_paths
from ingest.sentences import sentences
from ingest.stance import is_decision
from ingest.table_notes import with_notes

CUT_LENGTH = 25  # characters; an unfinished text shorter than this is a label, not a paragraph cut by a page
_SHOULD = re.compile(
    r"^(?:AFI\s?\d+[.:]?\s*)?(?:The|Our|All|Each|[A-Z][\w ]+ (?:Police|Constabulary|Service))\b[^.?]*\bshould\b"
)
_AFI_MARK = re.compile(r"^AFI\s?(\d+)\b")
_RECOMMENDATION_MARK = re.compile(r"^Recommendation\s+(\d+)\s*[:.]", re.I)
_GRADE_STATEMENT = re.compile(
    r"\b(?:Police|force|Constabulary|Service)(?:['’]s approach to [\w ()]+)? (?:is|was) "
    r"(?:generally )?(?:outstanding|good|adequate|inadequate)\b"
    r"|\b(?:judged|graded|assessed|rated)\b(?: \w+){0,5} "
    r"(?:outstanding|good|adequate|inadequate|requir\w+ improvement)\b"
    r"|\brequires improvement (?:at|in)\b|\bgraded judg|\bis ungraded\b",
    re.I,
)
GRADE_STATEMENT_WORDS = 30
_LETTERS = {Role.FURNITURE: "f", Role.NOTE: "n"}  # of ids; all other blocks have "p"
LAST_LABELLED = 20  # blocks; a document introduces itself in its first dozen, furniture not counted


def build_paragraphs(reading: Reading, document_id: str) -> tuple[Paragraph, ...]:
    """Every block as a paragraph, in reading order; nothing is dropped.

    Ids count what can be cited or is a heading as `p001...`, furniture as `f001...` and notes of figures and tables as
    `n001...`, so that a change in these does not move the ids people have written down.
    """
    blocks = with_notes(join_cut_paragraphs([_without_decisions(block) for block in reading.blocks]))
    titles = title_length(blocks)
    paths = _below_areas(blocks, section_paths(blocks, titles))
    labelled = front_matter(reading.text, blocks, titles)
    headings = 0
    made = []
    counts = dict.fromkeys("pfn", 0)
    previous: Block | None = None
    for place, (block, path) in enumerate(zip(blocks, paths, strict=True)):
        letter = _LETTERS.get(block.role, "p")
        counts[letter] += 1
        headings += block.role is Role.HEADING
        is_title = block.role is Role.HEADING and headings <= titles
        kind = Kind.HEADING if is_title else kind_of(block, path, previous)
        kind = Kind.FRONT_MATTER if place in labelled else kind
        inner = path[:-1] if block.role is Role.HEADING and path[-1:] == (block.text,) else path
        made.append(
            Paragraph(
                id=f"{document_id}#{letter}{counts[letter]:03d}",
                text=block.text,
                pieces=block.pieces,
                kind=kind,
                headings=inner,
                lead_in=block.lead_in,
                number=_number(block),
                page=block.page,
                dated=block.dated,
                ocr_confidence=block.ocr_confidence,
            )
        )
        if letter == "p":
            previous = block
    return _with_last_sentences(made, blocks)


def _with_last_sentences(made: Sequence[Paragraph], blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The paragraphs, each last sentence that was set apart back in the one it ends; the number of its id stays unused,
    so that no id behind it moves."""
    found: list[Paragraph] = []
    prose = 0
    for paragraph, block in zip(made, blocks, strict=True):
        if block.continues:
            before = found[prose]
            found[prose] = replace(
                before, text=f"{before.text} {paragraph.text}", pieces=before.pieces + paragraph.pieces
            )
            continue
        prose = len(found) if block.role is Role.TEXT else prose
        found.append(paragraph)
    return tuple(found)


def _without_decisions(block: Block) -> Block:
    """A heading that is only a status word ("Accepted in part") as text: it answers, and names no section."""
    return replace(block, role=Role.TEXT) if block.role is Role.HEADING and is_decision(block.text) else block


def title_length(blocks: Sequence[Block]) -> int:
    """How many leading headings are the document's title."""
    count = 0
    first: Block | None = None
    for block in blocks:
        if block.role is Role.FURNITURE and (first is None or not re.match(r"contents\b", block.text, re.I)):
            continue
        if block.role is not Role.HEADING or block.number or is_label(block.text) or MAJOR.match(block.text):
            break
        if first and block.text.endswith("?"):  # below a title, a question opens the text
            break
        first = first or block
        if block.level != first.level:
            break
        count += 1
    return count


def join_cut_paragraphs(blocks: Sequence[Block]) -> list[Block]:
    """Rejoin text that a page break, a footnote or a column cut: an unfinished text and one that begins in lower case.

    A text that begins with a digit continues the text directly above it only.
    """
    joined: list[Block] = []
    open_place: int | None = None
    last_prose = -1
    for block in blocks:
        if block.role is Role.TEXT and open_place is not None and _continues(block, open_place == last_prose):
            before = joined[open_place]
            glue = "" if re.search(r"\w-$", before.text) else " "
            whole = replace(
                before,
                text=before.text + glue + block.text,
                pieces=before.pieces + block.pieces,
                ocr_confidence=_joint_confidence(before, block),
            )
            joined[open_place] = whole
            if TERMINAL.search(whole.text):
                open_place = None
            continue
        if _ends_in_brackets(joined, block) or _closes_a_bracket(joined, block):
            above = joined[-1]
            joined[-1] = replace(above, text=f"{above.text} {block.text}", pieces=above.pieces + block.pieces)
            continue
        joined.append(block)
        if block.role in (Role.TEXT, Role.ITEM):
            last_prose = len(joined) - 1
        is_prose = block.role in (Role.TEXT, Role.ITEM) and not is_grade(block.text)
        if is_prose and not TERMINAL.search(block.text) and len(block.text) >= CUT_LENGTH:
            open_place = len(joined) - 1
    return joined


def _ends_in_brackets(above: Sequence[Block], block: Block) -> bool:
    """Whether the block is a bold last line of the text above it, and no heading: "(Recommendation 4)"."""
    is_bracketed = block.role is Role.HEADING and re.fullmatch(r"\([^()]+\)\.?", block.text) is not None
    return is_bracketed and bool(above) and above[-1].role in (Role.TEXT, Role.ITEM) and above[-1].page == block.page


def _closes_a_bracket(above: Sequence[Block], block: Block) -> bool:
    """Whether the block is the last line of the heading above it, whose bracket it closes: "... (Recommendation" and "7)"."""
    is_open = bool(above) and above[-1].role is Role.HEADING and above[-1].text.count("(") > above[-1].text.count(")")
    return is_open and above[-1].page == block.page and re.fullmatch(r"[^()]{1,40}\)", block.text) is not None


def _joint_confidence(before: Block, block: Block) -> float | None:
    """Of two parts that may or may not come from OCR, weighed by their length."""
    parts = [(part.ocr_confidence, len(part.text)) for part in (before, block) if part.ocr_confidence is not None]
    total = sum(length for _, length in parts)
    return round(sum(confidence * length for confidence, length in parts) / total, 1) if parts else None


def _continues(block: Block, is_next: bool) -> bool:
    return block.number is None and (block.text[:1].islower() or (is_next and block.text[:1].isdigit()))


def front_matter(text: str, blocks: Sequence[Block], titles: int) -> set[int]:
    """Places of the labelled lines ("Published: ...") between a document's title and its first section.

    A table's row counts by what is printed in it, for its text begins with the column heads.
    """
    found, headings = set(), 0
    for place, block in enumerate(blocks):
        headings += block.role is Role.HEADING
        if headings > max(titles, 1) or place > LAST_LABELLED:
            break
        line = " ".join(text[start:end] for start, end in block.pieces) if block.role is Role.ROW else block.text
        if block.role in (Role.TEXT, Role.ITEM, Role.ROW) and is_labelled_line(" ".join(line.split())):
            found.add(place)
    return found


def _below_areas(blocks: Sequence[Block], paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same paths, but an area for improvement that is printed as prose among others that are headings ends theirs.

    What follows it stands below it, as what follows the others stands below them.
    """
    made: list[tuple[str, ...]] = []
    before: tuple[str, ...] | None = None  # the path that no longer holds
    now: tuple[str, ...] = ()
    for block, path in zip(blocks, paths, strict=True):
        if path != before:
            before = None
        is_sibling = len(path) > 1 and is_area_label(path[-2]) and _SHOULD.match(path[-1]) is not None
        if block.role is Role.TEXT and is_sibling and any(map(_SHOULD.match, sentences(block.text)[:1])):
            before, now = path, (*path[:-1], block.text)
            made.append(path[:-1])
        else:
            made.append(now if before is not None and block.role is not Role.HEADING else path)
    return made


def is_area_label(text: str) -> bool:
    return is_label(text) and text.lower().startswith("area")


def _number(block: Block) -> str | None:
    mark = _AFI_MARK.match(block.text) or _RECOMMENDATION_MARK.match(block.text)
    return block.number or (mark[1] if mark else None)


def kind_of(block: Block, path: Sequence[str], previous: Block | None) -> Kind:
    """What the block is to a reader, from its role, its words and the label it stands under."""
    match block.role:
        case Role.FURNITURE:
            return Kind.FURNITURE
        case Role.FOOTNOTE | Role.NOTE:
            return Kind.FOOTNOTE
        case Role.HEADING:
            return _heading_kind(block, path)
        case Role.ENTRY:
            return Kind.STATUS
    if block.dated:  # a comment of a tracker answers what it stands under; it is not that thing itself
        return Kind.LIST_ITEM if block.role is Role.ITEM else Kind.FINDING
    label = next((text.lower() for text in reversed(path) if is_label(text)), "")
    if _AFI_MARK.match(block.text) or (label.startswith("area") and _is_area(block, previous)):
        return Kind.AREA_FOR_IMPROVEMENT
    if _RECOMMENDATION_MARK.match(block.text):
        return Kind.RECOMMENDATION
    if block.role is Role.ROW:
        return Kind.TABLE_ROW
    is_told = block.role is Role.TEXT and not label.startswith("cause") and tells(block.text)
    if ASKING.match(label) and (block.role is Role.ITEM or is_told):
        return Kind.RECOMMENDATION
    if label.startswith("cause") and previous is not None and previous.role is Role.HEADING:
        return Kind.CAUSE_OF_CONCERN
    if is_grade(block.text) or (block.role is Role.TEXT and _is_grade_statement(block.text)):
        return Kind.GRADE
    return Kind.LIST_ITEM if block.role is Role.ITEM else Kind.FINDING


def _is_area(block: Block, previous: Block | None) -> bool:
    """Below the label: a point, a sentence that says what should be done, or the first paragraph if it holds one."""
    if block.role is Role.ITEM or _SHOULD.match(block.text):
        return True
    is_first = previous is not None and previous.role is Role.HEADING and is_area_label(previous.text)
    return is_first and block.role is Role.TEXT and any(map(_SHOULD.match, sentences(block.text)))


def _is_grade_statement(text: str) -> bool:
    return len(text.split()) <= GRADE_STATEMENT_WORDS and _GRADE_STATEMENT.search(text) is not None


def _heading_kind(block: Block, path: Sequence[str]) -> Kind:
    if any(text.lower().startswith("area") and is_label(text) for text in path) and _SHOULD.match(block.text):
        return Kind.AREA_FOR_IMPROVEMENT
    words = len(block.text.split())
    is_open = block.level == 0 and block.number is None
    if words >= SENTENCE_WORDS and not block.text.endswith("?") and (VERB.search(block.text) or is_open):
        return Kind.HEADING if MAJOR.match(block.text) or is_label(block.text) else Kind.HEADING_SENTENCE
    return Kind.HEADING
