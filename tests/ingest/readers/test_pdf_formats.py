"""One document of our own, saved in other formats: printed by Chromium 156 and by LibreOffice 7.4, and as .docx by the latter."""

import hashlib
from functools import cache
from pathlib import Path

import pytest

from ingest.corpus import SourceFile, read_document
from ingest.document import Kind, Paragraph

FORMATS = Path(__file__).parent / "formats"
Seen = tuple[Kind, tuple[str, ...], str, str]  # kind, section path, lead-in, text with its printed number


@cache
def read(name: str) -> tuple[Paragraph, ...]:
    path = FORMATS / name
    document = read_document(SourceFile(path, hashlib.sha256(path.read_bytes()).hexdigest()))
    return tuple(paragraph for paragraph in document.paragraphs if paragraph.kind is not Kind.FURNITURE)


def seen(name: str) -> list[Seen]:
    return [(p.kind, p.headings, p.lead_in, with_number(p)) for p in read(name)]


def with_number(paragraph: Paragraph) -> str:
    """The text as printed: readers of some formats leave a number that somebody typed in the text."""
    number, text = paragraph.number, paragraph.own_text
    return f"{number}. {text}" if number and number not in text.split(":")[0].rstrip(".").split() else text


@pytest.mark.parametrize("name", ["saltby-chromium.pdf", "saltby-libreoffice.pdf"])
def test_a_printed_document_has_the_paragraphs_and_sections_of_the_word_file(name: str) -> None:
    assert seen(name) == seen("saltby.docx")
    assert [p.number for p in read(name)] == [p.number for p in read("saltby.docx")]


@pytest.mark.parametrize("name", ["saltby.html", "saltby.md"])
def test_marked_up_files_have_the_same_paragraphs_and_sections(name: str) -> None:
    assert seen(name) == seen("saltby.docx")


def test_plain_text_has_the_same_paragraphs_although_it_prints_no_levels() -> None:
    assert [text for _, _, _, text in seen("saltby.txt")] == [text for _, _, _, text in seen("saltby.docx")]


def test_the_pages_of_a_printed_document_follow_each_other() -> None:
    for name in ("saltby-chromium.pdf", "saltby-libreoffice.pdf"):
        pages = [int(p.page or 0) for p in read(name)]
        assert pages == sorted(pages)
        assert pages[-1] == 2


def test_the_document_holds_what_readers_trip_over() -> None:
    kinds = {p.kind for p in read("saltby.docx")}
    assert {Kind.TABLE_ROW, Kind.LIST_ITEM, Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION, Kind.GRADE} <= kinds
    assert {"1.1", "1.2", "1.3"} <= {p.number for p in read("saltby.docx")}
