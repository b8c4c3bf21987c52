"""What is found for a question in the documents that it is about.

Owns which searches a question needs: over all of its documents, of each period and part, and for what responds to a point.
Leaves ranking to `index`, and choosing to `evidence`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.graded import structured
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.selection import Found
from assistant.sentences import log_odds, probability
from assistant.views import View, Views
from index.query import Query
from index.retriever import Hit, HybridRetriever

DEPTH = 12  # hits that are considered; 91 % of evidence groups have a paragraph among the first ten
PERIOD_DEPTH = 5  # hits in each report, when several are asked about
WIDE_DEPTH = 100  # hits among which responses are looked for
# A response need not repeat the words of what it responds to, so the search may find a point and miss what was done about it.
LOOKED_AT = 6  # best hits whose responses are looked for; not tuned
MOST_POINTS = 2  # that a response may answer at once; one to the whole report says little about each point
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
        hits = self._hits(question.query, DEPTH, inner)
        by_period = tuple(
            self._hits(side.query, PERIOD_DEPTH, self._views.asked_about(side, inner), side.periods[0])
            for side in question.sides
        )
        by_part = tuple(
            tuple(self._search(part.query, PERIOD_DEPTH, inner, part.periods[0] if len(part.periods) == 1 else None))
            for part in question.parts
        )
        closeness = self.retriever.closeness(question.query, structured(question, inner.holdings))
        likeness = self.retriever.likeness([[hit.paragraph.id for hit in group] for group in by_period])
        return Found(hits, by_period, by_part, closeness, likeness, meets=self.retriever.met)

    def _hits(self, query: Query, k: int, view: View, within: frozenset[str] | None = None) -> tuple[Hit, ...]:
        """At most `k` hits and the paragraphs that respond to them, each nearly as likely as what it responds to; best
        first."""
        hits = tuple(self._search(query, k, view, within))
        points = _said_to(hits, view.holdings)
        if not points:
            return hits
        wide = self._search(query, WIDE_DEPTH, view, within, also=frozenset(points))
        raised = {
            hit.paragraph.id: replace(
                hit, score=max(hit.score, probability(log_odds(points[hit.paragraph.id]) - BEHIND))
            )
            for hit in wide
            if hit.paragraph.id in points
        }
        others = [hit for hit in hits if hit.paragraph.id not in raised]
        return tuple(sorted([*others, *raised.values()], key=lambda hit: -hit.score))

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


def _said_to(hits: Sequence[Hit], holdings: Holdings) -> Mapping[str, float]:
    """Id of each paragraph that responds to one of the best hits -> the best score of such a hit."""
    points = {
        paragraph.id: point.id
        for point in holdings.register.points
        for paragraph in (*point.paragraphs, *point.repeats)
    }
    responses = [
        response
        for response in holdings.register.responses
        if 0 < len(response.answers) <= MOST_POINTS and holdings.holds(response.paragraphs)
    ]
    saying = {paragraph.id for response in responses for paragraph in response.paragraphs}
    found: dict[str, float] = {}
    for hit in hits[:LOOKED_AT]:
        if hit.paragraph.id in saying:
            continue
        below = _next(hit)
        for response in responses:
            if points.get(hit.paragraph.id) in response.answers or response.paragraphs[0].id == below:
                for paragraph in response.paragraphs:
                    found[paragraph.id] = max(hit.score, found.get(paragraph.id, 0.0))
    return found


def _next(hit: Hit) -> str | None:
    """Id of the citable paragraph that stands below the hit: what answers a point that a paper prints again."""
    paragraphs = list(hit.document.citable())
    places = [place for place, paragraph in enumerate(paragraphs) if paragraph.id == hit.paragraph.id]
    following = paragraphs[places[0] + 1 : places[0] + 2] if places else []
    return following[0].id if following else None
