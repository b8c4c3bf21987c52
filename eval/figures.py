"""Whether the number an answer gives is the right one: value, unit and period.

Owns reading figures from text and comparing them. Leaves which words are an answer to `outcome`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_TO_TWENTY = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty"
)
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_WORDS = {word: value for value, word in enumerate(_TO_TWENTY.split("|"))} | _TENS
_SCALE = {"m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9, "k": 10**3, "thousand": 10**3}
_UNITS = {
    "percent": r"%|per\s?cent(?:age points?)?",
    "second": r"[-\s]?seconds?",
    "minute": r"[-\s]?minutes?",
    "hour": r"[-\s]?hours?",
    "day": r"[-\s]?days?",
    "week": r"[-\s]?weeks?",
    "month": r"[-\s]?months?",
    "year": r"[-\s]?years?",
    "times": r"\s?times",
}
_FIGURE = re.compile(
    r"(?P<pound>£\s?)?(?<![\w.,/–-])(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<word>\b(?:" + "|".join(_WORDS) + r")\b))"
    r"(?:\s?(?P<scale>million|billion|thousand|bn|m|k)\b)?"
    r"(?:\s?(?:" + "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in _UNITS.items()) + r")(?!\w))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AFTER_DATE = re.compile(r"\s?(?:[/–-]\s?\d\d|january|february|march|april|may|june|july|august|september|october|november|december)", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a text gives it: £1.5m is 1500000 of "pound", 14 officers is 14 of "" (a count)."""

    value: Decimal
    unit: str
    start: int
    end: int

    def equals(self, other: "Amount") -> bool:
        """Same value and same unit; a count is never a share or an amount of money."""
        return self.value == other.value and self.unit == other.unit


def amounts(text: str) -> tuple[Amount, ...]:
    """The figures of a text, in order. Years, and days of dates, are no figures."""
    found = []
    for match in _FIGURE.finditer(text):
        pound, unit = match["pound"], next((name for name in _UNITS if match[name]), "")
        bare = not pound and not unit and not match["scale"]
        digits = (match["digits"] or "").rstrip(",")
        if bare and (_YEAR.fullmatch(digits) or (digits and _AFTER_DATE.match(text, match.end()))):
            continue
        value = Decimal(digits.replace(",", "")) if digits else Decimal(_WORDS[match["word"].lower()])
        value *= _SCALE.get((match["scale"] or "").lower(), 1)
        found.append(Amount(value, "pound" if pound else unit, match.start(), match.end()))
    return tuple(found)


def required_amounts(answer: str, must: Sequence[Sequence[re.Pattern[str]]]) -> tuple[Amount, ...]:
    """The figures of the gold answer that a required fact points at: those its pattern matches some part of."""
    spans = [match.span() for group in must for pattern in group for match in pattern.finditer(answer)]
    return tuple(each for each in amounts(answer) if any(start < each.end and each.start < end for start, end in spans))


def has_amounts(required: Sequence[Amount], statements: Sequence[tuple[str, bool]], whole_answer: str) -> bool | None:
    """Every required figure is said with its unit in a statement that rests on the right period.

    Args:
        required: from `required_amounts`; when it is empty there is nothing to judge and the result is None.
        statements: each statement's words, and whether a document of the gold evidence is cited for it. That is how
            the period is judged: 14 officers out of another year's report is not the figure asked for.
        whole_answer: the words as shown, in which a lead-in may carry the unit ("percent" as a table's head). A bare
            number in a right statement counts when the whole answer gives the same value with the unit.
    """
    if not required:
        return None
    said = [each for text, is_right in statements if is_right for each in amounts(text)]
    shown = amounts(whole_answer)
    return all(
        any(each.equals(wanted) for each in said)
        or (
            any(each.value == wanted.value and not each.unit for each in said)
            and any(each.equals(wanted) for each in shown)
        )
        for wanted in required
    )
