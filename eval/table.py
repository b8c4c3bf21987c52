"""A run as lines for the terminal.

Owns how figures are printed. Leaves what they are to `evaluate`, and the verdicts to `gates`.
"""

from collections.abc import Sequence

from eval.evaluate import Row, Run, Unit
from eval.gates import Verdict
from eval.gold import Part, QuestionKind
from eval.outcome import Outcome
from eval.paired import Comparison
from eval.recording import HEADLINE
from eval.selective import area_under, auroc, coverage_at, coverage_risk
from eval.stages import Stage

COLUMNS = {
    "right": "right",
    "grounded_correct": "grounded",
    "correct": "correct",
    "citation_recall": "cit. recall",
    "citation_precision": "cit. precision",
    "recall_at_5": "recall@5",
    "refused": "refused",
}
SMALL = "(n<20)"
NOTHING = "–"


def headline(rows: Sequence[Row]) -> list[str]:
    """The figures over all questions of the run, one to a line, with 95% intervals and the questions counted."""
    overall = {row.measure: row for row in rows if row.slice == "all"}
    shown = [overall[key] for key in HEADLINE if key in overall]
    return align([[row.label, figure(row), f"n={row.count}"] for row in shown])


def slice_table(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """A line for each named slice that occurs: the main figures in per cent, with 95% intervals."""
    of = {(row.slice, row.measure): row for row in rows}
    lines = [["", "n", *COLUMNS.values()]]
    for name in names:
        if (name, "refused") in of:  # which counts every question of the slice
            cells = [figure(of[name, key]) for key in COLUMNS]
            lines.append([name, str(of[name, "refused"].count), *cells])
    return align(lines)


def kind_table(rows: Sequence[Row]) -> list[str]:
    return slice_table(rows, [kind.value for kind in QuestionKind])


def part_table(rows: Sequence[Row]) -> list[str]:
    return slice_table(rows, [part.value for part in Part])


def selective_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """AUROC of the confidence and what a stricter threshold would cost; empty where no confidence is known."""
    known = [each for each in outcomes if each.confidence is not None]
    answered = [(each.confidence or 0.0, each.is_right) for each in known if not each.refused]
    points = coverage_risk(answered, len(outcomes))
    if not points:
        return ["no confidence is known"]
    parted = auroc(
        [each.confidence or 0.0 for each in known if each.is_answerable],
        [each.confidence or 0.0 for each in known if not each.is_answerable],
    )
    told = auroc([c for c, right in answered if right], [c for c, right in answered if not right])
    return [
        f"answerable above unanswerable: AUROC {_plain(parted)}; right answers above wrong ones: {_plain(told)}",
        f"answers {points[-1].coverage:.0%} of all questions at a risk of {points[-1].risk:.1%}; "
        f"area under risk and coverage {_plain(area_under(points))}",
        f"coverage at 5% risk {coverage_at(points, 0.05):.0%}, at 10% risk {coverage_at(points, 0.1):.0%}",
    ]


def _plain(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


def comparison_lines(found: Sequence[Comparison]) -> list[str]:
    """A line for each measure: before, after, difference with interval, p values, wins, losses, ties and the verdict;
    then the questions won and lost on the first measure, by id, and what this set can show."""
    if not found:
        return ["no question in common"]
    lines = align(
        [
            ["", "n", "before", "after", "change", "95% interval", "p", "McNemar", "won/lost/same", ""],
            *map(_change, found),
        ]
    )
    first = found[0]
    for name, ids in (("won", first.wins), ("lost", first.losses)):
        lines.append(f"{first.measure}, {name}: {', '.join(ids) or 'none'}")
    if first.detectable is not None:
        lines.append(
            f"On {first.measure} these {first.count} questions show a true difference of {100 * first.detectable:.1f} points "
            f"four times in five; smaller ones may pass unseen."
        )
    return lines


def _change(each: Comparison) -> list[str]:
    interval = NOTHING if each.low is None or each.high is None else f"[{100 * each.low:+.1f}, {100 * each.high:+.1f}]"
    p_values = [NOTHING if value is None else f"{value:.3f}" for value in (each.p_value, each.mcnemar)]
    means = [f"{100 * value:.1f}" for value in (each.before, each.after)]
    counts = f"{len(each.wins)}/{len(each.losses)}/{each.ties}"
    change = f"{100 * each.difference:+.1f}"
    return [each.measure, str(each.count), *means, change, interval, *p_values, counts, each.verdict]


def figure(row: Row) -> str:
    """As in “75.0% [69–80]”; for a slice too small to conclude anything, only the points scored, “11 of 14 (n<20)”."""
    if row.value is None:
        return NOTHING
    if row.unit is Unit.WORDS:
        return f"{row.value:g}"
    if row.unit is Unit.SECONDS:
        return f"{row.value:.3f}"
    if row.unit is Unit.COUNT:
        return f"{row.value:g}"
    if row.unit is Unit.AMOUNT or row.measure == "crag":
        return f"{row.value:.2f}" + (f" [{row.low:.2f}–{row.high:.2f}]" if row.low is not None else "")
    if row.is_small or row.low is None or row.high is None:
        return f"{round(row.value * row.count, 1):g} of {row.count} {SMALL}"
    return f"{100 * row.value:.1f}% [{100 * row.low:.0f}–{100 * row.high:.0f}]"


def lost_lines(run: Run) -> list[str]:
    """The questions lost, under the first stage that lost them, stages in the order in which the assistant works."""
    lines: list[str] = []
    for stage in Stage:
        outcomes = [outcome for outcome in run.outcomes if outcome.lost is stage]
        if outcomes:
            lines += [
                f"{stage.value}: {len(outcomes)}",
                *align([_lost_cells(outcome) for outcome in outcomes], indent="  "),
            ]
    return lines or ["none"]


def _lost_cells(outcome: Outcome) -> list[str]:
    if outcome.refused:
        aside = f"(refused: {outcome.reason})"
    else:
        aside = "(says what it must not)" if outcome.forbidden else ""
    return [outcome.id, outcome.kind, f"{outcome.question} {aside}".strip()]


def verbatim_lines(run: Run) -> list[str]:
    """Which questions were shown a quote that the index does not hold; this fails every run."""
    broken = [outcome.id for outcome in run.outcomes if not outcome.verbatim]
    if not broken:
        return ["Every quote stands verbatim in the index."]
    return [f"NOT VERBATIM: quotes shown for {', '.join(broken)} do not stand in the index. This must never happen."]


def gate_lines(verdicts: Sequence[Verdict]) -> list[str]:
    """A line for each gate: kept or not, the figure and the bound."""
    return align([_gate_cells(verdict) for verdict in verdicts])


def _gate_cells(verdict: Verdict) -> list[str]:
    value = "not measured" if verdict.value is None else f"{verdict.value:.3f}"
    bound = f"{'at most' if verdict.gate.is_ceiling else 'at least'} {verdict.gate.bound:g}"
    return ["kept" if verdict.is_kept else "FAILED", verdict.gate.key, value, bound, f"n={verdict.count}"]


def align(lines: Sequence[Sequence[str]], indent: str = "") -> list[str]:
    """Cells in columns as wide as their widest cell, two spaces apart; every line has the same number of cells."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return [indent + "  ".join(cells).rstrip() for cells in padded]
