"""Token vectors keep their direction on disk, and are compared token by token."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from index.late import STOP_WEIGHT, TokenIndex, TokenVectors, content_tokens, nearest, pack, unpack, whole_words

rows = arrays(np.float32, (5, 24), elements=st.floats(-1, 1, width=32)).filter(
    lambda found: bool((np.linalg.norm(found, axis=1) > 1e-3).all())
)


@given(rows)
def test_packing_keeps_the_direction_of_every_row(vectors: NDArray[np.float32]) -> None:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert ((unit * unpack(pack(unit))).sum(axis=1) > 0.999).all()
    assert np.allclose(np.linalg.norm(unpack(pack(unit)), axis=1), 1, atol=1e-5)


def test_no_rows_pack_to_no_rows() -> None:
    assert unpack(pack(np.zeros((0, 3), np.float32))).shape == (0, 3)


def test_function_words_and_punctuation_are_left_out() -> None:
    text = TokenVectors(("the", "queue", ",", "##s", "of", "2016"), np.eye(6, dtype=np.float32))
    assert content_tokens(text).argmax(axis=1).tolist() == [1, 3, 5]


def saved(tmp_path: Path, vectors: NDArray[np.float32], lengths: list[int]) -> TokenIndex:
    np.save(tmp_path / "tokens.npy", pack(vectors), allow_pickle=False)
    return TokenIndex(tmp_path / "tokens.npy", lengths)


def test_each_window_gets_its_own_rows_back_and_may_have_none(tmp_path: Path) -> None:
    index = saved(tmp_path, np.eye(3, dtype=np.float32), [2, 0, 1])
    assert index.lengths == [2, 0, 1]
    assert [index.of_window(number).argmax(axis=1).tolist() for number in (0, 2)] == [[0, 1], [2]]
    assert len(index.of_window(1)) == 0


def test_lengths_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="do not match"):
        saved(tmp_path, np.eye(3, dtype=np.float32), [2, 2])


def test_similarity_is_the_weighted_mean_of_each_tokens_best_cosine(tmp_path: Path) -> None:
    index = saved(tmp_path, np.eye(3, dtype=np.float32), [2, 1])
    asked = TokenVectors(("queue", "of", "calls"), np.eye(3, dtype=np.float32))
    assert index.similarity(asked, [0]) == pytest.approx((1 + STOP_WEIGHT * 1 + 0) / (2 + STOP_WEIGHT))
    assert index.similarity(asked, [0, 1]) == pytest.approx(1)
    assert index.similarity(TokenVectors((), np.zeros((0, 3), np.float32)), [0]) == 0


def test_word_pieces_make_whole_words_without_stop_words_numbers_and_single_letters() -> None:
    pieces = TokenVectors(("the", "pre", "##ce", "##pt", "of", "2016", "'", "s", "vans"), np.eye(9, dtype=np.float32))
    assert whole_words(pieces) == [("precept", [1, 2, 3]), ("vans", [8])]


def test_the_nearest_vector_of_each_token_counts_and_none_is_no_nearness() -> None:
    asked = TokenVectors(("vans", "calls"), np.eye(2, 3, dtype=np.float32))
    held = np.array([[0.6, 0.8, 0], [0, 0.5, 0.5]], dtype=np.float32)
    assert nearest(asked, held).tolist() == pytest.approx([0.6, 0.8])
    assert nearest(asked, np.zeros((0, 3), np.float32)).tolist() == [0, 0]
