"""Notes of figures and tables, and the rows for which they hold.

Owns telling a note by its mark, and what of it a row has to carry. Leaves footnotes of the page to `footnotes`. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.document import Block, Role

MARKED_NOTE = re.compile(r"^(?:Notes?:\s+)?(?P<mark>\*{1,3}|[†‡§])\s?(?=[A-Z‘“\"(])")
UNMARKED_NOTE = re.compile(r"^Notes?:\s+(?=\S)")
CAPTION = re.compile(r"^(?:Figure|Table|Chart|Map|Graph)\s+\d+[:.]?\s", re.I)
_MARK = re.compile(r"(?<=[\w)’”'\"])(?:\*{1,3}|[†‡§])(?!\w)")
REACH = 25  # blocks between a row and its note or caption; one further off belongs to another table. Not tuned
LONGEST_NOTE = 40  # words; a longer note explains terms and is no condition of the numbers. Not tuned
_REFERENCE = re.compile(r"\bwww\.|https?:")
_CLAUSE = re.compile(r"[;.] |,? (?:and|but) (?=(?:the|a|an|that|those|its|all|no)\b)")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|includes?|excludes?|covers?|counts?)\b")
_WORD = re.compile(r"[a-z]{4,}")
STEM = 6  # letters by which a note's words are compared with a row's; not tuned
_NOTED = (Role.TEXT, Role.ITEM, Role.FOOTNOTE, Role.NOTE)


def note_mark(text: str) -> str | None:
    """The mark with which a note begins ("*Lets only"); None for other text, also for words between two marks."""
    match = MARKED_NOTE.match(text)
    return match["mark"] if match and not text.endswith(match["mark"]) else None


def marks_in(text: str) -> set[str]:
    """The marks behind words of a text: "Homes let* 14" has one."""
    return set(_MARK.findall(text))


def with_notes(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; each row whose words, heads or caption carry a mark begins with the note of that mark.

    A note that stood as text is a footnote then. A "Note: ..." directly below rows holds for all of them.
    """
    made = list(blocks)
    footnotes = {block.number: block.text for block in blocks if block.role is Role.FOOTNOTE}
    for place, block in enumerate(blocks):
        if block.role is not Role.ROW:
            continue
        told: list[str] = []
        for mark in sorted(marks_in(block.text)):
            note = _nearest(blocks, place, mark)
            if note is not None:
                told.append(_of_row(blocks[note].text, block))
                made[note] = _as_note(blocks[note])
        told += _of_caption(blocks, place, footnotes)
        below = _directly_below(blocks, place)
        told += [blocks[below].text] if below is not None else []
        made[place] = _led_by(block, [note for note in told if _is_condition(note)])
    return made


def _led_by(row: Block, told: Sequence[str]) -> Block:
    if not told:
        return row
    notes = f"({' '.join(told).removesuffix('.')})"
    caption, dash, heads = row.lead_in.removesuffix(":").rpartition(" – ")
    lead_in = f"{caption} {notes} – {heads}:" if dash else f"{heads} {notes}:".strip()
    return replace(row, text=f"{lead_in} {row.text[len(row.lead_in) :].strip()}", lead_in=lead_in)


def _of_row(note: str, row: Block) -> str:
    """The clauses of a note that name what is in the row's own cells, with its mark; all of it where none does."""
    mark = note_mark(note) or ""
    clauses = [part.strip(" ,;.") for part in _CLAUSE.split(note[len(mark) :])]
    words = {word[:STEM] for word in _WORD.findall(row.text[len(row.lead_in) :].lower())}
    own = [part for part in clauses if words & {word[:STEM] for word in _WORD.findall(part.lower())}]
    is_whole = len(own) in (0, len(clauses)) or not all(map(_VERB.search, clauses))
    return note if is_whole else f"{mark}{'; '.join(own)}"


def _as_note(block: Block) -> Block:
    role = Role.FOOTNOTE if block.role in (Role.TEXT, Role.ITEM) else block.role
    return replace(block, role=role)


def _is_condition(note: str) -> bool:
    return len(note.split()) <= LONGEST_NOTE and not _REFERENCE.search(note)


def _nearest(blocks: Sequence[Block], place: int, mark: str) -> int | None:
    """The place of the nearest note with this mark, those behind the row before those above it at the same distance."""
    reach = range(max(0, place - REACH), min(len(blocks), place + REACH + 1))
    found = [n for n in reach if blocks[n].role in _NOTED and note_mark(blocks[n].text) == mark]
    return min(found, key=lambda n: (abs(n - place), n < place), default=None)


def _of_caption(blocks: Sequence[Block], place: int, footnotes: Mapping[str | None, str]) -> list[str]:
    """What the footnotes say whose marks stand on the caption above a row."""
    above = range(place - 1, max(-1, place - REACH - 1), -1)
    caption = next((n for n in above if blocks[n].role is not Role.ROW and CAPTION.match(blocks[n].text)), None)
    numbers = blocks[caption].marks if caption is not None else ()
    return [footnotes[number] for number in numbers if number in footnotes]


def _directly_below(blocks: Sequence[Block], place: int) -> int | None:
    """The place of a "Note: ..." below the rows of the row's table, with only furniture and notes between."""
    for n in range(place + 1, min(len(blocks), place + REACH + 1)):
        if UNMARKED_NOTE.match(blocks[n].text) and note_mark(blocks[n].text) is None:
            return n
        if blocks[n].role not in (Role.ROW, Role.FURNITURE, Role.NOTE):
            return None
    return None
