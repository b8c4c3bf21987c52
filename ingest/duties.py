"""Whether a text asks for something, whom it asks, and by when.

Owns the language of duty. Leaves finding the points to `points`.
"""

import calendar
import re
from datetime import date

from ingest.dates import iso_date
from ingest.sentences import sentences

_MODAL = r"(?:should|must|shall|needs? to|ought to|is to|are to)"
_ASKS = re.compile(
    r"\b(?:should|must|shall|needs? to|ought to)\b|\b(?:recommend|urge|invite|call (?:up)?on|encourage|propose|suggest)(?:s|ed)?\b"
    r"(?! by\b)|\binvited to\b|\b(?:it is|are) (?:imperative|essential|vital|necessary|important)\b|\bhas to\b|\bhave to\b|\bimperative\b",
    re.I,
)
_VERB_FIRST = re.compile(
    r"^[A-Z][a-z]+(?:ly)? (?:the|a|an|its|their|that|how|and|on|to|with|all|routinely|those|clear|lead|capable)\b"
)
# Words that name somebody who can be told to do something; a subject without one is no addressee.
_AGENT = re.compile(
    r"\b(?:(?i:force|forces|police|constabular(?:y|ies)|constables?|governments?|departments?|minist(?:er|ers|ry|ries)|secretary|commissioners?|council(?:s|lors?)?"
    r"|authorit(?:y|ies)|boards?|trusts?|services?|college|inspectorates?|panels?|committees?|officers?|office|agenc(?:y|ies)|administrations?|leaders?"
    r"|providers?|institutes?|directors?|directorate|chairs?|compan(?:y|ies)|associations?|regulators?|advis[eo]rs?|bod(?:y|ies)|members?|cabinet|parliament|treasury"
    r"|organisations?|partnerships?|hospitals?|schools?|prisons?|governors?|managers?|unit|inspectors?|executive|corporation|universit(?:y|ies)|bank|ombudsman|employers?"
    r"|landlords?|owners?|operators?|teachers?|nurses?|doctors?|chief|superintendents?|supervisors?|staff)|[A-Z]{3,}|[A-Z][a-z]?[A-Z][A-Za-z]*)\b"
)
_REPORTED = re.compile(r"^.{0,60}\b(?:said|says|recommended|found|stated) that ", re.I)
_NOT_WHO = re.compile(r"^(?:this|that|these|those|it|they|there|which|such|he|she|what|how|we|who)\b", re.I)
_ASKED = re.compile(
    r"\b(?:recommend|urge|invite|call (?:up)?on|encourage|ask)s?\b(?:,[^,]{3,60},)?(?: strongly| further)?(?: that)?(?:,[^,]{3,60},)? (?P<what>[^.;]+)"
)
_NAME_GOES_ON = re.compile(r"(?: (?:of|for)(?: the)? [A-Z]\w+(?:(?:,? and|,)? [A-Z]\w+)*| [A-Z]\w+)*")
_SUBJECT = re.compile(rf"^(?P<who>[A-Za-z‘“][^.;:]{{2,160}}?),? {_MODAL}\b")
_LEADING_TIME = re.compile(
    r"^(?:immediately|urgently|(?:by|within|before|from|in|at|where|if|when|to|for|as|until|following|after|given|bearing|although|while|whilst)\b[^,]*(?:,[^,]*?\band\b[^,]*)?), ",
    re.I,
)
MOST_ASKED = 10  # words between "recommend that" and the end of the name; not tuned
MOST_WORDS = 20  # a longer subject is no name; the longest addressee in the reports read has 14
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|nine|ten|twelve|eighteen|twenty-four)"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DEADLINE = re.compile(
    rf"\b(?:(?:by|before|no later than|not later than)(?: the)?(?: end of| start of)?(?: the)? (?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH},? (?:19|20)\d\d"
    rf"|(?:by|before|no later than)(?: the)?(?: end of)?(?: the)? (?:spring |summer |autumn |winter )?(?:(?:financial|calendar|academic) year )?(?:19|20)\d\d(?:[/–-]\d{{2,4}})?"
    rf"|(?:within|in the next|over the next|not later than|no later than) (?:a (?:further )?(?:period of )?)?{_COUNT} (?:working |calendar )?(?:days?|weeks?|months?|years?)(?: (?:of|from|after) (?:the )?(?:date of )?(?:the |this |its |our )?[a-z]+(?: of (?:the |this |our )?[A-Za-z]+)?)?"
    rf"|(?:with )?immediate(?:ly| effect)\b|as soon as (?:possible|practicable)|without delay|at the earliest opportunity"
    rf"|at least every {_COUNT} (?:months|years)|urgently)",
    re.I,
)
_NUMBERS = {
    word: value
    for value, word in (
        (1, "one"), (2, "two"), (3, "three"), (4, "four"), (5, "five"), (6, "six"), (9, "nine"), (10, "ten"),
        (12, "twelve"), (18, "eighteen"), (24, "twenty-four"),
    )
}  # fmt: skip


def asks(text: str) -> bool:
    """Whether the text asks somebody to do something."""
    return _ASKS.search(text) is not None or _VERB_FIRST.match(text) is not None


def tells(text: str) -> bool:
    """Whether the text opens by telling somebody to do something: "The board should ..."."""
    first = sentences(text)[0]
    subject = _SUBJECT.match(_LEADING_TIME.sub("", first))
    return subject is not None and not first.endswith(":") and _is_somebody(subject["who"])


def addressee_of(text: str) -> str | None:
    """Who is told to do it, as printed, from the first sentence that says so; None where no sentence does."""
    for sentence in sentences(text):
        asked = _ASKED.search(sentence)
        who = _first_somebody(asked["what"]) if asked else None
        if who:
            return who
        own = re.sub(
            r"^(?:Recommendation|Rec|R|AFI|Area for improvement)\s?(?:[\d.]+[a-z]?[\s:.–—-]*|:\s*)", "", sentence
        )
        own = _REPORTED.sub("", _LEADING_TIME.sub("", own))
        subject = _SUBJECT.match(own)
        if subject and _is_somebody(subject["who"]):
            return subject["who"].strip()
    return None


def _first_somebody(words: str) -> str | None:
    """The words up to the first that names somebody, and the rest of that name."""
    agent = _AGENT.search(words)
    if agent is None:
        return None
    more = _NAME_GOES_ON.match(words, agent.end())
    name = words[: more.end() if more else agent.end()].strip()
    return name if _is_somebody(name) and len(name.split()) <= MOST_ASKED else None


def _is_somebody(words: str) -> bool:
    return len(words.split()) <= MOST_WORDS and not _NOT_WHO.match(words) and _AGENT.search(words) is not None


def deadline_of(text: str, published: str | None) -> tuple[str | None, str | None]:
    """The deadline as printed, and as an ISO date where one can be known.

    A deadline with a date counts before a span of time; a span counts from the day of publication, unless the text counts it from something else.
    """
    found = list(_DEADLINE.finditer(text))
    if not found:
        return None, None
    match = next((each for each in found if iso_date(each.group())), found[0])
    printed = match.group()
    named = iso_date(printed)
    if named:
        return printed, named
    span = re.match(
        rf"(?:within|in the next|over the next|not? later than|no later than)\D*?({_COUNT}) (?:\w+ )?(month|year)",
        printed,
        re.I,
    )
    from_else = re.search(r"\b(?:of|from|after) (?!.*\b(?:publication|report|publishing)\b)", printed, re.I)
    if span is None or from_else or published is None or len(published) < 7:
        return printed, None
    count = _NUMBERS.get(span[1].lower()) or int(span[1])
    return printed, _later(published, count * (12 if span[2].lower() == "year" else 1))


def _later(published: str, months: int) -> str:
    """The ISO date some months after; to the month where the first date is."""
    year, month = int(published[:4]), int(published[5:7])
    place = year * 12 + month - 1 + months
    year, month = divmod(place, 12)
    if len(published) < 10:
        return f"{year:04d}-{month + 1:02d}"
    day = min(int(published[8:10]), calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day).isoformat()
