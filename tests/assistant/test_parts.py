"""Where a question that asks several things at once is cut."""

import pytest

from assistant.parts import Part, parts_of


@pytest.mark.parametrize(
    "question",
    [
        "How many dogs does the kennel have?",
        "How many kiosks are there and where?",
        "Which areas are good and which?",
        "In the cases that were looked at, had the owner been asked?",
        "What did the keeper do when the gate was left open?",
        "What is it, who says so, when was it said, and why does it matter?",
    ],
)
def test_a_question_for_one_thing_is_not_cut(question: str) -> None:
    assert parts_of(question) == ()


def test_two_full_questions_stand_alone() -> None:
    first, second = parts_of("Why did the kennel close in 2015, and who reopened the kennel gates?")
    assert first == Part("Why did the kennel close in 2015?", "Why did the kennel close in 2015?")
    assert second.own == second.text == "who reopened the kennel gates?"


def test_a_part_with_a_pronoun_takes_the_words_of_the_part_before_it() -> None:
    _, second = parts_of("What share of the dogs were fed twice, and who thought it was enough for a working dog?")
    assert second.own == "who thought it was enough for a working dog?"
    assert second.text.endswith("What share of the dogs were fed twice?")


def test_a_part_with_hardly_a_word_of_its_own_takes_the_words_of_the_part_before_it() -> None:
    _, second = parts_of("How many dogs had the kennel in 2015, and how many cats?")
    assert second.text == "how many cats? How many dogs had the kennel in 2015?"


def test_words_before_the_first_question_say_what_every_part_is_about() -> None:
    first, second = parts_of("Feeding of the dogs: what was wrong in 2015, and what had changed by 2019?")
    assert first.text == "what was wrong in 2015? Feeding of the dogs"
    assert second.text == "what had changed by 2019? Feeding of the dogs"
