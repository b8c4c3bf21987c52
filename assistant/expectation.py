"""What form an answer to a question must have, and whether a sentence has it.

Owns the rules of English that tell a count from a share, a sum, a length of time, a date and a name. A question for a
number is not answered by a sentence without one, however close it is in subject.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.conditions import Condition, conditions
from index.tokens import STOP_WORDS, content_stems, stem, words
from ingest.dates import MONTHS
from ingest.judgements import gives_grade

_MONTH = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in MONTHS) + ")"
_NUMBER_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundred|dozen|twice)"
)
_FRACTION = r"(?:half|(?:a|one|two|three)[- ](?:third|quarter|fifth|tenth)s?|three quarters|a quarter|double)"
_WEAK_NUMBER = re.compile(r"\b(?:one|no|none|all|every|both|single|most)\b", re.I)
_YEAR = r"(?:19|20)\d\d(?:[/–-]\d{2,4})?"
_DATE = re.compile(
    rf"\b{_YEAR}\b|\b{_MONTH}\b(?=\s+\d|\s+(?:this|last|next)\b)|\b(?:spring|summer|autumn|winter)\b|\b\d{{1,2}} {_MONTH}\b",
    re.I,
)
_NUMERAL = re.compile(r"(?<![\w/])[£]?\d[\d,]*(?:\.\d+)?(?:m|bn|k)?(?![\w/])")
_DATE_NUMBER = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b(?: {_YEAR})?|\b{_MONTH} {_YEAR}|\b{_YEAR}\b", re.I)
_COUNT_WORD = re.compile(rf"\b{_NUMBER_WORD}\b|\b{_FRACTION}\b|\bone in \w+\b", re.I)
_NUMBER = re.compile(rf"\b{_NUMBER_WORD}\b", re.I)
_PERCENT = re.compile(
    rf"\d\s?(?:%|per ?cent)|\b{_FRACTION}\b|\b(?:one|\d+) (?:in|out of) (?:\w+|\d+)\b|\b(?:majority|minority) of\b|\b(?:all|most|none) of (?:the|its|those)\b",
    re.I,
)
_MONEY = re.compile(r"£\s?\d|\b\d[\d,.]*\s?(?:million|billion|pounds)\b", re.I)
_DURATION = re.compile(
    rf"\b(?:\d[\d,.]*|{_NUMBER_WORD}|half an?|an?|over an?|several|few)[ -](?:\w+ )?(?:second|minute|hour|day|week|month|year)s?\b",
    re.I,
)
_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)+\b|^[A-Z][a-z]+ [A-Z][a-z]+(?=,)")
# Capitalised words that name an office, a body or a plan rather than a person or firm.
_OFFICE = re.compile(
    r"\b(?:Groups?|Boards?|Services?|Police|Councils?|Panels?|Commissioners?|Constables?|Constabulary|Force|Units?|Teams?|"
    r"Inspections?|Inspectorate|Office|Crime|Action|Committee|Plan|Programme|Strategy|Bureau|Meetings?|Prevention|Orders?|"
    r"Report|Wales|England|Federation|Profile|Network|Agency|Secretary|Government|Framework|Code|Act|Home|College)\b"
)
_ROLE = (
    r"(?:chief constable|commissioner|pcc|inspector of constabulary|hmi|chair|chief executive|superintendent|minister|"
    r"home secretary|director|lead inspector|leader)"
)
_GENERIC = frozenset(
    content_stems("people person officer staff time case force way thing member individual year day month occasion")
) | {stem("force")}
_HEAD_STOP = frozenset(
    words(
        "does do did is are was were has have had can could will would should there in of on at for from to by "
        "with the a an this that these those it they we he she per and or but who which whose when where under "
        "over out"
    )
)


class Form(StrEnum):
    """The form of answer a question calls for."""

    ANY = "any"
    COUNT = "a number"
    SHARE = "a percentage or share"
    MONEY = "a sum of money"
    DURATION = "a length of time"
    DATE = "a date"
    NAME = "a name"
    REASON = "a reason"
    GRADE = "a grade"


@dataclass(frozen=True, slots=True)
class Expectation:
    """The form, and what narrows it."""

    form: Form
    counted: tuple[str, ...] = ()  # stems of what is counted; of a person asked for by an office, of the office
    is_average: bool = False  # an average is asked for, so that a target or one case is none
    is_exact: bool = False  # an exact figure or day is asked for, so that "over a third" or a year is none
    conditions: tuple[Condition, ...] = ()  # what a sentence must hold besides

    @property
    def is_narrow(self) -> bool:
        """Whether not any sentence on the subject can be an answer."""
        return self.form is not Form.ANY or bool(self.conditions)

    @property
    def is_strict(self) -> bool:
        """Whether a question is refused when no sentence has what it asks for.

        "Why?" is not: of 59 answerable and 6 unanswerable questions that begin so, 36 take something for granted wrongly, and
        are put right by a finding that gives no reason.
        """
        return (self.is_narrow and self.form is not Form.REASON) or bool(self.conditions)


_OFFICE_HELD = re.compile(rf"\bwho(?: exactly)?(?:'s| is| was) (?:the |our )?({_ROLE})\b", re.I)

_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        Form.NAME,
        re.compile(
            r"\bwhat(?:'s| is| was)? (?:the )?name\b|\bwhich (?:[\w-]+ ){0,2}?(?:firm|company|contractor|supplier|consultan\w+)\b|"
            r"\bwhich (?:[\w-]+ ){0,2}?(?:officer|person|councillor|inspector|minister|manager) (?:is|was|has|had)\b|"
            r"\bwho(?: exactly)?(?:'s| is| was) (?:the |our )?"
            + _ROLE
            + r"\b|^\W*who(?:'s| is| was) (?:the|our|their) [\w -]+\??$",
            re.I,
        ),
    ),
    (
        Form.MONEY,
        re.compile(
            r"\bhow much\b.*\b(?:money|cost|spen[dt]|save|saving|cut|invest\w*|earmarked|budget|fund\w*|pay|paid|put into|gave|give|contribute)\b"
            r"|£|\bbudget\b|\bwhat (?:do|does|did|will|would)\b.*\b(?:cost|pay|charge|earn)\b|"
            r"\bhow much\b.*\b(?:salary|wages?|fees?|fines?|fined|earn|charged?|price|tax)\b",
            re.I,
        ),
    ),
    (
        Form.SHARE,
        re.compile(
            r"(?:\bwhat|\bwhich|^|\bhow (?:big|large|high) an?) ?(?:was |is |were |are )?(?:the |an? )?"
            r"(?:%|per ?cent\b|percentage|proportion|share|fraction|slice)|\bpercentage of\b|^\W*%|"
            r"\bhow much of (?:the|its|their|our) (?:workforce|staff|public|population|force)\b",
            re.I,
        ),
    ),
    (
        Form.DURATION,
        re.compile(
            r"\bhow long\b|\baverage (?:time|wait|delay|response|length)|\bhow many (?:seconds|minutes|hours|days|weeks|months)\b|"
            r"\bhow (?:quickly|fast)\b.*\bon average\b",
            re.I,
        ),
    ),
    (
        Form.DATE,
        re.compile(
            # Not "when do officers ...?", "when is it OK to ...?" nor "when one is used, who is told?": circumstances.
            r"^\W*(?:and |so |on |by |in |from )?when(?:['’]s| exactly| precisely| and where)?(?:\?|$| (?:did|was|were|is|are|has|have|had|will|would)\b)"
            r"(?! it (?:ok|okay|all ?right|right|fine|acceptable|appropriate|allowed|permitted)\b)"
            r"|\b(?:what|which) (?:exact )?(?:date|month|year|day)s?\b|\bsince when\b",
            re.I,
        ),
    ),
    (
        Form.GRADE,
        re.compile(
            r"\b(?:what|which) (?:[\w-]+ ){0,3}(?:grade|rating|mark|judge?ment)\b|\b(?:grade|rating)\b(?: \w+){0,2}\s*\?*$|"
            r"^\W*(?:so |and )?what (?:did|do|does) (?:\w+ ){1,4}(?:get|score) (?:for|on|in|at)\b|\b(?:grade|rating) (?:for|of|on)\b|\bhow (?:was|were|is|are|did)\b.*\b(?:rated?|graded?|judged?|marked|mark|scored?)\b",
            re.I,
        ),
    ),
    (
        Form.REASON,
        re.compile(r"^\W*(?:and |so )?(?:why|how come)\b|\bwhat(?:'s| is| was| were)? the (?:reasons?|cause)\b", re.I),
    ),
)
_COUNTED = re.compile(r"\bhow many\s+(?P<what>[^?]+)|\b(?:total |exact )?number of\s+(?P<of>[^?]+)", re.I)
_RATE = re.compile(
    r"\bwhat (?:was|is|were|'s)?\s*(?:the |its |their )?(?:[\w-]+ ){0,4}(?:rate|figure|score|ratio)\b|\brate\b.*\?$|\bby how much\b",
    re.I,
)
_AVERAGE = re.compile(r"\b(?:averag\w+|mean|median|typical(?:ly)?|usual(?:ly)?)\b", re.I)
_EXACT = re.compile(r"\bexact(?:ly)?\b|\bprecise(?:ly)?\b|\b(?:on )?(?:what|which) date\b", re.I)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a result|result(?:s|ed|ing)? (?:in|from)|leads? to|led to|cause[sd]?|so that|in order to|"
    r"this means|meant? that|reasons?|attributable|reflects?|given that|since|therefore|affect(?:s|ed|ing)?|so the|so it|as (?:the|it|this|officers|staff|there)|"
    r"to (?:help|ensure|support|reduce|improve|increase|strengthen|enable|prevent|protect|allow|make|address|give|provide|better)|which (?:means|makes|leads)|makes? it|making it|partly|"
    r"is intended|aims? to|so (?:they|that|their))\b",
    re.I,
)
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b", re.I)
_EXACT_SHARE = re.compile(r"\d\s?(?:%|per ?cent)|\b\d+ out of \d+\b", re.I)
_PERSON = frozenset(
    content_stems(
        "people person user officer staff member victim child children adult resident respondent individual "
        "colleague constable supervisor offender suspect investigator applicant volunteer leaver joiner"
    )
)
_ROW_WORDS = 14  # a table row is short and holds several numbers; what it counts stands in front of them
_REACH = 7  # words between a number and what it counts


def expectation(question: str) -> Expectation:
    """What form the answer to `question` must have, ANY when the words do not say, and what it must hold besides."""
    found = _form(question.strip())
    asks_number = found.form in (Form.COUNT, Form.SHARE, Form.MONEY, Form.DURATION)
    return replace(found, conditions=conditions(question, asks_number))


def _form(text: str) -> Expectation:
    is_exact, is_average = _EXACT.search(text) is not None, _AVERAGE.search(text) is not None
    form = next((form for form, pattern in _FORMS if pattern.search(text)), None)
    if form is Form.NAME and (office := _OFFICE_HELD.search(text)):
        return Expectation(form, tuple(content_stems(office[1])))
    if form is not None:
        return Expectation(form, is_average=is_average, is_exact=is_exact)
    counted = _COUNTED.search(text)
    if counted:
        return Expectation(Form.COUNT, _head(counted["what"] or counted["of"]), is_average, is_exact)
    return Expectation(Form.COUNT, (), is_average, is_exact) if _RATE.search(text) else Expectation(Form.ANY)


def _head(words_after: str) -> tuple[str, ...]:
    """Stems of the noun phrase that is counted: up to four words, to the first verb or preposition; none after "times",
    which counts no things."""
    taken: list[str] = []
    for word in re.findall(r"[A-Za-z][\w'’-]*", words_after)[:6]:
        if word.lower() in _HEAD_STOP or word.lower() in ("times", "more"):
            break
        taken.append(word[:-1] if word.endswith("s") and word[:-1].isupper() else word)
    return tuple(
        stem(word.lower()) for word in taken[:4] if word.lower() not in STOP_WORDS or stem(word.lower()) in _PERSON
    )


def is_met(expected: Expectation, sentence: str, around: Sequence[str] = ()) -> bool:
    """Whether the sentence can be an answer of that form. `around`: long forms of acronyms that are asked about."""
    if not all(condition.holds(sentence) for condition in expected.conditions):
        return False
    match expected.form:
        case Form.ANY:
            return True
        case Form.SHARE:
            return (_EXACT_SHARE if expected.is_exact else _PERCENT).search(sentence) is not None
        case Form.MONEY:
            return _MONEY.search(sentence) is not None
        case Form.DURATION:
            is_average = _AVERAGE.search(sentence) is not None
            return _DURATION.search(sentence) is not None and (is_average or not expected.is_average)
        case Form.DATE:
            return (_DAY if expected.is_exact else _DATE).search(sentence) is not None
        case Form.NAME:
            is_named = any(not _OFFICE.search(match) for match in _NAME.findall(sentence))
            return is_named and set(expected.counted) <= set(content_stems(sentence))
        case Form.GRADE:
            return gives_grade(sentence)
        case Form.REASON:
            return _CAUSE.search(sentence) is not None
        case Form.COUNT:
            return _has_count(sentence, expected, around)


def _has_count(sentence: str, expected: Expectation, around: Sequence[str]) -> bool:
    """A numeral or number word that is no date, close before what is counted.

    A share ("one in five", "half") answers "how many" unless an exact number is asked for; "one", "no" and "all" count
    only directly before what is counted; in a short row of several numbers what is counted stands anywhere.
    """
    without_dates = _DATE_NUMBER.sub(" ", sentence)
    numerals = _NUMERAL.findall(without_dates)
    if len(numerals) >= 2 and len(without_dates.split()) <= _ROW_WORDS:
        return True
    wanted = set(expected.counted) | set(content_stems(" ".join(around)) if expected.counted else ())
    if not wanted:
        return bool(numerals) or _COUNT_WORD.search(without_dates) is not None
    if wanted <= _GENERIC | _PERSON:
        wanted = set(_PERSON)
    is_share = re.search(r"\b(?:one|\d+) (?:in|out of) \w+|\b(?:half|third|quarter|fifth)\b", without_dates, re.I)
    if not expected.is_exact and is_share and wanted & set(content_stems(without_dates)):
        return True
    for pattern in (_NUMERAL, _NUMBER if expected.is_exact else _COUNT_WORD, _WEAK_NUMBER):
        for match in pattern.finditer(without_dates):
            after = content_stems(" ".join(re.findall(r"[\w'-]+", without_dates[match.end() :])[:_REACH]))
            if set(after[: 3 if pattern is _WEAK_NUMBER else _REACH]) & wanted:
                return True
    return False
