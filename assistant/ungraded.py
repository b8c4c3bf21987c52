"""A grade asked for of a report that does not grade the area.

Owns telling that from the names of areas. Leaves the grades that there are to `graded`.
"""

from assistant.answer import Reason
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.reference import INSPECTIONS
from assistant.render import describe_document
from assistant.selection import Shortfall, date_of
from assistant.wants import QuestionKind
from index.query import Want
from index.tokens import content_stems
from ingest.register import Judgement

FEWEST = 2  # words of an area's name that have to be in the question; one ("crime") names too many areas


def ungraded(question: Question, holdings: Holdings) -> Shortfall | None:
    """Refuse when the one period asked about has judgements, none of them of the area that the question names, and
    another report grades that area: the nearest grade of the period is one of something else."""
    asked = question.in_periods
    if Want.GRADE not in question.query.wants or question.kind is not QuestionKind.GRADE or len(question.periods) != 1:
        return None
    own = [entry for entry in holdings.register.judgements if entry.document.id in asked]
    stems = frozenset(content_stems(question.query.subject))
    named = {name: entry for entry in holdings.register.judgements for name in _named(entry, stems)}
    if not own or not named:
        return None
    area = max(named, key=lambda name: (len(set(content_stems(name))), name))
    graded = [
        entry
        for entry in holdings.register.history(area, named[area].body)
        if entry.document.metadata.kind in INSPECTIONS
    ]
    if not graded or any(entry.document.id in asked for entry in graded) or any(_named(entry, stems) for entry in own):
        return None
    there = list(dict.fromkeys(describe_document(item) for item in sorted((e.document for e in graded), key=date_of)))
    said = " or ".join(dict.fromkeys(entry.document.metadata.period or "that year" for entry in own))
    return Shortfall(
        Reason.OTHER_PERIOD,
        f"The documents give no grade for “{area.lower()}” in {said}. It is graded in {' and in '.join(there)}.",
    )


def _named(entry: Judgement, asked: frozenset[str]) -> list[str]:
    """The names of the entry's area whose words are all in the question."""
    names = (name for name in (entry.area, *entry.aliases) if not name.endswith("?"))
    return [name for name in names if len(own := frozenset(content_stems(name))) >= FEWEST and own <= asked]
