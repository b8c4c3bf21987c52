"""Citations below the level of the paragraph: which sentences were quoted, and whether they carry the fact.

Owns the sentence-level definitions and what is cited beyond need. Leaves the paragraph level to `metrics`.
"""

from collections.abc import Iterable, Mapping, Sequence

from ingest.document import Span
from ingest.sentences import sentence_spans

CARRIES = 0.5  # not tuned: a quote shows a fact when it covers half of the fact's span, or the span half of a sentence

Spans = Mapping[str, Sequence[Span]]  # paragraph id -> spans of its text
SpanGroups = Sequence[Mapping[str, Span]]  # evidence groups: paragraph id -> the span that carries the fact


def f1(precision: float | None, recall: float | None) -> float | None:
    """Harmonic mean (van Rijsbergen, 1979); 0.0 when either is 0 or nothing was cited, None where recall is unknown."""
    if recall is None:
        return None
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def sentence_recall(quoted: Spans, groups: SpanGroups) -> float | None:
    """Share of evidence groups of which some span is covered by half or more; None where no group has spans."""
    judged = [group for group in groups if group]
    if not judged:
        return None
    return sum(
        any(_covered(span, quoted.get(key, ())) >= CARRIES for key, span in group.items()) for group in judged
    ) / len(judged)


def sentence_precision(quoted: Spans, groups: SpanGroups, texts: Mapping[str, str]) -> float | None:
    """Share of quoted sentences that overlap a gold span by half of the shorter; None: nothing quoted, or no spans.

    A lower bound, as at paragraph level. Anchors without a span count with their whole paragraph.
    """
    gold: dict[str, list[Span]] = {}
    for group in groups:
        for key, span in group.items():
            gold.setdefault(key, []).append(span)
    if not gold:
        return None
    sentences = [
        (key, span)
        for key, spans in quoted.items()
        for span in sentence_spans(texts.get(key, ""))
        if any(_overlap(span, each) >= CARRIES * _length(span) for each in spans)
    ]
    if not sentences:
        return None
    return sum(any(_agree(span, each) for each in gold.get(key, ())) for key, span in sentences) / len(sentences)


def over_citation(cited: Iterable[str], groups: int) -> int:
    """Paragraphs cited beyond one for each evidence group."""
    return max(0, len(set(cited)) - groups)


def _covered(span: Span, quoted: Sequence[Span]) -> float:
    return sum(_overlap(span, each) for each in quoted) / max(1, _length(span))


def _agree(one: Span, other: Span) -> bool:
    return _overlap(one, other) >= CARRIES * max(1, min(_length(one), _length(other)))


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _length(span: Span) -> int:
    return span[1] - span[0]
