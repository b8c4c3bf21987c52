"""What belongs together across documents: trackers, progress papers, points that remain, grades of one area."""

from pathlib import Path

import pytest
from cells import REPORT, TRACKER

from ingest.areas import is_same_area
from ingest.corpus import list_files, read_document
from ingest.entries import PointKind, Respondent
from ingest.register import Register

PAPER = """### **NORTHMOOR POLICE AND CRIME PANEL 4 JUNE 2018**

### **INSPECTION OF NORTHMOOR POLICE 2016 – UPDATE REPORT**

#### **Recommendation**

1. Members of the Panel are invited to note this report.

### **Cells**

2. The recommendations are:

*Recommendation 1: Mend every lock in the cells and keep a list of those that were mended*

3. Every lock has been mended by a smith from the county town.

*Recommendation 3: Count its keys in the morning and in the evening of every day*

4. A gaoler counts the keys when the lamp is lit.

### **Oversight**

5. The commissioner visits the cells each month.
"""
LATER = """Northmoor PEEL 2019

Last updated 01/06/2020

Northmoor Police was inspected.

Keeping cells

Adequate

It isn't possible to compare the grades of this year with those of earlier PEEL inspections.

Areas for improvement

• Our 2016 report said that the force should count its keys in the morning and in the evening of every day. This remains an area for improvement.
"""


@pytest.fixture
def register(tmp_path: Path) -> Register:
    for name, text in (("a.txt", REPORT), ("b.txt", TRACKER), ("c.md", PAPER), ("d.txt", LATER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Register.of([read_document(file) for file in list_files(tmp_path)[0]])


def test_points_that_a_tracker_or_paper_quotes_are_not_counted_again(register: Register) -> None:
    assert [point.id for point in register.points] == [
        "a/cause-of-concern-1",
        "a/recommendation-1",
        "a/recommendation-2",
        "a/recommendation-3",
        "c/recommendation-1",
        "d/area-for-improvement-1",
    ]


def test_a_trackers_status_is_its_own_word_for_all_that_it_quotes(register: Register) -> None:
    (status,) = [response for response in register.responses if response.status]
    assert (status.status, status.date, status.respondent) == ("awaiting-review", "2016-05-03", Respondent.INSPECTORATE)
    assert status.answers == ("a/cause-of-concern-1", "a/recommendation-1", "a/recommendation-2", "a/recommendation-3")


def test_a_comment_answers_the_recommendation_that_it_names(register: Register) -> None:
    (comment,) = [response for response in register.responses if response.date == "2017-07-01"]
    assert (comment.answers, comment.respondent) == (("a/recommendation-3",), Respondent.INSPECTORATE)


def test_a_comment_on_the_forces_deeds_is_the_forces(register: Register) -> None:
    (comment,) = [response for response in register.responses if response.date == "2016-06-09"]
    assert comment.respondent is Respondent.BODY


def test_a_progress_paper_answers_each_quoted_point_up_to_the_next_heading(register: Register) -> None:
    answers = [r for r in register.responses if r.document.id == "c"]
    assert [(r.answers, [p.number for p in r.paragraphs], r.status) for r in answers] == [
        (("a/recommendation-1",), ["3"], None),
        (("a/recommendation-3",), ["4"], None),
    ]


def test_a_point_that_remains_points_back_to_the_earlier_one(register: Register) -> None:
    assert register.point("d/area-for-improvement-1").remains_from == ("a/recommendation-3",)


def test_a_chain_runs_from_issue_to_the_latest_word_in_order_of_date(register: Register) -> None:
    (point,) = register.find_points(PointKind.RECOMMENDATION, "keys")
    chain = register.chain(point)
    assert chain[0] is point
    assert [entry.document.id for entry in chain] == ["a", "b", "b", "b", "c", "d"]


def test_the_history_of_an_area_runs_over_its_names_with_the_notes_on_comparing(register: Register) -> None:
    history = register.history("Keeping cells", "Northmoor Police")
    assert [(judgement.document.id, judgement.grade) for judgement in history] == [
        ("a", "inadequate"),
        ("d", "adequate"),
    ]
    assert [len(judgement.notes) for judgement in history] == [0, 1]
    assert register.history("Keeping cells", "Southmoor Police") == ()


def test_without_the_report_a_trackers_points_are_restated_ones(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TRACKER, encoding="utf-8")
    register = Register.of([read_document(file) for file in list_files(tmp_path)[0]])
    assert len(register.points) == 4
    assert all(point.is_restated for point in register.points)


def test_an_unknown_point_is_named(register: Register) -> None:
    with pytest.raises(KeyError, match="z/recommendation-9"):
        register.point("z/recommendation-9")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("How effective is the force at tackling organised crime?", "Disrupting organised crime", True),
        ("Managing offenders", "Managing offenders and suspects", True),
        ("Treatment of the public", "Treating the public fairly", True),
        ("", "Overall judgment", True),
        ("Investigating crime", "Tackling organised crime", False),
        ("Investigating crime", "Preventing crime", False),
        ("", "Preventing crime", False),
    ],
)
def test_areas_are_compared_by_their_words(first: str, second: str, same: bool) -> None:
    assert is_same_area(first, second) is same
    assert is_same_area(second, first) is same


def test_a_trackers_recommendations_have_the_numbers_that_its_comments_call_them(tmp_path: Path) -> None:
    (tmp_path / "tracker.txt").write_text(TRACKER, encoding="utf-8")
    register = Register.of([read_document(file) for file in list_files(tmp_path)[0]])
    asked = [point for point in register.points if point.kind is PointKind.RECOMMENDATION]
    assert [point.number for point in asked] == [str(place) for place in range(1, len(asked) + 1)]


def test_answers_by_number_go_to_the_inquiry_that_the_response_names(tmp_path: Path) -> None:
    asked = "## Recommendations\n\n### Recommendation 1\n\n{0} should be counted.\n\n### Recommendation 2\n\n{0} should be mended.\n"
    said = "Each answer below is given by number.\n\n## Recommendation 1\n\nAccepted.\n\n## Recommendation 2\n\nRejected.\n"
    for name, thing in (("bridge", "Every arch"), ("harbour", "Every crane")):
        report = f"# The Tarn {name.title()} Inquiry\n\n{asked.format(thing)}"
        response = f"# Government response to the Tarn {name.title()} Inquiry\n\n{said}"
        (tmp_path / f"{name}-report.md").write_text(report, encoding="utf-8")
        (tmp_path / f"{name}-response.md").write_text(response, encoding="utf-8")
    register = Register.of([read_document(file) for file in list_files(tmp_path)[0]])
    entries = [*register.points, *register.responses]
    assert len({entry.id for entry in entries}) == len(entries) == 8
    assert {
        (answer, response.document.id, response.status)
        for response in register.responses
        for answer in response.answers
    } == {
        (f"{name}-report/recommendation-{number}", f"{name}-response", status)
        for name in ("bridge", "harbour")
        for number, status in (("1", "accepted"), ("2", "rejected"))
    }
