"""What kind of thing a question asks for: a number, a grade, a list, what changed, what a word means.

Owns the rules of English that tell them. Leaves years, bodies and reports to `question`, and the form that an answer must
have to `expectation`.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from index.query import Want

# A mark as a grade, not "a mark of respect" or "mark calls down".
_MARK = (
    r"\b(?:what|which|the|an?|our|its|their|overall|good|bad|best|worst|top|low|lowest|high|highest|same|of) marks?\b(?! of\b)|"
    r"\bmarks? (?:did|do|does|was|were|is|are|for|over|across)\b|\b(?:mark|marked) (?:them|us|it|themselves|the \w+) (?:for|on|at|as|in)\b|\bhow\b.*\bmarked\b"
)
_WANTS: tuple[tuple[Want, re.Pattern[str]], ...] = (
    (
        Want.NUMBER,
        re.compile(
            r"\b(?:by )?how (?:many|much|long|often|big|large|far|quickly|fast)\b|\bper ?cent|%|\bpercentage|\bnumber of\b|\bshare\b|"
            r"\bproportion\b|\brates?\b|\bfraction\b|\bfigures?\b|\bcost|£|\bcount\b|\btotal\b|\baverage\b",
            re.I,
        ),
    ),
    (
        Want.GRADE,
        re.compile(
            r"\bgrad(?:e|ed|es|ing)\b|\brat(?:ed|ing|ings)\b|\bjudg|\binadequate\b|\brequires? improvement\b|\badequate\b|"
            rf"\boutstanding\b|{_MARK}|^\W*(?:is|was) .*\bgood at\b|\bareas?\b.*\bgood\b|\bscored?\b|\bhow\b.*\branked? (?:for|on|in|at)\b|"
            r"\b(?:better|worse|improv\w+)\b.*\boverall\b|"
            r"\b(?:get|got|gets|given|gave|give|award\w*|receiv\w*) (?:an? )?[\"'‘’“”]?(?:good|adequate|inadequate)\b|"
            r"^\W*(?:so |and )?what (?:did|do|does) (?:we|they|it|you|the force|the service|[A-Z][\w ]+?) (?:get|score)\b(?: for| on| in| at)\b",
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
_YES_NO = re.compile(
    r"^(?:so\s+|and\s+|but\s+)?(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|isn't|aren't|wasn't|didn't|doesn't|hasn't)\b",
    re.I,
)
_COMPARES_GRADES = re.compile(
    rf"\bgrad|\brat(?:ed|ing)|\bjudg|{_MARK}|requires? improvement|inadequate|adequate|outstanding", re.I
)
# "Outstanding" as left to do, or as a suspect at large, is no grade.
_LEFT_TO_DO = re.compile(
    r"(?<=\bstill )outstanding\b|(?<=\bremain )outstanding\b|(?<=\bremained )outstanding\b|(?<=\bremains )outstanding\b|"
    r"\boutstanding (?=suspects?\b|offenders?\b|actions?\b|recommendations?\b|points?\b|areas? for improvement\b|AFIs?\b)|"
    r"(?:areas? for improvement|\bAFIs?|\brecommendations?|\brecs|\bactions)\b[^?.]*\boutstanding\b",
    re.I,
)
# "What was done since it was graded inadequate?" asks for no grade.
_ONCE_GRADED = re.compile(
    r"\b(?:since|after|when|because|although|though|given that|now that|even though)\b[^?.,]*?\b(?:graded|rated|judged|marked)\b[^?.,]*",
    re.I,
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


def wants_of(text: str) -> frozenset[Want]:
    """What `text` asks for, by its words; may be several things or none."""
    grading = without_recalled_grade(_LEFT_TO_DO.sub(" ", text))
    return frozenset(want for want, pattern in _WANTS if pattern.search(grading if want is Want.GRADE else text))


def without_recalled_grade(text: str) -> str:
    """The question without a clause that only recalls a grade: "since it was graded inadequate"."""
    return _ONCE_GRADED.sub(" ", text)


def compares_grades(text: str, periods: Sequence[frozenset[str]]) -> bool:
    """Whether grades of several periods are asked about, or how one has changed."""
    is_of_grades = _COMPARES_GRADES.search(without_recalled_grade(_LEFT_TO_DO.sub(" ", text))) is not None
    return is_of_grades and (len(periods) > 1 or _CHANGE.search(text) is not None)


def kind_of(text: str, wants: frozenset[Want], periods: Sequence[frozenset[str]]) -> QuestionKind:
    """The kind of question, from what it wants and the periods it asks about."""
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
