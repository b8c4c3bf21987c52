"""The five steps of an answer, each a function of the state before it.

Owns the states and their order, and what a scope leaves to be searched. Leaves the work of each step to its module, and
running them to `chain`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Citation, Reason, Refusal, Reply, Searched
from assistant.bodies import loaded_bodies
from assistant.citations import verify
from assistant.composer import Composer, Draft
from assistant.conversation import Turn
from assistant.evidence import DEPTH, select
from assistant.followup import follow_up
from assistant.gates import about_another, is_of_other_period, nothing_in, spelled_years
from assistant.graded import structured
from assistant.holdings import Holdings
from assistant.lexicon import Lexicon
from assistant.question import Question, QuestionKind, asked_about, understand, understand_for
from assistant.reference import NOWHERE
from assistant.render import describe_document
from assistant.responses import said_to
from assistant.scope import EVERYTHING, Allowed, Scope, allowed, as_of_note, of_months
from assistant.selection import Chosen, Found, Selection, Shortfall
from assistant.sentences import log_odds, probability
from assistant.source import source_of
from index.query import Query
from index.retriever import Hit, HybridRetriever
from ingest.document import Document

NEAREST = 3  # paragraphs shown with a refusal
BEFORE_DEPTH = 100  # hits among which the paragraphs that the turn before cited are looked for
PERIOD_DEPTH = 5  # hits in each report, when several are asked about
LONGEST_QUESTION = 2_000  # characters
BEHIND = 0.5  # log odds that a response lies behind the point it answers
BODY_MARGIN = 2.0  # log odds; not tuned; how far the best paragraph on a second body may lie behind
MOST_BODIES = 3  # that an answer speaks of when the question names none
KEPT_HOLDINGS = 64  # sets of documents; a set takes about as much memory as its share of the whole
KEPT_SCOPES = 16  # scopes whose holdings stay in memory; one takes some megabytes, and readers use a few


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes in: what it is limited to, and the turns before it, oldest first."""

    question: str
    scope: Scope = EVERYTHING
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What may be answered from."""

    scope: Scope
    allowed: Allowed
    holdings: Holdings
    searched: Searched

    @property
    def within(self) -> frozenset[str] | None:
        """Ids of the documents to look in; None for all."""
        return None if self.allowed.is_everything else frozenset(document.id for document in self.allowed.documents)


@dataclass(frozen=True, slots=True)
class Understood:
    question: Question
    view: View


@dataclass(frozen=True, slots=True)
class Retrieved:
    question: Question
    view: View
    found: Found


@dataclass(frozen=True, slots=True)
class Selected:
    question: Question
    view: View
    found: Found
    selection: Selection | Shortfall


@dataclass(frozen=True, slots=True)
class Composed:
    selected: Selected
    draft: Draft | None  # None when there is nothing to answer from


class Steps:
    """The steps with what they need: the retriever, what is known of the loaded documents, and a composer."""

    def __init__(self, retriever: HybridRetriever, holdings: Holdings, composer: Composer) -> None:
        self._retriever, self._library, self._composer = retriever, holdings, composer
        self._lexicon = Lexicon.of(holdings.documents, retriever.rarity)
        self._view = lru_cache(KEPT_SCOPES)(self._new_view)
        self._kept: dict[tuple[tuple[str, tuple[str, ...]], ...], Holdings] = {}

    @property
    def rarity(self) -> Mapping[str, float]:
        return self._retriever.rarity

    @property
    def retriever(self) -> HybridRetriever:
        """The search these steps use; an evaluation that searches beside it need not load the model again."""
        return self._retriever

    def find(self, asked: str | Asked, k: int) -> list[Hit]:
        """The `k` paragraphs most likely to hold the answer, best first."""
        state = self.understand(asked)
        if not state.question.query.text:
            return []
        return self._search(state.question.query, k, self._inner(state.question, state.view))

    def understand(self, asked: str | Asked) -> Understood:
        asked = Asked(asked) if isinstance(asked, str) else asked
        view = self._view(asked.scope)
        # Half a surrogate pair, as a damaged command line or JSON line can hold, is no text to a tokenizer or a file.
        text = asked.question.encode("utf-8", "replace").decode("utf-8").strip()[:LONGEST_QUESTION]
        if not any(map(str.isalnum, text)):
            return Understood(Question(text, QuestionKind.FACT, Query("", "", ()), (), frozenset(), ()), view)
        documents = view.holdings.documents
        follows = follow_up(text, asked.turns, documents)
        if follows is None:
            return Understood(understand(text, documents, self._lexicon), view)
        question = understand(follows.question, documents, self._lexicon)
        kept = tuple(item for item in follows.source_of if item.paragraph.id in view.holdings.document_of)
        of_period = frozenset[str]().union(*question.periods)
        before = frozenset(
            item.paragraph.id for item in asked.turns[-1].citations if not of_period or item.document.id in of_period
        )
        question = replace(question, asked=text, rewritten=follows.question, source_of=kept, before=before)
        return Understood(question, view)

    def retrieve(self, state: Understood) -> Retrieved:
        question, view = state.question, state.view
        if not question.query.text:
            return Retrieved(question, view, Found(()))
        return Retrieved(question, view, self._found(question, view))

    def select(self, state: Retrieved) -> Selected:
        question, view, found = state.question, state.view, state.found
        if not question.query.text:
            shortfall = Shortfall(Reason.NO_QUESTION, "Please ask about the reports in a few words.")
            return Selected(question, view, found, shortfall)
        return Selected(question, view, found, self._selection(question, view, found))

    def compose(self, state: Selected) -> Composed:
        *_, whole = self.composing(state)
        return whole

    def composing(self, state: Selected) -> Iterator[Composed]:
        """The draft as it grows; the last is whole."""
        if isinstance(state.selection, Shortfall):
            yield Composed(state, None)
            return
        question = state.question.rewritten or state.question.asked
        for draft in self._composer.drafts(question, state.selection.chosen):
            yield Composed(state, draft)

    def verify(self, state: Composed) -> Reply:
        selected, view = state.selected, state.selected.view
        nearest = tuple(
            Citation(hit.paragraph, hit.document, hit.paragraph.text) for hit in selected.found.hits[:NEAREST]
        )
        asked = selected.question.asked
        reply: Reply
        match selected.selection:
            case Shortfall(reason, explanation):
                reply = Refusal(asked, reason, explanation, view.searched, nearest)
            case Selection(_, notes):
                reply = verify(asked, state.draft or Draft(()), view.searched, nearest, notes)
        rewritten = selected.question.rewritten
        return replace(_with_note(reply, _left_out(view)), scope=view.scope, rewritten=rewritten)

    # --- within the body, report and period asked about ---------------------------------------------------------------

    def _selection(self, question: Question, view: View, found: Found) -> Selection | Shortfall:
        """The evidence for the body, report and period asked about, or the refusal that says what there is instead."""
        if question.source_of:
            return source_of(question.source_of)
        inner = self._inner(question, view)
        if several := self._bodies_found(question, view, found):
            return self._for_each_body(question, view, several)
        selection = select(question, found, inner.holdings, self.rarity)
        if isinstance(selection, Shortfall):
            other = about_another(question, ()) if selection.reason is Reason.NOT_ANSWERED else None
            return other or (self._elsewhere(question, view, selection) if question.reference.documents else selection)
        if shortfall := about_another(question, selection.chosen):
            return shortfall
        if not is_of_other_period(question, selection.chosen):
            return selection
        if question.periods:
            own = self._narrowed(inner, frozenset(key for period in question.periods for key in period))
            again = select(question, self._found(question, own), own.holdings, self.rarity)
            if isinstance(again, Selection):
                return again
        return nothing_in(spelled_years(question), selection.chosen)

    def _elsewhere(self, question: Question, view: View, shortfall: Shortfall) -> Shortfall:
        """The refusal of a question about one report: it says so when another report of the body speaks of it."""
        if shortfall.reason is not Reason.NOT_ANSWERED:
            return shortfall
        anywhere = replace(question, reference=NOWHERE)
        outer = self._inner(anywhere, view)
        selection = select(anywhere, self._found(anywhere, outer), outer.holdings, self.rarity)
        return nothing_in(question.reference.said, selection.chosen) if isinstance(selection, Selection) else shortfall

    def _bodies_found(self, question: Question, view: View, found: Found) -> tuple[str, ...]:
        """The bodies to answer for, best first, when there are several and the question names none."""
        if question.bodies or question.other_bodies or len(loaded_bodies(view.holdings.documents)) < 2:
            return ()
        best = max(hit.score for hit in found.hits)
        near = [hit for hit in found.hits if log_odds(hit.score) > log_odds(best) - BODY_MARGIN]
        bodies = tuple(dict.fromkeys(hit.document.metadata.body for hit in near if hit.document.metadata.body))
        return bodies[:MOST_BODIES]

    def _for_each_body(self, question: Question, view: View, bodies: Sequence[str]) -> Selection | Shortfall:
        """What is found for each of the bodies, and a note that the question names none."""
        chosen: list[Chosen] = []
        notes: list[str] = []
        shortfalls: list[Shortfall] = []
        for body in bodies:
            one = understand_for(question, body, view.holdings.documents)
            selection = self._selection(one, view, self._found(one, view))
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

    def _found(self, question: Question, view: View) -> Found:
        """What is retrieved for the question from the documents it is about."""
        inner = self._inner(question, view)
        hits = self._hits(question.query, DEPTH, inner)
        hits += self._cited_before(question, hits, inner)
        by_period = tuple(
            self._hits(side.query, PERIOD_DEPTH, self._inner(side, inner), side.periods[0]) for side in question.sides
        )
        by_part = tuple(
            tuple(self._search(part.query, PERIOD_DEPTH, inner, part.periods[0] if len(part.periods) == 1 else None))
            for part in question.parts
        )
        closeness = self._retriever.closeness(question.query, structured(question, inner.holdings))
        likeness = self._retriever.likeness([[hit.paragraph.id for hit in group] for group in by_period])
        return Found(hits, by_period, by_part, closeness, likeness, meets=self._retriever.met)

    def _hits(self, query: Query, k: int, view: View, within: frozenset[str] | None = None) -> tuple[Hit, ...]:
        """At most `k` hits and the paragraphs that respond to them, each nearly as likely as what it responds to; best first."""
        hits = tuple(self._search(query, k, view, within))
        points = said_to(hits, view.holdings)
        if not points:
            return hits
        wide = self._search(query, BEFORE_DEPTH, view, within, also=frozenset(points))
        raised = {
            hit.paragraph.id: replace(
                hit, score=max(hit.score, probability(log_odds(points[hit.paragraph.id]) - BEHIND))
            )
            for hit in wide
            if hit.paragraph.id in points
        }
        others = [hit for hit in hits if hit.paragraph.id not in raised]
        return tuple(sorted([*others, *raised.values()], key=lambda hit: -hit.score))

    def _cited_before(self, question: Question, hits: Sequence[Hit], view: View) -> tuple[Hit, ...]:
        """The paragraphs of the view that the turn before cited and the search for this one left out."""
        missing = (question.before & view.holdings.document_of.keys()) - {hit.paragraph.id for hit in hits}
        wide = self._search(question.query, BEFORE_DEPTH, view) if missing else []
        return tuple(hit for hit in wide if hit.paragraph.id in missing)

    def _inner(self, question: Question, view: View) -> View:
        """The view with only the documents asked about; of dated entries those of the months asked about, where there are any."""
        view = self._narrowed(view, asked_about(question, view.holdings.documents))
        left = of_months(view.allowed, question.months)
        return view if left is view.allowed else replace(view, allowed=left, holdings=self._holdings(left.documents))

    def _narrowed(self, view: View, ids: frozenset[str] | None) -> View:
        """The view with only these documents; the same when it holds no others."""
        kept = tuple(item for item in view.allowed.documents if ids is None or item.id in ids)
        if len(kept) == len(view.allowed.documents):
            return view
        left = replace(view.allowed, documents=kept, is_everything=False)
        return replace(view, allowed=left, holdings=self._holdings(kept))

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
            return self._retriever.search(query, k, within=within if ids is None else ids, also=also)
        cut = {document.id for document in view.allowed.later}
        wide = k + sum(len(document.paragraphs) for document in view.allowed.documents if document.id in cut)
        hits = self._retriever.search(query, wide, within=ids, also=also)
        return [hit for hit in hits if hit.paragraph.id in view.holdings.document_of][:k]

    def _holdings(self, documents: tuple[Document, ...]) -> Holdings:
        """What is known of some of the documents; kept, since the same reports are asked about again and again."""
        key = tuple((document.id, tuple(item.id for item in document.paragraphs)) for document in documents)
        found = self._kept.get(key)
        if found is None:
            found = Holdings.of(documents, self._library.register)
            if len(self._kept) >= KEPT_HOLDINGS:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _new_view(self, scope: Scope) -> View:
        left = allowed(scope, self._library.documents)
        holdings = self._library if left.is_everything else self._holdings(left.documents)
        paragraphs = sum(1 for document in left.documents for _ in document.citable())
        return View(scope, left, holdings, Searched(left.documents, paragraphs))


def _left_out(view: View) -> str:
    return as_of_note(view.scope, view.allowed.later, [describe_document(document) for document in view.allowed.later])


def _with_note(reply: Reply, note: str) -> Reply:
    """The reply with a note of ours added: among an answer's notes, or behind a refusal's explanation."""
    if not note:
        return reply
    if isinstance(reply, Refusal):
        return replace(reply, explanation=f"{reply.explanation} {note}")
    return replace(reply, notes=(*reply.notes, note))
