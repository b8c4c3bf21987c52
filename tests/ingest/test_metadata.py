"""What a document says of itself."""

from pathlib import Path

import pytest

from ingest.document import DocumentKind, Metadata
from ingest.metadata import read_metadata
from ingest.readers import text


def metadata(source: str, stem: str = "northmoor") -> Metadata:
    return read_metadata(text.read(source.encode(), Path(f"{stem}.txt")), stem)


REPORT = """Northmoor PEEL 2016

Effectiveness

Last updated 03/05/2016

Northmoor Police was inspected by HMIC. Northmoor Police is large, and Withern Constabulary is small.

Custody

Good

The cells are clean.
"""


def test_the_title_is_made_of_the_headings_at_the_top() -> None:
    assert metadata(REPORT).title == "Northmoor PEEL 2016 – Effectiveness"


def test_a_question_below_the_title_is_no_part_of_it() -> None:
    found = metadata(REPORT.replace("Effectiveness\n", "Effectiveness\n\nHow effective is Northmoor Police?\n"))
    assert found.title == "Northmoor PEEL 2016 – Effectiveness"


def test_a_text_without_a_title_is_called_by_its_body_and_period_and_file() -> None:
    found = metadata("Northmoor Police was inspected between May and July 2016. The cells are clean.", "cells-2016")
    assert found.title == "Northmoor Police 2016: cells-2016"


def test_the_period_is_the_year_beside_the_name_of_the_inspection() -> None:
    assert metadata(REPORT).period == "2016"
    assert metadata(REPORT.replace("PEEL 2016", "PEEL 2021/22")).period == "2021/22"
    assert metadata(REPORT.replace("PEEL 2016", "PEEL: cells 2021–22")).period == "2021/22"


def test_without_that_the_period_is_the_year_the_text_says_was_inspected() -> None:
    source = "How clean are the cells?\n\nFieldwork was between May and July 2016. In 2014, 2014, 2014 it rained."
    assert metadata(source).period == "2016"


def test_the_date_is_the_stamp_of_the_page() -> None:
    assert metadata(REPORT).date == "2016-05-03"


def test_the_date_may_be_beside_the_copyright_sign() -> None:
    assert metadata(REPORT.replace("Last updated 03/05/2016", "May 2016 | © HMIC 2016")).date == "2016-05"


def test_a_year_alone_is_no_date() -> None:
    assert metadata(REPORT.replace("Last updated 03/05/2016", "© HMIC 2016")).date is None


def test_the_publisher_stands_beside_the_copyright_sign_or_is_named_most_often() -> None:
    assert metadata(REPORT).publisher == "HMIC"
    assert metadata(REPORT + "\nHMIC and HMIC again.\n\n© Audit Office 2016\n").publisher == "Audit Office"


def test_the_body_is_the_force_named_most_often() -> None:
    assert metadata(REPORT).body == "Northmoor Police"


@pytest.mark.parametrize(
    "name",
    [
        "Northmoor and Withern Police",
        "Withern Constabulary",
        "Saltby Fire and Rescue Service",
        "Saltby Fire & Rescue Service",
    ],
)
def test_bodies_have_many_names(name: str) -> None:
    assert metadata(f"A report\n\nInspectors went to {name} in May.\n").body == name


@pytest.mark.parametrize(
    "words",
    [
        "Her Majesty's Inspectorate of Constabulary came, as did the National Police Chiefs' Council.",
        "The Police came.",
        "A paper for the Northmoor Police and Crime Panel.",
        "The Police Federation and the College of Policing spoke.",
    ],
)
def test_the_inspectorate_and_other_offices_are_not_the_body(words: str) -> None:
    assert metadata(f"A report\n\n{words}\n").body is None


def test_a_report_on_an_inspection_is_known_by_its_words() -> None:
    assert metadata(REPORT).kind is DocumentKind.INSPECTION_REPORT
    assert metadata("Stories\n\nOnce there was a cat.\n").kind is DocumentKind.OTHER


def test_a_panel_paper_is_known_by_its_title_and_its_date_and_publisher_come_from_it() -> None:
    found = metadata("NORTHMOOR POLICE AND CRIME PANEL 18 JUNE 2016\n\nNorthmoor Police has clean cells.\n")
    assert found.kind is DocumentKind.PANEL_PAPER
    assert found.date == "2016-06-18"
    assert found.publisher == "Northmoor Police and Crime Panel"


def test_a_panel_paper_without_the_name_of_an_inspection_has_no_period() -> None:
    assert metadata("Northmoor Police and Crime Panel\n\nIn 2015 and 2015 it rained.\n").period is None


def test_the_date_of_a_tracker_is_that_of_its_latest_entry() -> None:
    found = metadata(
        "PEEL 2016: Northmoor Police\n\nWash the cells.\n\n"
        "[on]3rd May 2016 [status]open[/status] [/on] [on]2 October 2016 [comment]Washed.[/comment] [/on]"
    )
    assert found.kind is DocumentKind.TRACKER_ENTRY
    assert found.date == "2016-10-02"


DIGEST = """Cells in the north: a summary
=============================

Kind: digest
Digest of: PEEL 2021/22, cells in Northmoor
Publisher of the report: Audit Office (now closed)
Body inspected: Northmoor Police (all stations)
Inspection period: 2020-21 (until June)
Published: 3 May 2022

HMICFRS is named here, Withern Police is named here, and Withern Police again.
"""


def test_labelled_lines_win_over_what_the_text_says() -> None:
    assert metadata(DIGEST) == Metadata(
        title="Cells in the north: a summary",
        kind=DocumentKind.DIGEST,
        publisher="Audit Office",
        body="Northmoor Police",
        period="2020/21",
        date="2022-05-03",
    )


def test_labelled_lines_that_a_reader_ran_together_are_read_too() -> None:
    lines = DIGEST.split("\n\n")
    joined = "\n\n".join([lines[0], lines[1].replace("\n", " "), *lines[2:]])
    assert metadata(joined) == metadata(DIGEST)


def test_of_two_published_dates_the_later_one_counts() -> None:
    assert metadata(DIGEST.replace("3 May 2022", "3 May 2022 (first) to 2 October 2022 (last)")).date == "2022-10-02"


def test_a_document_may_be_called_by_the_years_of_its_period_and_its_date() -> None:
    assert metadata(REPORT.replace("PEEL 2016", "PEEL 2014/15")).years == {2014, 2015, 2016}


def test_a_text_that_says_nothing_of_itself_gets_the_name_of_its_file() -> None:
    assert metadata("once there was a cat.", "cats") == Metadata("cats", DocumentKind.OTHER)


def test_the_end_of_a_heading_is_no_part_of_the_name_that_begins_the_text_below_it() -> None:
    read = metadata("PEEL 2020\n\nAn inspection of Northmoor Police\n\nNorthmoor Police is good at prevention.\n")
    assert read.body == "Northmoor Police"
