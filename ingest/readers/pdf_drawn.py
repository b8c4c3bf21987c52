"""What a PDF page draws: its characters, beside the shapes that `pdf_shapes` finds.

Owns everything that asks PDFium for text. Leaves what the drawing means to `pdf_page`.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, hypot, pi
from re import IGNORECASE, compile
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf_lines import Glyph, Style
from ingest.readers.pdf_shapes import UNCHANGED, Shape, View, shapes_on

LEVEL = 0.1  # em between the base lines of text objects on one line
OBJECT_GAP = 0.11  # em; 0.15 and more are seen where a space was dropped, kerning is below 0.1
DESCENT = 0.22  # em below the base; fonts differ by a few hundredths
QUARTER = pi / 2

_BOLD = compile(r"bold|black|heavy|demi", IGNORECASE)
_ITALIC = compile(r"[Ii]talic|[Oo]blique|[a-z]It\b|-It\b")
_SHOWN_AS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": "-", "‐": "-", "‑": "-"}
    | dict.fromkeys("\u0002\ufffe", "-")  # PDFium's signs for a hyphen at the end of a line
    | dict.fromkeys("\u200b\u200c\u200d\ufeff\u2060")
)
UNMAPPED = "\ufffd"  # a character whose font does not say what it is


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn on one page."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]  # that run across the page, in the order of the file
    turned: str  # characters that do not
    shapes: tuple[Shape, ...]
    characters: int
    unmapped: int  # characters whose font does not say what they are


class _Run(NamedTuple):
    """What all characters of one text object share."""

    size: float  # points, as shown
    style: Style
    turns: int | None  # quarter turns against the clock; None where it stands aslant


_Character = tuple[str, float, float, float, float, float, float, _Run]
# text; left, bottom, right, top and the origin's x and y in points of the file; half a million of them are made of one
# report, and a named tuple takes twice the time


def drawing(page: pypdfium2.PdfPage) -> Drawing:
    """Everything visible on the page, in distances from the top left corner of the page as it is read."""
    box = page.get_bbox()
    characters = [
        character
        for character in _characters(page)
        if character[1] < box[2] and character[3] > box[0] and character[2] < box[3] and character[4] > box[1]
    ]
    turns = _turns(characters, page.get_rotation())
    view = View(box, turns)
    return Drawing(
        view.width,
        view.height,
        tuple(_glyphs([character for character in characters if character[-1].turns == turns], view)),
        "".join(_spaced([character for character in characters if character[-1].turns != turns])),
        tuple(shapes_on(page, view)),
        sum(character[0] != " " for character in characters),
        sum(character[0] == UNMAPPED for character in characters),
    )


def _turns(characters: list[_Character], rotation: int) -> int:
    """By how many quarters most of the text is turned; a page without text is taken as the viewer shows it."""
    counts = Counter(character[-1].turns for character in characters if character[-1].turns is not None)
    return counts.most_common(1)[0][0] if counts else rotation // 90


def _spaced(characters: list[_Character]) -> Iterator[str]:
    """Texts of characters, with a space where the next one stands elsewhere."""
    for before, character in zip([None, *characters], characters, strict=False):
        size = character[7].size
        if before and max(abs(character[5] - before[5]), abs(character[6] - before[6])) > 2 * size:
            yield " "
        yield character[0]


def _glyphs(characters: list[_Character], view: View) -> Iterator[Glyph]:
    left_edge, top_edge = view.box_left, view.box_top
    for text, left, bottom, right, top, x, y, run in characters:
        if view.turns == 0:  # nearly always; the general way takes three times as long
            x0, x1, base = x - left_edge, right - left_edge, top_edge - y
        else:
            _, _, x1, _ = view.box(left, bottom, right, top)
            x0, base = view.place(x, y)
        yield Glyph(text, x0, x1, base + DESCENT * run.size, round(base, 1), run.size, run.style)


def _characters(page: pypdfium2.PdfPage) -> Iterator[_Character]:
    """Characters in the order of the file, ligatures as one.

    PDFium puts a space of its own where it sees a gap and takes the file's away; the line ends it adds are left out.
    """
    text_page = page.get_textpage()
    raw = text_page.raw
    # Named here, for each is asked for every character: half a million times in a report of 240 pages.
    is_generated, unicode_of, loose_box = (
        pdfium.FPDFText_IsGenerated,
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
    )
    has_error, origin_of, object_of = (
        pdfium.FPDFText_HasUnicodeMapError,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetTextObject,
    )
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    address, run = b"", _Run(0.0, (False, False, 0), None)
    last: _Character | None = None
    for index in range(text_page.count_chars()):
        if is_generated(raw, index) == 1:
            if last and last[0] != " " and unicode_of(raw, index) == 32:
                yield last
                last = " ", last[3], last[2], last[3], *last[4:]
            continue
        if not loose_box(raw, index, box):
            continue
        is_unmapped = has_error(raw, index) == 1
        text = UNMAPPED if is_unmapped else _shown(unicode_of(raw, index))
        if not text:
            continue
        origin_of(raw, index, x, y)
        here = bytes(object_of(raw, index))
        if here != address:
            address, run = here, _run(raw, index)
            if last and last[0] != " " and _is_apart(last, x.value, y.value):
                yield last
                last = " ", last[3], last[2], last[3], *last[4:]
        if last and last[7] is run and (last[5], last[6]) == (x.value, y.value) and text != " ":
            last = (last[0] + text, *last[1:])  # the further letters of a ligature
            continue
        if last:
            yield last
        last = text, box.left, box.bottom, box.right, box.top, x.value, y.value, run
    if last:
        yield last
    text_page.close()


def _is_apart(last: _Character, x: float, y: float) -> bool:
    """Whether a space stood between two text objects of one line: PDFium drops one that the next object overlaps."""
    size = last[7].size
    return last[7].turns == 0 and abs(y - last[6]) < LEVEL * size and OBJECT_GAP * size < x - last[3] < size


@lru_cache(maxsize=10_000)
def _shown(code: int) -> str:
    """The character as a reader sees it; empty where it shows nothing."""
    if code in (10, 13):
        return ""
    text = chr(code) if code else UNMAPPED
    if text.isspace():
        return " "
    text = text.translate(_SHOWN_AS)
    return text if text.isprintable() or "\ue000" <= text <= "\uf8ff" else ""


def _run(raw: object, index: int) -> _Run:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(raw, index, matrix):
        matrix = pdfium.FS_MATRIX(*UNCHANGED)
    size = float(pdfium.FPDFText_GetFontSize(raw, index)) * hypot(matrix.c, matrix.d)
    quarters = atan2(matrix.b, matrix.a) / QUARTER
    is_straight = abs(quarters - round(quarters)) < 0.02
    return _Run(round(size, 1), _style(raw, index), round(quarters) % 4 if is_straight else None)


def _style(raw: object, index: int) -> Style:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 200, flags)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(raw, index, red, green, blue, alpha)
    bold, italic = _weight(name.value)
    return bold, italic, (red.value << 16) + (green.value << 8) + blue.value


@lru_cache(maxsize=1000)
def _weight(font: bytes) -> tuple[bool, bool]:
    name = font.decode("utf-8", "replace").rsplit("+", maxsplit=1)[-1]
    return _BOLD.search(name) is not None, _ITALIC.search(name) is not None
