"""Questions about the documents themselves: when one was published, by whom, who signed it, when its fieldwork was, whom
to contact, and which documents there are.

Owns telling such a question from one about what the documents report, and the paragraphs that answer it. Leaves reading
title, date and publisher to `ingest.metadata`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Reason
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.render import describe_document
from assistant.selection import Chosen, Shortfall, in_date_order, whole
from index.tokens import content_stems
from ingest.dates import MONTHS
from ingest.document import Document, Kind, Paragraph
from ingest.sentences import sentence_spans

_DOCUMENT = r"(?:reports?|papers?|documents?|tracker|inspections?|peel|update|publications?|files?)"
_NAME = r"[A-Z][a-z'’-]+(?: [A-Z][a-z'’.-]*){1,3}"
# "Ann Example, HM Inspector of Constabulary": a name and an office, and nothing said.
_SIGNATURE = re.compile(
    rf"^(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Councillor|Cllr)\.? )?{_NAME},? (?:[\w’'&-]+,? ){{0,8}}?"
    r"(?:[Ii]nspector|[Cc]hief|[Cc]onstable|[Cc]ommissioner|[Dd]irector|[Cc]hair(?:man|woman|person)?|[Mm]anager|[Oo]fficer|[Ss]ecretary)\b"
)
_SIGNATURE_WORDS = 16
_HAPPENED = r"(?:carried|take|took|done|happen|finish|end|conclud|conclude|complet|start|beg[aiu]n|over|wrap)\w*"
# "our inspection, which concluded in September 2021", "the two-week onsite inspection which took place in January this year"
_HELD_WHEN = re.compile(
    r"\b(?:(?:our|the|its|this|onsite|on-site) (?:[\w-]+ ){0,2}?inspection|fieldwork)\b[^.;:]{0,40}?"
    r"\b(?:conclud|end|finish|complet|began|begun|start|commenc|took place|carried out|conducted|held)\w*\b[^.;:]{0,30}?"
    rf"(?:\b(?:19|20)\d\d\b|\b(?:{'|'.join(MONTHS)})\b)",
    re.I,
)
_REACHED_AT = re.compile(r"@\w|\b(?:tel|telephone|phone|e-?mail)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Detail:
    """One thing a document says of itself."""

    asked: re.Pattern[str]
    said_in: Callable[[Document], list[Chosen]]
    missing: str  # of the documents that do not say it: "give no date"


def of_the_document(question: Question, holdings: Holdings) -> tuple[Chosen, ...] | Shortfall | None:
    """The lines of the documents asked about that say it, or that none does; None when the question is about something
    else."""
    detail = next((detail for detail in _DETAILS if detail.asked.search(question.query.text)), None)
    if detail is None or {stem for stem in content_stems(question.query.subject) if stem.isalpha()} - _general():
        return None
    documents = _meant(question, holdings)
    chosen = [item for document in documents for item in detail.said_in(document)]
    if chosen:
        return in_date_order(chosen)
    names = " and ".join(dict.fromkeys(describe_document(document) for document in documents))
    return Shortfall(Reason.NOTHING_RELEVANT, f"The text of {names} {detail.missing}.")


def _meant(question: Question, holdings: Holdings) -> tuple[Document, ...]:
    """The documents named by report or year; else the newest inspection where it is asked about, else all."""
    named = question.reference.documents or question.in_periods
    return tuple(document for document in holdings.documents if not named or document.id in named)


def _line(document: Document, field: str) -> list[Chosen]:
    """The paragraph that a field of the metadata was read from, furniture or heading as it may be."""
    span = document.metadata.span(field)
    if span is None:
        return []
    holding = [paragraph for paragraph in document.paragraphs if paragraph.start <= span[0] < paragraph.end]
    return [whole(paragraph, document) for paragraph in holding[:1]]


def _fieldwork(document: Document) -> list[Chosen]:
    """The line that gives the dates of the fieldwork, else the sentences that say when the inspection was."""
    return _line(document, "fieldwork") or [
        Chosen(paragraph, document, (span,))
        for paragraph in document.citable()
        for span in sentence_spans(paragraph.text)
        if _HELD_WHEN.search(paragraph.text[slice(*span)])
    ]


def _first_heading(document: Document) -> list[Chosen]:
    return [whole(item, document) for item in document.paragraphs if item.kind is Kind.HEADING][:1]


def _signed(document: Document) -> list[Chosen]:
    return [whole(paragraph, document) for paragraph in _signatures(document) if not _REACHED_AT.search(paragraph.text)]


def _contacts(document: Document) -> list[Chosen]:
    return [whole(paragraph, document) for paragraph in _signatures(document) if _REACHED_AT.search(paragraph.text)]


def _signatures(document: Document) -> Sequence[Paragraph]:
    return [
        paragraph
        for paragraph in document.citable()
        if paragraph.kind is not Kind.TABLE_ROW
        and len(paragraph.text.split()) <= _SIGNATURE_WORDS
        and not paragraph.text.rstrip().endswith((".", ":", ";"))
        and _SIGNATURE.match(paragraph.text)
    ]


def _general() -> set[str]:
    """Stems of the words with which one asks for such a thing."""
    return set(
        content_stems(
            "who what which when where year month day date report paper document tracker inspection inspector PEEL police "
            "publish published publication release released issued dated written wrote write author sign signed signature "
            "come came carried carry out took take place visit fieldwork contact details person point force latest last "
            "newest recent old HMIC HMICFRS inspectorate name officer council body responsible produced made by the panel "
            "update title called hold held have finish end conclude complete start begin began over wrapped up behind actual actually loaded available included cover list entry first off"
        )
    ) | set(content_stems(" ".join(MONTHS)))


_DETAILS = (
    _Detail(
        re.compile(
            rf"\b(?:whom?|which \w+(?: \w+)?|contact)\b.*\bcontacts?\b|\bcontact (?:point|person|details)\b.*\b{_DOCUMENT}\b",
            re.I,
        ),
        _contacts,
        "names nobody to contact",
    ),
    _Detail(
        re.compile(
            rf"\bwho(?:se)?\b.*\b(?:wrote|written|sign(?:s|ed)?|signature|authors?|inspectors? (?:that|who)|was the inspector)\b.*\b(?:{_DOCUMENT}|that|it)\b|\bwhose (?:name|signature)\b.*\b{_DOCUMENT}\b",
            re.I,
        ),
        _signed,
        "carries no signature",
    ),
    _Detail(
        re.compile(rf"\bwho (?:published|produced|issued)\b.*\b{_DOCUMENT}\b|\bpublisher of\b", re.I),
        lambda document: _line(document, "publisher"),
        "does not say who published it",
    ),
    _Detail(
        re.compile(
            rf"\b(?:when|(?:what|which) (?:date|month|year|day)|over (?:what|which)|what period)\b.*"
            rf"\b(?:fieldwork|inspectors? (?:visit|come|came|do|did|carr)|inspection\b[^?]*\b{_HAPPENED})",
            re.I,
        ),
        _fieldwork,
        "does not say when the fieldwork was done",
    ),
    _Detail(
        re.compile(
            rf"\b(?:when|(?:what|which) (?:date|month|year|day))\b.*\b{_DOCUMENT}\b.*\b(?:published|publication|released?|issued|dated|written|come out|came out|out)\b"
            rf"|\b(?:publication )?date (?:of|on)\b.*\b{_DOCUMENT}\b|\bhow (?:old|recent) is\b.*\b{_DOCUMENT}\b|\bwhen (?:is|was)\b[\w' /-]*\b{_DOCUMENT}\b from\b",
            re.I,
        ),
        lambda document: _line(document, "date"),
        "gives no date",
    ),
    _Detail(
        re.compile(
            r"\b(?:which|what) (?:reports|papers|documents|files|inspections)\b.*\b(?:have|hold|held|loaded|cover|available|here|there|included)\b|\blist (?:the|all) (?:reports|documents)\b",
            re.I,
        ),
        lambda document: _line(document, "title") or _first_heading(document),
        "has no title",
    ),
)
