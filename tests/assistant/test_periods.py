"""Which documents the years of a question mean."""

from dataclasses import replace

import pytest
from fakes import document, paragraph

from assistant.periods import every_period, months_in, periods_in
from assistant.scope import Allowed, of_months
from ingest.document import DocumentKind

ONE = paragraph("p", "Words.")
OLD = document("old", ONE)
NEW = document("new", ONE, title="PEEL 2021/22", period="2021/22", date="2022-04-14")
TRACKER = document("tracker", ONE, kind=DocumentKind.TRACKER_ENTRY, period="2016", date="2018-09-25")
PAPER = document("paper", ONE, kind=DocumentKind.PANEL_PAPER, period="2016", date="2019-06-04")
DOCUMENTS = (OLD, NEW, TRACKER, PAPER)
ENTRIES = (replace(ONE, id="e1", dated="2018-04-09"), replace(ONE, id="e2", dated="2018-12-01"), replace(ONE, id="e3"))
DIARY = document("diary", *ENTRIES, kind=DocumentKind.TRACKER_ENTRY, period="1999", date="2018-12-01")


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("in 2016 and in 2021/22", [{"old", "tracker", "paper"}, {"new"}]),
        ("by September 2018 and by June 2019", [{"tracker"}, {"paper"}]),
        ("in Sept 2018 and in Jun. 2019", [{"tracker"}, {"paper"}]),
        ("in 2016 and by June 2019", [{"old", "tracker"}, {"paper"}]),  # the paper is what June 2019 means
        ("What became of it, in 2016 and in June 2019?", [{"old", "tracker"}, {"paper"}]),  # two are named: no third
        ("in 2016, and what does the panel paper say?", [{"old", "tracker", "paper"}]),  # a paper on 2016
        ("the paper and what 2021/22 made of it", [{"paper"}, {"new"}]),
        ("How many in 2016, and how many since?", [{"old", "tracker", "paper"}, {"new"}]),
        ("Is it still open, as of June 2019?", [{"paper"}]),
        ("in December 2018 and in April 2018", [{"diary"}, {"diary"}]),  # two entries of one document
        ("in April 2018", [{"diary"}]),  # an entry of that month, in a document of a later one
        ("in the year to March 2016", [{"old", "tracker", "paper"}]),  # no document is dated in that month
    ],
)
def test_a_month_means_the_documents_dated_in_it_and_a_year_those_of_that_inspection(
    text: str, periods: list[set[str]]
) -> None:
    assert [set(ids) for ids in periods_in(text, (*DOCUMENTS, DIARY))] == periods


def test_of_a_month_that_is_named_only_the_entries_of_that_month_are_left() -> None:
    months = months_in("What was said in April 2018, and in the year 2019?")
    assert months == ("2018-04",)
    left = of_months(Allowed((DIARY, PAPER), ()), months)
    assert [[item.id for item in each.paragraphs] for each in left.documents] == [["e1", "e3"], ["p"]]
    assert of_months(Allowed((DIARY,), ()), {"2018-05"}).documents == (DIARY,)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Has call handling improved?", ["old", "new"]),
        ("How has call handling changed?", ["old", "new"]),
        ("How good is it at call handling now, compared with the days of the alliance?", ["old", "new"]),
        ("Is call handling still slow?", ["old", "tracker", "paper", "new"]),
        ("Is call handling slow?", []),
        ("Why was call handling still slow?", []),
        ("Has call handling improved since 2016?", []),  # names its period
    ],
)
def test_every_inspection_is_meant_when_none_is_named_and_a_course_is_asked_for(text: str, periods: list[str]) -> None:
    assert [key for ids in every_period(text, DOCUMENTS) for key in ids] == periods
