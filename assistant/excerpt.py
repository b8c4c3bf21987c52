"""What is quoted of a paragraph.

Owns which of its sentences, and the figures that this rests on. Leaves scoring them to `sentences`, and which paragraph
to `evidence`.
"""

from collections.abc import Sequence

from assistant.selection import Chosen, merge_spans, whole
from assistant.sentences import Sentence
from index.retriever import Hit

WHOLE_WORDS = 40  # a paragraph of no more is quoted whole; not tuned
# How far a sentence may lie behind the best of its paragraph, in log odds. Grounded answers of dev and of check, and the
# median words of dev: 1.0: 72.7, -, 49. 1.5: 76.1, 67.8, 68. 2.0: 77.0, 68.9, 72. 2.5: 77.5, -, 83. Whole: 77.5, 70.0, 88.
SENTENCE_MARGIN = 2.0


def excerpt(hit: Hit, sentences: Sequence[Sentence], budget: int) -> Chosen:
    """The whole paragraph when it is short, else its best sentences and what stands between them.

    Args:
        sentences: scored sentences; those of other paragraphs are left out.
        budget: words that may be quoted; the best sentence is, however long it is.
    """
    paragraph = hit.paragraph
    own = [sentence for sentence in sentences if sentence.hit.paragraph.id == paragraph.id]
    if len(paragraph.text.split()) <= WHOLE_WORDS or not own:
        return whole(paragraph, hit.document)
    ranked = sorted(own, key=lambda item: (-item.score, item.start))
    kept, words = ranked[:1], _length(ranked[:1])
    for sentence in ranked[1:]:
        length = _length([sentence])
        if words + length <= budget and sentence.score > ranked[0].score - SENTENCE_MARGIN:
            kept.append(sentence)
            words += length
    start, end = min(item.start for item in kept), max(item.end for item in kept)
    between = [item for item in own if start <= item.start and item.end <= end]
    kept = between if _length(between) <= budget else kept
    return Chosen(paragraph, hit.document, merge_spans(paragraph.text, [(item.start, item.end) for item in kept]))


def _length(sentences: Sequence[Sentence]) -> int:
    return sum(len(sentence.text.split()) for sentence in sentences)
