"""A paper as a Word file with real footnotes.

Owns the Word file. Leaves what is on the paper to its maker. python-docx makes the file but knows no footnotes, so the
part that holds them is written here, as ECMA-376 part 1, 17.11 describes it.
"""

import io
from html import escape

from docx import Document as new_document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from ui.paper import Line, Paper, Style

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FIRST = 2  # ids 0 and 1 are Word's own separators
STYLES = {Style.HEADING: "Heading 1", Style.TEXT: "Normal", Style.ITEM: "List Bullet", Style.QUOTE: "Quote"}


def paper_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file."""
    word = new_document()
    word.core_properties.title = _visible(paper.title)
    word.core_properties.author = "Evidence Desk"
    word.core_properties.comments = _visible(paper.colophon[0]) if paper.colophon else ""
    word.add_heading(_visible(paper.title), level=0)
    for line in paper.lines:
        _add(word.add_paragraph(style=STYLES[line.style]), line)
    for text in paper.colophon:
        word.add_paragraph().add_run(_visible(text)).italic = True
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, _footnotes_xml(paper).encode(), word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _add(paragraph: WordParagraph, line: Line) -> None:
    paragraph.add_run(_visible(line.words))
    for number in line.notes:
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number - 1 + FIRST))
        run._r.append(reference)  # python-docx has no public way to put an element of its own into a run


def _footnotes_xml(paper: Paper) -> str:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p>{mark}<w:r><w:t xml:space="preserve"> {escape(_visible(text))}</w:t></w:r></w:p>'
        "</w:footnote>"
        for number, text in enumerate(paper.footnotes, start=FIRST)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:footnotes xmlns:w="{MAIN}">{separators}{notes}</w:footnotes>'


def _visible(text: str) -> str:
    """Without the control characters that XML does not allow."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
