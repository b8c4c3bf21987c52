"""Reads Markdown: CommonMark with tables.

Owns where each block stands in the file. Leaves lead-ins to `lists` and rows to `tables`. Links keep their words.
"""

import html
import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from errors import UnreadableFileError
from ingest.document import Block, Reading, Role, Span
from ingest.readers.decoding import decode
from ingest.readers.lists import BULLETS, Indented, is_footnote_mark, is_heading_text, settle
from ingest.readers.sheet import collapse
from ingest.readers.tables import Cell, table_blocks

LARGEST_NUMBER = 999  # "2015." at the start of a line is a year, not the number of a paragraph
SENTENCE_LENGTH = 120  # characters; longer and with a full stop, a line above dashes is a paragraph above a rule

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*([\"']?)(.*?)\1[ \t]*$", re.MULTILINE)
_PRINTED_BULLET = re.compile(rf"^([ \t]*)[{BULLETS}](?=[ \t])", re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?!:)")
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)

# Indented code is off: in a report an indented line is a paragraph.
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")


def read(data: bytes, path: Path) -> Reading:
    """Blocks of a Markdown file; spans point into its decoded text.

    Raises:
        UnreadableFileError: the file holds no text.
    """
    text, warnings = decode(data, path)
    front = _FRONT_MATTER.match(text)
    body = front.end() if front else 0
    file = _File(text)
    file.furniture(0, text.count("\n", 0, body))
    file.walk(SyntaxTreeNode(_PARSER.parse(_masked(text, body))).children, 0)
    if all(block.role is Role.FURNITURE for block, _ in file.drafts):
        raise UnreadableFileError(path, "holds no text.", "Remove it or put the report's text into it.")
    if file.lone_images:
        warnings += (f"{file.lone_images} image(s) stand alone: words inside them were not read",)
    title = _TITLE.search(front[1]) if front else None
    return Reading(text, settle(file.drafts), title[2] if title else None, warnings)


def _masked(text: str, body: int) -> str:
    """The text as the parser should see it, of the same length: no front matter, and "-" for printed bullets."""
    return re.sub(r"[^\n]", " ", text[:body]) + _PRINTED_BULLET.sub(r"\1-", text[body:])


class _File:
    """The file's text, and its blocks as they are found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[Indented] = []
        self.lone_images = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]

    def walk(self, nodes: Sequence[SyntaxTreeNode], indent: int) -> None:
        for node in nodes:
            match node.type:
                case "heading":
                    self._heading(node, indent)
                case "paragraph":
                    self._paragraph(node, indent)
                case "list_item":
                    self._item(node, indent)
                case "table":
                    self._table(node, indent)
                case "fence" | "html_block":
                    self._raw(node, indent)
                case _:
                    self.walk(node.children, indent)

    def furniture(self, first: int, last: int) -> None:
        """Take whole lines as no part of the prose."""
        lines = [self._line(number).strip() for number in range(first, last)]
        self._add(Role.FURNITURE, " ".join(lines), self._spans(first, lines), 0)

    def _add(self, role: Role, text: str, pieces: Sequence[Span], indent: int, level: int = 0) -> None:
        note = _NOTE.match(text) if role is Role.TEXT else None
        if note:
            role, text = Role.FOOTNOTE, text[note.end() :]
        if text.strip():
            number = note[1] if note else None
            self.drafts.append((Block(role, collapse(text), tuple(pieces), level=level, number=number), indent))

    def _heading(self, node: SyntaxTreeNode, indent: int) -> None:
        text = _plain(node)
        is_underlined = node.markup in ("-", "=")
        if is_underlined and len(text) > SENTENCE_LENGTH and text.endswith("."):
            self._add(Role.TEXT, text, self._pieces(node), indent)
        elif is_heading_text(text):
            self._add(Role.HEADING, text, self._pieces(node), indent, level=int(node.tag[1:]))
        else:
            self._add(Role.FURNITURE, text, self._pieces(node), indent)

    def _paragraph(self, node: SyntaxTreeNode, indent: int) -> None:
        text = _plain(node)
        self.lone_images += not text and any(child.type == "image" for child in node.walk())
        self._add(Role.TEXT, text, self._pieces(node), indent)

    def _item(self, item: SyntaxTreeNode, indent: int) -> None:
        """The point itself, then what else stands in it. A bullet of several paragraphs is one point."""
        own = list(takewhile(lambda node: node.type == "paragraph", item.children))
        own = own[:1] if item.info else own
        text = collapse(" ".join(_plain(node) for node in own))
        pieces = tuple(piece for node in own for piece in self._pieces(node))
        if text and item.info and int(item.info) > LARGEST_NUMBER:
            start = self.text.rfind(item.info, 0, pieces[0][0])
            text, pieces = f"{item.info}{item.markup} {text}", ((start, pieces[0][1]), *pieces[1:])
            self.drafts.append((Block(Role.TEXT, text, pieces), indent))
        elif text:
            self.drafts.append((Block(Role.ITEM, text, pieces, number=item.info or None), indent))
        self.walk(item.children[len(own) :], indent + 1)

    def _table(self, table: SyntaxTreeNode, indent: int) -> None:
        rows = []
        for row in (row for part in table.children for row in part.children):
            place = self._starts[_first_line(row)]
            cells = []
            for cell in row.children:
                source = _inline(cell).content.replace("|", "\\|")
                start = self.text.find(source, place)
                place = start + len(source)
                text = collapse(_plain(cell))
                cells.append(Cell((text,), ((start, place),)) if text else Cell())
            rows.append(cells)
        self.drafts += [(block, indent) for block in table_blocks(rows, head_rows=1)]

    def _raw(self, node: SyntaxTreeNode, indent: int) -> None:
        """Fenced text, and what is left of an HTML block without its tags."""
        if node.type == "fence":
            first, source = _first_line(node) + 1, node.content
        else:
            first, source = _first_line(node), _TAG.sub(lambda tag: re.sub(r"[^\n]", " ", tag[0]), node.content)
        lines = [line.strip() for line in source.split("\n")]
        self._add(Role.TEXT, html.unescape(" ".join(lines)), self._spans(first, lines), indent)

    def _pieces(self, node: SyntaxTreeNode) -> tuple[Span, ...]:
        """Where a block's words stand, without the marks of quotes, lists and headings before them."""
        return self._spans(_first_line(node), [line.strip() for line in _inline(node).content.split("\n")])

    def _spans(self, first: int, lines: Sequence[str]) -> tuple[Span, ...]:
        """Where `lines` stand, from line `first` of the file on; one span where only white space is between them."""
        spans: list[Span] = []
        for number, line in enumerate(lines, start=first):
            if not line:
                continue
            place = self._line(number).rfind(line)
            if place < 0:  # the parser or `_TAG` changed the line: all of it
                line = self._line(number).strip()
                place = self._line(number).find(line)
            start = self._starts[number] + place
            if spans and not self.text[spans[-1][1] : start].strip():
                start, _ = spans.pop()
            spans.append((start, self._starts[number] + place + len(line)))
        return tuple(spans)

    def _line(self, number: int) -> str:
        return self.text[self._starts[number] : self._starts[number + 1] - 1]


def _first_line(node: SyntaxTreeNode) -> int:
    if node.map is None:
        raise ValueError(f"markdown-it gives every block its lines, but not {node.type}")
    return node.map[0]


def _inline(node: SyntaxTreeNode) -> SyntaxTreeNode:
    return node.children[0]


def _plain(node: SyntaxTreeNode) -> str:
    """The words of a block as a reader of the page would see them, without footnote marks."""
    words, raised = "", 0
    inline = _inline(node).token
    for token in (inline.children if inline else None) or ():
        match token.type:
            case "text" | "code_inline":
                words += token.content
            case "softbreak" | "hardbreak":
                words += " "
            case "html_inline":
                tag = token.content.lower()
                words += " " * tag.startswith("<br")
                if tag.startswith("<sup"):
                    raised = len(words)
                elif tag == "</sup>" and is_footnote_mark(words[raised:], words[:raised]):
                    words = words[:raised]
    return _NOTE_MARK.sub("", words).strip()
