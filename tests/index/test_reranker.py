"""A cross-encoder reads the best paragraphs again; a real one with random weights shows that its order counts."""

from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from errors import RerankerError
from index.embedder import MiniLM
from index.query import Query
from index.ranking import FEATURES, Weights
from index.reranker import DEPTH, CrossEncoderReranker, order
from index.retriever import HybridRetriever

QUESTION = Query("How long did callers wait?", "How long did callers wait?")
BLIND = Weights(np.zeros(len(FEATURES)), np.ones(len(FEATURES)), np.zeros(len(FEATURES)), 0.0)


def saved(folder: Path, outputs: int) -> Path:
    """A cross-encoder of one small layer with random weights, as the library itself writes it."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(7)
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789?.,;:'-"]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    plain = folder / "plain"
    plain.mkdir(parents=True)
    (plain / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        initializer_range=1.0,
        num_labels=outputs,
    )
    BertForSequenceClassification(config).save_pretrained(plain)
    BertTokenizerFast(vocab=str(plain / "vocab.txt")).save_pretrained(plain)
    CrossEncoder(str(plain), device="cpu", local_files_only=True).save_pretrained(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(saved(tmp_path_factory.mktemp("cross-encoder"), outputs=1)))


def test_where_the_ranking_tells_nothing_the_order_is_the_cross_encoders(
    northmoor: Assistant, model: MiniLM, reranker: CrossEncoderReranker
) -> None:
    plain = HybridRetriever(northmoor.store, model, BLIND).search(QUESTION, DEPTH)
    again = HybridRetriever(northmoor.store, model, BLIND, reranker).search(QUESTION, DEPTH)
    texts = [f"{hit.paragraph.headings[-1]}: {hit.paragraph.text}" for hit in again if hit.paragraph.headings]
    scores = reranker.scores(QUESTION.text, texts)
    assert len(set(np.round(scores, 6))) > 5
    assert {hit.paragraph.id for hit in plain} == {hit.paragraph.id for hit in again}
    assert [hit.paragraph.id for hit in plain] != [hit.paragraph.id for hit in again]
    assert list(scores) == sorted(scores, reverse=True)


def test_the_ranking_counts_as_much_as_the_cross_encoder_and_scores_keep_their_meaning(
    northmoor: Assistant, model: MiniLM, reranker: CrossEncoderReranker
) -> None:
    plain = HybridRetriever(northmoor.store, model).search(QUESTION, 8)
    again = HybridRetriever(northmoor.store, model, reranker=reranker).search(QUESTION, 8)
    assert [hit.score for hit in again] == sorted((hit.score for hit in again), reverse=True)
    assert again[0].score == plain[0].score
    assert again == HybridRetriever(northmoor.store, model, reranker=reranker).search(QUESTION, 8)


def test_both_scores_are_standardised_and_added() -> None:
    assert order([3.0, 2.0, 1.0], [0.0, 0.0, 0.0]) == [0, 1, 2]
    assert order([3.0, 2.0, 1.0], [10.0, 20.0, 90.0]) == [0, 2, 1]  # 1.22 - 0.84, 0 - 0.56, -1.22 + 1.40
    assert order([0.0, 0.0], [0.0, 0.0]) == [0, 1]


@pytest.mark.parametrize("name", ["nobody/no-such-model", "missing/folder/of/a/model"])
def test_a_model_that_is_not_on_this_computer_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(RerankerError, match="nothing is downloaded") as caught:
        CrossEncoderReranker(name)
    assert caught.value.name == name


def test_a_folder_without_a_model_and_a_model_with_two_outputs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match=r"holds no config\.json"):
        CrossEncoderReranker(str(tmp_path))
    with pytest.raises(RerankerError, match="2 outputs"):
        CrossEncoderReranker(str(saved(tmp_path, outputs=2)))
