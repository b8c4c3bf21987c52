"""Dates as reports print them, and the times that they only speak of.

Owns turning "22nd March 2018", "22/03/2018", "18 JUNE 2019" and "April 2022" into ISO, and "last year", "January this
year", "the 12 months to 30 June 2015" into intervals. Leaves choosing which date is the document's own to `metadata`.
"""

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.document import Document, DocumentKind, Span

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


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time that a text names: ISO days, both included, and where the words stand in that text."""

    start: str
    end: str
    span: Span


_M = "(?:" + "|".join(f"{name}|{name[:3]}\\.?|sept\\.?" if name == "september" else f"{name}|{name[:3]}\\.?" for name in MONTHS) + ")"  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the month it begins with; each lasts three
_S = "(?:spring|summer|autumn|winter)"
_Y = r"(?:19|20)\d\d"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_DASH = r"\s*(?:–|-|—|\bto\b|\band\b|\buntil\b)\s*"
_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
} | {"a": 1, "an": 1, "eighteen": 18, "twenty-four": 24}
_N = "(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r"|\d{1,2})"
_INSPECTION = r"(?:assessment|inspection|judge?ment|report|grad(?:e|ing)|rating)"
_Match = re.Match[str]
_Days = tuple[date, date]


def resolve(text: str, dated: str | None = None, period: str | None = None) -> tuple[Interval, ...]:
    """Every time that `text` names, in order, without overlaps; relative ones counted from the document's own time.

    Args:
        dated: the document's date, ISO with or without a day. Without it "two years ago" and the like are left out.
        period: the years of the inspection, "2017" or "2021/22", where an inspectorate writes of its own inspection:
            its "last year's assessment" is the one before that period, although it prints the report a year later.

    A season is three months ("autumn" is September to November); "2018/19" is a financial year, April to March; "this
    autumn" is in the document's year; "last March" the latest March before its month.
    """
    anchor = _days(dated)[1] if dated else None
    year = int(period[:4]) if period else (anchor.year if anchor else None)
    found: list[Interval] = []
    for pattern, days in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < other.span[1] and other.span[0] < match.end() for other in found):
                continue
            try:
                first, last = days(match, anchor, year)
            except (ValueError, TypeError, OverflowError):
                continue  # a date that cannot be ("31 June"), or a relative one without a document date
            if first <= last:
                found.append(Interval(first.isoformat(), last.isoformat(), match.span()))
    return tuple(sorted(found, key=lambda interval: interval.span))


def resolve_in(document: Document, text: str) -> tuple[Interval, ...]:
    """`resolve`, counted from this document: a panel paper or response from its date, a report of inspectors from its
    inspection too."""
    metadata = document.metadata
    is_own = metadata.kind in (DocumentKind.INSPECTION_REPORT, DocumentKind.TRACKER_ENTRY)
    return resolve(text, metadata.date, metadata.period if is_own else None)


def inspection_meant(year: int, documents: Sequence[Document]) -> str | None:
    """The inspection period that "the 2018 grading" means among these documents; None where they do not say.

    A period that holds the year counts first. Without one it is the period of the reports published in that year,
    where these have one period only: a grading published in 2018 is of the inspection of 2017.
    """
    kinds = (DocumentKind.INSPECTION_REPORT, DocumentKind.TRACKER_ENTRY, DocumentKind.DIGEST)
    reports = [document.metadata for document in documents if document.metadata.kind in kinds]
    held = {each.period for each in reports if each.period and year in _years(each.period)}
    published = {each.period for each in reports if each.period and (each.date or "")[:4] == str(year)}
    meant = held or published
    return next(iter(meant)) if len(meant) == 1 else None


def _years(period: str) -> set[int]:
    first, _, tail = period.partition("/")
    last = int(first[: 4 - len(tail)] + tail) if tail else int(first)
    return set(range(int(first), last + 1))


def _days(iso: str) -> _Days:
    """First and last day of "2018", "2018-03" or "2018-03-22"."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    return (date(parts[0], 1, 1), date(parts[0], 12, 31)) if len(parts) == 1 else _month(parts[0], parts[1])


def _month(year: int, month: int) -> _Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _season(year: int, name: str) -> _Days:
    first = _SEASONS[name.lower()]
    return date(year, first, 1), _month(year + (first == 12), (first + 1) % 12 + 1)[1]


def _whole_year(year: int) -> _Days:
    return date(year, 1, 1), date(year, 12, 31)


def _back(last: date, months: int) -> date:
    """The day after the same day `months` earlier, so that the stretch holds just that many months."""
    month = last.year * 12 + last.month - 1 - months
    year, month = divmod(month, 12)
    same = min(last.day, calendar.monthrange(year, month + 1)[1])
    is_end = last.day == calendar.monthrange(last.year, last.month)[1]
    same = calendar.monthrange(year, month + 1)[1] if is_end else same
    return date(year, month + 1, same) + timedelta(days=1)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word.lower()]


def _printed(text: str, year: str | None = None, month: str | None = None) -> _Days:
    """A printed day or month, completed with the year or month that only the end of a range prints."""
    number = re.match(r"\d{1,2}(?!\d)", text)
    name = re.search(_M, text, re.I)
    printed_year = re.search(_Y, text)
    years = int(printed_year[0] if printed_year else year or "")
    months = _month_number(name[0] if name else month or "")
    return (date(years, months, int(number[0])),) * 2 if number else _month(years, months)


def _range(match: _Match, *_: object) -> _Days:
    last = match["last"]
    month, year = re.search(_M, last, re.I), re.search(_Y, last)
    begin = _printed(match["first"], year and year[0], month and month[0])[0]
    return begin, _printed(last)[1]


def _ago(match: _Match, anchor: date | None, _: object) -> _Days:
    if anchor is None:
        raise ValueError(match[0])
    count = _count(match["n"])
    if match["unit"].lower().startswith("year"):
        return _whole_year(anchor.year - count)
    month = anchor.year * 12 + anchor.month - 1 - count
    return _month(month // 12, month % 12 + 1)


def _past(match: _Match, anchor: date | None, _: object) -> _Days:
    if anchor is None:
        raise ValueError(match[0])
    months = _count(match["n"]) * (12 if match["unit"].lower().startswith("year") else 1)
    return _back(anchor, months), anchor


def _past_year(match: _Match, anchor: date | None, _: object) -> _Days:
    if anchor is None:
        raise ValueError(match[0])
    return _back(anchor, 12), anchor


def _months_to(match: _Match, *_: object) -> _Days:
    last = _printed(match["last"])[1]
    return _back(last, _count(match["n"]) * (12 if match["unit"].lower().startswith("year") else 1)), last


def _named(match: _Match, anchor: date | None, _: object) -> _Days:
    """A month or season with "this", "last" or "next"."""
    if anchor is None:
        raise ValueError(match[0])
    name, which = match["name"], match["which"].lower()
    in_year: Callable[[int], _Days] = (
        (lambda year: _season(year, name))
        if name.lower() in _SEASONS
        else (lambda year: _month(year, _month_number(name)))
    )
    if "year" in match[0].lower():
        return in_year(anchor.year + {"this": 0, "last": -1, "next": 1}[which])
    if which == "last":
        return next(days for days in map(in_year, range(anchor.year, 0, -1)) if days[1] < anchor.replace(day=1))
    if which == "next":
        return next(days for days in map(in_year, range(anchor.year, 9999)) if days[0] > anchor)
    return in_year(anchor.year)


def _year_of(match: _Match, anchor: date | None, year: int | None) -> _Days:
    """ "last year", "this year's"; counted from the inspection where it is about one."""
    is_inspection = match["inspection"] is not None
    base = year if is_inspection else (anchor.year if anchor else None)
    if base is None:
        raise ValueError(match[0])
    return _whole_year(base + {"this": 0, "current": 0, "next": 1}.get(match["which"].lower(), -1))


def _financial(match: _Match, *_: object) -> _Days:
    first = int(match["first"])
    tail = match["last"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if last != first + 1:
        raise ValueError(match[0])
    return date(first, 4, 1), date(last, 3, 31)


def _rules() -> Iterator[tuple[str, Callable[[_Match, date | None, int | None], _Days]]]:
    """Patterns from the most to the least particular; what one has taken the later ones leave alone."""
    yield (
        rf"\b(?P<n>{_N}) (?P<unit>months|years?) (?:to|ending|ended)(?: in| on)? (?P<last>(?:{_D} )?{_M} {_Y})\b",
        _months_to,
    )
    yield rf"\b(?P<first>{_D}(?: {_M})?(?: {_Y})?){_DASH}(?P<last>{_D} {_M} {_Y})\b", _range
    yield rf"\b(?P<first>{_M}(?: {_Y})?){_DASH}(?P<last>{_M} {_Y})\b", _range
    yield rf"\b(?P<last>{_D} {_M},? {_Y})\b", lambda match, *_: _printed(match["last"])
    yield rf"\b(?P<last>{_M},? {_Y})\b", lambda match, *_: _printed(match["last"])
    yield rf"\b(?P<name>{_S})(?: of)?,? (?P<year>{_Y})\b", lambda match, *_: _season(int(match["year"]), match["name"])
    yield rf"\b(?P<name>{_M}|{_S}) (?:of )?(?P<which>this|last|next) year\b", _named
    yield rf"\b(?P<which>this|last|next) (?P<name>{'|'.join(MONTHS)}|{_S})\b", _named
    yield rf"\b(?:past|last|previous|preceding) (?P<n>{_N}) (?P<unit>months|years)\b", _past
    yield r"\b(?:over|in|during|within) the (?:last|past) year\b(?![’'])", _past_year
    yield rf"\b(?P<n>{_N}) (?P<unit>years?|months?) (?:ago|earlier)\b", _ago
    yield r"\b(?P<first>(?:19|20)\d\d)\s?[/–-]\s?(?P<last>(?:20)?\d\d)\b(?!-)", _financial
    yield (
        rf"\b(?P<which>last|this|next|current|previous) year(?:[’']s)?(?P<inspection>(?:[’']s)? (?:\w+ ){{0,3}}?{_INSPECTION})?\b",
        _year_of,
    )
    yield rf"(?<![\w/£-])(?P<year>{_Y})(?![\w/%]|-\d|,\d)", lambda match, *_: _whole_year(int(match["year"]))


_RULES = tuple((re.compile(pattern, re.I), days) for pattern, days in _rules())
