"""Nearest neighbours are exact."""

from pathlib import Path

import numpy as np

from index.dense import VectorIndex


def test_the_nearest_rows_come_first_with_their_cosines(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(50, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    VectorIndex(vectors).save(tmp_path / "v.faiss")
    index = VectorIndex.load(tmp_path / "v.faiss")
    found = index.search(vectors[3], 5)
    expected = np.argsort(-(vectors @ vectors[3]), kind="stable")[:5]
    assert [row for row, _ in found] == expected.tolist()
    assert np.allclose([score for _, score in found], (vectors @ vectors[3])[expected], atol=1e-6)
    assert np.array_equal(index.vectors, vectors)


def test_asking_for_more_rows_than_there_are_gives_those_there_are() -> None:
    assert len(VectorIndex(np.eye(3, dtype=np.float32)).search(np.eye(3, dtype=np.float32)[0], 10)) == 3
