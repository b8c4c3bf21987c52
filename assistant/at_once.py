"""Several questions asked at once: what answers each, and what answers them together.

Owns when a paragraph chosen for the whole question answers a part of it too. Leaves cutting a question into its parts to
`parts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answerable import answerable
from assistant.excerpt import excerpt
from assistant.expectation import Form, expectation
from assistant.question import Question
from assistant.selection import Chosen, Meets, in_date_order
from assistant.sentences import Sentence, paragraph_score, score_sentences
from index.retriever import Hit

PART_WORDS = 60  # of the paragraph for one of several questions asked at once; not tuned
PART_MARGIN = 0.7  # log odds within which the whole question's paragraph answers a part too; not tuned


@dataclass(frozen=True, slots=True)
class Answered:
    """One of several questions asked at once, and the paragraphs for it, best first; none when they do not answer it."""

    question: Question
    ranked: tuple[Hit, ...]
    sentences: tuple[Sentence, ...]
    excerpt: Chosen | None


def answer_part(part: Question, hits: Sequence[Hit], rarity: Mapping[str, float], meets: Meets) -> Answered:
    if not hits:
        return Answered(part, (), (), None)
    expected = expectation(part.own)
    sentences = score_sentences(part, expected, hits, rarity)
    if not answerable(part, expected, sentences, hits, rarity, meets):
        return Answered(part, tuple(hits), tuple(sentences), None)
    ranked = sorted(hits, key=lambda hit: -paragraph_score(hit, sentences, expected.form))
    return Answered(part, tuple(ranked), tuple(sentences), excerpt(ranked[0], sentences, PART_WORDS))


def together(chosen: Sequence[Chosen], parts: Sequence[Answered]) -> tuple[Chosen, ...]:
    """What answers the question as a whole, and the paragraph of each part that it leaves out."""
    kept = list(chosen)
    for part in parts:
        if part.excerpt is not None and not _is_covered(part, kept):
            kept.append(part.excerpt)
    return in_date_order(kept)


def _is_covered(part: Answered, chosen: Sequence[Chosen]) -> bool:
    """Whether a paragraph chosen already answers the part nearly as well as the part's own best."""
    taken = {item.paragraph.id for item in chosen}
    scores = {hit.paragraph.id: paragraph_score(hit, part.sentences, Form.ANY) for hit in part.ranked}
    best = max(scores.values())
    return any(key in taken and score > best - PART_MARGIN for key, score in scores.items())


def unanswered(parts: Sequence[Answered]) -> tuple[str, ...]:
    return tuple(f"The documents do not say: “{part.question.own}”" for part in parts if part.excerpt is None)
