"""A chat model as composer: it words the answer over numbered evidence; the verifier decides what is said.

Owns LangChain chat models. Off unless the settings name one.
"""

import re
from collections.abc import Sequence

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from assistant.citations import check
from assistant.composer import Composer, Draft, DraftSentence
from assistant.selection import Chosen
from errors import ChatModelError
from index.tokens import count_tokens

_CITED = re.compile(r"^\s*[-*]?\s*(?P<text>.+?)\s*\[(?P<number>\d+)\]\s*\.?\s*$")


def load_chat_model(name: str, seconds: float) -> BaseChatModel:
    """A chat model by LangChain's "provider:model" name.

    Raises:
        ChatModelError: its package is missing, or it refuses its settings.
    """
    try:
        return init_chat_model(name, temperature=0, timeout=seconds, max_retries=1)
    except (ImportError, ValueError, TypeError) as problem:
        raise ChatModelError(name, str(problem)) from None


class ModelComposer:
    """Asks the model for sentences that each end with the number of their evidence.

    Sentences that the verifier would drop are dropped here already, and when none is left, or the model is down, slow
    or empty, the quoting composer answers instead: a model can change the wording, never what is proved.
    """

    def __init__(self, model: BaseChatModel, prompt: str, tokens: int, fallback: Composer) -> None:
        self._model, self._prompt, self._tokens, self._fallback = model, prompt, tokens, fallback

    def compose(self, question: str, evidence: Sequence[Chosen]) -> Draft:
        """The model's sentences that hold, or the quoting composer's draft."""
        numbered, quotes = self._evidence(evidence)
        try:
            reply = self._model.invoke(self._prompt.format(question=question, evidence=numbered))
        except Exception:  # noqa: BLE001  # whatever a provider raises, the answer must not depend on it
            return self._fallback.compose(question, evidence)
        sentences = parse(str(reply.content), quotes)
        held = tuple(sentence for sentence in sentences if not check(sentence).problems)
        return Draft(held, written_by_model=True) if held else self._fallback.compose(question, evidence)

    def _evidence(self, evidence: Sequence[Chosen]) -> tuple[str, list[DraftSentence]]:
        """Numbered quotes within the token budget, as text and as what each number stands for."""
        quotes: list[DraftSentence] = []
        lines: list[str] = []
        for item in evidence:
            for start, end in item.spans:
                quote = item.paragraph.text[start:end].strip()
                if quotes and count_tokens("\n".join([*lines, quote])) > self._tokens:
                    break
                quotes.append(DraftSentence(quote, item.paragraph, item.document, quote))
                lines.append(f"[{len(quotes)}] {quote}")
        return "\n".join(lines), quotes


def parse(reply: str, quotes: Sequence[DraftSentence]) -> list[DraftSentence]:
    """The sentences of a model's reply that end with a known number; anything else it wrote is left out."""
    found = []
    for line in re.split(r"\n+|(?<=\])\s+(?=[A-Z])", reply):
        match = _CITED.match(line)
        number = int(match["number"]) if match else 0
        if match and 1 <= number <= len(quotes):
            source = quotes[number - 1]
            found.append(DraftSentence(match["text"], source.paragraph, source.document, source.quote))
    return found
