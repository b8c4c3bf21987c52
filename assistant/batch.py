"""A file of questions becomes a file of replies.

Owns both files: their lines, the conversations in them, and writing whole or not at all. Leaves the JSON of a reply to
`render`.
"""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answer import Reply
from assistant.assistant import Assistant
from assistant.conversation import KEPT_TURNS, Turn
from assistant.render import reply_json
from assistant.scope import Scope, last_day
from errors import InputError, ScopeError


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the file."""

    number: int  # of the line, from 1
    id: str
    question: str
    conversation: str | None = None  # lines with the same value are turns of one conversation, in their order
    as_of: str | None = None


def answer_file(source: Path, out: Path, opened: Callable[[], Assistant], scope: Scope) -> None:
    """Ask the questions of `source` in order and write their replies to `out`, written whole or not at all.

    The index is opened once the whole file has been read. A line's own date goes before the one of `scope`.

    Raises:
        InputError: a file cannot be read or written, or a line is wrong.
        ScopeError: the scope names what is not loaded.
    """
    lines = list(read_lines(source))
    assistant = opened()
    conversations: dict[str, tuple[Turn, ...]] = defaultdict(tuple)
    unfinished = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8") as stream:
            for done, line in enumerate(lines, start=1):
                turns = conversations[line.conversation] if line.conversation is not None else ()
                started = time.perf_counter()
                reply = _asked(assistant, line, scope, turns, source)
                stream.write(json_line(reply, line.id, time.perf_counter() - started) + "\n")
                if line.conversation is not None:
                    conversations[line.conversation] = (*turns, Turn.of(reply))[-KEPT_TURNS:]
                print(f"answered {done}/{len(lines)}", file=sys.stderr, flush=True)
        os.replace(unfinished, out)
    except OSError as problem:
        raise InputError(str(out), f"cannot be written ({problem}). Name a file in a folder that exists.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def json_line(reply: Reply, question_id: str | None, seconds: float) -> str:
    return json.dumps(reply_json(reply, question_id, seconds), ensure_ascii=False)


def read_lines(file: Path) -> Iterator[Line]:
    """Each line that is not blank.

    Raises:
        InputError: one is not an object with the texts "id" and "question", or its "conversation" or "as_of" is wrong.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(str(file), f"cannot be read as UTF-8 text ({problem}).") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            raw = None  # the remedy is the same as for JSON of another shape
        match raw:
            case {"id": str(question_id), "question": str(question)}:
                conversation, as_of = (_text(raw, name, file, number) for name in ("conversation", "as_of"))
                yield Line(number, question_id, question, conversation, _day(as_of, file, number))
            case _:
                remedy = 'must be {"id": "...", "question": "..."} on one line. Correct it; nothing was written.'
                raise InputError(f"{file}, line {number}", remedy)


def _asked(assistant: Assistant, line: Line, scope: Scope, turns: tuple[Turn, ...], source: Path) -> Reply:
    own = replace(scope, as_of=line.as_of) if line.as_of else scope
    try:
        return assistant.ask(line.question, own, turns)
    except ScopeError as error:
        raise InputError(f"{source}, line {line.number}", f"{error} Nothing was written.") from None


def _text(raw: dict[str, Any], name: str, file: Path, number: int) -> str | None:
    value = raw.get(name)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise InputError(f"{file}, line {number}", f"“{name}” must be a text. Correct it; nothing was written.")


def _day(as_of: str | None, file: Path, number: int) -> str | None:
    try:
        return last_day(as_of) if as_of else None
    except ScopeError as error:
        raise InputError(f"{file}, line {number}", f"{error} Nothing was written.") from None
