"""What every Retriever promises, held by the hybrid one with the real model and with a fake one."""

from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, document, paragraph, silent, write_northmoor

from assistant import Assistant
from index.build import build_store
from index.embedder import MiniLM
from index.query import Query, Want
from index.ranking import FEATURES, Weights
from index.retriever import HybridRetriever, newest_inspection
from index.store import open_store
from ingest.document import DocumentKind

QUESTIONS = ("How many officers did the rural crime team have?", "recipe for bread")


def query(text: str, *wants: Want) -> Query:
    return Query(text, text, wants=frozenset(wants))


@pytest.fixture(scope="module", params=["real model", "fake model"])
def retriever(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, northmoor: Assistant, model: MiniLM
) -> HybridRetriever:
    if request.param == "real model":
        return HybridRetriever(northmoor.store, model)
    folder = write_northmoor(tmp_path_factory.mktemp("fake") / "reports")
    build_store(folder, folder.parent / "store", FakeEmbedder(), silent)
    return HybridRetriever(open_store(folder.parent / "store", FakeEmbedder()), FakeEmbedder())


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("k", [4, 1000])
def test_at_most_k_citable_hits_come_best_first_with_scores_of_probabilities(
    retriever: HybridRetriever, text: str, k: int
) -> None:
    hits = retriever.search(query(text), k)
    assert 0 < len(hits) <= k
    assert len({hit.paragraph.id for hit in hits}) == len(hits)
    assert [(-hit.score, hit.paragraph.id) for hit in hits] == sorted((-hit.score, hit.paragraph.id) for hit in hits)
    assert all(0 <= hit.score <= 1 and hit.paragraph.is_citable for hit in hits)
    assert all(hit.paragraph in hit.document.paragraphs for hit in hits)


def test_a_shorter_list_is_the_head_of_a_longer_one_and_runs_repeat(retriever: HybridRetriever) -> None:
    longer = [hit.paragraph.id for hit in retriever.search(query(QUESTIONS[0]), 12)]
    assert [hit.paragraph.id for hit in retriever.search(query(QUESTIONS[0]), 4)] == longer[:4]


def test_equal_scores_are_ordered_by_paragraph_id(northmoor: Assistant, model: MiniLM) -> None:
    blind = Weights(np.zeros(len(FEATURES)), np.ones(len(FEATURES)), np.zeros(len(FEATURES)), 0.0)
    ids = [hit.paragraph.id for hit in HybridRetriever(northmoor.store, model, blind).search(query(QUESTIONS[0]), 9)]
    assert ids == sorted(ids)


def test_a_search_within_documents_finds_only_their_paragraphs(retriever: HybridRetriever) -> None:
    hits = retriever.search(query(QUESTIONS[0], Want.GRADE), 50, within=frozenset({"northmoor-2016"}))
    assert hits and {hit.document.id for hit in hits} == {"northmoor-2016"}
    assert retriever.search(query(QUESTIONS[0]), 5, within=frozenset()) == []


def test_sentence_scores_are_spans_of_the_paragraph(retriever: HybridRetriever) -> None:
    for hit in retriever.search(query(QUESTIONS[0]), 10):
        assert all(hit.paragraph.text[start:end].strip() for start, end, _ in hit.sentence_scores)


def test_closeness_is_a_cosine_for_each_paragraph_asked_about(northmoor: Assistant, model: MiniLM) -> None:
    retriever = HybridRetriever(northmoor.store, model)
    grades = [key for key, item in northmoor.store.paragraphs.items() if item.kind.value == "grade"]
    close = retriever.closeness(query("grade for responding to the public"), grades)
    assert set(close) == set(grades) and all(-1 <= value <= 1 for value in close.values())
    best = max(close, key=lambda key: close[key])
    assert northmoor.store.paragraphs[best].headings == ("Responding to the public",)


def test_closeness_to_nothing_is_empty(retriever: HybridRetriever) -> None:
    assert retriever.closeness(query("grade"), []) == {}


def test_the_newest_inspection_is_a_report_rather_than_a_digest_of_a_later_one() -> None:
    one = paragraph("p", "Words.")
    old, new = document("old", one), document("new", one, period="2021/22", date="2022-04-14")
    digest = document("digest", one, kind=DocumentKind.DIGEST, date="2024-01-01")
    paper = document("paper", one, kind=DocumentKind.PANEL_PAPER, date="2025-01-01")
    assert newest_inspection([new, old, digest, paper]) == "new"
    assert newest_inspection([digest, paper]) == "digest"
    assert newest_inspection([paper]) is None


def test_the_real_model_gives_unit_vectors_and_counts_on_its_published_hash(
    model: MiniLM, northmoor_store: Path
) -> None:
    vectors = model.embed(["Calls waited in a queue.", "Bread"])
    assert vectors.shape == (2, 384) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert model.embed([]).shape == (0, 384) and model.embed_tokens([]) == []
    tokens = model.embed_tokens(["Calls waited."])[0]
    assert len(tokens.tokens) == len(tokens.vectors) and tokens.tokens[0] == "calls"
    assert model.sha256 in next(northmoor_store.glob("build-*/manifest.json")).read_text(encoding="utf-8")
