"""Nothing is said that its quote does not carry."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fakes import document, paragraph
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Reason, Refusal, Searched
from assistant.citations import check, verify
from assistant.composer import Draft, DraftSentence
from errors import QuoteNotFoundError

# (what a report says, the same in other words)
RIGHT = [
    (
        "The control room lost 31 percent of its non-emergency calls in 2016.",
        "In 2016 the control room lost 31% of non-emergency calls.",
    ),
    ("The rural crime team had 14 officers, who shared two vans.", "The rural crime team had 14 officers and 2 vans."),
    (
        "Northmoor Police is inadequate at responding to the public.",
        "At responding to the public, Northmoor Police is inadequate.",
    ),
    ("Northmoor Police is good at preventing crime.", "The force is good at preventing crime."),
    ("The force requires improvement in investigating crime.", "In investigating crime it requires improvement."),
    (
        "The force does not record why an operator ends a call early.",
        "Why an operator ends a call early is not recorded by the force.",
    ),
    (
        "Supervisors did not read the plans of 12 investigations.",
        "The plans of twelve investigations were not read by supervisors.",
    ),
    (
        "The harbour project cost £240,000 and ended in May 2021.",
        "The harbour project ended in May 2021; it cost £240,000.",
    ),
    ("Amara Velloso became chief constable in March 2019.", "In March 2019 Amara Velloso became chief constable."),
    ("The panel met in Thornbeck on 4 June 2019.", "On 4 June 2019 the panel met in Thornbeck."),
    (
        "It answered 9 in ten emergency calls within 10 seconds.",
        "Within ten seconds, it answered 9 in 10 emergency calls.",
    ),
    (
        "Victims of burglary are told when an officer will come.",
        "When an officer will come is told to victims of burglary.",
    ),
    (
        "No neighbourhood officer was moved to the control room in 2021.",
        "In 2021 no neighbourhood officer was moved to the control room.",
    ),
    (
        "The inspection of October 2021 found 1,200 open investigations.",
        "In October 2021 the inspection found 1200 open investigations.",
    ),
]


def swapped(pattern: str, text: str, make: str | Callable[[str], str]) -> Iterator[str]:
    for match in re.finditer(pattern, text):
        new = make if isinstance(make, str) else make(match.group())
        if new != match.group():
            yield text[: match.start()] + new + text[match.end() :]


def faults_of(right: str) -> Iterator[tuple[str, str]]:
    """(kind, sentence): one fault at a time put into a right sentence."""
    for wrong in swapped(r"(?<![\d,])\d{1,2}(?![\d,])", right, lambda found: str(int(found) + 7)):
        yield "number", wrong
    for wrong in swapped(r"£?\d{1,3},\d{3}|\b1200\b", right, lambda found: found.replace("2", "5", 1)):
        yield "number", wrong
    for wrong in swapped(r"\b(?:19|20)\d\d\b", right, lambda found: str(int(found) - 3)):
        yield "year", wrong
    for wrong in swapped(r"\b(?:March|May|June|October)\b", right, "August"):
        yield "month", wrong
    for grade in ("outstanding", "good", "adequate", "inadequate"):
        for wrong in swapped(r"\b(?:good|inadequate)\b", right, grade):
            yield "grade", wrong
        for wrong in swapped(r"\brequires improvement\b", right, f"is {grade}"):
            yield "grade", wrong
    for wrong in swapped(r"\b(?:not|no) ", right, ""):
        yield "negation lost", wrong
    if not re.search(r"\b(?:not|no)\b", right):
        for wrong in swapped(
            r"\b(?:is|had|lost|ended|became|met|answered|found|cost|are)\b", right, lambda found: f"{found} not"
        ):
            yield "negation added", wrong
    for name in ("Eastvale", "Priya Hollins"):
        for wrong in swapped(r"Northmoor|Amara Velloso|Thornbeck", right, name):
            yield "name", wrong
        yield "name", f"{right[:-1]}, says {name}."


FAULTS = [(quote, kind, wrong) for quote, right in RIGHT for base in (right, quote) for kind, wrong in faults_of(base)]


def draft_sentence(quote: str, text: str) -> DraftSentence:
    one = paragraph("r#p001", f"Some words stand before. {quote} And some behind.")
    return DraftSentence(text, one, document("r", one), quote)


def is_let_through(quote: str, text: str) -> bool:
    return not check(draft_sentence(quote, text)).problems


def test_there_are_faults_of_every_kind() -> None:
    assert len(FAULTS) >= 60
    kinds = {"number", "year", "month", "grade", "negation lost", "negation added", "name"}
    assert {kind for _, kind, _ in FAULTS} == kinds


def test_at_least_98_percent_of_faults_are_caught() -> None:
    missed = [(kind, wrong) for quote, kind, wrong in FAULTS if is_let_through(quote, wrong)]
    assert len(missed) <= 0.02 * len(FAULTS), missed


def test_at_most_2_percent_of_right_paraphrases_are_lost() -> None:
    lost = [right for quote, right in RIGHT if not is_let_through(quote, right)]
    assert len(lost) <= 0.02 * len(RIGHT), lost


def test_a_quote_is_always_let_through_as_itself() -> None:
    assert all(is_let_through(quote, quote) for quote, _ in RIGHT)


def test_another_force_at_the_start_of_a_sentence_is_caught() -> None:
    assert not is_let_through(RIGHT[3][0], "Eastvale Police is good at preventing crime.")
    assert is_let_through(RIGHT[3][0], "The Northmoor Police force is good at preventing crime.")


def test_a_part_of_a_quote_that_leaves_out_its_negation_is_caught() -> None:
    assert not is_let_through("The force is not good at preventing crime.", "good at preventing crime.")
    assert is_let_through(
        "The force is good at preventing crime, and it knows why.", "The force is good at preventing crime"
    )


@pytest.mark.parametrize("nothing", ["", " ", "-", "the", "."])
def test_a_draft_sentence_that_says_nothing_is_dropped(nothing: str) -> None:
    assert not is_let_through("The force - good at preventing crime - knows why.", nothing)


def test_words_of_something_else_are_dropped() -> None:
    assert not is_let_through("Calls waited in a queue.", "Detectives visit victims at home.")


@pytest.mark.parametrize("quote", ["", "  ", "calls were lost", "Calls were  lost", "Calls were lost!"])
def test_a_citation_whose_quote_is_not_verbatim_cannot_be_built(quote: str) -> None:
    one = paragraph("r#p001", "Calls were lost.")
    with pytest.raises(QuoteNotFoundError):
        Citation(one, document("r", one), quote)


def test_a_citation_knows_where_its_quote_stands() -> None:
    one = paragraph("r#p001", "Calls were lost. Nobody counted them.")
    start, end = Citation(one, document("r", one), "Nobody counted them.").span
    assert one.text[start:end] == "Nobody counted them."


def test_what_is_dropped_is_kept_with_its_reason_and_the_rest_is_said() -> None:
    quote = RIGHT[1][0]
    worded = [
        replace(draft_sentence(quote, text), by_model=True) for text in (quote, "The rural crime team had 41 officers.")
    ]
    draft = Draft(tuple(worded))
    reply = verify("How many?", draft, Searched((), 3), notes=("Read as asked.",))
    assert isinstance(reply, Answer)
    assert [statement.text for statement in reply.statements] == [quote]
    assert reply.dropped == ("The rural crime team had 41 officers. (41 is not in the quote)",)
    assert reply.notes[0] == "Read as asked."
    assert "language model" in reply.notes[1]
    assert reply.written_by_model


@pytest.mark.parametrize("draft", [Draft(()), Draft((draft_sentence("not in there", "Anything."),))])
def test_when_nothing_holds_the_reply_is_a_refusal(draft: Draft) -> None:
    reply = verify("How many?", draft, Searched((), 3))
    assert isinstance(reply, Refusal) and reply.reason is Reason.NOT_VERIFIED
    assert len(reply.dropped) == len(draft.sentences)


PARAGRAPH = paragraph("r#p001", " ".join(quote for quote, _ in RIGHT))
pieces = st.tuples(st.integers(0, len(PARAGRAPH.text)), st.integers(0, 90)).map(
    lambda at: PARAGRAPH.text[at[0] : sum(at)]
)
anything = st.one_of(pieces, st.text(max_size=40), st.sampled_from([text for pair in RIGHT for text in pair]))


@given(st.lists(st.tuples(anything, anything), max_size=5))
def test_whatever_is_drafted_verify_yields_verbatim_quotes_only(drafted: list[tuple[str, str]]) -> None:
    held = document("r", PARAGRAPH)
    draft = Draft(tuple(DraftSentence(text, PARAGRAPH, held, quote) for text, quote in drafted))
    reply = verify("What?", draft, Searched((held,), 1))
    if isinstance(reply, Answer):
        assert all(citation.quote.strip() and citation.quote in PARAGRAPH.text for citation in reply.citations)
        assert all(statement.citations for statement in reply.statements)
        assert len(reply.statements) + len(reply.dropped) == len(drafted)
    else:
        assert reply.reason is Reason.NOT_VERIFIED


def test_a_short_sentence_needs_more_than_one_word_of_its_quote() -> None:
    quote = "Northmoor Police requires improvement at investigating crime."
    assert not is_let_through(quote, "The force is cutting crime in 2016.")  # as a live model once wrote


FALLING = "Lost calls fell from 940 in the year to 30 June 2012 to 610 in the year to 30 June 2014."
APART = "In 2019 the team had 40 officers and in 2021 it had 30 officers."


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        (FALLING, "Lost calls fell from 940 to 610 in the year to 2012."),  # as a live model once wrote
        (FALLING, "In the year to 30 June 2012 there were 610 lost calls."),
        (FALLING, "There were 940 lost calls in the year to 30 June 2014."),
        (FALLING, "Lost calls fell from 940 in 2014 to 610 in 2012."),
        (APART, "In 2021 the team had 40 officers."),
        ("In 2021, 40 % were women, up from 30 % in 2019.", "In 2021, 40 % were women, up from 30 % in 2021."),
        (APART, "The team had 30 officers in 2019."),
        (
            "It had 40 vans in the 12 months to May 2019 and 30 vans in 2021.",
            "It had 40 vans in the 12 months to May 2021.",
        ),
    ],
)
def test_a_figure_of_one_year_may_not_be_said_of_another(quote: str, text: str) -> None:
    assert not is_let_through(quote, text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        (FALLING, "Lost calls fell from 940 in the year to June 2012 to 610 in the year to June 2014."),
        (FALLING, "Lost calls fell from 940 to 610 between June 2012 and June 2014."),
        (FALLING, "Lost calls fell to 610 in the year to 30 June 2014, from 940 in 2012."),
        (FALLING, "In the year to 30 June 2014 there were 610 lost calls."),
        (APART, "The team had 40 officers in 2019 and 30 officers in 2021."),
        (
            "Lost calls fell from 940 in the 12 months to June 2012 to 610 in the 12 months to June 2014.",
            "Lost calls fell from 940 in the year to June 2012 to 610 in the year to June 2014.",
        ),
        (APART, "In 2021 the team had 30 officers, in 2019 it had 40 officers."),
    ],
)
def test_figures_keep_their_years_in_whatever_order_they_are_said(quote: str, text: str) -> None:
    assert is_let_through(quote, text)


OVERALL = "The overall grade in 2018 was 'good', with 'Tackling fraud and organised theft' graded as 'inadequate'."


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        (OVERALL, "Northmoor Police received a grade of 'good' in 2018 for fraud and organised theft."),  # a live model
        (OVERALL, "Fraud and organised theft was graded good."),
        (OVERALL, "The overall grade was inadequate."),
        ("It is good at fraud and theft and inadequate at calls.", "It is inadequate at fraud and theft."),
        ("Fraud and theft are graded good and calls and post inadequate.", "Calls and post are graded good."),
    ],
)
def test_a_grade_of_one_area_may_not_be_said_of_another(quote: str, text: str) -> None:
    assert not is_let_through(quote, text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        (OVERALL, "Tackling fraud and organised theft was graded as inadequate in 2018."),
        (OVERALL, "In 2018 the overall grade of Northmoor Police was good."),
        (
            "It is good at fraud and theft and inadequate at calls.",
            "It is inadequate at calls and good at fraud and theft.",
        ),
        ("Fraud and theft are graded good and calls and post inadequate.", "Calls and post are graded inadequate."),
    ],
)
def test_a_grade_stays_with_its_area_in_other_words(quote: str, text: str) -> None:
    assert is_let_through(quote, text)


@pytest.mark.parametrize("end", ["that the panel met is", "the panel met in Thornbeck and", "the panel was:"])
def test_a_sentence_that_breaks_off_is_not_said(end: str) -> None:
    assert not is_let_through("The panel met in Thornbeck on 4 June 2019.", f"In Thornbeck {end}")


@pytest.mark.parametrize("word", ["Yes", "No", "yes", "No -"])
def test_a_plain_yes_or_no_is_not_said_for_a_quote(word: str) -> None:
    quote = "The panel met in Thornbeck on 4 June 2019."
    assert not is_let_through(quote, f"{word}, the panel met in Thornbeck.")
    assert is_let_through(quote, "The panel met in Thornbeck.")
