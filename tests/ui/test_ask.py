import pytest
from fake_desk import GRADE, FakeDesk, answer, refusal, say

from assistant.answer import Reply
from errors import ChatModelError
from ui.ask import KEPT_TURNS, LONGEST_QUESTION, announced, answered, conversation_html, problem_html, problem_with

ANSWER = answer(say(GRADE), question="How well does it <respond>?")


def never(question: str) -> Reply:
    raise AssertionError(f"{question!r} was asked")


def test_the_page_says_at_once_that_it_searches_and_then_shows_the_answer() -> None:
    desk = FakeDesk(lambda _: ANSWER)
    first = announced(desk, " How well does it <respond>? ", ())
    last, after = answered(desk, " How well does it <respond>? ", ())
    assert "Searching 3 documents…" in first
    assert "How well does it &lt;respond&gt;?" in first
    assert "Searching" not in last
    assert GRADE.text in last
    assert after == (ANSWER,)


def test_the_question_is_asked_without_the_white_space_around_it() -> None:
    asked: list[str] = []

    def reply(question: str) -> Reply:
        asked.append(question)
        return ANSWER

    answered(FakeDesk(reply), "  Why?\n", ())
    assert asked == ["Why?"]


@pytest.mark.parametrize("question", ["", "   \n", "x" * (LONGEST_QUESTION + 1)])
def test_an_empty_or_endless_question_gets_friendly_words_and_is_not_asked(question: str) -> None:
    shown, turns = answered(FakeDesk(never), question, (ANSWER,))
    assert shown == announced(FakeDesk(never), question, (ANSWER,))
    assert 'role="alert"' in shown
    assert GRADE.text in shown  # the answers so far stay
    assert turns == (ANSWER,)


def test_a_question_of_just_2000_characters_is_asked() -> None:
    assert problem_with("x" * 2_000) == ""
    assert "2,001 characters" in problem_with("x" * 2_001)


def test_an_error_a_person_can_mend_is_told_and_the_answers_so_far_stay() -> None:
    def fail(question: str) -> Reply:
        raise ChatModelError("house:model", "it does not answer.")

    shown, turns = answered(FakeDesk(fail), "Why?", (ANSWER,))
    assert "Chat model “house:model” cannot be used" in shown
    assert "Traceback" not in shown
    assert turns == (ANSWER,)


def test_the_latest_reply_is_open_and_earlier_ones_are_folded_newest_first() -> None:
    other = answer(say(GRADE), question="Second?")
    html = conversation_html("", (ANSWER, other, refusal()))
    assert (
        html.index("How many horses") < html.index("Earlier questions") < html.index("Second?") < html.index("respond")
    )
    assert html.count("<details>") == 2
    assert 'id="turn-1-source-1"' in html
    assert 'id="turn-2-source-1"' in html


def test_while_a_search_runs_no_older_answer_looks_like_its_result() -> None:
    first = announced(FakeDesk(), "Why?", (ANSWER,))
    assert first.index("Searching") < first.index("Earlier questions") < first.index(GRADE.text)


def test_only_so_many_turns_are_kept() -> None:
    _, turns = answered(FakeDesk(), "Why?", (ANSWER,) * KEPT_TURNS)
    assert len(turns) == KEPT_TURNS
    assert turns[-1] == refusal()


def test_words_of_a_problem_are_escaped() -> None:
    assert problem_html("<b>") == '<section class="desk-problem" role="alert"><p>&lt;b&gt;</p></section>'
