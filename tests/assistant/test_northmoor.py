"""From two invented reports to cited answers and refusals, with the real embedding model."""

from functools import lru_cache

import pytest

from assistant import Answer, Assistant, Reason, Refusal, Reply
from assistant.answer import Citation
from assistant.examples import examples
from assistant.render import answer_text
from assistant.steps import Composed, Retrieved, Selected, Understood

LEAD_IN = "We found that the force does not:"
RURAL_2021 = "How many officers did the rural crime team have in 2021?"
EASTVALE = "What grade did Eastvale Police get for preventing crime?"


@lru_cache(maxsize=64)
def ask(assistant_id: int, question: str) -> Reply:
    return ASSISTANTS[assistant_id].ask(question)


ASSISTANTS: dict[int, Assistant] = {}


def asked(assistant: Assistant, question: str) -> Reply:
    """The reply, worked out once for each question."""
    ASSISTANTS[id(assistant)] = assistant
    return ask(id(assistant), question)


def answer(assistant: Assistant, question: str) -> Answer:
    reply = asked(assistant, question)
    assert isinstance(reply, Answer), reply
    return reply


def refusal(assistant: Assistant, question: str) -> Refusal:
    reply = asked(assistant, question)
    assert isinstance(reply, Refusal), answer_text(reply)
    return reply


GRADES = [
    ("What grade did Northmoor Police get for preventing crime in 2016?", "northmoor-2016", "is good at preventing"),
    (
        "What grade did Northmoor Police get for preventing crime in 2021?",
        "northmoor-2021",
        "is adequate at preventing",
    ),
    ("How was responding to the public graded in 2016?", "northmoor-2016", "requires improvement in responding"),
    ("How was responding to the public graded in 2021/22?", "northmoor-2021", "is inadequate at responding"),
]


@pytest.mark.parametrize(("question", "document", "words"), GRADES)
def test_the_grade_of_each_year_is_right_and_cited_from_that_years_report_alone(
    northmoor: Assistant, question: str, document: str, words: str
) -> None:
    reply = answer(northmoor, question)
    assert words in reply.citations[0].quote
    assert {citation.document.id for citation in reply.citations} == {document}


def test_a_number_is_taken_from_the_report_of_the_year_asked_about(northmoor: Assistant) -> None:
    assert "22 officers" in answer_text(answer(northmoor, RURAL_2021))
    assert "14 officers" in answer_text(answer(northmoor, RURAL_2021.replace("2021", "2016")))


def test_a_question_about_two_years_is_answered_from_both_reports_oldest_first(northmoor: Assistant) -> None:
    reply = answer(northmoor, "How has preventing crime changed between 2016 and 2021?")
    documents = [citation.document.id for citation in reply.citations]
    assert documents == sorted(documents) and set(documents) == {"northmoor-2016", "northmoor-2021"}


def test_a_negative_list_is_never_quoted_without_its_lead_in(northmoor: Assistant) -> None:
    reply = answer(northmoor, "What did inspectors find the force does not do for callers and operators?")
    items = [citation for citation in reply.citations if citation.paragraph.lead_in]
    assert len(items) == 3
    assert all(citation.quote.startswith(LEAD_IN) for citation in items)
    text = answer_text(reply)
    assert text.count(LEAD_IN) == 1
    assert text.index(LEAD_IN) < text.index("record why") < text.index("tell victims") < text.index("check the welfare")


def test_the_areas_for_improvement_of_a_section_are_all_given(northmoor: Assistant) -> None:
    reply = answer(northmoor, "What are the areas for improvement on responding to the public in 2016?")
    assert [citation.quote[:22] for citation in reply.citations] == ["The force should make ", "The force should revie"]
    assert {citation.document.id for citation in reply.citations} == {"northmoor-2016"}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (EASTVALE, Reason.OTHER_BODY),
        ("How many dogs does Eastvale Police keep?", Reason.OTHER_BODY),
        ("How was preventing crime graded in 2018?", Reason.OTHER_PERIOD),
        ("What did the 2018 PEEL report say about responding to the public?", Reason.OTHER_PERIOD),
        ("", Reason.NO_QUESTION),
        (" ?! ", Reason.NO_QUESTION),
    ],
)
def test_what_the_reports_cannot_answer_is_refused_with_the_reason(
    northmoor: Assistant, question: str, reason: Reason
) -> None:
    reply = refusal(northmoor, question)
    assert reply.reason is reason and reply.explanation
    assert reply.searched.documents == northmoor.documents


@pytest.mark.parametrize("question", ["What is the best recipe for bread?", "Who won the football world cup?"])
def test_a_question_off_the_subject_is_refused(northmoor: Assistant, question: str) -> None:
    assert refusal(northmoor, question).reason in {Reason.NOTHING_RELEVANT, Reason.NOT_ANSWERED}


def test_a_refusal_names_the_other_body_and_shows_what_stands_nearest(northmoor: Assistant) -> None:
    reply = refusal(northmoor, EASTVALE)
    assert "Eastvale Police" in reply.explanation
    assert 1 <= len(reply.nearest) <= 3


def test_every_citation_lies_where_its_offsets_say(northmoor: Assistant) -> None:
    replies = [
        asked(northmoor, question) for question in [*(question for question, _, _ in GRADES), RURAL_2021, EASTVALE]
    ]
    citations: list[Citation] = []
    for reply in replies:
        citations += reply.citations if isinstance(reply, Answer) else reply.nearest
    assert len(citations) >= 8
    for item in citations:
        paragraph, text = item.paragraph, item.document.text
        assert 0 <= paragraph.start < paragraph.end <= len(text)
        written = " ".join(text[start:end] for start, end in paragraph.pieces)
        assert paragraph.own_text.split() == written.split()
        assert item.quote in paragraph.text


def test_a_slip_of_the_pen_is_read_right_and_said(northmoor: Assistant) -> None:
    reply = answer(northmoor, "how many oficers did the rural crime team have in 2021?")
    assert "22 officers" in answer_text(reply)


def test_half_a_character_does_no_harm(northmoor: Assistant) -> None:
    assert asked(northmoor, "\ud800 How was preventing crime graded in 2018?").question.startswith("?")


def test_the_same_question_has_the_same_reply(northmoor: Assistant) -> None:
    assert northmoor.ask(GRADES[0][0]) == asked(northmoor, GRADES[0][0])


def test_the_examples_on_the_page_are_questions_that_are_answered(northmoor: Assistant) -> None:
    assert northmoor.examples() == examples(northmoor.holdings)
    assert 1 <= len(northmoor.examples()) <= 4
    for question in northmoor.examples():
        answer(northmoor, question)


def test_explaining_shows_each_step_and_ends_with_the_reply(northmoor: Assistant) -> None:
    steps = list(northmoor.explain(RURAL_2021))
    assert [name for name, _ in steps] == ["understand", "retrieve", "select", "compose", "verify"]
    assert [type(state) for _, state in steps] == [Understood, Retrieved, Selected, Composed, Answer]
    assert steps[-1][1] == asked(northmoor, RURAL_2021)


def test_an_assistant_and_its_replies_are_shown_in_short(northmoor: Assistant) -> None:
    reply = asked(northmoor, RURAL_2021)
    assert isinstance(reply, Answer)
    states = [state for _, state in northmoor.explain(RURAL_2021)]
    for each in (northmoor, northmoor.holdings, reply, *states):
        assert not any(document.text[:200] in repr(each) for document in northmoor.documents), type(each)
    assert len(repr(reply)) < 5_000 and reply.statements[0].text in repr(reply)
    assert repr(northmoor) == f"Assistant({len(northmoor.documents)} documents in {northmoor.store.path})"
