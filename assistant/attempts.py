"""Which documents a question is answered from: those it asks about, and what is tried when they do not answer.

Owns the second look at the period asked about, the refusal that names another report, and an answer for each of several
bodies. Leaves choosing among what was found to `evidence`.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Reason
from assistant.bodies import loaded_bodies
from assistant.evidence import select
from assistant.gates import about_another, is_of_other_period, nothing_in, spelled_years
from assistant.question import Question, understand_for
from assistant.reference import NOWHERE
from assistant.searching import Searching
from assistant.selection import Chosen, Found, Selection, Shortfall
from assistant.sentences import log_odds
from assistant.views import View, Views

BODY_MARGIN = 2.0  # log odds; not tuned; how far the best paragraph on a second body may lie behind
MOST_BODIES = 3  # that an answer speaks of when the question names none


class Attempts:
    """Selections of evidence, for one body or several."""

    def __init__(self, searching: Searching, views: Views) -> None:
        self._searching, self._views = searching, views

    def selection(self, question: Question, view: View, found: Found) -> Selection | Shortfall:
        """The evidence for the body, report and period asked about, or the refusal that says what there is instead."""
        if several := _bodies_found(question, view, found):
            return self._for_each_body(question, view, several)
        inner = self._views.asked_about(question, view)
        selection = select(question, found, inner.holdings, self._searching.rarity)
        if isinstance(selection, Shortfall):
            if selection.reason is not Reason.NOT_ANSWERED:
                return selection
            return about_another(question, ()) or self._elsewhere(question, view) or selection
        if shortfall := about_another(question, selection.chosen):
            return shortfall
        if not is_of_other_period(question, selection.chosen):
            return selection
        return self._in_period(question, inner) or nothing_in(spelled_years(question), selection.chosen)

    def _in_period(self, question: Question, view: View) -> Selection | None:
        """What the documents of the period asked about answer by themselves."""
        again = self._anew(question, self._views.narrowed(view, question.in_periods)) if question.periods else None
        return again if isinstance(again, Selection) else None

    def _elsewhere(self, question: Question, view: View) -> Shortfall | None:
        """The refusal of a question about one report that another report of the body answers."""
        if not question.reference.documents:
            return None
        selection = self._anew(replace(question, reference=NOWHERE), view)
        return nothing_in(question.reference.said, selection.chosen) if isinstance(selection, Selection) else None

    def _anew(self, question: Question, view: View) -> Selection | Shortfall:
        """The evidence for the question from another view than the one it was searched in."""
        holdings = self._views.asked_about(question, view).holdings
        return select(question, self._searching.found(question, view), holdings, self._searching.rarity)

    def _for_each_body(self, question: Question, view: View, bodies: Sequence[str]) -> Selection | Shortfall:
        """What is found for each of the bodies, and a note that the question names none."""
        chosen: list[Chosen] = []
        notes: list[str] = []
        shortfalls: list[Shortfall] = []
        for body in bodies:
            one = understand_for(question, body, view.holdings.documents)
            selection = self.selection(one, view, self._searching.found(one, view))
            if isinstance(selection, Selection):
                chosen += selection.chosen
                notes += selection.notes
            else:
                shortfalls.append(selection)
        if not chosen:
            return shortfalls[0]
        answered = " and ".join(dict.fromkeys(item.document.metadata.body or "" for item in chosen))
        others = [body for body in loaded_bodies(view.holdings.documents) if body not in answered]
        unanswered = f" Nothing was found for {' or '.join(others)}." if others else ""
        said = f"The question names no body. This is about {answered}.{unanswered}"
        return Selection(tuple(chosen), tuple(dict.fromkeys((said, *notes))))


def _bodies_found(question: Question, view: View, found: Found) -> tuple[str, ...]:
    """The bodies to answer for, best first, when there are several and the question names none."""
    if question.bodies or question.other_bodies or len(loaded_bodies(view.holdings.documents)) < 2:
        return ()
    best = max(hit.score for hit in found.hits)
    near = [hit for hit in found.hits if log_odds(hit.score) > log_odds(best) - BODY_MARGIN]
    bodies = tuple(dict.fromkeys(hit.document.metadata.body for hit in near if hit.document.metadata.body))
    return bodies[:MOST_BODIES]
