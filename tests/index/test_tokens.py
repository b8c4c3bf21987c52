"""Tokens and words are counted offline and alike everywhere."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.tokens import STOP_WORDS, content_stems, count_tokens, stem, words


def test_tokens_are_those_of_cl100k_base() -> None:
    assert count_tokens("") == 0
    assert count_tokens("hello world") == 2
    assert count_tokens("tiktoken is great!") == 6  # the example of OpenAI's own cookbook


def test_text_that_looks_like_a_special_token_is_ordinary_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The force’s 1,200 officers.", ["the", "force", "1,200", "officers"]),
        ("It cost £2.5 in 2016.", ["it", "cost", "£2.5", "in", "2016"]),
        ("They don't say why", ["they", "don't", "say", "why"]),
        ("", []),
    ],
)
def test_words_are_lower_case_without_possessive_endings(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_inflections_share_a_stem_and_function_words_have_none() -> None:
    assert stem("investigations") == stem("investigating") == stem("investigated")
    assert content_stems("What is the force's response to burglaries?") == [stem("response"), stem("burglary")]


def test_negations_carry_meaning_and_are_no_stop_words() -> None:
    assert not STOP_WORDS & {"not", "no", "never", "without", "none"}
    assert "not" in content_stems("The force does not record it")


def test_words_are_stemmed_right_from_several_threads_at_once() -> None:
    asked = [
        f"{prefix}{ending}" for prefix in ("investigat", "organis", "neighbour") for ending in ("ing", "ed", "ion", "s")
    ]
    alone = {word: stem.__wrapped__(word) for word in asked}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(stem.__wrapped__, asked * 200))
    assert together == [alone[word] for word in asked * 200]
