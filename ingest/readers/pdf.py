"""Reads PDF reports with a text layer.

Owns opening the file and saying what is wrong with it. Leaves pages to `pdf_page`, `pdf_pages` and `pdf_blocks`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from pypdfium2 import PdfDocument, PdfiumError, PdfPage
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from errors import UnreadableFileError
from ingest.document import Reading
from ingest.readers.lists import settle
from ingest.readers.pdf_blocks import blocks_of
from ingest.readers.pdf_ocr import INSTALL, Scans, read_scans
from ingest.readers.pdf_page import PageContent, read_page
from ingest.readers.pdf_pages import body_size, sort_pages
from ingest.readers.sheet import collapse

FEWEST_CHARACTERS = 20  # in the whole file; a scan may carry a stamped page number or date
UNMAPPED_SHARE = 0.3  # of the characters; fewer are bullets and signs

BLANK = PageContent(height=0.0, lines=(), grids=(), turned="", image_share=0.0, characters=0, unmapped=0)

COPY_AGAIN = "Copy it again from where it came."

_PDFIUM = Lock()  # PDFium serves one thread at a time


def read(data: bytes, path: Path) -> Reading:
    """Blocks of a PDF.

    Raises:
        UnreadableFileError: the file is empty, encrypted or damaged, or its pages are images without text.
    """
    if not data.strip():
        raise UnreadableFileError(path, "is empty.", COPY_AGAIN)
    with _PDFIUM:
        with _open(data, path) as pdf:
            pages = [_read_page(pdf, place) for place in range(len(pdf))]
            title = _title(pdf.get_metadata_value("Title"))
        pages, scans = read_scans(data, pages, path.name)
    whole = [page or BLANK for page in pages]
    if sum(page.characters for page in whole) < FEWEST_CHARACTERS:
        raise _without_text(path, scans, any(page is None for page in pages))
    size = body_size(whole)
    text, drafts = blocks_of(sort_pages(whole, size), size)
    return Reading(text, settle(drafts), title, tuple(_warnings(pages, scans)))


def _open(data: bytes, path: Path) -> PdfDocument:
    """The file with its list of pages; their contents are read later."""
    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        raise _unreadable(error, path) from error
    if len(pdf):
        return pdf
    pdf.close()
    raise UnreadableFileError(path, "has no pages.", COPY_AGAIN)


def _read_page(pdf: PdfDocument, place: int) -> PageContent | None:
    """The page; `None` if it alone is damaged."""
    try:
        page: PdfPage = pdf[place]
    except PdfiumError:
        return None
    try:
        return replace(read_page(page), label=pdf.get_page_label(place))
    except PdfiumError:
        return None
    finally:
        page.close()


def _title(title: object) -> str | None:
    """The title in the file's properties, unless a program put a file name there."""
    text = collapse(title).removeprefix("Microsoft Word - ") if isinstance(title, str) else ""
    return None if re.fullmatch(r"(?i)|untitled.*|.*\.(?:docx?|indd|pdf|pages|pptx?|xlsx?|rtf|odt)", text) else text


def _unreadable(error: PdfiumError, path: Path) -> UnreadableFileError:
    if error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
        remedy = "Open it with its password, save or print it without one, and add that."
        return UnreadableFileError(path, "is encrypted.", remedy)
    problem = "is damaged, or is no PDF."
    return UnreadableFileError(path, problem, "Copy it again from where it came, or open it and print it to a new PDF.")


def _without_text(path: Path, scans: Scans, has_damage: bool) -> UnreadableFileError:
    if has_damage:
        return UnreadableFileError(path, "is damaged: no page can be read.", COPY_AGAIN)
    if scans.unread:
        return UnreadableFileError(path, "has no text layer: its pages are images.", INSTALL)
    if scans.late:
        return UnreadableFileError(path, "is a scan that OCR could not read in time.", "Split it and add the parts.")
    if scans.empty:
        return UnreadableFileError(path, "is a scan without readable text.", "Scan it again, upright and sharper.")
    remedy = "If it shows text, run OCR on it first (for example ocrmypdf) and add the result."
    return UnreadableFileError(path, "has no text layer.", remedy)


def _warnings(pages: Sequence[PageContent | None], scans: Scans) -> Iterator[str]:
    """What a reader of the file would find and this reader did not. Pages are counted from 1, as viewers do."""
    damaged = [number for number, page in enumerate(pages, start=1) if page is None]
    if damaged:
        yield f"{_numbers(damaged)} damaged and left out"
    yield from scans.warnings()
    unmapped = sum(page.unmapped for page in pages if page)
    if unmapped > UNMAPPED_SHARE * sum(page.characters for page in pages if page):
        yield f"{unmapped} characters have no known meaning: run OCR on the file (for example ocrmypdf --force-ocr)"


def _numbers(pages: Sequence[int]) -> str:
    return f"page {pages[0]} is" if len(pages) == 1 else f"pages {', '.join(map(str, pages))} are each"
