"""Numbers, units and dates of a text, however they are written.

Owns reading "fourteen", "£1.2m", "31 per cent", "two thirds", "4 June 2019", "2021/22" and "May" into values that can
be compared. Leaves whether a value is supported to `citations`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ingest.dates import DAY_MONTH_YEAR, ISO, MONTH_YEAR, MONTHS, SLASHED
from ingest.figure_words import UNITS

_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUE = {word: value for value, word in enumerate(UNITS)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_SCALE = {"hundred": 100, "thousand": 1_000, "k": 1_000, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_SPELLED = rf"(?:{'|'.join([*_TENS, *reversed(UNITS)])}|hundred|thousand|million|billion)"
_PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_UNIT = (
    r"(?P<unit>percentage points?|%|per ?cent\b|percent\b|pounds?\b|seconds?\b|minutes?\b|mins?\b|hours?\b|days?\b|"
    r"weeks?\b|months?\b|years?\b|miles?\b|kilometres?\b|km\b|litres?\b|hectares?\b|degrees?\b|times\b)"
)
_AMOUNT = re.compile(
    rf"(?P<pound>[£$€])?\s?(?:(?P<digits>(?<![\w.])\d[\d,]*(?:\.\d+)?|(?<=[£$€])\d[\d,]*(?:\.\d+)?)"
    rf"|\b(?P<words>(?:a )?{_SPELLED}(?:[\s-]+(?:and[\s-]+)?{_SPELLED})*)\b)"
    rf"(?:[\s-]?(?P<scale>thousand|million|billion|bn|m|k)\b)?(?:[\s-]?{_UNIT})?",
    re.I,
)
_RANGE = re.compile(rf"\s*(?:to|and|or|-|–)\s*(?:£?\d[\d,.]*|{_SPELLED})[\s-]?{_UNIT}", re.I)
_FRACTION = re.compile(r"\b(?:(?P<top>one|two|three|four|a|an)[\s-]+)?(?P<part>half|thirds?|quarters?|fifths?)\b", re.I)
_NOT_COUNTING = re.compile(r"(?:\b(?:no|the|each|this|that|which|every|any)|[A-Za-z]-)\s*$", re.I)
_COUNTED = re.compile(r"\s+(?!(?:of|another|that|which|who|is|was|or|to|and|for|by|in|has|had)\b)[a-z]", re.I)
_MONTH_DAY = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(MONTHS)})\b", re.I)
# "may" is a month only where it cannot be the verb: a capital after a preposition or another month, or a year behind.
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(month for month in MONTHS if month not in ('may', 'march'))})\b"
    r"|(?<=[a-z,] )(?-i:(?P<capital>May|March))\b|(?-i:^(?P<first>March)\b)|(?-i:^(?P<second>May)\b)(?=\s+(?:saw|was|and))",
    re.I,
)
_PERIOD = re.compile(r"\b(?P<year>(?:19|20)\d\d)\s?[/–-]\s?(?P<next>\d\d(?:\d\d)?)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount. `unit` is "" where none of the known ones stands beside it."""

    value: Fraction
    unit: str
    start: int
    end: int

    def __str__(self) -> str:
        number = str(float(self.value)).removesuffix(".0")
        return f"{number}{self.unit}" if self.unit == "%" else f"{number} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is given: year, month and day, each None where the text does not say."""

    year: int | None
    month: int | None = None
    day: int | None = None
    span: tuple[int, int] = (0, 0)
    last_year: int | None = None  # of a period such as 2021/22

    def __str__(self) -> str:
        month = MONTHS[self.month - 1].capitalize() if self.month else None
        year = f"{self.year}/{self.last_year % 100:02}" if self.year and self.last_year else self.year
        return " ".join(str(part) for part in (self.day, month, year) if part is not None)

    def is_told_by(self, other: "When") -> bool:
        """Whether the other date gives every part of this one, and the same."""
        if self.last_year is not None and (self.year, self.last_year) != (other.year, other.last_year):
            return False
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)


def dates(text: str) -> tuple[When, ...]:
    """Every date, month, period and year of the text, the fullest reading of each, in order."""
    found: list[When] = []
    for pattern in (DAY_MONTH_YEAR, _MONTH_DAY, SLASHED, ISO, _DAY_MONTH, MONTH_YEAR, _PERIOD, _MONTH, _YEAR):
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in (each.span for each in found)):
                when = _when(pattern, match)
                if when:
                    found.append(when)
    return tuple(sorted(found, key=lambda each: each.span))


def _when(pattern: re.Pattern[str], match: re.Match[str]) -> When | None:
    if pattern is _YEAR:
        return When(int(match.group()), span=match.span())
    if pattern is _PERIOD:
        first, tail = int(match["year"]), int(match["next"])
        last = tail if tail > 999 else first // 100 * 100 + tail
        return When(first, span=match.span(), last_year=last) if last - first in (1, 2) else None
    if pattern is _MONTH:
        return When(None, _month(next(part for part in match.groups() if part)), span=match.span())
    parts = match.groupdict()
    month = int(parts["month"]) if parts["month"].isdigit() else _month(parts["month"])
    year = int(parts["year"]) if parts.get("year") else None
    day = int(parts["day"]) if parts.get("day") else None
    return When(year, month, day, match.span()) if 1 <= month <= 12 and (day or 1) <= 31 else None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name[:3].lower()))


def figures(text: str) -> tuple[Figure, ...]:
    """Every amount of the text that is no part of a date, in order; halves, thirds and so on as percentages."""
    hidden = text
    for when in dates(text):
        start, end = when.span
        hidden = hidden[:start] + "\n" * (end - start) + hidden[end:]
    return tuple(sorted([*_fractions(hidden), *_amounts(_without_fractions(hidden))], key=lambda each: each.start))


def _fractions(text: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        top = (match["top"] or "").lower()
        if not top and match["part"].lower() in ("third", "quarter", "fifth"):
            continue  # "the third inspection", "each quarter"
        if top == "four":
            continue  # four quarters of a year
        value = Fraction(100 * _VALUE.get(top, 1), _PARTS[match["part"].lower()])
        yield Figure(value, "%", *match.span())


def _without_fractions(text: str) -> str:
    for figure in _fractions(text):
        text = text[: figure.start] + "\n" * (figure.end - figure.start) + text[figure.end :]
    return text


def _amounts(text: str) -> Iterator[Figure]:
    for match in _AMOUNT.finditer(text):
        spelled = match["words"]
        if (
            spelled
            and spelled.lower() == "one"
            and (
                _NOT_COUNTING.search(text[: match.start()])
                or not (
                    match["unit"] or _COUNTED.match(text[match.end() :]) or re.match(r"\s+in\s+\w", text[match.end() :])
                )
            )
        ):
            continue  # the pronoun
        value = _spelled_value(spelled) if spelled else Fraction(match["digits"].replace(",", "").rstrip("."))
        scale = match["scale"]
        value *= _SCALE[scale.lower()] if scale else 1
        unit = _unit(match["unit"]) if match["unit"] else ""
        if not unit and (following := _RANGE.match(text[match.end() :])):
            unit = _unit(following["unit"])  # "10 to 15 minutes"
        yield Figure(value, "£" if match["pound"] else unit, *match.span())


def _spelled_value(words: str) -> Fraction:
    total, group = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _VALUE:
            group += _VALUE[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _SCALE:
            total, group = total + max(group, 1) * _SCALE[word], 0
    return Fraction(total + group)


def _unit(word: str) -> str:
    lowered = word.lower()
    if lowered in ("%", "percent") or lowered.startswith("per"):
        return "percentage points" if "point" in lowered else "%"
    if lowered.startswith("pound"):
        return "£"
    return {"min": "minute", "km": "kilometre"}.get(lowered.rstrip("s"), lowered.rstrip("s"))
