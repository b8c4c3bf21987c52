"""What must hold of any document in a format with markup or layout, found by making many and reading them."""

import html as escaping
import re
from io import BytesIO
from pathlib import Path

import docx
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_checks import assert_sound

from ingest.document import Kind, Reading
from ingest.paragraphs import build_paragraphs
from ingest.readers import docx as docx_reader
from ingest.readers import html as html_reader
from ingest.readers import pdf as pdf_reader

Part = tuple[str, list[str]]  # kind, texts
word = st.sampled_from(
    [
        "the",
        "force",
        "Northmoor",
        "Police",
        "answers",
        "£41m",
        "2,000",
        "anti-social",
        "cells",
        "3.5%",
        "O’Brien",
        "R2",
        "(b)",
        "keeps;",
        "well:",
    ]
)
phrase = st.lists(word, min_size=1, max_size=14).map(" ".join)
sentence = st.lists(word, min_size=4, max_size=40).map(lambda words: f"The {' '.join(words)}.")
part = st.one_of(
    st.tuples(st.just("heading"), st.lists(phrase, min_size=1, max_size=1)),
    st.tuples(st.just("text"), st.lists(sentence, min_size=1, max_size=2)),
    st.tuples(st.just("list"), st.lists(phrase, min_size=1, max_size=4)),
    st.tuples(st.just("numbered"), st.lists(sentence, min_size=1, max_size=4)),
    st.tuples(st.just("table"), st.lists(phrase, min_size=4, max_size=4)),
)
report = st.lists(part, min_size=1, max_size=8)


def as_html(parts: list[Part]) -> bytes:
    def one(kind: str, texts: list[str]) -> str:
        safe = [escaping.escape(text) for text in texts]
        match kind:
            case "heading":
                return f"<h2>{safe[0]}</h2>"
            case "list" | "numbered":
                tag = "ul" if kind == "list" else "ol"
                return f"<{tag}>{''.join(f'<li>{text}</li>' for text in safe)}</{tag}>"
            case "table":
                first, second = (f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in (safe[:2], safe[2:]))
                return f"<table>{first}{second}</table>"
        return "".join(f"<p>{text}</p>" for text in safe)

    return f"<!doctype html><html><body>{''.join(one(*each) for each in parts)}</body></html>".encode()


def as_docx(parts: list[Part]) -> bytes:
    made = docx.Document()
    styles = {"heading": "Heading 2", "list": "List Bullet", "numbered": "List Number", "text": "Normal"}
    for kind, texts in parts:
        if kind == "table":
            table = made.add_table(2, 2)
            for place, text in enumerate(texts):
                table.cell(place // 2, place % 2).text = text
        else:
            for text in texts:
                made.add_paragraph(text, style=styles[kind])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def as_pdf(parts: list[Part]) -> bytes:
    made = FPDF(format="A4")
    made.add_page()
    for kind, texts in parts:
        for number, text in enumerate(texts, start=1):
            made.set_font("Helvetica", "B" if kind == "heading" else "", 16 if kind == "heading" else 11)
            mark = {"list": "- ", "numbered": f"{number}. "}.get(kind, "")
            made.multi_cell(0, None, f"{mark}{text}".replace("’", "'"), align="L", new_x="LMARGIN", new_y="NEXT")
            made.ln(4)
    return bytes(made.output())


def visible(parts: list[Part]) -> str:
    return "".join("".join(texts) for _, texts in parts)


def assert_leads_back(reading: Reading) -> None:
    """No visible character is lost, ids are unique, and each `start:end` holds what the paragraph's own words are."""
    paragraphs = build_paragraphs(reading, "report")
    held = {place for paragraph in paragraphs for start, end in paragraph.pieces for place in range(start, end)}
    assert not [letter for place, letter in enumerate(reading.text) if not letter.isspace() and place not in held]
    assert len({paragraph.id for paragraph in paragraphs}) == len(paragraphs)
    for paragraph in paragraphs:
        assert 0 <= paragraph.start < paragraph.end <= len(reading.text)
        shown = " ".join(reading.text[start:end] for start, end in paragraph.pieces)
        if paragraph.kind is Kind.TABLE_ROW:
            assert all(piece in paragraph.text for piece in shown.split())
        else:
            assert letters(shown).endswith(letters(paragraph.own_text)), (shown, paragraph.own_text)


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@settings(max_examples=60, deadline=None)
@given(report)
def test_a_web_page_is_read_whole_and_every_paragraph_leads_back(parts: list[Part]) -> None:
    reading = html_reader.read(as_html(parts), Path("report.html"))
    assert_sound(reading, visible(parts))
    assert_leads_back(reading)


@settings(max_examples=15, deadline=None)  # python-docx takes a tenth of a second to make one
@given(report)
def test_a_word_document_is_read_whole_and_every_paragraph_leads_back(parts: list[Part]) -> None:
    reading = docx_reader.read(as_docx(parts), Path("report.docx"))
    assert_sound(reading, visible(parts))
    assert_leads_back(reading)


@settings(max_examples=30, deadline=None)
@given(report)
def test_a_pdf_is_read_whole_and_every_paragraph_leads_back(parts: list[Part]) -> None:
    parts = [("text", ["This report has more text than a page number."]), *parts]  # with less it would count as a scan
    reading = pdf_reader.read(as_pdf(parts), Path("report.pdf"))
    assert_sound(reading, visible(parts).replace("’", "'"))
    assert_leads_back(reading)
