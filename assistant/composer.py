"""Evidence becomes a draft: what would be said, each sentence with the quote it rests on.

Owns the Composer protocol and QuoteComposer, which answers in the reports' own sentences and needs no model. Leaves
checking to `citations`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.selection import Chosen
from ingest.document import Document, Paragraph


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence and the words of a paragraph it claims to rest on. Nothing is promised yet."""

    text: str
    paragraph: Paragraph
    document: Document
    quote: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Unchecked words, in the order they would be read."""

    sentences: tuple[DraftSentence, ...]
    written_by_model: bool = False


class Composer(Protocol):
    """Anything that words an answer over chosen evidence."""

    def compose(self, question: str, evidence: Sequence[Chosen]) -> Draft: ...


class QuoteComposer:
    """Says the chosen words themselves."""

    def compose(self, question: str, evidence: Sequence[Chosen]) -> Draft:
        """One draft sentence for each chosen span, in order; the question is not used."""
        return Draft(
            tuple(
                DraftSentence(quote, item.paragraph, item.document, quote)
                for item in evidence
                for quote in (item.paragraph.text[start:end].strip() for start, end in item.spans)
            )
        )
