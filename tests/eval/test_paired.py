"""Whether a change is more than luck."""

import math

import numpy as np
import pytest

from eval.paired import compare, detectable, mcnemar, paired_interval, randomisation


def runs(wins: int, losses: int, ties: int) -> tuple[dict[str, float], dict[str, float]]:
    before = [0.0] * wins + [1.0] * losses + [1.0] * ties
    after = [1.0] * wins + [0.0] * losses + [1.0] * ties
    names = [f"Q{number:03}" for number in range(len(before))]
    return dict(zip(names, before, strict=True)), dict(zip(names, after, strict=True))


def test_wins_losses_and_ties_are_named() -> None:
    found = compare("right", *runs(2, 1, 30))
    assert found.wins == ("Q000", "Q001") and found.losses == ("Q002",) and found.ties == 30
    assert found.difference == pytest.approx(1 / 33)


def test_the_same_run_twice_shows_no_difference() -> None:
    before, _ = runs(5, 5, 20)
    found = compare("right", before, before)
    assert (found.low, found.high, found.p_value, found.mcnemar) == (0, 0, 1, 1)
    assert found.verdict == "no difference shown"


def test_a_clear_gain_is_higher_and_a_clear_loss_lower() -> None:
    assert compare("right", *runs(20, 1, 79)).verdict == "higher"
    assert compare("right", *runs(1, 20, 79)).verdict == "lower"
    assert compare("right", *runs(6, 5, 89)).verdict == "no difference shown"


def test_a_figure_that_is_better_when_lower_is_won_by_falling() -> None:
    found = compare("refused", {"a": 1.0}, {"a": 0.0}, low_is_good=True)
    assert found.wins == ("a",) and found.difference == -1.0


def test_under_twenty_questions_there_is_no_verdict() -> None:
    found = compare("right", *runs(10, 0, 9))
    assert found.verdict == "no verdict (n<20)" and found.p_value is found.low is found.mcnemar is None


def test_only_shared_questions_are_compared() -> None:
    assert compare("right", {"a": 1.0, "b": 1.0}, {"b": 0.0, "c": 1.0}).count == 1
    with pytest.raises(ValueError, match="share no question"):
        compare("right", {"a": 1.0}, {"b": 1.0})


def test_mcnemar_is_the_exact_binomial_of_the_questions_that_changed() -> None:
    assert mcnemar(5, 0) == pytest.approx(2 / 2**5) and mcnemar(0, 0) == 1.0 and mcnemar(3, 3) == 1.0


def test_five_wins_of_five_are_found_by_randomisation_too() -> None:
    # Of the 32 ways to sign five equal gains, two are as far from 0 as all plus.
    assert randomisation(np.array([1.0] * 5 + [0.0] * 20)) == pytest.approx(2 / 32)
    assert randomisation(np.array([1.0, 0.0])) == randomisation(np.zeros(3)) == 1.0


def test_the_interval_of_a_constant_difference_is_a_point() -> None:
    assert paired_interval(np.full(30, 0.25)) == (0.25, 0.25)


def test_four_times_the_questions_show_half_the_difference() -> None:
    assert detectable(0.32, 400) == pytest.approx(detectable(0.32, 100) / 2)
    assert detectable(1.0, 1) == pytest.approx(1.96 + 0.8416, abs=1e-3) and math.isfinite(detectable(0.0, 5))
