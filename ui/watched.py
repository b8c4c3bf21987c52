"""The desk as the page, the API and the tools see it: every question is noted on its way.

Owns when a question is timed, counted and written to the audit log. Leaves answering to the desk behind it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.answer import Answer, Reply
from assistant.render import answer_text
from assistant.scope import Scope
from errors import AssistantError
from index.build import Change
from index.retriever import Hit
from ingest.document import Document
from ingest.register import Register
from ui.audit import Audit, Entry, now
from ui.desk import Desk, Report
from ui.metrics import Metrics
from ui.shelf import Shelf

FOUND_NOTED = 20  # ids of a search that the log keeps; the page shows 50 at most, and the first matter
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class WatchedDesk:
    """`desk`, with every call of `ask` and `find` counted, and written to `audit` unless that is None."""

    desk: Desk
    metrics: Metrics
    audit: Audit | None

    def ask(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Reply:
        """As `Desk.ask`. A reply that cannot be written to the log is not given.

        Raises:
            AuditError: the log cannot be written.
        """
        return self._noted("ask", question, scope, lambda: self.desk.ask(question, scope, earlier), _replied)

    def stream(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Iterator[Reply]:
        """As `Desk.stream`. The whole reply is noted before it is given; if the reader leaves before, what has come is.

        Raises:
            AuditError: the log cannot be written. What came before the whole reply has then been shown.
        """
        whole: Reply | None = None
        with self._noting("ask", question, scope) as tell:
            for reply in self.desk.stream(question, scope, earlier):
                tell(_replied(reply))
                if isinstance(reply, Answer) and not reply.is_whole:
                    yield reply
                else:
                    whole = reply
        if whole is not None:
            yield whole

    def find(self, question: str, k: int, scope: Scope) -> list[Hit]:
        """As `Desk.find`. Raises AuditError as `ask` does."""
        return self._noted("find", question, scope, lambda: self.desk.find(question, k, scope), _found)

    def _noted(
        self, act: str, question: str, scope: Scope, work: Callable[[], Result], told: Callable[[Result], "_Told"]
    ) -> Result:
        with self._noting(act, question, scope) as tell:
            result = work()
            tell(told(result))
        return result

    @contextmanager
    def _noting(self, act: str, question: str, scope: Scope) -> Iterator[Callable[["_Told"], None]]:
        """Count and log what is done in the block, which tells its outcome; when it tells twice, the later one counts."""
        index, asked, begun = self.desk.fingerprint, now(), time.perf_counter()
        told = [_Told("error", "")]
        try:
            yield told.append
        except AssistantError as error:
            told.append(_Told("error", str(error)))
            raise
        finally:
            seconds = time.perf_counter() - begun
            self.metrics.note(act, told[-1].outcome, seconds)
            if self.audit is not None:
                self.audit.note(_entry(act, question, scope, told[-1], index, asked, seconds))

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.desk.documents

    @property
    def shelf(self) -> Shelf:
        return self.desk.shelf

    @property
    def fingerprint(self) -> str:
        return self.desk.fingerprint

    @property
    def folder(self) -> Path:
        return self.desk.folder

    @property
    def unreadable(self) -> tuple[str, ...]:
        return self.desk.unreadable

    @property
    def register(self) -> Register:
        return self.desk.register

    @property
    def reports_folder(self) -> Path:
        return self.desk.reports_folder

    def update(self, report: Report) -> Change | None:
        return self.desk.update(report)

    def examples(self) -> tuple[str, ...]:
        return self.desk.examples()


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of a question, as the log has it."""

    outcome: str
    answer: str
    cited: tuple[str, ...] = ()
    understood: str | None = None


def _replied(reply: Reply) -> _Told:
    citations = reply.citations if isinstance(reply, Answer) else reply.nearest
    outcome = "answered" if isinstance(reply, Answer) else reply.reason.value
    cited = tuple(dict.fromkeys(each.paragraph.id for each in citations))
    return _Told(outcome, answer_text(reply), cited, reply.rewritten)


def _found(hits: list[Hit]) -> _Told:
    return _Told("found", f"{len(hits)} paragraphs", tuple(hit.paragraph.id for hit in hits[:FOUND_NOTED]))


def _entry(act: str, question: str, scope: Scope, told: _Told, index: str, asked: str, seconds: float) -> Entry:
    return Entry(
        asked=asked,
        act=act,
        question=question,
        understood=told.understood,
        outcome=told.outcome,
        answer=told.answer,
        cited=told.cited,
        index_fingerprint=index,
        seconds=round(seconds, 4),
        body=scope.body,
        documents=scope.documents,
        period=scope.period,
        as_of=scope.as_of,
    )
