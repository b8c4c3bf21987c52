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
# "from 4 in 2019 to 7 in 2021": what stands before this "to" is the first figure's. "in the year to March 2021" is no such.
_TO = re.compile(r"\bto\b(?!\s+(?:the\s+end\s+of\s+)?(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d)")
_BETWEEN = re.compile(r"\b(between [^.;]{0,25}(?:19|20)\d\d) and\b", re.I)
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
    here = _labels(figure, text, [other for other in figures(text) if other.unit == figure.unit])
    labels = {other: _labels(other, quote, rivals) for other in rivals}
    own = [label for other, label in labels.items() if other.value == figure.value]
    others = [label for other, label in labels.items() if other.value != figure.value]
    fit, best = (max(len(here & label) for label in group) for group in (own, others))
    return best >= fit + 2 or (not fit and best > 0) or _is_of_another_year(figure, text, rivals, told, quote)


def _is_of_another_year(
    figure: Figure, text: str, rivals: Sequence[Figure], told: Sequence[Figure], quote: str
) -> bool:
    """Whether the quote dates this figure, and dates another one as this one is dated here."""
    here = _years(figure, text, figures(text))
    if not here:
        return False
    years = [(other.value == figure.value, _years(other, quote, told)) for other in rivals]
    own = [found for is_same, found in years if is_same]
    return all(found and not found & here for found in own) and any(found & here for _, found in years)


def _years(figure: Figure, text: str, others: Sequence[Figure]) -> set[str]:
    """The years that a figure is given: those behind it in its own part of the text, else those before it. Figures of
    another unit do not end that part: "40 in the 12 months to May 2019"."""
    alike = [other for other in others if other.unit == figure.unit]
    left, right = _beside(figure, _BETWEEN.sub(_as_one, text), alike)
    left = _TO.split(_PART.split(left.rstrip(" ,"))[-1])[-1]  # "in 2019, 40 officers"
    return set(_YEAR.findall(_PART.split(right)[0]) or _YEAR.findall(left))


def _as_one(match: re.Match[str]) -> str:
    """ "between 2019 and" without the "and" at which parts end; as long as before, so that figures keep their places."""
    return f"{match[1]}  – "


def _labels(figure: Figure, text: str, others: Sequence[Figure]) -> frozenset[str]:
    """What a figure stands for: the content stems near it in its own part of the text, up to the figures beside it."""
    left, right = _beside(figure, text, others)
    return frozenset(content_stems(f"{_PART.split(left)[-1]} {_PART.split(right)[0]}"))


def _beside(figure: Figure, text: str, others: Sequence[Figure]) -> tuple[str, str]:
    """The words before and behind a figure, up to the figures beside it."""
    before = max((other.end for other in others if other.end <= figure.start), default=0)
    behind = min((other.start for other in others if other.start >= figure.end), default=len(text))
    return text[before : figure.start], text[figure.end : behind]
