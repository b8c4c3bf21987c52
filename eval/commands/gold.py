"""`python -m eval gold-check` and `gold-move`: a gold file that can be trusted, and that stays so.

Owns what the two commands print and write. Leaves the proofs to `checking` and finding anchors again to `moving`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from eval.asking import Holder
from eval.checking import FAR, census, check_gold, copied, words_shared
from eval.gold import Anchor, anchor_from_json, read_gold, read_lines
from eval.moving import Moved, Way, move
from eval.runs import write_lines
from index.records import document_from_json
from index.store import DOCUMENTS, current_build
from ingest.document import Paragraph

NAMES = ("gold-check", "gold-move")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = commands.add_parser(
        "gold-check",
        help="prove that a gold file is sound",
        description="Prove ids, hashes, spans and patterns, and that a perfect quoting or paraphrasing answerer would pass.",
    )
    move_parser = commands.add_parser(
        "gold-move",
        help="anchor a gold file again after the reader changed",
        description="Move anchors by hash, then by near text, and list those that need a person.",
    )
    for parser in (check, move_parser):
        parser.add_argument("--store", type=Path, required=True, help="the index, as written by python -m index")
        parser.add_argument("--gold", type=Path, required=True, help="the gold file")
    move_parser.add_argument(
        "--before", type=Path, help="an index from before the change, for paragraphs whose words changed"
    )
    move_parser.add_argument("--out", type=Path, help="where to write; the gold file itself when left out")
    check.set_defaults(call=check_command, asks=False)
    move_parser.set_defaults(call=move_command, asks=False)


def check_command(options: argparse.Namespace, opener: Callable[[Path], Holder]) -> int:
    """Print the census and every problem; 1 when there is one."""
    gold = read_gold(options.gold)
    paragraphs = opener(options.store).store.paragraphs
    problems = [*check_gold(gold, paragraphs), *copied(gold, paragraphs)]
    print(f"{len(gold)} questions in {options.gold}")
    for name, count in census(gold).items():
        print(f"  {name:<28} {count:>4}  {count / len(gold):>6.1%}")
    shared = [share for each in gold if (share := words_shared(each, paragraphs)) is not None]
    if shared:
        far = sum(share < FAR for share in shared)
        print(f"  {far} of {len(shared)} stand-alone answerable questions ({far / len(shared):.1%})", end="")
        print(f" share under {FAR:.0%} of their words with their evidence")
    for problem in problems:
        print(f"PROBLEM  {problem}")
    print(f"{len(problems)} problems." if problems else "Ids, hashes, spans, patterns and oracle answers hold.")
    return 1 if problems else 0


def move_command(options: argparse.Namespace, opener: Callable[[Path], Holder]) -> int:
    """Write the gold file with its anchors moved; 1 when some need a person, whose lines then stay as they were."""
    read_gold(options.gold)  # complains of every line that is no gold line
    now = opener(options.store).store.paragraphs
    before = paragraphs_of(options.before) if options.before else {}
    ways, people, lines = Counter[str](), list[str](), list[Any]()
    for _, raw in read_lines(options.gold):
        evidence, lost = [], list[Moved]()
        for group in raw["evidence"]:
            moved = [move(anchor_from_json(each), now, before) for each in group]
            ways.update(each.way.value for each in moved)
            kept = dict.fromkeys(anchor for each in moved for anchor in each.new)  # spans of one paragraph are several
            lost += [each for each in moved if each.way is Way.LOST]
            evidence.append([_line(each) for each in kept])
        alone = not all(evidence)  # a group without a paragraph; one of several alternatives may go
        lines.append(raw if alone else {**raw, "evidence": evidence})
        people += [f"{raw['id']}: {each.old.paragraph}: {each.why}" for each in lost]
    out = options.out or options.gold
    write_lines(out, lines)
    print("; ".join(f"{count} {way}" for way, count in sorted(ways.items())))
    for each in people:
        print(f"LOOK  {each}")
    print(f"Written to {out}. Prove it: python -m eval gold-check --store {options.store} --gold {out}")
    return 1 if people else 0


def paragraphs_of(store: Path) -> dict[str, Paragraph]:
    """Paragraphs by id of an index that another version of the program may have built; empty when there is none.

    Only its documents are read, so that an index too old to be searched still tells what it held.
    """
    build = current_build(store)
    if build is None:
        return {}
    lines = (build / DOCUMENTS).read_text(encoding="utf-8").splitlines()
    documents = [document_from_json(json.loads(line)) for line in lines if line.strip()]
    return {paragraph.id: paragraph for document in documents for paragraph in document.paragraphs}


def _line(anchor: Anchor) -> Mapping[str, Any]:
    span = {"span": list(anchor.span)} if anchor.span else {}
    return {"paragraph": anchor.paragraph, "hash": anchor.hash, **span}
