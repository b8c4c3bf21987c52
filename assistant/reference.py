"""Which of the loaded documents a question means by "the last inspection", "PEEL 2017", "the tracker" or "in 2015".

Owns the words that refer to documents. Leaves bodies to `bodies`, and what to do when nothing answers to `steps`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.scope import published
from ingest.dates import resolve_in
from ingest.document import Document, DocumentKind

INSPECTIONS = (DocumentKind.INSPECTION_REPORT, DocumentKind.DIGEST)
YEARS = re.compile(r"\b((?:19|20)\d\d)(?!\d)(?:\s?[-/–]\s?(\d{4}|\d{2})(?!\d))?")
_YEAR = r"((?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?)"
_REPORT = r"(?:peel|inspection|report|grading|grades?|assessment)"
# "PEEL 2017", "the inspection of 2017", "the 2015 effectiveness report", "the April 2022 report"
REPORT_YEAR = re.compile(
    rf"\b(?:peel|inspection|report)\b[^\d,;:]{{0,12}}?\b{_YEAR}|\b{_YEAR}\s+(?:(?!tracker|panel)[a-z]+\s+){{0,2}}?{_REPORT}\b",
    re.I,
)
_INSPECTED = re.compile(r"\b(?:peel|inspection|grading|grades?|assessment)\b", re.I)
_LAST = re.compile(
    r"\b(?:last|latest|most recent|newest|current)\s+(?:hmic(?:frs)?\s+|peel\s+|police\s+)?(?:inspection|report|peel|grading|grades?)\b",
    re.I,
)
_PREVIOUS = re.compile(
    r"\b(?:previous|prior|earlier|preceding|penultimate|last but one)\s+(?:hmic(?:frs)?\s+|peel\s+|police\s+)?(?:inspection|report|peel|grading|grades?)\b"
    r"|\b(?:inspection|report) before (?:that|the (?:last|latest)|it|last)\b",
    re.I,
)
_FIRST = re.compile(r"\b(?:oldest|earliest|first)\s+(?:peel\s+)?(?:inspection|report)\b(?!\s+to\b)", re.I)
_NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_YEARS_BEFORE = re.compile(
    rf"\b({'|'.join(_NUMBERS)}|\d)\s+years?\s+(before|earlier|previously|prior|after|later)\b(?:\s+(?:to\s+)?(?:that|the)?\s*{_YEAR})?",
    re.I,
)
_KINDS = {
    DocumentKind.TRACKER_ENTRY: re.compile(r"\btracker\b", re.I),
    DocumentKind.PANEL_PAPER: re.compile(r"\bpanel(?:'s)? (?:paper|update|report)\b|\bpaper\b|\bupdate report\b", re.I),
}
_COMPARES = re.compile(
    r"\bsince\b|\bbetween\b.*\band\b|\bfrom\b.*\bto\b|\bchang|\bcompare|\bdiffer|\bversus\b|\bvs?\b|\bthan\b|\bbecome of\b|\bstill\b|\blater\b|\bby (?:the|20)|\bever\b|\bthen\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The documents a question means."""

    documents: frozenset[str]  # ids, of those named by report; empty when none is named or several are compared
    said: str = ""  # the question's words for them
    missing: frozenset[int] = frozenset()  # years of a report that is named and not loaded


NOWHERE = Reference(frozenset())


def years_in(text: str) -> frozenset[int]:
    """Every year named; "2021/22" and "2020-21" name two."""
    found = set()
    for match in YEARS.finditer(text):
        first = int(match[1])
        found.add(first)
        if match[2]:
            found.add(int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2]))
    return frozenset(found)


def resolve(text: str, documents: Sequence[Document]) -> Reference:
    """The report, tracker or paper that the question names, when it names exactly one.

    `documents` are those of the body asked about. A question that compares reports is not limited to one.
    """
    found: dict[frozenset[str], str] = {}
    missing: frozenset[int] = frozenset()
    for match in REPORT_YEAR.finditer(text):
        years = years_in(match[1] or match[2])
        meant = of_report(match, documents)
        if meant:
            found.setdefault(meant, match.group())
        else:
            missing |= years
    for pattern, place in ((_LAST, -1), (_PREVIOUS, -2), (_FIRST, 0)):
        match_of = pattern.search(text)
        inspections = inspections_in_order(documents)
        if match_of and len(inspections) >= (2 if place == -2 else 1):
            found.setdefault(inspections[place], match_of.group())
    for kind, pattern in _KINDS.items():
        match_of = pattern.search(text)
        if match_of:
            meant = of_kind(kind, documents)
            if meant:
                found.setdefault(meant, match_of.group())
    elsewhere = years_in(text) - {
        year for d in documents if any(d.id in ids for ids in found) for year in d.metadata.years
    }
    if len(found) != 1 or elsewhere or _COMPARES.search(text):
        return Reference(frozenset(), missing=missing if not found else frozenset())
    ((ids, said),) = found.items()
    return Reference(ids, said, missing)


def of_years(years: frozenset[int], documents: Sequence[Document]) -> frozenset[str]:
    """The documents of that inspection period; if there are none, those dated in it."""
    of_period = frozenset(d.id for d in documents if d.metadata.period and years & years_in(d.metadata.period))
    return of_period or frozenset(d.id for d in documents if d.metadata.date and int(d.metadata.date[:4]) in years)


def of_report(match: re.Match[str], documents: Sequence[Document]) -> frozenset[str]:
    """The documents that a match of `REPORT_YEAR` means.

    A paper that is only dated in the year of an inspection is no report of it: "the 2019 inspection" is not the panel
    paper of 2019 on the inspection of 2017.
    """
    years = years_in(match[1] or match[2])
    if _INSPECTED.search(match.group()):
        documents = [
            document
            for document in documents
            if document.metadata.kind is not DocumentKind.PANEL_PAPER
            or years & years_in(document.metadata.period or "")
        ]
    return of_years(years, documents)


def years_said(text: str, document: Document) -> frozenset[int]:
    """The years that words of a document name, or mean: "January this year" in a paper of 2019 is of 2019."""
    meant = (int(day[:4]) for time in resolve_in(document, text) for day in (time.start, time.end))
    return years_in(text) | frozenset(meant)


def named_kinds(text: str, documents: Sequence[Document]) -> tuple[frozenset[str], ...]:
    """Of each kind by which the text calls a document ("the tracker", "the panel paper"), the documents."""
    return tuple(of_kind(kind, documents) for kind, pattern in _KINDS.items() if pattern.search(text))


def of_kind(kind: DocumentKind, documents: Sequence[Document]) -> frozenset[str]:
    """Documents of a kind; where there are none, digests whose title says that they are of one."""
    of = frozenset(document.id for document in documents if document.metadata.kind is kind)
    return of or frozenset(
        document.id
        for document in documents
        if document.metadata.kind is DocumentKind.DIGEST and kind.value.split()[0] in document.metadata.title.lower()
    )


def inspections_in_order(documents: Sequence[Document]) -> tuple[frozenset[str], ...]:
    """The inspections that the documents report, oldest first: the reports of one period are one inspection."""
    reports = [document for document in documents if document.metadata.kind in INSPECTIONS and document.metadata.years]
    others = of_kind(DocumentKind.TRACKER_ENTRY, reports) | of_kind(DocumentKind.PANEL_PAPER, reports)
    by_period: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    for document in reports:
        if document.id not in others:
            key = document.metadata.period or published(document)[:4]
            by_period.setdefault(key, set()).add(document.id)
            first[key] = min(published(document), first.get(key, "9"))
    return tuple(frozenset(by_period[key]) for key in sorted(by_period, key=lambda key: first[key]))


def relative_years(text: str, documents: Sequence[Document]) -> str:
    """The text with "two years before (2017)" made a year: "in 2015". Without a year beside it, the newest inspection's.

    The words stay as they are when there is nothing to count from.
    """

    def year_of(match: re.Match[str]) -> str:
        number = _NUMBERS.get(match[1].lower()) or int(match[1])
        named = years_in(match[3] or "") or years_in(text[: match.start()])
        inspections = inspections_in_order(documents)
        newest = [d for d in documents if inspections and d.id in inspections[-1]]
        start = min(named or years_in(newest[0].metadata.period or "") if newest or named else (), default=None)
        if start is None:
            return match.group()
        is_before = match[2].lower() in ("before", "earlier", "previously", "prior")
        return f"in {start - number if is_before else start + number}"

    return _YEARS_BEFORE.sub(year_of, text)
