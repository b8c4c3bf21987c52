"""How a lost question is shown."""

from northmoor import GOLD, PARAGRAPHS, FakeAssistant, always_refuse, copy_everything, wrong_year

from eval.cards import card, worst
from eval.evaluate import run
from eval.recording import words_of

WORDS = words_of(run(FakeAssistant(copy_everything), GOLD).outcomes, PARAGRAPHS)


def test_what_misleads_comes_before_what_leaves_without_an_answer() -> None:
    refused = run(FakeAssistant(always_refuse), GOLD[:1]).outcomes
    misled = run(FakeAssistant(wrong_year), GOLD[1:2]).outcomes
    assert [each.id for each in worst([*refused, *misled])] == ["N-2", "N-1"]
    assert worst(run(FakeAssistant(always_refuse), GOLD[4:]).outcomes) == []


def test_a_paragraph_is_shown_once_with_its_quotes_marked() -> None:
    [outcome] = run(FakeAssistant(wrong_year), GOLD[1:2]).outcomes
    shown = card(outcome, None, WORDS, with_words=True)
    assert shown.count("31 officers") == 1 and "<mark>The rural crime team had 31 officers" in shown


def test_words_of_a_report_cannot_break_the_page() -> None:
    [outcome] = run(FakeAssistant(wrong_year), GOLD[1:2]).outcomes
    words = {key: {"text": "<script>alert(1)</script>", "place": "<b>"} for key in WORDS}
    shown = card(outcome, None, words, with_words=True)
    assert "<script>" not in shown and "<b>" not in shown


def test_without_words_only_ids_and_the_gold_answer_are_shown() -> None:
    [outcome] = run(FakeAssistant(wrong_year), GOLD[1:2]).outcomes
    shown = card(outcome, None, {}, with_words=False)
    assert "officers" not in shown and outcome.cited[0] in shown
