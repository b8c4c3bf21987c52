"""What belongs together among the loaded documents: lists, judgements, notes on comparing grades.

Owns looking these up by paragraph or document. Leaves finding them in a document to `ingest.register`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.register import Judgement, Register, comparability_notes


@dataclass(frozen=True, slots=True)
class Holdings:
    """The loaded documents and what is known of their parts."""

    documents: tuple[Document, ...] = field(repr=False)
    document_of: Mapping[str, Document] = field(repr=False)  # paragraph id -> document
    lists: Mapping[str, tuple[Paragraph, ...]] = field(
        repr=False
    )  # id of an item, or of what opens a list -> all items of that list
    judgements: Mapping[str, tuple[Judgement, ...]] = field(
        repr=False
    )  # document id -> its judgements in reading order
    comparability: Mapping[str, tuple[Paragraph, ...]] = field(
        repr=False
    )  # document id -> its own notes on comparing grades
    points: Mapping[str, tuple[tuple[Paragraph, ...], ...]] = field(
        repr=False
    )  # document id -> areas for improvement by section
    register: Register = field(repr=False)  # of these documents, and perhaps of others that they are taken from

    @classmethod
    def of(cls, documents: Sequence[Document], register: Register | None = None) -> "Holdings":
        """What is known of these documents; `register`, where there is one already, must hold them among others."""
        whole = register or Register.of(documents)
        given: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in whole.judgements:
            given[judgement.document.id].append(judgement)
        lists: dict[str, tuple[Paragraph, ...]] = {}
        for document in documents:
            for items in _lists(document):
                lists.update((item.id, items) for item in items)
            lists.update(_openers(document, lists))
        return cls(
            tuple(documents),
            {paragraph.id: document for document in documents for paragraph in document.paragraphs},
            lists,
            {document.id: tuple(given[document.id]) for document in documents},
            {document.id: comparability_notes(document) for document in documents},
            {document.id: tuple(_points(document)) for document in documents},
            whole,
        )

    def holds(self, paragraphs: Sequence[Paragraph]) -> bool:
        """Whether all of these paragraphs are in these documents."""
        return all(paragraph.id in self.document_of for paragraph in paragraphs)

    @property
    def years(self) -> frozenset[int]:
        """Every year that a document is of, by its period or date."""
        return frozenset(year for document in self.documents for year in document.metadata.years)

    @property
    def inspections(self) -> tuple[frozenset[int], ...]:
        """The years of each report or tracker of an inspection, or digest of one; a panel paper is no inspection."""
        others = (DocumentKind.PANEL_PAPER, DocumentKind.RESPONSE, DocumentKind.OTHER)
        return tuple(document.metadata.years for document in self.documents if document.metadata.kind not in others)


def _openers(document: Document, lists: Mapping[str, tuple[Paragraph, ...]]) -> dict[str, tuple[Paragraph, ...]]:
    """For each paragraph that ends with a colon, the list whose first item stands next below it."""
    found = {}
    paragraphs = list(document.citable())
    for paragraph, following in zip(paragraphs, paragraphs[1:], strict=False):
        items = lists.get(following.id, ())
        if paragraph.text.endswith(":") and items and items[0].id == following.id:
            found[paragraph.id] = items
    return found


def _points(document: Document) -> list[tuple[Paragraph, ...]]:
    """The areas for improvement of each section, in reading order."""
    groups: dict[tuple[str, ...], list[Paragraph]] = defaultdict(list)
    for paragraph in document.citable():
        if paragraph.kind is Kind.AREA_FOR_IMPROVEMENT:
            groups[paragraph.headings].append(paragraph)
    return [tuple(group) for group in groups.values()]


def _lists(document: Document) -> list[tuple[Paragraph, ...]]:
    """Bullets below one lead-in; and what a section lists without one, such as its areas for improvement."""
    groups: dict[tuple[str, ...], list[Paragraph]] = defaultdict(list)
    for paragraph in document.citable():
        if paragraph.lead_in and paragraph.kind is not Kind.TABLE_ROW:
            groups[("lead-in", paragraph.lead_in, *paragraph.headings)].append(paragraph)
        elif paragraph.kind in (Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION):
            groups[(paragraph.kind.value, *paragraph.headings)].append(paragraph)
    return [tuple(group) for group in groups.values() if len(group) > 1]
