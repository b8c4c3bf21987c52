"""What became of a point, a report's points, and one area's grades across reports, on invented reports."""

from collections.abc import Callable, Mapping

import pytest
from cells import REPORT, TRACKER

from assistant import Answer, Assistant, Reason, Refusal
from assistant.render import answer_text, short_title


@pytest.fixture(scope="module")
def cells(assistant_on: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_on({"report-2016.txt": REPORT, "tracker.txt": TRACKER})


def cited(assistant: Assistant, question: str) -> tuple[str, list[str]]:
    """The answer's words, and its documents in the order of their statements."""
    reply = assistant.ask(question)
    assert isinstance(reply, Answer), reply
    return answer_text(reply), [citation.document.id for citation in reply.citations]


def test_what_became_of_a_concern_is_told_from_the_report_to_the_last_comment(cells: Assistant) -> None:
    said, documents = cited(cells, "What happened to the 2016 cause of concern?")
    assert documents[0] == "report-2016" and set(documents[1:]) == {"tracker"}
    assert said.index("not safe") < said.index("awaiting-review") < said.index("forty locks")


@pytest.mark.parametrize(
    "question",
    ["What is the status of recommendation 3?", "What was done about recommendation 3 of the cause of concern?"],
)
def test_a_recommendation_is_found_by_its_number(cells: Assistant, question: str) -> None:
    said, documents = cited(cells, question)
    assert "count its keys" in said and "They count the keys now" in said
    assert "gaolers" not in said and documents[0] == "report-2016"
    assert "forty locks" not in said  # said to all three recommendations at once


def test_a_point_that_is_about_something_else_than_the_question_says_is_quoted_with_a_note(cells: Assistant) -> None:
    reply = cells.ask("What did recommendation 3 of 2016 say about helicopters?")
    assert isinstance(reply, Answer)
    assert "count its keys" in answer_text(reply)
    assert reply.notes == ("Recommendation 3 does not speak of “helicopters”.",)


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("What were the three recommendations of the 2016 report?", ()),
        (
            "What were the eight recommendations of the 2016 report?",
            ("The question speaks of eight; {} has three recommendations.",),
        ),
    ],
)
def test_a_wrong_number_of_points_is_put_right(cells: Assistant, question: str, notes: tuple[str, ...]) -> None:
    reply = cells.ask(question)
    assert isinstance(reply, Answer)
    assert "mend every lock" in answer_text(reply) and "count its keys" in answer_text(reply)
    assert reply.notes == tuple(note.format(short_title(reply.citations[0].document)) for note in notes)


@pytest.mark.parametrize(
    "question",
    ["What are the recommendations in the 2016 report?", "How many recommendations do the reports make between them?"],
)
def test_all_recommendations_are_given_when_nothing_narrows_them_down(cells: Assistant, question: str) -> None:
    said, _ = cited(cells, question)
    assert all(words in said for words in ("mend every lock", "train its gaolers", "count its keys"))


def test_the_grades_of_one_area_are_given_by_date(northmoor: Assistant) -> None:
    said, documents = cited(northmoor, "How has the grade for preventing crime changed over time?")
    assert said.index("good at preventing") < said.index("adequate at preventing")
    assert list(dict.fromkeys(documents))[:2] == ["northmoor-2016", "northmoor-2021"]


@pytest.mark.parametrize("area", ["preventing crime", "investigating crime"])
def test_the_history_of_an_area_has_no_other_areas_grade(northmoor: Assistant, area: str) -> None:
    said, _ = cited(northmoor, f"How have the marks for {area} moved over the inspections?")
    other = {"preventing crime": "investigating", "investigating crime": "preventing"}[area]
    assert area.split(maxsplit=1)[0] in said and f"at {other}" not in said


def test_a_grade_taken_for_granted_wrongly_is_put_right(northmoor: Assistant) -> None:
    question = "Why was preventing crime graded outstanding in 2021?"
    said, _ = cited(northmoor, question)
    assert "adequate at preventing" in said
    reply = northmoor.ask(question)
    assert isinstance(reply, Answer)
    assert reply.notes == ("The question says “outstanding”; the report says “adequate”.",)


def test_a_report_that_does_not_grade_the_area_is_named_and_not_answered_with_another_grade(
    northmoor: Assistant,
) -> None:
    reply = northmoor.ask("How was investigating crime graded in 2016 and in 2021?")
    assert isinstance(reply, Answer)
    assert [citation.document.id for citation in reply.citations] == ["northmoor-2016"]
    assert "good at investigating" in answer_text(reply)
    assert len(reply.notes) == 1 and reply.notes[0].startswith("No grade for it was found in PEEL 2021/22")


def test_a_grade_of_another_area_is_no_answer_for_a_report_that_does_not_grade_the_one_asked_about(
    northmoor: Assistant,
) -> None:
    reply = northmoor.ask("What grade did the force get for investigating crime in 2021?")
    assert isinstance(reply, Refusal) and reply.reason is Reason.OTHER_PERIOD
    assert "no grade for “investigating crime” in 2021" in reply.explanation and "PEEL 2016" in reply.explanation


def test_all_areas_for_improvement_of_a_report_are_given(northmoor: Assistant) -> None:
    said, documents = cited(northmoor, "List the areas for improvement in 2021")
    assert "reopen its non-emergency line" in said and "coercive control" in said
    assert set(documents) == {"northmoor-2021"}


def test_where_all_recommendations_stand_is_told_by_what_was_said_to_all_of_them(cells: Assistant) -> None:
    said, documents = cited(cells, "What is the status of the recommendations?")
    assert set(documents) == {"tracker"}
    assert "awaiting-review" in said and "forty locks" in said
