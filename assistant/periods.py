"""The periods a question asks about: those it names, or every one when it asks how something has gone on.

Owns the words that name a year, a month, the latest inspection, or all of them. Leaves the one report that is named to
`reference`.
"""

import re
from collections.abc import Collection, Sequence

from assistant.reference import (
    REPORT_YEAR,
    YEARS,
    inspections_in_order,
    named_kinds,
    of_report,
    of_years,
    years_in,
)
from ingest.dates import MONTHS
from ingest.document import Document

MONTH = "(?:" + "|".join(f"{month[:3]}(?:t?\\.?|{month[3:]})" if len(month) > 3 else month for month in MONTHS) + ")"
REPORT_NOUN = (
    r"(?:peel|effectiveness|efficiency|legitimacy|integrated|hmic(?:frs)?|police|inspection|inspectors['’]?|report|"
    r"panel|paper|update|tracker|entry|findings?|review|files|outcomes|table|one)"
)
YEAR_TEXT = r"(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?"
LATEST = re.compile(
    r"\b(?:last|latest|most recent|newest|current)\s+(?:\w+\s+)?(?:inspection|report|peel|one)\b|\bnow(?:adays)?\b|\bcurrently\b|\bthese days\b",
    re.I,
)
# A question about an earlier finding that also asks what came of it is about the newest inspection too.
_SINCE = re.compile(
    r"\bever\b|\bstill\b|\bsince then\b|\bhappen(?:ed)?\b|\bbec[ao]me of\b|\bsince\W*$|\bany (?:better|worse)\b|\bput right\b|\bfixed\b",
    re.I,
)
# "Since 2015" is about then and now; "since the 2015 report" says which report is meant.
_SINCE_YEAR = re.compile(rf"\b(?:since|after)\s+{YEAR_TEXT}(?!\s*(?:{REPORT_NOUN}))", re.I)
# "Why was it still ... in June 2019?", "is it still ..., as of June 2019?" ask about then.
_STILL_THEN = re.compile(r"\b(?:was|were|had|did)\b[^?.]{0,40}\bstill\b(?!.*\bnow\b)|\bas (?:of|at)\b", re.I)
_MONTH_BEFORE = re.compile(rf"\b(?P<month>{MONTH})\s*$", re.I)
# "Is it still a problem?", "has it got better?": about every inspection, though none is named. Only what is asked of the
# present: "why was it still ..." is about a report that has to be named.
_GOES_ON = re.compile(
    r"^\W*(?:so |and |but )?(?:is|are|does|do|has|have|isn't|aren't|doesn't|don't|hasn't|haven't)\b.*"
    r"\b(?:still|any longer|no longer|any more|anymore|these days|nowadays)\b",
    re.I,
)
_HAS_MOVED = re.compile(
    r"^\W*(?:so |and |but )?(?:(?:has|have)\b.*\b(?:improved|changed|worsened|(?:got|gotten|become) (?:any )?(?:better|worse))\b"
    r"|.*\bnow\b.*\b(?:compared (?:with|to)|than|used to|the days of|back then)\b"
    r"|how (?:has|have)\b.*\b(?:changed|improved|developed|moved|evolved|gone)\b|(?:is|are)\b.*\b(?:any )?(?:better|worse)\b.*\bthan\b)",
    re.I,
)
MOST_INSPECTIONS = 5  # of one body, that one answer can set side by side


def periods_in(text: str, documents: Sequence[Document]) -> tuple[frozenset[str], ...]:
    """For each year or report asked about, the documents it can mean, oldest first; years of no document are left out.

    A month and year mean the documents dated in that month, or with entries of it: once for each such month. A year means
    the documents of that inspection period, and only if there are none those dated in it; without those that another
    month or year of the question means alone. A tracker or paper that is named besides is asked about too.
    """
    found: dict[str, frozenset[str]] = {}
    reports = {place: match for match in REPORT_YEAR.finditer(text) for place in range(*match.span())}
    for match in YEARS.finditer(text):
        report = reports.get(match.start())
        month = _month_of(text[: match.start()], match[1])
        meant = _of_month(month, documents)
        meant = meant or (of_report(report, documents) if report else of_years(years_in(match.group()), documents))
        if meant:
            entries = month if has_entries(month, meant, documents) else ""
            found.setdefault(",".join((*sorted(meant), entries)), meant)
    is_since = (len(found) == 1 and _SINCE.search(text) and not _STILL_THEN.search(text)) or _SINCE_YEAR.search(text)
    if found and (LATEST.search(text) or is_since):
        latest = _newest(documents)
        found.setdefault(",".join(sorted(latest)), latest)
    kinds = named_kinds(text, documents)
    for named in kinds if found or len(kinds) > 1 else ():
        if named and not any(named & ids for ids in found.values()):
            found[",".join(sorted(named))] = named
    order = {document.id: document.metadata.date or document.metadata.period or "" for document in documents}
    return tuple(sorted(_apart(found.values()), key=lambda ids: min(order[key] for key in ids)))


def latest_in(text: str, documents: Sequence[Document]) -> tuple[frozenset[str], ...]:
    """The newest report, where the text names it ("how is it now?"); else empty."""
    return (_newest(documents),) if LATEST.search(text) else ()


def _newest(documents: Sequence[Document]) -> frozenset[str]:
    newest = max((d.metadata.date or d.metadata.period or "" for d in documents), default="")
    return frozenset(d.id for d in documents if (d.metadata.date or d.metadata.period or "") == newest)


def every_period(text: str, documents: Sequence[Document]) -> tuple[frozenset[str], ...]:
    """Every inspection, oldest first, for a question that names none and asks how something has gone on; else empty.

    Papers and trackers too, when it asks whether something is still so.
    """
    inspections = inspections_in_order(documents)
    if years_in(text) or not 1 < len(inspections) <= MOST_INSPECTIONS:
        return ()
    if asks_whether_still(text):
        others = [frozenset((d.id,)) for d in documents if not any(d.id in ids for ids in inspections)]
        order = {d.id: d.metadata.date or d.metadata.period or "" for d in documents}
        return tuple(sorted([*inspections, *others], key=lambda ids: min(order[key] for key in ids)))
    return inspections if _HAS_MOVED.search(text) else ()


def asks_whether_still(text: str) -> bool:
    """Whether the present is asked about, in the light of what was: the newest report that speaks of it answers."""
    return _GOES_ON.search(text) is not None


def _apart(periods: Collection[frozenset[str]]) -> list[frozenset[str]]:
    """The periods, each without the documents that another of them consists of."""
    return [
        period - frozenset[str]().union(*(other for other in periods if other < period)) or period for period in periods
    ]


def months_in(text: str) -> tuple[str, ...]:
    """The months named with their year, as "2018-09", in the order of the text."""
    named = (_month_of(text[: match.start()], match[1]) for match in YEARS.finditer(text))
    return tuple(dict.fromkeys(month for month in named if month))


def has_entries(month: str, ids: Collection[str], documents: Sequence[Document]) -> bool:
    """Whether one of these documents has an entry dated in that month."""
    asked = [document for document in documents if month and document.id in ids]
    return any((item.dated or "").startswith(month) for document in asked for item in document.paragraphs)


def _month_of(before: str, year: str) -> str:
    """The year and the month that ends the text before it; "" where no month does."""
    match = _MONTH_BEFORE.search(before)
    if match is None:
        return ""
    number = next(place for place, name in enumerate(MONTHS, start=1) if name.startswith(match["month"][:3].lower()))
    return f"{year}-{number:02}"


def _of_month(month: str, documents: Sequence[Document]) -> frozenset[str]:
    """The documents dated in that month; where there are none, those with an entry of that month."""
    dated = frozenset(d.id for d in documents if month and (d.metadata.date or "").startswith(month))
    return dated or frozenset(d.id for d in documents if has_entries(month, (d.id,), documents))
