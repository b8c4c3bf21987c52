"""When a question is refused before anything is chosen: another body, another period, a forecast or advice.

Owns the rules. Leaves whether the paragraphs answer the question to `answerable`.
"""

import re

from assistant.answer import Reason
from assistant.holdings import Holdings
from assistant.question import Question, years_in
from assistant.selection import Found, Shortfall
from index.query import Want

_REPORT_YEAR = re.compile(
    r"\b(?:peel|inspection|report)\b\D{0,15}?\b((?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?)"
    r"|\b((?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?)\s+(?:[a-z]+\s+){0,2}?(?:peel|inspection|report)\b",
    re.I,
)
_OPINION = re.compile(r"^\W*(?:so )?(?:will|should (?:the panel|we|i|members|councillors))\b", re.I)


def other_body(question: Question, found: Found) -> Shortfall | None:
    """Refuse when another force or service is asked about, unless the best paragraph names it; never answer with a
    grade for it, for no loaded document inspects it."""
    if not question.other_bodies:
        return None
    best = found.hits[0].paragraph.text
    is_named = any(name in best for name in question.other_bodies)
    if is_named and Want.GRADE not in question.query.wants:
        return None
    names = " and ".join(question.other_bodies)
    return Shortfall(
        Reason.OTHER_BODY, f"The question is about {names}. No loaded document is an inspection of that body."
    )


def unknown_name(question: Question) -> Shortfall | None:
    """Refuse a question about somebody or somewhere that no loaded document mentions."""
    if not question.unknown_names:
        return None
    names = " or ".join(f"“{name}”" for name in question.unknown_names)
    return Shortfall(Reason.NOT_ANSWERED, f"No loaded document mentions {names}.")


def opinion(question: Question) -> Shortfall | None:
    """Refuse to forecast or to advise: documents record what was found."""
    if not _OPINION.search(question.query.text):
        return None
    return Shortfall(Reason.NOT_ANSWERED, "The documents record what was found. They do not forecast or advise.")


def other_period(question: Question, found: Found, holdings: Holdings) -> Shortfall | None:
    """Refuse when the only reports asked about are not held, or the only years asked about are of no document, unless
    the paragraphs found name that year."""
    asked = [years_in(match[1] or match[2]) for match in _REPORT_YEAR.finditer(question.query.text)]
    if (
        asked
        and not any(years <= held for years in asked for held in holdings.inspections)
        and not question.query.documents
    ):
        years = frozenset(year for each in asked for year in each)
        if not any(each <= years_in(found.hits[0].paragraph.text) for each in asked):
            return Shortfall(
                Reason.OTHER_PERIOD, f"No inspection report of {_spell(years)} is among the loaded documents."
            )
    near = " ".join(hit.paragraph.text for hit in found.hits[:3])
    if (
        question.unknown_years
        and not question.query.years & holdings.years
        and not _names(near, question.unknown_years)
    ):
        return Shortfall(
            Reason.OTHER_PERIOD, f"No loaded document is of {_spell(question.unknown_years)} or speaks of it here."
        )
    return None


def _names(text: str, years: frozenset[int]) -> bool:
    return bool(years & years_in(text))


def _spell(years: frozenset[int]) -> str:
    return " or ".join(str(year) for year in sorted(years))
