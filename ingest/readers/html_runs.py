"""A parsed web page becomes runs of text in reading order, each with what it is.

Owns which parts of a page are prose and which are furniture. Leaves spans and blocks to `html`.
"""

import re
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from ingest.document import Role
from ingest.readers.html_tables import HEADING_NAMES, grid, head_rows, integer, is_layout, pairs
from ingest.readers.lists import is_footnote_mark, roman
from ingest.readers.sheet import collapse
from ingest.readers.tables import Cell

UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "iframe", "object", "canvas", "audio", "video"}
)
FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "select", "textarea", "dialog"})
FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
HEADINGS = {name: level for level, name in enumerate(HEADING_NAMES, start=1)}
LISTS = frozenset({"ul", "ol", "menu"})
_PLAIN_BLOCKS = """
address article blockquote body caption center dd details div dl dt fieldset figcaption figure header hgroup hr html
legend li main option p pre search section summary table tbody td tfoot th thead tr
"""
BLOCKS = FURNITURE | LISTS | set(HEADINGS) | set(_PLAIN_BLOCKS.split())

_NOTES = re.compile(
    r"(?:^|[-_])(?:foot|end)notes?(?:$|[-_])|^MsoFootnoteText$|^_?f(?:t?n|ootnote)[-:_]?\d+$|^doc-(?:foot|end)note",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"noteref|footnote-?ref", re.IGNORECASE)
_BACK = re.compile(
    r"(?:(?:go |jump |return )?back(?: to (?:the )?(?:text|content|reference|note \d+))?|[\^↩↑⏎\ufe0e\s])+",
    re.IGNORECASE,
)
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Place:
    """What text becomes where it stands."""

    role: Role
    indent: int = 0
    level: int = 0
    number: str | None = None
    point: int = 0  # the list point the text belongs to, counted from 1; 0 outside lists


@dataclass(frozen=True, slots=True)
class Run:
    text: str  # single spaces
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int | None


def page_runs(soup: BeautifulSoup) -> tuple[list[Run | Table], int]:
    """The page in reading order, and how many images stand alone. Outside `<main>`, if there is one, is furniture."""
    main = next((tag for tag in soup.select("main, [role=main]") if tag.get_text(strip=True)), None)
    walker = _Walker(main)
    walker.block(soup, Place(Role.FURNITURE if main else Role.TEXT))
    return walker.runs, walker.lone_images


class _Walker:
    """Collects inline text until a block begins or ends."""

    def __init__(self, main: Tag | None) -> None:
        self.runs: list[Run | Table] = []
        self.lone_images = 0
        self._main = main
        self._points = 0
        self._words = ""  # of the block now open; "\n" only for <br>
        self._marks: list[str] = []  # footnote marks and links back, set after the block they stand in
        self._images = 0

    def block(self, tag: Tag, outer: Place) -> None:
        """Take a block-level tag: the text before it ends, its own text ends with it."""
        self._flush(outer)
        place = self._place(tag, outer)
        if place.role in (Role.FURNITURE, Role.ROW):
            self._walk(tag, place)
        elif tag.name in LISTS:
            self._list(tag, place)
        elif tag.name == "dl":
            self.runs.append(Table(tuple(pairs(tag, self._cell)), 0))
        elif tag.name == "table" and not is_layout(tag):
            for caption in tag.find_all("caption", recursive=False):
                self.block(caption, place)
            self.runs.append(Table(tuple(grid(tag, self._cell)), head_rows(tag)))
        else:
            self._walk(tag, place)
        self._flush(place)

    def _place(self, tag: Tag, outer: Place) -> Place:
        if tag is self._main:
            return Place(Role.TEXT)
        if _is_furniture(tag) and not (self._main and self._main in tag.descendants):
            return Place(Role.FURNITURE)
        if outer.role in (Role.FURNITURE, Role.ROW):
            return outer
        if tag.name in HEADINGS:
            return Place(Role.HEADING, level=HEADINGS[tag.name])
        if _names(tag, _NOTES):
            return replace(outer, role=Role.FOOTNOTE)
        return outer

    def _walk(self, tag: Tag, place: Place) -> None:
        for child in tag.children:
            if isinstance(child, Tag):
                self._take(child, place)
            elif type(child) in (NavigableString, CData):
                self._words += re.sub(r"\s+", " ", str(child).translate(_INVISIBLE))

    def _take(self, tag: Tag, place: Place) -> None:
        if _is_unseen(tag):
            return
        if tag.name == "br":
            self._words += "\n"
        elif tag.name == "img":
            self._images += tag.get("alt") != ""  # an empty description marks decoration
        elif _is_mark(tag, self._words) and (self._words.strip() or place.role is not Role.FOOTNOTE):
            self._marks.append(collapse(tag.get_text()))
        elif tag.name in BLOCKS or _is_furniture(tag):
            self.block(tag, place)
        else:
            self._walk(tag, place)

    def _flush(self, place: Place) -> None:
        """End the open block; two line breaks in a row are a new paragraph."""
        texts = [collapse(text) for text in re.split(r"\n\s*\n", self._words)]
        self.runs += [Run(text, place) for text in texts if text]
        self.runs += [Run(mark, Place(Role.FURNITURE, point=place.point)) for mark in self._marks]
        self.lone_images += bool(self._images and not any(texts) and place.role is not Role.FURNITURE)
        self._words, self._marks, self._images = "", [], 0

    def _list(self, tag: Tag, outer: Place) -> None:
        number = integer(tag, "start", 1)
        indent = outer.indent + (outer.point > 0)
        for child in tag.find_all(True, recursive=False):
            if child.name != "li":
                self.block(child, replace(outer, indent=indent))
                continue
            number = integer(child, "value", number)
            self._points += 1
            role = Role.FOOTNOTE if outer.role is Role.FOOTNOTE else Role.ITEM
            printed = _printed(number, str(tag.get("type", "1"))) if tag.name == "ol" else None
            is_card = child.find([*HEADING_NAMES, "table"]) is not None
            self.block(child, outer if is_card else Place(role, indent, number=printed, point=self._points))
            number += 1

    def _cell(self, tag: Tag) -> Cell:
        """The paragraphs and points in a cell; marks in it go behind the table."""
        inner = _Walker(None)
        inner.block(tag, Place(Role.ROW))
        runs = [run for run in inner.runs if isinstance(run, Run)]
        self._marks += [run.text for run in runs if run.place.role is Role.FURNITURE]
        return Cell(tuple(run.text for run in runs if run.place.role is Role.ROW))


def _is_unseen(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    is_hidden = "display:none" in style or "visibility:hidden" in style
    return tag.name in UNSEEN or tag.has_attr("hidden") or is_hidden


def _is_furniture(tag: Tag) -> bool:
    if tag.name in FURNITURE or tag.get("role") in FURNITURE_ROLES:
        # Some sites wrap the whole page in one form.
        return tag.name != "form" or tag.find(["main", "h1", "h2"]) is None
    return tag.name == "header" and tag.find_parent(["main", "article", "section"]) is None


def _is_mark(tag: Tag, before: str) -> bool:
    """Whether the tag is a footnote mark, or the link from a footnote back to its mark."""
    text = tag.get_text(strip=True)
    if tag.name == "sup":
        return is_footnote_mark(text, before.rstrip("\n"))
    if tag.name != "a" or not text:
        return False
    is_within = str(tag.get("href", "")).startswith("#")
    is_back = _BACK.fullmatch(text) is not None or any(
        "back" in name for name in tag.get_attribute_list("class") if name
    )
    return is_within and (is_back or is_footnote_mark(text, "") or _names(tag, _NOTE_MARK))


def _names(tag: Tag, pattern: re.Pattern[str]) -> bool:
    names = [*tag.get_attribute_list("class"), tag.get("id"), tag.get("role")]
    return any(pattern.search(str(name)) for name in names if name)


def _printed(number: int, kind: str) -> str:
    """The number as a browser prints it."""
    if kind in ("a", "A") and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    return roman(number) if kind in ("i", "I") and number else str(number)
