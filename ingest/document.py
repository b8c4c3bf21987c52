"""The vocabulary of the whole project: Document, Metadata, Paragraph, and the Blocks that readers hand over.

Owns the types and what they promise. Leaves reading files to `readers`, and deciding what a block is to `paragraphs`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Span = tuple[int, int]  # character offsets, end exclusive


class Role(StrEnum):
    """What a reader could see of a block from the file's own markup or layout."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"  # one bullet or numbered point of a list
    ROW = "row"  # one row of a table
    FOOTNOTE = "footnote"
    NOTE = "note"  # a note of a figure or table, printed apart from the text
    ENTRY = "entry"  # a dated status or comment of a tracker
    FURNITURE = "furniture"  # page numbers, running heads, contents lists, chart debris, addresses of links


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text as a reader saw it, before anyone decided what it says.

    `pieces` are offsets into `Reading.text`, in reading order; more than one when a page break or a footnote cuts the
    run. Joined and with white space collapsed they hold every visible character of `text` but its lead-in.
    """

    role: Role
    text: str  # single spaces, wrapped lines rejoined, markup and footnote marks taken off
    pieces: tuple[Span, ...]
    level: int = 0  # headings: 1 is outermost; 0 where the file does not say
    lead_in: str = ""  # items and rows: the sentence or column heads without which the text cannot be understood
    number: str | None = None  # printed paragraph, question or footnote number
    page: str | None = None  # printed page label, or the page's place in the file counted from 1
    dated: str | None = None  # entries: ISO date
    ocr_confidence: float | None = None  # 0 to 100; None where the file says its characters itself
    continues: bool = False  # goes on with the text before it, from which only white space parts it
    marks: tuple[str, ...] = ()  # numbers of the footnotes whose marks were taken off a caption


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader took from one file."""

    text: str  # the text that all spans point into
    blocks: tuple[Block, ...]
    title: str | None = None  # from the file's own properties, where it has them
    warnings: tuple[str, ...] = ()


class Kind(StrEnum):
    """What a paragraph is to a reader of the report."""

    FINDING = "finding"
    HEADING_SENTENCE = "heading sentence"
    AREA_FOR_IMPROVEMENT = "area for improvement"
    RECOMMENDATION = "recommendation"
    CAUSE_OF_CONCERN = "cause of concern"
    GRADE = "grade"
    STATUS = "status"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    FOOTNOTE = "footnote"
    HEADING = "heading"
    FRONT_MATTER = "front matter"  # labelled lines in which a document says what it is; read into its Metadata
    FURNITURE = "furniture"


class Speaker(StrEnum):
    """Whose words a paragraph holds, or whose doings it reports."""

    INSPECTOR = "inspector"  # what the inspectorate found, judged or did
    BODY = "body inspected"  # what the body inspected says of itself, or is said in its own paper to do
    COMMISSIONER = "commissioner"  # what its commissioner, mayor or their office says or does
    PUBLISHER = "publisher"  # a panel, committee, inquiry or government in its own paper
    RECOMMENDATION = "recommendation"  # what the writer of the document asks somebody to do
    QUOTATION = "quotation"  # the words of another document, repeated
    CONTEXT = "context"  # method, definitions, national figures, and all that is nobody's claim on the body


NOT_CITABLE = frozenset({Kind.HEADING, Kind.FRONT_MATTER, Kind.FURNITURE})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a document; citable unless it is a bare heading or furniture."""

    id: str  # "peel-2017#p041"; the same file always yields the same ids
    text: str  # as a reader sees it, beginning with the lead-in where there is one
    pieces: tuple[Span, ...]  # where its own words stand in `Document.text`, in reading order
    kind: Kind
    headings: tuple[str, ...] = ()  # section path, outermost first
    lead_in: str = ""
    number: str | None = None
    page: str | None = None
    dated: str | None = None  # tracker entries: ISO date of the entry
    speaker: Speaker = Speaker.CONTEXT
    ocr_confidence: float | None = None  # 0 to 100, mean of its words, where OCR read it from a picture

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.text.startswith(self.lead_in):
            raise ValueError(f"paragraph {self.id} must hold its lead-in and some text, not {self.text!r}")
        if not self.pieces or any(start >= end for start, end in self.pieces):
            raise ValueError(f"paragraph {self.id} needs spans with a start before their end, not {self.pieces}")

    @property
    def start(self) -> int:
        return min(start for start, _ in self.pieces)

    @property
    def end(self) -> int:
        return max(end for _, end in self.pieces)

    @property
    def is_citable(self) -> bool:
        return self.kind not in NOT_CITABLE

    @property
    def own_text(self) -> str:
        """The text without its lead-in."""
        return self.text[len(self.lead_in) :].strip()


class DocumentKind(StrEnum):
    INSPECTION_REPORT = "inspection report"
    TRACKER_ENTRY = "tracker entry"
    PANEL_PAPER = "panel paper"
    DIGEST = "digest"
    RESPONSE = "response"  # a government's or another body's answer to a report
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself. `None` where it does not say."""

    title: str
    kind: DocumentKind
    publisher: str | None = None
    body: str | None = None  # the body inspected; the one named first or most often where there are several
    period: str | None = None  # inspection period as printed: "2015", "2021/22"
    date: str | None = None  # publication, or the latest date it carries: ISO, "2022-04" where no day is given
    other_bodies: tuple[str, ...] = ()  # further bodies inspected, in order of their first mention
    fieldwork: tuple[str, str] | None = None  # first and last day or month of the inspection, ISO, where stated
    spans: tuple[tuple[str, Span], ...] = ()  # (field, where `Document.text` says so), for fields from one place
    corrected: tuple[str, ...] = ()  # fields that documents.toml corrects

    @property
    def full_title(self) -> str:
        """The title; of a paper with the panel and the day it was laid before, for by these it is called."""
        if self.kind is not DocumentKind.PANEL_PAPER or not self.publisher:
            return self.title
        if self.publisher.casefold() in self.title.casefold():
            return self.title
        day = date.fromisoformat(self.date) if self.date and len(self.date) == len("2019-06-18") else None
        sitting = f"{self.publisher} {day.day} {day:%B %Y}" if day else self.publisher
        return f"{sitting} – {self.title}"

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every body inspected, the main one first."""
        return (self.body, *self.other_bodies) if self.body else ()

    def span(self, field: str) -> Span | None:
        """Where the text gives a field ("title", "bodies", "date" ...); None where it was inferred or corrected."""
        return dict(self.spans).get(field)

    @property
    def years(self) -> frozenset[int]:
        """The years a reader may call this document by: its period's and its date's."""
        found = set()
        if self.period:
            first = int(self.period[:4])
            found.add(first)
            tail = self.period[5:]
            if tail:
                found.add(int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail))
        if self.date:
            found.add(int(self.date[:4]))
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read."""

    id: str  # from the file's name: "peel-2017"
    source: str  # file name
    sha256: str  # of the file's bytes, and of its entry in documents.toml where it has one
    text: str
    metadata: Metadata
    paragraphs: tuple[Paragraph, ...]  # all of them, furniture included, in reading order
    acronyms: tuple[tuple[str, str], ...] = ()  # (acronym, expansion), as this document defines them
    warnings: tuple[str, ...] = ()

    def citable(self) -> Iterator[Paragraph]:
        return (paragraph for paragraph in self.paragraphs if paragraph.is_citable)
