"""`python -m eval external DIR`: the same figures on other people's questions.

Owns what the command prints. Leaves reading the set to `othersets`.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from errors import InputError
from eval.anchors import wordings
from eval.asking import Answerer
from eval.commands.evaluating import progress
from eval.evaluate import run, summarise
from eval.othersets import CORPUS, read_other_set, shown
from eval.runs import write_text
from eval.table import align, figure

NAMES = ("external",)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "external",
        help="other people's questions, never tuned on",
        description="Score the assistant on a folder with corpus/ and questions.jsonl (id, question, answerable, evidence).",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the set")
    parser.add_argument(
        "--store", type=Path, required=True, help="an index of DIR/corpus: python -m index DIR/corpus --store"
    )
    parser.add_argument("--limit", type=int, help="only the first so many questions, to try it out")
    parser.add_argument("--json", type=Path, help="write the figures as JSON")
    parser.set_defaults(call=external_command)


def external_command(options: argparse.Namespace, opener: Callable[[Path], Answerer]) -> int:
    """Print the figures.

    Raises:
        InputError: the folder is no set, or the index is not one of its corpus.
    """
    assistant = opener(options.store)
    documents = {document.id: document for document in assistant.store.document_of.values()}
    other = read_other_set(options.folder, wordings(documents.values()))
    if other.quotes and other.lost_quotes == other.quotes:
        remedy = f"Index it: python -m index {options.folder / CORPUS} --store {options.store}"
        raise InputError(str(options.store), f"holds none of the set's evidence. {remedy}")
    finished = run(assistant, other.gold[: options.limit], report=progress)
    rows = shown(summarise(finished), finished.outcomes)
    print(
        f"{len(finished.outcomes)} questions of {options.folder.name} over {len(documents)} documents; 95% intervals in brackets"
    )
    print("\n".join(align([[row.label, figure(row), f"n={row.count}"] for row in rows], indent="  ")))
    lost = f"{other.lost_quotes} of {other.quotes} quotes have no paragraph that covers them"
    print(f"  {lost}; {len(other.unread)} questions have none at all: {', '.join(other.unread) or 'none'}")
    if options.json:
        write_text(options.json, json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n")
    return 0
