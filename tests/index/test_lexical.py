"""Word search: stems match, the text weighs more than its headings, and rare words tell more."""

import math
from pathlib import Path

import pytest

from index.lexical import LexicalIndex, build


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    rows = [
        ("r#p1", "Detectives investigated each burglary.", "Northmoor Crime"),
        ("r#p2", "Calls waited in a queue.", "Northmoor Burglary"),
        ("r#p3", "The café at the station was closed.", "Northmoor Estate"),
        ("r#p4", "Calls were lost at night.", "Northmoor Calls"),
    ]
    build(tmp_path / "lexical.sqlite", rows)
    return LexicalIndex(tmp_path / "lexical.sqlite")


def test_another_form_of_a_word_finds_it(lexical: LexicalIndex) -> None:
    assert next(key for key, _ in lexical.search(["investigating burglaries"], 5)) == "r#p1"


def test_a_word_of_the_text_weighs_more_than_the_same_word_of_a_heading(lexical: LexicalIndex) -> None:
    assert [key for key, _ in lexical.search(["burglary"], 5)] == ["r#p1", "r#p2"]


def test_accents_do_not_matter(lexical: LexicalIndex) -> None:
    assert [key for key, _ in lexical.search(["cafe"], 5)] == ["r#p3"]


def test_scores_are_positive_and_best_first_and_k_is_kept(lexical: LexicalIndex) -> None:
    found = lexical.search(["calls burglary station"], 10)
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True) and min(scores) > 0
    assert lexical.search(["calls burglary station"], 2) == found[:2]


@pytest.mark.parametrize(
    "text", ["", "what is the", "???", "zebra", '"', "NEAR(", "body:calls*", "'; DROP TABLE paragraphs"]
)
def test_no_question_is_read_as_a_command_of_the_search_language(lexical: LexicalIndex, text: str) -> None:
    assert isinstance(lexical.search([text], 5), list)
    assert lexical.search(["calls"], 5)


def test_any_of_several_wordings_may_match(lexical: LexicalIndex) -> None:
    assert {key for key, _ in lexical.search(["zebra", "station"], 5)} == {"r#p3"}


def test_rarity_is_the_inverse_document_frequency_of_bm25(lexical: LexicalIndex) -> None:
    rarity = lexical.rarity(4)
    assert rarity["call"] == pytest.approx(math.log(1 + (4 - 2 + 0.5) / (2 + 0.5)))
    assert rarity["burglari"] == pytest.approx(math.log(1 + (4 - 1 + 0.5) / (1 + 0.5)))
    assert "northmoor" not in rarity  # only the paragraphs' own words are counted
