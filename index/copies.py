"""One finding that stands in several places of a report is one thing to find.

Owns what counts as a near-copy and which of them is shown. Leaves hits and ranking to `retriever`. A report says a finding
in its summary, at the head of a chapter and in its section; the first ranks should hold different things.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.tokens import content_stems, stem, words
from ingest.document import Kind, Paragraph

RUN = 3  # words in a row that are compared at once, stemmed
FEWEST_RUNS = 5  # of a paragraph; a shorter one is a heading, a lead-in or a grade, and too little to call a copy
# Shares of a paragraph's runs and of its content words that its copy holds. Read on the five reports, in which 170 pairs
# of one document share 0.3 of their runs: of the pairs with 0.7 and more those that lack a tenth of the content words are
# frames with another subject ("in this section we look at ..."); below 0.7 pairs begin to say different things.
SAME_RUNS, SAME_WORDS = 0.7, 0.9
_SMALL = (Kind.HEADING_SENTENCE, Kind.GRADE, Kind.FOOTNOTE)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def fold(paragraphs: Sequence[Paragraph]) -> list[tuple[int, ...]]:
    """Groups of places in `paragraphs`: those that are not copies of an earlier one, in order, each with its copies behind.

    The first place of a group is that of the paragraph to show: the clearest of those that say as much. A paragraph that
    says more than an earlier one is no copy of it.
    """
    groups: list[tuple[int, ...]] = []
    for place, paragraph in enumerate(paragraphs):
        known = next((n for n, group in enumerate(groups) if is_copy(paragraph, paragraphs[group[0]])), None)
        if known is None:
            groups.append((place,))
            continue
        shown = paragraphs[groups[known][0]]
        is_clearer = is_copy(shown, paragraph) and _clearness(paragraph) > _clearness(shown)
        groups[known] = (place, *groups[known]) if is_clearer else (*groups[known], place)
    return groups


def is_copy(one: Paragraph, other: Paragraph) -> bool:
    """Whether `other` says what `one` says, in nearly the same words, in the same document: most runs of words and nearly
    all content words of `one` are in it, and all its numbers. A row of a table, which differs from the next in a number,
    is nobody's copy."""
    if one.id.split("#")[0] != other.id.split("#")[0] or Kind.TABLE_ROW in (one.kind, other.kind):
        return False
    runs, held = _runs(one.own_text), _runs(other.own_text)
    if len(runs) < FEWEST_RUNS or len(runs & held) < SAME_RUNS * len(runs):
        return False
    said = frozenset(content_stems(one.own_text))
    if len(said & frozenset(content_stems(other.own_text))) < SAME_WORDS * len(said):
        return False
    return set(_NUMBER.findall(one.own_text)) <= set(_NUMBER.findall(other.own_text))


@lru_cache(maxsize=20_000)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    said = [stem(word) for word in words(text)]
    return frozenset(tuple(said[place : place + RUN]) for place in range(len(said) - RUN + 1))


def _clearness(paragraph: Paragraph) -> tuple[bool, bool, int, int]:
    """Whole sentences before fragments, text before headings and notes, the deeper section, the longer text."""
    is_whole = paragraph.text.rstrip().endswith((".", "!", "?", ".”", '."'))
    return is_whole, paragraph.kind not in _SMALL, len(paragraph.headings), len(paragraph.text)
