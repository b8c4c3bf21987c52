"""What the register holds: judgements, points, responses and figures, each with the paragraphs that prove it.

Owns the types and their promises. Leaves finding them in a document to `judgements`, `points`, `answers` and `figures`,
and what belongs together across documents to `links`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.document import Document, Paragraph, Span


class PointKind(StrEnum):
    """What somebody was told to do, or praised for."""

    AREA_FOR_IMPROVEMENT = "area for improvement"
    CAUSE_OF_CONCERN = "cause of concern"
    RECOMMENDATION = "recommendation"
    INNOVATIVE_PRACTICE = "innovative practice"


class Respondent(StrEnum):
    """Who speaks in a response or status."""

    INSPECTORATE = "inspectorate"
    BODY = "body inspected"
    COMMISSIONER = "commissioner"
    GOVERNMENT = "government"
    OTHER = "other"


class Basis(StrEnum):
    """How a status word is known. There is no third way: without a sentence to cite there is no status."""

    STATED = "stated"  # the speaker's own word: "accepted", "being progressed", "does not agree"
    READ = "read"  # read from a cited sentence that says what will, or will not, be done


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade, or the statement that there is none, and the paragraph that gives it."""

    document: Document = field(repr=False, compare=False)
    area: str  # the section or area as the report names it; empty for the whole inspection
    grade: str  # one of the grade words, lower case, or NOT_YET_INSPECTED
    paragraph: Paragraph
    aliases: tuple[str, ...] = ()  # other names for the area, in this document or in others
    notes: tuple[Paragraph, ...] = ()  # where the report itself says how far its grades can be compared
    of_period: str | None = None  # the period graded, where it is another than the document's own

    @property
    def body(self) -> str | None:
        return self.document.metadata.body

    @property
    def period(self) -> str | None:
        return self.of_period or self.document.metadata.period

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return (self.paragraph,)


@dataclass(frozen=True, slots=True)
class Point:
    """An area for improvement, cause of concern, recommendation or innovative practice, as one document issued it."""

    id: str  # "peel-2017/recommendation-3"; the same file always yields the same ids
    kind: PointKind
    document: Document = field(repr=False, compare=False)
    text: str  # the whole point in reading order, as a reader sees it
    paragraphs: tuple[Paragraph, ...]  # that state it, in reading order
    number: str | None = None  # as printed: "3", "8.21"
    title: str | None = None  # the heading it is printed under, where that is its own
    addressee: str | None = None  # who is told, as printed
    deadline: str | None = None  # as printed: "By September 2024", "immediately"
    due: str | None = None  # ISO, where the deadline is a date
    section: tuple[str, ...] = ()  # section path
    concludes: bool = False  # it stands in a list of conclusions and recommendations, and asks for nothing in words
    is_restated: bool = False  # known only from a document that answers it; the report itself is not loaded
    repeats: tuple[Paragraph, ...] = ()  # where the same document prints it again
    remains_from: tuple[str, ...] = ()  # ids of earlier points that this one says remain

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.paragraphs:
            raise ValueError(f"point {self.id} needs words and the paragraphs that state them")


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody said in answer to points, with a status where they gave one."""

    id: str  # "response/answer-3"
    document: Document = field(repr=False, compare=False)
    respondent: Respondent
    paragraphs: tuple[Paragraph, ...]  # in reading order
    answers: tuple[str, ...] = ()  # ids of the points it answers, in order; empty when they are not known
    date: str | None = None  # ISO
    status: str | None = (
        None  # "accepted", "partly accepted", "rejected", "noted", or a tracker's own word; None: none given
    )
    basis: Basis | None = None
    proof: tuple[str, Span] | None = None  # paragraph id, and the characters of its text that carry the status

    def __post_init__(self) -> None:
        if not self.paragraphs:
            raise ValueError(f"response {self.id} needs the paragraphs that hold it")
        if (self.status is None) != (self.proof is None) or (self.status is None) != (self.basis is None):
            raise ValueError(f"response {self.id}: a status, its basis and its proof come together or not at all")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a document gives, and what it counts or measures."""

    document: Document = field(repr=False, compare=False)
    paragraph: Paragraph
    span: Span  # of the printed number and unit in `paragraph.text`
    printed: str  # "£41m", "14 out of 66"
    value: str  # in digits, without thousands separators: "41000000", "14/66"
    unit: str  # "GBP", "percent", "times", "years", "ratio", "rate per 1,000", "rate", or "count"
    measures: str  # the words of the sentence that say what is counted
    period: str | None = None  # as printed: "in the year to September 2017"
    comparison: str | None = None  # population or comparison, as printed: "the national rate"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return (self.paragraph,)
