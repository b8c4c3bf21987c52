#!/usr/bin/env python3
"""Build the .docx and the .pdf digest from the sources in this folder into the folder above it.

usage: python3 build.py
Versions used: Python 3.11.7, python-docx 1.2.0, WeasyPrint 70.0; fonts Liberation Serif and Sans.
"""
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from weasyprint import HTML

HERE = Path(__file__).resolve().parent
OUT = HERE.parent
MADE = datetime(2026, 11, 22)


def main() -> None:
    build_docx(HERE / "peel-2015-digest.md", OUT / "peel-2015-digest.docx")
    name = "panel-update-june-2019-digest"
    HTML(HERE / f"{name}.html").write_pdf(OUT / f"{name}.pdf")


def build_docx(source: Path, target: Path) -> None:
    """Write a Word file from the small part of Markdown used here: headings, paragraphs, bullets, tables."""
    doc = Document()
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    doc.styles["Normal"].font.name = "Liberation Serif"
    doc.styles["Normal"].font.size = Pt(11)
    for block in source.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().splitlines()
        if not lines:
            continue
        if lines[0].startswith("#"):
            marks, text = lines[0].split(" ", 1)
            doc.add_heading(text, level=len(marks))
        elif lines[0].startswith("- "):
            for line in lines:
                doc.add_paragraph(line[2:], style="List Bullet")
        elif lines[0].startswith("|"):
            add_table(doc, lines)
        else:
            lead_in = doc.add_paragraph(" ".join(lines))
            lead_in.paragraph_format.keep_with_next = lead_in.text.endswith(":")
    core = doc.core_properties
    core.title, core.author, core.language = doc.paragraphs[0].text, "Evidence Desk project", "en-GB"
    core.comments, core.created, core.modified = "", MADE, MADE
    page.header.paragraphs[0].text = "Evidence Desk: digest of PEEL 2015, West Mercia Police"
    add_page_number(page.footer.paragraphs[0])
    doc.save(target)


def add_table(doc, lines: list[str]) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    del rows[1]  # the rule under the column heads
    table = doc.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows):
        for cell, text in zip(row.cells, cells):
            cell.text = text
            shape = cell.paragraphs[0].paragraph_format
            shape.space_after, shape.keep_with_next = Pt(2), cells is not rows[-1]
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    repeat = OxmlElement("w:tblHeader")  # the head row comes again on each page
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    doc.add_paragraph().paragraph_format.space_after = Pt(4)


def add_page_number(paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("Page ")
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


if __name__ == "__main__":
    main()
