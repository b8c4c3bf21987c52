"""The paragraphs of a PDF become blocks: headings and their levels, points, text.

Owns what a paragraph is by its look. Leaves where it begins to `pdf_paragraphs`, and writing it down to `pdf_sheet`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import Block, Role, Span
from ingest.furniture import SOURCE
from ingest.readers.lists import Indented, is_heading_text
from ingest.readers.pdf_lines import Style, confidence_of, half_points
from ingest.readers.pdf_pages import SortedPage
from ingest.readers.pdf_paragraphs import Element, PdfParagraph, PdfTable, flow
from ingest.readers.pdf_sheet import PdfSheet
from ingest.readers.pdf_titles import PROSE_LENGTH, HeadingKey, titled
from ingest.table_notes import CAPTION

LARGER = 1.15  # of the body's size: a heading; captions and notes stay below
LARGE_LENGTH = 250  # characters; longer text in large type is an opening paragraph
BOLD_LENGTH = 150  # characters; longer text in bold is a conclusion set off from the rest
BOLD_SIZE = 0.95  # of the body's size; smaller bold text labels a box or a drawing
PART_LENGTH = 20  # characters of "Chapter 12:"
CAPTION_LENGTH = 200  # characters; longer text that begins "Table 2" speaks about it
CAPITALS = 8  # letters; fewer capitals are an abbreviation
EDGE_SHARE = 0.05  # of all lines begin at the left edge of the text; fewer stand out into the margin

_SENTENCE = re.compile(r"[.;,!][\"”’')\]]*$|; (?:and|or)$")
_CAPTION_ALONE = re.compile(r"(?:figure|table|box|chart|map|graph) \d+[a-z]?[:.]?", re.IGNORECASE)

ITALIC = 5  # the least of headings: short italic text is a quotation or a title of a book as well


@dataclass(frozen=True, slots=True)
class Look:
    """How most of the document is set."""

    size: float
    style: Style
    left: float  # the left edge of the text


def blocks_of(pages: Sequence[SortedPage], size: float) -> tuple[str, list[Indented]]:
    """The text that is read from the pages, and its blocks in reading order. `size` is that of the body."""
    look = _look(pages, size)
    elements = flow(pages)
    around = zip([None, *elements][: len(elements)], [*elements[1:], None][: len(elements)], strict=True)
    looks = [_role_and_key(element, *beside, look) for element, beside in zip(elements, around, strict=True)]
    looks = titled(elements, looks, pages)
    ranks = sorted({key for _, key in looks if key})
    levels = {key: level for level, key in enumerate(ranks, start=1)}
    sheet = PdfSheet(pages, elements)
    for index, (element, (role, key)) in enumerate(zip(elements, looks, strict=True)):
        if not isinstance(element, PdfParagraph):
            continue
        block = _paragraph_block(
            element, role, levels[key] if key else 0, sheet.pieces[index], pages[element.page].label
        )
        above = sheet.drafts[-1][0] if index and key and looks[index - 1][1] == key else None
        if above and above.page == block.page and above.text.endswith(":") and len(above.text) <= PART_LENGTH:
            text, pieces = f"{above.text} {block.text}", above.pieces + block.pieces
            sheet.drafts[-1] = replace(above, text=text, pieces=pieces), 0  # "Chapter 1:" above its title
        else:
            sheet.drafts.append((block, _indent(element, pages, look)))
    return sheet.text, sorted(sheet.drafts, key=lambda draft: draft[0].pieces)


def _look(pages: Sequence[SortedPage], size: float) -> Look:
    lines = [line for page in pages for line in page.body if half_points(line.size) == size]
    styles: Counter[Style] = Counter()
    edges: Counter[int] = Counter()
    for line in lines:
        styles[line.style] += len(line.text)
        edges[int(line.x0)] += 1
    left = min((edge for edge, count in edges.items() if count >= EDGE_SHARE * len(lines)), default=0)
    return Look(size, styles.most_common(1)[0][0] if styles else (False, False, ""), left)


def _role_and_key(
    element: Element, above: Element | None, below: Element | None, look: Look
) -> tuple[Role, HeadingKey | None]:
    """What a paragraph is, and for a heading the rank of its look."""
    if isinstance(element, PdfTable):
        return Role.ROW, None
    marker = element.marker
    key = None if marker and marker.number is None else _heading_key(element, look)
    is_named = isinstance(above, PdfParagraph) and _CAPTION_ALONE.fullmatch(above.printed)
    if _is_caption(element.printed) or (key and is_named):  # the title of a box opens no section
        return Role.FURNITURE, None
    if key and element.printed.endswith(":") and isinstance(below, PdfParagraph) and below.marker:
        key = None  # the sentence that a list hangs from
    if key and key[1] == ITALIC and not _opens(element, below):
        key = None
    if not is_heading_text(element.printed):
        return Role.FURNITURE, None
    if key:
        return Role.HEADING, key
    return Role.ITEM if marker else Role.TEXT, None


def _opens(heading: PdfParagraph, below: Element | None) -> bool:
    """Whether upright text of a sentence or more follows."""
    if not isinstance(below, PdfParagraph) or len(below.printed) < PROSE_LENGTH // 2:
        return False
    return len(heading.lines) <= 2 and not all(line.style[1] for line in below.lines)


def _is_caption(text: str) -> bool:
    is_named = CAPTION.match(text) and not text.endswith(".")
    return len(text) <= CAPTION_LENGTH and bool(is_named or _CAPTION_ALONE.fullmatch(text) or SOURCE.match(text))


def _heading_key(paragraph: PdfParagraph, look: Look) -> HeadingKey | None:
    """Sorts by size; at the body's size capitals, bold, underlined, coloured italic and italic text, in this order."""
    text, lines = paragraph.printed, paragraph.lines
    if all(line.size >= LARGER * look.size for line in lines):
        is_prose = len(text) > LARGE_LENGTH or (len(text) > BOLD_LENGTH and text.endswith("."))
        return None if is_prose else (-half_points(lines[0].size), 0 if lines[0].style[0] else 1)
    if len(text) > BOLD_LENGTH or _SENTENCE.search(text) or min(line.size for line in lines) < BOLD_SIZE * look.size:
        return None
    if all(line.style[0] for line in lines) and not look.style[0]:
        return -look.size, 1 if text.isupper() and len(text) >= CAPITALS else 2
    if all(line.is_underlined and line.style[2] == look.style[2] for line in lines):  # links are in another colour
        return -look.size, 3
    if all(line.style[1] and line.style[2] != look.style[2] for line in lines):
        return -look.size, 4
    if all(line.style[1] for line in lines) and not look.style[1] and text[0].isupper():
        return -look.size, ITALIC
    return None


def _paragraph_block(paragraph: PdfParagraph, role: Role, level: int, pieces: Sequence[Span], page: str) -> Block:
    is_point = role is Role.ITEM and paragraph.marker is not None
    number = paragraph.marker.number if is_point and paragraph.marker else None
    return Block(
        role,
        paragraph.text if is_point else paragraph.printed,
        tuple(pieces),
        level,
        number=number,
        page=page,
        ocr_confidence=confidence_of(paragraph.lines),
    )


def _indent(paragraph: PdfParagraph, pages: Sequence[SortedPage], look: Look) -> float:
    """In em, from the left edge of the text or of the column."""
    first = paragraph.lines[0]
    column = [line.x0 for line in pages[paragraph.page].body if line.column == first.column]
    is_only = all(line.column == first.column for line in pages[paragraph.page].body)
    return max(0.0, (first.x0 - (look.left if is_only else min(column))) / look.size)
