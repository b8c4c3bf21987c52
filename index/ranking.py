"""How likely a candidate paragraph is to hold the answer.

Owns the features of a (query, paragraph) pair and the linear model over them. Leaves finding candidates to `retriever`.
The weights are fitted by benchmarks/fit_ranking.py on the dev half of eval/gold/reports.jsonl and kept in
`ranking_weights.json` beside this file, with the figures they reached.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.query import Query, Want
from index.tokens import content_stems
from ingest.document import Document, Kind, Paragraph, Speaker
from ingest.grades import GRADES
from ingest.sentences import sentences

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GRADE_WORD = re.compile("|".join([*GRADES, r"requir\w+ improvement", "graded"]), re.I)
_OF_BODY = re.compile(
    r"\b[Tt]he (?:force|alliance|service|panel|commissioner|PCC)\b|\b(?:we|HMIC(?:FRS)?) (?:found|saw|heard)\b", re.I
)
RANK_DAMPING = 60  # the value of the reciprocal rank fusion paper

FEATURES = (
    "window",  # cosine of the question and the best window of the paragraph
    "sentence",  # cosine of the question and the best sentence below its heading
    "words",  # BM25 / 10
    "tokens",  # mean over question tokens of the best cosine with a token of the paragraph
    "window_share",  # the four again, as a share of the best candidate's
    "sentence_share",
    "words_share",
    "tokens_share",
    "window_rank",  # 60 / (60 + rank)
    "sentence_rank",
    "words_rank",
    "window_standard",  # standard deviations above the mean of the candidates, so that it means the same in any corpus
    "sentence_standard",
    "words_standard",
    "tokens_standard",
    "cover",  # share of the question's subject, weighted by rarity, in the paragraph
    "cover_context",  # ... in the paragraph or its headings
    "cover_sentence",  # ... in its best sentence
    "pairs",  # share of the question's neighbouring words that are neighbours in the paragraph
    "year_of_document",  # a year asked about is the document's
    "year_in_reach",  # ... or stands in the paragraph
    "year_out_of_reach",  # years are asked about, and none of them is either
    "named_document",
    "latest",  # no year is asked about, and the document is the newest inspection
    "latest_asked",
    "number_wanted",  # a number is asked for and there is one
    "grade_wanted",
    "grade_paragraph",
    "area_wanted",
    "recommendation_wanted",
    "item_of_list_wanted",
    "row_for_number",
    "is_row",
    "is_footnote",
    "is_heading",
    "is_grade",
    "of_body",  # speaks of the body inspected or of what inspectors found there, not of forces at large
    "is_context",  # background, method, other forces: nobody's claim on the body
    "is_claim",  # what the body inspected or its commissioner says of itself
    "length",  # log(1 + content words)
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the retriever measured of one candidate."""

    paragraph: Paragraph
    document: Document
    window: float
    sentence: float
    words: float
    tokens: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over standardised features."""

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weight: NDArray[np.float64]
    intercept: float

    def probability(
        self, features: NDArray[np.float64], prior: NDArray[np.float64] | float = 0.0
    ) -> NDArray[np.float64]:
        """For rows of features, how likely each paragraph is evidence; between 0 and 1. `prior` is in log odds."""
        logits = (features - self.mean) / self.scale @ self.weight + self.intercept + prior
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float64)


@lru_cache(maxsize=1)
def ranking_weights() -> Weights:
    """The fitted weights that come with the code."""
    raw = json.loads((Path(__file__).parent / "ranking_weights.json").read_text(encoding="utf-8"))
    if tuple(raw["features"]) != FEATURES:
        raise ValueError("ranking_weights.json was fitted for other features; run benchmarks/fit_ranking.py")
    return Weights(np.array(raw["mean"]), np.array(raw["scale"]), np.array(raw["weight"]), float(raw["intercept"]))


def features(
    query: Query, candidates: Sequence[Evidence], rarity: Mapping[str, float], newest: str | None
) -> NDArray[np.float64]:
    """Shape (len(candidates), len(FEATURES)). `rarity` is the inverse document frequency of a stem; `newest` the id of
    the latest inspection report."""
    measured = np.array([[item.window, item.sentence, item.words / 10, item.tokens] for item in candidates])
    # Clipped: where even the best cosine is below 0, as for a question off every subject, a share would have no bounds.
    shares = np.clip(measured / np.maximum(measured.max(axis=0), 1e-9), -1, 1)
    ranks = 1 + (-measured[:, :3]).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    spread = np.maximum(measured.std(axis=0), 1e-6)  # where all are the same, none stands out
    standard = (measured - measured.mean(axis=0)) / spread
    others = np.array([_of_one(query, item, rarity, newest) for item in candidates])
    return np.hstack([measured, shares, RANK_DAMPING / (RANK_DAMPING + ranks), standard, others])


def _of_one(query: Query, item: Evidence, rarity: Mapping[str, float], newest: str | None) -> list[float]:
    paragraph, document = item.paragraph, item.document
    wants, kind = query.wants, paragraph.kind
    return [
        *_cover(query.subject, paragraph, document, rarity),
        *_years(query, paragraph, document),
        float(document.id in query.documents),
        float(not query.years and document.id == newest),
        float(query.is_latest and document.id == newest),
        float(Want.NUMBER in wants and any(letter.isdigit() for letter in paragraph.text)),
        float(Want.GRADE in wants and _GRADE_WORD.search(paragraph.text) is not None),
        float(Want.GRADE in wants and kind is Kind.GRADE),
        float(Want.AREA_FOR_IMPROVEMENT in wants and kind is Kind.AREA_FOR_IMPROVEMENT),
        float(Want.RECOMMENDATION in wants and kind is Kind.RECOMMENDATION),
        float(Want.LIST in wants and bool(paragraph.lead_in)),
        float(Want.NUMBER in wants and kind is Kind.TABLE_ROW),
        float(kind is Kind.TABLE_ROW),
        float(kind is Kind.FOOTNOTE),
        float(kind is Kind.HEADING_SENTENCE),
        float(kind is Kind.GRADE),
        float(_speaks_of_body(paragraph, document)),
        float(paragraph.speaker is Speaker.CONTEXT),
        float(paragraph.speaker in (Speaker.BODY, Speaker.COMMISSIONER)),
        math.log1p(len(_stems(paragraph.text))),
    ]


def _speaks_of_body(paragraph: Paragraph, document: Document) -> bool:
    body = document.metadata.body
    return _OF_BODY.search(paragraph.text) is not None or (body is not None and body in paragraph.text)


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(content_stems(text))


def cover(asked: Sequence[str], held: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Share of `asked` stems, weighted by rarity, that are in `held`; 0 when nothing is asked."""
    total = sum(rarity.get(word, 0.0) for word in asked)
    return sum(rarity.get(word, 0.0) for word in asked if word in held) / total if total else 0.0


def _cover(subject: str, paragraph: Paragraph, document: Document, rarity: Mapping[str, float]) -> list[float]:
    asked = list(dict.fromkeys(_stems(subject)))
    body = _stems(paragraph.text)
    held = frozenset(body)
    context = held | frozenset(_stems(" ".join([document.metadata.full_title, *paragraph.headings])))
    best = max((cover(asked, frozenset(_stems(text)), rarity) for text in sentences(paragraph.text)), default=0.0)
    pairs = set(zip(_stems(subject), _stems(subject)[1:], strict=False))
    shared = len(pairs & set(zip(body, body[1:], strict=False))) / len(pairs) if pairs else 0.0
    return [cover(asked, held, rarity), cover(asked, context, rarity), best, shared]


def _years(query: Query, paragraph: Paragraph, document: Document) -> list[float]:
    if not query.years:
        return [0.0, 0.0, 0.0]
    of_document = bool(query.years & document.metadata.years)
    in_text = bool(query.years & {int(year) for year in _YEAR.findall(paragraph.text)})
    return [float(of_document), float(of_document or in_text), float(not (of_document or in_text))]
