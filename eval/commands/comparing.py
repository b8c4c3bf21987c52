"""`python -m eval compare A B` and `python -m eval report RUN`: is it better, and what does it look like.

Owns what the two commands print and write. Leaves the tests to `compare` and the page to `page`.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from errors import InputError
from eval import page
from eval.asking import Answerer
from eval.compare import by_kind, comparisons, only_in_one, read_baseline
from eval.runs import PAGE, write_text
from eval.table import align, comparison_lines

NAMES = ("compare", "report")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    compare = commands.add_parser(
        "compare",
        help="two runs, question by question",
        description="Paired tests of B against A over the questions both asked, with wins and losses by name.",
    )
    compare.add_argument("before", type=Path, metavar="A", help="a run's folder, or a baseline file")
    compare.add_argument("after", type=Path, metavar="B", help="a run's folder, or a baseline file")
    compare.set_defaults(call=compare_command)
    report = commands.add_parser(
        "report",
        help="a run as one HTML page",
        description="Write a self-contained page: no network needed, also in print. It holds words of the reports.",
    )
    report.add_argument("run", type=Path, metavar="RUN", help="a run's folder")
    report.add_argument("--baseline", type=Path, help="a run's folder or a baseline file to show the change since")
    report.add_argument(
        "--without-words", action="store_true", help="leave out answers and paragraphs, so that it may be passed on"
    )
    report.add_argument("--out", type=Path, help="where to write; RUN/report.html when left out")
    report.set_defaults(call=report_command)


def compare_command(options: argparse.Namespace, _: Callable[[Path], Answerer]) -> int:
    """Print the comparison.

    Raises:
        InputError: one of them is no run, or they share no question.
    """
    before, after = read_baseline(options.before), read_baseline(options.after)
    found = list(comparisons(before, after))
    if not found:
        raise InputError(str(options.after), "shares no question with the other run. Compare runs over the same gold.")
    old, new = before.circumstances, after.circumstances
    for name in ("gold_sha256", "index", "reader", "settings", "commit"):
        values = getattr(old, name), getattr(new, name)
        print(f"{name:<12} {values[0]}{'' if values[0] == values[1] else f'  ->  {values[1]}'}")
    if old.index != new.index:
        print("The two runs searched other files: what changed may be the documents and not the program.")
    gone, come = only_in_one(before, after)
    if gone or come:
        print(f"not compared: {len(gone)} questions only in A, {len(come)} only in B")
    print("\n".join(["", *comparison_lines(found), "", "By kind"]))
    rows = [
        [kind, str(each.count), f"{len(each.wins)} won", f"{len(each.losses)} lost", each.verdict]
        for kind, each in by_kind(before, after)
    ]
    print("\n".join(align(rows, indent="  ")))
    return 0


def report_command(options: argparse.Namespace, _: Callable[[Path], Answerer]) -> int:
    """Write the page.

    Raises:
        InputError: there is no run, or the page cannot be written.
    """
    before = read_baseline(options.baseline) if options.baseline else None
    out = options.out or options.run / PAGE
    write_text(out, page.page_of(options.run, before, with_words=not options.without_words))
    print(f"Written to {out}")
    return 0
