"""The retrieval chain: the steps of an answer as LangChain runnables, and the search as a LangChain retriever.

Owns LangChain's types; no other module but `model` sees them. Leaves what each step does to its own module.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda
from pydantic import ConfigDict

from assistant.answer import Reply
from assistant.render import citation_json
from assistant.steps import Asked, Composed, Steps


def build_chain(steps: Steps) -> Runnable[str | Asked, Reply]:
    """understand -> retrieve -> select -> compose -> verify, as one runnable.

    `invoke` takes a question, or an Asked with scope and turns, and returns a Reply. `stream` gives the reply so far each
    time a sentence of a chat model has held, and the whole reply last; without a chat model that is all it gives.
    `batch` and `astream_events` work as in any LangChain chain, and the steps carry their names, so that a tracer shows
    where a question went.
    """

    def verified(drafts: Iterator[Composed]) -> Iterator[Reply]:
        yield from map(steps.verify, drafts)

    async def verified_later(drafts: AsyncIterator[Composed]) -> AsyncIterator[Reply]:
        async for draft in drafts:
            yield steps.verify(draft)

    return (
        RunnableLambda(steps.understand, name="understand")
        | RunnableLambda(steps.retrieve, name="retrieve")
        | RunnableLambda(steps.select, name="select")
        | RunnableLambda(steps.composing, name="compose")
        | RunnableGenerator(verified, verified_later, name="verify")
    )


class ReportRetriever(BaseRetriever):
    """The search of this project for use in other LangChain chains.

    Each LangChain document holds one paragraph; its metadata is what a citation carries, and its score.
    """

    steps: Any  # Steps; pydantic must not look inside
    k: int = 8
    model_config = ConfigDict(arbitrary_types_allowed=True)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        from assistant.answer import Citation

        found = []
        for hit in self.steps.find(query, self.k):
            metadata = citation_json(Citation(hit.paragraph, hit.document, hit.paragraph.text))
            text = metadata.pop("paragraph")
            metadata.pop("quote")
            found.append(
                LangChainDocument(page_content=text, id=hit.paragraph.id, metadata={**metadata, "score": hit.score})
            )
        return found
