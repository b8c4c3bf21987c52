"""Invented reports and the answers to them, in the layouts of several publishers: each point, answer and status.

The files are in `pairs`, a folder for each layout; their truth is below, written from the files.
"""

from pathlib import Path

import pytest

from ingest.corpus import list_files, read_document
from ingest.document import Kind
from ingest.register import PointKind, Register

PAIRS = Path(__file__).parent / "pairs"
Answer = tuple[str, str | None]  # point id without its document, status

# layout -> numbers or kinds of the points in order, then (point, status) of each answer in order
TRUTH: dict[str, tuple[list[str], list[Answer]]] = {
    "committee": (
        ["recommendation-1", "recommendation-2", "recommendation-3", "recommendation-4", "recommendation-5"],
        [
            ("recommendation-1", "accepted"),
            ("recommendation-2", "accepted"),
            ("recommendation-3", "partly accepted"),
            ("recommendation-4", "partly accepted"),
            ("recommendation-5", "rejected"),
        ],
    ),
    "boxes": (
        ["recommendation-1", "recommendation-2", "recommendation-3", "recommendation-4"],
        [
            ("recommendation-1", "accepted"),
            ("recommendation-2", "accepted"),
            ("recommendation-3", "partly accepted"),
            ("recommendation-4", "partly accepted"),
        ],
    ),
    "table": (
        ["recommendation-R1", "recommendation-R2", "recommendation-R3"],
        [
            ("recommendation-R1", "complete"),
            ("recommendation-R1", "accepted"),
            ("recommendation-R2", "rejected"),
            ("recommendation-R3", "partly accepted"),
        ],
    ),
    "inside": (  # a report that prints the answers to it
        ["innovative-practice-1", "recommendation-1", "recommendation-2"],
        [("recommendation-1", "accepted"), ("recommendation-2", "rejected")],
    ),
    "letter": (
        ["recommendation-1", "recommendation-2", "recommendation-3"],
        [("recommendation-1", "accepted"), ("recommendation-2", "accepted"), ("recommendation-3", "partly accepted")],
    ),
    "hmic": (
        [
            "recommendation-1",
            "recommendation-2",
            "cause-of-concern-1",
            "recommendation-3",
            "recommendation-4",
            "area-for-improvement-1",
        ],
        [("recommendation-1", "accepted"), ("recommendation-2", "accepted"), ("area-for-improvement-1", "accepted")],
    ),
    "html": (
        ["recommendation-1", "recommendation-2", "recommendation-3"],
        [("recommendation-1", "accepted"), ("recommendation-2", "partly accepted"), ("recommendation-3", "rejected")],
    ),
    "minute": (
        ["recommendation-1", "recommendation-2", "recommendation-3"],
        [("recommendation-1", "accepted"), ("recommendation-2", "rejected"), ("recommendation-3", "accepted")],
    ),
    "review": (
        ["recommendation-2.1", "recommendation-2.2", "recommendation-3.1"],
        [
            ("recommendation-2.1", "accepted"),
            ("recommendation-2.2", "partly accepted"),
            ("recommendation-3.1", "rejected"),
        ],
    ),
    "special": (
        ["recommendation-1", "recommendation-2", "recommendation-3"],
        [("recommendation-1", "rejected"), ("recommendation-2", "accepted"), ("recommendation-3", "accepted")],
    ),
    "combined": (
        ["recommendation-1", "recommendation-2"],
        [("recommendation-1", "accepted"), ("recommendation-2", "rejected")],
    ),
}


def register_of(layout: str) -> Register:
    files, problems = list_files(PAIRS / layout)
    assert not problems
    return Register.of([read_document(file) for file in files])


def test_every_folder_has_its_truth() -> None:
    assert {path.name for path in PAIRS.iterdir()} == set(TRUTH)


@pytest.mark.parametrize("layout", TRUTH)
def test_every_point_is_found_once_and_nothing_else(layout: str) -> None:
    assert [point.id.partition("/")[2] for point in register_of(layout).points] == TRUTH[layout][0]


@pytest.mark.parametrize("layout", TRUTH)
def test_every_answer_is_linked_to_its_points_with_the_status_it_states(layout: str) -> None:
    found = [
        (point.partition("/")[2], response.status)
        for response in register_of(layout).responses
        for point in response.answers
    ]
    assert found == TRUTH[layout][1]


@pytest.mark.parametrize("layout", TRUTH)
def test_every_status_is_proved_by_words_of_the_answer(layout: str) -> None:
    for response in register_of(layout).responses:
        assert response.proof is not None
        paragraph_id, (start, end) = response.proof
        proving = next(paragraph for paragraph in response.paragraphs if paragraph.id == paragraph_id)
        assert proving.text[start:end].strip()


def test_deadlines_and_addressees_are_kept_as_printed_and_as_a_date() -> None:
    points = {point.id.partition("/")[2]: point for point in register_of("hmic").points}
    assert (points["recommendation-1"].deadline, points["recommendation-1"].due) == ("By September 2024", "2024-09")
    assert points["recommendation-1"].addressee == "the chief constable"
    assert (points["recommendation-2"].deadline, points["recommendation-2"].due) == ("Immediately", None)
    assert points["recommendation-3"].due == "2024-12-31"
    assert points["recommendation-3"].addressee == "Fellmoor Police"


def test_owners_and_deadlines_of_a_table_are_those_of_its_rows() -> None:
    points = [point for point in register_of("inside").points if point.number]
    assert [(point.addressee, point.deadline, point.due) for point in points] == [
        ("Harbour board", "31 October 2024", "2024-10-31"),
        ("Lifeboat service", "At once", None),
    ]


def test_answers_printed_in_a_report_are_the_words_of_those_inspected() -> None:
    (document,) = register_of("inside").documents
    below = {part.text.partition(".")[0]: part.speaker.value for part in document.citable()}
    assert below["Accepted and complete"] == below["We do not accept this recommendation"] == "body inspected"
    assert below["We asked both owners for an answer"] == "context"


def test_the_link_back_from_a_footnote_is_no_part_of_it() -> None:
    (document,) = register_of("inside").documents
    notes = [part for part in document.paragraphs if part.kind is Kind.FOOTNOTE]
    assert [note.text for note in notes] == ["We came twice, once by night."]


def test_a_point_that_is_known_only_from_its_answer_says_so() -> None:
    assert all(point.is_restated for point in register_of("combined").points)
    assert not any(point.is_restated for point in register_of("boxes").points)


def test_a_conclusion_that_asks_for_nothing_is_marked_in_a_list_of_conclusions_and_recommendations() -> None:
    assert [point.concludes for point in register_of("committee").points] == [True, False, False, False, False]


def test_points_are_found_by_kind_and_words_and_followed_to_their_answers() -> None:
    register = register_of("table")
    (point,) = register.find_points(PointKind.RECOMMENDATION, "school ROADS")
    assert [entry.id for entry in register.chain(point)[1:]] == ["response/response-1", "response/response-2"]
    assert register.find_points(PointKind.CAUSE_OF_CONCERN) == ()
    assert register.point(point.id) is point
