"""Scanned pages: read by Tesseract where it is installed, named with the remedy where it is not."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter
from reading_checks import assert_covered_once, assert_pieces_lead_back, own
from test_pdf import BULLET, FULL, LEADING, LEFT, WHOLE, Draw, Sheet, made, prose_page

from errors import UnreadableFileError
from ingest.document import Block, Kind, Reading, Role
from ingest.paragraphs import build_paragraphs, join_cut_paragraphs
from ingest.readers import pdf as reader
from ingest.readers import pdf_ocr

REPORT = Path("report.pdf")
WORDS = ("one", "two", "three", "four", "five", "six", "seven")

needs_tesseract = pytest.mark.skipif(
    not pdf_ocr.is_installed(), reason="Tesseract is not installed: apt-get install tesseract-ocr"
)


def scanned(draw: Draw, angle: float = 0, turn: Image.Transpose | None = None) -> Image.Image:
    """The page as a scanner would give it: 200 dots an inch, a little grey, blurred and askew."""
    page = pypdfium2.PdfDocument(made(draw))[0]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(1).normal(0, 8, (picture.height, picture.width))
    grey = np.clip(np.asarray(picture, dtype=float) * 0.9 + 14 + noise, 0, 255)
    picture = Image.fromarray(grey.astype("uint8")).filter(ImageFilter.GaussianBlur(0.6))
    return picture.transpose(turn) if turn is not None else picture


def scan_page(picture: Image.Image) -> Draw:
    """A page that is nothing but a picture."""
    return lambda sheet: sheet.pdf.image(picture, 0, 0, sheet.pdf.w, sheet.pdf.h) and None


def structured(sheet: Sheet) -> None:
    sheet.line("Boats and crews", size=20, style="B")
    sheet.line("How often they were called", style="B", gap=40)
    for number, gap in (("2.14", 28), ("2.15", 28)):
        sheet.prose((*FULL, "by every crew."), x=108, gap=gap)
        sheet.at(LEFT, sheet.y - 3 * LEADING, number)
    sheet.prose(("The harbour master should:",))
    sheet.line(f"{BULLET}   paint the boats in spring; and", x=90, gap=22)
    sheet.line(f"{BULLET}   train the new crews.", x=90, gap=22)
    sheet.prose(("The fee is £41 in 2018/19.",))
    sheet.y = 740
    sheet.line("7   Log of the harbour crew, read in the harbour office.", size=8, gap=10)
    sheet.at(290, 820, "31", size=9)


def two_columns(sheet: Sheet) -> None:
    left = [f"Left line {number} fills its column of the page" for number in WORDS]
    right = [f"right line {number} fills its column as well" for number in WORDS[:-1]]
    sheet.line("A heading across both of the columns", size=18)
    for place, text in enumerate(left):
        y = sheet.line(text, size=10, gap=30 if place == 0 else 13)
        if place < len(right):
            sheet.at(315, y, right[place], size=10)


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """Time limits are for people who wait; a machine that runs tests may be busy."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(pdf_ocr, "PAGE_SECONDS", 600.0)
        yield


class Heard(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture(scope="module")
def heard() -> Heard:
    """What the OCR logs while the pages below are read."""
    return Heard()


@pytest.fixture(scope="module")
def mixed(heard: Heard) -> Reading:
    """A page of text, a scan set askew, one in two columns, and one that lies on its side."""
    pages = (
        prose_page,
        scan_page(scanned(structured, angle=1.2)),
        scan_page(scanned(two_columns, angle=-0.8)),
        scan_page(scanned(prose_page, turn=Image.Transpose.ROTATE_90)),
    )
    log = logging.getLogger(pdf_ocr.__name__)
    before = log.level
    log.addHandler(heard)
    log.setLevel(logging.INFO)
    reading = reader.read(made(*pages), REPORT)
    log.removeHandler(heard)
    log.setLevel(before)
    return reading


def on_page(reading: Reading, page: str, *roles: Role) -> list[Block]:
    return [block for block in reading.blocks if block.page == page and (not roles or block.role in roles)]


@needs_tesseract
def test_what_was_read_by_ocr_is_said_with_its_confidence(mixed: Reading) -> None:
    assert len(mixed.warnings) == 1
    assert mixed.warnings[0].startswith("pages 2-4 were read by OCR, mean confidence 9")


@needs_tesseract
def test_only_paragraphs_from_pictures_carry_a_confidence(mixed: Reading) -> None:
    paragraphs = build_paragraphs(mixed, "report")
    assert paragraphs[0].ocr_confidence is None
    read = [paragraph for paragraph in paragraphs[1:] if paragraph.kind is not Kind.FURNITURE]
    assert all(paragraph.ocr_confidence and 80 < paragraph.ocr_confidence <= 100 for paragraph in read)


@needs_tesseract
def test_a_scan_set_askew_keeps_headings_numbers_points_and_footnotes(mixed: Reading) -> None:
    blocks = on_page(mixed, "31", Role.HEADING, Role.TEXT, Role.ITEM, Role.FOOTNOTE)
    assert [(str(block.role), block.number, own(block)) for block in blocks] == [
        ("heading", None, "Boats and crews"),
        ("heading", None, "How often they were called"),
        ("text", "2.14", WHOLE),
        ("text", "2.15", WHOLE),
        ("text", None, "The harbour master should:"),
        ("item", None, "paint the boats in spring; and"),
        ("item", None, "train the new crews."),
        ("text", None, "The fee is £41 in 2018/19."),
        ("footnote", "7", "Log of the harbour crew, read in the harbour office."),
    ]
    assert blocks[0].level < blocks[1].level
    assert {block.lead_in for block in blocks if block.role is Role.ITEM} == {"The harbour master should:"}


@needs_tesseract
def test_two_scanned_columns_are_read_one_after_the_other(mixed: Reading) -> None:
    [text] = [block.text for block in mixed.blocks if block.text.startswith("Left line one")]
    assert text.index("Left line seven") < text.index("right line one") < text.index("right line six")


@needs_tesseract
def test_a_page_on_its_side_is_turned_and_read(mixed: Reading) -> None:
    assert mixed.blocks[-1].text.lower() == WHOLE.lower()  # a "k" may be read as a capital
    assert mixed.blocks[-1].role is Role.TEXT


@needs_tesseract
def test_the_pieces_of_what_ocr_read_lead_back_into_its_text(mixed: Reading) -> None:
    assert_pieces_lead_back(mixed)
    assert_covered_once(mixed)


@needs_tesseract
def test_a_picture_below_a_text_layer_of_wrong_letters_is_read_again() -> None:
    picture = scanned(prose_page)

    def garbled(sheet: Sheet) -> None:
        sheet.prose(["Wkh kduerxu fuhzv ri Vdowe|zhuh dvnhg lq Pd| krz riwhq wkh| kdg ehhq fdoohg"] * 8)
        scan_page(picture)(sheet)

    assert [block.text for block in reader.read(made(garbled), REPORT).blocks] == [WHOLE]


@needs_tesseract
def test_a_photograph_among_pages_of_text_adds_no_words() -> None:
    noise = Image.fromarray(np.random.default_rng(2).integers(0, 255, (300, 200), dtype="uint8"))
    reading = reader.read(made(prose_page, scan_page(noise)), REPORT)
    assert [block.text for block in reading.blocks] == [WHOLE]
    assert reading.warnings == ("page 2 was not read: OCR found no text in the picture",)


@needs_tesseract
def test_a_scan_of_nothing_readable_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match="is a scan without readable text. Scan it again"):
        reader.read(made(scan_page(Image.new("L", (600, 800), 200))), REPORT)


@needs_tesseract
def test_pages_that_take_too_long_are_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_ocr, "PAGE_SECONDS", 0.01)  # it takes longer to start Tesseract
    reading = reader.read(made(prose_page, scan_page(Image.new("L", (60, 80), 200))), REPORT)
    assert [block.text for block in reading.blocks] == [WHOLE]
    assert "page 2 was not read: OCR took longer than its limit" in reading.warnings[0]


@needs_tesseract
def test_a_file_whose_time_is_over_is_refused_and_does_not_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_ocr, "FILE_SECONDS", 0.0)
    with pytest.raises(UnreadableFileError, match="could not read in time. Split it"):
        reader.read(made(*[scan_page(Image.new("L", (60, 80), 200))] * 200), REPORT)


@needs_tesseract
@pytest.mark.usefixtures("mixed")
def test_progress_is_logged_page_by_page(heard: Heard) -> None:
    said = [message.partition(" read by OCR, ") for message in heard.messages if " read by OCR, " in message]
    assert sorted(page for page, _, _ in said) == [f"report.pdf: page {page}" for page in (2, 3, 4)]
    assert [count for _, _, count in said] == ["1 of 3", "2 of 3", "3 of 3"]


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-program")


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_a_scan_is_refused_with_what_to_install() -> None:
    picture = scan_page(Image.new("L", (60, 80), 200))
    with pytest.raises(UnreadableFileError, match=r"has no text layer.* Install Tesseract .*apt-get install"):
        reader.read(made(picture, picture), REPORT)


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_scanned_pages_among_others_are_named() -> None:
    picture = scan_page(Image.new("L", (60, 80), 200))
    reading = reader.read(made(prose_page, picture, picture, prose_page, picture, lambda sheet: None), REPORT)
    assert [block.text for block in reading.blocks] == [WHOLE, WHOLE]
    assert reading.warnings[0].startswith("pages 2-3, 5 were not read, being an image without text. Install Tesseract")


@pytest.mark.usefixtures("without_tesseract")
def test_a_scan_in_strips_is_a_scan_too() -> None:
    def strips(sheet: Sheet) -> None:
        for place in range(4):
            sheet.pdf.image(Image.new("L", (60, 20), 200), 0, 210 * place, 595, 210)

    assert reader.read(made(prose_page, strips), REPORT).warnings[0].startswith("page 2 was not read")


def test_a_paragraph_that_goes_on_from_text_to_a_scan_has_the_confidence_of_its_scanned_part() -> None:
    parts = [
        Block(Role.TEXT, "The boats of Saltby are painted in", ((0, 30),)),
        Block(Role.TEXT, "spring by their crews.", ((40, 60),), ocr_confidence=91.0),
    ]
    assert join_cut_paragraphs(parts)[0].ocr_confidence == 91.0


def test_pages_are_named_as_runs() -> None:
    assert pdf_ocr.spans([3]) == "page 3 was"
    assert pdf_ocr.spans([1, 3, 4, 5, 9]) == "pages 1, 3-5, 9 were"


@needs_tesseract
def test_reading_a_scan_leaves_the_threads_of_other_libraries_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    reader.read(made(prose_page, scan_page(Image.new("L", (60, 80), 200))), REPORT)
    assert "OMP_THREAD_LIMIT" not in os.environ
