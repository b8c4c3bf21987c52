"""Which of two runs is better, question by question.

Owns what of a run can be compared, and the committed baseline. Leaves the tests to `paired` and printing to `table`.

A baseline is a run without any words: for each question its id, kind, tags, the stage that lost it and what each measure
counted. It is committed beside the gold file, so that every change is held against the version before.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from errors import InputError
from eval import paired
from eval.evaluate import measures
from eval.gold import MUST_PASS
from eval.outcome import Outcome
from eval.paired import Comparison
from eval.runs import QUESTIONS, Circumstances, read_summary, write_text

HEADLINE = "right"  # fixed in advance, so that nobody picks the measure that happened to move
TOLERATED = -0.01  # a loss of one point, which this set could not tell from luck, is let through
COMPARED = (
    HEADLINE,
    "grounded_correct",
    "correct",
    "crag",
    "citation_recall",
    "citation_precision",
    "sentence_f1",
    "recall_at_5",
    "document_hit_at_1",
    "unanswerable_refused",
    "answerable_refused",
    "carried_over",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """What one question scored, without words."""

    id: str
    kind: str
    tags: tuple[str, ...]
    lost: str  # stage in words; "" when right
    scores: dict[str, float]  # by key of Measure; only those that count the question


@dataclass(frozen=True, slots=True)
class Baseline:
    """A run as it is held against another."""

    circumstances: Circumstances
    questions: tuple[Scored, ...]

    def scores(self, measure: str, ids: frozenset[str] | None = None) -> dict[str, float]:
        """Question id -> score, of the questions that the measure counts (and that are among `ids`)."""
        return {
            each.id: each.scores[measure]
            for each in self.questions
            if measure in each.scores and (ids is None or each.id in ids)
        }


_BASELINE, _OUTCOME = TypeAdapter(Baseline), TypeAdapter(Outcome)


def scored(outcome: Outcome) -> Scored:
    """What every measure counts of an outcome; seconds are left out, for they are the machine's."""
    parts = {each.key: each.part(outcome) for each in measures() if "seconds" not in each.key}
    kept = {key: round(value, 4) for key, value in parts.items() if value is not None}
    return Scored(outcome.id, outcome.kind, outcome.tags, outcome.lost.value if outcome.lost else "", kept)


def read_outcomes(folder: Path) -> tuple[Outcome, ...]:
    """The outcomes of the run in `folder`, in gold order.

    Raises:
        InputError: there is no run, or it is damaged or of another version of the program.
    """
    try:
        lines = (folder / QUESTIONS).read_text(encoding="utf-8").splitlines()
        return tuple(_OUTCOME.validate_json(line) for line in lines)
    except (OSError, ValueError, ValidationError) as problem:
        why = str(problem).split("\n", maxsplit=1)[0]
        raise InputError(str(folder), f"holds no run that can be read ({why}). Run python -m eval again.") from None


def read_baseline(path: Path) -> Baseline:
    """A baseline file, or a run's folder taken as one.

    Raises:
        InputError: it is neither.
    """
    if path.is_dir():
        return Baseline(read_summary(path).circumstances, tuple(map(scored, read_outcomes(path))))
    try:
        return _BASELINE.validate_json(path.read_bytes())
    except (OSError, ValidationError) as problem:
        why = str(problem).split("\n", maxsplit=1)[0]
        raise InputError(str(path), f"is no run and no baseline ({why}). Name a run's folder.") from None


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline, one question to a line, so that a change of it can be read in a diff.

    Raises:
        InputError: it cannot be written.
    """
    raw = _BASELINE.dump_python(baseline, mode="json")
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in raw["questions"])
    head = json.dumps(raw["circumstances"], ensure_ascii=False)
    write_text(path, f'{{"circumstances": {head},\n"questions": [\n{lines}\n]}}\n')


def baseline_path(gold: Path) -> Path:
    """gold.jsonl -> gold.baseline.json, in the same folder."""
    return gold.with_suffix(".baseline.json")


def comparisons(before: Baseline, after: Baseline, keys: Sequence[str] = COMPARED) -> Iterator[Comparison]:
    """A comparison for each measure that both runs count on at least one question."""
    known = {each.key: each for each in measures()}
    for key in keys:
        old, new = before.scores(key), after.scores(key)
        if old.keys() & new.keys():
            yield paired.compare(key, old, new, known[key].low_is_good)


def by_kind(before: Baseline, after: Baseline, measure: str = HEADLINE) -> Iterator[tuple[str, Comparison]]:
    """The headline for each kind of question that both runs have."""
    kinds = dict.fromkeys(each.kind for each in after.questions)
    for kind in kinds:
        ids = frozenset(each.id for each in after.questions if each.kind == kind)
        old, new = before.scores(measure, ids), after.scores(measure, ids)
        if old.keys() & new.keys():
            yield kind, paired.compare(measure, old, new)


def only_in_one(before: Baseline, after: Baseline) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids only in `before`, ids only in `after`; neither is compared."""
    old, new = {each.id for each in before.questions}, {each.id for each in after.questions}
    return tuple(sorted(old - new)), tuple(sorted(new - old))


def soft_failures(before: Baseline, after: Baseline) -> tuple[str, ...]:
    """Why a run may not replace the baseline: worse beyond doubt and tolerance, or a must-pass question lost."""
    found = []
    old, new = before.scores(HEADLINE), after.scores(HEADLINE)
    if old.keys() & new.keys():
        change = paired.compare(HEADLINE, old, new)
        if change.high is not None and change.high < TOLERATED:
            found.append(
                f"“{HEADLINE}” changed by {100 * change.difference:+.1f} points, 95% interval "
                f"[{100 * (change.low or 0):+.1f}, {100 * change.high:+.1f}], which lies below {100 * TOLERATED:+.0f}"
            )
    was_right = {each.id for each in before.questions if not each.lost}
    broken = [each for each in after.questions if each.lost and each.id in was_right and MUST_PASS in each.tags]
    found += [f"{each.id} must pass and is lost: {each.lost}" for each in broken]
    return tuple(found)
