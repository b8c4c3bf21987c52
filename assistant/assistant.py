"""READ FIRST: a question becomes an Answer or a Refusal.

    understand -> retrieve -> select -> compose -> verify

Owns the calls that the page, the terminal and the evaluation make. Leaves each step to its module: `question`,
`index.retriever`, `evidence`, `composer`, `citations`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from langchain_core.runnables import Runnable

from assistant.answer import Reply
from assistant.examples import examples
from assistant.holdings import Holdings
from assistant.steps import Steps
from index.retriever import Hit
from index.store import Store
from ingest.document import Document


@dataclass(frozen=True, slots=True)
class Assistant:
    """The loaded documents and the chain that answers from them."""

    store: Store
    holdings: Holdings
    steps: Steps
    chain: Runnable[str, Reply]

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.store.documents

    def ask(self, question: str) -> Reply:
        """An answer whose every statement is cited, or a refusal that says why."""
        return self.chain.invoke(question)

    def find(self, question: str, k: int) -> list[Hit]:
        """The `k` paragraphs most likely to hold the answer, best first, without answering."""
        return self.steps.find(question, k)

    def explain(self, question: str) -> Iterator[tuple[str, object]]:
        """The name and the result of each step, as it ends; the last is the reply."""
        state: object = question
        for name in ("understand", "retrieve", "select", "compose", "verify"):
            state = getattr(self.steps, name)(state)
            yield name, state

    def examples(self) -> tuple[str, ...]:
        """Questions that the loaded documents answer."""
        return examples(self.holdings)
