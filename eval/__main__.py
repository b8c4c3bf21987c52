"""`python -m eval --store DIR --gold FILE`: how good the answers are. `python -m eval anchor`: gold from quotes.

Owns the two command lines, what they print and the files they write. Leaves all judging to the other modules.
"""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant import open_assistant
from errors import AssistantError, InputError
from eval.anchors import Anchored, anchor, wordings
from eval.evaluate import Row, Run, measures, run, summarise
from eval.gates import Verdict, check_gates, gates_path, read_gates
from eval.gold import GoldQuestion, check_anchors, half, problems_of, read_gold, read_lines
from eval.outcome import Answerer
from eval.table import gate_lines, half_table, headline, kind_table, lost_lines, verbatim_lines
from ingest.corpus import fingerprint
from ingest.document import Document


def main(arguments: Sequence[str] | None = None, opener: Callable[[Path], Answerer] = open_assistant) -> int:
    """Exit status: 0 done; 1 a gate was missed or a quote is not verbatim; 2 an input or the index is wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["anchor"]:
            return anchor_command(_anchor_parser().parse_args(given[1:]), opener)
        return evaluate_command(_evaluate_parser().parse_args(given), opener)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2


def _evaluate_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Put gold questions to the assistant and score its answers.",
        epilog="To turn authors' quotes into a gold file: python -m eval anchor --help",
    )
    parser.add_argument("--store", type=Path, required=True, help="the index, as written by python -m index")
    parser.add_argument("--gold", type=Path, required=True, help="gold questions, JSON lines; gates in FILE.gates.toml")
    parser.add_argument("--half", choices=("dev", "check"), help="only this half; tune on dev, never on check")
    parser.add_argument("--details", type=Path, help="write one JSON line for each question")
    parser.add_argument("--json", type=Path, help="write every figure as JSON")
    return parser


def _anchor_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval anchor",
        description="Replace the quotes of authors' questions by paragraph ids and hashes.",
    )
    parser.add_argument("--store", type=Path, required=True, help="the index, as written by python -m index")
    parser.add_argument("--quotes", type=Path, required=True, help="the authors' questions, as JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="the gold file to write")
    return parser


# --- evaluating -------------------------------------------------------------------------------------------------------


def evaluate_command(options: argparse.Namespace, opener: Callable[[Path], Answerer]) -> int:
    """Run, print, write what was asked for, and return 1 when a gate is missed or a quote is not verbatim."""
    gold = read_gold(options.gold)
    sidecar = gates_path(options.gold)
    gates = read_gates(sidecar, measures()) if sidecar.is_file() else ()
    assistant = opener(options.store)
    _refuse_unless_anchored(options, gold, assistant)
    chosen = [question for question in gold if options.half in (None, half(question.id))]
    if not chosen:
        raise InputError(str(options.gold), f"has no question in the {options.half} half. Leave out --half.")
    finished = run(assistant, chosen, report=_progress)
    rows = summarise(finished)
    verdicts = check_gates(gates, rows)
    _print(finished, rows, verdicts, options, sidecar)
    if options.details:
        details = [dataclasses.asdict(outcome) for outcome in finished.outcomes]
        _write(options.details, (json.dumps(outcome, ensure_ascii=False) for outcome in details))
    if options.json:
        report = _report(options, finished, rows, verdicts, assistant.store.document_of.values())
        _write(options.json, [json.dumps(report, ensure_ascii=False, indent=1)])
    is_verbatim = all(outcome.verbatim for outcome in finished.outcomes)
    return 0 if is_verbatim and all(verdict.is_kept for verdict in verdicts) else 1


def _refuse_unless_anchored(options: argparse.Namespace, gold: Sequence[GoldQuestion], assistant: Answerer) -> None:
    problems = check_anchors(gold, assistant.store.paragraphs)
    if problems:
        listed = "\n  ".join([f"does not fit the index in {options.store}:", *problems])
        remedy = (
            "Nothing was run. Index the reports these questions were written for: "
            f"python -m index FOLDER --store {options.store}\n"
            "If the program now reads those reports differently, anchor the authors' questions again: "
            f"python -m eval anchor --store {options.store} --quotes QUOTES.jsonl --out {options.gold}"
        )
        raise InputError(str(options.gold), f"{listed}\n{remedy}")


def _print(
    finished: Run, rows: Sequence[Row], verdicts: Sequence[Verdict], options: argparse.Namespace, sidecar: Path
) -> None:
    part = f", {options.half} half" if options.half else ""
    gates = gate_lines(verdicts) if verdicts else [f"Gates not checked: {sidecar} is missing or names none."]
    parts = {
        f"{len(finished.outcomes)} questions of {options.gold}{part}; 95% intervals in brackets": headline(rows),
        "By kind": kind_table(rows),
        "Dev and check": half_table(rows),
        "Questions lost": lost_lines(finished),
        "Gates": [*verbatim_lines(finished), *gates],
    }
    for title, lines in parts.items():
        print("\n".join([title, *(f"  {line}" for line in lines), ""]))


def _report(
    options: argparse.Namespace,
    finished: Run,
    rows: Sequence[Row],
    verdicts: Sequence[Verdict],
    documents: Iterable[Document],
) -> dict[str, Any]:
    """What `--json` writes: enough to know later what was measured on what."""
    return {
        "gold": options.gold.name,
        "half": options.half,
        "questions": len(finished.outcomes),
        "reports": fingerprint(sorted({(document.source, document.sha256) for document in documents})),
        "rows": [{**dataclasses.asdict(row), "small": row.is_small} for row in rows],
        "gates": [{**dataclasses.asdict(verdict), "kept": verdict.is_kept} for verdict in verdicts],
    }


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{f'asking {done}/{total}' if done < total else ''}", end="", file=sys.stderr, flush=True)


# --- anchoring --------------------------------------------------------------------------------------------------------


def anchor_command(options: argparse.Namespace, opener: Callable[[Path], Answerer]) -> int:
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
    _write(options.out, (json.dumps(line, ensure_ascii=False) for line in gold))
    print(f"{len(gold)} questions written to {options.out}; {len(dropped)} quotes left out.")
    return 0


def _write(path: Path, lines: Iterable[str]) -> None:
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as problem:
        raise InputError(str(path), f"cannot be written ({problem}). Name a file in a folder that exists.") from None


if __name__ == "__main__":
    sys.exit(main())
