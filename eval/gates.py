"""What a run must keep: hard gates that no file can relax, and floors and ceilings from a file beside the gold questions.

Owns the gates and their verdicts. Leaves the figures to `evaluate` and the change since the baseline, which is the soft
gate, to `compare`. A line of the file is `measure = floor`, or
`measure_max = ceiling` for figures that are better when lower: `grounded_correct = 0.75`, `p50_seconds_max = 0.5`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import InputError
from eval.evaluate import Measure, Row, Run, Unit
from eval.gold import GoldQuestion


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound on one figure over all questions of the run."""

    key: str  # as the file names it
    measure: str
    bound: float
    is_ceiling: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a run keeps a gate. A figure that could not be measured (None) does not keep it."""

    gate: Gate
    value: float | None
    count: int  # questions the figure counts

    @property
    def is_kept(self) -> bool:
        if self.value is None:
            return False
        return self.value <= self.gate.bound if self.gate.is_ceiling else self.value >= self.gate.bound


def gates_path(gold: Path) -> Path:
    """gold.jsonl -> gold.gates.toml, in the same folder."""
    return gold.with_suffix(".gates.toml")


def read_gates(path: Path, measures: Sequence[Measure]) -> tuple[Gate, ...]:
    """The gates of a file, in its order.

    Raises:
        InputError: the file is not TOML, names a figure there is not, or bounds one by something that cannot be.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise InputError(str(path), f"cannot be read ({problem}). Correct it or take it away.") from None
    known = {f"{each.key}_max" if each.low_is_good else each.key: each for each in measures}
    problems = [problem for key, bound in raw.items() for problem in _problems(key, bound, known)]
    if problems:
        raise InputError(str(path), " ".join(problems))
    return tuple(Gate(key, known[key].key, float(bound), known[key].low_is_good) for key, bound in raw.items())


def _problems(key: str, bound: object, known: Mapping[str, Measure]) -> list[str]:
    if key not in known:
        return [f"There is no gate “{key}”; the gates are {', '.join(known)}."]
    if isinstance(bound, bool) or not isinstance(bound, (int, float)) or not 0 <= bound < float("inf"):
        return [f"“{key}” must be a number from 0 up, not {bound}."]
    if known[key].unit in (Unit.SHARE, Unit.MEAN) and bound > 1:
        return [f"“{key}” is a share and cannot be above 1, as {bound} is."]
    return []


def check_gates(gates: Sequence[Gate], rows: Sequence[Row]) -> tuple[Verdict, ...]:
    """A verdict for each gate, from the rows over all questions of the run."""
    overall = {row.measure: row for row in rows if row.slice == "all"}
    return tuple(Verdict(gate, overall[gate.measure].value, overall[gate.measure].count) for gate in gates)


def hard_failures(run: Run, gold: Sequence[GoldQuestion]) -> tuple[str, ...]:
    """What must never happen, in words; empty when it did not. No figure elsewhere makes up for it."""
    faults = {
        "a quote that does not stand verbatim in the index": [each.id for each in run.outcomes if not each.verbatim],
        "a citation of a paragraph that the index does not hold": [each.id for each in run.outcomes if each.dangling],
        "an answer about another body than the one asked about": [each.id for each in run.outcomes if each.wrong_body],
    }
    found = [f"{fault}: {', '.join(ids)}" for fault, ids in faults.items() if ids]
    asked = [each.id for each in run.outcomes]
    skipped = [each.id for each in gold if each.id not in asked]
    if skipped or len(asked) != len(gold):
        found.append(f"questions skipped or asked twice: {', '.join(skipped) or len(asked)}")
    return tuple(found)
