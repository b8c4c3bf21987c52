"""A question without the words that only say which report, date or body it is about: what to search for.

Owns the shapes of those words. Leaves which documents they mean to `periods` and `reference`.
"""

import re

from assistant.bodies import without_body
from assistant.periods import MONTH, REPORT_NOUN, YEAR_TEXT
from index.tokens import STOP_WORDS, words

DOCUMENT_REFERENCE = re.compile(
    rf"(?:\b(?:as of|as at|according to|going by|in|by|from|for|at|of|since|during|around|under|per|back in)\s+)*"
    rf"(?:\bthe\s+)?(?:\btime of the\s+)?"
    rf"(?:(?:\b(?:last|latest|most recent|newest|previous|current)\s+)?(?:\b{MONTH}\s+)?\b{YEAR_TEXT}\b(?:['’]s)?(?:\s+{REPORT_NOUN}\b)*"
    rf"|\bpeel\s+{YEAR_TEXT}(?:\s+{REPORT_NOUN}\b)*"
    rf"|\b(?:last|latest|most recent|newest|current)\s+{REPORT_NOUN}\b(?:\s+{REPORT_NOUN}\b)*"
    rf"|\b(?:recommendation\s+)?tracker\b(?:\s+{REPORT_NOUN}\b)*|\bpanel\s+(?:paper|update|report)\b(?:\s+{REPORT_NOUN}\b)*)",
    re.I,
)
_NAMED_HERE = "\0"  # stands where a report or date was named
# What only sets several reports beside each other: "compare # and #", "# v #", "between # and #", "by the time of # updates".
_BESIDE = r"(?:[\s,;:&–-]|\b(?:and|or|to|then|versus|vs?|against|alongside|beside|compared?|comparing|comparison|with|between|both|the|from|going by|by|in|time of)\b)*"
_FRAME = re.compile(rf"{_BESIDE}{_NAMED_HERE}(?:{_BESIDE}{_NAMED_HERE})+(?:\s+{REPORT_NOUN}s?\b)?", re.I)


def subject_of(text: str, bodies: set[str]) -> str:
    """The question without the words that only say which report, date or body; the whole where little would be left."""
    subject = _FRAME.sub(" ", DOCUMENT_REFERENCE.sub(_NAMED_HERE, text)).replace(_NAMED_HERE, " ")
    for body in sorted(bodies, key=len, reverse=True):
        subject = without_body(subject, body, " the force ")
    subject = re.sub(r"\(\s*\)", " ", subject)
    subject = re.sub(r"\s+([?,.])", r"\1", re.sub(r"\s+", " ", subject)).strip(" ,:–-")
    left = [word for word in words(subject) if word not in STOP_WORDS]
    return subject if len(left) >= 2 else text
