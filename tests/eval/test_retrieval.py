"""Ranking measures by evidence group, with their arithmetic written out."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.retrieval import document_scores, paragraph_scores

ids = st.sampled_from(["a", "b", "c", "d", "e"])
rankings = st.lists(ids, max_size=5, unique=True)
group_lists = st.lists(st.frozensets(ids, min_size=1), min_size=1, max_size=4)


def test_recall_counts_groups_and_hit_asks_for_any() -> None:
    found = paragraph_scores(["x", "a", "y", "c"], [{"a", "b"}, {"c"}], (1, 2, 4))
    assert [found[f"recall_at_{k}"] for k in (1, 2, 4)] == [0, 1 / 2, 1]
    assert [found[f"hit_at_{k}"] for k in (1, 2, 4)] == [0, 1, 1]
    assert found["all_at_4"] == 1.0 and found["reciprocal_rank"] == 1 / 2


def test_a_second_alternative_of_a_group_earns_nothing_and_takes_no_place() -> None:
    twice, once = (paragraph_scores(found, [{"a", "b"}, {"c"}], (2,)) for found in (["a", "b", "c"], ["a", "c"]))
    assert twice == once and once["recall_at_2"] == 1.0


def test_a_paragraph_that_shows_two_groups_takes_two_places() -> None:
    found = paragraph_scores(["a"], [{"a"}, {"a", "b"}], (1, 2))
    assert (found["recall_at_1"], found["recall_at_2"]) == (1 / 2, 1)


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    found = paragraph_scores(["x", "a", "c"], [{"a"}, {"c"}], (1,))
    assert found["ndcg_at_10"] == pytest.approx((1 / log2(3) + 1 / log2(4)) / (1 / log2(2) + 1 / log2(3)))


def test_nothing_found_scores_nothing_and_no_evidence_gives_no_score() -> None:
    assert set(paragraph_scores([], [{"a"}], (1, 10)).values()) == {0.0}
    assert paragraph_scores(["a"], [], (1,)) == {} == document_scores(["a"], [], {}, (1,))


def test_documents_rank_by_their_first_paragraph() -> None:
    of = {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}
    found = document_scores(["a1", "a2", "b1"], [{"b1"}, {"c1"}], of, (1, 3))
    assert (found["document_hit_at_1"], found["document_reciprocal_rank"], found["document_recall_at_3"]) == (
        0,
        1 / 2,
        1 / 2,
    )


@given(rankings, group_lists)
def test_recall_grows_with_k_and_never_passes_hit(found: list[str], groups: list[frozenset[str]]) -> None:
    scores = paragraph_scores(found, groups, (1, 3, 5, 10))
    recall = [scores[f"recall_at_{k}"] for k in (1, 3, 5, 10)]
    assert recall == sorted(recall) and recall[0] >= 0 and recall[-1] <= 1
    assert all(scores[f"recall_at_{k}"] <= scores[f"hit_at_{k}"] for k in (1, 3, 5, 10))
    assert (scores["reciprocal_rank"] > 0) == (scores["hit_at_10"] == 1.0)
