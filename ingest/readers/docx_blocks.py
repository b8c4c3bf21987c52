"""The body, tables, text boxes, footnotes, headers and footers of a Word file become blocks.

Owns what a paragraph is by its style and numbering. Leaves the XML to `docx_parts` and lead-ins to `lists`.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from ingest.document import Block, Role
from ingest.readers.docx_parts import (
    BODY_TEXT,
    NO_STYLE,
    NOTE_REFERENCES,
    TEXT_BOX,
    Numbering,
    Style,
    in_format,
    integer,
    is_on,
    parts,
    read_notes,
    read_styles,
    seen,
    value,
    visible_runs,
)
from ingest.readers.lists import BULLETS, Indented, is_footnote_mark, is_heading_text
from ingest.readers.sheet import Sheet, collapse
from ingest.readers.tables import Cell, table_blocks, written

MOST_COLUMNS = 100  # a file may ask for any span; no table that people read has more columns

_TYPED_BULLET = re.compile(rf"(?:[{BULLETS}]\s*|[-–—*]\s+|[o§]\t)(?=\S)")
_TYPED_NUMBER = re.compile(
    r"(?:(\d{1,3}(?:\.\d{1,3}){0,3})(?:[.)]\s+(?=[A-Z“\"‘'(])|[.)]?\t\s*(?=\S))|(\d{1,3}(?:\.\d{1,3}){1,3})\s+(?=[A-Z]))"
)
_HEADING = re.compile(r"heading (\d)$")
_LIST = re.compile(r"list(?: (?:bullet|number))?(?: (\d))?$")
_LIST_TEXT = re.compile(r"list (?:paragraph|continue)\b")


class WordFile:
    """The file's text and blocks as they are found."""

    def __init__(self, document: Document) -> None:
        self.sheet = Sheet()
        self.drafts: list[Indented] = []
        self.lone_images = 0
        self._document = document
        self._styles = read_styles(document)
        self._numbering = Numbering(document)
        self._notes = {name: read_notes(document, name) for name in NOTE_REFERENCES.values()}
        self._note_counts = dict.fromkeys(self._notes, 0)
        self._has_title = any(
            self._style(line).names[:1] == ("title",) and _text(line).strip()
            for line in seen(document.element.body, qn("w:p"))
        )

    def read(self) -> None:
        self._walk(self._document.element.body)
        for root in (*parts(self._document, "header"), *parts(self._document, "footer")):
            for place in (root, *seen(root, TEXT_BOX)):
                for line in seen(place, qn("w:p")):
                    self._add(Role.FURNITURE, _text(line))

    def _walk(self, parent: Element, is_furniture: bool = False) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child, is_furniture)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag == qn("w:sdt"):
                gallery = value(child, "w:sdtPr/w:docPartObj/w:docPartGallery") or ""
                self._walk(child, is_furniture or "Contents" in gallery)
            elif child.tag in map(qn, ("w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")):
                self._walk(child, is_furniture)

    def _add(
        self,
        role: Role,
        text: str,
        own: str | None = None,
        indent: float = 0,
        level: int = 0,
        number: str | None = None,
    ) -> None:
        """Write `text` down; the block says `own`, which is `text` without its marker."""
        if text.strip():
            piece = self.sheet.add(collapse(text))
            block = Block(role, collapse(text if own is None else own), (piece,), level=level, number=number)
            self.drafts.append((block, indent))

    def _paragraph(self, line: Element, is_furniture: bool) -> None:
        style = self._style(line)
        text, marks = _split_marks(line)
        number_id, depth = self._list_of(line, style)
        number = self._numbering.next(number_id, depth) if number_id else None
        level = self._heading_level(line, style)
        name = style.names[0] if style.names else ""
        listed = next(filter(None, map(_LIST.match, style.names)), None)
        if is_furniture or name.startswith("toc "):
            self._add(Role.FURNITURE, text)
        elif level:
            is_heading = is_heading_text(text)
            self._add(Role.HEADING if is_heading else Role.FURNITURE, text, level=level if is_heading else 0)
        elif number_id or listed:
            indent = max(depth, int(listed[1] or 1) - 1 if listed else 0)
            self._add(Role.ITEM, text, indent=indent, number=number)
        else:
            self._unlisted(text, indent=1 if _LIST_TEXT.match(name) else 0)
        self.lone_images += not text.strip() and _has_image(line)
        self._behind(line, marks)

    def _unlisted(self, text: str, indent: int) -> None:
        """A paragraph that Word does not know as a list; its author may have typed a bullet or a number."""
        text = text.strip()
        bullet, number = _TYPED_BULLET.match(text), _TYPED_NUMBER.match(text)
        if bullet:
            self._add(Role.ITEM, text, own=text[bullet.end() :], indent=indent)
        elif number:
            self._add(Role.ITEM, text, own=text[number.end() :], indent=indent, number=number[1] or number[2])
        else:
            self._add(Role.TEXT, text, indent=indent)

    def _behind(self, parent: Element, marks: list[str]) -> None:
        """What a reader finds beside or below a paragraph or table: its marks, text boxes and footnotes."""
        for mark in marks:
            self._add(Role.FURNITURE, mark)
        for box in seen(parent, TEXT_BOX):
            self._walk(box)
        for tag, name in NOTE_REFERENCES.items():
            for reference in seen(parent, tag):
                self._note_counts[name] += 1
                number = in_format(self._note_counts[name], "lowerRoman" if name == "endnotes" else "decimal")
                self._add(Role.FOOTNOTE, self._notes[name].get(reference.get(qn("w:id")), ""), number=number)

    def _style(self, line: Element) -> Style:
        return self._styles.get(value(line, "w:pPr/w:pStyle") or "", NO_STYLE)

    def _list_of(self, line: Element, style: Style) -> tuple[str | None, int]:
        """The id of the list a paragraph belongs to, if any, and its depth there."""
        number_id = value(line, "w:pPr/w:numPr/w:numId") or style.number_id
        depth = integer(value(line, "w:pPr/w:numPr/w:ilvl"), style.number_level)
        return (number_id, depth) if self._numbering.is_list(number_id, depth) else (None, depth)

    def _heading_level(self, line: Element, style: Style) -> int:
        """1 is outermost: the title where there is one, else "Heading 1"; 0 for no heading."""
        outline = integer(value(line, "w:pPr/w:outlineLvl"), style.outline)
        if style.names[:1] == ("title",):
            return 1
        named = next(filter(None, map(_HEADING.match, style.names)), None)
        level = int(named[1]) if named else outline + 1
        return level + self._has_title if level <= BODY_TEXT else 0

    def _table(self, table: Element) -> None:
        rows = list(self._rows(table))
        if max((len(cells) for _, cells in rows), default=0) < 2:  # a box drawn around text
            for cell in (cell for _, cells in rows for cell in cells):
                self._walk(cell)
            return
        marks: list[str] = []
        grid = self._grid([cells for _, cells in rows], marks)
        heads = len(list(takewhile(lambda row: is_on(row, "w:trPr/w:tblHeader"), (row for row, _ in rows))))
        if not heads and len(rows) > 1 and _is_bold(rows[0][0]) and not _is_bold(rows[1][0]):
            heads = 1
        blocks = table_blocks(written(grid, self.sheet), heads or None)
        self.drafts += [(block, 0) for block in blocks]
        self._behind(table, marks)

    def _rows(self, table: Element) -> Iterator[tuple[Element, list[Element]]]:
        for row in _children(table, qn("w:tr")):
            yield row, list(_children(row, qn("w:tc")))

    def _grid(self, rows: list[list[Element]], marks: list[str]) -> Iterator[list[Cell]]:
        """Rows of equal columns; a cell merged downwards is repeated in each row. Footnote marks go to `marks`."""
        above: list[Cell] = []
        for tags in rows:
            row: list[Cell] = []
            for tag in tags:
                is_merged = tag.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
                if is_merged and value(tag, "w:tcPr/w:vMerge") != "restart" and len(row) < len(above):
                    row.append(above[len(row)].again())
                else:
                    row.append(self._cell(tag, marks))
                row += [Cell()] * (min(integer(value(tag, "w:tcPr/w:gridSpan"), 1), MOST_COLUMNS) - 1)
            above = row
            yield row

    def _cell(self, tag: Element, marks: list[str]) -> Cell:
        texts = []
        for line in seen(tag, qn("w:p")):
            number_id, depth = self._list_of(line, self._style(line))
            if number_id:
                self._numbering.next(number_id, depth)
            text, found = _split_marks(line)
            texts.append(collapse(text))
            marks += found
        return Cell(tuple(filter(None, texts)))


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those in content controls and insertions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:customXml")):
            yield from _children(child, tag)


def _text(line: Element) -> str:
    return "".join(text for text, _ in visible_runs(line))


def _split_marks(line: Element) -> tuple[str, list[str]]:
    """The text of a paragraph, and the footnote marks that its author typed as raised figures."""
    words, marks = "", []
    for text, is_raised in visible_runs(line):
        if is_raised and is_footnote_mark(text, words):
            marks.append(text)
        else:
            words += text
    return words, marks


def _has_image(line: Element) -> bool:
    return any(str(tag.tag).endswith(("}blip", "}imagedata")) for tag in line.iter())


def _is_bold(row: Element) -> bool:
    runs = [run for run in row.iter(qn("w:r")) if _text(run).strip()]
    return bool(runs) and all(is_on(run, "w:rPr/w:b") for run in runs)
