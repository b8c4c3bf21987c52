"""A chat model as composer: it words the answer over numbered evidence; the verifier decides what is said.

Owns LangChain chat models and what becomes of their replies. Off unless the settings name one. Leaves asking one within
its time to `patience`, and the form of evidence and reply to `numbered`.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from assistant.citations import check
from assistant.composer import Composer, Draft, DraftSentence
from assistant.instructions import defanged
from assistant.numbered import finished, left_out, numbered_evidence, parse
from assistant.patience import ModelSilentError, Patience
from assistant.selection import Chosen
from errors import ChatModelError

# LangChain provider -> (package to install, keyword of its address, keyword of its longest answer)
PROVIDERS = {
    "openai": ("langchain-openai", "base_url", "max_tokens"),
    "azure_openai": ("langchain-openai", "azure_endpoint", "max_tokens"),
    "anthropic": ("langchain-anthropic", "base_url", "max_tokens"),
    "ollama": ("langchain-ollama", "base_url", "num_predict"),
}
LLAMA_CPP = "http://127.0.0.1:8080/v1"  # where llama.cpp's own server listens unless told otherwise


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """What a chat model may take; see `settings` for bounds and reasons."""

    seconds: float
    evidence_tokens: int
    answer_tokens: int
    retries: int


def load_chat_model(name: str, limits: ModelLimits, url: str = "") -> BaseChatModel:
    """A chat model by LangChain's "provider:model" name; "llamacpp:any" is a llama.cpp server.

    Nothing is asked of it yet, so a server that is down is no error here.

    Raises:
        ChatModelError: its package is missing, or it refuses its settings.
    """
    provider, _, model = name.partition(":")
    if provider == "llamacpp":
        provider, name, url = "openai", f"openai:{model or 'local'}", url or LLAMA_CPP
    package, address, longest = PROVIDERS.get(
        provider, (f"langchain-{provider.replace('_', '-')}", "base_url", "max_tokens")
    )
    given: dict[str, Any] = {"temperature": 0, longest: limits.answer_tokens}
    if provider != "ollama":
        given |= {"timeout": limits.seconds, "max_retries": limits.retries}
    if url:
        given[address] = url
    if provider == "openai" and url and not os.environ.get("OPENAI_API_KEY"):
        given["api_key"] = "none"  # a server of one's own asks for no key, but the client wants one
    try:
        loaded: BaseChatModel = init_chat_model(name, **given)
    except ImportError:
        raise ChatModelError(name, f"its package is not installed; run pip install {package}.") from None
    except Exception as problem:  # noqa: BLE001  # each provider has its own errors for a missing key or a wrong name
        first = str(problem).strip().splitlines()[:1]
        raise ChatModelError(name, f"{first[0] if first else type(problem).__name__}.") from None
    return loaded


class ModelComposer:
    """Asks the model for sentences that each end with the numbers of their evidence.

    What it writes goes to the verifier like any draft. Chosen evidence that no sentence that holds rests on is quoted
    after it, and when none holds, or the model is down, slow, endless or empty, everything is: a model can change the
    wording, never what is proved.
    """

    def __init__(
        self, model: BaseChatModel, rules: str, prompt: str, limits: ModelLimits, fallback: Composer, patience: Patience
    ) -> None:
        self._model, self._rules, self._prompt = model, rules, prompt
        self._limits, self._fallback, self._patience = limits, fallback, patience

    def compose(self, question: str, evidence: Sequence[Chosen]) -> Draft:
        """The model's sentences, and quotes of the evidence that they leave uncovered."""
        *_, whole = self.drafts(question, evidence)
        return whole

    def drafts(self, question: str, evidence: Sequence[Chosen]) -> Iterator[Draft]:
        """A draft each time a further sentence of the model holds, and the whole of `compose` last."""
        numbered, sources = numbered_evidence(evidence, self._limits.evidence_tokens)
        if not sources:
            yield from self._fallback.drafts(question, evidence)
            return
        asked = [
            ("system", self._rules),
            ("human", self._prompt.format(question=defanged(question), evidence=numbered)),
        ]
        reply, whole, count, silence = "", "", 0, ""
        try:
            for piece in self._patience.stream(self._model, asked, self._limits.seconds, self._limits.answer_tokens):
                reply += piece
                if finished(reply) == whole:
                    continue
                whole = finished(reply)
                held = _held(parse(whole, sources))
                if len(held) > count:
                    count = len(held)
                    yield told_so_far(held, evidence)
        except ModelSilentError as problem:
            silence = str(problem)
        yield self._whole(question, evidence, parse(reply, sources), silence)

    def _whole(
        self, question: str, evidence: Sequence[Chosen], written: tuple[DraftSentence, ...], silence: str
    ) -> Draft:
        """The draft of a reply that has ended; `silence` says why it ended early."""
        held = _held(written)
        if held:
            note = (f"The language model broke off: {silence} What it left out is quoted.",) if silence else ()
            return replace(completed(written, held, evidence), notes=note)
        quotes = self._fallback.compose(question, evidence).sentences
        if silence:
            return Draft(quotes, (f"The language model was not used: {silence} The reports are quoted.",))
        why = "The language model wrote nothing that its sources carry; the reports are quoted."
        return Draft((*written, *quotes), (why,))


def _held(written: Sequence[DraftSentence]) -> list[DraftSentence]:
    return [sentence for sentence in written if not check(sentence).problems]


def told_so_far(held: Sequence[DraftSentence], evidence: Sequence[Chosen]) -> Draft:
    """The sentences that hold of a model that still writes, in the order of the evidence."""
    order = list(dict.fromkeys(item.paragraph.id for item in evidence))
    return Draft(tuple(sorted(held, key=lambda sentence: order.index(sentence.paragraph.id))), is_whole=False)


def completed(written: Sequence[DraftSentence], held: Sequence[DraftSentence], evidence: Sequence[Chosen]) -> Draft:
    """What the model wrote, in the order of the evidence, and behind it the words of each paragraph that it left out."""
    told = [source for sentence in held for source in sentence.sources]
    sentences: list[DraftSentence] = []
    for item in evidence:
        own = [sentence for sentence in written if sentence.paragraph.id == item.paragraph.id]
        sentences += [sentence for sentence in own if sentence not in sentences]
        sentences += left_out(item, told)
    return Draft(tuple(sentences))
