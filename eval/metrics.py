"""What one question scores, and how many scores become one figure with its uncertainty.

Owns the definitions of facts, citations and refusing, with the convention where people differ. Leaves which question counts where to `evaluate`.

Conventions. A per-question metric returns a share in [0, 1], or None where it says nothing about that question; the
figure reported is the mean over the questions where it is not None. Evidence is a list of groups: a group is one thing
that must be shown, as the set of paragraph ids any one of which shows it. Nothing here needs a model as judge. Other
definitions: ranking in `retrieval`, numbers in `figures`, sentences in `citing`, confidence in `selective`.
"""

import math
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np

Groups = Sequence[AbstractSet[str]]  # evidence groups of one question, each of paragraph ids
Interval = tuple[float, float]  # low, high

Z_95 = 1.959963984540054  # two-sided 95% point of the standard normal distribution
RESAMPLES = 2_000  # over 20 seeds, bounds of a 240-question share moved by at most 0.9 points (measured 2026-11-22)
SMALLEST_SLICE = 20  # questions; below, the 95% half-width at a share of one half passes 20 points
SEED = 0  # any fixed number: the same outcomes must always print the same interval

_LOOK_ALIKES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


# --- the answer's words -----------------------------------------------------------------------------------------------


def normalise(text: str) -> str:
    """Text as it is compared: straight quotes and hyphens, no `*_#[]`, single spaces, lower case.

    The same rule as the scorer of the held-out questions, so that a pattern that matches here matches there.
    """
    return " ".join(re.sub(r"[*_#\[\]]", "", text.translate(_LOOK_ALIKES)).split()).lower()


def has_required_facts(answer: str, must: Sequence[Sequence[re.Pattern[str]]]) -> bool:
    """Every group of required facts is matched by at least one of its alternatives.

    An alternative may match the normalised answer or the answer as written. This is the strict form of nugget scoring
    (TREC RAG 2024, "strict vital"): a question is right or wrong, there are no part marks.
    """
    text = normalise(answer)
    return all(any(pattern.search(text) or pattern.search(answer) for pattern in group) for group in must)


def says_forbidden(answer: str, must_not: Sequence[re.Pattern[str]]) -> bool:
    """The normalised answer holds something it must not: another year's grade, another force's number."""
    text = normalise(answer)
    return any(pattern.search(text) for pattern in must_not)


def count_words(text: str) -> int:
    """Runs of characters between white space."""
    return len(text.split())


# --- citations --------------------------------------------------------------------------------------------------------


def citation_recall(cited: Sequence[str], groups: Groups) -> float:
    """Share of evidence groups with a cited paragraph; 1.0 where there are no groups.

    Source: citation recall of ALCE (Gao et al., EMNLP 2023), with gold paragraphs in place of its entailment model.
    """
    if not groups:
        return 1.0
    return sum(not group.isdisjoint(cited) for group in groups) / len(groups)


def citation_precision(cited: Sequence[str], groups: Groups) -> float | None:
    """Share of citations whose paragraph is evidence; None where nothing is cited.

    Two quotes from one paragraph are two citations. Gold never lists every paragraph that would do, so this is a lower
    bound. Source: citation precision of ALCE, with gold paragraphs in place of its entailment model.
    """
    if not cited:
        return None
    gold = frozenset[str]().union(*groups)
    return sum(paragraph_id in gold for paragraph_id in cited) / len(cited)


def is_verbatim(quote: str, paragraph: str | None) -> bool:
    """The quote stands in the paragraph letter for letter; False where the index has no such paragraph (None)."""
    return paragraph is not None and bool(quote.strip()) and quote in paragraph


# --- refusing: "refused" is the positive verdict, "unanswerable" the positive class -----------------------------------


def refusal_recall(refused: bool, answerable: bool) -> float | None:
    """Part of one question in: unanswerable questions refused / unanswerable questions."""
    return None if answerable else float(refused)


def refusal_precision(refused: bool, answerable: bool) -> float | None:
    """Part of one question in: unanswerable questions refused / questions refused."""
    return float(not answerable) if refused else None


def answerable_refused(refused: bool, answerable: bool) -> float | None:
    """Part of one question in: answerable questions refused / answerable questions.

    The error rate of NoMIRACL (Thakur et al., 2024); never read refusal recall without it, since always refusing scores
    1.0 there.
    """
    return float(refused) if answerable else None


def crag_score(refused: bool, right: bool) -> float:
    """+1 for a right reply, 0 for a refusal that is wrong, -1 for a wrong answer: silence costs less than error.

    Source: CRAG (Yang et al., NeurIPS 2024), where a missing answer scores 0; here a refusal that is right scores +1.
    """
    if right:
        return 1.0
    return 0.0 if refused else -1.0


# --- many questions, one figure ---------------------------------------------------------------------------------------


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank, no interpolation).

    Raises:
        ValueError: no values, or `share` is not in (0, 1].
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"percentile needs values and a share in (0, 1]; got {len(values)} values and {share}")
    # Rounded first: 0.95 * 60 is 57.0 on paper but may be 57.00000000000001 in binary, which would ceil to 58.
    return sorted(values)[math.ceil(round(share * len(values), 9)) - 1]


def bootstrap_interval(values: Sequence[float], resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """95% interval of the mean: percentile bootstrap over questions (Efron and Tibshirani, 1993, chapter 13).

    Questions are drawn with replacement, as many as there are, `resamples` times; the bounds are the 2.5% and 97.5%
    points of the means, interpolated linearly. The same values in the same order give the same interval.

    Raises:
        ValueError: no values.
    """
    if not values:
        raise ValueError("a bootstrap interval needs at least one value")
    draws = np.random.default_rng(seed).integers(0, len(values), size=(resamples, len(values)))
    low, high = np.percentile(np.asarray(values, dtype=np.float64)[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def wilson_interval(successes: int, count: int) -> Interval:
    """95% score interval of a share (Wilson, 1927), which stays in [0, 1] and is honest for small counts.

    Raises:
        ValueError: `count` is below 1, or `successes` is not in 0..count.
    """
    if count < 1 or not 0 <= successes <= count:
        raise ValueError(f"a Wilson interval needs 0 <= successes <= count and count >= 1; got {successes} of {count}")
    share, weight = successes / count, Z_95**2 / count
    middle = (share + weight / 2) / (1 + weight)
    half = Z_95 * math.sqrt(share * (1 - share) / count + weight / (4 * count)) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)
