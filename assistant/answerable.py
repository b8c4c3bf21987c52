"""Whether the paragraphs found answer the question, or only touch on its subject.

Owns the features and the linear model over them; the top score alone hardly tells the two apart. No feature depends on
how many documents there are. The weights and the threshold are fitted by benchmarks/fit_refusal.py and kept in
`answerable_weights.json` beside this file, with the figures they reached.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.expectation import Expectation, Form
from assistant.lexicon import rareness
from assistant.question import Question
from assistant.selection import Meets
from assistant.sentences import Sentence, SentenceWeights, log_odds, subject_stems
from index.late import Met
from index.ranking import cover
from index.retriever import Hit
from index.tokens import STOP_WORDS, content_stems, stem, words

NEAR = 6  # hits whose sentences are considered
SHORTEST = 4  # letters of a word that a refusal names
WIDEST_GAP = 3.0  # log odds; a wider gap tells no more
FEATURES = (
    "missing",  # the answer has to have a form, and no near sentence has it
    "narrow",  # it has to have one
    "gap",  # how far the best sentence of that form lies behind the best of any form
    "sentence",  # its score
    "paragraph",  # log odds of the best paragraph
    "cosine",  # of the question and that sentence
    "cover",  # share of the subject, weighted by rarity, in that sentence
    "met",  # how near the subject's words come to that sentence, rare English words counting more
    "worst_met",  # how far the worst of them stays away, times how rare it is
    "absent",  # a word that says what the question is about is nowhere near what was found
)
# Words are ordinary below PLAIN and telling from TELLING on (log10, see `rareness`). Chosen on 290 dev and tuning questions
# among five ranges: AUROC of "worst_met" alone is 0.80 to 0.84 on the tuning ones.
PLAIN, TELLING = 3.5, 5.5
LEAST_WEIGHT = 0.02  # of an ordinary word
# A subject is absent when a word that no document uses, of RARE or more, comes nowhere nearer than FAR to the best three
# paragraphs, such words are at least SHARE of the question's, and no other word that is met tells what it is about
# (rarity as a share of the highest, times the square of its nearness, below ANCHOR). On dev and tuning questions this says
# "absent" of 1.5 % of the answerable ones and of 58 % of those on subjects that the documents never name; 3.5 to 4.5, 0.4
# to 0.45 and 0.3 to 0.4 say the same within a question or two.
RARE, FAR, SHARE, ANCHOR = 4.0, 0.4, 0.25, 0.4


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
    meets: Meets,
) -> bool:
    """Whether the model's score reaches the threshold."""
    fitted = answerable_weights()
    row = answerable_row(question, expected, sentences, hits, rarity, meets)
    return float(fitted.weights.log_odds(row.reshape(1, -1))[0]) >= fitted.threshold


_NO_THING = re.compile(
    r"(?:ed|ing|ly|wards?)$|^(?:mention|say|tell|talk|discuss|cover)s?$"
)  # words that seldom name a thing


def why_not(question: Question, expected: Expectation, rarity: Mapping[str, float]) -> str:
    """Why, as a reader would say it: the words that no document uses, and the form of answer that was not found."""
    typed = set(words(question.rewritten or question.asked))
    asked = [word for word in words(question.query.subject) if len(word) >= SHORTEST and word in typed - STOP_WORDS]
    unused = [
        word
        for word in asked
        if word.isalpha() and stem(word) not in rarity and rareness(word) >= RARE and not _NO_THING.search(word)
    ]
    rarest = sorted(dict.fromkeys(unused), key=lambda word: -rareness(word))[:2]
    said = " or ".join(f"“{word}”" for word in rarest)
    never = f" None of the documents here uses the word{'s' if len(rarest) > 1 else ''} {said}." if said else ""
    if expected.form is not Form.ANY:
        wanted = expected.form.value
    elif expected.conditions:
        wanted = f"a {expected.conditions[0].said}"
    else:
        return f"The documents here do not answer this, as far as the search can tell.{never}"
    return f"The question asks for {wanted}. The documents here may touch on the subject, but none was found for it.{never}"


def answerable_row(
    question: Question,
    expected: Expectation,
    sentences: Sequence[Sentence],
    hits: Sequence[Hit],
    rarity: Mapping[str, float],
    meets: Meets,
) -> NDArray[np.float64]:
    """The features above, shape (len(FEATURES),). `sentences` and `hits` are best first and not empty."""
    near = {id(hit) for hit in hits[:NEAR]}
    close = [sentence for sentence in sentences if id(sentence.hit) in near]
    fitting = [sentence for sentence in close if sentence.has_form] if expected.is_strict else close
    top = max(close, key=lambda sentence: sentence.score)
    best = max(fitting or close, key=lambda sentence: sentence.score)
    asked = subject_stems(question)
    highest = max(rarity.values(), default=1.0)
    weights = {word: rarity.get(word, highest) for word in asked}
    cosines = {(start, end): cosine for start, end, cosine in best.hit.sentence_scores}
    mets = meets(question.query, best.text, [hit.paragraph.id for hit in hits[:3]])
    held = frozenset(content_stems(best.text)) | _short_forms(question, best.text)
    return np.array(
        [
            float(expected.is_strict and not fitting),
            float(expected.is_strict),
            min(WIDEST_GAP, top.score - best.score),
            best.score,
            log_odds(hits[0].score),
            cosines.get((best.start, best.end), best.hit.sentence),
            cover(asked, frozenset(content_stems(best.text)), weights),
            _met(mets, held),
            max((_weight(met.word) * (1 - met.in_sentence) for met in mets), default=0.0),
            float(_is_absent(mets, held, rarity, highest)),
        ]
    )


def _weight(word: str) -> float:
    """Between LEAST_WEIGHT for an ordinary English word and 1 for one that tells what a question is about."""
    return float(np.clip((rareness(word) - PLAIN) / (TELLING - PLAIN), LEAST_WEIGHT, 1))


def _short_forms(question: Question, text: str) -> frozenset[str]:
    """Stems of the acronyms in the question whose long form stands in the text."""
    stems = frozenset(content_stems(text))
    longs = [words(long) for long in question.query.expansions if frozenset(content_stems(long)) <= stems]
    return frozenset(stem("".join(word[0] for word in long)) for long in longs)


def _met(mets: Sequence[Met], held: frozenset[str]) -> float:
    """The mean nearness of the words to the sentence; 0.5 when there are none."""
    total = [(_weight(met.word) ** 0.5, 1.0 if stem(met.word) in held else met.in_sentence) for met in mets]
    return sum(weight * near for weight, near in total) / sum(weight for weight, _ in total) if total else 0.5


def _is_absent(mets: Sequence[Met], held: frozenset[str], rarity: Mapping[str, float], highest: float) -> bool:
    """Whether what the question is about is nowhere in what was found; see RARE."""
    far = [met for met in mets if _is_foreign(met, rarity)]
    anchors = [
        rarity.get(stem(met.word), highest) / highest * (1.0 if stem(met.word) in held else met.in_sentence) ** 2
        for met in mets
        if not _is_foreign(met, rarity)
    ]
    return bool(far) and len(far) >= SHARE * len(mets) and max(anchors, default=0.0) < ANCHOR


def _is_foreign(met: Met, rarity: Mapping[str, float]) -> bool:
    return stem(met.word) not in rarity and rareness(met.word) >= RARE and met.in_paragraphs < FAR
