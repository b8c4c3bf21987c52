"""Token vectors of paragraphs, and how well each token of a question is met by one of them.

Owns the token file and the comparison. Leaves making the vectors to `embedder`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.tokens import STOP_WORDS

STOP_WEIGHT = 0.15  # of a function word in a question; 0.15 and weights by rarity measured the same recall@5 within 0.4 points (246 questions, five-fold)


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """One text's tokens and their unit vectors, shape (len(tokens), d)."""

    tokens: tuple[str, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Met:
    """How near one word of a question comes to some texts: the best cosine of its tokens, averaged over them."""

    word: str  # lower case
    in_sentence: float
    in_paragraphs: float


def whole_words(text: TokenVectors) -> list[tuple[str, list[int]]]:
    """The text's content words in lower case, each with the places of its word pieces; no numbers, no single letters."""
    found: list[tuple[str, list[int]]] = []
    for place, token in enumerate(text.tokens):
        if token.startswith("##") and found:
            found[-1] = (found[-1][0] + token[2:], [*found[-1][1], place])
        else:
            found.append((token, [place]))
    return [(word, places) for word, places in found if len(word) > 1 and word.isalpha() and word not in STOP_WORDS]


def nearest(question: TokenVectors, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each token of the question the best cosine with one of the vectors; 0 when there are none."""
    if not len(vectors) or not len(question.tokens):
        return np.zeros(len(question.tokens), dtype=np.float32)
    return np.asarray((question.vectors @ vectors.T).max(axis=1), dtype=np.float32)


def pack(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Each row scaled to 127 and rounded; only directions are kept, which is all that cosines need."""
    if not len(vectors):
        return np.zeros(vectors.shape, dtype=np.int8)
    scaled = np.round(vectors * (127 / np.abs(vectors).max(axis=1, keepdims=True)))
    return np.asarray(scaled, dtype=np.int8)


def unpack(rows: NDArray[np.int8]) -> NDArray[np.float32]:
    """Unit rows again."""
    vectors = np.asarray(rows, dtype=np.float32)
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def content_tokens(text: TokenVectors) -> NDArray[np.float32]:
    """The vectors of tokens that are neither function words nor punctuation."""
    keep = [
        place for place, token in enumerate(text.tokens) if token not in STOP_WORDS and any(map(str.isalnum, token))
    ]
    return text.vectors[keep]


class TokenIndex:
    """Token vectors of windows, read from disk as they are needed."""

    def __init__(self, path: Path, lengths: Sequence[int]) -> None:
        self._rows = np.load(path, mmap_mode="r", allow_pickle=False)
        self._ends = np.cumsum(lengths)
        if len(self._rows) != (int(self._ends[-1]) if len(self._ends) else 0):
            raise ValueError("token rows and lengths do not match")

    @property
    def lengths(self) -> list[int]:
        return [int(length) for length in np.diff(self._ends, prepend=0)]

    def of_window(self, number: int) -> NDArray[np.int8]:
        """The packed token vectors of one window, in the order in which windows were written."""
        end = int(self._ends[number])
        start = int(self._ends[number - 1]) if number else 0
        return np.asarray(self._rows[start:end])

    def similarity(self, question: TokenVectors, windows: Sequence[int]) -> float:
        """Weighted mean over the question's tokens of the best cosine with any token of these windows; 0 when none.

        Source: the sum of maximum similarities of ColBERT (Khattab and Zaharia, SIGIR 2020), here with the token
        vectors of the model that also embeds whole passages, not trained for it.
        """
        rows = np.concatenate([self.of_window(number) for number in windows])
        if not len(rows) or not len(question.tokens):
            return 0.0
        weights = np.array([1.0 if _carries(token) else STOP_WEIGHT for token in question.tokens])
        best = (question.vectors @ unpack(rows).T).max(axis=1)
        return float((best * weights).sum() / weights.sum())


def _carries(token: str) -> bool:
    return token not in STOP_WORDS and any(letter.isalnum() for letter in token)
