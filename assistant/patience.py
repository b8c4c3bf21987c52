"""Asking a chat model without depending on it.

Owns the time and the length that a reply may take, and leaving alone a model that has just failed. Leaves what is asked
and what becomes of the reply to `model`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, Queue
from threading import Event, Thread

from langchain_core.language_models import BaseChatModel

from index.tokens import count_tokens

REST = 60.0  # seconds; not tuned: a server that is down must not make every reader wait for its timeout
FAILURES = 2  # in a row, before it is left alone
_END = None


class ModelSilentError(Exception):
    """The model gave nothing to work with; the message says why, for the note under the answer."""


class Patience:
    """Streams a reply in a thread of its own, so that no server can hold up an answer longer than it was given.

    Safe to use from several threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures, self._until = 0, 0.0

    def stream(
        self, model: BaseChatModel, messages: Sequence[tuple[str, str]], seconds: float, tokens: int
    ) -> Iterator[str]:
        """The model's reply in pieces as they come, cut at `tokens` and when `seconds` run out.

        Raises:
            ModelSilentError: it failed, perhaps after some pieces, said nothing in time, said nothing at all, or failed
                so often just now that it is left alone.
        """
        if self._clock() < self._until:
            raise ModelSilentError("it failed a moment ago and is left alone for a minute.")
        try:
            yield from self._pieces(model, messages, self._clock() + seconds, tokens)
        except ModelSilentError:
            self._failures += 1
            if self._failures >= FAILURES:
                self._until, self._failures = self._clock() + REST, 0
            raise
        self._failures = 0

    def _pieces(
        self, model: BaseChatModel, messages: Sequence[tuple[str, str]], deadline: float, tokens: int
    ) -> Iterator[str]:
        pieces: Queue[str | Exception | None] = Queue()
        given_up = Event()
        Thread(target=_read, args=(model, list(messages), pieces, given_up), daemon=True).start()
        reply = ""
        try:
            while count_tokens(reply) < tokens:
                piece = pieces.get(timeout=max(0.001, deadline - self._clock()))
                if isinstance(piece, Exception):
                    raise ModelSilentError(f"it failed ({type(piece).__name__}).")
                if piece is _END:
                    break
                reply += piece
                yield piece
                if self._clock() > deadline:
                    break
        except Empty:
            pass
        finally:
            given_up.set()
        if not reply.strip():
            late = self._clock() >= deadline
            raise ModelSilentError("it said nothing in the time allowed." if late else "it said nothing.")


def _read(
    model: BaseChatModel, messages: list[tuple[str, str]], pieces: "Queue[str | Exception | None]", given_up: Event
) -> None:
    try:
        for chunk in model.stream(messages):
            if given_up.is_set():
                return
            content = chunk.content
            pieces.put(content if isinstance(content, str) else "".join(map(_text_of, content)))
    except Exception as problem:  # noqa: BLE001  # whatever a provider raises, the answer must not depend on it
        pieces.put(problem)
    pieces.put(_END)


def _text_of(part: object) -> str:
    return str(part.get("text", "")) if isinstance(part, dict) else str(part)
