"""Pronouns: whether a question depends on the one before it, and what its pronouns stand for.

Owns these two. Leaves what the turn before was about to `antecedent`.
"""

import re

from assistant.antecedent import Antecedent
from assistant.subject import DOCUMENT_REFERENCE
from assistant.topic import AUX
from index.tokens import STOP_WORDS, words

# Words that ask without saying what about. A question of these and a pronoun depends on the one before it.
_GENERAL = frozenset(
    re.findall(
        r"\w+",
        """
        say said says find found report reports reported inspector inspectors inspection recommend recommended
        happen happened happening improve improved improvement change changed changes become became cost many
        much grade graded grading rating rated tell told mean means reason reasons fix fixed done do address
        addressed resolve resolved deal dealt still true case look compare better worse force now get got go come
        came since then there call called start started end ended mention mentioned respond responded response
        action act acted take taken follow followed put right wrong problem good bad enough big long often soon
        later finish finished else other others same next previous second third first last explain detail details
        more further progress status answer panel police give given exactly actually also again already any
        anything something way ways thing things people published made make recommendation recommendations area
        areas decide decided conclude concluded think thought latest new old year years time date name named lead
        leads led leader charge responsible run runs chair chairs own owns pay pays paid work works worked does
        did
        """,
    )
)
_ANAPHOR = re.compile(
    r"\b(?:it|its|them|they|their|theirs|this|those|these|he|she|his|her|him)\b|\bthat\b(?!\s+(?:the|a|an|it|they|we|there|of)\b)|"
    r"\bsince(?:\s+then)?\W*$|\b(?:the|that)\s+(?:first|second|third|fourth|fifth|last)\s+(?:one|point|item)\b",
    re.I,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|be|would|could)\s+it\s+(?:be\s+)?(?:\w+\s+)?(?:to|that)\s+\w+|\bit\s+(?:takes?|costs?)\s+to\b|"
    r"\bit\b.*\b(?:when|that|if)\s+(?:the|a|an|it|they)\b|\b(?:the|a|an|any|each|every)\s+(?:\w+\s+){1,2}that\s+\w+|"
    r"\b(?:is|was)\s+it\s+(?:true|possible|right|ok|fair|the case)\b|\bthese days\b|"
    r"\bthis (?:year|month|week|paper|report|index|desk|page)\b|\b(?:those|people|anyone) who\b|\bthat\s+\w+s\b",
    re.I,
)
# "How many have been set up?" counts what was just spoken of; "the national standard for that?" ends on it.
_ELIDED = re.compile(rf"^how many\s+{AUX}\b", re.I)
_LAST = re.compile(
    r"\b(?:for|of|on|about|with|to|in|behind|from|against)\s+(?:it|that|this|them|those|these)\W*$", re.I
)
_FORECAST = re.compile(r"^(?:will|should)\b", re.I)
SAYS_NOTHING = re.compile(r"\b(?:say|said|says|find|found|conclude|concluded|recommend)\b\W*$", re.I)
SINCE_THEN = re.compile(r"\b(?:ever\s+)?since(?:\s+then)?\s*$", re.I)
MOST_OWN = 2  # content words of its own that a question with a pronoun may have and still depend on the one before it
PERSON = re.compile(r"\b(?:he|she|his|her|him)\b", re.I)
_NAME = re.compile(
    r"\b(?!(?:The|This|What|Who|In|At|His|Her|North|South|East|West|Police|Chief|Harbour)\b)[A-Z][a-z]+ [A-Z][a-z]+(?=\b)"
)


def depends(text: str, rest: str) -> bool:
    """Whether a clause cannot be understood alone.

    It has a pronoun for which nothing earlier in the question can stand, and hardly a content word of its own; or no
    content word at all and asks what a report says.
    """
    plain = DOCUMENT_REFERENCE.sub(" ", rest)
    own = [word for word in words(plain) if word not in STOP_WORDS and word not in _GENERAL and not word.isdigit()]
    anaphor = _ANAPHOR.search(plain)
    if len(own) <= MOST_OWN and _ELIDED.search(plain):
        return True
    if len(own) <= MOST_OWN and (last := _LAST.search(plain)) and not _EXPLETIVE.search(plain[: last.start()]):
        return True
    if re.search(r"\w[.?!:;]\s+\w", rest) or _FORECAST.search(rest):  # its own first sentence says what it is about
        return False
    if anaphor is None or _EXPLETIVE.search(plain):
        return bool(not own and SAYS_NOTHING.search(rest) and DOCUMENT_REFERENCE.search(rest))
    before = [word for word in words(plain[: anaphor.start()]) if word not in STOP_WORDS and word not in _GENERAL]
    is_possessive = re.fullmatch(r"its|theirs?|his|her", anaphor.group(), re.I) is not None
    is_divided = re.search(r"[,;:.?!–—]|\s-\s|\band\b", plain[: anaphor.start()])
    if before and (is_possessive or is_divided):
        return False
    most = (
        MOST_OWN
        if re.search(
            r"\b(?:it|its|them|that|this|those|these|he|she|his|her|him|one|then|since)\b", anaphor.group(), re.I
        )
        else 0
    )
    is_subject = re.search(rf"\b{AUX}\s+{anaphor.group()}\b", plain, re.I) is not None
    return len(own) <= most and (len(before) <= 1 or is_subject)


def filled_in(text: str, context: Antecedent) -> str:
    """The text with its pronouns replaced by what they stand for."""
    topic = context.topic
    if match := re.search(
        r"\b(?:the|that)\s+(first|second|third|fourth|fifth|last)\s+(?:one|point|item)\b", text, re.I
    ):
        item = _item(match[1].lower(), context)
        return text[: match.start()] + (f"“{item}”" if item else topic or match.group()) + text[match.end() :]
    if PERSON.search(text) and (person := person_in(context)):
        text = re.sub(r"\b(?:his|her)\b(?=\s+\w)", f"{person}’s", text, count=1, flags=re.I)
        return re.sub(r"\b(?:he|she|him|her)\b", person, text, count=1, flags=re.I)
    if not topic:
        return text
    if re.search(
        r"\b(?:it|they)\b.*\b(?:them|those|these)\b", text, re.I
    ):  # "does it plan to grow them?": it is the body
        text = re.sub(r"\b(?:it|they)\b", "the force", text, count=1, flags=re.I)
    patterns = (
        (r"\bof (?:them|those|these)\b", f"{topic}"),
        (r"\b(?:its|their)\b", f"{topic}’s"),
        (
            r"\b(?:that|this|those|these)\s+(?:team|unit|problem|issue|finding|area|plan|project|grade|grading|figure|number|concern|recommendations?|areas|findings|problems|officers|people|points?|line|service|system)\b",
            topic,
        ),
        (r"\b(?:it|them|they|this|those|these|that)\b", topic),
    )
    for pattern, replacement in patterns:
        changed, count = re.subn(pattern, replacement.replace("\\", ""), text, count=1, flags=re.I)
        if count:
            return changed
    return text


def _item(which: str, context: Antecedent) -> str:
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}[which]
    quotes = list(dict.fromkeys(citation.paragraph.own_text for citation in context.last.citations))
    return shortened(quotes[place]) if quotes and place < len(quotes) else ""


def person_in(context: Antecedent) -> str:
    for source in (context.base, *(citation.quote for citation in context.last.citations)):
        if match := _NAME.search(source):
            return match.group()
    return ""


def mentions(text: str, topic: str) -> bool:
    wanted = [word for word in words(topic) if word not in STOP_WORDS]
    return any(word in words(text) for word in wanted)


def shortened(text: str) -> str:
    first = text.split()
    return " ".join(first[:14]) + ("…" if len(first) > 14 else "")
