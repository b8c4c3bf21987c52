"""Whether a quote carries the figures and dates of a sentence, and for the same things.

Owns that comparison. Leaves reading figures from text to `figures`, and all other claims to `support`.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from assistant.figures import Figure, When, dates, figures
from index.tokens import content_stems

_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = re.compile(r"[,;.](?:\s|$)|\b(?:and|or|while|against|but|compared|from|than)\b")
_IN_ORDER = re.compile(r"[a-z ]{0,12}\b(?:of|in|to|out of)\b(?: the)?\s*")
_PAIR = re.compile(r"\s*(?:and|to|until|-|–)\s*")


def unsupported_dates(text: str, quote: str, own_years: Sequence[When]) -> Iterator[str]:
    """Dates of the text that neither the quote nor, in default of a year there, its document gives."""
    told = dates(quote)
    said = dates(text)
    told_years = {when.year for when in told if when.year} - {when.year for when in said}
    for when in said:
        # A year may come from the document itself, but not in place of one that the quote has.
        own = () if told_years else own_years
        whole = [When(other.year or year.year, other.month, other.day) for other in told for year in own_years]
        if not any(when.is_told_by(other) for other in (*told, *own, *whole)):
            yield f"{when} is not in the quote"
    spans = _spans(quote, told)
    for first, last in _spans(text, said):
        ends = [other for start, other in spans if first.is_told_by(start)]
        if ends and not any(last.is_told_by(end) for end in ends):
            yield f"{first} to {last} is not in the quote"


def _spans(text: str, found: Sequence[When]) -> list[tuple[When, When]]:
    """Pairs such as "between 2021 and 2025"."""
    pairs = zip(found, found[1:], strict=False)
    return [(one, other) for one, other in pairs if _PAIR.fullmatch(text[one.span[1] : other.span[0]])]


def unsupported_figures(text: str, quote: str) -> Iterator[str]:
    """Figures of the text that the quote lacks, has in another unit, or has for something else."""
    told = figures(quote)
    for figure in figures(text):
        same = [other for other in told if other.value == figure.value]
        if not same:
            yield f"{figure} is not in the quote"
        elif all(other.unit != figure.unit for other in same):
            yield f"{figure} has another unit in the quote"
        elif _counts_something_else(figure, text, told, quote):
            yield f"{figure} stands for something else in the quote"
    told_pairs = _ordered(told, quote)
    for one, other in _ordered(figures(text), text):
        if (other, one) in told_pairs and (one, other) not in told_pairs:
            yield "two figures have changed places"


def _ordered(found: Sequence[Figure], text: str) -> set[tuple[Fraction, Fraction]]:
    """Pairs such as "1 of 12" and "from 4 to 7", as values."""
    pairs = zip(found, found[1:], strict=False)
    return {(one.value, other.value) for one, other in pairs if _IN_ORDER.fullmatch(text[one.end : other.start])}


def _counts_something_else(figure: Figure, text: str, told: Sequence[Figure], quote: str) -> bool:
    """Whether another figure of the quote stands beside the words, or the year, that this one is given here."""
    rivals = [other for other in told if other.unit == figure.unit]
    if len({other.value for other in rivals}) < 2:
        return False
    here = _labels(figure, text, figures(text))
    labels = {other: _labels(other, quote, told) for other in rivals}
    own = [label for other, label in labels.items() if other.value == figure.value]
    others = [label for other, label in labels.items() if other.value != figure.value]
    fit, best = (max(len(here & label) for label in group) for group in (own, others))
    year = {word for word in here if _YEAR.fullmatch(word)}
    is_dated_otherwise = bool(year) and all(_years_in(label) and not _years_in(label) & year for label in own)
    return (
        best >= fit + 2
        or (not fit and best > 0)
        or (is_dated_otherwise and any(_years_in(each) & year for each in others))
    )


def _years_in(label: frozenset[str]) -> set[str]:
    return {word for word in label if _YEAR.fullmatch(word)}


def _labels(figure: Figure, text: str, others: Sequence[Figure]) -> frozenset[str]:
    """What a figure stands for: the content stems near it in its own part of the text, up to the figures beside it."""
    before = max((other.end for other in others if other.end <= figure.start), default=0)
    behind = min((other.start for other in others if other.start >= figure.end), default=len(text))
    left = _PART.split(text[before : figure.start])[-1]
    right = _PART.split(text[figure.end : behind])[0]
    return frozenset(content_stems(f"{left} {right}"))
