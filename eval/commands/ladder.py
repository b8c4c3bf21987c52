"""`python -m eval ladder`: what each part of the search is worth, and what answers would be with a perfect one.

Owns what the command prints. Leaves the searches to `rungs`.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Reply
from errors import InputError
from eval.asking import Answerer
from eval.commands.evaluating import chosen_part, progress, refuse_unless_anchored
from eval.evaluate import K_VALUES
from eval.gold import GoldQuestion, read_gold
from eval.metrics import bootstrap_interval, wilson_interval
from eval.outcome import Asked as Answered
from eval.outcome import score
from eval.retrieval import paragraph_scores
from eval.rungs import given_document, given_paragraph, rungs
from eval.stages import Trace
from eval.table import align

NAMES = ("ladder",)
KEYS = (*(f"recall_at_{k}" for k in K_VALUES), "ndcg_at_10")
HEAD = ["", *(f"@{k}" for k in K_VALUES), "nDCG@10"]
WAYS: dict[str, Callable[[Assistant, GoldQuestion], Reply]] = {
    "as it is": lambda assistant, question: assistant.ask(question.question),
    "right document given": given_document,
    "right paragraph given": given_paragraph,
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "ladder",
        help="what each part of the search is worth",
        description="Recall and nDCG from chance to the right document given, and answers with a perfect search.",
    )
    parser.add_argument("--store", type=Path, required=True, help="the index, as written by python -m index")
    parser.add_argument("--gold", type=Path, required=True, help="the gold file")
    parser.add_argument("--part", choices=("dev", "check"), help="only this part")
    parser.add_argument(
        "--answers", action="store_true", help="also ask, with the right document and paragraph given (slow)"
    )
    parser.set_defaults(call=ladder_command, locked=None)


def ladder_command(options: argparse.Namespace, opener: Callable[[Path], Answerer]) -> int:
    """Print both ladders. Questions that lean on a conversation or a date, and unanswerable ones, are left out.

    Raises:
        InputError: the gold file does not fit the index, or nothing is left to ask.
    """
    gold = read_gold(options.gold)
    assistant = opener(options.store)
    refuse_unless_anchored(options, gold, assistant)
    chosen = [
        each for each in chosen_part(options, gold) if each.is_answerable and not each.conversation and not each.as_of
    ]
    if not isinstance(assistant, Assistant) or not chosen:
        raise InputError(str(options.gold), "has no question to climb with. Choose another part.")
    climbed = _climb(assistant, chosen, options.answers)
    print(f"{len(chosen)} answerable questions of {options.gold}; recall by evidence group, 95% intervals in brackets")
    print("\n".join(align([HEAD, *([name, *map(_mean, columns)] for name, columns in climbed.searches)], indent="  ")))
    if options.answers:
        print("\nCorrect and grounded")
        print("\n".join(align([[name, _share(right)] for name, right in climbed.answers], indent="  ")))
    return 0


@dataclass(frozen=True, slots=True)
class _Climbed:
    """What each way reached, question by question."""

    searches: tuple[tuple[str, tuple[tuple[float, ...], ...]], ...]  # rung, and for each of KEYS a figure a question
    answers: tuple[tuple[str, tuple[bool, ...]], ...]  # way, and whether each question was correct and grounded


def _climb(assistant: Assistant, chosen: Sequence[GoldQuestion], with_answers: bool) -> _Climbed:
    """Questions outside and ways inside: a question's vectors and candidates are made once for all of them."""
    ladder = rungs(assistant)
    ways = WAYS if with_answers else {}
    scores: dict[str, list[tuple[float, ...]]] = {rung.name: [] for rung in ladder}
    right: dict[str, list[bool]] = {name: [] for name in ways}
    for done, question in enumerate(chosen, start=1):
        for rung in ladder:
            found = paragraph_scores(rung.search(question), question.groups, K_VALUES)
            scores[rung.name].append(tuple(found[key] for key in KEYS))
        for name, way in ways.items():
            right[name].append(_is_grounded(assistant, question, way(assistant, question)))
        progress(done, len(chosen))
    return _Climbed(
        tuple((name, tuple(zip(*rows, strict=True))) for name, rows in scores.items()),
        tuple((name, tuple(each)) for name, each in right.items()),
    )


def _is_grounded(assistant: Assistant, question: GoldQuestion, reply: Reply) -> bool:
    asked = Answered(reply, (), Trace(), 0.0)
    return score(question, asked, assistant.store.paragraphs, assistant.store.document_of, K_VALUES).grounded


def _mean(values: Sequence[float]) -> str:
    low, high = bootstrap_interval(values)
    return f"{100 * sum(values) / len(values):.1f} [{100 * low:.0f}–{100 * high:.0f}]"


def _share(right: Sequence[bool]) -> str:
    low, high = wilson_interval(sum(right), len(right))
    return f"{100 * sum(right) / len(right):.1f} [{100 * low:.0f}–{100 * high:.0f}]"
