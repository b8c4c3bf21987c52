"""The five steps of an answer, each a function of the state before it.

Owns the states and their order. Leaves the work of each step to its module, and running them to `chain`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Citation, Reason, Refusal, Reply, Searched
from assistant.citations import verify
from assistant.composer import Composer, Draft
from assistant.evidence import DEPTH, select
from assistant.graded import structured
from assistant.holdings import Holdings
from assistant.lexicon import Lexicon
from assistant.question import Question, QuestionKind, understand
from assistant.selection import Found, Selection, Shortfall
from index.query import Query
from index.retriever import Hit, HybridRetriever

NEAREST = 3  # paragraphs shown with a refusal
PERIOD_DEPTH = 5  # hits in each report, when several are asked about
LONGEST_QUESTION = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Understood:
    question: Question


@dataclass(frozen=True, slots=True)
class Retrieved:
    question: Question
    found: Found


@dataclass(frozen=True, slots=True)
class Selected:
    question: Question
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
        paragraphs = sum(1 for document in holdings.documents for _ in document.citable())
        self._searched = Searched(holdings.documents, paragraphs)

    @property
    def rarity(self) -> Mapping[str, float]:
        return self._retriever.rarity

    def find(self, question: str, k: int) -> list[Hit]:
        """The `k` paragraphs most likely to hold the answer, best first."""
        return self._retriever.search(self.understand(question).question.query, k)

    def understand(self, question: str) -> Understood:
        # Half a surrogate pair, as a damaged command line or JSON line can hold, is no text to a tokenizer or a file.
        asked = question.encode("utf-8", "replace").decode("utf-8").strip()[:LONGEST_QUESTION]
        if not any(map(str.isalnum, asked)):
            return Understood(Question(asked, QuestionKind.FACT, Query("", "", ()), (), frozenset(), ()))
        return Understood(understand(asked, self._library.documents, self._lexicon))

    def retrieve(self, state: Understood) -> Retrieved:
        question = state.question
        if not question.query.text:
            return Retrieved(question, Found(()))
        hits = tuple(self._retriever.search(question.query, DEPTH))
        several = question.periods if len(question.periods) > 1 else ()
        by_period = tuple(tuple(self._retriever.search(question.query, PERIOD_DEPTH, within=ids)) for ids in several)
        closeness = self._retriever.closeness(question.query, structured(question, self._library))
        return Retrieved(question, Found(hits, by_period, closeness))

    def select(self, state: Retrieved) -> Selected:
        if not state.question.query.text:
            shortfall = Shortfall(Reason.NO_QUESTION, "Please ask about the reports in a few words.")
            return Selected(state.question, state.found, shortfall)
        chosen = select(state.question, state.found, self._library, self.rarity)
        return Selected(state.question, state.found, chosen)

    def compose(self, state: Selected) -> Composed:
        if isinstance(state.selection, Shortfall):
            return Composed(state, None)
        return Composed(state, self._composer.compose(state.question.asked, state.selection.chosen))

    def verify(self, state: Composed) -> Reply:
        selected = state.selected
        nearest = tuple(
            Citation(hit.paragraph, hit.document, hit.paragraph.text) for hit in selected.found.hits[:NEAREST]
        )
        asked = selected.question.asked
        match selected.selection:
            case Shortfall(reason, explanation):
                return Refusal(asked, reason, explanation, self._searched, nearest)
            case Selection(_, notes):
                draft = state.draft or Draft(())
                return verify(asked, draft, self._searched, nearest, notes)
