"""Of a long paragraph the sentences that answer are quoted, with what stands between them."""

from fakes import document, paragraph

from assistant.excerpt import WHOLE_WORDS, excerpt
from assistant.sentences import Sentence
from index.retriever import Hit
from ingest.sentences import sentence_spans

TEXT = (
    "The kennel was built in 2014 beside the old stables at the edge of the town. "
    "It holds forty dogs and has a yard of its own. "
    "The keeper feeds them twice a day and walks them at noon. "
    "Visitors come on Sundays when the gates are open to all. "
    "The roof was mended last year after the storms of the winter."
)


def quoted(scores: list[float], text: str = TEXT, budget: int = 160) -> list[str]:
    told = paragraph("p", text)
    hit = Hit(told, document("d", told), 0.9)
    sentences = [
        Sentence(hit, start, end, has_form=True, score=score)
        for (start, end), score in zip(sentence_spans(text), scores, strict=True)
    ]
    return [text[start:end] for start, end in excerpt(hit, sentences, budget).spans]


def test_sentences_far_behind_the_best_are_left_out() -> None:
    assert quoted([-3.0, 1.0, -3.0, -3.0, -3.0]) == ["It holds forty dogs and has a yard of its own."]


def test_what_stands_between_two_good_sentences_is_quoted_too() -> None:
    assert quoted([-3.0, 1.0, -3.0, 0.5, -3.0]) == [TEXT[TEXT.index("It holds") : TEXT.index(" The roof")]]


def test_sentences_that_are_all_alike_are_all_quoted() -> None:
    assert quoted([0.0, 0.5, 0.0, 0.2, 0.1]) == [TEXT]


def test_the_budget_keeps_the_best_sentences_with_a_gap_when_all_between_would_be_too_long() -> None:
    first, *_, last = (TEXT[start:end] for start, end in sentence_spans(TEXT))
    budget = len(first.split()) + len(last.split())
    assert quoted([1.0, 0.0, 0.0, 0.0, 0.9], budget=budget) == [first, last]


def test_a_short_paragraph_is_quoted_whole_however_its_sentences_score() -> None:
    short = "The kennel holds forty dogs. The roof was mended."
    assert len(short.split()) <= WHOLE_WORDS
    assert quoted([3.0, -3.0], short) == [short]
