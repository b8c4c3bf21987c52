"""Measure OCR on pages of a PDF that has text: the pages are made pictures with the noise of a scanner and read again.

    python benchmarks/reading_scans.py FILE.pdf --pages 21-32 [--dpi 200]

Prints the share of words that come back in order, and how many printed paragraph numbers ("2.10") do, before and after
`pdf_ocr_pages` mends them by their neighbours. Needs Tesseract. The noise has a fixed seed; a turn of up to half a degree,
a blur and a grey sheet are the same for every run.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.corpus import list_files, read_document
from ingest.document import Document
from ingest.readers import pdf_ocr_pages

TURNS = (0.4, -0.3, 0.2, -0.5)  # degrees, page by page
BLUR, GREY, INK, NOISE = 0.7, 15, 0.9, 9.0  # pixels; levels of 255; share of the contrast; standard deviation of levels
_NUMBER = re.compile(r"\d{1,3}\.\d{1,3}")


def picture_of(page: pypdfium2.PdfPage, place: int, dots: int, random: np.random.Generator) -> Image.Image:
    """The page as a scanner gives it."""
    sheet = page.render(scale=dots / 72).to_pil().convert("L")
    sheet = sheet.rotate(TURNS[place % len(TURNS)], Image.Resampling.BICUBIC, fillcolor=255)
    levels = np.asarray(sheet.filter(ImageFilter.GaussianBlur(BLUR))).astype(float) * INK + GREY
    return Image.fromarray((levels + random.normal(0, NOISE, levels.shape)).clip(0, 255).astype(np.uint8))


def numbers(document: Document) -> list[str]:
    return [part.number for part in document.paragraphs if part.number and _NUMBER.fullmatch(part.number)]


def words(document: Document) -> list[str]:
    return re.findall(r"[\w’']+", " ".join(part.own_text for part in document.citable()))


def kept(wanted: Sequence[str], found: Sequence[str]) -> int:
    """How many of `wanted` stand in `found` in the same order."""
    return sum(block.size for block in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure OCR on pages that have text.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", default="1-10", help="places in the file, counted from 1")
    parser.add_argument("--dpi", type=int, default=200)
    options = parser.parse_args(arguments)
    first, _, last = options.pages.partition("-")
    random = np.random.default_rng(5)
    with tempfile.TemporaryDirectory() as folder:
        printed, scanned = Path(folder) / "printed.pdf", Path(folder) / "scanned.pdf"
        with pypdfium2.PdfDocument(options.file) as whole, pypdfium2.PdfDocument.new() as part:
            part.import_pages(whole, list(range(int(first) - 1, int(last or first))))
            part.save(printed)
            sheets = [picture_of(page, place, options.dpi, random) for place, page in enumerate(part)]
        sheets[0].save(scanned, save_all=True, append_images=sheets[1:], resolution=options.dpi, quality=60)
        files = {file.path.name: file for file in list_files(Path(folder))[0]}
        truth, mended = read_document(files["printed.pdf"]), read_document(files["scanned.pdf"])
        pdf_ocr_pages._numbered = lambda pages, size: [list(lines) for lines in pages]
        plain = read_document(files["scanned.pdf"])
    total = len(words(truth))
    print(f"{len(sheets)} pages at {options.dpi} dots an inch")
    print(f"words in order: {kept(words(truth), words(mended))} of {total}")
    for name, read in (("without neighbours", plain), ("mended by neighbours", mended)):
        right = kept(numbers(truth), numbers(read))
        print(f"paragraph numbers, {name}: {right} of {len(numbers(truth))}, {len(numbers(read)) - right} wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
