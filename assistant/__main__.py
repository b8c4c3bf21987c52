"""`python -m assistant "question"`: one question, or a file of them, answered from the index.

Owns the command line, the words of `--explain`, and the files of `--batch`. Leaves the words of a reply to `render`.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answer import Answer, Refusal
from assistant.assistant import Assistant
from assistant.question import Question
from assistant.reference import Reference
from assistant.render import one_line, reply_json, terminal_text
from assistant.selection import Selection, Shortfall
from assistant.steps import Composed, Retrieved, Selected, Understood
from assistant.wiring import open_assistant
from errors import AssistantError, InputError
from index.query import Query

HITS_SHOWN = 8  # by --explain


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 answered or refused; 2 the index, a setting, the question file or the command line is wrong."""
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Answer questions from indexed reports.")
    parser.add_argument("question", nargs="?", help="one question")
    parser.add_argument("--store", type=Path, default=Path(".store"), help="folder of the index (default: .store)")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the reply as one line of JSON")
    shape.add_argument("--explain", action="store_true", help="print what each step made of the question")
    shape.add_argument("--batch", type=Path, metavar="FILE", help='JSON lines, each with "id" and "question"')
    parser.add_argument("--out", type=Path, metavar="FILE", help="where --batch writes a JSON line for each question")
    options = parser.parse_args(arguments)
    if (options.question is None) == (options.batch is None):
        parser.error("give one question, in quotation marks, or --batch FILE --out FILE")
    if (options.batch is None) != (options.out is None):
        parser.error("--batch and --out belong together")
    try:
        if options.batch:
            _batch(options.batch, options.out, options.store)
        else:
            _one(options.question, open_assistant(options.store), options.json, options.explain)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _one(question: str, assistant: Assistant, is_json: bool, is_explained: bool) -> None:
    if is_explained:
        for name, state in assistant.explain(question):
            print("\n".join([f"--- {name}", *_state_lines(state), ""]))
    else:
        print(_json_line(assistant, question, None) if is_json else terminal_text(assistant.ask(question)))


def _json_line(assistant: Assistant, question: str, question_id: str | None) -> str:
    started = time.perf_counter()
    reply = assistant.ask(question)
    return json.dumps(reply_json(reply, question_id, time.perf_counter() - started), ensure_ascii=False)


def _state_lines(state: object) -> Iterator[str]:
    match state:
        case Understood(question, _):
            values = {name: getattr(question, name) for name in Question.__slots__ if name != "query"}
            values |= {name: getattr(question.query, name) for name in Query.__slots__}
            yield from (f"{name.replace('_', ' ') + ':':<16}{_spelled(value)}" for name, value in values.items())
        case Retrieved(_, _, found):
            for rank, hit in enumerate(found.hits[:HITS_SHOWN], start=1):
                parts = f"window {hit.window:.2f}, sentence {hit.sentence:.2f}, words {hit.words:.1f}"
                yield f"{rank}. {hit.score:.4f}  {hit.paragraph.id}  ({parts}, tokens {hit.tokens:.2f})"
                yield f"   {one_line(hit.paragraph.text)[:150]}"
        case Selected(_, _, _, Shortfall(reason, explanation)):
            yield f"shortfall, {reason.value}: {explanation}"
        case Selected(_, _, _, Selection(chosen, notes)):
            for item in chosen:
                yield from (f"{item.paragraph.id} [{a}:{b}]  {item.paragraph.text[a:b]}" for a, b in item.spans)
            yield from (f"note: {note}" for note in notes)
        case Composed(_, None):
            yield "nothing to compose from"
        case Composed(_, draft) if draft:
            yield "worded by the chat model" if draft.written_by_model else "in the reports' own words"
            yield from (f"{item.paragraph.id}  {item.text}" for item in draft.sentences)
        case Answer() | Refusal():
            yield terminal_text(state)


def _spelled(value: object) -> str:
    """A field's value in words: members with commas between them, "-" for none."""
    if isinstance(value, Reference):
        return value.said or "-"
    if isinstance(value, frozenset | tuple):
        members = [_spelled(each) for each in value]
        return ", ".join(sorted(members) if isinstance(value, frozenset) else members) or "-"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _batch(source: Path, out: Path, store: Path) -> None:
    """Ask the questions of `source` in order and write their replies to `out`, written whole or not at all."""
    questions = list(_read_questions(source))
    assistant = open_assistant(store)
    unfinished = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8") as stream:
            for done, (question_id, question) in enumerate(questions, start=1):
                stream.write(_json_line(assistant, question, question_id) + "\n")
                print(f"answered {done}/{len(questions)}", file=sys.stderr, flush=True)
        os.replace(unfinished, out)
    except OSError as problem:
        raise InputError(str(out), f"cannot be written ({problem}). Name a file in a folder that exists.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _read_questions(file: Path) -> Iterator[tuple[str, str]]:
    """(id, question) of each line that is not blank; InputError when one is not an object with these two texts."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(str(file), f"cannot be read as UTF-8 text ({problem}).") from None
    for number, line in enumerate(lines, start=1):
        try:
            match json.loads(line or "null"):
                case {"id": str(question_id), "question": str(question)}:
                    yield question_id, question
                    continue
        except (ValueError, RecursionError):
            pass  # the remedy is the same as for JSON of another shape
        if line.strip():
            remedy = 'must be {"id": "...", "question": "..."} on one line. Correct it; nothing was written.'
            raise InputError(f"{file}, line {number}", remedy)


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `... | head` ends quietly
    sys.exit(main())
