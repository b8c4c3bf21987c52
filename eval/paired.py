"""Two runs over the same questions: what changed, and whether that is more than luck.

Owns the paired tests and the size of difference a set can show. Leaves reading runs to `compare`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest, permutation_test

from eval.metrics import RESAMPLES, SEED, SMALLEST_SLICE, Interval

SHUFFLES = 9_999  # of signs; the smallest p value is then 0.0001
POWER = 0.8  # the customary chance to notice a difference that is there
Z_TWO_SIDED_95, Z_POWER_80 = 1.959963984540054, 0.8416212335729143


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure over the questions that both runs count, as B less A."""

    measure: str
    count: int
    before: float  # mean of A
    after: float  # mean of B
    low: float | None  # 95% interval of the difference: paired bootstrap over questions; None under 20 questions
    high: float | None
    p_value: float | None  # randomisation of signs, two-sided; None under 20 questions
    mcnemar: float | None  # exact McNemar, for measures that are 0 or 1 on every question
    wins: tuple[str, ...]  # ids of questions on which B is better, in order
    losses: tuple[str, ...]
    detectable: float | None  # the true difference that a test on these questions would notice four times in five

    @property
    def difference(self) -> float:
        return self.after - self.before

    @property
    def ties(self) -> int:
        return self.count - len(self.wins) - len(self.losses)

    @property
    def verdict(self) -> str:
        """In words; none for a slice too small to conclude anything from."""
        if self.low is None or self.high is None:
            return f"no verdict (n<{SMALLEST_SLICE})"
        if self.low > 0:
            return "higher"
        return "lower" if self.high < 0 else "no difference shown"


def compare(
    measure: str, before: Mapping[str, float], after: Mapping[str, float], low_is_good: bool = False
) -> Comparison:
    """The comparison over the ids that both hold, in the order of `before`.

    Raises:
        ValueError: they share no id.
    """
    ids = [key for key in before if key in after]
    if not ids:
        raise ValueError(f"the two runs share no question that {measure} counts")
    old, new = np.array([before[key] for key in ids]), np.array([after[key] for key in ids])
    sign = -1 if low_is_good else 1
    better = {key: sign * (after[key] - before[key]) for key in ids}
    wins = tuple(key for key in ids if better[key] > 0)
    losses = tuple(key for key in ids if better[key] < 0)
    enough = len(ids) >= SMALLEST_SLICE
    low, high = paired_interval(new - old) if enough else (None, None)
    is_binary = bool(np.isin(np.concatenate([old, new]), (0.0, 1.0)).all())
    return Comparison(
        measure,
        len(ids),
        float(old.mean()),
        float(new.mean()),
        low,
        high,
        randomisation(new - old) if enough else None,
        mcnemar(len(wins), len(losses)) if is_binary and enough else None,
        wins,
        losses,
        detectable(float((new - old).std(ddof=1)), len(ids)) if enough else None,
    )


def paired_interval(differences: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Interval:
    """95% percentile bootstrap of the mean difference, drawing questions with replacement; repeats exactly."""
    draws = np.random.default_rng(SEED).integers(0, len(differences), size=(RESAMPLES, len(differences)))
    low, high = np.percentile(differences[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def randomisation(differences: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    """Two-sided p value of Fisher's randomisation of signs; 1.0 when nothing differs.

    The paired test that Smucker, Allan and Carterette (CIKM 2007) recommend for retrieval runs.
    """
    changed = differences[differences != 0]  # a question that did not change is the same under either sign
    if len(changed) < 2:
        return 1.0  # of the two signs of one difference, both are as far from 0; scipy asks for two values at least
    result = permutation_test(
        (changed,),
        lambda values, axis: values.sum(axis=axis),
        permutation_type="samples",
        n_resamples=SHUFFLES,
        batch=500,
        rng=np.random.default_rng(SEED),
        vectorized=True,
    )
    return float(result.pvalue)


def mcnemar(wins: int, losses: int) -> float:
    """Exact two-sided p value over the questions that changed (McNemar 1947, binomial form); 1.0 when none did."""
    return float(binomtest(wins, wins + losses, 0.5).pvalue) if wins + losses else 1.0


def detectable(deviation: float, count: int) -> float:
    """The difference that a two-sided 5% test would notice with a chance of 80%, by the normal approximation.

    Args:
        deviation: standard deviation of the differences by question. Two runs that disagree on a tenth of 0/1
            questions have about 0.32.
    """
    return (Z_TWO_SIDED_95 + Z_POWER_80) * deviation / math.sqrt(count)
