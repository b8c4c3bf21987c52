"""`python -m assistant "question"`: one question, a conversation, or a file of questions, answered from the index.

Owns the command line, the conversation at a terminal and the words of `--explain`. Leaves the files of `--batch` to
`batch` and the words of a reply to `render`.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer, Refusal
from assistant.assistant import Assistant
from assistant.batch import answer_file, json_line
from assistant.conversation import KEPT_TURNS, Turn
from assistant.question import Question
from assistant.reference import Reference
from assistant.render import one_line, terminal_text
from assistant.scope import Scope
from assistant.selection import Selection, Shortfall
from assistant.steps import Composed, Retrieved, Selected, Understood
from assistant.wiring import open_assistant
from errors import AssistantError
from index.query import Query
from settings import Settings

HITS_SHOWN = 8  # by --explain


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 answered or refused; 2 the index, a setting, the question file or the command line is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    is_talk = options.question is None and options.batch is None and sys.stdin.isatty()
    if (options.question is None) == (options.batch is None) and not is_talk:
        parser.error("give one question, in quotation marks, or --batch FILE --out FILE")
    if (options.batch is None) != (options.out is None):
        parser.error("--batch and --out belong together")
    if is_talk and (options.json or options.explain):
        parser.error("--json and --explain need a question")
    opener = _opener(options)
    scope = Scope(options.body, tuple(options.document), options.period, options.as_of)
    try:
        if options.batch:
            answer_file(options.batch, options.out, opener, scope)
        elif is_talk:
            _talk(opener(), scope)
        else:
            _one(options.question, opener(), scope, options.json, options.explain)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _opener(options: argparse.Namespace) -> Callable[[], Assistant]:
    def opened() -> Assistant:
        if not options.reranker:
            return open_assistant(options.store)
        return open_assistant(options.store, replace(Settings.load(), reranker=options.reranker))

    return opened


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Answer questions from indexed reports.")
    parser.add_argument("question", nargs="?", help="one question; without one, at a terminal, a conversation begins")
    parser.add_argument("--store", type=Path, default=Path(".store"), help="folder of the index (default: .store)")
    parser.add_argument("--body", help="answer from documents on this force or service only")
    parser.add_argument("--document", action="append", default=[], metavar="ID", help="only from this; may be repeated")
    parser.add_argument("--period", help="only from documents of this inspection period, such as 2017 or 2021/22")
    parser.add_argument("--as-of", metavar="DATE", help="leave out what is later than this date, such as 2019-01-31")
    parser.add_argument(
        "--reranker", metavar="NAME", help="path or cached name of a cross-encoder (default: the settings')"
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the reply as one line of JSON")
    shape.add_argument("--explain", action="store_true", help="print what each step made of the question")
    shape.add_argument("--batch", type=Path, metavar="FILE", help='JSON lines, each with "id" and "question"')
    parser.add_argument("--out", type=Path, metavar="FILE", help="where --batch writes a JSON line for each question")
    return parser


def _one(question: str, assistant: Assistant, scope: Scope, is_json: bool, is_explained: bool) -> None:
    if is_explained:
        for name, state in assistant.explain(question, scope):
            print("\n".join([f"--- {name}", *_state_lines(state), ""]))
    elif is_json:
        started = time.perf_counter()
        print(json_line(assistant.ask(question, scope), None, time.perf_counter() - started))
    else:
        print(terminal_text(assistant.ask(question, scope)))


def _talk(assistant: Assistant, scope: Scope) -> None:
    """Questions and answers in turn, until an empty line or the end of input; later questions may lean on earlier ones."""
    print("Ask about the reports. Later questions may refer to earlier ones. An empty line ends the conversation.\n")
    turns: tuple[Turn, ...] = ()
    while True:
        try:
            question = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if not question:
            return
        reply = assistant.ask(question, scope, turns)
        turns = (*turns, Turn.of(reply))[-KEPT_TURNS:]
        print(f"{terminal_text(reply)}\n")


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
                if hit.also:
                    yield f"   also {', '.join(each.id for each in hit.also)}"
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


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `... | head` ends quietly
    sys.exit(main())
