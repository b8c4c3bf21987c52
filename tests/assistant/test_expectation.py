"""A question for a number, date, name or reason is answered only by a sentence that has one."""

import pytest

from assistant.expectation import Form, expectation, is_met

FORMS = [
    (Form.COUNT, "How many officers work at night?"),
    (Form.COUNT, "What was the number of burglaries?"),
    (Form.SHARE, "What percentage of calls was lost?"),
    (Form.SHARE, "What proportion of victims was told?"),
    (Form.MONEY, "How much did the vans cost?"),
    (Form.DURATION, "How long do callers wait?"),
    (Form.DURATION, "How many weeks does training last?"),
    (Form.DATE, "When was the team set up?"),
    (Form.DATE, "In which year did the station close?"),
    (Form.NAME, "Who is the chief constable?"),
    (Form.NAME, "What is the name of the system?"),
    (Form.REASON, "Why were calls lost?"),
    (Form.ANY, "How does the force treat victims?"),
    (Form.ANY, "What did inspectors say about vans?"),
]

# form, question, sentences that answer it, sentences that do not
SENTENCES = [
    (
        "How many officers work at night?",
        ["There are 14 officers on a night shift.", "Twelve officers work at night.", "Half of all officers do."],
        ["Officers work at night.", "In 2016 officers began to work at night.", "On 4 May 2016 officers met."],
    ),
    (
        "What percentage of calls was lost?",
        ["It lost 31 percent of calls.", "31% of calls were lost.", "One in five calls was lost.", "Half were lost."],
        ["Many calls were lost.", "It lost 310 calls in 2016."],
    ),
    (
        "How much did the vans cost?",
        ["The vans cost £24,000.", "They cost 2 million pounds."],
        ["The vans cost a lot.", "There are 24 vans."],
    ),
    (
        "How long do callers wait?",
        ["Callers wait 90 seconds.", "They wait two working days.", "They wait over an hour."],
        ["Callers wait in a queue.", "There were 90 callers."],
    ),
    (
        "When was the team set up?",
        ["It was set up in 2016.", "It was set up on 4 May.", "It began last autumn."],
        ["It was set up to help victims.", "It may have 14 officers."],
    ),
    (
        "Who is the chief constable?",
        ["The chief constable is Amara Velloso."],
        ["The chief constable is respected.", "She leads the force.", "It works with River Watch and Safer Roads."],
    ),
    (
        "Which council officer is the contact?",
        ["Amara Velloso, Scrutiny Manager"],
        ["Papers are on the council's pages."],
    ),
    (
        "Exactly how many updates were late?",
        ["There were 14 late updates.", "Twelve updates were late."],
        ["A quarter of updates were late.", "Half of updates were late."],
    ),
    (
        "Over which years?",
        ["It will be spent between 2021 and 2025."],
        ["It will be spent on vans."],
    ),
    (
        "Why were calls lost?",
        [
            "Calls were lost because the lines were closed.",
            "This was due to illness.",
            "The lines were old, so that calls failed.",
        ],
        ["Calls were lost.", "The lines were closed at weekends."],
    ),
    ("How does the force treat victims?", ["It treats them well."], []),
]


@pytest.mark.parametrize(("form", "question"), FORMS)
def test_the_form_is_read_from_the_question(form: Form, question: str) -> None:
    assert expectation(question).form is form


@pytest.mark.parametrize(("question", "sentence"), [(q, s) for q, yes, _ in SENTENCES for s in yes])
def test_a_sentence_of_the_form_asked_for_can_answer(question: str, sentence: str) -> None:
    assert is_met(expectation(question), sentence)


@pytest.mark.parametrize(("question", "sentence"), [(q, s) for q, _, no in SENTENCES for s in no])
def test_a_sentence_without_the_form_asked_for_cannot_answer(question: str, sentence: str) -> None:
    assert not is_met(expectation(question), sentence)


def test_a_number_of_something_else_is_no_answer_to_how_many() -> None:
    expected = expectation("How many vans does the rural team have?")
    assert is_met(expected, "The rural team has 14 vans.")
    assert not is_met(expected, "The rural team has 14 horses that need new stables near the coast.")


def test_long_forms_of_an_acronym_count_as_what_is_counted() -> None:
    expected = expectation("How many MDTs were fitted?")
    assert is_met(expected, "The force fitted 300 mobile data terminals.", ("mobile data terminal",))


def test_an_exact_figure_is_not_a_fraction_in_words() -> None:
    expected = expectation("What exact percentage of calls was lost?")
    assert expected.is_exact
    assert is_met(expected, "It lost 31 percent.") and not is_met(expected, "It lost a third of calls.")


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("When is it OK to leave a boat unlocked?", Form.ANY),
        ("When a boat is stolen, who is told?", Form.ANY),
        ("When do sailors struggle to moor?", Form.ANY),
        ("When was the boat stolen?", Form.DATE),
        ("And when exactly was it found?", Form.DATE),
        ("How much of the workforce can swim?", Form.SHARE),
    ],
)
def test_a_circumstance_is_no_date(question: str, form: Form) -> None:
    assert expectation(question).form is form
