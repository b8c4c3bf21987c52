"""What a question asks for: years, report, body, acronyms, spelling, and its kind.

Owns the rules of English that tell them. Leaves searching to `index` and choosing evidence to `evidence`. Nothing here
knows a force, a report or an answer: names come from the documents that are loaded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.lexicon import Lexicon, corrections, expansions, names_in, unknown_names
from index.query import Query, Want
from index.tokens import STOP_WORDS, words
from ingest.dates import MONTHS
from ingest.document import Document, DocumentKind

_YEARS = re.compile(r"\b((?:19|20)\d\d)(?!\d)(?:\s?[-/–]\s?(\d{4}|\d{2})(?!\d))?")
_MONTH = "(?:" + "|".join(f"{month[:3]}(?:t?\\.|{month[3:]})?" if len(month) > 3 else month for month in MONTHS) + ")"
_REPORT_NOUN = (
    r"(?:peel|effectiveness|efficiency|legitimacy|integrated|hmic(?:frs)?|police|inspection|inspectors['’]?|report|"
    r"panel|paper|update|tracker|entry|findings?|review|files|outcomes|table|one)"
)
_SHORT_SPAN = re.compile(r"(?<![\d/–.-])(\d\d)[/–-](\d\d)(?![\d/–-])")
_YEAR_TEXT = r"(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?"
_DOCUMENT_REFERENCE = re.compile(
    rf"(?:\b(?:as of|as at|according to|going by|in|by|from|for|at|of|since|during|around|under|per|back in)\s+)*"
    rf"(?:\bthe\s+)?(?:\btime of the\s+)?"
    rf"(?:(?:\b(?:last|latest|most recent|previous|current)\s+)?(?:\b{_MONTH}\s+)?\b{_YEAR_TEXT}\b(?:['’]s)?(?:\s+{_REPORT_NOUN}\b)*"
    rf"|\bpeel\s+{_YEAR_TEXT}(?:\s+{_REPORT_NOUN}\b)*"
    rf"|\b(?:last|latest|most recent|current)\s+{_REPORT_NOUN}\b(?:\s+{_REPORT_NOUN}\b)*"
    rf"|\b(?:recommendation\s+)?tracker\b(?:\s+{_REPORT_NOUN}\b)*|\bpanel\s+(?:paper|update|report)\b(?:\s+{_REPORT_NOUN}\b)*)",
    re.I,
)
_LATEST = re.compile(
    r"\b(?:last|latest|most recent|newest|current)\s+(?:\w+\s+)?(?:inspection|report|peel|one)\b|\bnow\b|\bcurrently\b",
    re.I,
)
_FORCE_SUFFIX = r"(?:\s+(?:Police(?: Service| Force)?|Constabulary|Fire and Rescue Service|Fire Service))?"
_NAMED_BODY = re.compile(
    r"\b((?:[A-Z][a-z]+(?:\s+(?:and|&|of|upon)\s+(?=[A-Z])|\s+(?=[A-Z])|-)?){1,4})\s*"
    r"(Police|Constabulary|[Ff]ire (?:and|&) [Rr]escue|[Ff]ire [Ss]ervice|Fire)\b(?!\s+and Crime)"
)
_NOT_A_NAME = frozenset(
    [
        "The",
        "What",
        "Which",
        "Who",
        "How",
        "When",
        "Why",
        "Did",
        "Does",
        "Is",
        "Are",
        "Was",
        "Were",
        "Has",
        "Have",
        "Do",
        "Can",
        "In",
        "Of",
        "For",
        "And",
    ]
)

_WANTS: tuple[tuple[Want, re.Pattern[str]], ...] = (
    (
        Want.NUMBER,
        re.compile(
            r"\bhow (?:many|much|long|often|big|large|far|quickly|fast)\b|\bper ?cent|%|\bpercentage|\bnumber of\b|\bshare\b|"
            r"\bproportion\b|\brates?\b|\bfraction\b|\bfigures?\b|\bcost|£|\bcount\b|\btotal\b|\baverage\b",
            re.I,
        ),
    ),
    (
        Want.GRADE,
        re.compile(
            r"\bgrad(?:e|ed|es|ing)\b|\brat(?:ed|ing|ings)\b|\bjudg|\binadequate\b|\brequires? improvement\b|\badequate\b|"
            r"\boutstanding\b|^\W*(?:is|was) .*\bgood at\b|\bareas?\b.*\bgood\b|\bscored?\b|\bmarked\b|\brank",
            re.I,
        ),
    ),
    (
        Want.LIST,
        re.compile(
            r"^(?:so\s+)?(?:what|which)\b.*\b(?:are|were|areas|things|factors|reasons|examples|ways|problems|weaknesses|"
            r"steps|actions|issues|groups|types|kinds)\b|\blist\b|\bname the\b|\bafis\b|\brecs\b|\brecommendations\b",
            re.I,
        ),
    ),
    (
        Want.DATE,
        re.compile(
            r"\bwhen\b|\bwhat (?:date|month|year)\b|\bwhich (?:month|year)\b|\bhow long ago\b|\bdeadline\b", re.I
        ),
    ),
    (Want.PERSON, re.compile(r"\bwho(?:se)?\b", re.I)),
    (
        Want.AREA_FOR_IMPROVEMENT,
        re.compile(
            r"\bafis?\s?\d?\b|\bareas? for improvement\b|\bneeds? to improve\b|\bshould improve\b|\btold to\b|\bmust improve\b",
            re.I,
        ),
    ),
    (Want.RECOMMENDATION, re.compile(r"\brecommend|\brecs?\b|\bcauses? of concern\b", re.I)),
)
_CHANGE = re.compile(
    r"\bchang(?:e|ed|es)\b|\bcompare|\bsince\b|\bmoved? on\b|\bprogress\b|\bimproved\b|\bbetter\b|\bworse\b|\bgone (?:up|down)\b|"
    r"\bstill\b|\bbecome of\b|\bbecame of\b|\bthen and now\b|\bdiffer|\bboth\b|\beach\b|\bby\b.*\b(?:19|20)\d\d\b|\bup or down\b|\bany longer\b",
    re.I,
)
# A question about an earlier finding that also asks what came of it is about the newest inspection too.
_SINCE = re.compile(
    r"\bever\b|\bstill\b|\bsince then\b|\bhappen(?:ed)?\b|\bbec[ao]me of\b|\bany (?:better|worse)\b|\bput right\b|\bfixed\b",
    re.I,
)
_YES_NO = re.compile(
    r"^(?:so\s+|and\s+|but\s+)?(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|isn't|aren't|wasn't|didn't|doesn't|hasn't)\b",
    re.I,
)
_COMPARES_GRADES = re.compile(
    r"\bgrad|\brat(?:ed|ing)|\bjudg|requires? improvement|inadequate|adequate|outstanding", re.I
)
_MEANS = re.compile(
    r"\bstands? for\b|\bmeans?\b|\bshort for\b|^what(?:'s| is| are) (?:an? |the )?[A-Z]{2,}\w*\??$", re.I
)


class QuestionKind(StrEnum):
    FACT = "fact"
    NUMBER = "number"
    GRADE = "grade"
    YES_NO = "yes/no"
    LIST = "list"
    CHANGE = "change"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood."""

    asked: str
    kind: QuestionKind
    query: Query
    periods: tuple[frozenset[str], ...]  # documents of each period or report that is asked about, oldest first
    unknown_years: frozenset[int]  # years asked about that no loaded document is of
    other_bodies: tuple[str, ...]  # bodies named that no loaded document inspects
    unknown_names: tuple[str, ...] = ()  # of `names`, those that no loaded document has
    names: tuple[str, ...] = ()  # capitalised words that are neither ordinary English nor a loaded body's name
    corrected: tuple[tuple[str, str], ...] = ()  # (as typed, as read)
    compares_grades: bool = False


def understand(asked: str, documents: Sequence[Document], lexicon: Lexicon) -> Question:
    """Read a question in the light of the documents that are loaded."""
    text = full_years(" ".join(asked.split()))
    corrected = corrections(text, lexicon)
    for typed, read in corrected:
        text = re.sub(rf"\b{re.escape(typed)}\b", read, text)
    years = years_in(text)
    named = named_documents(text, documents)
    bodies = {document.metadata.body for document in documents if document.metadata.body}
    wants = frozenset(want for want, pattern in _WANTS if pattern.search(text))
    query = Query(
        text=text,
        subject=subject_of(text, bodies),
        expansions=expansions(text, lexicon.acronyms),
        wants=wants,
        years=years,
        documents=named,
        is_latest=_LATEST.search(text) is not None,
    )
    periods = periods_in(text, documents)
    known = frozenset(year for document in documents for year in document.metadata.years)
    return Question(
        asked=asked,
        kind=_kind(text, wants, periods),
        query=query,
        periods=periods,
        unknown_years=years - known,
        other_bodies=other_bodies(text, bodies),
        names=names_in(text, bodies, lexicon),
        unknown_names=unknown_names(names_in(text, bodies, lexicon), lexicon),
        corrected=corrected,
        compares_grades=bool(_COMPARES_GRADES.search(text)) and (len(periods) > 1 or bool(_CHANGE.search(text))),
    )


def full_years(text: str) -> str:
    """Short spans of two following years written out: "21/22" becomes "2021/22"; other pairs of numbers stay."""
    return _SHORT_SPAN.sub(
        lambda match: f"20{match[0]}" if int(match[2]) == (int(match[1]) + 1) % 100 else match[0], text
    )


def years_in(text: str) -> frozenset[int]:
    """Every year named; "2021/22" and "2020-21" name two."""
    found = set()
    for match in _YEARS.finditer(text):
        first = int(match[1])
        found.add(first)
        if match[2]:
            found.add(int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2]))
    return frozenset(found)


def subject_of(text: str, bodies: set[str]) -> str:
    """The question without the words that only say which report, date or body; the whole where little would be left."""
    subject = _DOCUMENT_REFERENCE.sub(" ", text)
    for body in sorted(bodies, key=len, reverse=True):
        short = re.sub(rf"{_FORCE_SUFFIX}$", "", body)
        subject = re.sub(rf"\b{re.escape(short)}{_FORCE_SUFFIX}(?:['’]s)?\b", " the force ", subject, flags=re.I)
    subject = re.sub(r"\(\s*\)", " ", subject)
    subject = re.sub(r"\s+([?,.])", r"\1", re.sub(r"\s+", " ", subject)).strip(" ,:")
    left = [word for word in words(subject) if word not in STOP_WORDS]
    return subject if len(left) >= 2 else text


def named_documents(text: str, documents: Sequence[Document]) -> frozenset[str]:
    """Documents that the question calls by their kind: "the tracker", "the panel paper"."""
    kinds = set()
    if re.search(r"\btracker\b", text, re.I):
        kinds.add(DocumentKind.TRACKER_ENTRY)
    if re.search(r"\bpanel(?:'s)? (?:paper|update|report)\b|\bpaper\b|\bupdate report\b", text, re.I):
        kinds.add(DocumentKind.PANEL_PAPER)
    named = frozenset(document.id for document in documents if document.metadata.kind in kinds)
    return named or frozenset(
        document.id
        for document in documents
        for kind in kinds
        if document.metadata.kind is DocumentKind.DIGEST and kind.value.split()[0] in document.metadata.title.lower()
    )


def periods_in(text: str, documents: Sequence[Document]) -> tuple[frozenset[str], ...]:
    """For each year or report asked about, the documents it can mean, oldest first; years of no document are left out.

    A year first means the documents of that inspection period, and only if there are none those dated in it.
    """
    found: dict[str, frozenset[str]] = {}
    for match in _YEARS.finditer(text):
        years = years_in(match.group())
        of_period = frozenset(d.id for d in documents if d.metadata.period and years & _period_years(d))
        dated = frozenset(d.id for d in documents if d.metadata.date and int(d.metadata.date[:4]) in years)
        meant = of_period or dated
        if meant:
            found.setdefault(",".join(sorted(meant)), meant)
    if found and (_LATEST.search(text) or _SINCE.search(text)):
        newest = max((d.metadata.date or d.metadata.period or "" for d in documents), default="")
        latest = frozenset(d.id for d in documents if (d.metadata.date or d.metadata.period or "") == newest)
        found.setdefault(",".join(sorted(latest)), latest)
    order = {document.id: document.metadata.date or document.metadata.period or "" for document in documents}
    return tuple(sorted(found.values(), key=lambda ids: min(order[key] for key in ids)))


def _period_years(document: Document) -> frozenset[int]:
    return years_in(document.metadata.period or "")


def other_bodies(text: str, bodies: set[str]) -> tuple[str, ...]:
    """Police forces and fire services named in the question that are none of `bodies`."""
    known = {_short(body) for body in bodies}
    found = []
    for match in _NAMED_BODY.finditer(text):
        name = " ".join(word for word in match[1].split() if word not in _NOT_A_NAME)
        if (
            name
            and _short(name) not in known
            and not any(_short(name) in body or body in _short(name) for body in known)
        ):
            found.append(f"{name} {match[2]}")
    return tuple(dict.fromkeys(found))


def _short(body: str) -> str:
    return re.sub(rf"{_FORCE_SUFFIX}$", "", body).strip().lower()


def _kind(text: str, wants: frozenset[Want], periods: Sequence[frozenset[str]]) -> QuestionKind:
    if _MEANS.search(text):
        return QuestionKind.DEFINITION
    if len(periods) > 1:
        return QuestionKind.CHANGE
    if Want.LIST in wants and Want.NUMBER not in wants:
        return QuestionKind.LIST
    if _YES_NO.search(text):
        return QuestionKind.YES_NO
    if Want.NUMBER in wants:
        return QuestionKind.NUMBER
    return QuestionKind.GRADE if Want.GRADE in wants else QuestionKind.FACT
