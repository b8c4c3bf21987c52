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
from eval.asking import Answerer, put
from eval.gold import WORDINGS, GoldQuestion, Part, QuestionKind
from eval.metrics import SMALLEST_SLICE
from eval.outcome import Outcome, score
from eval.stages import Trace

K_VALUES = (1, 3, 5, 10)  # 10 is one screen of the evidence tab


@dataclass(frozen=True, slots=True)
class Run:
    """One outcome and one trace for each question, in gold order."""

    outcomes: tuple[Outcome, ...]
    k_values: tuple[int, ...] = K_VALUES
    traces: tuple[Trace, ...] = ()


class Unit(StrEnum):
    SHARE = "share"  # each question counts 0 or 1: mean, with Wilson's interval
    MEAN = "mean"  # each question counts something in [-1, 1]: mean, with a bootstrap interval
    AMOUNT = "amount"  # each question counts some number: mean, with a bootstrap interval
    COUNT = "count"  # how many questions: a sum, no interval
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

    slice: str  # "all", a kind, a part, a wording, or a tag as "tag:typo"
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
    outcomes, traces = list[Outcome](), list[Trace]()
    for question in gold:
        asked = put(assistant, question, max(k_values), clock)
        outcomes.append(score(question, asked, assistant.store.paragraphs, assistant.store.document_of, k_values))
        traces.append(asked.trace)
        report(len(outcomes), len(gold))
    return Run(tuple(outcomes), k_values, tuple(traces))


def measures(k_values: Sequence[int] = K_VALUES) -> tuple[Measure, ...]:
    """Every figure there is. Those of correctness count answerable questions only."""
    share, mean, count, seconds = Unit.SHARE, Unit.MEAN, Unit.COUNT, Unit.SECONDS
    deepest = max(k_values)
    bad = {"low_is_good": True}
    return (
        Measure("grounded_correct", "correct and grounded", share, _answerable(lambda each: each.grounded)),
        Measure("correct", "correct", share, _answerable(lambda each: each.correct)),
        Measure("right", "right, refusals included", share, lambda each: float(each.is_right)),
        Measure("crag", "CRAG score", mean, lambda each: metrics.crag_score(each.refused, each.is_right)),
        Measure("number_right", "number, unit and period right", share, lambda each: _float(each.number_right)),
        Measure("citation_recall", "citation recall", mean, lambda each: each.citation_recall),
        Measure("citation_precision", "citation precision", mean, lambda each: each.citation_precision),
        Measure("citation_f1", "citation F1", mean, lambda each: each.citation_f1),
        Measure("sentence_recall", "sentence recall", mean, lambda each: each.sentence_recall),
        Measure("sentence_precision", "sentence precision", mean, lambda each: each.sentence_precision),
        Measure("sentence_f1", "sentence F1", mean, lambda each: each.sentence_f1),
        Measure("first_citation", "first citation right", share, lambda each: each.first_citation_right),
        Measure("over_cited", "paragraphs cited beyond need", Unit.AMOUNT, lambda each: _float(each.over_cited), **bad),
        *(Measure(f"recall_at_{k}", f"recall@{k}", mean, _ranking(f"recall_at_{k}")) for k in k_values),
        *(Measure(f"hit_at_{k}", f"hit@{k}", share, _ranking(f"hit_at_{k}")) for k in k_values),
        Measure(f"all_at_{deepest}", f"all groups@{deepest}", share, _ranking(f"all_at_{deepest}")),
        Measure("reciprocal_rank", "reciprocal rank", mean, _ranking("reciprocal_rank")),
        Measure("ndcg_at_10", "nDCG@10", mean, _ranking("ndcg_at_10")),
        Measure("document_hit_at_1", "right document first", share, _ranking("document_hit_at_1")),
        Measure(
            f"document_recall_at_{deepest}", f"documents@{deepest}", mean, _ranking(f"document_recall_at_{deepest}")
        ),
        Measure("document_reciprocal_rank", "document reciprocal rank", mean, _ranking("document_reciprocal_rank")),
        Measure("unanswerable_refused", "unanswerable refused (recall)", share, _refusal(metrics.refusal_recall)),
        Measure("refusal_precision", "refusal precision", share, _refusal(metrics.refusal_precision)),
        Measure("answerable_refused", "answerable refused", share, _refusal(metrics.answerable_refused), **bad),
        Measure("refused", "refused", share, lambda each: float(each.refused), **bad),
        Measure("forbidden", "says what it must not", share, _answerable(lambda each: each.forbidden), **bad),
        Measure("carried_over", "follow-up questions right", share, _follow_up),
        Measure("verbatim", "every quote verbatim", share, lambda each: float(each.verbatim)),
        Measure("dangling", "dangling citations", count, lambda each: float(each.dangling), **bad),
        Measure("wrong_body", "wrong body answered", count, lambda each: float(each.wrong_body), **bad),
        Measure("wrong_period", "wrong period answered", count, lambda each: float(each.wrong_period), **bad),
        Measure("median_words", "median words", Unit.WORDS, _answered_words, **bad),
        Measure("p50_seconds", "p50 seconds", seconds, lambda each: each.seconds, 0.5, **bad),
        Measure("p95_seconds", "p95 seconds", seconds, lambda each: each.seconds, 0.95, **bad),
        Measure("p99_seconds", "p99 seconds", seconds, lambda each: each.seconds, 0.99, **bad),
    )


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _ranking(key: str) -> Callable[[Outcome], float | None]:
    return lambda outcome: outcome.ranking.get(key)


def _follow_up(outcome: Outcome) -> float | None:
    return float(outcome.is_right) if outcome.conversation else None


def _answered_words(outcome: Outcome) -> float | None:
    """Answers to answerable questions only, refusals as 0 words: a tool that refuses must not look terse."""
    if not outcome.is_answerable:
        return None
    return 0.0 if outcome.refused else float(outcome.words)


def _answerable(part: Callable[[Outcome], float]) -> Callable[[Outcome], float | None]:
    return lambda outcome: float(part(outcome)) if outcome.is_answerable else None


def _refusal(part: Callable[[bool, bool], float | None]) -> Callable[[Outcome], float | None]:
    return lambda outcome: part(outcome.refused, outcome.is_answerable)


def slices(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    """The whole run, then each kind, part, wording and tag that occurs: kinds in the order of `QuestionKind`, dev before
    check before locked, near before far, tags by name."""
    yield "all", list(outcomes)
    tags = sorted({tag for outcome in outcomes for tag in outcome.tags})
    named: list[tuple[str, Callable[[Outcome], bool]]] = [
        *((kind.value, lambda each, kind=kind: each.kind == kind) for kind in QuestionKind),
        *((part.value, lambda each, part=part: each.part == part) for part in Part),
        *((wording, lambda each, wording=wording: each.wording == wording) for wording in WORDINGS),
        *((f"tag:{tag}", lambda each, tag=tag: tag in each.tags) for tag in tags),
    ]
    for name, belongs in named:
        if chosen := [outcome for outcome in outcomes if belongs(outcome)]:
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
    if measure.unit is Unit.COUNT:
        return Row(*about, float(sum(parts)))
    if measure.unit is Unit.SECONDS:
        return Row(*about, metrics.percentile(parts, measure.percentile))
    if len(parts) < SMALLEST_SLICE:
        return Row(*about, statistics.fmean(parts))
    return Row(*about, statistics.fmean(parts), *_interval(measure.unit, parts))


def _interval(unit: Unit, parts: Sequence[float]) -> metrics.Interval:
    if unit is Unit.SHARE:
        return metrics.wilson_interval(round(sum(parts)), len(parts))
    return metrics.bootstrap_interval(parts)
