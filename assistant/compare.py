"""What each of several reports says on one subject.

Owns which paragraph speaks for each report, and which report has nothing on the subject. Leaves grades to `grade_history`,
and what is quoted of a paragraph to `excerpt`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.excerpt import excerpt
from assistant.grade_history import grade_by_period, to_be_compared, with_comparability
from assistant.holdings import Holdings
from assistant.ledger import point_itself
from assistant.periods import asks_whether_still
from assistant.question import Question
from assistant.reference import INSPECTIONS, inspections_in_order, years_in
from assistant.render import describe_document
from assistant.replies import answers_by_side, asks_for_deeds
from assistant.selection import Chosen, Found, date_of, in_date_order
from assistant.sentences import Sentence
from index.query import Want
from index.retriever import Hit
from ingest.document import Speaker

# Of each report, when several are asked about. With 70 one of 13 check questions on several periods is lost, none of 34 dev
# ones changes, and the median answer has 110 words instead of 122.
PERIOD_WORDS = 100
# A report whose best paragraph is about something else has nothing on the subject: it lies so far behind the best of all
# (log odds), and its best sentence is no nearer to that one's than this (cosine). Of 32 dev questions on two periods, all
# 20 reports with evidence lie within one of the two, and 5 of the 7 without any lie beyond both.
ELSEWHERE_BEHIND = 1.5
SAME_SUBJECT = 0.55
GOES_ON_BEHIND = 2.0  # log odds behind the best of all, for a report that no period of the question names; not tuned
# Log odds that a paragraph falls behind which repeats another document's words, or speaks of forces in general. With the
# second one of 88 questions on several reports more is right and none fewer, citation precision 74.0 -> 75.2; not tuned.
REPEATED, IN_GENERAL = 4.0, 2.0
_OF_THEN = re.compile(
    r"\b(?:was|were|did|had|wasn['’]t|weren['’]t|didn['’]t|hadn['’]t)\b|^\W*(?:who|what|which|how many)(?: \w+)? \w+ed\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The paragraph that speaks for one report, its sentences, and how well it answers (log odds)."""

    hit: Hit
    sentences: tuple[Sentence, ...]
    score: float
    has_form: bool  # the answer has to have no particular form, or one of its sentences has it


def by_report(
    question: Question,
    found: Found,
    holdings: Holdings,
    ranked: Callable[[Question, Sequence[Hit]], Sequence[Spoken]],
) -> tuple[Chosen, ...]:
    """What each report asked about says to the point that is meant, its grade, or its best paragraph; and what the reports
    say on comparing when grades are compared."""
    answers = answers_by_side(question, found, holdings) or tuple(() for _ in question.periods)
    asks_grade = question.compares_grades or Want.GRADE in question.query.wants
    grades = grade_by_period(question, found, holdings) if asks_grade else tuple(() for _ in question.periods)
    # Where one report grades the area, what stands nearest in another is a grade of something else.
    only_grades = question.compares_grades and any(grades)
    quoted = {item.paragraph.id for told in answers for item in told}
    chosen = [item for item in point_itself(question, holdings) if quoted and item.paragraph.id not in quoted]
    for told, grade, said in zip(answers, grades, spoken_in_each(question, found, ranked), strict=True):
        if told:
            chosen += told
        elif grade or only_grades:
            chosen += grade
        elif said is not None:
            chosen.append(excerpt(said.hit, said.sentences, PERIOD_WORDS))
    if question.compares_grades:
        return with_comparability(tuple(chosen), holdings, to_be_compared(question, holdings))
    return in_date_order(chosen)


def behind(hit: Hit) -> float:
    """Log odds that the paragraph falls behind as what its report found: a quotation of another's words, or background."""
    return {Speaker.QUOTATION: REPEATED, Speaker.CONTEXT: IN_GENERAL}.get(hit.paragraph.speaker, 0.0)


def spoken_in_each(
    question: Question, found: Found, ranked: Callable[[Question, Sequence[Hit]], Sequence[Spoken]]
) -> tuple[Spoken | None, ...]:
    """For each period asked about the paragraph that speaks for it; None where it has nothing on the subject.

    Args:
        ranked: the paragraphs of one period as they answer what is asked of it, best first.
    """
    if question.goes_on:
        return _of_those_found(question, ranked(question, found.hits))
    best = [
        next((item for item in ranked(side, _speaking(side, hits))[:1] if item.has_form or not side.own), None)
        for side, hits in zip(question.sides, found.by_period, strict=True)
    ]
    best = [None if _told_later(item, best[place + 1 :], question) else item for place, item in enumerate(best)]
    said = [item for item in best if item is not None]
    first = max(said, key=lambda item: item.score, default=None)
    return tuple(item if item and first and _on_same(item, first, found) else None for item in best)


def _told_later(item: Spoken | None, later: Sequence[Spoken | None], question: Question) -> bool:
    """Whether only a paper speaks for the year asked about, and a later report itself tells what was found then."""
    if item is None or item.hit.document.metadata.kind in INSPECTIONS:
        return False
    years = question.query.years & item.hit.document.metadata.years
    return any(other is not None and years & years_in(other.hit.paragraph.text) for other in later)


def _of_those_found(question: Question, ranked: Sequence[Spoken]) -> tuple[Spoken | None, ...]:
    """Of each period the best of the paragraphs found, where it is nearly as likely as the best of all."""
    near = [item for item in ranked if ranked[0].score - item.score < GOES_ON_BEHIND]
    return tuple(next((item for item in near if item.hit.document.id in ids), None) for ids in question.periods)


def _speaking(side: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Those dated in the month asked about, and of these those of an inspection report or digest of one; all where there
    are none. Also all where a paper is named, or deeds are asked about: a paper repeats what it answers, and tells what
    was done."""
    hits = [hit for hit in hits if (hit.paragraph.dated or "")[:7] in side.months] or hits
    if side.query.documents or asks_for_deeds(side.own or side.query.text):
        return hits
    return [hit for hit in hits if hit.document.metadata.kind in INSPECTIONS] or hits


def _on_same(item: Spoken, first: Spoken, found: Found) -> bool:
    alike = found.likeness.get(frozenset((item.hit.paragraph.id, first.hit.paragraph.id)), 1.0)
    return first.score - item.score < ELSEWHERE_BEHIND or alike >= SAME_SUBJECT


def newest_alone(question: Question, chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """For "is it still ...?" what the newest report says; for other questions all, in date order."""
    ordered = in_date_order(chosen)
    if not is_of_now(question) or not ordered:
        return ordered
    newest = date_of(ordered[-1].document)
    return tuple(item for item in ordered if date_of(item.document) == newest)


def superseded(question: Question, chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """A note that names the earlier reports that speak of it too, when only the newest is quoted."""
    earlier = [item.document for item in in_date_order(chosen) if item not in newest_alone(question, chosen)]
    names = list(dict.fromkeys(describe_document(document) for document in earlier))
    return (f"Earlier reports speak of it too, and are superseded: {'; '.join(names)}.",) if names else ()


def is_of_now(question: Question) -> bool:
    """Whether the question names no period and asks about the present."""
    return question.goes_on and asks_whether_still(question.query.text)


def silent(question: Question, chosen: Sequence[Chosen], holdings: Holdings) -> tuple[str, ...]:
    """A note for each of several periods asked about that nothing was found in."""
    said = {item.document.id for item in chosen}
    periods = question.periods if len(question.periods) > 1 and not question.goes_on else ()
    what = "No grade for it" if question.compares_grades else "Nothing on it"
    return tuple(f"{what} was found in {_names(period, holdings)}." for period in periods if not period & said)


def outdated(question: Question, chosen: Sequence[Chosen], holdings: Holdings) -> tuple[str, ...]:
    """A note for a question that names no report and does not ask about the past, when what is quoted is older than the
    newest inspection of the body: a finding of years ago must not pass for today's."""
    text = question.query.text
    if (
        question.periods
        or question.reference.documents
        or question.query.documents
        or _OF_THEN.search(text)
        or not chosen
    ):
        return ()
    bodies = {item.document.metadata.body for item in chosen}
    about = [document for document in holdings.documents if document.metadata.body in bodies]
    inspections = inspections_in_order(about)
    newest = [document for document in about if inspections and document.id in inspections[-1]]
    if not newest or max(date_of(item.document) for item in chosen) >= min(map(date_of, newest)):
        return ()
    return (f"{describe_document(newest[0])} is newer; nothing nearer to the question was found in it.",)


def _names(ids: frozenset[str], holdings: Holdings) -> str:
    return " or ".join(describe_document(item) for item in holdings.documents if item.id in ids)
