"""What a document says of itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import DocumentKind, Metadata
from ingest.metadata import read_metadata
from ingest.readers import html, markdown, text


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


def test_the_title_of_a_paper_has_no_sitting_and_only_the_capitals_that_the_text_has() -> None:
    found = metadata(
        "# NORTHMOOR POLICE AND CRIME PANEL 18 JUNE 2016\n\n# THE PEEL INSPECTION OF NORTHMOOR POLICE: WHAT THE FORCE'S STAFF DID\n\n"
        "## Purpose\n\nThe PEEL report found clean cells.\n\n## Cells\n\nThey are clean.\n"
    )
    assert found.title == "The PEEL Inspection of Northmoor Police: What the Force's Staff Did"
    assert (found.kind, found.date) == (DocumentKind.PANEL_PAPER, "2016-06-18")


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
    assert replace(metadata(DIGEST), spans=()) == Metadata(
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
    assert replace(metadata(joined), spans=()) == replace(metadata(DIGEST), spans=())


def test_of_two_published_dates_the_later_one_counts() -> None:
    assert metadata(DIGEST.replace("3 May 2022", "3 May 2022 (first) to 2 October 2022 (last)")).date == "2022-10-02"


def test_a_document_may_be_called_by_the_years_of_its_period_and_its_date() -> None:
    assert metadata(REPORT.replace("PEEL 2016", "PEEL 2014/15")).years == {2014, 2015, 2016}


def test_a_text_that_says_nothing_of_itself_gets_the_name_of_its_file() -> None:
    assert metadata("once there was a cat.", "cats") == Metadata("cats", DocumentKind.OTHER)


def test_the_end_of_a_heading_is_no_part_of_the_name_that_begins_the_text_below_it() -> None:
    read = metadata("PEEL 2020\n\nAn inspection of Northmoor Police\n\nNorthmoor Police is good at prevention.\n")
    assert read.body == "Northmoor Police"


# --- where each field stands -------------------------------------------------------------------------------------------


def said(source: str, field: str) -> str:
    """The words of the text that a field comes from."""
    span = metadata(source).span(field)
    return source[slice(*span)] if span else ""


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", "Cells in the north: a summary"),
        ("publisher", "Audit Office"),
        ("bodies", "Northmoor Police"),
        ("period", "2020-21 (until June)"),
        ("date", "3 May 2022"),
    ],
)
def test_a_field_leads_back_to_its_words(field: str, words: str) -> None:
    assert said(DIGEST, field) == words


def test_what_is_counted_or_made_up_of_many_places_has_no_span() -> None:
    found = metadata("Northmoor Police was inspected between May and July 2016. HMIC came. HMIC left.", "cells-2016")
    assert (found.publisher, found.period) == ("HMIC", "2016")
    assert [found.span(field) for field in ("title", "publisher", "period")] == [None, None, None]


# --- several bodies ----------------------------------------------------------------------------------------------------


def test_a_label_may_name_several_bodies() -> None:
    source = DIGEST.replace(
        "Body inspected: Northmoor Police (all stations)",
        "Forces inspected: Northmoor Police, Withern Constabulary and Saltby Fire Service",
    )
    assert metadata(source).bodies == ("Northmoor Police", "Withern Constabulary", "Saltby Fire Service")


def test_two_forces_that_share_one_name_are_one_body() -> None:
    source = DIGEST.replace("Northmoor Police (all stations)", "Northmoor and Withern Police")
    assert metadata(source).bodies == ("Northmoor and Withern Police",)


def test_a_title_may_name_several_bodies() -> None:
    source = (
        "A joint inspection of Northmoor Police and Withern Constabulary\n\nWithern Constabulary was inspected twice.\n"
    )
    assert metadata(source).bodies == ("Northmoor Police", "Withern Constabulary")


def test_a_title_in_capitals_names_its_body_too() -> None:
    found = metadata("AN INSPECTION OF NORTHMOOR POLICE 2016\n\nThe cells are clean. Northmoor Police was inspected.\n")
    assert found.bodies == ("Northmoor Police",)


def test_a_sentence_may_list_the_bodies_inspected() -> None:
    source = "Cells in the north\n\nIn May we inspected Northmoor Police, Withern Constabulary and Saltby Police. All are clean.\n"
    assert metadata(source).bodies == ("Northmoor Police", "Withern Constabulary", "Saltby Police")


def test_sections_named_after_bodies_tell_who_was_inspected() -> None:
    source = "# Cells in the north\n\nOne inspection.\n\n## Northmoor Police\n\nClean.\n\n## Withern Constabulary\n\nNot clean.\n"
    assert read_metadata(markdown.read(source.encode(), Path("a.md")), "a").bodies == (
        "Northmoor Police",
        "Withern Constabulary",
    )


# --- fieldwork ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Our fieldwork took place between 3 and 14 June 2019.", "2019-06-03", "2019-06-14"),
        ("We inspected Northmoor Police in May 2021.", "2021-05-01", "2021-05-31"),
        ("The inspection was carried out over two weeks in November 2022.", "2022-11-01", "2022-11-30"),
        ("HMIC inspected forces between September and November 2015.", "2015-09-01", "2015-11-30"),
        ("Inspectors visited Northmoor from 28 January to 8 February 2019.", "2019-01-28", "2019-02-08"),
    ],
)
def test_fieldwork_is_when_the_text_says_the_inspectors_came(sentence: str, first: str, last: str) -> None:
    source = f"Cells\n\nNorthmoor Police has cells. {sentence} It rained.\n\nThis inspection was the first.\n"
    assert metadata(source).fieldwork == (first, last)


@pytest.mark.parametrize(
    "sentence",
    [
        "During our inspection, we reviewed records from 1 January to 31 December 2020.",
        "The last inspection report was published in March 2018.",
        "We inspected Northmoor Police in the spring.",
    ],
)
def test_other_times_are_not_those_of_fieldwork(sentence: str) -> None:
    assert metadata(f"An inspection of Northmoor Police\n\n{sentence} It rained.\n").fieldwork is None


def test_a_label_gives_the_dates_of_fieldwork() -> None:
    source = DIGEST.replace("Kind: digest\n", "Kind: digest\nFieldwork: 3 May to 14 June 2021\n")
    assert metadata(source).fieldwork == ("2021-05-03", "2021-06-14")
    assert said(source, "fieldwork") == "3 May to 14 June 2021"


# --- papers of other publishers ----------------------------------------------------------------------------------------

COMMITTEE = """<html><body><h4>HOUSE OF LORDS</h4><h4>Harbour and Lighthouse Select Committee</h4>
<h4>3rd Report of Session 2013–14</h4><h1>Lighthouses after dark</h1>
<p>Ordered to be printed 4 June 2013 and published 11 June 2013</p>
<h2>Summary</h2><p>Lighthouses are inspected by night. Northmoor Police was asked.</p></body></html>"""

ANSWER = """# Welsh Government response to the Harbour and Lighthouse Committee report on lighthouses after dark

Presented to Parliament

9 September 2013

## Recommendation 1

Lamps should be lit.

The Government accepts this.
"""


def test_a_committee_report_is_of_its_committee_and_on_no_body() -> None:
    found = read_metadata(html.read(COMMITTEE.encode(), Path("a.html")), "a")
    assert found.kind is DocumentKind.OTHER
    assert found.publisher == "House of Lords Harbour and Lighthouse Select Committee"
    assert (found.date, found.period, found.bodies) == ("2013-06-11", None, ())


def test_an_answer_to_a_report_is_a_response_of_whoever_answers() -> None:
    found = read_metadata(markdown.read(ANSWER.encode(), Path("a.md")), "a")
    assert found.kind is DocumentKind.RESPONSE
    assert (found.publisher, found.date, found.period) == ("Welsh Government", "2013-09-09", None)


def test_a_force_may_answer_as_well() -> None:
    found = metadata("Northmoor Police’s response to the 2016 inspection\n\nWe have washed the cells.\n")
    assert found.kind is DocumentKind.RESPONSE
    assert (found.publisher, found.bodies) == ("Northmoor Police", ("Northmoor Police",))


def test_a_paper_for_a_panel_that_stands_on_its_cover_is_a_panel_paper() -> None:
    source = "# Update on the cells\n\nReport to the Northmoor Police, Fire and Crime Panel\n\n12 March 2021\n\n## Purpose\n\nTo tell the panel.\n"
    found = read_metadata(markdown.read(source.encode(), Path("a.md")), "a")
    assert found.kind is DocumentKind.PANEL_PAPER
    assert (found.publisher, found.date) == ("Northmoor Police, Fire and Crime Panel", "2021-03-12")


def test_the_holder_of_the_copyright_is_the_publisher_whatever_its_name() -> None:
    assert metadata(REPORT + "\n© Saltby Lighthouse Board 2016\n").publisher == "Saltby Lighthouse Board"
    assert metadata(REPORT.replace("HMIC", "nobody") + "\n© Crown copyright 2016\n").publisher is None


def test_an_imprint_names_the_publisher() -> None:
    source = REPORT.replace("HMIC", "inspectors") + "\nPublished by the Office of Custody Standards, Saltby.\n"
    assert metadata(source).publisher == "Office of Custody Standards"


def test_a_line_above_the_title_and_a_label_below_it_are_no_part_of_it() -> None:
    above = "**Joint report**\n\n# Cells: an inspection of Northmoor Police and Withern Constabulary\n\nHarbour Inspectorate\n\nMay 2020\n"
    found = read_metadata(markdown.read(above.encode(), Path("a.md")), "a")
    assert found.title == "Cells: an inspection of Northmoor Police and Withern Constabulary"
    assert (found.publisher, found.date) == ("Harbour Inspectorate", "2020-05")
    below = metadata(
        "PEEL Assessment 2023–25\n\nSaltby Constabulary\n\nFieldwork: 3 June to 28 June 2024\n\nAll cells are clean.\n"
    )
    assert (below.title, below.period) == ("PEEL Assessment 2023–25 – Saltby Constabulary", "2023/25")
    assert below.fieldwork == ("2024-06-03", "2024-06-28")


def test_an_office_on_a_line_of_its_own_is_the_publisher_and_no_part_of_the_title() -> None:
    found = metadata(
        "Office for Bridge Inspection\n\nBridge inspection 2021\n\nNorthmoor Council\n\nWe looked at each bridge.\n"
    )
    assert found.publisher == "Office for Bridge Inspection"
    assert found.title == "Bridge inspection 2021 – Northmoor Council"


def test_a_byline_names_its_publishers() -> None:
    found = metadata(
        "Bridges of Northmoor\n\nA report by the Bridge Board and the Water Office\n\nAn inspection of bridges.\n"
    )
    assert found.publisher == "Bridge Board and Water Office"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Presented to Parliament on 12 March 2024", "2024-03-12"),
        ("Presented to Parliament by the Secretary of State for Ports, February 2024", "2024-02"),
    ],
)
def test_the_day_of_laying_before_parliament_is_the_date(line: str, date: str) -> None:
    source = f"The Northmoor Dam Inquiry\n\nReport\n\n{line}\n\nForeword\n\nThe dam gave way at night.\n"
    assert metadata(source).date == date


@pytest.mark.parametrize(
    "title",
    ["Inspection of dams: Government response", "Reply of the Government to the Report of the Court of Inquiry"],
)
def test_an_answer_is_known_by_its_title(title: str) -> None:
    assert (
        metadata(f"{title}\n\nMay 1969\n\nForeword\n\nThe inspection of dams is done.\n").kind is DocumentKind.RESPONSE
    )


REVIEW = """CARE AND BOATS REVIEW BODY

REVIEW OF LENDING
Northmoor Borough Council

Review no. 17        Visit: June 2024        Issued: 9 October 2024

QUESTION ONE: LENDING
Grade: Good

The boats are lent with care, and somebody who asks for one in the morning has it in
the afternoon.

QUESTION TWO: MENDING
Grade: Inadequate

The boats are mended late, and somebody who waits for one in the spring has it in the
autumn.
"""


def test_a_review_of_a_council_is_an_inspection_report_and_its_fields_may_stand_side_by_side() -> None:
    found = metadata(REVIEW)
    assert (found.kind, found.body) == (DocumentKind.INSPECTION_REPORT, "Northmoor Borough Council")
    assert found.publisher == "Care and Boats Review Body"
    assert (found.period, found.date, found.fieldwork) == ("2024", "2024-10-09", ("2024-06-01", "2024-06-30"))


def test_a_body_of_another_kind_is_found_where_no_force_is_named() -> None:
    assert (
        metadata("Northmoor Ambulance Trust: boats\n\nThe trust was inspected.\n").body == "Northmoor Ambulance Trust"
    )


def test_a_paper_goes_by_the_panel_and_the_day_it_was_laid_before_beside_its_title() -> None:
    found = metadata(
        "# NORTHMOOR POLICE AND CRIME PANEL 18 JUNE 2016\n\n# WHAT THE FORCE DID ABOUT ITS CELLS\n\n"
        "## Purpose\n\nNorthmoor Police has clean cells.\n\n## Cells\n\nThey are clean.\n"
    )
    assert found.full_title == "Northmoor Police and Crime Panel 18 June 2016 – What the Force Did About Its Cells"
    assert replace(found, kind=DocumentKind.OTHER).full_title == found.title
