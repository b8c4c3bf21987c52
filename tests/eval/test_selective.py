"""Coverage, risk and AUROC, with their arithmetic written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.selective import area_under, auroc, coverage_at, coverage_risk

judged = st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=1, max_size=20)


def test_the_curve_answers_the_surest_first() -> None:
    points = coverage_risk([(1.0, False), (3.0, True), (2.0, True)], 4)
    assert [(each.coverage, each.risk) for each in points] == [(1 / 4, 0), (2 / 4, 0), (3 / 4, 1 / 3)]
    assert area_under(points) == pytest.approx((0 + 0 + 1 / 3) / 3)
    assert coverage_at(points, 0.05) == 1 / 2 and coverage_at(points, 0.5) == 3 / 4


def test_equal_confidences_are_one_point() -> None:
    [point] = coverage_risk([(1.0, False), (1.0, True)], 2)
    assert (point.coverage, point.risk) == (1.0, 0.5)


def test_no_answers_have_no_curve() -> None:
    assert coverage_risk([], 5) == () and area_under(()) is None and coverage_at((), 0.1) == 0.0


def test_more_answers_than_questions_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="2 answers to 1"):
        coverage_risk([(1.0, True), (2.0, True)], 1)


def test_auroc_is_the_share_of_pairs_in_order() -> None:
    assert auroc([3, 1], [2]) == 1 / 2 and auroc([3], [1, 2]) == 1.0 and auroc([1], [1]) == 1 / 2
    assert auroc([], [1]) is None


@given(judged, st.integers(0, 5))
def test_the_curve_ends_at_the_share_answered_and_its_risk(pairs: list[tuple[float, bool]], refused: int) -> None:
    points = coverage_risk(pairs, len(pairs) + refused)
    assert points[-1].coverage == len(pairs) / (len(pairs) + refused)
    assert points[-1].risk == sum(not right for _, right in pairs) / len(pairs)
    assert 0 <= (area_under(points) or 0) <= 1
