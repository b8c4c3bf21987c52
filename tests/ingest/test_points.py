"""Areas for improvement, causes of concern, recommendations and innovative practice, as one document prints them."""

from pathlib import Path

import pytest

from ingest.corpus import SourceFile, read_document
from ingest.document import Document
from ingest.duties import addressee_of, asks, deadline_of
from ingest.entries import Point, PointKind
from ingest.likeness import likeness
from ingest.links import own_responses
from ingest.points import points


def document(tmp_path: Path, source: str, name: str = "northmoor.md") -> Document:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return read_document(SourceFile(path, "0"))


def found(tmp_path: Path, source: str, name: str = "northmoor.md") -> tuple[Point, ...]:
    return points(document(tmp_path, source, name))


INSPECTION = """Northmoor Police: an inspection

Last updated 03/05/2021

Custody

Requires improvement

Cause of concern

The cells of the force are not safe at night.

Recommendations

The force should, within six months:

• mend every lock; and

• train its gaolers.

Areas for improvement

• The force should wash its cells.

• The force should count its keys.
"""


def test_each_bullet_below_a_cause_of_concern_is_a_recommendation_of_its_own(tmp_path: Path) -> None:
    kinds = [(point.kind.value, point.paragraphs[0].own_text) for point in found(tmp_path, INSPECTION, "n.txt")]
    assert kinds == [
        ("cause of concern", "The cells of the force are not safe at night."),
        ("recommendation", "mend every lock; and"),
        ("recommendation", "train its gaolers."),
        ("area for improvement", "The force should wash its cells."),
        ("area for improvement", "The force should count its keys."),
    ]


def test_a_span_of_time_counts_from_the_day_of_publication(tmp_path: Path) -> None:
    point = found(tmp_path, INSPECTION, "n.txt")[1]
    assert (point.deadline, point.due) == ("within six months", "2021-11-03")


def test_a_point_printed_in_the_text_and_in_a_list_at_the_end_is_one_entry(tmp_path: Path) -> None:
    source = """# The bridge

## Chapter 1

### Recommendation 1: rails

The Board should put rails on both sides of the bridge.

1.1 Nobody did.

## Appendix: list of recommendations

### Recommendation 1: rails

The Board should put rails on both sides of the bridge.
"""
    (point,) = found(tmp_path, source)
    assert (point.number, point.title, len(point.paragraphs), len(point.repeats)) == ("1", "rails", 1, 1)


def test_a_numbered_recommendation_ends_where_the_reports_own_numbering_goes_on(tmp_path: Path) -> None:
    source = "# Bridge\n\n### Recommendation 4\n\nThe Board should paint it.\n\n2.7 It was green.\n"
    assert [point.text for point in found(tmp_path, source)] == ["The Board should paint it."]


def test_recommendations_of_others_in_a_table_are_left_out_where_the_report_marks_its_own(tmp_path: Path) -> None:
    source = """# Bridge

### Recommendation 1

The Board should paint it.

| Exercise | Recommendation |
|---|---|
| Exercise Rook | Somebody should buy more boats. |
"""
    assert [point.text for point in found(tmp_path, source)] == ["The Board should paint it."]


def test_a_report_without_a_list_recommends_where_it_says_so_itself(tmp_path: Path) -> None:
    source = (
        "# Ferries\n\nFerries are late. Staff should be thanked.\n\nWe recommend that the company sails in winter.\n"
    )
    assert [point.text for point in found(tmp_path, source)] == ["We recommend that the company sails in winter."]


def test_what_an_earlier_report_recommended_is_no_recommendation_of_this_one(tmp_path: Path) -> None:
    assert found(tmp_path, "# Ferries\n\nIn 2014 we recommended that the company should sail in winter.\n") == ()


def test_a_narrative_below_a_heading_of_recommendations_asks_for_nothing(tmp_path: Path) -> None:
    source = "# Ferries\n\n## Recommendations\n\n1. This is where we end.\n\n2. The company should sail in winter.\n"
    assert [point.number for point in found(tmp_path, source)] == ["2"]


def test_innovative_practice_has_its_heading_as_title(tmp_path: Path) -> None:
    source = "# Northmoor\n\n## Innovative practice\n\n### Dogs that find keys\n\nThe force has trained four dogs.\n"
    (point,) = found(tmp_path, source)
    assert (point.kind, point.title) == (PointKind.INNOVATIVE_PRACTICE, "Dogs that find keys")


def test_ids_are_the_same_every_time_and_never_shared(tmp_path: Path) -> None:
    source = "# N\n\n## A\n\nAFI1. The force should wash.\n\n## B\n\nAFI1. The force should sing in tune.\n"
    first, second = found(tmp_path, source), found(tmp_path, source)
    assert [point.id for point in first] == ["northmoor/area-for-improvement-1", "northmoor/area-for-improvement-1.2"]
    assert first == second


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The force should wash.", "The force"),
        ("By May 2024, chief constables should wash.", "chief constables"),
        ("By May 2024, the chief constable should wash.", "the chief constable"),
        ("We recommend that the Department of Health review its rota.", "the Department of Health"),
        ("We urge ministers to wash.", "ministers"),
        ("I recommend that Westmoor Council pays Ms A.", "Westmoor Council"),
        ("Our 2019 report said that the force should wash.", "the force"),
        ("This should be done soon.", None),
        ("Wash the cells.", None),
    ],
)
def test_the_addressee_is_who_is_told(text: str, who: str | None) -> None:
    assert addressee_of(text) == who


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        ("By 31 March 2024, wash.", None, ("By 31 March 2024", "2024-03-31")),
        ("Wash by the end of June 2022.", None, ("by the end of June 2022", "2022-06")),
        ("Wash within 12 months.", "2023-11", ("within 12 months", "2024-11")),
        ("Wash within three months.", "2023-11-30", ("within three months", "2024-02-29")),
        ("Wash within six months of the fire.", "2023-11-30", ("within six months of the fire", None)),
        ("Wash within six months.", None, ("within six months", None)),
        ("Wash immediately.", "2023-11-30", ("immediately", None)),
        ("Wash by 2026.", None, ("by 2026", None)),
        ("Wash.", "2023-11-30", (None, None)),
    ],
)
def test_a_deadline_is_kept_as_printed_and_dated_where_it_can_be(
    text: str, published: str | None, wanted: tuple[str | None, str | None]
) -> None:
    assert deadline_of(text, published) == wanted


@pytest.mark.parametrize(
    "text", ["The force should wash.", "We recommend soap.", "It is essential that keys are kept."]
)
def test_words_of_duty_ask(text: str) -> None:
    assert asks(text)


def test_a_statement_asks_for_nothing() -> None:
    assert not asks("The cells were washed in May.")


def test_likeness_is_the_share_of_runs_of_three_words() -> None:
    # "a b c d" has the runs abc and bcd; "a b c x" holds the first of them
    assert likeness("a b c d", "a b c x") == 0.5
    assert likeness("a b c d", "0 a b c d 9") == 1.0
    assert likeness("", "a b c") == 0.0
    assert likeness("Wash it!", "wash IT") == 1.0


def test_the_only_area_for_improvement_of_a_section_may_be_told_in_prose(tmp_path: Path) -> None:
    source = "# N\n\n## Cells\n\n### Areas for improvement\n\nOne is listed here. The force should wash its cells.\n"
    assert [point.kind for point in found(tmp_path, source)] == [PointKind.AREA_FOR_IMPROVEMENT]


def test_a_remark_beside_a_led_list_of_recommendations_is_none(tmp_path: Path) -> None:
    source = "# N\n\n## Recommendations\n\nThe force should:\n\n- wash its cells; and\n- mend its beds.\n\nBeds are not as they should be.\n"
    assert [point.paragraphs[0].own_text for point in found(tmp_path, source)] == [
        "wash its cells; and",
        "mend its beds.",
    ]


def test_points_with_codes_set_off_by_a_gap_are_read_with_their_deadline_and_answers(tmp_path: Path) -> None:
    text = """NORTHMOOR COUNCIL

RECOMMENDATIONS

R1  The council should mend each boat within two days.        By March 2025
R2  The council should count its oars.                        By June 2025
R3  The harbour board should paint the quay.                  By January 2025

THE COUNCIL'S REPLY

R1  Accepted. A carpenter has come.
R2  Accepted in part. Oars with holes are not counted.
R3  Not accepted.
"""
    path = tmp_path / "northmoor.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(SourceFile(path, "0"))
    asked = points(document)
    assert [(point.number, point.addressee, point.due) for point in asked] == [
        ("1", "The council", "2025-03"),
        ("2", "The council", "2025-06"),
        ("3", "The harbour board", "2025-01"),
    ]
    answered = own_responses(document, asked)
    assert [response.status for response in answered] == ["accepted", "partly accepted", "rejected"]


def test_a_heading_may_say_in_other_words_that_recommendations_follow(tmp_path: Path) -> None:
    text = (
        "# Boats\n\n## What must change\n\nThe trust should:\n\n1. mend its boats; and\n2. count its oars.\n\n"
        "The harbour board should paint the quay.\n\nThe quay is long.\n"
    )
    path = tmp_path / "northmoor.md"
    path.write_text(text, encoding="utf-8")
    found = points(read_document(SourceFile(path, "0")))
    assert [point.text for point in found] == [
        "The trust should: mend its boats; and",
        "The trust should: count its oars.",
        "The harbour board should paint the quay.",
    ]
