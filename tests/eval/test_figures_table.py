"""Numbers in answers: value, unit and period."""

import re
from decimal import Decimal

import pytest

from eval.figures import amounts, has_amounts, required_amounts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14 officers", [("14", "")]),
        ("fourteen officers", [("14", "")]),
        ("£1.5m of capital and £240,000", [("1500000", "pound"), ("240000", "pound")]),
        ("94.1 percent, 3 per cent or 5%", [("94.1", "percent"), ("3", "percent"), ("5", "percent")]),
        ("within its own 30-second target", [("30", "second")]),
        ("picked up in nine seconds", [("9", "second")]),
        ("2,822 children", [("2822", "")]),
        ("in 2019, 2021/22 and on 9 April 2018", []),  # years and days of dates are no figures
        ("the 24-hour desk, 4.0 times as often", [("24", "hour"), ("4.0", "times")]),
    ],
)
def test_figures_are_read_with_their_unit(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.value, each.unit) for each in amounts(text)] == [(Decimal(value), unit) for value, unit in found]


MUST = [[re.compile(r"\b14\b"), re.compile("fourteen")]]


def test_only_the_figures_a_required_fact_points_at_are_required() -> None:
    [wanted] = required_amounts("14 officers, up from 9 the year before.", MUST)
    assert wanted.value == 14 and required_amounts("Some officers.", MUST) == ()


@pytest.mark.parametrize(
    ("said", "is_right_document", "right"),
    [
        ("It had fourteen officers.", True, True),
        ("It had 14 officers.", False, False),  # out of another year's report
        ("It had 14 percent.", True, False),  # another unit
        ("It had 15 officers.", True, False),
    ],
)
def test_a_number_is_right_with_its_unit_and_from_the_right_period(
    said: str, is_right_document: bool, right: bool
) -> None:
    required = required_amounts("14 officers.", MUST)
    assert has_amounts(required, [(said, is_right_document)], said) is right


def test_where_no_number_is_asked_for_nothing_is_judged() -> None:
    assert has_amounts((), [("It had 14 officers.", True)], "") is None


def test_a_unit_in_the_lead_in_counts() -> None:
    required = required_amounts("14 percent", MUST)
    assert has_amounts(required, [("Charged: 14", True)], "Share, 14 percent. Charged: 14") is True
