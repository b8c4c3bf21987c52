"""What the page needs of the rest of the program, as one protocol, and the Assistant behind it.

Owns the seam between the page and the assistant, and exchanging the assistant when the documents change. Leaves
answering to `assistant` and indexing to `index.build`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from assistant import open_assistant
from assistant.answer import Reply
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.scope import Scope
from index.build import Change, build_store
from index.embedder import MiniLM
from index.retriever import Hit
from ingest.document import Document
from ingest.register import Register
from settings import Settings
from ui.shelf import Shelf

Report = Callable[[str, int, int], None]  # what is being done, how much of it is done, how much there is


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

    @property
    def reports_folder(self) -> Path: ...  # of the files that were indexed

    def update(self, report: Report) -> Change | None: ...  # the index follows the folder; None when it already does

    def ask(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Reply: ...  # `earlier` in their order

    def stream(
        self, question: str, scope: Scope, earlier: Sequence[Reply]
    ) -> Iterator[Reply]: ...  # as it grows; the last is what `ask` returns

    def find(self, question: str, k: int, scope: Scope) -> list[Hit]: ...  # best first

    def examples(self) -> tuple[str, ...]: ...


@dataclass(slots=True)
class LiveDesk:
    """The assistant now in use. `update` exchanges it whole, so that a reader sees the old documents or the new ones."""

    opened: Callable[[], Assistant]
    built: Callable[[Path, Report], Change | None]  # brings the index up to date with a folder
    _now: "_Now" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._now = _Now(self.opened())

    def update(self, report: Report) -> Change | None:
        """The index follows the folder of reports, and the page answers from the new one.

        Raises:
            AssistantError: the index could not be written; the earlier one stays in use.
        """
        change = self.built(self.reports_folder, report)
        if change is not None:
            self._now = _Now(self.opened())
        return change

    @property
    def reports_folder(self) -> Path:
        return Path(self._now.assistant.store.manifest.folder)

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

    def stream(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Iterator[Reply]:
        return self._now.assistant.stream(question, scope, [Turn.of(reply) for reply in earlier])

    def find(self, question: str, k: int, scope: Scope) -> list[Hit]:
        return self._now.assistant.find(question, k, scope)

    def examples(self) -> tuple[str, ...]:
        return self._now.assistant.examples()


def live_desk(store: Path, settings: Settings) -> LiveDesk:
    """The desk over the index in `store`. The model that reads questions also reads new documents.

    Raises:
        StoreError: the index is missing, damaged or out of date; the message has the command that mends it.
        ChatModelError: the settings name a chat model that cannot be used.
    """
    embedder = MiniLM()
    return LiveDesk(
        lambda: open_assistant(store, settings, embedder),
        lambda folder, report: build_store(folder, store, embedder, report),
    )


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
