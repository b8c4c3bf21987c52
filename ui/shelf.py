"""The loaded documents, looked up by paragraph.

Owns which paragraph stands before and after another. Leaves reading documents to `ingest`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Document, Paragraph


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents and, for each citable paragraph, where it stands."""

    documents: tuple[Document, ...]
    by_id: Mapping[str, Document]
    citable: Mapping[str, tuple[Paragraph, ...]]  # document id -> its citable paragraphs in reading order
    places: Mapping[str, tuple[str, int]]  # paragraph id -> (document id, place among the citable ones)

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Shelf":
        citable = {document.id: tuple(document.citable()) for document in documents}
        places = {item.id: (key, place) for key, items in citable.items() for place, item in enumerate(items)}
        return cls(tuple(documents), {document.id: document for document in documents}, citable, places)

    def find(self, paragraph_id: str) -> tuple[Paragraph, Document] | None:
        """The citable paragraph of that id and its document; None when no loaded document has it."""
        if paragraph_id not in self.places:
            return None
        key, place = self.places[paragraph_id]
        return self.citable[key][place], self.by_id[key]

    def around(self, paragraph_id: str) -> tuple[Paragraph | None, Paragraph | None]:
        """The citable paragraphs directly before and after; None at the ends, and for a paragraph that is not here."""
        if paragraph_id not in self.places:
            return None, None
        key, place = self.places[paragraph_id]
        items = self.citable[key]
        return (items[place - 1] if place else None), (items[place + 1] if place + 1 < len(items) else None)
