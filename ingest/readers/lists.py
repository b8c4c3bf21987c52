"""Which printed marks open a point of a list, and which sentence each point hangs from.

Owns numbered paragraphs and lead-ins, the same for every format. Leaves finding lists and depths to the readers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block, Role
from ingest.sentences import lead_in_of

# A block and how far it is indented: nesting depth from 0, or ems from the left edge of a page. A reader's block holds
# only its own words here; `settle` puts the lead-in before them.
Indented = tuple[Block, float]

SAME_INDENT = 0.5  # less than one step of depth, and less than the narrowest indent of a printed list, about 1 em
_ADDRESS = re.compile(r"^(?:To|For) (?:[\w’'-]+ ){1,8}?[\w’'-]+:$")  # "To the prison service:"
PARAGRAPH_WORDS = 12  # a longer numbered point is a numbered paragraph, as in panel papers

# U+F0xx: where Word's Symbol and Wingdings fonts keep their bullets.
BULLETS = "•●▪■◦○‣⁃∙·◾◼□❖➢➤►▶✓✔➔\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf0e0\uf02d"
WEAK_BULLETS = "-–—*o§ü"  # ordinary characters that serve as bullets only with space after them

# "12.", "1.15", "A1.13." as in appendices, "(a)", "B.", "xiv)".
_NUMBER = re.compile(
    r"\(?(\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]\d{0,2}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,6})[.)]{1,2}|(\d{1,3}(?:\.\d{1,3}){0,3})"
)
_MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:[, ]+\d{1,3})*|[*†‡§]{1,3})[\])]?")
_UNIT = re.compile(r"\b(?:10|[ckm]?m|ft)$")  # "m²" and "10²" are not footnotes
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ROMAN_VALUES = {sign: size for size, sign in _ROMAN if len(sign) == 1}
_LONE_NUMBER = re.compile(r"\W*(?:\d+|[ivxlc]+)?\W*", re.IGNORECASE)


def number_in(word: str) -> str | None:
    """The number a list marker prints: "1.15" of "1.15.", "a" of "(a)". A bare letter is no marker."""
    match = _NUMBER.fullmatch(word)
    return (match[1] or match[2]) if match else None


def roman(number: int) -> str:
    """A positive number in lower-case Roman figures."""
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def from_roman(text: str) -> int:
    """The value of lower-case Roman figures."""
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def is_footnote_mark(mark: str, before: str) -> bool:
    """Whether raised characters after the text `before` point to a footnote."""
    return bool(_MARK.fullmatch(mark.strip())) and not _UNIT.search(before)


def is_heading_text(text: str) -> bool:
    """A heading says something: a number alone, as on a divider page, is not one."""
    return not _LONE_NUMBER.fullmatch(text)


def settle(drafts: Sequence[Indented]) -> tuple[Block, ...]:
    """Blocks in the same order, each list point with its lead-in, long numbered points turned into paragraphs.

    A point hangs from the last sentence directly before its list if that ends with a colon; a nested point from its
    parent's if that does, else from what the parent hangs from. Furniture and footnotes between them change nothing.
    """
    outline = _Outline()
    roles: dict[int, Role] = {}
    blocks = []
    for index, (block, indent) in enumerate(drafts):
        if _is_numbered_point(block) and index not in roles:
            group = _numbered_group(drafts, index)
            role = _role_of([drafts[place][0] for place in group], outline.lead_in(indent))
            roles.update(dict.fromkeys(group, role))
        blocks.append(outline.place(replace(block, role=roles.get(index, block.role)), indent))
    return tuple(blocks)


class _Outline:
    """The open list points, outermost first, and what would hang from each."""

    def __init__(self) -> None:
        self._before_list = ""
        self._open: list[tuple[float, str]] = []

    def lead_in(self, indent: float) -> str:
        """The lead-in of a point at `indent`; points at the same or a deeper indent are closed."""
        self._close(indent)
        return self._open[-1][1] if self._open else self._before_list

    def place(self, block: Block, indent: float) -> Block:
        own = lead_in_of(block.text)
        if block.role is Role.ITEM:
            lead_in = self.lead_in(indent)
            self._open.append((indent, own or lead_in))
            return replace(block, lead_in=lead_in, text=f"{lead_in} {block.text}".strip())
        if block.role in (Role.FURNITURE, Role.FOOTNOTE):
            return block
        self._close(indent if block.role is Role.TEXT else 0)
        if self._open:  # a further paragraph of an open point: the list goes on after it
            self._open[-1] = self._open[-1][0], own or self._open[-1][1]
        else:
            self._before_list = own if block.role is Role.TEXT else ""
        return block

    def _close(self, indent: float) -> None:
        while self._open and self._open[-1][0] > indent - SAME_INDENT:
            self._open.pop()


def _is_numbered_point(block: Block) -> bool:
    return block.role is Role.ITEM and block.number is not None and block.number[-1].isdigit()


def _numbered_group(drafts: Sequence[Indented], first: int) -> list[int]:
    """Places of the points of one numbered list, from its first point on."""
    indent = drafts[first][1]
    group = []
    for index in range(first, len(drafts)):
        block, here = drafts[index]
        if block.role in (Role.FURNITURE, Role.FOOTNOTE):
            continue
        if _is_numbered_point(block) and abs(here - indent) < SAME_INDENT:
            group.append(index)
        elif block.role not in (Role.ITEM, Role.TEXT) or here < indent + SAME_INDENT:
            break
    return group


def _role_of(points: Sequence[Block], lead_in: str) -> Role:
    """TEXT for numbered paragraphs, ITEM for a list that is read together with its lead-in."""
    if len(points) > 1 and lead_in and points[0].number == "1":
        return Role.ITEM
    if len(points) == 1 and _ADDRESS.match(lead_in) and (points[0].number or "").isdigit():
        return Role.ITEM  # one point, whose number goes on from the list for somebody else
    is_long = any(len(point.text.split()) > PARAGRAPH_WORDS for point in points)
    return Role.TEXT if len(points) == 1 or is_long else Role.ITEM
