"""Questions that lean on the one before them are rewritten to stand alone; others are left as they are."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import document, paragraph

from assistant import Turn
from assistant.answer import Citation
from assistant.followup import follow_up
from assistant.topic import topic_of
from eval.gold import read_gold
from ingest.document import Document

ROOT = Path(__file__).resolve().parent.parent.parent


def report(body: str, period: str, date: str) -> Document:
    made = document(
        f"{body.split(maxsplit=1)[0].lower()}-{period[:4]}",
        paragraph(
            f"{body.split(maxsplit=1)[0].lower()}-{period[:4]}#p1", "The board is chaired by Superintendent Ada Fell."
        ),
        title=f"PEEL {period}: {body}",
        period=period,
        date=date,
    )
    return replace(made, metadata=replace(made.metadata, body=body))


DATES = (("2014", "2015-02"), ("2016", "2016-12-08"), ("2021/22", "2022-04"))
ONE = tuple(report("Northmoor Police", period, date) for period, date in DATES)
TWO = (*ONE, *(report("Eastvale Constabulary", period, date) for period, date in DATES))

CONVERSATIONS = [
    [
        ("What grade did Northmoor Police get for preventing crime in 2016?", None),
        ("what about in 2021?", "What grade did Northmoor Police get for preventing crime in 2021?"),
        (
            "and for responding to the public?",
            "What grade did Northmoor Police get for responding to the public in 2021?",
        ),
        (
            "what about the other force?",
            "What grade did Eastvale Constabulary get for responding to the public in 2021?",
        ),
        ("why?", "Why was responding to the public graded so at Eastvale Constabulary in 2021?"),
        ("and before that?", "Why was responding to the public graded so at Eastvale Constabulary in 2016?"),
    ],
    [
        ("What are Northmoor's areas for improvement on responding to the public in 2016?", None),
        (
            "how many of them?",
            "How many areas for improvement on responding to the public were there at Northmoor Police in 2016?",
        ),
        (
            "and two years before?",
            "How many areas for improvement on responding to the public were there at Northmoor Police in 2014?",
        ),
    ],
    [
        ("How many officers did Eastvale's rural crime team have in 2016?", None),
        ("and in 2021/22?", "How many officers did Eastvale's rural crime team have in 2021/22?"),
        ("and Kent?", "How many officers did Kent Police’s rural crime team have in 2021/22?"),
        ("And who chairs the demand board?", "Who chairs the demand board at Kent Police in 2021/22?"),
    ],
]
IN_ONE = [
    [
        ("What was the cause of concern in 2021/22?", None),
        ("what happened to it?", "What happened to the cause of concern in 2021/22?"),
        ("Is it still the case?", "Is the cause of concern still the case in 2021/22?"),
        ("and now?", "Is the cause of concern still the case in the latest inspection?"),
    ],
    [
        ("How many officers did the rural crime team have in 2016?", None),
        ("who leads it?", "Who leads the rural crime team in 2016?"),
        ("What did the 2014 report say?", "What did the 2014 report say about the rural crime team?"),
        ("did it grow since then?", "Did the rural crime team grow since 2014?"),
    ],
    [
        ("How many officers did the rural crime team have in 2014?", None),
        ("did it get better?", "Did the rural crime team get better since 2014?"),
    ],
    [
        ("How many officers did the rural crime team have in 2021/22?", None),
        ("has it improved?", "Has the rural crime team improved?"),
    ],
    [
        ("Did the force improve its non-emergency line in 2016?", None),
        ("why not?", "Why did the force improve its non-emergency line in 2016?"),
        (
            "What did inspectors recommend about it in 2021/22?",
            "What did inspectors recommend about its non-emergency line in 2021/22?",
        ),
    ],
]


@pytest.mark.parametrize("turns", CONVERSATIONS, ids=lambda turns: turns[0][0][:40])
def test_body_period_and_subject_are_kept_or_replaced(turns: list[tuple[str, str | None]]) -> None:
    check(turns, TWO)


@pytest.mark.parametrize(
    ("asked", "rewritten"),
    [
        ("How many have been set up?", "How many have been set up: the rural crime team?"),
        ("Over which years?", "Over which years: the rural crime team?"),
        ("What is the national standard for that?", "What is the national standard for the rural crime team?"),
    ],
)
def test_what_is_left_out_of_a_question_is_taken_from_the_one_before(asked: str, rewritten: str) -> None:
    follows = follow_up(asked, [Turn("What is the rural crime team?")], ONE)
    assert follows is not None
    assert follows.question == rewritten


@pytest.mark.parametrize("turns", IN_ONE, ids=lambda turns: turns[0][0][:40])
def test_pronouns_are_replaced_by_what_they_stand_for(turns: list[tuple[str, str | None]]) -> None:
    check(turns, ONE)


def check(turns: list[tuple[str, str | None]], documents: tuple[Document, ...]) -> None:
    earlier: list[Turn] = []
    for asked, expected in turns:
        found = follow_up(asked, earlier, documents)
        assert (found.question if found else None) == expected
        earlier.append(Turn(expected or asked))


def test_a_new_period_leaves_nothing_of_the_old_one() -> None:
    base = Turn("How was preventing crime graded between 2014 and 2016?")
    found = follow_up("and in 2021/22?", (base,), ONE)
    assert found and "2014" not in found.question and "2016" not in found.question and "2021/22" in found.question


def test_who_said_that_asks_for_the_source_of_the_statements_before() -> None:
    source = ONE[0]
    cited = Citation(source.paragraphs[0], source, source.paragraphs[0].text)
    for asked in ("who said that?", "Who said so and when?"):
        found = follow_up(asked, (Turn("Who chairs the board?", (cited,)),), ONE)
        assert found and found.source_of == (cited,) and "Ada Fell" in found.question


def test_who_said_that_after_a_refusal_has_nothing_to_lean_on() -> None:
    assert follow_up("who said that?", (Turn("Who chairs the board?"),), ONE) is None


def test_the_body_of_an_answer_is_kept_when_its_question_named_none() -> None:
    source = TWO[-1]
    cited = Citation(source.paragraphs[0], source, source.paragraphs[0].text)
    found = follow_up("and in 2016?", (Turn("Who chairs the board?", (cited,)),), TWO)
    assert found and found.question == "Who chairs the board in 2016 at Eastvale Constabulary?"


def test_an_item_of_the_list_before_is_named_by_its_words() -> None:
    source = ONE[0]
    cited = Citation(source.paragraphs[0], source, source.paragraphs[0].text)
    turn = Turn("What are the areas for improvement in 2014?", (cited,))
    found = follow_up("what happened to the first one?", (turn,), ONE)
    assert found and "“The board is chaired by Superintendent Ada Fell.”" in found.question


def test_a_first_question_is_never_rewritten() -> None:
    assert follow_up("what about in 2021?", (), ONE) is None


@pytest.mark.parametrize(
    "alone",
    [
        "How many officers did the rural crime team have in 2021?",
        "Which areas were graded good?",
        "In 2014 the force was told to train its staff. Did that happen?",
        "How much would it cost to mend the line?",
        "If the line fails, why does it take so long?",
        "burglary 2016",
        "What does MDT stand for?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(alone: str) -> None:
    assert follow_up(alone, (Turn("What grade did Northmoor Police get for custody in 2016?"),), ONE) is None


@pytest.mark.parametrize("name", ["reports", "samples"])
def test_gold_questions_are_not_rewritten_after_an_unrelated_turn(name: str) -> None:
    unrelated = (Turn("What grade did Northmoor Police get for custody in 2016?"),)
    gold = read_gold(ROOT / "eval" / "gold" / f"{name}.jsonl")
    dependent = [
        line.question for line in gold if "follow-up" not in line.tags and follow_up(line.question, unrelated, ONE)
    ]
    assert dependent == []


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What grade did the force get for preventing crime?", "preventing crime"),
        ("How was responding to the public graded?", "responding to the public"),
        ("Who leads the rural crime team?", "the rural crime team"),
        ("How many officers did the rural crime team have?", "the rural crime team"),
        ("How many SOCJAGs have been set up?", "SOCJAGs"),
        ("What was the cause of concern?", "the cause of concern"),
    ],
)
def test_the_topic_of_a_question_is_what_the_next_one_calls_it(question: str, topic: str) -> None:
    assert topic_of(question) == topic
