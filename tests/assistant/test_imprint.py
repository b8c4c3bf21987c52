"""Questions about the documents themselves, and what a paper says to a point it prints again; on invented documents."""

from collections.abc import Callable, Mapping

import pytest

from assistant import Answer, Assistant, Refusal
from assistant.render import answer_text

REPORT = """PEEL 2016

Police effectiveness

An inspection of Saltmarsh Constabulary

HM Inspector's observations

I am pleased with how the constabulary looks after its harbour. A survey of moorings was due after our inspection, which
concluded in February 2016.

Ottoline Pennyfeather, HM Inspector of Constabulary

Protecting the harbour

Saltmarsh Constabulary is good at protecting the harbour.

Areas for improvement

The constabulary should tell boat owners sooner when a mooring has been broken into.

May 2016 | © HMICFRS 2016
"""
PAPER = """SALTMARSH POLICE AND CRIME PANEL
12 MARCH 2017

'PEEL: POLICE EFFECTIVENESS 2016 AN INSPECTION OF SALTMARSH CONSTABULARY' – UPDATE REPORT

Purpose

1. This paper tells members how the constabulary answers the report of May 2016.

Protecting the harbour

Area for improvement 1: The constabulary should tell boat owners sooner when a mooring has been broken into.

2. Every night-watch crew carries a tablet with a list of telephone numbers, and calls within the hour.

The next inspection

3. Inspectors came on site in January this year. The harbour office gave them a room with a view.

Contact Points

Barnaby Quill, Scrutiny Manager Tel: 01234 567890
"""


@pytest.fixture(scope="module")
def saltmarsh(assistant_on: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_on({"report.txt": REPORT, "paper.txt": PAPER})


def said(assistant: Assistant, question: str) -> str:
    reply = assistant.ask(question)
    assert isinstance(reply, Answer), reply
    return answer_text(reply)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was the 2016 report published?", "May 2016 | "),
        ("Who signed the 2016 report?", "Ottoline Pennyfeather, HM Inspector"),
        ("Who was the inspector that signed off the report in 2016?", "Ottoline Pennyfeather, HM Inspector"),
        ("Who is the contact for the panel paper?", "Barnaby Quill"),
        ("What is the date of the panel paper?", "12 MARCH 2017"),
        ("When did the inspection behind the 2016 report actually finish?", "concluded in February 2016"),
    ],
)
def test_what_a_document_says_of_itself_is_quoted_from_the_line_that_says_it(
    saltmarsh: Assistant, question: str, words: str
) -> None:
    assert words in said(saltmarsh, question)


def test_every_document_is_named_when_it_is_asked_which_there_are(saltmarsh: Assistant) -> None:
    reply = saltmarsh.ask("Which reports do you have?")
    assert isinstance(reply, Answer)
    assert {citation.document.id for citation in reply.citations} == {"report", "paper"}


def test_what_a_document_does_not_say_of_itself_is_not_taken_from_elsewhere(saltmarsh: Assistant) -> None:
    reply = saltmarsh.ask("Who signed the panel paper?")
    assert isinstance(reply, Refusal)
    assert reply.explanation.endswith("carries no signature.")


def test_a_question_on_something_reported_is_not_taken_for_one_about_the_report(saltmarsh: Assistant) -> None:
    assert "mooring" in said(saltmarsh, "What does the report say about mooring break-ins?")


def test_a_response_is_found_next_to_the_point_it_answers_although_it_has_none_of_its_words(
    saltmarsh: Assistant,
) -> None:
    steps = saltmarsh.steps
    found = steps.retrieve(steps.understand("How are boat owners told that a mooring was broken into?")).found
    first = [hit.paragraph.text for hit in found.hits[:3]]
    assert any("within the hour" in text for text in first), first


def test_an_inspection_that_is_not_held_is_found_in_the_paper_that_speaks_of_it(saltmarsh: Assistant) -> None:
    assert "room with a view" in said(
        saltmarsh, "Which room did the harbour office give inspectors during the January 2017 inspection?"
    )


def test_a_grade_of_an_inspection_that_is_not_held_is_refused(saltmarsh: Assistant) -> None:
    reply = saltmarsh.ask("What grade did protecting the harbour get in the 2017 inspection?")
    assert isinstance(reply, Refusal)


def test_a_why_that_takes_something_for_granted_is_answered_with_what_is_said_and_a_note(saltmarsh: Assistant) -> None:
    reply = saltmarsh.ask("Why did no inspectors come on site in January 2017?")
    assert isinstance(reply, Answer)
    assert "came on site" in answer_text(reply)
    assert any(note.startswith("No reason is given") for note in reply.notes)
