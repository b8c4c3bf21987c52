"""What Tesseract saw on a page becomes lines like those of a text layer.

Owns skew, sizes, weight, bullets and raised marks of recognised words. Leaves running Tesseract to `pdf_ocr`, columns
and reading order to `pdf_lines`. All functions are pure. Distances are in pixels of the picture until `page_lines`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan, cos, degrees, sin
from statistics import fmean, median

import numpy as np
from lxml import html
from numpy.typing import NDArray

from ingest.readers.pdf_lines import Glyph, Line, half_points, read_lines

LEAST_CONFIDENCE = 30.0  # of a line; below are specks and edges of the paper: on 40 noisy pages no line of text was
SAME_SIZE = 0.1  # of the size; regular and bold of one size measured up to 9 % apart at 150 dots an inch
BOLD = 1.22  # times the stroke of the body; bold measured 1.3 to 1.6, regular 0.9 to 1.1
BOLD_LETTERS = 4  # fewer are too little ink to tell
FEWEST_LETTERS, GUESS = 4, 1.5  # small letters that an x-height is measured on; how far off it may be without them
RAISED = 0.2  # em above the baseline where a footnote mark ends
MARK_SIZE = 0.6  # of the line's size
SPACE = 0.12  # em; narrower gaps are taken for kerning by `pdf_lines`
TYPICAL = 1.85  # size of a font over its x-height, where a page shows neither ascenders nor descenders

# What Tesseract reads for a printed bullet, when that stands alone at the beginning of a line.
_BULLET = re.compile(r"[e¢«»°®©@*¥§•·●▪■◦○]|[oO0](?=$)")
_TITLE_NUMBERS = re.compile(r"(\w+) ([-\d. ]+)")
_MARK = re.compile(r"[^\w\s.,;:'\"‘’“”)\]°%-]+|\d{1,3}")
_READ_WRONG = re.compile(r"[^\w\s]*\d*[^\w\s]+|[^\w\s]+\d*")


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A recognised word and its box; `raised` are its last characters that stand above the line."""

    text: str
    box: tuple[float, float, float, float]  # x0, top, x1, bottom
    confidence: float  # 0 to 100
    raised: str = ""
    raised_x0: float = 0.0
    stroke: float = 0.0  # mean width of its strokes


@dataclass(frozen=True, slots=True)
class OcrLine:
    words: tuple[OcrWord, ...]
    x0: float
    base: float  # at `x0`
    slope: float  # of the baseline, downwards
    x_height: float
    size: float  # from the top of "d" to the bottom of "p"

    @property
    def x1(self) -> float:
        return self.words[-1].box[2]

    @property
    def letters(self) -> int:
        return sum(character.isalnum() for word in self.words for character in word.text)

    @property
    def digits(self) -> int:
        return sum(character.isdigit() for word in self.words for character in word.text)

    @property
    def small_letters(self) -> int:
        return sum(character.islower() for word in self.words for character in word.text)

    @property
    def confidence(self) -> float:
        return fmean(word.confidence for word in self.words)


def read_hocr(hocr: bytes, picture: NDArray[np.uint8]) -> list[OcrLine]:
    """The lines of Tesseract's hOCR output, made with a box for each character, of a grey picture."""
    ink = picture < (int(np.median(picture)) + int(picture.min())) / 2
    lines = [_line(tag, ink) for tag in html.fromstring(hocr).xpath("//*[@class and contains(@title, 'baseline')]")]
    return [line for line in lines if line and line.confidence >= LEAST_CONFIDENCE]


def _numbers(title: str) -> dict[str, list[float]]:
    """hOCR properties: "bbox 1 2 3 4; x_size 40" as lists of numbers by name."""
    return {name: [float(part) for part in values.split()] for name, values in _TITLE_NUMBERS.findall(title)}


def _line(tag: html.HtmlElement, ink: NDArray[np.bool_]) -> OcrLine | None:
    facts = _numbers(tag.get("title"))
    slope, offset = facts["baseline"]
    x0, _, _, bottom = facts["bbox"]
    size = facts["x_size"][0]
    x_height = size - facts["x_descenders"][0] - facts["x_ascenders"][0]
    if x_height <= 0:
        return None
    base = bottom + offset
    words = [_word(word, x0, base, slope, size, ink) for word in tag.find_class("ocrx_word")]
    seen = [word for word in words if word is not None]
    if not seen:
        return None
    if len(seen) > 1 and _BULLET.fullmatch(seen[0].text) and seen[1].box[0] - seen[0].box[2] > x_height / 2:
        seen[0] = replace(seen[0], text="•", raised="")
    return OcrLine(tuple(seen), x0, base, slope, x_height, size)


def _word(
    tag: html.HtmlElement, x0: float, base: float, slope: float, size: float, ink: NDArray[np.bool_]
) -> OcrWord | None:
    facts = _numbers(tag.get("title"))
    characters = [
        (part.text or "", _numbers(part.get("title"))["x_bboxes"])
        for part in tag.find_class("ocrx_cinfo")
        if (part.text or "").strip()
    ]
    text = "".join(character for character, _ in characters)
    if not text:
        return None
    box = (facts["bbox"][0], facts["bbox"][1], facts["bbox"][2], facts["bbox"][3])
    count = 0
    for character, (left, _, _, bottom) in reversed(characters):
        is_above = base + slope * (left - x0) - bottom > RAISED * size
        if not is_above or not _MARK.fullmatch(character):
            break
        count += 1
    raised = text[len(text) - count :]
    text = text[: len(text) - count]
    return OcrWord(
        text,
        box,
        facts["x_wconf"][0],
        raised="*" if _READ_WRONG.fullmatch(raised) else raised,
        raised_x0=characters[-count][1][0] if count else 0.0,
        stroke=_stroke(ink[int(box[1]) : int(box[3]), int(box[0]) : int(box[2])]),
    )


def _stroke(ink: NDArray[np.bool_]) -> float:
    """Mean length of the horizontal runs of ink, in pixels."""
    starts = int((ink[:, 1:] & ~ink[:, :-1]).sum() + ink[:, :1].sum())
    return float(ink.sum()) / starts if starts else 0.0


def skew(lines: Sequence[OcrLine]) -> float:
    """How far the page is turned clockwise, in radians: the slope of its middle line."""
    slopes = sorted((line.slope, line.x1 - line.x0) for line in lines)
    half, seen = sum(width for _, width in slopes) / 2, 0.0
    for slope, width in slopes:
        seen += width
        if seen >= half:
            return atan(slope)
    return 0.0


def skew_in_degrees(lines: Sequence[OcrLine]) -> float:
    return degrees(skew(lines))


@dataclass(frozen=True, slots=True)
class Type:
    """How the body of a scanned file is set."""

    stroke: float  # over the x-height
    ratio: float  # size over x-height
    sizes: tuple[float, ...]  # in points, the most frequent first; each line takes the nearest


def typography(pages: Sequence[tuple[Sequence[OcrLine], float]]) -> Type:
    """What most lines share; `pages` are lines with the points a pixel is wide."""
    lines = [line for found, _ in pages for line in found if line.letters]
    strokes = [word.stroke / line.x_height for line in lines for word in line.words if len(word.text) >= BOLD_LETTERS]
    ratio = median([line.size / line.x_height for line in lines] or [TYPICAL])
    counts: Counter[float] = Counter()
    for found, scale in pages:
        for line in found:
            counts[half_points(line.x_height * ratio * scale)] += line.letters
    sizes: list[float] = []
    for size, _ in counts.most_common():
        if all(abs(size - known) > SAME_SIZE * known for known in sizes):
            sizes.append(size)
    return Type(median(strokes or [0.0]), ratio, tuple(sizes))


def page_lines(lines: Sequence[OcrLine], scale: float, look: Type) -> list[Line]:
    """Lines in reading order, straightened, in points. `scale` is how many points a pixel is wide."""
    if not lines:
        return []
    turn = _Turn(
        skew(lines),
        (min(line.x0 for line in lines) + max(line.x1 for line in lines)) / 2,
        (min(line.base for line in lines) + max(line.base for line in lines)) / 2,
    )
    return read_lines([glyph for line in lines for glyph in _glyphs(line, turn, scale, look)])


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn that sets a page straight, about the middle of its text, so that margins stay where they are."""

    angle: float
    x: float
    y: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        across, down = x - self.x, y - self.y
        return (
            self.x + cos(self.angle) * across + sin(self.angle) * down,
            self.y + cos(self.angle) * down - sin(self.angle) * across,
        )


def _glyphs(line: OcrLine, turn: _Turn, scale: float, look: Type) -> Iterator[Glyph]:
    """The line's characters, spread evenly over each word."""
    size = _size(line, scale, look)
    middle = (line.x0 + line.x1) / 2
    base = scale * turn.place(middle, line.base + line.slope * (middle - line.x0))[1]
    style = _is_bold(line, look), False, None
    lefts = [word.box[0] for word in line.words[1:]] + [line.x1 + line.size]
    for word, following in zip(line.words, lefts, strict=True):
        # Boxes may touch though Tesseract saw two words: a space is left between them.
        last = max(word.box[0] + 1, min(word.box[2], following - SPACE * line.size))
        end = min(word.raised_x0, last) if word.raised else last
        parts = [(word.text, word.box[0], end, base, size)]
        if word.raised:
            parts.append((word.raised, end, last, base - 2 * RAISED * size, MARK_SIZE * size))
        for text, left, right, foot, height in parts if word.text else parts[1:]:
            x0, x1 = (scale * turn.place(x, (word.box[1] + word.box[3]) / 2)[0] for x in (left, right))
            step = (x1 - x0) / len(text)
            for place, character in enumerate(text):
                start = x0 + place * step
                bottom = foot + height / 4
                yield Glyph(character, start, start + step, bottom, round(foot, 1), height, style, word.confidence)
            yield Glyph(" ", x1, x1 + SPACE * size, foot, round(foot, 1), height, style)  # where a word ends is known


def _size(line: OcrLine, scale: float, look: Type) -> float:
    """In points, one of the sizes of the file. With few small letters it is a guess: then that of the body, if near."""
    own = line.x_height * look.ratio * scale
    nearest = min(look.sizes, key=lambda known: abs(known - own), default=own)
    if abs(nearest - own) <= SAME_SIZE * own:
        return nearest
    is_guess = line.small_letters < max(FEWEST_LETTERS, 2 * line.digits) and bool(look.sizes)
    return look.sizes[0] if is_guess and 1 / GUESS < own / look.sizes[0] < GUESS else half_points(own)


def _is_bold(line: OcrLine, look: Type) -> bool:
    letters = [word for word in line.words if sum(map(str.isalpha, word.text)) >= BOLD_LETTERS]
    if not letters or not look.stroke:
        return False
    return fmean(word.stroke / line.x_height for word in letters) > BOLD * look.stroke
