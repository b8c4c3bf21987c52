"""A figure of the time asked about, a review's finding, an outcome and not a plan: what a sentence must hold besides a form."""

import pytest

from assistant.expectation import Form, expectation, is_met

# question, sentences that answer it, sentences that do not
SENTENCES = [
    (
        "How many vans were bought in the year ending March 2014?",
        [
            "In the year ending 31 March 2014 the force bought 12 vans.",
            "The force bought 12 vans.",
            "Between 2012 and 2015 it bought 12 vans each year.",
        ],
        ["In the year ending 31 March 2016 the force bought 12 vans."],
    ),
    (
        "How many vans does the April 2014 report speak of?",
        ["By March 2013 the force had 12 vans."],
        [],
    ),
    (
        "What proportion of calls was answered within ten seconds?",
        ["It answered 61 percent of calls within ten seconds.", "It answered 61 percent of calls within 10 seconds."],
        ["It answered half of its calls within 30 seconds."],
    ),
    (
        "What was the highest number of calls in one day?",
        ["The busiest day brought 412 calls.", "At its peak the room took 412 calls."],
        ["The room took 412 calls that day."],
    ),
    ("What is Ada Fell's telephone number?", ["Ada Fell, 01234 567890."], ["Superintendent Ada Fell leads the team."]),
    ("Which towns are the hubs in?", ["There are hubs in Brackwell and Oxley."], ["The hubs are in market towns."]),
    (
        "Which schools has the officer in Oxley worked with?",
        ["The officer works with Brackwell Academy."],
        ["An officer in Oxley works with schools."],
    ),
    ("Who chairs the rural board?", ["The board is chaired by the deputy."], ["The rural board meets each month."]),
    (
        "What did the peer review of custody find?",
        ["The peer review found gaps in training.", "The review identified gaps."],
        ["A peer review of custody is being carried out."],
    ),
    (
        "Was the new control room finished by spring?",
        ["The control room was finished in March.", "The control room has not been finished."],
        ["The force plans to finish the control room by spring."],
    ),
    (
        "What target has the force set for answering calls?",
        ["Its target is 30 seconds."],
        ["Calls are answered within 90 seconds."],
    ),
]


@pytest.mark.parametrize(("question", "sentence"), [(q, s) for q, yes, _ in SENTENCES for s in yes])
def test_a_sentence_that_holds_what_is_asked_for_can_answer(question: str, sentence: str) -> None:
    assert is_met(expectation(question), sentence)


@pytest.mark.parametrize(("question", "sentence"), [(q, s) for q, _, no in SENTENCES for s in no])
def test_a_sentence_that_lacks_it_cannot_answer(question: str, sentence: str) -> None:
    assert not is_met(expectation(question), sentence)


def test_a_share_of_something_else_is_no_answer_to_how_many() -> None:
    expected = expectation("How many protection orders were granted?")
    assert is_met(expected, "One in three protection orders was granted.")
    assert not is_met(
        expected, "Notices were only considered in 1 out of 12 cases where the auditors thought that one was due."
    )


def test_what_something_costs_and_what_somebody_pays_are_sums_of_money() -> None:
    assert expectation("What does the helicopter cost each year?").form is Form.MONEY
    assert expectation("What do households pay towards the police?").form is Form.MONEY


def test_a_question_without_such_words_asks_for_nothing_besides() -> None:
    assert expectation("How does the force treat victims?").is_narrow is False
