"""Whose words a statement is: the answer to "who said that?".

Owns that answer. Leaves telling that it is asked to `followup`.
"""

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.render import describe_document, describe_place
from assistant.selection import Chosen, Selection


def source_of(citations: Sequence[Citation]) -> Selection:
    """The same statements again, with a note on who says them, where, and when."""
    notes = []
    for citation in citations:
        publisher = citation.document.metadata.publisher
        place = describe_place(citation.paragraph)
        where = f"{describe_document(citation.document)}{', ' + place if place else ''}"
        notes.append(f"This is said in {where}{', published by ' + publisher if publisher else ''}.")
    chosen = tuple(Chosen(citation.paragraph, citation.document, (citation.span,)) for citation in citations)
    return Selection(chosen, tuple(dict.fromkeys(notes)))
