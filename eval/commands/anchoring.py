"""`python -m eval anchor`: a gold file from authors' quotes.

Owns what the command prints and writes. Leaves finding paragraphs to `anchors`.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from errors import InputError
from eval.anchors import Anchored, anchor, wordings
from eval.asking import Holder
from eval.gold import problems_of, read_lines
from eval.runs import write_lines

NAMES = ("anchor",)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "anchor",
        help="gold from authors' quotes",
        description="Replace the quotes of authors' questions by paragraph ids.",
    )
    parser.add_argument("--store", type=Path, required=True, help="the index, as written by python -m index")
    parser.add_argument("--quotes", type=Path, required=True, help="the authors' questions, as JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="the gold file to write")
    parser.set_defaults(call=anchor_command, asks=False)


def anchor_command(options: argparse.Namespace, opener: Callable[[Path], Holder]) -> int:
    """Write the gold file and return 0.

    Raises:
        InputError: lines are wrong, or an evidence group has no paragraph. It lists them, and nothing is written.
    """
    lines = list(read_lines(options.quotes))
    store = opener(options.store).store
    paragraphs = wordings({document.id: document for document in store.document_of.values()}.values())
    problems, dropped, gold = list[str](), list[str](), list[Mapping[str, Any]]()
    for number, raw in lines:
        anchored = Anchored({}, unmatched=(raw,)) if isinstance(raw, str) else anchor(raw, paragraphs)
        wrong = anchored.unmatched or problems_of(anchored.line)
        problems += [f"{options.quotes.name}:{number}: {each}" for each in wrong]
        dropped += anchored.dropped
        gold.append(anchored.line)
    for warning in dropped:
        print(f"warning: {warning}", file=sys.stderr)
    if problems:
        listed = "\n  ".join(["these lines have to be corrected:", *problems])
        raise InputError(str(options.quotes), f"{listed}\n{options.out} was not written.")
    write_lines(options.out, gold)
    print(f"{len(gold)} questions written to {options.out}; {len(dropped)} quotes left out.")
    return 0
