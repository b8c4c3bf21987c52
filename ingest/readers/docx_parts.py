"""What the parts of a Word file say: visible text, styles, list numbers, footnotes.

Owns reading the XML. Leaves what each paragraph is to `docx`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from ingest.readers.lists import roman

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands before it
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
BODY_TEXT = 9  # the outline level of paragraphs that are no headings
TEXT_BOX = qn("w:txbxContent")
NOTE_REFERENCES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_SKIPPED = {
    FALLBACK,
    TEXT_BOX,
    *map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:delText", "w:tbl")),
}
_SPACES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_PART_TYPES = {
    "numbering": RELATIONSHIP_TYPE.NUMBERING,
    "footnotes": RELATIONSHIP_TYPE.FOOTNOTES,
    "endnotes": RELATIONSHIP_TYPE.ENDNOTES,
    "header": RELATIONSHIP_TYPE.HEADER,
    "footer": RELATIONSHIP_TYPE.FOOTER,
}


def value(element: Element | None, path: str, attribute: str = "w:val") -> str | None:
    """An attribute of the element at `path`, such as "w:pPr/w:pStyle"; `None` where either is missing."""
    for step in path.split("/"):
        element = element.find(qn(step)) if element is not None else None
    return element.get(qn(attribute)) if element is not None else None


def integer(text: str | None, default: int) -> int:
    """The number an attribute holds; the default where it is missing or no number."""
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else default


def is_on(element: Element | None, path: str) -> bool:
    """Whether a switch such as "w:rPr/w:b" is there and not turned off."""
    for step in path.split("/"):
        element = element.find(qn(step)) if element is not None else None
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "none")


def parts(document: Document, name: str) -> list[Element]:
    """The roots of the file's parts of one kind, in the order of their names."""
    related = (relation for relation in document.part.rels.values() if relation.reltype == _PART_TYPES[name])
    found = {str(relation.target_part.partname): relation.target_part.blob for relation in related}
    return [parse_xml(found[partname]) for partname in sorted(found)]


def visible_runs(element: Element) -> Iterator[tuple[str, bool]]:
    """The text a reader sees and whether it is raised; no deleted or hidden text, field codes or text boxes."""
    for child in element:
        if child.tag in (qn("w:t"), MATHS):
            yield child.text or "", value(element, "w:rPr/w:vertAlign") == "superscript"
        elif child.tag in _SPACES:
            yield _SPACES[child.tag], False
        elif child.tag == qn("w:sym"):
            code = str(child.get(qn("w:char")))
            yield chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else " ", False
        elif child.tag not in _SKIPPED and not is_on(child, "w:rPr/w:vanish"):
            yield from visible_runs(child)


def seen(element: Element, tag: str) -> Iterator[Element]:
    """Descendants with the tag, but none inside a fallback, a text box or each other."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (FALLBACK, TEXT_BOX):
            yield from seen(child, tag)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with those it is based on."""

    names: tuple[str, ...]  # lower case, its own first
    outline: int  # 0 is outermost
    number_id: str | None
    number_level: int


NO_STYLE = Style((), BODY_TEXT, None, 0)


def read_styles(document: Document) -> dict[str, Style]:
    """Styles by id; what a style does not say it takes from the one it is based on."""
    elements = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}

    def resolve(style_id: str | None, above: tuple[str, ...] = ()) -> Style:
        element = elements.get(style_id)
        if style_id is None or element is None or style_id in above:
            return NO_STYLE
        base = resolve(value(element, "w:basedOn"), (*above, style_id))
        return Style(
            ((value(element, "w:name") or "").lower(), *base.names),
            integer(value(element, "w:pPr/w:outlineLvl"), base.outline),
            value(element, "w:pPr/w:numPr/w:numId") or base.number_id,
            integer(value(element, "w:pPr/w:numPr/w:ilvl"), base.number_level),
        )

    return {style_id: resolve(style_id) for style_id in elements}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str  # "%1.%2"
    start: int


class Numbering:
    """Counts list paragraphs as Word does, so that their printed numbers are known."""

    def __init__(self, document: Document) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for root in parts(document, "numbering"):
            for abstract in root.findall(qn("w:abstractNum")):
                for level in abstract.findall(qn("w:lvl")):
                    key = str(abstract.get(qn("w:abstractNumId"))), integer(level.get(qn("w:ilvl")), 0)
                    start = integer(value(level, "w:start"), 1)
                    self._levels[key] = _Level(
                        value(level, "w:numFmt") or "decimal", value(level, "w:lvlText") or "", start
                    )
            for number in root.findall(qn("w:num")):
                number_id = number.get(qn("w:numId"))
                self._abstract[number_id] = value(number, "w:abstractNumId") or ""
                for override in number.findall(qn("w:lvlOverride")):
                    start = integer(value(override, "w:startOverride"), -1)
                    if start >= 0:
                        self._restarts[number_id, integer(override.get(qn("w:ilvl")), 0)] = start

    def is_list(self, number_id: str | None, level: int) -> bool:
        found = self._level(number_id, level)
        return found is not None and found.format != "none"

    def next(self, number_id: str, level: int) -> str | None:
        """The number that the next paragraph of this list prints; `None` for a bullet."""
        found = self._level(number_id, level)
        if found is None or found.format in ("bullet", "none"):
            return None
        abstract = self._abstract[number_id]
        counts = self._counts.setdefault(abstract, {})
        restart = self._restarts.pop((number_id, level), None)
        counts[level] = restart if restart is not None else counts.get(level, found.start - 1) + 1
        for deeper in [place for place in counts if place > level]:
            del counts[deeper]
        return self._printed(abstract, counts, found.pattern) or None

    def _level(self, number_id: str | None, level: int) -> _Level | None:
        return self._levels.get((self._abstract.get(number_id or "", ""), level))

    def _printed(self, abstract: str, counts: dict[int, int], pattern: str) -> str:
        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            known = self._levels.get((abstract, place), _Level("decimal", "", 1))
            return in_format(counts.get(place, known.start), known.format)

        return re.sub(r"%(\d)", one, pattern).strip(" .()[]:\t")


def in_format(number: int, name: str) -> str:
    """A list number in one of Word's formats; those not known here as digits."""
    if name.endswith("Letter") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif name.endswith("Roman") and number > 0:
        text = roman(number)
    else:
        return str(number)
    return text.upper() if name.startswith("upper") else text


def read_notes(document: Document, name: str) -> dict[str, str]:
    """Text of the file's footnotes or endnotes by id; separators are left out."""
    return {
        note.get(qn("w:id")): " ".join(
            "".join(text for text, _ in visible_runs(line)) for line in seen(note, qn("w:p"))
        )
        for root in parts(document, name)
        for note in root
        if note.get(qn("w:type"), "normal") == "normal"
    }
