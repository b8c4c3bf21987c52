"""How sure the refusal model is, for those who measure it.

Owns one number, which no answer depends on. Leaves the model to `answerable`.
"""

from collections.abc import Mapping

from assistant.answerable import answerable_row, answerable_weights
from assistant.expectation import expectation
from assistant.question import Question
from assistant.selection import Found
from assistant.sentences import score_sentences


def confidence(question: Question, found: Found, rarity: Mapping[str, float]) -> float | None:
    """Log odds that what was found answers the question, above or below the threshold; None when nothing was found.

    The same features and weights that decide a refusal, also for questions that a rule answered or refused before.
    """
    if not found.hits:
        return None
    expected = expectation(question.query.text)
    sentences = score_sentences(question, expected, found.hits, rarity)
    row = answerable_row(question, expected, sentences, found.hits, rarity, found.meets)
    return float(answerable_weights().weights.log_odds(row.reshape(1, -1))[0])
