"""What its own confidence is worth: how errors fall when only the surest answers are given.

Owns the coverage-risk curve, the area under it, and AUROC. Leaves what is right to `outcome`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import mannwhitneyu


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only the surest `coverage` of all questions, `risk` of those answers would be wrong."""

    coverage: float  # share of all questions, answered
    risk: float  # share of those answers that are wrong
    threshold: float  # the confidence of the least sure of them


def coverage_risk(judged: Sequence[tuple[float, bool]], total: int) -> tuple[Point, ...]:
    """The curve of El-Yaniv and Wiener (JMLR 2010), as coverage grows; a point after each distinct confidence.

    Args:
        judged: (confidence, is right) of each question answered; unanswerable questions answered are wrong.
        total: all questions of the run, refused ones included, so that the curve ends at the share answered now.

    Raises:
        ValueError: more answers than questions.
    """
    if len(judged) > total:
        raise ValueError(f"{len(judged)} answers to {total} questions")
    points, wrong = list[Point](), 0
    ranked = sorted(judged, key=lambda pair: -pair[0])
    for place, (confidence, is_right) in enumerate(ranked, start=1):
        wrong += not is_right
        if place == len(ranked) or ranked[place][0] != confidence:
            points.append(Point(place / total, wrong / place, confidence))
    return tuple(points)


def area_under(points: Sequence[Point]) -> float | None:
    """Mean risk over the coverages reached (AURC, Geifman et al., ICLR 2019); lower is better, None without points."""
    if not points:
        return None
    edges = [0.0, *(point.coverage for point in points)]
    widths = [high - low for low, high in zip(edges, edges[1:], strict=False)]
    return sum(width * point.risk for width, point in zip(widths, points, strict=True)) / edges[-1]


def coverage_at(points: Sequence[Point], risk: float) -> float:
    """The largest coverage at which the risk is at most `risk`; 0.0 when it never is."""
    return max((point.coverage for point in points if point.risk <= risk), default=0.0)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Chance that a positive is scored above a negative, ties counting half (Mann-Whitney); None without one of either."""
    if not positive or not negative:
        return None
    return float(mannwhitneyu(positive, negative).statistic) / (len(positive) * len(negative))
