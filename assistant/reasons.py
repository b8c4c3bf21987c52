"""Why an area got the grade it has: the causes of concern and areas for improvement that the report lists under it.

Owns telling that this is asked. Leaves which area is meant, and grades wrongly taken for granted, to `graded`.
"""

import re

from assistant.graded import documents_asked, one_grade
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.selection import Chosen, Found, whole
from index.query import Want
from index.tokens import content_stems
from ingest.register import PointKind, grade_in

_WHY = re.compile(r"^\W*(?:so |and |but )?(?:why|how come|what (?:made|led|were the reasons|was the reason))\b", re.I)
_LOW = frozenset({"requires improvement", "inadequate"})  # of a better grade, what is to be improved is no reason
_REASONS = (PointKind.CAUSE_OF_CONCERN, PointKind.AREA_FOR_IMPROVEMENT)
MOST_REASONS = 6  # points; more are no answer to read out
NOTE = "The report gives no reason in so many words. These are the points it lists under that grade."


def why_graded(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """The low grade asked about, and the points listed under it; empty when no reason for a grade is asked for, the
    question says another grade, or no point is listed."""
    if Want.GRADE not in question.query.wants or not _WHY.search(question.query.text):
        return ()
    nearest = one_grade(question, found, documents_asked(question, holdings), holdings)
    if not nearest:
        return ()
    document = nearest[0].document
    entries = [item for item in holdings.judgements[document.id] if item.paragraph.id == nearest[0].paragraph.id]
    asked = set(content_stems(question.query.subject))
    # One row of a table may grade several areas.
    named = [entry for entry in entries if set(content_stems(entry.area)) <= asked] if len(entries) > 1 else entries
    subject = question.query.subject.lower()
    is_right = [entry for entry in named if entry.grade in subject or not grade_in(subject)]
    names = {name for entry in is_right if entry.grade in _LOW for name in (entry.area, *entry.aliases)}
    points = [
        point
        for point in holdings.register.points
        if point.document.id == document.id and point.kind in _REASONS and names & set(point.section)
    ]
    told = [paragraph for kind in _REASONS for point in points if point.kind is kind for paragraph in point.paragraphs]
    return (*nearest, *(whole(item, document) for item in told)) if 0 < len(points) <= MOST_REASONS else ()
