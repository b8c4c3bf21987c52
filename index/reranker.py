"""A cross-encoder that reads question and paragraph together, where one is switched on.

Owns loading it and how its scores go into a ranking. Leaves what is ranked to `retriever`. Nothing is downloaded: the
model is a folder, or a name whose files are in the cache of the Hugging Face library.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from errors import RerankerError

DEPTH = 20  # best paragraphs that are read again; not tuned: it bounds the seconds, about 20 pairs at a time
LONGEST = 512  # word pieces of question and paragraph together, where the model itself sets no limit


class Reranker(Protocol):
    """Anything that scores texts for a question."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]: ...  # one for each; higher is better


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder with one output. One question at a time; threads wait for each other."""

    def __init__(self, name: str) -> None:
        """`name` is a folder, or the name of a model in the local cache.

        Raises:
            RerankerError: it is neither, or it is no cross-encoder with one output.
        """
        self._model = _load(name)
        self._working = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        if not texts:
            return np.zeros(0)
        with self._working:
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return np.asarray(found, dtype=np.float64)


def order(scores: Sequence[float], again: Sequence[float]) -> list[int]:
    """Places in the order of both scores, each standardised over these candidates and added; ties keep their order.

    Source: the convex combination of Bruch, Gai and Ingber (TOIS 2023) with equal shares; the share is not tuned.
    """
    both = _standardised(scores) + _standardised(again)
    return [int(place) for place in np.argsort(-both, kind="stable")]


def _standardised(scores: Sequence[float]) -> NDArray[np.float64]:
    values = np.asarray(scores, dtype=np.float64)
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-12 else np.zeros_like(values)


def _load(name: str) -> Any:
    if Path(name).is_dir() and not (Path(name) / "config.json").is_file():
        raise RerankerError(name, "the folder holds no config.json")
    os.environ["HF_HUB_OFFLINE"] = "1"
    # Imported here: it takes 8 seconds, which only those pay who switch a reranker on.
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as problem:
        raise RerankerError(name, " ".join(str(problem).split())[:200]) from None
    outputs = int(model.num_labels)
    if outputs != 1:
        raise RerankerError(name, f"it has {outputs} outputs, not one score for a pair")
    if not 0 < int(model.max_seq_length or 0) <= LONGEST:
        model.max_seq_length = LONGEST
    return model
