"""How figures look in the terminal."""

from northmoor import GOLD, FakeAssistant, always_refuse, gold_answerer, wrong_year

from eval.evaluate import Row, Unit, run, summarise
from eval.gates import Gate, Verdict
from eval.recording import HEADLINE
from eval.table import align, figure, gate_lines, headline, kind_table, lost_lines, part_table, verbatim_lines


def share(count: int, value: float | None, low: float | None = None, high: float | None = None) -> Row:
    return Row("all", "correct", "correct", Unit.SHARE, count, value, low, high)


def test_a_share_is_shown_in_per_cent_with_its_interval() -> None:
    assert figure(share(200, 0.75, 0.686, 0.805)) == "75.0% [69–80]"


def test_a_small_slice_shows_points_and_no_per_cent() -> None:
    assert figure(share(14, 11 / 14)) == "11 of 14 (n<20)"
    assert figure(Row("all", "recall_at_5", "recall@5", Unit.MEAN, 4, 0.625)) == "2.5 of 4 (n<20)"


def test_what_was_not_measured_is_a_dash() -> None:
    assert figure(share(0, None)) == "–"


def test_words_and_seconds_are_plain_numbers() -> None:
    assert figure(Row("all", "median_words", "median words", Unit.WORDS, 30, 41.5)) == "41.5"
    assert figure(Row("all", "p50_seconds", "p50 seconds", Unit.SECONDS, 30, 0.1234)) == "0.123"


def test_columns_are_aligned() -> None:
    assert align([["a", "bb"], ["ccc", "d"]], indent=" ") == [" a    bb", " ccc  d"]
    assert align([]) == []


def test_the_headline_gives_every_figure_and_how_many_questions_it_counts() -> None:
    lines = headline(summarise(run(FakeAssistant(gold_answerer), GOLD * 5)))
    assert [" ".join(line.split()) for line in lines][:3] == [
        "right, refusals included 100.0% [87–100] n=25",  # Wilson: 25 / (25 + 3.84) = 0.867
        "correct and grounded 100.0% [84–100] n=20",
        "correct 100.0% [84–100] n=20",
    ]
    assert len(lines) == len(HEADLINE) and "5 of 5 (n<20)" in "".join(lines)


def test_kinds_and_parts_that_do_not_occur_have_no_line() -> None:
    rows = summarise(run(FakeAssistant(gold_answerer), GOLD[:1]))
    assert [line.split()[0] for line in kind_table(rows)[1:]] == ["grade"]
    assert [line.split()[0] for line in part_table(rows)[1:]] == ["locked"]


def test_lost_questions_stand_under_the_stage_that_lost_them() -> None:
    assert lost_lines(run(FakeAssistant(wrong_year), GOLD)) == [
        "found but not chosen: 2",
        "  N-1  grade   How was crime prevention graded in 2022? (says what it must not)",
        "  N-2  number  How big was the rural team in 2019? (says what it must not)",
    ]
    refused = lost_lines(run(FakeAssistant(always_refuse, ranking=()), GOLD[:1]))
    assert refused[0] == "not found: 1" and refused[1].endswith("(refused: nothing relevant)")
    assert lost_lines(run(FakeAssistant(gold_answerer), GOLD)) == ["none"]


def test_gates_are_shown_with_figure_and_bound() -> None:
    floor, ceiling = Gate("correct", "correct", 0.75, False), Gate("p50_seconds_max", "p50_seconds", 0.5, True)
    lines = gate_lines([Verdict(floor, 0.7, 40), Verdict(ceiling, 0.1, 48), Verdict(floor, None, 0)])
    assert [" ".join(line.split()) for line in lines] == [
        "FAILED correct 0.700 at least 0.75 n=40",
        "kept p50_seconds_max 0.100 at most 0.5 n=48",
        "FAILED correct not measured at least 0.75 n=0",
    ]


def test_quotes_that_are_not_verbatim_are_named_by_question() -> None:
    assert verbatim_lines(run(FakeAssistant(gold_answerer), GOLD)) == ["Every quote stands verbatim in the index."]
