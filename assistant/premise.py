"""What a question takes for granted about points by their number or count, and what the register says instead.

Owns these notes. Leaves wrong grades to `graded.put_right`, and what became of a point to `ledger`.
"""

import re
from collections import Counter

from assistant.holdings import Holdings
from assistant.ledger import KINDS, NUMBERED, kind_asked, point_meant
from assistant.question import DOCUMENT_REFERENCE, Question
from assistant.reference import INSPECTIONS
from assistant.render import short_title
from index.tokens import STOP_WORDS, content_stems, words
from ingest.document import Document
from ingest.register import PointKind

COUNTS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ],
        start=1,
    )
}
_COUNTED = re.compile(
    rf"\b(?:the|its|those|these|all|of|their)\s+({'|'.join(COUNTS)}|\d{{1,2}})\s+(?P<what>[a-z][a-z ]+)", re.I
)
_SUBJECT = re.compile(r"\b(?:about|on|regarding|concerning)\s+(?P<what>[a-z][\w' -]*)", re.I)


def mistaken(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """A note for each point that the question describes as something else, and for a wrong number of points."""
    return (*_of_other_subject(question, holdings), *_of_other_count(question, holdings))


def _of_other_subject(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """ "Recommendation 3 on armed policing", when it says nothing of the kind."""
    text = question.query.text
    numbered, said = NUMBERED.search(text), _SUBJECT.search(DOCUMENT_REFERENCE.sub(" ", text))
    point = point_meant(question, holdings) if numbered and said else None
    if point is None or numbered is None or said is None:
        return ()
    told = set(content_stems(" ".join([point.text, *(point.section or ()), *question.query.expansions])))
    own = [word for word in words(NUMBERED.sub(" ", said["what"])) if word not in STOP_WORDS]
    if not own or any(set(content_stems(word)) & told for word in own):
        return ()
    return (f"{numbered.group()[0].upper()}{numbered.group()[1:]} does not speak of “{said['what'].strip()}”.",)


def _of_other_count(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """ "The eight recommendations of 2017", when the report makes five, and no section of it eight."""
    kind, said = kind_asked(question), _COUNTED.search(question.query.text)
    asked = frozenset(key for period in question.periods for key in period) or question.reference.documents
    if kind is None or said is None or not asked or not KINDS[kind].match(said["what"]):
        return ()
    number = COUNTS.get(said[1].lower()) or int(said[1])
    points = [p for p in holdings.register.points if p.kind is kind and p.document.id in asked and not p.is_restated]
    points = [p for p in points if p.document.metadata.kind in INSPECTIONS] or points
    totals = Counter(point.document.id for point in points)
    sections = Counter((point.document.id, point.section) for point in points)
    if not points or number in totals.values() or number in sections.values():
        return ()
    documents: dict[str, Document] = {point.document.id: point.document for point in points}
    there = " and ".join(f"{short_title(documents[key])} has {_counted(total, kind)}" for key, total in totals.items())
    return (f"The question speaks of {said[1]}; {there}.",)


def _counted(total: int, kind: PointKind) -> str:
    spelled = next((word for word, number in COUNTS.items() if number == total), str(total))
    head, _, rest = kind.value.partition(" ")
    return f"{spelled} {kind.value}" if total == 1 else f"{spelled} {head}s {rest}".strip()
