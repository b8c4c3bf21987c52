"""Evidence becomes a draft: what would be said, each sentence with the quote it rests on.

Owns the Composer protocol and QuoteComposer, which answers in the reports' own sentences and needs no model. Leaves
checking to `citations`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.instructions import without_instructions
from assistant.selection import Chosen
from ingest.document import Document, Paragraph


@dataclass(frozen=True, slots=True)
class Source:
    """Words of a paragraph that a sentence claims to rest on. Nothing is promised yet."""

    paragraph: Paragraph
    document: Document
    quote: str


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence and what it claims to rest on. Nothing is promised yet."""

    text: str
    paragraph: Paragraph
    document: Document
    quote: str
    also: tuple[Source, ...] = ()  # further sources of the same sentence
    by_model: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        return (Source(self.paragraph, self.document, self.quote), *self.also)


@dataclass(frozen=True, slots=True)
class Draft:
    """Unchecked words, in the order they would be read."""

    sentences: tuple[DraftSentence, ...]
    notes: tuple[str, ...] = ()  # what a reader should know of how the words came about
    is_whole: bool = True  # False while a model still writes

    @property
    def written_by_model(self) -> bool:
        """Whether a model wrote any of it."""
        return any(sentence.by_model for sentence in self.sentences)


class Composer(Protocol):
    """Anything that words an answer over chosen evidence."""

    def compose(self, question: str, evidence: Sequence[Chosen]) -> Draft: ...

    def drafts(self, question: str, evidence: Sequence[Chosen]) -> Iterator[Draft]: ...  # growing; the last is whole


class QuoteComposer:
    """Says the chosen words themselves."""

    def compose(self, question: str, evidence: Sequence[Chosen]) -> Draft:
        """One draft sentence for each chosen span, in order; the question is not used.

        Sentences of a document that speak to a program are left out.
        """
        return Draft(tuple(sentence for item in evidence for sentence in quoted(item)))

    def drafts(self, question: str, evidence: Sequence[Chosen]) -> Iterator[Draft]:
        """The one draft of `compose`."""
        yield self.compose(question, evidence)


def quoted(item: Chosen) -> tuple[DraftSentence, ...]:
    """The chosen words of one paragraph, one draft sentence for each span."""
    text = item.paragraph.text
    quotes = [text[start:end].strip() for start, end in without_instructions(text, item.spans)]
    return tuple(DraftSentence(quote, item.paragraph, item.document, quote) for quote in quotes)
