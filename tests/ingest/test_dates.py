"""Dates as reports print them."""

import pytest

from ingest.dates import MONTHS, iso_date, spoken


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("22nd March 2018", "2018-03-22"),
        ("Last updated 22/03/2018", "2018-03-22"),
        ("held on 18 JUNE 2019", "2019-06-18"),
        ("3 Sept 2016", "2016-09-03"),
        ("3 Sep. 2016", "2016-09-03"),
        ("April 2022 | © Inspectorate", "2022-04"),
        ("stamped 2016-10-02", "2016-10-02"),
        ("between May and June 2016", "2016-06"),
    ],
)
def test_a_printed_date_becomes_iso(printed: str, iso: str | None) -> None:
    assert iso_date(printed) == iso


def test_the_day_comes_before_the_month() -> None:
    assert iso_date("04/03/2016") == "2016-03-04"


def test_a_date_that_cannot_be_is_passed_over() -> None:
    assert iso_date("31/02/2016, that is 1 March 2016") == "2016-03-01"
    assert iso_date("03/22/2018") is None


def test_the_first_date_counts_and_with_its_day() -> None:
    assert iso_date("May 2016, then 3 June 2016") == "2016-05"
    assert iso_date("3 June 2016, then May 2016") == "2016-06-03"


def test_a_year_alone_is_no_date() -> None:
    assert iso_date("PEEL 2016") is None


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_known(number: int) -> None:
    assert iso_date(f"{MONTHS[number - 1].upper()} 2016") == f"2016-{number:02d}"


def test_a_date_is_said_as_a_reader_says_it() -> None:
    assert [spoken(iso) for iso in ("2018-03-02", "2022-04", "2015")] == ["2 March 2018", "April 2022", "2015"]
