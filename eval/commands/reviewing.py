"""`python -m eval review`: an evaluator goes through readers' feedback and makes candidate gold questions of it.

Owns the dialogue in the terminal. Leaves the queue to `review`.
"""

import argparse
import textwrap
from collections.abc import Callable
from pathlib import Path

from errors import InputError
from eval.asking import Answerer
from eval.review import PREFIX, Feedback, State, accept, decide, waiting

NAMES = ("review",)
ASK = "[a]ccept as a candidate, [r]eject, [s]kip, [q]uit? "


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "review",
        help="feedback from the page becomes candidate gold questions",
        description="Shows each piece of feedback; an accepted one is added to an author's file, to be finished by hand.",
    )
    parser.add_argument("--queue", type=Path, required=True, help="the feedback the page has written, JSON lines")
    parser.add_argument(
        "--out", type=Path, required=True, help="an author's file to add candidates to; keep it out of git"
    )
    parser.add_argument("--prefix", default=PREFIX, help="of the candidates' ids")
    parser.set_defaults(call=review_command)


def review_command(options: argparse.Namespace, _: Callable[[Path], Answerer]) -> int:
    """Ask about each piece of feedback that waits; end of input ends the review. Decisions are kept as they are made.

    Raises:
        InputError: the queue cannot be read, or a file cannot be written.
    """
    if not options.queue.is_file():
        raise InputError(str(options.queue), "is not there. The page writes it with the first feedback.")
    entries, accepted = waiting(options.queue), 0
    print(f"{len(entries)} wait in {options.queue}")
    for place, entry in enumerate(entries, start=1):
        print("\n".join(["", f"{place} of {len(entries)}", *_shown(entry)]))
        choice = _choice()
        if choice == "q":
            break
        if choice == "a":
            accept(options.queue, entry, options.out, options.prefix)
            accepted += 1
        elif choice == "r":
            decide(options.queue, entry, State.REJECTED, _typed("Why? "))
    if accepted:
        print(
            f"\n{accepted} added to {options.out}. Write kind, answer, must and evidence (as quotes) into each, then: "
            "python -m eval anchor --store DIR --quotes FILE --out GOLD"
        )
    return 0


def _shown(entry: Feedback) -> list[str]:
    answer = textwrap.wrap(
        entry.answer, 100, initial_indent="  ", subsequent_indent="  ", max_lines=8, placeholder=" …"
    )
    return [
        f"Question  {entry.question}",
        f"Verdict   {entry.verdict.value}{f': {entry.comment}' if entry.comment else ''}",
        *(["Answer", *answer] if answer else []),
        f"Cited     {', '.join(entry.cited) or 'nothing'}",
        f"Found     {', '.join(entry.found[:6]) or 'not recorded'}",
    ]


def _choice() -> str:
    while True:
        typed = _typed(ASK).lower()[:1]
        if typed in ("a", "r", "s", "q"):
            return typed


def _typed(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        return "q"
