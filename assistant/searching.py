"""What is found for a question in the documents that it is about.

Owns which searches a question needs: over all of its documents, of each period and part, for what responds to a point,
and for what the turn before cited. Leaves ranking to `index`, and choosing to `evidence`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.graded import structured
from assistant.question import Question
from assistant.responses import said_to
from assistant.selection import Found
from assistant.sentences import log_odds, probability
from assistant.views import View, Views
from index.query import Query
from index.retriever import Hit, HybridRetriever

DEPTH = 12  # hits that are considered; 91 % of evidence groups have a paragraph among the first ten
PERIOD_DEPTH = 5  # hits in each report, when several are asked about
WIDE_DEPTH = 100  # hits among which responses, and what the turn before cited, are looked for
BEHIND = 0.5  # log odds that a response lies behind the point it answers


class Searching:
    """The searches for a question, in views of the loaded documents."""

    def __init__(self, retriever: HybridRetriever, views: Views) -> None:
        self.retriever, self._views = retriever, views

    @property
    def rarity(self) -> Mapping[str, float]:
        return self.retriever.rarity

    def best(self, question: Question, view: View, k: int) -> list[Hit]:
        """The `k` paragraphs most likely to hold the answer, best first."""
        return self._search(question.query, k, self._views.asked_about(question, view))

    def found(self, question: Question, view: View) -> Found:
        """What the question is to be answered from, of the documents it is about."""
        inner = self._views.asked_about(question, view)
        hits = self._with_responses(question, self._search(question.query, DEPTH, inner), inner)
        hits += self._cited_before(question, hits, inner)
        several = question.periods if len(question.periods) > 1 and not question.goes_on else ()
        by_period = tuple(tuple(self._search(question.query, PERIOD_DEPTH, inner, ids)) for ids in several)
        by_part = tuple(
            tuple(self._search(part.query, PERIOD_DEPTH, inner, part.periods[0] if len(part.periods) == 1 else None))
            for part in question.parts
        )
        closeness = self.retriever.closeness(question.query, structured(question, inner.holdings))
        likeness = self.retriever.likeness([[hit.paragraph.id for hit in group] for group in by_period])
        return Found(tuple(hits), by_period, by_part, closeness, likeness, meets=self.retriever.met)

    def _with_responses(self, question: Question, hits: list[Hit], view: View) -> list[Hit]:
        """The hits and the paragraphs that respond to them, each nearly as likely as what it responds to; best first."""
        points = said_to(hits, view.holdings)
        if not points:
            return hits
        wide = self._search(question.query, WIDE_DEPTH, view, also=frozenset(points))
        raised = {
            hit.paragraph.id: replace(
                hit, score=max(hit.score, probability(log_odds(points[hit.paragraph.id]) - BEHIND))
            )
            for hit in wide
            if hit.paragraph.id in points
        }
        others = [hit for hit in hits if hit.paragraph.id not in raised]
        return sorted([*others, *raised.values()], key=lambda hit: -hit.score)

    def _cited_before(self, question: Question, hits: Sequence[Hit], view: View) -> list[Hit]:
        """The paragraphs of the view that the turn before cited and the search for this one left out."""
        missing = (question.before & view.holdings.document_of.keys()) - {hit.paragraph.id for hit in hits}
        wide = self._search(question.query, WIDE_DEPTH, view) if missing else []
        return [hit for hit in wide if hit.paragraph.id in missing]

    def _search(
        self,
        query: Query,
        k: int,
        view: View,
        within: frozenset[str] | None = None,
        also: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """At most `k` hits in the documents of the view, and of `within` where it is given; entries later than the
        scope's date are passed over."""
        ids = view.within if within is None or view.within is None else within & view.within
        if not view.allowed.later:
            return self.retriever.search(query, k, within=within if ids is None else ids, also=also)
        cut = {document.id for document in view.allowed.later}
        wide = k + sum(len(document.paragraphs) for document in view.allowed.documents if document.id in cut)
        hits = self.retriever.search(query, wide, within=ids, also=also)
        return [hit for hit in hits if hit.paragraph.id in view.holdings.document_of][:k]
