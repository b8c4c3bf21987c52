"""What a question may be answered from: a body, documents, a period, and a date after which nothing counts.

Owns which documents and entries a scope allows, and the complaint when it names something that is not loaded. Leaves
what the question itself says about body and period to `question`.
"""

import calendar
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from errors import ScopeError
from ingest.dates import iso_date, spoken
from ingest.document import Document, Paragraph

_SUFFIX = re.compile(
    r"\s+(?:police(?: service| force)?|constabulary|fire (?:and|&) rescue(?: service| authority)?|fire service|force)$",
    re.I,
)
_PERIOD = re.compile(r"((?:19|20)\d\d)(?:\s?[/–-]\s?(\d{4}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class Scope:
    """What to answer from. `None` or empty: no limit of that sort."""

    body: str | None = None  # "Northmoor Police", or "northmoor"
    documents: tuple[str, ...] = ()  # ids, file names or titles
    period: str | None = None  # "2016", "2021/22"; a year means the periods that hold it
    as_of: str | None = None  # ISO day, or a month or year for its last day; later documents and entries are left out

    @property
    def is_open(self) -> bool:
        """Nothing is left out."""
        return self == EVERYTHING


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a scope leaves of the loaded documents."""

    documents: tuple[Document, ...]  # in their order; one with dated entries is cut at the date
    later: tuple[Document, ...]  # left out, or cut, because of `as_of` or a month
    is_everything: bool = False


def allowed(scope: Scope, documents: Sequence[Document]) -> Allowed:
    """The documents that the scope allows.

    Raises:
        ScopeError: it names a body, document, period or date that is not loaded or cannot be read, or nothing is left.
    """
    if scope.is_open:
        return Allowed(tuple(documents), (), is_everything=True)
    kept: Sequence[Document] = documents
    if scope.body is not None:
        kept = _of_body(scope.body, kept)
    if scope.documents:
        kept = _named(scope.documents, kept, documents)
    if scope.period is not None:
        kept = _of_period(scope.period, kept)
    if scope.as_of is None:
        return Allowed(tuple(kept), ())
    day = last_day(scope.as_of)
    cut = [_until(document, day) for document in kept]
    later = tuple(before for before, after in zip(kept, cut, strict=True) if after is not before)
    left = tuple(document for document in cut if document is not None)
    if not left:
        first = min((published(document), document.metadata.title) for document in kept)
        raise ScopeError(
            "as_of", scope.as_of, f"No document is as old as that; the oldest is of {spoken(first[0])} ({first[1]})."
        )
    return Allowed(left, later)


def as_of_note(scope: Scope, later: Sequence[Document], named: Sequence[str]) -> str:
    """ "As of 1 January 2019: two later documents were left out (…)." `named` are the documents as a reader knows them."""
    if scope.as_of is None:
        return ""
    when = f"As of {spoken(scope.as_of)}"
    if not later:
        return f"{when}: no document had to be left out."
    one = len(later) == 1
    return f"{when}: {_count(len(later))} later document{'' if one else 's'} {'was' if one else 'were'} left out or cut short ({'; '.join(named)})."


def short_name(body: str) -> str:
    """A body's name without "Police", "Constabulary" and the like, in lower case: "northmoor"."""
    return _SUFFIX.sub("", body.strip()).strip().lower()


def published(document: Document) -> str:
    """The last day on which a document can have appeared, as ISO; without a date, the end of its period; "" when it
    has neither."""
    metadata = document.metadata
    if metadata.date:
        return last_day(metadata.date)
    return f"{max(metadata.years)}-12-31" if metadata.years else ""


def last_day(text: str) -> str:
    """The day, or the last day of the month or year, as ISO: "2018-02" is "2018-02-28".

    Raises:
        ScopeError: it is no date.
    """
    wanted = text.strip()
    year_alone = re.fullmatch(r"(?:19|20)\d\d", wanted)
    iso = wanted if re.fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", wanted) else iso_date(wanted)
    if year_alone:
        return f"{wanted}-12-31"
    if iso is None:
        raise ScopeError("as_of", text, "Write a date as 2019-01-31, 2019-01 or 2019.")
    if len(iso) == 7:
        return f"{iso}-{calendar.monthrange(int(iso[:4]), int(iso[5:]))[1]:02}"
    return iso


def period_years(text: str) -> frozenset[int]:
    """The years that "2016" or "2021/22" names; empty when it is no period."""
    match = _PERIOD.fullmatch(text.strip())
    if not match:
        return frozenset()
    first, last = int(match[1]), match[2] or match[1]
    return frozenset({first, int(last) if len(last) == 4 else first // 100 * 100 + int(last)})


def _of_body(body: str, documents: Sequence[Document]) -> Sequence[Document]:
    kept = [item for item in documents if item.metadata.body and short_name(item.metadata.body) == short_name(body)]
    if not kept:
        loaded = _listed(item.metadata.body for item in documents if item.metadata.body)
        raise ScopeError("body", body, f"The documents here are about {loaded or 'no body that they name'}.")
    return kept


def _named(names: Sequence[str], within: Sequence[Document], documents: Sequence[Document]) -> Sequence[Document]:
    known = {name: item.id for item in documents for name in (item.metadata.title, item.source, item.id)}
    for name in names:
        if name not in known:
            raise ScopeError("document", name, f"The documents here are {_listed(item.id for item in documents)}.")
    wanted = {known[name] for name in names}
    kept = [item for item in within if item.id in wanted]
    if not kept:
        raise ScopeError("document", ", ".join(names), "It is not about the body that is also asked for.")
    return kept


def _of_period(period: str, documents: Sequence[Document]) -> Sequence[Document]:
    years = period_years(period)
    kept = [item for item in documents if item.metadata.period and years & period_years(item.metadata.period)]
    kept = kept or [item for item in documents if years & item.metadata.years]
    if not kept:
        loaded = _listed(item.metadata.period or item.metadata.date for item in documents)
        raise ScopeError("period", period, f"The documents here are of {loaded or 'no period that they name'}.")
    return kept


def of_months(left: Allowed, months: Collection[str]) -> Allowed:
    """Of each document with an entry dated in one of these months ("2018-09") only such entries, and what is not dated; the
    same when there is nothing to leave out."""
    cut = tuple(_in_months(document, months) for document in left.documents)
    changed = tuple(before for before, after in zip(left.documents, cut, strict=True) if after is not before)
    return replace(left, documents=cut, later=(*left.later, *changed), is_everything=False) if changed else left


def _in_months(document: Document, months: Collection[str]) -> Document:
    def is_of(item: Paragraph) -> bool:
        return item.dated is not None and item.dated[:7] in months

    kept = tuple(item for item in document.paragraphs if not item.dated or is_of(item))
    is_cut = len(kept) < len(document.paragraphs) and any(map(is_of, kept))
    return replace(document, paragraphs=kept) if is_cut else document


def _until(document: Document, day: str) -> Document | None:
    """The document as it stood on that day: the same, or without its later entries; None when there was none yet."""
    if published(document) <= day:
        return document
    entries = [item.dated for item in document.paragraphs if item.dated]
    if not entries or min(entries) > day:
        return None
    kept = tuple(item for item in document.paragraphs if not item.dated or item.dated <= day)
    date = max(item for item in entries if item <= day)
    return replace(document, paragraphs=kept, metadata=replace(document.metadata, date=date))


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(sorted({name for name in names if name}))


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)
