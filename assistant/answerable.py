"""Whether the paragraphs found answer the question, or only touch on its subject.

Owns the features and the linear model over them; the top score alone hardly tells the two apart. The weights and the
threshold are fitted by benchmarks/fit_refusal.py on the dev half of the gold questions and kept in
`answerable_weights.json` beside this file, with the figures they reached.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.expectation import Expectation, Form
from assistant.question import Question
from assistant.sentences import Sentence, SentenceWeights, log_odds, subject_stems
from index.query import Want
from index.ranking import cover
from index.retriever import Hit
from index.tokens import content_stems

NEAR = 6  # hits whose sentences are considered
FEATURES = (
    "sentence",  # score of the best sentence that has the form asked for
    "gap",  # how far it lies behind the best sentence of any form
    "paragraph",  # log odds of the best paragraph
    "tokens",  # token similarity of that sentence's paragraph
    "cover",  # share of the subject, weighted by rarity, in that sentence
    "cover_context",  # ... in its paragraph, headings and title
    "cover_three",  # ... in the three best paragraphs together
    "unknown_words",  # share of the subject's words that the documents never use
    "rarest_missing",  # rarity of the rarest subject word that the paragraph and its headings lack
    "form_asked",
    "form_missing",  # a form is asked for and no near sentence has it
    "name_missing",  # a name in the question stands in none of the three best paragraphs, their headings or titles
    "reason_asked",
)


@dataclass(frozen=True, slots=True)
class Answerable:
    """The fitted model and the score below which a question is refused."""

    weights: SentenceWeights
    threshold: float


@lru_cache(maxsize=1)
def answerable_weights() -> Answerable:
    """The fitted weights that come with the code."""
    raw = json.loads((Path(__file__).parent / "answerable_weights.json").read_text(encoding="utf-8"))
    if tuple(raw["features"]) != FEATURES:
        raise ValueError("answerable_weights.json was fitted for other features; run benchmarks/fit_refusal.py")
    weights = SentenceWeights(
        np.array(raw["mean"]), np.array(raw["scale"]), np.array(raw["weight"]), float(raw["intercept"])
    )
    return Answerable(weights, float(raw["threshold"]))


def answerable(
    question: Question,
    expected: Expectation,
    sentences: Sequence[Sentence],
    hits: Sequence[Hit],
    rarity: Mapping[str, float],
) -> bool:
    """Whether the model's score reaches the threshold."""
    fitted = answerable_weights()
    row = answerable_row(question, expected, sentences, hits, rarity)
    return float(fitted.weights.log_odds(row.reshape(1, -1))[0]) >= fitted.threshold


def answerable_row(
    question: Question,
    expected: Expectation,
    sentences: Sequence[Sentence],
    hits: Sequence[Hit],
    rarity: Mapping[str, float],
) -> NDArray[np.float64]:
    """The features above, shape (len(FEATURES),). `sentences` and `hits` are best first and not empty."""
    near = {id(hit) for hit in hits[:NEAR]}
    close = [sentence for sentence in sentences if id(sentence.hit) in near]
    fitting = [sentence for sentence in close if sentence.has_form]
    top = max(close, key=lambda sentence: sentence.score)
    best = max(fitting or close, key=lambda sentence: sentence.score)
    asked = subject_stems(question)
    highest = max(rarity.values(), default=1.0)
    weights = {word: rarity.get(word, highest) for word in asked}
    paragraph, title = best.hit.paragraph, best.hit.document.metadata.title
    known = " ".join([paragraph.text, title, *paragraph.headings, *question.query.expansions])
    context = frozenset(content_stems(known))
    near_words = " ".join(
        " ".join([hit.paragraph.text, hit.document.metadata.title, *hit.paragraph.headings]) for hit in hits[:3]
    ).lower()
    three = frozenset(content_stems(" ".join(hit.paragraph.text for hit in hits[:3])))
    return np.array(
        [
            best.score,
            top.score - best.score,
            log_odds(hits[0].score),
            best.hit.tokens,
            cover(asked, frozenset(content_stems(best.text)), weights),
            cover(asked, context, weights),
            cover(asked, three, weights),
            sum(word not in rarity for word in asked) / max(1, len(asked)),
            max((weights[word] for word in asked if word not in context), default=0.0),
            float(expected.form not in (Form.ANY, Form.REASON) or Want.NUMBER in question.query.wants),
            float(expected.form is not Form.ANY and not fitting),
            float(any(name.lower() not in near_words for name in question.names)),
            float(expected.form is Form.REASON),
        ]
    )
