"""Areas for improvement: those of a section or report, and those that remain from an earlier inspection.

Owns telling that they are asked for, and which. Leaves what became of one to `ledger`.
"""

import re
from collections.abc import Sequence

from assistant.graded import MOST_POINTS, documents_asked
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.selection import Chosen, Found, date_of, in_date_order, whole
from assistant.wants import QuestionKind
from index.query import Want
from index.tokens import content_stems
from ingest.document import Paragraph
from ingest.sections import is_label

_PHRASE = re.compile(r"\b(?:and|or|on|for|about|at|in|under|to|of)\b|[,;:–-]")
_GENERAL = frozenset(
    content_stems("areas for improvement AFI AFIs improve list identified set give given made there all many say")
)
_REMAINS = re.compile(
    r"\bremain(?:s|ed|ing)?\b|\bcarried (?:over|forward)\b|\bstill (?:an? )?areas? for improvement\b", re.I
)
# "... still outstanding", "... not yet dealt with": the question's other words for what the reports say remains.
_ASKS_REMAINING = re.compile(
    rf"{_REMAINS.pattern}|\boutstanding\b|\bunfinished\b|\bunresolved\b|\bleft over\b|"
    r"\bstill\b.{0,20}\b(?:open|there|to do|needed|unmet)\b|"
    r"\b(?:not|n['’]t|yet to be)\b.{0,20}\b(?:done|met|complet\w+|address\w+|dealt with|sorted|fixed|put right)\b",
    re.I,
)
MOST_OF_REPORT = 24  # areas for improvement, when all those of a report are asked for


def areas_for_improvement(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """All areas for improvement of the section asked about; of the whole report when no section is."""
    if Want.AREA_FOR_IMPROVEMENT not in question.query.wants:
        return ()
    if _ASKS_REMAINING.search(question.query.text) and question.kind in (QuestionKind.LIST, QuestionKind.CHANGE):
        return tuple(whole(point, holdings.document_of[point.id]) for point in _remaining(holdings)[:MOST_POINTS])
    if question.kind is not QuestionKind.LIST:
        return ()
    chosen: list[Chosen] = []
    for document in documents_asked(question, holdings):
        if not _section_words(question):
            chosen += [whole(point, document) for group in holdings.points[document.id] for point in group]
            continue
        groups = [group for group in holdings.points[document.id] if len(group) <= MOST_POINTS]
        if not groups:
            continue
        near = {group: max(found.closeness.get(point.id, 0.0) for point in group) for group in groups}
        best = max(near.values())
        named = [group for group in groups if near[group] == best or _is_named(group, question)]
        chosen += [whole(point, document) for group in named for point in group]
    most = MOST_POINTS if _section_words(question) else MOST_OF_REPORT
    return in_date_order(chosen) if len(chosen) <= most else ()


def _remaining(holdings: Holdings) -> list[Paragraph]:
    """The areas for improvement of the newest report with any that it says remain from an earlier inspection."""
    remaining = [
        (date_of(holdings.document_of[point.id]), point)
        for groups in holdings.points.values()
        for group in groups
        for point in group
        if _REMAINS.search(point.text)
    ]
    newest = max((date for date, _ in remaining), default="")
    return [point for date, point in remaining if date == newest]


def _is_named(group: Sequence[Paragraph], question: Question) -> bool:
    """Whether the heading of these points holds all the words of some phrase of the question ("on preventing crime")."""
    heading = next((text for text in group[0].headings if not is_label(text)), "")
    held = set(content_stems(heading))
    phrases = [set(content_stems(phrase)) - _GENERAL for phrase in _PHRASE.split(question.query.subject)]
    return any(len(phrase) > 1 and phrase <= held for phrase in phrases)


def _section_words(question: Question) -> set[str]:
    """Content words of the question that do more than ask for areas for improvement."""
    return set(content_stems(question.query.subject)) - _GENERAL
