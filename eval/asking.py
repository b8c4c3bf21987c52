"""Questions put to the assistant as a person would put them: with the turns before them and the date they are asked of.

Owns what is called on the assistant and what is timed. Leaves judging to `outcome`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from assistant import Assistant
from assistant.answer import Reply
from assistant.confidence import confidence
from assistant.conversation import Turn
from assistant.scope import EVERYTHING, Scope
from assistant.steps import Retrieved
from eval.gold import GoldQuestion
from eval.outcome import Asked
from eval.stages import trace_of
from index.embedder import MiniLM
from index.store import open_store
from ingest.document import Document, Paragraph


class Found(Protocol):
    """What the evaluation looks at of an `index` Hit."""

    @property
    def paragraph(self) -> Paragraph: ...


class Paragraphs(Protocol):
    """What the evaluation looks at of an `index` Store."""

    @property
    def paragraphs(self) -> Mapping[str, Paragraph]: ...

    @property
    def document_of(self) -> Mapping[str, Document]: ...


class Holder(Protocol):
    """What has an index; enough for a command that looks at paragraphs and asks nothing."""

    @property
    def store(self) -> Paragraphs: ...


class Answerer(Protocol):
    """What can be evaluated: `assistant.Assistant`, and answerers of known score, which test the metrics."""

    @property
    def store(self) -> Paragraphs: ...

    def ask(self, question: str, scope: Scope = ..., turns: Sequence[Turn] = ...) -> Reply: ...

    def find(
        self, question: str, k: int, scope: Scope = ..., turns: Sequence[Turn] = ...
    ) -> Sequence[Found]: ...  # at most k, best first

    def explain(
        self, question: str, scope: Scope = ..., turns: Sequence[Turn] = ...
    ) -> Iterable[tuple[str, object]]: ...  # the states of the steps; may be empty


@dataclass(frozen=True, slots=True)
class Opened:
    """An index by itself."""

    store: Paragraphs


def open_index(path: Path) -> Opened:
    """The index in `path`, checked as for answering. The model is not loaded: that takes longer than all the rest.

    Raises:
        StoreError: the index is missing, damaged or out of date; the message has the command that mends it.
    """
    return Opened(open_store(path, MiniLM()))


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question is asked in: the turns before it and what it may be answered from."""

    scope: Scope
    turns: tuple[Turn, ...]


def setting(assistant: Answerer, gold: GoldQuestion) -> Setting:
    """Ask the earlier questions of the conversation, in order, each with the turns before it."""
    scope = Scope(as_of=gold.as_of) if gold.as_of else EVERYTHING
    turns: tuple[Turn, ...] = ()
    for question in gold.conversation:
        turns = (*turns, Turn.of(assistant.ask(question, scope, turns)))
    return Setting(scope, turns)


def put(assistant: Answerer, gold: GoldQuestion, depth: int, clock: Callable[[], float]) -> Asked:
    """Ask one question, then search for it and follow it through the stages.

    It is asked first, so that nothing the search leaves in memory shortens the time measured.
    """
    where = setting(assistant, gold)
    started = clock()
    reply = assistant.ask(gold.question, where.scope, where.turns)
    seconds = clock() - started
    found = assistant.find(gold.question, depth, where.scope, where.turns)
    states = list(assistant.explain(gold.question, where.scope, where.turns))
    trace = replace(trace_of(states), confidence=_confidence(assistant, states))
    return Asked(reply, tuple(hit.paragraph.id for hit in found), trace, seconds)


def _confidence(assistant: Answerer, states: Iterable[tuple[str, object]]) -> float | None:
    for _, state in states:
        if isinstance(state, Retrieved) and isinstance(assistant, Assistant):
            return confidence(state.question, state.found, assistant.steps.rarity)
    return None
