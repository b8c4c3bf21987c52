"""Vectors and exact nearest neighbours.

Owns faiss. Leaves which passage a row stands for to `store`.
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray


class VectorIndex:
    """Unit vectors in rows; similarity is the cosine."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._index: Any = faiss.IndexFlatIP(vectors.shape[1])  # faiss has no types that fit its loaded indexes
        self._index.add(np.ascontiguousarray(vectors))

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        loaded = cls.__new__(cls)
        loaded._index = faiss.read_index(str(path))
        return loaded

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def vectors(self) -> NDArray[np.float32]:
        """All rows, shape (len(self), d); a view of the index's own memory, not a copy."""
        flat = faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self._index.d)
        return np.asarray(flat, dtype=np.float32).reshape(len(self), self._index.d)

    def search(self, query: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """(row, cosine) of the `k` nearest rows, best first; fewer when the index is smaller."""
        scores, rows = self._index.search(query.reshape(1, -1), min(k, len(self)))
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]
