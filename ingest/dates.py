"""Dates as reports print them.

Owns turning "22nd March 2018", "22/03/2018", "18 JUNE 2019" and "April 2022" into ISO. Leaves choosing which date is
the document's own to `metadata`.
"""

import re
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = (
    r"(?P<month>"
    + "|".join(f"{name[:3]}(?:{name[3:]}|{name[3:4]})?" if len(name) > 3 else name for name in MONTHS)
    + r")"
)
DAY_MONTH_YEAR = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
MONTH_YEAR = re.compile(rf"\b{_MONTH}\.?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
SLASHED = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)\b")
ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")


def iso_date(text: str) -> str | None:
    """The first date in `text` as ISO ("2018-03-22", or "2022-04" where no day is given); None where there is none.

    Days come before months, as in Britain; a date that cannot be is passed over.
    """
    found: list[tuple[int, str]] = []
    for pattern in (DAY_MONTH_YEAR, SLASHED, ISO, MONTH_YEAR):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            named = not parts["month"].isdigit()
            month = _month_number(parts["month"]) if named else int(parts["month"])
            value = _checked(int(parts["year"]), month, int(parts["day"]) if parts.get("day") else None)
            if value is not None:
                found.append((match.start(), value))
                break
    return min(found, key=lambda pair: (pair[0], -len(pair[1])))[1] if found else None


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name[:3].lower()))


def _checked(year: int, month: int, day: int | None) -> str | None:
    try:
        found = date(year, month, day or 1)
    except ValueError:
        return None
    return found.isoformat() if day else found.isoformat()[:7]


def spoken(iso: str) -> str:
    """An ISO date as a reader says it: "22 March 2018", "April 2022", "2015"."""
    year, *rest = iso.split("-")
    words = [year]
    if rest:
        words.insert(0, MONTHS[int(rest[0]) - 1].capitalize())
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)
