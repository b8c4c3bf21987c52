"""What the page needs of the rest of the program, as one protocol, and the Assistant behind it.

Owns the seam between the page and the assistant, and exchanging the assistant when the documents change. Leaves
answering to `assistant` and indexing to `index.build`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from assistant.answer import Reply
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.scope import Scope
from index.retriever import Hit
from ingest.document import Document
from ingest.register import Register
from ui.shelf import Shelf


class Desk(Protocol):
    """What the page needs of the assistant."""

    @property
    def documents(self) -> tuple[Document, ...]: ...

    @property
    def shelf(self) -> Shelf: ...

    @property
    def fingerprint(self) -> str: ...  # of the indexed files; it changes when any of them does

    @property
    def folder(self) -> Path: ...  # where the index lies; the page keeps its own files beside it

    @property
    def unreadable(self) -> tuple[str, ...]: ...  # files that could not be read, each with the reason and a remedy

    @property
    def register(self) -> Register: ...

    def ask(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Reply: ...  # `earlier` in their order

    def find(self, question: str, k: int, scope: Scope) -> list[Hit]: ...  # best first

    def examples(self) -> tuple[str, ...]: ...


@dataclass(slots=True)
class LiveDesk:
    """The assistant now in use. `reopen` exchanges it whole, so that a reader sees the old documents or the new ones."""

    opened: Callable[[], Assistant]
    _now: "_Now" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._now = _Now(self.opened())

    def reopen(self) -> None:
        self._now = _Now(self.opened())

    @property
    def documents(self) -> tuple[Document, ...]:
        return self._now.assistant.documents

    @property
    def shelf(self) -> Shelf:
        return self._now.shelf

    @property
    def fingerprint(self) -> str:
        return self._now.assistant.store.manifest.fingerprint

    @property
    def folder(self) -> Path:
        return self._now.assistant.store.path

    @property
    def unreadable(self) -> tuple[str, ...]:
        return tuple(why for _, _, why in self._now.assistant.store.manifest.unreadable)

    @property
    def register(self) -> Register:
        return self._now.register

    def ask(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Reply:
        return self._now.assistant.ask(question, scope, [Turn.of(reply) for reply in earlier])

    def find(self, question: str, k: int, scope: Scope) -> list[Hit]:
        return self._now.assistant.find(question, k, scope)

    def examples(self) -> tuple[str, ...]:
        return self._now.assistant.examples()


class _Now:
    """One assistant and what is worked out from its documents at first need."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf.of(self.assistant.documents)

    @cached_property
    def register(self) -> Register:
        return Register.of(self.assistant.documents)
