"""Which sentences were quoted, and whether they carry the fact."""

import pytest

from eval.citing import f1, over_citation, sentence_precision, sentence_recall

TEXT = "Calls were slow. The team had 14 officers. Vans were shared."  # sentences at 0-16, 17-42, 43-60
FACT = {"p": (17, 42)}


def test_quoting_the_sentence_of_the_fact_is_exact() -> None:
    quoted = {"p": [(17, 42)]}
    assert sentence_recall(quoted, [FACT]) == 1.0 and sentence_precision(quoted, [FACT], {"p": TEXT}) == 1.0


def test_quoting_the_whole_paragraph_pays_in_precision() -> None:
    quoted = {"p": [(0, 60)]}
    assert sentence_recall(quoted, [FACT]) == 1.0
    assert sentence_precision(quoted, [FACT], {"p": TEXT}) == pytest.approx(1 / 3)


def test_quoting_the_right_paragraph_beside_the_fact_is_no_recall() -> None:
    quoted = {"p": [(43, 60)]}
    assert sentence_recall(quoted, [FACT]) == 0.0 and sentence_precision(quoted, [FACT], {"p": TEXT}) == 0.0


def test_half_of_the_fact_is_enough_and_less_is_not() -> None:
    assert sentence_recall({"p": [(17, 30)]}, [FACT]) == 1.0  # 13 of 25 characters
    assert sentence_recall({"p": [(17, 29)]}, [FACT]) == 0.0


def test_without_spans_or_quotes_there_is_nothing_to_judge() -> None:
    assert sentence_recall({"p": [(0, 9)]}, [{}]) is None and sentence_precision({}, [FACT], {}) is None


def test_f1_is_the_harmonic_mean() -> None:
    assert f1(0.5, 1.0) == pytest.approx(2 / 3) and f1(0.0, 1.0) == f1(None, 0.0) == 0.0 and f1(1.0, None) is None


def test_citing_one_paragraph_for_each_group_is_not_too_much() -> None:
    assert over_citation(["a", "a", "b"], 2) == 0 and over_citation(["a", "b", "c"], 1) == 2
