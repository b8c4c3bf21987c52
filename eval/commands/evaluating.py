"""`python -m eval run`: ask the gold questions, score the answers, hold the gates, keep the run.

Owns the order of these and what is printed. Leaves judging to the other modules.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from errors import InputError
from eval import compare, page
from eval.asking import Answerer
from eval.compare import Baseline, baseline_path, comparisons, read_baseline, scored, soft_failures, write_baseline
from eval.evaluate import Row, Run, measures, run, summarise
from eval.explaining import explain_lines
from eval.gates import Verdict, check_gates, gates_path, hard_failures, read_gates
from eval.gold import GoldQuestion, Part, check_anchors, part, read_gold
from eval.recording import circumstances, record, summary_of, words_of
from eval.runs import PAGE, Circumstances, RunSummary, new_folder, write_lines, write_text
from eval.table import (
    comparison_lines,
    gate_lines,
    headline,
    kind_table,
    lost_lines,
    part_table,
    selective_lines,
    verbatim_lines,
)
from settings import Settings

NAMES = ("run",)
NAMED = 10  # anchors that do not fit are named one by one; with another corpus's index it would be all of them
LOG = "locked_runs.jsonl"  # beside the gold file, and committed


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "run",
        help="ask the gold questions and hold the gates (the default)",
        description="Put gold questions to the assistant, score its answers, hold the gates and keep the run.",
    )
    parser.add_argument("--store", type=Path, required=True, help="the index, as written by python -m index")
    parser.add_argument("--gold", type=Path, required=True, help="gold questions, JSON lines; gates in FILE.gates.toml")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--part", choices=("dev", "check"), help="only this part; tune on dev, never on check")
    only.add_argument("--locked", metavar="WHY", help=f"only the locked part; WHY is logged in {LOG}, to be committed")
    parser.add_argument("--runs", type=Path, help="keep the run in a new folder in here (git-ignored: reports' words)")
    parser.add_argument("--explain", metavar="ID", help="ask one question and show its way through the stages")
    parser.add_argument("--save-baseline", action="store_true", help="make this run FILE.baseline.json")
    parser.add_argument("--details", type=Path, help="write one JSON line for each question")
    parser.add_argument("--json", type=Path, help="write every figure as JSON")
    parser.set_defaults(call=run_command)


def run_command(options: argparse.Namespace, opener: Callable[[Path], Answerer]) -> int:
    """Run, print, write what was asked for; 1 when a gate is missed, hard or soft."""
    gold = read_gold(options.gold)
    gates = read_gates(path, measures()) if (path := gates_path(options.gold)).is_file() else ()
    if options.explain:
        return _explain(options, gold, opener)
    chosen = chosen_part(options, gold)
    started, clock = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), time.perf_counter()
    assistant = opener(options.store)
    refuse_unless_anchored(options, gold, assistant)
    finished = run(assistant, chosen, report=progress)
    rows = summarise(finished)
    documents = {document.id: document for document in assistant.store.document_of.values()}
    where = circumstances(options.gold, documents.values(), Settings.load(), started, time.perf_counter() - clock)
    verdicts = check_gates(gates, rows) if options.part is None and not options.locked else ()
    after = Baseline(where, tuple(map(scored, finished.outcomes)))
    before = read_baseline(path) if (path := baseline_path(options.gold)).is_file() else None
    hard = hard_failures(finished, chosen)
    soft = soft_failures(before, after) if before else ()
    passed = not hard and not soft and all(verdict.is_kept for verdict in verdicts)
    _print(options, finished, rows, verdicts, before, after, (*hard, *soft), where)
    _write(options, finished, rows, where, verdicts, before, after, assistant, passed)
    return 0 if passed else 1


def chosen_part(options: argparse.Namespace, gold: Sequence[GoldQuestion]) -> list[GoldQuestion]:
    """Dev and check, or the part that was asked for; the locked part only with `--locked`.

    Raises:
        InputError: the part holds no question.
    """
    wanted = {Part.LOCKED} if options.locked else {Part(options.part)} if options.part else {Part.DEV, Part.CHECK}
    chosen = [question for question in gold if part(question.id) in wanted]
    if not chosen:
        names = " and ".join(sorted(wanted))
        raise InputError(str(options.gold), f"has no question in the {names} part. Choose another part.")
    return chosen


def refuse_unless_anchored(options: argparse.Namespace, gold: Sequence[GoldQuestion], assistant: Answerer) -> None:
    """
    Raises:
        InputError: an anchor does not fit the index; nothing was run.
    """
    problems = check_anchors(gold, assistant.store.paragraphs)
    if problems:
        more = [f"... and {len(problems) - NAMED} more"] if len(problems) > NAMED else []
        listed = "\n  ".join([f"does not fit the index in {options.store}:", *problems[:NAMED], *more])
        remedy = (
            "Nothing was run. Index the reports these questions were written for: "
            f"python -m index FOLDER --store {options.store}\n"
            "If the program now reads those reports differently, move the anchors: "
            f"python -m eval gold-move --store {options.store} --gold {options.gold}"
        )
        raise InputError(str(options.gold), f"{listed}\n{remedy}")


def progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{f'asking {done}/{total}' if done < total else ''}", end="", file=sys.stderr, flush=True)


def _explain(options: argparse.Namespace, gold: Sequence[GoldQuestion], opener: Callable[[Path], Answerer]) -> int:
    named = [question for question in gold if question.id == options.explain]
    if not named:
        raise InputError(str(options.gold), f"has no question {options.explain}.")
    if part(options.explain) is Part.LOCKED and not options.locked:
        raise InputError(options.explain, "is in the locked part; looking at it needs --locked WHY and is logged.")
    assistant = opener(options.store)
    refuse_unless_anchored(options, named, assistant)
    finished = run(assistant, named)
    if options.locked:
        _log(options, finished, summarise(finished), None)
    words = words_of(finished.outcomes, assistant.store.paragraphs)
    print("\n".join(explain_lines(finished.outcomes[0], finished.traces[0], words)))
    return 0


def _print(
    options: argparse.Namespace,
    finished: Run,
    rows: Sequence[Row],
    verdicts: Sequence[Verdict],
    before: Baseline | None,
    after: Baseline,
    failures: Sequence[str],
    where: Circumstances,
) -> None:
    name = "locked part" if options.locked else f"{options.part} part" if options.part else "dev and check parts"
    sidecar = gates_path(options.gold)
    unchecked = f"Gates not checked: {sidecar} is missing or names none." if not sidecar.is_file() else ""
    gates = gate_lines(verdicts) if verdicts else [unchecked or "Floors are for the dev and check parts together."]
    changes = (
        comparison_lines(list(comparisons(before, after))) if before else [f"{baseline_path(options.gold)} is missing."]
    )
    memory = f"peak memory {where.peak_megabytes:.0f} MB; {where.seconds:.0f} s in all; {where.machine}"
    sections = {
        f"{len(finished.outcomes)} questions of {options.gold}, {name}; 95% intervals in brackets": [
            *headline(rows),
            memory,
        ],
        "By kind": kind_table(rows),
        "By part": part_table(rows),
        "Its own confidence": selective_lines(finished.outcomes),
        "Questions lost, by the first stage that lost them": lost_lines(finished),
        "Change since the baseline": changes,
        "Gates": [*verbatim_lines(finished), *gates, *(f"FAILED  {each}" for each in failures)],
    }
    for title, lines in sections.items():
        print("\n".join([title, *(f"  {line}" for line in lines), ""]))


def _write(
    options: argparse.Namespace,
    finished: Run,
    rows: Sequence[Row],
    where: Circumstances,
    verdicts: Sequence[Verdict],
    before: Baseline | None,
    after: Baseline,
    assistant: Answerer,
    passed: bool,
) -> None:
    if options.details:
        write_lines(options.details, [asdict(outcome) for outcome in finished.outcomes])
    if options.json:
        report = {
            "gold": options.gold.name,
            "part": "locked" if options.locked else options.part,
            "questions": len(finished.outcomes),
            "circumstances": asdict(where),
            "rows": [{**asdict(row), "small": row.is_small} for row in rows],
            "gates": [{**asdict(verdict), "kept": verdict.is_kept} for verdict in verdicts],
            "passed": passed,
        }
        write_text(options.json, json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    if options.locked:
        _log(options, finished, rows, where)
    if options.runs:
        folder = new_folder(options.runs, where.started, options.gold.name)
        name = "locked" if options.locked else options.part or "all"
        summary = summary_of(folder, finished, rows, where, name, passed)
        record(summary, finished, rows, assistant.store.paragraphs)
        _page(summary, before)
    if options.save_baseline:
        if options.part or options.locked:
            raise InputError("--save-baseline", "keeps dev and check together. Leave out --part and --locked.")
        write_baseline(baseline_path(options.gold), after)
        print(f"Baseline written to {baseline_path(options.gold)}. Commit it.")


def _page(summary: RunSummary, before: Baseline | None) -> None:
    write_text(summary.folder / PAGE, page.page_of(summary.folder, before))
    print(f"Run kept in {summary.folder}; open {summary.folder / PAGE}")


def _log(options: argparse.Namespace, finished: Run, rows: Sequence[Row], where: Circumstances | None) -> None:
    """Add a line to the log of locked runs, which is committed."""
    overall = {row.measure: row for row in rows if row.slice == "all"}
    entry = {
        "when": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "why": options.locked,
        "gold": options.gold.name,
        "questions": len(finished.outcomes),
        "looked_at": options.explain or "figures",
        "commit": where.commit if where else "",
        "index": where.index if where else "",
        compare.HEADLINE: overall[compare.HEADLINE].value,
    }
    log = options.gold.parent / LOG
    earlier = log.read_text(encoding="utf-8") if log.is_file() else ""
    write_text(log, f"{earlier}{json.dumps(entry, ensure_ascii=False)}\n")
    print(f"Logged in {log}. Commit it.")
