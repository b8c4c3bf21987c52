"""Gold questions become a Run of Outcomes, and a Run becomes the rows of a table.

Owns which questions each figure counts and which interval it gets. Leaves single questions to `outcome`, arithmetic to
`metrics` and what is printed to `table`.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval import metrics
from eval.gold import GoldQuestion, QuestionKind
from eval.outcome import Answerer, Outcome, examine

K_VALUES = (1, 3, 5, 10)  # 10 is one screen of the evidence tab
SMALLEST_SLICE = 20  # questions; below, the 95% half-width at a share of one half passes 20 points


@dataclass(frozen=True, slots=True)
class Run:
    """One outcome for each question, in gold order."""

    outcomes: tuple[Outcome, ...]
    k_values: tuple[int, ...] = K_VALUES


class Unit(StrEnum):
    SHARE = "share"  # each question counts 0 or 1: mean, with Wilson's interval
    MEAN = "mean"  # each question counts something in [0, 1]: mean, with a bootstrap interval
    WORDS = "words"  # median, no interval
    SECONDS = "seconds"  # percentile, no interval


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: what each question adds to it (None: not counted), and how the parts become one."""

    key: str
    label: str
    unit: Unit
    part: Callable[[Outcome], float | None]
    percentile: float = 0.5  # of seconds
    low_is_good: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One figure over one slice of the questions."""

    slice: str  # "all", a kind, or a half
    measure: str  # key of the Measure
    label: str
    unit: Unit
    count: int  # questions counted
    value: float | None  # None when no question counts
    low: float | None = None  # bounds of the 95% interval; None where it has none or the slice is small
    high: float | None = None

    @property
    def is_small(self) -> bool:
        """Too few questions to conclude anything."""
        return self.count < SMALLEST_SLICE


def run(
    assistant: Answerer,
    gold: Sequence[GoldQuestion],
    k_values: tuple[int, ...] = K_VALUES,
    report: Callable[[int, int], None] = lambda done, total: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Ask every question once, in order; `report(done, total)` is called after each, and `clock` gives seconds."""
    outcomes = []
    for question in gold:
        outcomes.append(examine(assistant, question, k_values, clock))
        report(len(outcomes), len(gold))
    return Run(tuple(outcomes), k_values)


def measures(k_values: Sequence[int] = K_VALUES) -> tuple[Measure, ...]:
    """Every figure there is. Those of correctness count answerable questions only."""
    share, mean, seconds = Unit.SHARE, Unit.MEAN, Unit.SECONDS
    return (
        Measure("grounded_correct", "correct and grounded", share, _answerable(lambda each: each.grounded)),
        Measure("correct", "correct", share, _answerable(lambda each: each.correct)),
        Measure("citation_recall", "citation recall", mean, lambda each: each.citation_recall),
        Measure("citation_precision", "citation precision", mean, lambda each: each.citation_precision),
        Measure("first_citation", "first citation right", share, lambda each: each.first_citation_right),
        *(Measure(f"recall_at_{k}", f"recall@{k}", mean, _at(k, lambda each: each.recall_at)) for k in k_values),
        *(Measure(f"hit_at_{k}", f"hit@{k}", share, _at(k, lambda each: each.hit_at)) for k in k_values),
        Measure("reciprocal_rank", "reciprocal rank", mean, lambda each: each.reciprocal_rank),
        Measure("unanswerable_refused", "unanswerable refused (recall)", share, _refusal(metrics.refusal_recall)),
        Measure("refusal_precision", "refusal precision", share, _refusal(metrics.refusal_precision)),
        Measure(
            "answerable_refused", "answerable refused", share, _refusal(metrics.answerable_refused), low_is_good=True
        ),
        Measure("refused", "refused", share, lambda each: float(each.refused), low_is_good=True),
        Measure(
            "forbidden", "says what it must not", share, _answerable(lambda each: each.forbidden), low_is_good=True
        ),
        Measure("verbatim", "every quote verbatim", share, lambda each: float(each.verbatim)),
        Measure("median_words", "median words", Unit.WORDS, _answerable(lambda each: each.words), low_is_good=True),
        Measure("p50_seconds", "p50 seconds", seconds, lambda each: each.seconds, 0.5, low_is_good=True),
        Measure("p95_seconds", "p95 seconds", seconds, lambda each: each.seconds, 0.95, low_is_good=True),
    )


def _answerable(part: Callable[[Outcome], float]) -> Callable[[Outcome], float | None]:
    return lambda outcome: float(part(outcome)) if outcome.is_answerable else None


def _at(k: int, values: Callable[[Outcome], tuple[tuple[int, float], ...]]) -> Callable[[Outcome], float | None]:
    return lambda outcome: dict(values(outcome)).get(k)


def _refusal(part: Callable[[bool, bool], float | None]) -> Callable[[Outcome], float | None]:
    return lambda outcome: part(outcome.refused, outcome.is_answerable)


def slices(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    """The whole run, each kind that occurs, in the order of `QuestionKind`, and each half that occurs, dev first."""
    yield "all", list(outcomes)
    for kind in QuestionKind:
        if chosen := [outcome for outcome in outcomes if outcome.kind == kind]:
            yield kind.value, chosen
    for name in ("dev", "check"):
        if chosen := [outcome for outcome in outcomes if outcome.half == name]:
            yield name, chosen


def summarise(run: Run) -> tuple[Row, ...]:
    """Every measure over every slice."""
    return tuple(
        _row(name, measure, outcomes) for name, outcomes in slices(run.outcomes) for measure in measures(run.k_values)
    )


def _row(name: str, measure: Measure, outcomes: Sequence[Outcome]) -> Row:
    parts = [part for outcome in outcomes if (part := measure.part(outcome)) is not None]
    about = (name, measure.key, measure.label, measure.unit, len(parts))
    if not parts:
        return Row(*about, None)
    if measure.unit is Unit.WORDS:
        return Row(*about, float(statistics.median(parts)))
    if measure.unit is Unit.SECONDS:
        return Row(*about, metrics.percentile(parts, measure.percentile))
    if len(parts) < SMALLEST_SLICE:
        return Row(*about, statistics.fmean(parts))
    return Row(*about, statistics.fmean(parts), *_interval(measure.unit, parts))


def _interval(unit: Unit, parts: Sequence[float]) -> metrics.Interval:
    if unit is Unit.SHARE:
        return metrics.wilson_interval(round(sum(parts)), len(parts))
    return metrics.bootstrap_interval(parts)
