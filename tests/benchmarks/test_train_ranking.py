"""The questions about documents outside the gold set, and the figures that are made with them."""

import json
import math
import re

import numpy as np
import pytest

from benchmarks.fit_ranking import Case
from benchmarks.train_ranking import QUESTIONS, ndcg, p_value
from eval.gold import Anchor, GoldQuestion, QuestionKind

LINES = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def test_every_training_question_names_its_paragraph_by_hash_and_quotes_nothing() -> None:
    for line in LINES:
        assert re.fullmatch(r"[0-9a-f]{8}", line["hash"])
        assert set(line) == {"question", "kind", "answerable", "file", "hash"} | ({"span"} & set(line))


def test_an_answerable_training_question_has_a_span_and_a_near_miss_has_none() -> None:
    for line in LINES:
        assert line["answerable"] == ("span" in line)
        assert not line["answerable"] or 0 <= line["span"][0] < line["span"][1]


def test_no_training_question_stands_twice() -> None:
    assert len({line["question"].casefold() for line in LINES}) == len(LINES)


def _case(*groups: tuple[str, ...]) -> Case:
    evidence = tuple(tuple(Anchor(key, "0" * 8) for key in group) for group in groups)
    question = GoldQuestion("T", "?", QuestionKind.FACT, "", (), (), evidence, wording="far")
    return Case(question, ("a", "b", "c"), np.zeros((3, 1)), np.zeros(3, dtype=np.int64))


def test_a_group_of_alternatives_counts_once_and_at_its_best_place() -> None:
    scores = np.array([3.0, 2.0, 1.0])  # a, b, c
    assert ndcg(_case(("b", "c")), scores) == pytest.approx(1 / math.log2(3))
    assert ndcg(_case(("a",), ("c",)), scores) == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3)))
    assert ndcg(_case(("z",)), scores) == 0


def test_a_difference_of_one_sign_is_told_from_one_that_cancels_out() -> None:
    assert p_value(np.ones(12)) < 0.01
    assert p_value(np.array([1.0, -1.0] * 6)) == 1
