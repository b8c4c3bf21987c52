"""What was found, what was chosen from it, and why nothing was: the states between search and answer.

Owns these types and the order in which chosen evidence is read. Leaves choosing to `evidence`, `graded` and `gates`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Reason
from index.late import Met
from index.query import Query
from index.retriever import Hit
from ingest.document import Document, Paragraph, Span

# How near the words of a query's subject come to a sentence, and to paragraphs by their ids.
Meets = Callable[[Query, str, Sequence[str]], Sequence[Met]]


def no_words(query: Query, sentence: str, keys: Sequence[str]) -> tuple[Met, ...]:
    """Nothing known of single words."""
    return ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was retrieved for a question."""

    hits: tuple[Hit, ...]
    by_period: tuple[tuple[Hit, ...], ...] = ()  # one for each of the question's periods, when there are several
    by_part: tuple[tuple[Hit, ...], ...] = ()  # one for each of the question's parts
    closeness: Mapping[str, float] = field(default_factory=dict)  # of the grades or areas for improvement asked about
    likeness: Mapping[frozenset[str], float] = field(default_factory=dict)  # of two paragraphs of different periods
    meets: Meets = no_words


@dataclass(frozen=True, slots=True)
class Chosen:
    """A paragraph to answer from, and the spans of its text to quote, in order."""

    paragraph: Paragraph
    document: Document = field(repr=False)
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What to answer from, in reading order."""

    chosen: tuple[Chosen, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why there is nothing to answer from."""

    reason: Reason
    explanation: str


def merge_spans(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those with only white space between them made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def whole(paragraph: Paragraph, document: Document) -> Chosen:
    return Chosen(paragraph, document, ((0, len(paragraph.text)),))


def in_date_order(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """By date of the document, the order within each document kept as it is."""
    return tuple(sorted(chosen, key=lambda item: (date_of(item.document), item.document.id)))


def date_of(document: Document) -> str:
    return document.metadata.date or document.metadata.period or ""
