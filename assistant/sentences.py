"""Which sentence of the paragraphs found carries the answer.

Owns the features of a (question, sentence) pair and the linear model over them. Leaves what is done with the best
sentences to `evidence`. The weights are fitted by benchmarks/fit_sentences.py on the dev half of the gold questions and
kept in `sentence_weights.json` beside this file, with the figures they reached.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.expectation import Expectation, Form, is_met
from assistant.question import Question
from index.query import Want
from index.ranking import cover
from index.retriever import Hit
from index.tokens import content_stems
from ingest.document import Kind
from ingest.register import grade_in
from ingest.sentences import sentence_spans

FEATURES = (
    "paragraph",  # log odds that the paragraph is evidence
    "paragraph_rank",  # 1 / (1 + rank)
    "cosine",  # of the question and the sentence below its heading
    "cosine_share",  # ... as a share of the best sentence of the paragraph
    "cover",  # share of the question's subject, weighted by rarity, in the sentence
    "cover_context",  # ... in the sentence or its headings
    "form_met",  # a form of answer is called for, and the sentence has it
    "form_not_met",
    "number_wanted",
    "grade_wanted",
    "is_first",
    "place",  # 0 first sentence of the paragraph, 1 last
    "is_heading",
    "is_item",
    "length",  # log(1 + words)
)
FORM_MISSING = 2.0  # log odds; not tuned; how far a paragraph without a sentence of the form asked for falls behind
REASON_MISSING = 1.0  # log odds; a reason is told in many ways; one dev question more than with 2.0, none more with 0.3


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph found, and how well it answers."""

    hit: Hit
    start: int  # in the paragraph's text
    end: int
    has_form: bool  # the sentence has the form that the question calls for
    score: float = 0.0  # log odds that it is part of the evidence

    @property
    def text(self) -> str:
        return self.hit.paragraph.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """A logistic model over standardised features."""

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weight: NDArray[np.float64]
    intercept: float

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((rows - self.mean) / self.scale @ self.weight + self.intercept, dtype=np.float64)


@lru_cache(maxsize=1)
def sentence_weights() -> SentenceWeights:
    """The fitted weights that come with the code."""
    raw = json.loads((Path(__file__).parent / "sentence_weights.json").read_text(encoding="utf-8"))
    if tuple(raw["features"]) != FEATURES:
        raise ValueError("sentence_weights.json was fitted for other features; run benchmarks/fit_sentences.py")
    return SentenceWeights(
        np.array(raw["mean"]), np.array(raw["scale"]), np.array(raw["weight"]), float(raw["intercept"])
    )


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), with p kept between 0.0001 and 0.9999."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def probability(odds: float) -> float:
    """The inverse of `log_odds`."""
    return 1 / (1 + math.exp(-odds))


def sentence_rows(
    question: Question, expected: Expectation, hits: Sequence[Hit], rarity: Mapping[str, float]
) -> tuple[list[Sentence], NDArray[np.float64]]:
    """Every sentence of the hits, in their order, and its features, shape (sentences, len(FEATURES))."""
    asked = subject_stems(question)
    found: list[Sentence] = []
    rows: list[list[float]] = []
    for rank, hit in enumerate(hits):
        paragraph = hit.paragraph
        spans = sentence_spans(paragraph.text)
        cosines = {(start, end): cosine for start, end, cosine in hit.sentence_scores}
        best = max(cosines.values(), default=1.0)
        context = frozenset(content_stems(" ".join([hit.document.metadata.full_title, *paragraph.headings])))
        around = question.query.expansions
        for place, (start, end) in enumerate(spans):
            text = paragraph.text[start:end]
            stems = frozenset(content_stems(text))
            # A table row's lead-in is its caption and column heads; what it says is the row itself.
            said = paragraph.own_text if paragraph.kind is Kind.TABLE_ROW else text
            has_form = is_met(expected, said, around)
            cosine = cosines.get((start, end), best / 2)
            sentence = Sentence(hit, start, end, has_form)
            found.append(sentence)
            rows.append(
                [
                    log_odds(hit.score),
                    1 / (1 + rank),
                    cosine,
                    cosine / max(best, 1e-6),
                    cover(asked, stems, rarity),
                    cover(asked, stems | context, rarity),
                    float(expected.is_narrow and has_form),
                    float(expected.is_narrow and not has_form),
                    float(Want.NUMBER in question.query.wants and any(map(str.isdigit, text))),
                    float(Want.GRADE in question.query.wants and grade_in(text) is not None),
                    float(place == 0),
                    place / (len(spans) - 1) if len(spans) > 1 else 0.0,
                    float(paragraph.kind is Kind.HEADING_SENTENCE),
                    float(bool(paragraph.lead_in)),
                    math.log1p(len(text.split())),
                ]
            )
    return found, np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def subject_stems(question: Question) -> list[str]:
    """Content stems of the question's subject, each once, in order."""
    return list(dict.fromkeys(content_stems(question.query.subject)))


def score_sentences(
    question: Question, expected: Expectation, hits: Sequence[Hit], rarity: Mapping[str, float]
) -> list[Sentence]:
    """Every sentence of the hits with its score, in the order of the hits."""
    found, rows = sentence_rows(question, expected, hits, rarity)
    if not found:
        return []
    scores = sentence_weights().log_odds(rows)
    return [
        Sentence(item.hit, item.start, item.end, item.has_form, float(score))
        for item, score in zip(found, scores, strict=True)
    ]


def paragraph_score(hit: Hit, sentences: Sequence[Sentence], form: Form) -> float:
    """The score of the paragraph's best sentence, less what it falls behind when none has the form asked for."""
    own = [sentence for sentence in sentences if sentence.hit is hit]
    best = max((sentence.score for sentence in own), default=log_odds(hit.score))
    missing = REASON_MISSING if form is Form.REASON else FORM_MISSING
    return best if any(sentence.has_form for sentence in own) else best - missing
