"""What several reports say on one subject: in date order, the newest first where none is named, and a later document's
answer to an earlier one's point. Three invented inspections and a panel paper, with the real embedding model."""

from dataclasses import replace

import pytest
from fakes import document, paragraph, silent
from ferries import write_ferries

from assistant import Answer, Assistant, open_assistant
from assistant.compare import behind
from assistant.render import answer_text
from index.build import build_store
from index.embedder import MiniLM
from index.retriever import Hit
from ingest.document import Speaker
from settings import Settings


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Assistant:
    folder = write_ferries(tmp_path_factory.mktemp("ferries") / "reports")
    build_store(folder, folder.parent / "store", model, silent)
    return open_assistant(folder.parent / "store", Settings(), model)


def answer(assistant: Assistant, question: str) -> tuple[str, list[str], tuple[str, ...]]:
    """The answer's words, its documents in the order of their statements, and its notes."""
    reply = assistant.ask(question)
    assert isinstance(reply, Answer), reply
    documents = [citation.document.id for citation in reply.citations]
    return answer_text(reply), list(dict.fromkeys(documents)), reply.notes


def test_two_reports_are_set_side_by_side_in_date_order(ferries: Assistant) -> None:
    said, documents, _ = answer(ferries, "Were ferry officers taken off the boats more in 2018 than in 2014?")
    assert documents == ["first", "second"]
    assert "rarely taken off" in said and "sometimes taken off" in said


def test_the_inspection_speaks_for_its_year_and_not_the_paper_on_it(ferries: Assistant) -> None:
    question = "What changed on telling ferry passengers where to report a theft between 2018 and 2021/22?"
    assert "paper" not in answer(ferries, question)[1]


def test_whether_it_is_still_so_is_told_by_the_newest_report_and_the_earlier_ones_are_named(ferries: Assistant) -> None:
    said, documents, notes = answer(ferries, "Are ferry officers still taken off the boats to do other work?")
    assert documents == ["third"] and "routinely taken off" in said
    assert len(notes) == 1 and "superseded: PEEL 2014" in notes[0] and "PEEL 2018" in notes[0]


def test_what_was_done_about_a_point_leads_with_the_later_answer_and_names_the_point(ferries: Assistant) -> None:
    said, documents, _ = answer(ferries, "What was done about telling passengers where to report a theft on board?")
    assert documents == ["paper", "second"]
    assert said.index("Posters in four languages") < said.index("should make sure")
    assert said.count("should make sure") == 1


@pytest.mark.parametrize(
    ("question", "kept", "left_out"),
    [
        ("Which areas got a worse grade in 2018 than in 2014?", "ferries", "archive"),
        ("Which areas had a better grade in 2018 than in 2014?", "archive", "ferries"),
    ],
)
def test_areas_whose_grade_fell_or_rose_are_given_with_both_grades(
    ferries: Assistant, question: str, kept: str, left_out: str
) -> None:
    said, documents, _ = answer(ferries, question)
    assert documents == ["first", "second"]
    assert said.count(f"Northmoor Police is good at {_verb(kept)}") == 1
    assert said.count(f"requires improvement in {_verb(kept)}") == 1
    assert _verb(left_out) not in said


def _verb(area: str) -> str:
    return {"ferries": "policing the ferries", "archive": "keeping the archive"}[area]


def test_areas_without_a_grade_are_named(ferries: Assistant) -> None:
    said, documents, _ = answer(ferries, "Which areas weren't given a grade in 2021/22?")
    assert documents == ["third"]
    assert "not graded" in said and "ferries" not in said


def test_each_report_is_asked_what_the_question_asks_of_it_alone(ferries: Assistant) -> None:
    said, documents, _ = answer(
        ferries,
        "Who had trained the search dogs of the ferry terminal in 2014, and where do the boxes of records stand in 2018?",
    )
    assert documents == ["first", "second"]
    assert "outside kennel" in said and "dry store" in said
    assert "damp cellar" not in said


def test_a_point_and_what_was_said_to_it_are_told_by_the_documents_asked_about(ferries: Assistant) -> None:
    said, documents, _ = answer(
        ferries,
        "What was the area for improvement on ferry passengers in 2018, and what had been done about it by June 2019?",
    )
    assert documents == ["second", "paper"]
    assert "should make sure" in said and "Posters in four languages" in said


def test_a_question_about_the_present_says_when_only_an_older_report_answers_it(ferries: Assistant) -> None:
    _, documents, notes = answer(ferries, "Who trains the search dogs of the ferry terminal?")
    assert documents == ["first"]
    assert any("PEEL 2021/22" in note and "newer" in note for note in notes)
    _, documents, notes = answer(ferries, "Who trained the search dogs of the ferry terminal?")
    assert documents == ["first"]
    assert not any("newer" in note for note in notes)


def test_a_later_paper_answers_the_point_that_the_earlier_report_makes(ferries: Assistant) -> None:
    said, documents, _ = answer(
        ferries,
        "In 2018 ferry passengers did not know where to report a theft on board. What was in place by June 2019?",
    )
    assert documents == ["second", "paper"]
    assert "Posters in four languages" in said


def test_a_count_that_one_side_does_not_give_is_not_made_up_from_its_nearest_words(ferries: Assistant) -> None:
    said, documents, notes = answer(
        ferries, "How many search dogs had passed their test in 2014, and how many boxes of records were there in 2018?"
    )
    assert documents == ["first"] and "two of five dogs" in said
    assert any("Nothing on it was found in" in note and "2018" in note for note in notes)


def test_what_is_said_in_general_or_quoted_falls_behind_what_a_report_found() -> None:
    said = {
        speaker: behind(Hit(item, document("d", item), 0.5))
        for speaker in (Speaker.INSPECTOR, Speaker.CONTEXT, Speaker.QUOTATION)
        for item in (replace(paragraph("p", "Words."), speaker=speaker),)
    }
    assert said[Speaker.INSPECTOR] == 0 < said[Speaker.CONTEXT] < said[Speaker.QUOTATION]
