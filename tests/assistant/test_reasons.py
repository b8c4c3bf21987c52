"""Why an area got its grade: the points listed under it; on an invented report."""

import pytest
from fakes import silent

from assistant import Answer, Assistant, open_assistant
from assistant.reasons import NOTE
from assistant.render import answer_text
from index.build import build_store
from index.embedder import MiniLM
from settings import Settings

REPORT = """PEEL 2019

Police effectiveness

An inspection of Fernshire Police

HM Inspector's observations

I am pleased with how the force looks after its islands.

Answering the public

Requires improvement

Fernshire Police requires improvement at answering the public.

Areas for improvement

The force should answer letters from islanders within a week.

The force should teach its clerks to read charts of the tide.

The force has bought a second ferry for its letters.

Guarding the ferries

Good

Fernshire Police is good at guarding the ferries.

Areas for improvement

The force should paint its watch boats.

March 2019 | © HMICFRS 2019
"""


@pytest.fixture(scope="module")
def fernshire(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Assistant:
    folder = tmp_path_factory.mktemp("fernshire") / "reports"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    build_store(folder, folder.parent / "store", model, silent)
    return open_assistant(folder.parent / "store", Settings(), model)


def test_the_reasons_of_a_low_grade_are_the_points_listed_under_it(fernshire: Assistant) -> None:
    reply = fernshire.ask("Why was answering the public graded requires improvement?")
    assert isinstance(reply, Answer)
    text = answer_text(reply)
    assert "requires improvement at answering" in text
    assert "letters from islanders" in text
    assert "charts of the tide" in text
    assert "watch boats" not in text
    assert NOTE in reply.notes


def test_what_a_good_area_should_improve_is_no_reason_for_its_grade(fernshire: Assistant) -> None:
    reply = fernshire.ask("Why was guarding the ferries graded good?")
    assert not isinstance(reply, Answer) or NOTE not in reply.notes


def test_a_clause_that_only_recalls_a_grade_asks_for_none(fernshire: Assistant) -> None:
    question = fernshire.steps.understand(
        "What has the force bought for its letters since it was graded requires improvement?"
    ).question
    assert "graded" not in question.query.subject
    assert question.kind.value != "grade"


@pytest.mark.parametrize(
    ("asked", "wants_grade"),
    [
        ("What mark did answering the public get?", True),
        ("Are clerks told to mark letters down?", False),
        ("How did inspectors mark them for guarding the ferries?", True),
        ("What rank are the clerks?", False),
    ],
)
def test_a_mark_is_a_grade_only_where_it_is_given(fernshire: Assistant, asked: str, wants_grade: bool) -> None:
    wants = fernshire.steps.understand(asked).question.query.wants
    assert ("grade" in wants) is wants_grade
