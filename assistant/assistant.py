"""READ FIRST: a question becomes an Answer or a Refusal.

    understand -> retrieve -> select -> compose -> verify

Owns the calls that the page, the terminal and the evaluation make. Leaves each step to its module: `question`,
`index.retriever`, `evidence`, `composer`, `citations`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.runnables import Runnable

from assistant.answer import Reply
from assistant.conversation import Turn
from assistant.examples import examples
from assistant.holdings import Holdings
from assistant.scope import EVERYTHING, Scope
from assistant.steps import Asked, Steps
from index.retriever import Hit
from index.store import Store
from ingest.document import Document


@dataclass(frozen=True, slots=True)
class Assistant:
    """The loaded documents and the chain that answers from them."""

    store: Store
    holdings: Holdings
    steps: Steps
    chain: Runnable[str | Asked, Reply]

    def __repr__(self) -> str:
        return f"Assistant({len(self.documents)} documents in {self.store.path})"

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.store.documents

    def ask(self, question: str, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()) -> Reply:
        """An answer whose every statement is cited, or a refusal that says why.

        Args:
            scope: what to answer from.
            turns: the turns of the conversation before this question, oldest first; `Turn.of(reply)` makes one.

        Raises:
            ScopeError: the scope names a body, document, period or date that is not loaded.
        """
        return self.chain.invoke(Asked(question, scope, tuple(turns)))

    def stream(self, question: str, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()) -> Iterator[Reply]:
        """The reply as it grows, each of its statements already checked; the last is what `ask` returns.

        Only a chat model's words come one after the other, and each goes to its place in the order of the evidence; what
        the model leaves out is quoted at the end. Arguments as for `ask`.
        """
        return self.chain.stream(Asked(question, scope, tuple(turns)))

    def find(self, question: str, k: int, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()) -> list[Hit]:
        """The `k` paragraphs most likely to hold the answer, best first, without answering. Arguments as for `ask`."""
        return self.steps.find(Asked(question, scope, tuple(turns)), k)

    def explain(
        self, question: str, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()
    ) -> Iterator[tuple[str, object]]:
        """The name and the result of each step, as it ends; the last is the reply. Arguments as for `ask`."""
        state: object = Asked(question, scope, tuple(turns))
        for name in ("understand", "retrieve", "select", "compose", "verify"):
            state = getattr(self.steps, name)(state)
            yield name, state

    def examples(self) -> tuple[str, ...]:
        """Questions that the loaded documents answer."""
        return examples(self.holdings)
