"""What a question ends in: an Answer whose every statement is cited, or a Refusal that says why.

Owns the types and what they promise. Leaves building them to `citations`, and showing them to `render`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.scope import EVERYTHING, Scope
from errors import QuoteNotFoundError
from ingest.document import Document, Paragraph, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote, the paragraph it was taken from, and that paragraph's document."""

    paragraph: Paragraph
    document: Document = field(repr=False)
    quote: str

    def __post_init__(self) -> None:
        if not self.quote.strip() or self.quote not in self.paragraph.text:
            raise QuoteNotFoundError(self.paragraph.id, self.quote)

    @property
    def span(self) -> Span:
        """Where the quote stands in the paragraph's text."""
        start = self.paragraph.text.index(self.quote)
        return start, start + len(self.quote)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the answer says. It cannot be built without a citation."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.citations:
            raise ValueError(f"a statement needs words and a citation, not {self.text!r} and {self.citations!r}")


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through for this question."""

    documents: tuple[Document, ...] = field(repr=False)
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements in the order they are to be read: by report in date order when several speak."""

    question: str
    statements: tuple[Statement, ...]
    searched: Searched
    notes: tuple[str, ...] = ()  # our own words about the answer, never about the reports' content
    dropped: tuple[str, ...] = ()  # sentences of a draft that the verifier did not let through
    written_by_model: bool = False
    rewritten: str | None = None  # the question as it stands alone, when it was understood from the turns before it
    scope: Scope = EVERYTHING
    is_whole: bool = True  # False while a chat model still writes, whose sentences are shown as they hold

    def __post_init__(self) -> None:
        if not self.statements:
            raise ValueError("an answer needs a statement; with none it is a refusal")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order of the statements."""
        return tuple(dict.fromkeys(citation for statement in self.statements for citation in statement.citations))


class Reason(StrEnum):
    """Why a question is not answered."""

    NOTHING_RELEVANT = "nothing relevant"
    OTHER_BODY = "about another body"
    OTHER_PERIOD = "about another period"
    NOT_ANSWERED = "related but not answered"
    NOT_VERIFIED = "not verified"
    NO_QUESTION = "not a question"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The question is not answered, why, and what stands nearest."""

    question: str
    reason: Reason
    explanation: str  # one or two sentences in our own words
    searched: Searched
    nearest: tuple[Citation, ...] = ()  # the nearest paragraphs, which are not an answer
    dropped: tuple[str, ...] = ()
    rewritten: str | None = None
    scope: Scope = EVERYTHING


Reply = Answer | Refusal
