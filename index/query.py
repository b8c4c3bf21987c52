"""What is looked for, once a question has been understood.

Owns the type that `assistant.question` fills and the retriever reads.
"""

from dataclasses import dataclass
from enum import StrEnum


class Want(StrEnum):
    """A kind of thing the question asks for; it decides which paragraphs are likely to hold the answer."""

    NUMBER = "number"
    GRADE = "grade"
    LIST = "list"
    DATE = "date"
    PERSON = "person"
    AREA_FOR_IMPROVEMENT = "area for improvement"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retriever needs it."""

    text: str  # as asked, spelling corrected
    subject: str  # without the words that only name a report, a date or the body
    expansions: tuple[str, ...] = ()  # long forms of acronyms in it, and short forms of long ones
    wants: frozenset[Want] = frozenset()
    years: frozenset[int] = frozenset()
    documents: frozenset[str] = frozenset()  # ids of documents that the question names ("the tracker"); may be empty
    named: tuple[tuple[str, float], ...] = ()  # (document id, how well it is named, to 1) by its file, title or parties
    is_latest: bool = False  # the question asks about the latest inspection
