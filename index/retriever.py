"""From a query to ranked paragraphs.

Owns gathering candidates from the three searches and ordering them. Leaves the features to `ranking` and the reading
of the question to `assistant.question`.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.copies import fold
from index.embedder import Embedder
from index.late import Met, TokenVectors, nearest, unpack, whole_words
from index.passages import Level, under_heading
from index.query import Query, Want
from index.ranking import Evidence, Weights, features, ranking_weights
from index.reranker import DEPTH as RERANKED
from index.reranker import Reranker, order
from index.store import Store
from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.sections import is_label

ROWS = 200  # passages looked at in each of windows and sentences before they are pooled by paragraph
CANDIDATES = (
    40  # paragraphs taken from each search; with 40 of each, 97 % of the evidence is a candidate (246 questions)
)
NAMED = 3.0  # log odds for a paragraph of the document that the question names best; not tuned
# Best hits among which near-copies are looked for; the same for every k, so that a shorter list heads a longer one.
FOLDED = 40
MOST_NAMED = 5  # documents, of those named, whose own paragraphs become candidates; not tuned


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found, and how likely it is to hold the answer."""

    paragraph: Paragraph
    document: Document = field(repr=False)
    score: float  # between 0 and 1
    sentence_scores: tuple[tuple[int, int, float], ...] = ()  # (start, end, cosine) of its sentences
    window: float = 0.0
    sentence: float = 0.0
    words: float = 0.0
    tokens: float = 0.0
    also: tuple[Paragraph, ...] = ()  # where the document says the same in nearly the same words, as far as found


class Retriever(Protocol):
    """Anything that finds paragraphs for a query."""

    def search(self, query: Query, k: int) -> list[Hit]: ...  # at most k hits, best first


class HybridRetriever:
    """Dense windows, dense sentences, BM25 and token similarity, weighed by a linear model."""

    def __init__(
        self, store: Store, embedder: Embedder, weights: Weights | None = None, reranker: Reranker | None = None
    ) -> None:
        self._store, self._embedder, self._reranker = store, embedder, reranker
        self._weights = weights or ranking_weights()
        self._rows: dict[str, list[int]] = defaultdict(list)  # paragraph id -> its passages
        for row, passage in enumerate(store.passages):
            self._rows[passage.paragraph_id].append(row)
        self._window_number = {row: number for number, row in enumerate(store.windows)}
        self._rarity = store.lexical.rarity(len(self._rows))
        self._grades = [key for key, item in store.paragraphs.items() if item.kind is Kind.GRADE and key in self._rows]
        self._newest = newest_inspection(store.documents)
        self._sections: dict[str, NDArray[np.float32]] = {}
        self._last: tuple[Query, NDArray[np.float32], NDArray[np.float32], TokenVectors] | None = None

    @property
    def rarity(self) -> dict[str, float]:
        """Inverse document frequency of every stem in the index."""
        return self._rarity

    def search(
        self, query: Query, k: int, within: frozenset[str] | None = None, also: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """At most `k` hits, best first; equal scores are ordered by paragraph id.

        Args:
            within: ids of the documents to look in; all when None.
            also: ids of paragraphs that are weighed whether any search brings them up or not.
        """
        candidates = self.candidates(query, within, also)
        if not candidates:
            return []
        items = [item for item, _ in candidates]
        named = dict(query.named)
        prior = NAMED * np.array([named.get(item.document.id, 0.0) for item in items])
        scores = self._weights.probability(features(query, items, self._rarity, self._newest), prior)
        hits = [
            Hit(item.paragraph, item.document, float(score), spans, item.window, item.sentence, item.words, item.tokens)
            for (item, spans), score in zip(candidates, scores, strict=True)
        ]
        ranked = sorted(hits, key=lambda hit: (-hit.score, hit.paragraph.id))
        return folded(self._read_again(query, ranked), k)

    def _read_again(self, query: Query, ranked: Sequence[Hit]) -> list[Hit]:
        """The best in the order of ranking and reranker together, where there is one. The first takes the first score,
        and so on: what the scores mean to those who read them stays as it was fitted."""
        head = list(ranked[:RERANKED])
        if self._reranker is None or len(head) < 2:
            return list(ranked)
        texts = [under_heading(hit.paragraph, 0, len(hit.paragraph.text)) for hit in head]
        odds = [math.log(max(hit.score, 1e-9)) - math.log(max(1 - hit.score, 1e-9)) for hit in head]
        places = order(odds, list(self._reranker.scores(query.text, texts)))
        again = [replace(head[place], score=head[rank].score) for rank, place in enumerate(places)]
        return [*again, *ranked[RERANKED:]]

    def closeness(self, query: Query, keys: Sequence[str]) -> dict[str, float]:
        """Paragraph id -> cosine of the query's subject with its section path plus that with its best part, halved.

        For a question that names a section ("the grade for responding to the public"), whose words the paragraph itself
        need not repeat. Section vectors are kept once computed.
        """
        paths = {key: self._section(key) for key in keys}
        missing = sorted(set(paths.values()) - self._sections.keys())
        self._sections.update(zip(missing, self._embedder.embed(missing), strict=True))
        asked = self._embedder.embed([" ".join([query.subject, *query.expansions])])[0]
        return {
            key: float(
                (self._sections[path] @ asked + (self._store.vectors.vectors[self._rows[key]] @ asked).max()) / 2
            )
            for key, path in paths.items()
        }

    def likeness(self, groups: Sequence[Sequence[str]]) -> dict[frozenset[str], float]:
        """Two paragraph ids -> cosine of their nearest passages, for each two of different groups."""
        keys = {key for group in groups for key in group}
        vectors = {key: self._store.vectors.vectors[self._rows[key]] for key in keys}
        return {
            frozenset((one, other)): float((vectors[one] @ vectors[other].T).max())
            for place, group in enumerate(groups)
            for one in group
            for later in groups[place + 1 :]
            for other in later
        }

    def met(self, query: Query, sentence: str, keys: Sequence[str]) -> tuple[Met, ...]:
        """How near each content word of the query's subject comes to a sentence, and to one of the paragraphs `keys`."""
        question = self._vectors(query)[2]
        if not question.tokens:
            return ()
        windows = [self._window_number[row] for key in keys for row in self._rows[key] if row in self._window_number]
        held = [unpack(self._store.tokens.of_window(number)) for number in windows]
        of_paragraphs = nearest(question, np.concatenate(held) if held else np.zeros((0, 0), dtype=np.float32))
        of_sentence = nearest(question, self._embedder.embed_tokens([sentence])[0].vectors)
        return tuple(
            Met(word, float(of_sentence[places].mean()), float(of_paragraphs[places].mean()))
            for word, places in whole_words(question)
        )

    def _vectors(self, query: Query) -> tuple[NDArray[np.float32], NDArray[np.float32], TokenVectors]:
        """The vector searched for, the subject's own, and the subject's tokens; kept for the next call about it."""
        last = self._last
        if last is None or last[0] != query:
            text, subject = self._embedder.embed([query.text, query.subject])
            both = text + subject
            last = (query, both / np.linalg.norm(both), subject, self._embedder.embed_tokens([query.subject])[0])
            self._last = last
        return last[1:]

    def _section(self, key: str) -> str:
        paragraph, document = self._store.paragraphs[key], self._store.document_of[key]
        named = [text for text in paragraph.headings if not is_label(text)]
        return " | ".join(named[-2:] or [document.metadata.title])

    def candidates(
        self, query: Query, within: frozenset[str] | None = None, also: frozenset[str] = frozenset()
    ) -> list[tuple[Evidence, tuple[tuple[int, int, float], ...]]]:
        """Paragraphs that any search brings up, and those of `also`, each with what was measured of it and its
        sentences' cosines."""
        asked, _, question = self._vectors(query)
        texts = [query.subject, *query.expansions]
        wide = len(self._rows) if within is not None else 4 * CANDIDATES
        words = {key: score for key, score in self._store.lexical.search(texts, wide) if self._is_within(key, within)}
        chosen = dict.fromkeys(list(words)[:CANDIDATES])
        chosen.update(dict.fromkeys(self._nearest(asked, within)))
        if within is None and query.named:
            meant = sorted(query.named, key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMED]
            chosen.update(dict.fromkeys(self._nearest(asked, frozenset(key for key, _ in meant))))
        if Want.GRADE in query.wants:
            chosen.update(dict.fromkeys(self._nearest_grades(asked, within)))
        chosen.update(dict.fromkeys(sorted(also & self._rows.keys())))
        found = []
        for key in chosen:
            rows = self._rows[key]
            cosines = self._store.vectors.vectors[rows] @ asked
            levels = [self._store.passages[row].level for row in rows]
            windows = [float(value) for value, level in zip(cosines, levels, strict=True) if level is Level.WINDOW]
            spans = tuple(
                (self._store.passages[row].start, self._store.passages[row].end, float(value))
                for row, value, level in zip(rows, cosines, levels, strict=True)
                if level is Level.SENTENCE
            )
            numbers = [self._window_number[row] for row in rows if row in self._window_number]
            evidence = Evidence(
                self._store.paragraphs[key],
                self._store.document_of[key],
                window=max(windows),
                sentence=max((value for _, _, value in spans), default=max(windows)),
                words=words.get(key, 0.0),
                tokens=self._store.tokens.similarity(question, numbers),
            )
            found.append((evidence, spans))
        return found

    def _nearest(self, asked: NDArray[np.float32], within: frozenset[str] | None) -> Iterable[str]:
        wide = len(self._store.passages) if within is not None else 2 * ROWS
        best: dict[Level, dict[str, None]] = {Level.WINDOW: {}, Level.SENTENCE: {}}
        for row, _ in self._store.vectors.search(asked, wide):
            passage = self._store.passages[row]
            pool = best[passage.level]
            if len(pool) < CANDIDATES and self._is_within(passage.paragraph_id, within):
                pool[passage.paragraph_id] = None
        return [*best[Level.WINDOW], *best[Level.SENTENCE]]

    def _nearest_grades(self, asked: NDArray[np.float32], within: frozenset[str] | None) -> list[str]:
        keys = [key for key in self._grades if self._is_within(key, within)]
        scored = [(float((self._store.vectors.vectors[self._rows[key]] @ asked).max()), key) for key in keys]
        return [key for _, key in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:CANDIDATES]]

    def _is_within(self, key: str, within: frozenset[str] | None) -> bool:
        return within is None or self._store.document_of[key].id in within


def folded(hits: Sequence[Hit], k: int) -> list[Hit]:
    """At most `k` of the hits in their order, each with the near-copies of it that stand among the first `FOLDED` as `also`.

    A copy that is shown for a better ranked one takes its place and score.
    """
    head = hits[:FOLDED]
    found = [
        replace(head[group[0]], score=head[min(group)].score, also=tuple(head[place].paragraph for place in group[1:]))
        for group in fold([hit.paragraph for hit in head])
    ]
    return [*found, *hits[FOLDED:]][:k]


def newest_inspection(documents: Iterable[Document]) -> str | None:
    """The id of the inspection report with the latest date (or period), or of the latest digest of one; None if none."""
    kinds = (DocumentKind.INSPECTION_REPORT, DocumentKind.DIGEST)
    dated = [
        (
            item.metadata.kind is DocumentKind.INSPECTION_REPORT,
            item.metadata.date or item.metadata.period or "",
            item.id,
        )
        for item in documents
        if item.metadata.kind in kinds and item.metadata.years
    ]
    return max(dated)[2] if dated else None
