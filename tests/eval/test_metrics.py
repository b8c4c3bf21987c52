"""Every definition, with its arithmetic written out."""

import re
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    answerable_refused,
    bootstrap_interval,
    citation_precision,
    citation_recall,
    count_words,
    crag_score,
    has_required_facts,
    is_verbatim,
    normalise,
    percentile,
    refusal_precision,
    refusal_recall,
    says_forbidden,
    wilson_interval,
)

ids = st.sampled_from(["a", "b", "c", "d", "e"])
cited_lists = st.lists(ids, max_size=6)
group_lists = st.lists(st.frozensets(ids, min_size=1), min_size=1, max_size=4)
shares = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def patterns(*sources: str) -> list[re.Pattern[str]]:
    return [re.compile(source, re.IGNORECASE | re.DOTALL) for source in sources]


# --- the answer's words: the rules of the scorer of the held-out questions, case by case ------------------------------


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("The  Panel’s\n‘view’", "the panel's 'view'"),
        ("“Good” – not — bad", '"good" - not - bad'),
        ("**Good** [at] #1_", "good at 1"),
        (" \t", ""),
    ],
)
def test_text_is_compared_without_case_markup_and_typography(written: str, compared: str) -> None:
    assert normalise(written) == compared


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_one_alternative_of_every_group_is_required() -> None:
    must = [patterns("14", "fourteen"), patterns("officers")]
    assert has_required_facts("Fourteen OFFICERS", must)
    assert not has_required_facts("fourteen vans", must)
    assert not has_required_facts("", must)


def test_a_required_fact_may_match_the_answer_as_written() -> None:
    assert has_required_facts(
        "It rose by [about] 14%", [patterns(r"\[about\]")]
    )  # brackets are not in the normalised text


def test_a_required_fact_may_match_across_markup_and_lines() -> None:
    assert has_required_facts("It had **14**\nofficers", [patterns("14 officers")])


def test_a_forbidden_fact_is_looked_for_in_the_normalised_text_only() -> None:
    assert says_forbidden("It was **GOOD**.", patterns("was good"))
    assert not says_forbidden("It was [good].", patterns(r"\[good\]"))
    assert not says_forbidden("It was good.", [])


def test_words_stand_between_white_space() -> None:
    assert count_words(" The team\nhad 14 officers. ") == 5
    assert count_words("") == 0


# --- citations and retrieval ------------------------------------------------------------------------------------------


def test_citation_recall_counts_groups() -> None:
    assert citation_recall(["a", "b"], [{"a", "b"}, {"c"}]) == 1 / 2
    assert citation_recall([], [{"a"}]) == 0.0
    assert citation_recall([], []) == 1.0


def test_citation_precision_counts_citations_also_of_one_paragraph() -> None:
    assert citation_precision(["a", "a", "z"], [{"a", "b"}]) == 2 / 3
    assert citation_precision([], [{"a"}]) is None


@given(cited_lists, group_lists)
def test_citation_recall_and_precision_are_shares(cited: list[str], groups: list[frozenset[str]]) -> None:
    precision = citation_precision(cited, groups)
    assert 0 <= citation_recall(cited, groups) <= 1
    assert precision is None if not cited else precision is not None and 0 <= precision <= 1


@given(cited_lists, ids, group_lists)
def test_one_more_citation_never_lowers_recall(cited: list[str], more: str, groups: list[frozenset[str]]) -> None:
    assert citation_recall([*cited, more], groups) >= citation_recall(cited, groups)


def test_a_quote_is_verbatim_only_letter_for_letter_and_in_the_index() -> None:
    assert is_verbatim("14 officers", "It had 14 officers.")
    assert not is_verbatim("14 Officers", "It had 14 officers.")
    assert not is_verbatim(" ", "It had 14 officers.")
    assert not is_verbatim("14 officers", None)


# --- refusing ---------------------------------------------------------------------------------------------------------


def test_a_wrong_answer_costs_what_a_right_one_earns_and_a_refusal_nothing() -> None:
    assert [
        crag_score(refused, right) for refused, right in ((False, True), (True, True), (True, False), (False, False))
    ] == [1, 1, 0, -1]


def test_refusal_figures_are_means_over_the_questions_they_count() -> None:
    # (refused, answerable): 2 of 3 unanswerable refused, 1 of 4 answerable refused; so 2 of 3 refusals are right.
    verdicts = [(True, False), (True, False), (False, False), (True, True), (False, True), (False, True), (False, True)]
    for metric, expected in ((refusal_recall, 2 / 3), (refusal_precision, 2 / 3), (answerable_refused, 1 / 4)):
        assert fmean(part for each in verdicts if (part := metric(*each)) is not None) == pytest.approx(expected)


# --- many questions ---------------------------------------------------------------------------------------------------


def test_percentiles_are_values_that_occurred() -> None:
    twenty = [number / 10 for number in range(1, 21)]
    assert percentile(twenty, 0.95) == 1.9  # rank 19 of 20
    assert percentile(twenty, 0.5) == 1.0  # rank 10 of 20
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([1.0], 0.95) == 1.0


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.1)])
def test_a_percentile_of_nothing_is_a_mistake(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="percentile needs"):
        percentile(values, share)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=50), st.floats(0.01, 1))
def test_at_least_the_share_of_values_is_at_most_the_percentile(values: list[float], share: float) -> None:
    point = percentile(values, share)
    assert point in values
    assert sum(value <= point for value in values) >= share * len(values) - 1e-6


@given(shares)
def test_the_bootstrap_interval_contains_the_mean_and_stays_in_range(values: list[float]) -> None:
    low, high = bootstrap_interval(values)
    assert low - 1e-9 <= fmean(values) <= high + 1e-9
    assert min(values) - 1e-9 <= low and high <= max(values) + 1e-9


def test_the_bootstrap_interval_is_the_same_each_time() -> None:
    values = [0.0, 0.5, 1.0, 1.0]
    assert bootstrap_interval(values) == bootstrap_interval(values)


def test_the_bootstrap_interval_of_a_share_is_near_the_binomial_one() -> None:
    # 70 of 100: standard error sqrt(0.7 * 0.3 / 100) = 0.0458, times 1.96 = 0.09 each way.
    low, high = bootstrap_interval([1.0] * 70 + [0.0] * 30)
    assert low == pytest.approx(0.61, abs=0.015) and high == pytest.approx(0.79, abs=0.015)


def test_the_wilson_interval_is_the_textbook_one() -> None:
    # 81 of 263 (Newcombe, Statistics in Medicine 1998, table I, method 3): 0.2553 to 0.3662.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    # 0 of 20: (z²/20) / (1 + z²/20) = 0.19207 / 1.19207 = 0.1611.
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count))))
def test_the_wilson_interval_contains_the_share(case: tuple[int, int]) -> None:
    low, high = wilson_interval(*case)
    assert 0 <= low <= case[0] / case[1] + 1e-12 and case[0] / case[1] - 1e-12 <= high <= 1


def test_intervals_of_nothing_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        bootstrap_interval([])
    for successes, count in ((0, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match=f"{successes} of {count}"):
            wilson_interval(successes, count)
