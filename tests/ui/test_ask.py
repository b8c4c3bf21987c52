from dataclasses import replace
from pathlib import Path

import pytest
from fake_desk import CALLS, GRADE, FakeDesk, answer, refusal, say

from assistant.answer import Reply
from assistant.scope import Scope
from errors import ChatModelError
from ui.ask import KEPT_TURNS, LONGEST_QUESTION, Pending, announced, answered, form_html, problem_with, restored
from ui.conversation import conversation_html, problem_html, turn_html
from ui.links import FOLDER, keep
from ui.saved import Turn, to_record

ANSWER = answer(say(GRADE), question="How well does it <respond>?")
NOW = "2026-11-22T13:40"


def turn(reply: Reply = ANSWER) -> Turn:
    return Turn(reply, reply.question, "0123abcd", NOW)


def shown_last(desk: FakeDesk, question: str, earlier: tuple[Turn, ...] = ()) -> tuple[str, tuple[Turn, ...]]:
    html, turns, _ = list(answered(desk, Pending(question), earlier, [], NOW))[-1]
    return html, turns


def never(question: str) -> Reply:
    raise AssertionError(f"{question!r} was asked")


def test_the_page_says_at_once_that_it_searches_and_then_shows_the_answer() -> None:
    desk = FakeDesk(lambda _: ANSWER)
    first = announced(desk, Pending(" How well does it <respond>? "), ())
    last, after = shown_last(desk, " How well does it <respond>? ")
    assert "Searching 3 documents…" in first
    assert "How well does it &lt;respond&gt;?" in first
    assert "Searching" not in last
    assert GRADE.text in last
    assert after == (turn(),)


def test_statements_come_one_after_the_other_and_only_the_whole_reply_becomes_a_turn() -> None:
    whole = answer(say(GRADE), say(GRADE), say(GRADE))
    steps = list(answered(FakeDesk(lambda _: whole), Pending("Why?"), (), [], NOW))
    assert [html.count('class="desk-markers"') for html, _, _ in steps] == [1, 2, 3]
    assert [len(turns) for _, turns, _ in steps] == [0, 0, 1]
    assert [len(records) for _, _, records in steps] == [0, 0, 1]


def test_statements_that_a_chat_model_has_written_so_far_are_shown_and_not_shown_anew_with_the_whole() -> None:
    one, two = answer(say(CALLS)), answer(say(CALLS), say(GRADE))
    growing = tuple(replace(each, is_whole=False) for each in (one, two))
    whole = answer(say(GRADE), say(CALLS), say(GRADE))
    steps = list(answered(FakeDesk(lambda _: whole, grows=growing), Pending("Why?"), (), [], NOW))
    assert [html.count('class="desk-markers"') for html, _, _ in steps] == [1, 2, 3]
    assert [len(turns) for _, turns, _ in steps] == [0, 0, 1]
    assert steps[-1][1] == (turn(whole),)


def test_filters_and_earlier_replies_go_with_the_question_and_the_filters_are_shown() -> None:
    desk = FakeDesk(lambda _: ANSWER)
    scope = Scope("Northmoor Police", ("northmoor-2015",), "2015", "2016-01-31")
    list(answered(desk, Pending("Why?", scope), (turn(),), [], NOW))
    assert desk.asked == [(scope, (ANSWER,))]
    shown = announced(desk, Pending("Why?", scope), ())
    assert "Northmoor Police; PEEL 2015 on Northmoor (9 December 2015); period 2015; as of 31 January 2016" in shown


def test_the_question_is_asked_without_the_white_space_around_it() -> None:
    asked: list[str] = []

    def reply(question: str) -> Reply:
        asked.append(question)
        return ANSWER

    shown_last(FakeDesk(reply), "  Why?\n")
    assert asked == ["Why?"]


@pytest.mark.parametrize("question", ["", "   \n", "x" * (LONGEST_QUESTION + 1)])
def test_an_empty_or_endless_question_gets_friendly_words_and_is_not_asked(question: str) -> None:
    shown, turns = shown_last(FakeDesk(never), question, (turn(),))
    assert shown == announced(FakeDesk(never), Pending(question), (turn(),))
    assert 'role="alert"' in shown
    assert GRADE.text in shown  # the answers so far stay
    assert turns == (turn(),)


def test_a_question_of_just_2000_characters_is_asked() -> None:
    assert problem_with("x" * 2_000) == ""
    assert "2,001 characters" in problem_with("x" * 2_001)


def test_an_error_a_person_can_mend_is_told_and_the_answers_so_far_stay() -> None:
    def fail(question: str) -> Reply:
        raise ChatModelError("house:model", "it does not answer.")

    shown, turns = shown_last(FakeDesk(fail), "Why?", (turn(),))
    assert "Chat model “house:model” cannot be used" in shown
    assert "Traceback" not in shown
    assert turns == (turn(),)


def test_the_latest_reply_is_open_and_earlier_ones_are_folded_newest_first() -> None:
    desk = FakeDesk()
    turns = (turn(), turn(answer(say(GRADE), question="Second?")), turn(refusal()))
    html = conversation_html("", turns, desk.shelf, desk.fingerprint)
    assert (
        html.index("How many horses") < html.index("Earlier questions") < html.index("Second?") < html.index("respond")
    )
    assert html.count("<details><summary>") == 2
    assert 'id="turn-1-source-1"' in html
    assert 'id="turn-2-source-1"' in html


def test_while_a_search_runs_no_older_answer_looks_like_its_result() -> None:
    first = announced(FakeDesk(), Pending("Why?"), (turn(),))
    assert first.index("Searching") < first.index("Earlier questions") < first.index(GRADE.text)


def test_only_so_many_turns_are_kept() -> None:
    _, turns = shown_last(FakeDesk(), "Why?", (turn(),) * KEPT_TURNS)
    assert len(turns) == KEPT_TURNS
    assert turns[-1] == turn(refusal())


def test_words_of_a_problem_are_escaped() -> None:
    assert problem_html("<b>") == '<section class="desk-problem" role="alert"><p>&lt;b&gt;</p></section>'


def test_a_reload_brings_the_conversation_back_and_nonsense_in_the_browser_is_passed_over() -> None:
    desk = FakeDesk()
    records = [to_record(turn()), to_record(turn(refusal()))]
    html, turns, after = restored(desk, [*records, {"question": 1}, "nonsense", None], "")
    assert [each.question for each in turns] == [ANSWER.question, refusal().question]
    assert after == records
    assert GRADE.text in html
    assert restored(desk, "nonsense", "")[1] == ()


def test_a_link_shows_its_answer_and_an_unknown_one_says_so(tmp_path: Path) -> None:
    desk = FakeDesk(folder=tmp_path)
    key = keep(tmp_path / FOLDER, to_record(turn()))
    html, turns, _ = restored(desk, [], key)
    assert GRADE.text in html
    assert turns[0].question == ANSWER.question
    for other in ("0" * 20, "../secret", ""):
        assert restored(desk, [], other)[1] == ()
    assert "There is no answer under this link" in restored(desk, [], "0" * 20)[0]


def test_how_a_follow_up_was_understood_is_shown() -> None:
    reply = answer(say(GRADE), question="And in 2015?")
    from dataclasses import replace

    rewritten = replace(reply, rewritten="How well did <it> respond in 2015?")
    html = turn_html(1, turn(rewritten), FakeDesk().shelf, "0123abcd")
    assert "Understood as: How well did &lt;it&gt; respond in 2015?" in html


def test_examples_are_buttons_of_the_form_and_every_control_has_a_label() -> None:
    html = form_html(FakeDesk(questions=("Is <it> good?",)))
    assert 'name="example" value="Is &lt;it&gt; good?"' in html
    for control in ("ask-question", "ask-body", "ask-documents", "ask-period", "ask-as_of"):
        assert f'for="{control}"' in html
        assert f'id="{control}"' in html
