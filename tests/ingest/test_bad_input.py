"""Files as people hand them in: named wrongly, damaged, in odd encodings, hostile or huge."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as new_document
from docx.opc.constants import RELATIONSHIP_TYPE
from fpdf import FPDF

from errors import UnreadableFileError
from ingest.corpus import SourceFile, read_document
from ingest.document import Document

SENTENCE = "The cells of Northmoor cost £4 – or “nothing”."
SECONDS = 60.0  # far more than any of these needs; a reader that does not end fails here


def read(folder: Path, name: str, data: bytes) -> Document:
    path = folder / name
    path.write_bytes(data)
    started = time.monotonic()
    try:
        return read_document(SourceFile(path, "0"))
    finally:
        assert time.monotonic() - started < SECONDS


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.citable()]


def a_pdf(pages: int = 1, user_password: str | None = None) -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    if user_password is not None:
        pdf.set_encryption(owner_password="owner", user_password=user_password)
    for number in range(1, pages + 1):
        pdf.add_page()
        pdf.text(20, 60 + number, f"The cells of station {number} are clean and quiet.")
    return bytes(pdf.output())


def a_docx(build: Callable[[object], None] = lambda document: None) -> bytes:
    document = new_document()
    document.add_paragraph(SENTENCE)
    build(document)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def with_parts(docx: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with some of its parts replaced."""
    data = BytesIO()
    with ZipFile(BytesIO(docx)) as old, ZipFile(data, "w", ZIP_DEFLATED) as new:
        for name in {**dict.fromkeys(old.namelist()), **parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return data.getvalue()


def main_part(docx: bytes) -> bytes:
    return ZipFile(BytesIO(docx)).read("word/document.xml")


PAGE = f"<!doctype html>\n<html><head><title>Cells</title></head><body><p>{SENTENCE}</p></body></html>".encode()


@pytest.mark.parametrize("name", ["report.txt", "report.docx", "report.html", "report.md"])
def test_a_pdf_is_read_whatever_its_ending_and_said(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, name, a_pdf())
    assert texts(document) == ["The cells of station 1 are clean and quiet."]
    assert document.warnings == (f"the file's ending is {Path(name).suffix}, but it is a PDF: read as that",)


@pytest.mark.parametrize("name", ["report.pdf", "report.txt", "report.htm"])
def test_a_word_file_is_read_whatever_its_ending_and_said(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, name, a_docx())
    assert texts(document) == [SENTENCE]
    assert document.warnings == (f"the file's ending is {Path(name).suffix}, but it is a Word file: read as that",)


@pytest.mark.parametrize("name", ["report.txt", "report.md", "report.pdf", "report.docx"])
def test_a_web_page_is_read_whatever_its_ending_and_said(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, name, PAGE)
    assert texts(document) == [SENTENCE]
    assert document.warnings == (f"the file's ending is {Path(name).suffix}, but it is a web page: read as that",)


def test_a_page_named_htm_is_no_wrong_name(tmp_path: Path) -> None:
    assert read(tmp_path, "report.htm", PAGE).warnings == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an old or encrypted Office file"),
        (b"{\\rtf1\\ansi The cells are clean.}", "a rich text file"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument file"),
    ],
)
@pytest.mark.parametrize("name", ["report.docx", "report.txt", "report.pdf"])
def test_other_formats_are_named_with_what_to_do(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFileError, match=rf"is {what}.* save it as \.docx"):
        read(tmp_path, name, data)


def test_words_named_pdf_or_docx_are_refused(tmp_path: Path) -> None:
    for name in ("report.pdf", "report.docx"):
        with pytest.raises(UnreadableFileError, match=name.replace(".", r"\.")):
            read(tmp_path, name, SENTENCE.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str) -> None:
    for name in ("report.txt", "report.md"):
        document = read(tmp_path, name, SENTENCE.encode(encoding))
        assert texts(document) == [SENTENCE]
        assert document.warnings == ()


def test_two_encodings_in_one_file_are_both_read_and_said(tmp_path: Path) -> None:
    data = f"{SENTENCE}\n\n".encode() + SENTENCE.replace("£4", "£5").encode("cp1252")
    document = read(tmp_path, "report.txt", data)
    assert texts(document) == [SENTENCE, SENTENCE.replace("£4", "£5")]
    assert document.warnings == ("partly not UTF-8: those lines were read as Windows-1252",)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.pdf"])
@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_an_empty_file_of_any_kind_says_so(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="is empty"):
        read(tmp_path, name, data)


def test_a_pdf_whose_password_is_empty_is_read(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.pdf", a_pdf(user_password=""))) == ["The cells of station 1 are clean and quiet."]


def test_a_pdf_with_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is encrypted. Open it with its password"):
        read(tmp_path, "a.pdf", a_pdf(user_password="secret"))


def test_a_text_of_two_hundred_pages_is_read_whole(tmp_path: Path) -> None:
    paragraph = " ".join(f"The cells of station {{}} were looked at {number} times." for number in range(12))
    source = "\n\n".join(paragraph.replace("{}", str(number)) for number in range(1200))
    document = read(tmp_path, "long.txt", source.encode())
    assert len(texts(document)) == 1200
    assert document.text == source


def test_a_pdf_of_two_hundred_pages_is_read_whole(tmp_path: Path) -> None:
    document = read(tmp_path, "long.pdf", a_pdf(pages=200))
    assert [paragraph.page for paragraph in document.citable()] == [str(number) for number in range(1, 201)]


def test_a_pdf_that_repeats_one_line_on_every_page_is_explained_and_no_crash(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for _ in range(5):
        pdf.add_page()
        pdf.text(20, 20, "Northmoor Police: not for publication")
    with pytest.raises(UnreadableFileError, match="holds no paragraph that could be cited"):
        read(tmp_path, "heads.pdf", bytes(pdf.output()))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    docx = a_docx()
    bomb = main_part(docx).replace(SENTENCE.encode(), b"a" * 50_000_000)
    with pytest.raises(UnreadableFileError, match="unpacks to far more than a report holds"):
        read(tmp_path, "bomb.docx", with_parts(docx, {"word/document.xml": bomb}))


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;&b;">]>',
        b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_in_a_word_file_are_refused_and_never_resolved(tmp_path: Path, declared: bytes) -> None:
    docx = a_docx()
    xml = main_part(docx)
    start = xml.index(b"<w:document")
    part = xml[:start] + declared + xml[start:].replace(b"Northmoor", b"&e; Northmoor")
    with pytest.raises(UnreadableFileError, match="is damaged, or is no Word file"):
        read(tmp_path, "entities.docx", with_parts(docx, {"word/document.xml": part}))


def test_macros_and_references_to_other_places_are_left_alone(tmp_path: Path) -> None:
    def build(document: object) -> None:
        part = document.part  # type: ignore[attr-defined]
        for kind in (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.HYPERLINK):
            part.relate_to("http://127.0.0.1:9/template", kind, is_external=True)

    data = with_parts(a_docx(build), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(100)})
    assert texts(read(tmp_path, "macros.docx", data)) == [SENTENCE]


def test_a_file_that_is_all_macro_and_named_docx_is_explained(tmp_path: Path) -> None:
    docx = a_docx()
    types = ZipFile(BytesIO(docx)).read("[Content_Types].xml")
    normal = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = with_parts(docx, {"[Content_Types].xml": types.replace(normal, macro)})
    with pytest.raises(UnreadableFileError, match="Open it in Word or LibreOffice and save it again as .docx"):
        read(tmp_path, "macro.docx", data)


def test_what_a_browser_does_not_show_is_no_text(tmp_path: Path) -> None:
    hidden = (
        "<script>var words = 'scripted';</script><style>p { color: red }</style>"
        "<iframe src='http://127.0.0.1:9/'>framed</iframe><object data='x'>object</object><template>stored</template>"
        "<p hidden>hidden</p><p style='display : none'>gone</p><p style='visibility:hidden'>ghost</p>"
        "<noscript>scriptless</noscript><!-- remark --><img src='http://127.0.0.1:9/a.png' onerror='alert(1)' alt=''>"
    )
    document = read(tmp_path, "page.html", f"<html><body>{hidden}<p>{SENTENCE}</p></body></html>".encode())
    assert document.text == SENTENCE


@pytest.mark.parametrize(
    "source", ["<div>" * 100_000 + "deep", "<ul><li>" * 5_000 + "deep", "<table><tr><td>" * 3_000 + "deep"]
)
def test_a_page_nested_without_end_is_refused_at_once(tmp_path: Path, source: str) -> None:
    with pytest.raises(UnreadableFileError, match="nested too deeply"):
        read(tmp_path, "deep.html", source.encode())


def test_a_long_page_of_shallow_parts_is_not_taken_for_a_deep_one(tmp_path: Path) -> None:
    page = "<html><body>" + f"<div><b>Note:</b> <span>{SENTENCE}</span></div>\n" * 3_000 + "</body></html>"
    assert len(texts(read(tmp_path, "long.html", page.encode()))) == 3_000


@pytest.mark.parametrize("source", ["(" * 100_000, "[" * 20_000, "*a " * 20_000, "The (a. " * 20_000, "a\tb\n" * 5_000])
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_text_without_sense_is_read_or_refused_in_time(tmp_path: Path, source: str, ending: str) -> None:
    with suppress(UnreadableFileError):  # a run of table cells may be nothing that could be cited
        assert read(tmp_path, f"odd{ending}", source.encode()).paragraphs
