"""The five steps of an answer, each a function of the state before it.

Owns the states and their order, and what a scope leaves to be searched. Leaves the work of each step to its module, and
running them to `chain`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Citation, Reason, Refusal, Reply, Searched
from assistant.citations import verify
from assistant.composer import Composer, Draft
from assistant.conversation import Turn
from assistant.evidence import DEPTH, select
from assistant.graded import structured
from assistant.holdings import Holdings
from assistant.lexicon import Lexicon
from assistant.question import Question, QuestionKind, understand
from assistant.render import describe_document
from assistant.scope import EVERYTHING, Allowed, Scope, allowed, as_of_note
from assistant.selection import Found, Selection, Shortfall
from index.query import Query
from index.retriever import Hit, HybridRetriever

NEAREST = 3  # paragraphs shown with a refusal
PERIOD_DEPTH = 5  # hits in each report, when several are asked about
LONGEST_QUESTION = 2_000  # characters
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

    @property
    def rarity(self) -> Mapping[str, float]:
        return self._retriever.rarity

    def find(self, asked: str | Asked, k: int) -> list[Hit]:
        """The `k` paragraphs most likely to hold the answer, best first."""
        state = self.understand(asked)
        return self._search(state.question.query, k, state.view) if state.question.query.text else []

    def understand(self, asked: str | Asked) -> Understood:
        asked = Asked(asked) if isinstance(asked, str) else asked
        view = self._view(asked.scope)
        # Half a surrogate pair, as a damaged command line or JSON line can hold, is no text to a tokenizer or a file.
        text = asked.question.encode("utf-8", "replace").decode("utf-8").strip()[:LONGEST_QUESTION]
        if not any(map(str.isalnum, text)):
            return Understood(Question(text, QuestionKind.FACT, Query("", "", ()), (), frozenset(), ()), view)
        return Understood(understand(text, view.holdings.documents, self._lexicon), view)

    def retrieve(self, state: Understood) -> Retrieved:
        question, view = state.question, state.view
        if not question.query.text:
            return Retrieved(question, view, Found(()))
        hits = tuple(self._search(question.query, DEPTH, view))
        several = question.periods if len(question.periods) > 1 else ()
        by_period = tuple(tuple(self._search(question.query, PERIOD_DEPTH, view, ids)) for ids in several)
        closeness = self._retriever.closeness(question.query, structured(question, view.holdings))
        return Retrieved(question, view, Found(hits, by_period, closeness))

    def select(self, state: Retrieved) -> Selected:
        if not state.question.query.text:
            shortfall = Shortfall(Reason.NO_QUESTION, "Please ask about the reports in a few words.")
            return Selected(state.question, state.view, state.found, shortfall)
        chosen = select(state.question, state.found, state.view.holdings, self.rarity)
        return Selected(state.question, state.view, state.found, chosen)

    def compose(self, state: Selected) -> Composed:
        if isinstance(state.selection, Shortfall):
            return Composed(state, None)
        return Composed(state, self._composer.compose(state.question.asked, state.selection.chosen))

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
        return replace(_with_note(reply, _left_out(view)), scope=view.scope)

    def _search(self, query: Query, k: int, view: View, within: frozenset[str] | None = None) -> list[Hit]:
        """At most `k` hits in the documents of the view, and of `within` where it is given; entries later than the
        scope's date are passed over."""
        ids = view.within if within is None or view.within is None else within & view.within
        if not view.allowed.later:
            return self._retriever.search(query, k, within=within if ids is None else ids)
        cut = {document.id for document in view.allowed.later}
        wide = k + sum(len(document.paragraphs) for document in view.allowed.documents if document.id in cut)
        hits = self._retriever.search(query, wide, within=ids)
        return [hit for hit in hits if hit.paragraph.id in view.holdings.document_of][:k]

    def _new_view(self, scope: Scope) -> View:
        left = allowed(scope, self._library.documents)
        holdings = self._library if left.is_everything else Holdings.of(left.documents)
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
