"""Reads scanned pages of a PDF with Tesseract, when it is installed.

Owns which pages need it, rendering, time limits and what is said about it. Leaves lines to `pdf_ocr_lines`.
"""

import logging
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
import pypdfium2
import pytesseract
from PIL import Image

from ingest.readers.pdf_ocr_lines import OcrLine, page_lines, read_hocr, skew_in_degrees, typography
from ingest.readers.pdf_ocr_pages import mended
from ingest.readers.pdf_page import PageContent

RESOLUTION = 300  # dots an inch: what Tesseract's models were trained for; 200 lost twice as many footnote marks
MOST_PIXELS = 40_000_000  # of one page; A3 at 300 dots has 17 million, and a poster must not fill the memory
PAGE_SECONDS = (
    180.0  # for one page; a dense page of A4 takes 2 to 7 on an idle core, one cut off at 60 was on a busy one
)
FILE_SECONDS = 1800.0  # for one file; 240 pages take about 15 minutes on two cores
LANGUAGE = "eng"
FEWEST_CHARACTERS = 20  # on a page; a scan may carry a stamped page number or date
SCAN_SHARE = 0.5  # of the page covered by images
DRAWN_PATHS = 300  # on a page without text: letters drawn as outlines; a cover has fewer shapes
UNMAPPED_SHARE = 0.3  # of a page's characters; fewer are bullets and signs
FEWEST_WORDS = 30  # to tell whether a text layer is English
FUNCTION_SHARE = 0.1  # of the words; prose measured 0.3 to 0.45, a text layer of wrong letters 0 to 0.03
LEAST_CONFIDENCE = 55.0  # of a page; an upright page of a bad copy had 80, one read upside down 30 to 45
STRAIGHT = 2.0  # degrees; a page turned further is turned back and read again

INSTALL = (
    "Install Tesseract (on Debian and Ubuntu: apt-get install tesseract-ocr; on macOS: brew install tesseract) and "
    "read the file again, or run OCR on it first (for example ocrmypdf) and add the result."
)
_FUNCTION_WORD = re.compile(
    r"(?:the|of|and|to|in|a|is|that|for|on|was|are|be|it|with|as|by|at|this|have|from|not|or|which|were|has|an)",
    re.IGNORECASE,
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scans:
    """What became of the pages that need OCR. Pages are counted from 1, as viewers do."""

    confidences: Mapping[int, float]  # of pages that were read, 0 to 100
    empty: tuple[int, ...] = ()  # nothing readable on them
    late: tuple[int, ...] = ()  # stopped by a time limit
    unread: tuple[int, ...] = ()  # Tesseract is not there

    @property
    def left_out(self) -> tuple[int, ...]:
        return tuple(sorted((*self.late, *self.unread)))

    def warnings(self) -> Iterator[str]:
        if self.confidences:
            mean = fmean(self.confidences.values())
            yield f"{spans(sorted(self.confidences))} read by OCR, mean confidence {mean:.0f} of 100"
        if self.empty:
            yield f"{spans(self.empty)} not read: OCR found no text in the picture"
        if self.late:
            limit = f"{PAGE_SECONDS:.0f} seconds a page, {FILE_SECONDS / 60:.0f} minutes a file"
            yield f"{spans(self.late)} not read: OCR took longer than its limit ({limit}); split the file"
        if self.unread:
            yield f"{spans(self.unread)} not read, being an image without text. {INSTALL}"


def spans(pages: Sequence[int]) -> str:
    """Page numbers in order as a reader writes them, with their verb: "pages 2, 4-6 were"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"page {named} was" if len(pages) == 1 else f"pages {named} were"


def read_scans(data: bytes, pages: Sequence[PageContent | None], name: str) -> tuple[list[PageContent | None], Scans]:
    """The same pages, those without a usable text layer read with Tesseract; `name` is the file's, for progress."""
    drawn = pypdfium2.PdfDocument(data) if any(_may_be_scan(page) for page in pages) else None
    if drawn is None:
        return list(pages), Scans({})
    try:
        needed = [place for place, page in enumerate(pages) if page and _is_scan(page, drawn, place)]
        if not needed:
            return list(pages), Scans({})
        if not is_installed():
            return list(pages), Scans({}, unread=tuple(place + 1 for place in needed))
        with _one_thread_each():
            found, late = _recognised(drawn, needed, name)
    finally:
        drawn.close()
    look = typography(list(found.values()))
    places = [place for place in needed if place not in late]
    heights = [page.height for place in places if (page := pages[place])]
    lines_of = mended([page_lines(*found[place], look) for place in places], heights, max(look.sizes[:1], default=0.0))
    whole = list(pages)
    for place, lines in zip(places, lines_of, strict=True):
        page = pages[place]
        if page is not None:
            characters = sum(len(line.text) for line in lines)
            whole[place] = replace(page, lines=tuple(lines), grids=(), turned="", characters=characters, unmapped=0)
    read = {place + 1: _confidence(lines) for place, (lines, _) in found.items() if lines}
    empty = tuple(place + 1 for place in needed if place not in late and place + 1 not in read)
    return whole, Scans(read, empty, tuple(place + 1 for place in late))


def is_installed() -> bool:
    """Whether Tesseract and its English model are there."""
    try:
        return LANGUAGE in pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, OSError):
        return False


def _may_be_scan(page: PageContent | None) -> bool:
    if page is None:
        return False
    return page.characters < FEWEST_CHARACTERS or page.image_share > SCAN_SHARE or _is_unmapped(page)


def _is_unmapped(page: PageContent) -> bool:
    return page.unmapped > UNMAPPED_SHARE * page.characters


def _is_scan(page: PageContent, drawn: pypdfium2.PdfDocument, place: int) -> bool:
    """Whether a reader of the page would see text that its text layer does not hold."""
    if not _may_be_scan(page):
        return False
    if page.characters >= FEWEST_CHARACTERS:
        return _is_unmapped(page) or _is_garbage(page)
    if page.image_share > SCAN_SHARE:
        return True
    sheet = drawn[place]
    width, height = sheet.get_size()
    covered, paths = 0.0, 0
    for part in sheet.get_objects(max_depth=3):
        if part.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:  # scanners may cut a page into strips
            left, bottom, right, top = part.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        paths += part.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
    return covered > SCAN_SHARE * width * height or paths > DRAWN_PATHS


def _is_garbage(page: PageContent) -> bool:
    """Whether the text layer over a picture is no English: hardly any of its words are among the most frequent."""
    words = [word.text for line in page.lines for word in line.words]
    common = sum(_FUNCTION_WORD.fullmatch(word) is not None for word in words)
    return len(words) >= FEWEST_WORDS and common < FUNCTION_SHARE * len(words)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Keep each Tesseract to one core, as several run at once; put back, for torch would obey the setting too."""
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before


Found = dict[int, tuple[list[OcrLine], float]]


def _recognised(drawn: pypdfium2.PdfDocument, places: Sequence[int], name: str) -> tuple[Found, list[int]]:
    """Lines with the points a pixel is wide, by page, and the pages that a time limit stopped.

    Tesseract runs beside the rendering, on every core; pdfium may only be called by one thread.
    """
    workers = max(1, os.cpu_count() or 1)
    end = time.monotonic() + FILE_SECONDS
    found: Found = {}
    late: list[int] = []
    waiting: dict[int, tuple[Future[list[OcrLine]], float]] = {}

    def collect(place: int) -> None:
        future, scale = waiting.pop(place)
        try:
            found[place] = future.result(), scale
            _log.info("%s: page %d read by OCR, %d of %d", name, place + 1, len(found), len(places))
        except TimeoutError:
            late.append(place)
            _log.warning("%s: page %d left out: OCR took longer than its limit", name, place + 1)

    with ThreadPoolExecutor(workers) as pool:
        for place in places:
            if len(waiting) >= 2 * workers:
                collect(min(waiting))
            if time.monotonic() >= end:
                late.append(place)
                continue
            sheet = drawn[place]
            width, height = sheet.get_size()
            dots = min(RESOLUTION / 72, (MOST_PIXELS / (width * height)) ** 0.5)
            picture = sheet.render(scale=dots, grayscale=True).to_pil()
            sheet.close()
            waiting[place] = pool.submit(_read_picture, picture, round(72 * dots), end), 1 / dots
        for place in sorted(waiting):
            collect(place)
    return found, sorted(late)


def _read_picture(picture: Image.Image, resolution: int, end: float) -> list[OcrLine]:
    """Lines of one page; read again turned upright where it stands on its side, upside down or askew.

    Raises:
        TimeoutError: it took longer than a page may, or the file's time is over.
    """
    lines = _run(picture, resolution, end)
    if lines and _confidence(lines) < LEAST_CONFIDENCE:
        picture = picture.rotate(-_turned(picture, end), expand=True)
        lines = _run(picture, resolution, end)
    if _confidence(lines) < LEAST_CONFIDENCE:
        return []
    if abs(skew_in_degrees(lines)) > STRAIGHT:
        straight = picture.rotate(skew_in_degrees(lines), Image.Resampling.BICUBIC, fillcolor=255)
        return _run(straight, resolution, end)
    return lines


def _turned(picture: Image.Image, end: float) -> int:
    """How far the page must be turned clockwise to stand upright, in degrees; 0 where it does not show.

    Raises:
        TimeoutError: the file's time is over.
    """
    try:
        seen = pytesseract.image_to_osd(picture, output_type=pytesseract.Output.DICT, timeout=_seconds(end))
    except pytesseract.TesseractError:  # too few letters, or no model for it
        return 0
    except RuntimeError as error:
        raise TimeoutError from error
    return int(seen["rotate"])


def _seconds(end: float) -> float:
    """How long one run of Tesseract may take.

    Raises:
        TimeoutError: the file's time is over.
    """
    seconds = min(PAGE_SECONDS, end - time.monotonic())
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _run(picture: Image.Image, resolution: int, end: float) -> list[OcrLine]:
    seconds = _seconds(end)
    try:
        hocr = pytesseract.image_to_pdf_or_hocr(
            picture,
            lang=LANGUAGE,
            extension="hocr",
            config=f"--dpi {resolution} -c hocr_char_boxes=1 -c thresholding_method=0",
            timeout=seconds,
        )
    except pytesseract.TesseractError:
        return []  # a picture that Tesseract refuses, as one of a few pixels
    except RuntimeError as error:  # what pytesseract raises when time is over
        raise TimeoutError from error
    return read_hocr(hocr if isinstance(hocr, bytes) else hocr.encode(), np.asarray(picture))


def _confidence(lines: Sequence[OcrLine]) -> float:
    """Mean over the words, 0 where there are none."""
    return fmean([word.confidence for line in lines for word in line.words] or [0.0])
