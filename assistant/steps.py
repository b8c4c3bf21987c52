"""The five steps of an answer, each a function of the state before it.

Owns the states and their order. Leaves the work of each step to its module, and running them to `chain`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.answer import Citation, Reason, Refusal, Reply
from assistant.attempts import Attempts
from assistant.citations import verify
from assistant.composer import Composer, Draft
from assistant.conversation import Turn
from assistant.followup import follow_up
from assistant.holdings import Holdings
from assistant.lexicon import Lexicon
from assistant.question import Question, understand
from assistant.render import describe_document
from assistant.scope import EVERYTHING, Scope, as_of_note
from assistant.searching import Searching
from assistant.selection import Found, Selection, Shortfall
from assistant.source import source_of
from assistant.views import View, Views
from assistant.wants import QuestionKind
from index.query import Query
from index.retriever import Hit, HybridRetriever

NEAREST = 3  # paragraphs shown with a refusal
LONGEST_QUESTION = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes in: what it is limited to, and the turns before it, oldest first."""

    question: str
    scope: Scope = EVERYTHING
    turns: tuple[Turn, ...] = ()


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
        self._lexicon = Lexicon.of(holdings.documents, retriever.rarity)
        self._views = Views(holdings)
        self._searching = Searching(retriever, self._views)
        self._attempts = Attempts(self._searching, self._views)
        self._composer = composer

    @property
    def rarity(self) -> Mapping[str, float]:
        return self._searching.rarity

    @property
    def retriever(self) -> HybridRetriever:
        """The search these steps use; an evaluation that searches beside it need not load the model again."""
        return self._searching.retriever

    def find(self, asked: str | Asked, k: int) -> list[Hit]:
        """The `k` paragraphs most likely to hold the answer, best first."""
        state = self.understand(asked)
        return self._searching.best(state.question, state.view, k) if state.question.query.text else []

    def understand(self, asked: str | Asked) -> Understood:
        asked = Asked(asked) if isinstance(asked, str) else asked
        view = self._views.of_scope(asked.scope)
        # Half a surrogate pair, as a damaged command line or JSON line can hold, is no text to a tokenizer or a file.
        text = asked.question.encode("utf-8", "replace").decode("utf-8").strip()[:LONGEST_QUESTION]
        if not any(map(str.isalnum, text)):
            return Understood(Question(text, QuestionKind.FACT, Query("", "", ()), (), frozenset(), ()), view)
        follows = follow_up(text, asked.turns, view.holdings.documents)
        question = understand(follows.question if follows else text, view.holdings.documents, self._lexicon)
        if follows:
            held = tuple(item for item in follows.source_of if item.paragraph.id in view.holdings.document_of)
            question = replace(question, asked=text, rewritten=follows.question, source_of=held)
        return Understood(question, view)

    def retrieve(self, state: Understood) -> Retrieved:
        question, view = state.question, state.view
        return Retrieved(question, view, self._searching.found(question, view) if question.query.text else Found(()))

    def select(self, state: Retrieved) -> Selected:
        question, view, found = state.question, state.view, state.found
        selection: Selection | Shortfall
        if not question.query.text:
            selection = Shortfall(Reason.NO_QUESTION, "Please ask about the reports in a few words.")
        elif question.source_of:
            selection = source_of(question.source_of)
        else:
            selection = self._attempts.selection(question, view, found)
        return Selected(question, view, found, selection)

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


def _left_out(view: View) -> str:
    return as_of_note(view.scope, view.allowed.later, [describe_document(document) for document in view.allowed.later])


def _with_note(reply: Reply, note: str) -> Reply:
    """The reply with a note of ours added: among an answer's notes, or behind a refusal's explanation."""
    if not note:
        return reply
    if isinstance(reply, Refusal):
        return replace(reply, explanation=f"{reply.explanation} {note}")
    return replace(reply, notes=(*reply.notes, note))
