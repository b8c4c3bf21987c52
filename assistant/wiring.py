"""Puts an Assistant together.

Owns which adapter serves which protocol. Leaves everything else to the parts.
"""

from pathlib import Path

from assistant.assistant import Assistant
from assistant.chain import build_chain
from assistant.composer import Composer, QuoteComposer
from assistant.holdings import Holdings
from assistant.model import ModelComposer, ModelLimits, load_chat_model
from assistant.patience import Patience
from assistant.steps import Steps
from index.embedder import Embedder, MiniLM
from index.reranker import CrossEncoderReranker
from index.retriever import HybridRetriever
from index.store import open_store
from prompts import load_prompt
from settings import Settings


def open_assistant(store: Path, settings: Settings | None = None, embedder: Embedder | None = None) -> Assistant:
    """An assistant over the index in `store`.

    Raises:
        StoreError: the index is missing, damaged or out of date; the message has the command that mends it.
        RerankerError: the settings name a cross-encoder that cannot be used.
        ChatModelError: the settings name a chat model that cannot be used.
    """
    chosen = settings or Settings.load()
    embed = embedder or MiniLM()
    opened = open_store(store, embed)
    holdings = Holdings.of(opened.documents)
    reranker = CrossEncoderReranker(chosen.reranker) if chosen.reranker else None
    steps = Steps(HybridRetriever(opened, embed, reranker=reranker), holdings, _composer(chosen))
    steps.find("the first question", 1)  # loads the model now, not while somebody waits for the first answer
    return Assistant(opened, holdings, steps, build_chain(steps))


def _composer(settings: Settings) -> Composer:
    if not settings.chat_model:
        return QuoteComposer()
    limits = ModelLimits(
        settings.chat_seconds, settings.chat_tokens, settings.chat_answer_tokens, settings.chat_retries
    )
    model = load_chat_model(settings.chat_model, limits, settings.chat_url)
    rules, prompt = load_prompt("rules", ()), load_prompt("answer", ("question", "evidence"))
    return ModelComposer(model, rules, prompt, limits, QuoteComposer(), Patience())
