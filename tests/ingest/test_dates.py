"""Dates as reports print them."""

import pytest
from fakes import document, paragraph
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import MONTHS, inspection_meant, iso_date, resolve, resolve_in, spoken
from ingest.document import Document, DocumentKind


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


def times(text: str, dated: str | None = "2019-06-18", period: str | None = None) -> list[tuple[str, str, str]]:
    """The words, first day and last day of each time in the text."""
    return [(text[slice(*found.span)], found.start, found.end) for found in resolve(text, dated, period)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("January this year", "2019-01-01", "2019-01-31"),
        ("this autumn", "2019-09-01", "2019-11-30"),
        ("last autumn", "2018-09-01", "2018-11-30"),
        ("last March", "2019-03-01", "2019-03-31"),
        ("last August", "2018-08-01", "2018-08-31"),
        ("next spring", "2020-03-01", "2020-05-31"),
        ("November last year", "2018-11-01", "2018-11-30"),
        ("last year's", "2018-01-01", "2018-12-31"),
        ("next year", "2020-01-01", "2020-12-31"),
        ("two years ago", "2017-01-01", "2017-12-31"),
        ("six months ago", "2018-12-01", "2018-12-31"),
        ("past 12 months", "2018-06-19", "2019-06-18"),
        ("last three years", "2016-06-19", "2019-06-18"),
        ("over the last year", "2018-06-19", "2019-06-18"),
    ],
)
def test_a_relative_time_is_counted_from_the_date_of_the_document(words: str, start: str, end: str) -> None:
    assert times(f"The cells were washed {words}, and rinsed.") == [(words, start, end)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("3 to 14 June 2019", "2019-06-03", "2019-06-14"),
        ("28 January – 8 February 2019", "2019-01-28", "2019-02-08"),
        ("30 December 2018 to 2 January 2019", "2018-12-30", "2019-01-02"),
        ("September and November 2015", "2015-09-01", "2015-11-30"),
        ("April 2021 to March 2025", "2021-04-01", "2025-03-31"),
        ("12 months to 30 June 2015", "2014-07-01", "2015-06-30"),
        ("three years to 29 February 2016", "2013-03-01", "2016-02-29"),
        ("year ending March 2020", "2019-04-01", "2020-03-31"),
        ("2018/19", "2018-04-01", "2019-03-31"),
        ("2020–21", "2020-04-01", "2021-03-31"),
        ("autumn of 2018", "2018-09-01", "2018-11-30"),
        ("winter 2018", "2018-12-01", "2019-02-28"),
        ("22nd March 2018", "2018-03-22", "2018-03-22"),
        ("Feb 2016", "2016-02-01", "2016-02-29"),
        ("2017", "2017-01-01", "2017-12-31"),
    ],
)
def test_a_printed_time_needs_no_document_date(words: str, start: str, end: str) -> None:
    words = f"one {words}" if words.startswith("year ") else words
    assert times(f"In the {words} it rained.", None) == [(words, start, end)]


def test_last_years_inspection_is_the_one_before_the_period_that_the_report_is_on() -> None:
    text = "This differs from last year's assessment."
    assert times(text, "2018-03-22", "2017") == [("last year's assessment", "2016-01-01", "2016-12-31")]
    assert times(text, "2018-03-22") == [("last year's assessment", "2017-01-01", "2017-12-31")]
    assert times("It rained last year.", "2018-03-22", "2017") == [("last year", "2017-01-01", "2017-12-31")]


def test_a_document_without_a_month_ends_with_its_year() -> None:
    assert times("In the past 12 months it rained.", "2019") == [("past 12 months", "2019-01-01", "2019-12-31")]


def test_without_a_document_date_relative_times_are_left_out() -> None:
    assert times("It rained last year, two years ago, this autumn and in the past 12 months.", None) == []


def test_numbers_that_are_no_years_are_left_alone() -> None:
    assert times("It cost £2015 for 2,016 beds, 2017% more, and 31 June is no day.") == []


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["last", "this", "year", "12", "months", "to", "31", "May", "2019", "2018/19", "ago"])
    ).map(" ".join)
)
def test_times_stand_in_order_and_never_overlap(text: str) -> None:
    found = resolve(text, "2019-06-18")
    assert all(one.start <= one.end for one in found)
    assert all(one.span[1] <= other.span[0] for one, other in zip(found, found[1:], strict=False))


def report(period: str | None, date: str | None, kind: DocumentKind = DocumentKind.INSPECTION_REPORT) -> Document:
    return document("r", paragraph("r#p001", "Clean."), kind=kind, period=period, date=date)


def test_a_panel_paper_counts_from_its_date_and_a_report_from_its_inspection() -> None:
    text = "after last year's inadequate rating"
    paper = report("2017", "2019-06-18", DocumentKind.PANEL_PAPER)
    assert resolve_in(paper, text)[0].start == "2018-01-01"
    assert resolve_in(report("2017", "2018-03-22"), text)[0].start == "2016-01-01"


def test_a_grading_of_the_year_of_publication_is_of_the_inspection_published_then() -> None:
    loaded = [report("2015", "2016-02"), report("2017", "2018-03-22"), report("2021/22", "2022-04")]
    assert [inspection_meant(year, loaded) for year in (2015, 2016, 2017, 2018)] == ["2015", "2015", "2017", "2017"]
    assert [inspection_meant(year, loaded) for year in (2021, 2022)] == ["2021/22", "2021/22"]


def test_a_year_that_no_loaded_report_is_of_or_two_are_of_means_no_inspection() -> None:
    assert inspection_meant(2019, [report("2017", "2018-03-22")]) is None
    assert inspection_meant(2018, [report("2017", "2018-03"), report("2016", "2018-01")]) is None
    assert inspection_meant(2018, [report("2017", "2018-03", DocumentKind.PANEL_PAPER)]) is None


def test_an_inspection_of_that_very_year_comes_before_one_published_in_it() -> None:
    assert inspection_meant(2018, [report("2017", "2018-03-22"), report("2018", "2019-05")]) == "2018"
