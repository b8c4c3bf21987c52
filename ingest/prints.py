"""One place where a document prints a point, and the marks by which reports number points.

Owns what `points` and `point_lists` share: the shape of a print, its words, and which bullets hang on it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Kind, Paragraph
from ingest.entries import PointKind

# "Recommendation 7", "Recommendation 7: wash the cells", "Rec. 7 -", "R7", "MR7" of a second series, "AFI 2."
MARK = re.compile(
    r"^(?:(?P<what>recommendation|rec\.?|area for improvement|cause of concern)\s+(?:no\.?\s*|number\s+)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?|[A-Z]\d{0,3})|(?P<short>AFI\s?|R\s?|[A-Z]R)(?P<digits>\d{1,3}(?:\.\d{1,3})*[a-z]?))"
    r"(?=$|\s*[:.)–—-](?!\d)|\s+[A-Z‘“(])[\s:.)–—-]*",
    re.I,
)
_LEADING_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,3})+(?=\.?\s)|\d{1,3}(?=\.\s))\.?\s+[A-Z‘“\"']")


@dataclass(frozen=True, slots=True)
class Printed:
    """One place where a document prints a point."""

    kind: PointKind
    paragraphs: tuple[Paragraph, ...]
    number: str | None = None
    title: str | None = None
    words: str | None = None  # where the point is only part of its paragraph: a cell of a table
    concludes: bool = False
    addressee: str | None = None  # from the column of a table that names who is told
    deadline: str | None = None  # from the column of a table that says by when

    @property
    def text(self) -> str:
        return self.words if self.words is not None else joined(self.paragraphs)

    @property
    def own_words(self) -> str:
        """The text without a lead-in that other points share."""
        return self.words if self.words is not None else " ".join(part.own_text for part in self.paragraphs)


def joined(paragraphs: Iterable[Paragraph]) -> str:
    """The text of paragraphs one after the other; a lead-in that several share is said once."""
    words: list[str] = []
    lead_in = ""
    for paragraph in paragraphs:
        is_led = bool(paragraph.lead_in) and (paragraph.lead_in == lead_in or words[-1:] == [paragraph.lead_in])
        words.append(paragraph.own_text if is_led else paragraph.text)
        lead_in = paragraph.lead_in
    return " ".join(words)


def hanging_on(opening: Paragraph, following: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The bullets that hang on the opening paragraph."""
    if not opening.text.rstrip().endswith((":", ";")):
        return
    for paragraph in following:
        if paragraph.kind not in (Kind.LIST_ITEM, Kind.RECOMMENDATION, Kind.AREA_FOR_IMPROVEMENT):
            return
        yield paragraph


def printed_number(paragraph: Paragraph) -> str | None:
    """The paragraph's number, also where the reader left "2.7" or "3." in its text."""
    if paragraph.number or paragraph.kind in (Kind.TABLE_ROW, Kind.LIST_ITEM):
        return paragraph.number
    match = _LEADING_NUMBER.match(paragraph.text)
    return match[1] if match else None


def pages_apart(before: str | None, after: str | None) -> bool:
    both = before is not None and after is not None and before.isdigit() and after.isdigit()
    return both and int(after or 0) - int(before or 0) > 1


def number_of(mark: re.Match[str]) -> str:
    """The number that a mark prints, with the letters that tell its series from another's."""
    short = (mark["short"] or "").strip().upper()
    return mark["number"] or (mark["digits"] if short in ("AFI", "R") else f"{short}{mark['digits']}")


def kind_of_mark(text: str) -> PointKind | None:
    """The kind of point that the text's opening words mark: "AFI 2", "Recommendation 7"; None without a mark."""
    mark = MARK.match(text)
    if mark is None:
        return None
    what = (mark["what"] or mark["short"]).lower()
    if what.startswith(("area", "afi")):
        return PointKind.AREA_FOR_IMPROVEMENT
    return PointKind.CAUSE_OF_CONCERN if what.startswith("cause") else PointKind.RECOMMENDATION
