"""`python -m eval ladder`: what each part of the search is worth, and what answers would be with a perfect one.

Owns what the command prints. Leaves the searches to `rungs`.
"""

import argparse
from collections.abc import Callable, Sequence
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
from eval.rungs import Rung, given_document, given_paragraph, rungs
from eval.stages import Trace
from eval.table import align
from index.embedder import MiniLM
from index.retriever import HybridRetriever

NAMES = ("ladder",)
KEYS = (*(f"recall_at_{k}" for k in K_VALUES), "ndcg_at_10")


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
    retriever = HybridRetriever(assistant.store, MiniLM())
    print(f"{len(chosen)} answerable questions of {options.gold}; recall by evidence group, 95% intervals in brackets")
    print("\n".join(align(_climb(rungs(assistant, retriever), chosen), indent="  ")))
    if options.answers:
        print("\nCorrect and grounded")
        print("\n".join(align(_answers(assistant, retriever, chosen), indent="  ")))
    return 0


def _climb(ladder: Sequence[Rung], chosen: Sequence[GoldQuestion]) -> list[list[str]]:
    scores: dict[str, list[dict[str, float]]] = {rung.name: [] for rung in ladder}
    for done, question in enumerate(chosen, start=1):  # questions outside, so that candidates are gathered once
        for rung in ladder:
            scores[rung.name].append(paragraph_scores(rung.search(question), question.groups, K_VALUES))
        progress(done, len(chosen))
    head = ["", *(key.replace("recall_at_", "@").replace("ndcg_at_10", "nDCG@10") for key in KEYS)]
    return [head, *([name, *(_mean([each[key] for each in found]) for key in KEYS)] for name, found in scores.items())]


def _mean(values: Sequence[float]) -> str:
    low, high = bootstrap_interval(values)
    return f"{100 * sum(values) / len(values):.1f} [{100 * low:.0f}–{100 * high:.0f}]"


def _answers(assistant: Assistant, retriever: HybridRetriever, chosen: Sequence[GoldQuestion]) -> list[list[str]]:
    ways: dict[str, Callable[[GoldQuestion], Reply]] = {
        "as it is": lambda question: assistant.ask(question.question),
        "right document given": lambda question: given_document(assistant, question),
        "right paragraph given": lambda question: given_paragraph(assistant, retriever, question),
    }
    lines = []
    for name, way in ways.items():
        right = 0
        for done, question in enumerate(chosen, start=1):
            asked = Answered(way(question), (), Trace(), 0.0)
            right += score(question, asked, assistant.store.paragraphs, assistant.store.document_of, K_VALUES).grounded
            progress(done, len(chosen))
        low, high = wilson_interval(right, len(chosen))
        lines.append([name, f"{100 * right / len(chosen):.1f} [{100 * low:.0f}–{100 * high:.0f}]"])
    return lines
