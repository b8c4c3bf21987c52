"""Numbers by which a text refers to recommendations."""

import pytest

from ingest.numbers import plain, references


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Recommendation 7: wash the cells", ("7",)),
        ("Recommendations 1 to 3, and 5", ("1", "2", "3", "5")),
        ("Recommendations 8.3-8.5", ("8.3", "8.4", "8.5")),
        ("recommendations 2, 4 and 9", ("2", "4", "9")),
        ("On your second and third recommendations", ("2", "3")),
        ("AFI 2 and AFI 4", ("2", "4")),
        ("(recommendation 1) and later (recommendation 4)", ("1", "4")),
        ("R12: wash", ("12",)),
        ("Recommendation 12a", ("12a",)),
        ("Recommendations R1, MR2 and R3", ("R1", "MR2", "R3")),
        ("recommendations MR2 to MR4", ("MR2", "MR3", "MR4")),
        ("MR2 is accepted", ("MR2",)),
        ("There were 40 recommendations in 2016.", ()),
        ("The recommendation of 2016 was good", ()),
    ],
)
def test_numbers_are_read_in_order(text: str, wanted: tuple[str, ...]) -> None:
    assert references(text) == wanted


def test_numbers_alone_count_only_where_they_may() -> None:
    assert references("8.3–8.4", is_bare=True) == ("8.3", "8.4")
    assert references("8.3–8.4") == ()


def test_a_range_that_runs_backwards_or_too_far_is_two_numbers() -> None:
    assert references("Recommendations 5 to 3") == ("5", "3")
    assert references("Recommendations 1 to 999") == ("1", "999")


def test_the_letter_that_only_says_recommendation_is_no_part_of_the_number() -> None:
    assert [plain(number) for number in ("R12", "12", "MR12", "RR", None)] == ["12", "12", "MR12", "RR", None]
