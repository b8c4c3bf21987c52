"""What a clause claims beside its figures: polarity, amount, direction, obligation, doubt and role.

Owns the word lists of these, and cutting a text into clauses. They are words of the language, not of any report. Leaves
comparing a sentence with its quote to `citations`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.tokens import content_stems, words


class Amount(StrEnum):
    """How much of a set a clause speaks of."""

    NOT_ALL = "not all"
    ALL = "all"
    MOST = "most"
    MANY = "many"
    SOME = "some"
    FEW = "few"
    ONLY = "only"


_AMOUNTS = {
    Amount.NOT_ALL: r"not (?:all|every|each|always|everyone|everything)",
    Amount.ALL: r"all|every|each|everyone|everything|everybody|always|entire(?:ly)?|fully|completely|whole|invariably",
    Amount.MOST: r"(?<!\bat )most(?= (?:of|\w+s|staff|people|police)\b)|the majority|a majority|mostly|usually|generally|largely|mainly",
    Amount.MANY: r"(?<!how )many|often|lots|numerous|frequent(?:ly)?",
    Amount.SOME: r"some|several|sometimes|occasional(?:ly)?|partly|partially|a few|a number of|certain",
    Amount.FEW: r"(?<!a )few|rarely|seldom|a minority|hardly|scarcely",
    Amount.ONLY: r"only|solely|exclusively",
}
_AMOUNT = re.compile("|".join(rf"(?P<{key.name}>\b(?:{value})\b)" for key, value in _AMOUNTS.items()), re.I)

# name -> (words one way, words the other way). Presence of the other way alone is a contradiction.
_DIRECTIONS = {
    "amount": (
        r"more|increas\w+|ris(?:e|es|en|ing)|rose|gr[eo]w(?:s|n|ing|th)?|higher|larger|greater|bigger|exceed\w*|above|"
        r"at least|over(?= £?\d)|up from",
        r"fewer|less|lower|decreas\w+|f[ae]ll(?:s|en|ing)?|dropp?(?:s|ed|ing)?|declin\w+|reduc\w+|smaller|below|"
        r"at most|under(?= £?\d)|down from|shrank|cut(?:s|ting)?",
    ),
    "quality": (
        r"better|improv(?:ed|es|ing|ement|ements)|stronger|well|strengths?|effectively|promptly",
        r"worse\w*|deteriorat\w+|weaker|poor(?:ly)?|badly|weakness(?:es)?|ineffectively|slowly",
    ),
    "speed": (r"faster|quicker|sooner|earlier|shorter", r"slower|later|longer"),
    "order": (r"before|prior to", r"after|following|since"),
    "state": (
        r"open(?:s|ed)?|reopen(?:s|ed)?|began|begins?|start(?:s|ed)?",
        r"clos(?:e|es|ed)|end(?:s|ed)?|stop(?:s|ped)?",
    ),
    "success": (r"succe\w+|met|meets|achiev\w+|complet(?:e|ed|es)", r"miss(?:ed|es)|fail\w*|incomplete"),
    "assent": (r"accept\w*|agree\w*|support\w*|approv\w+", r"reject\w*|disagree\w*|oppos\w+|refus\w+"),
    "part": (r"includ\w+", r"exclud\w+|except(?:s|ed|ing)?"),
    "credit": (r"prais\w+|welcom\w+|commend\w+", r"criticis\w+|condemn\w+"),
    "share": (
        r"maximum|highest|most common|largest|biggest|greatest|best|strongest|fastest|longest|newest",
        r"minimum|lowest|least common|smallest|worst|poorest|weakest|slowest|shortest|oldest",
    ),
}
_DIRECTION = {
    name: (re.compile(rf"\b(?:{up})\b", re.I), re.compile(rf"\b(?:{down})\b", re.I))
    for name, (up, down) in _DIRECTIONS.items()
}
# Directions that the quote must itself have. An amount may also follow from two figures of the quote. The others may be a
# fair summary, unless the quote says the opposite.
FROM_FIGURES = "amount"
CLAIMED = frozenset({FROM_FIGURES, "share"})
_GRADE_PHRASE = re.compile(r"\brequir(?:es?|ing) improvement\b|\bareas? for improvement\b", re.I)

NEGATION = re.compile(
    r"\b(?:not(?! only)|no(?! doubt)|none|nobody|nothing|nowhere|never|nor|neither|without|cannot|lack(?:s|ed|ing)?|"
    r"fail(?:s|ed|ing|ure|ures)?|un(?:able|likely)|absen(?:t|ce)|neglect(?:s|ed)?|refus(?:es|ed))\b|n['’]t\b",
    re.I,
)
_TWICE = re.compile(r"\b(?:not|never|n['’]t)\s+(?:unable|unlikely|without|fail\w*|lack\w*)\b|\bno\s+lack\b", re.I)
_OBLIGED = re.compile(
    r"\b(?:should|must|ought|needs? to|needed to|ha(?:s|ve|d) to|(?:is|are|was|were) to|required to|requires? that|"
    r"told (?:\w+ ){0,3}to|asked (?:\w+ ){0,3}to|asks? (?:\w+ ){0,3}to|recommend\w*|area for improvement|urge\w*|want\w*)\b",
    re.I,
)
_OBLIGES = re.compile(r"\b(?:should|must|ought to|needs? to|(?:is|are) to)\b", re.I)
_OPEN = re.compile(
    r"\b(?:may|might|could|can|would|will|perhaps|possibl[ey]|probabl[ey]|likely|risks?|potential\w*|seem\w*|appear\w*|"
    r"expect\w*|plan(?:s|ned|ning)?|propos\w+|inten[dt]\w*|aim\w*|hop(?:e|es|ed|ing)|to (?:be|come)|due|going to|if|try\w*|tri(?:ed|es))\b",
    re.I,
)
_OPENS = re.compile(
    r"(?<!in )\b(?:may(?= [a-z])|might|perhaps|possibly|probably|seems?|appears?|(?:was|were|is|are) (?:expected|planned|"
    r"proposed|likely)|will|would|was to|were to|plans? to|intends? to|expects? to)\b",
)
_CAUSE = re.compile(r"\b(?:because|due to|owing to|as a result of|caused by|thanks to|led to)\b", re.I)
_CAUSES = re.compile(
    r"\b(?:as|since|so|for|why|reasons?|ma(?:de|kes?)|lea(?:ds?|ding)|result\w*|mean(?:s|t)|br(?:ings?|ought)|follow\w*|put down to|through|by)\b",
    re.I,
)
# People and bodies by their role. One of them said of a quote that does not have it puts words into somebody's mouth.
_ROLES = re.compile(
    r"\b(commissioner|panel|committee|council|government|home office|home secretary|chief constable|superintendent|"
    r"victim|suspect|witness|offender|child|children|sergeant|ombudsman|minister|mayor|prosecutor|magistrate)s?\b",
    re.I,
)

_CUT = re.compile(
    r"(?P<strong>[.!?;](?=\s|$)|:(?=\s)|\s[–—-]\s|[()])"
    r"|,?\s+(?=(?:but|however|although|though|while|whereas|yet|despite|because|unless|until|without|except)\b)"
    r"|,\s+(?=(?:and|which|who|so|where|with|nor|or)\b)"
    r"|\s+(?=(?:and)\s+(?:it|they|there|he|she|we|this|that|some|many|no|not|never|did|does|do|was|were|had|has|have|is|are)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a text, the stems of what it speaks of, and whether it denies."""

    text: str
    stems: frozenset[str]
    denies: bool
    denied: frozenset[str] = frozenset()  # stems of what is denied: behind the first negation, or all of the clause


@lru_cache(maxsize=4_096)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order; the items below "... does not:" deny as their lead-in does."""
    text = re.sub(r",\s+(?:however|though|therefore),", "", text)
    found: list[Clause] = []
    start, carried = 0, False
    cuts = [(match.start(), match.end(), match.group()) for match in _CUT.finditer(text)]
    for cut_start, cut_end, mark in [*cuts, (len(text), len(text), ".")]:
        part = text[start:cut_start]
        if part.strip():
            denies = denied(part)
            stems = _spoken_of(part)
            behind = part[match.end() :] if (match := NEGATION.search(part)) else ""
            scope = (stems & frozenset(content_stems(behind))) or stems if denies or carried else frozenset()
            found.append(Clause(part.strip(), stems, denies or carried, scope))
            if mark.strip() == ":" and denies and len(part.split()) - _last_negation(part) <= 3:
                carried = True
        if mark.strip() in (".", "!", "?"):
            carried = False
        start = cut_end
    return tuple(found)


def _last_negation(part: str) -> int:
    ends = [match.end() for match in NEGATION.finditer(part)]
    return len(part[: ends[-1]].split()) if ends else 0


def denied(text: str) -> bool:
    """Whether the text denies something; a negation of a negation does not."""
    doubled = _TWICE.sub(" ", text)
    return NEGATION.search(doubled) is not None


def negations(text: str) -> int:
    """How many words of the text deny; "neither ... nor" counts once."""
    return len(NEGATION.findall(re.sub(r"\bnor\b", " ", _TWICE.sub(" ", text), flags=re.I)))


def _spoken_of(text: str) -> frozenset[str]:
    bare = NEGATION.sub(" ", text)
    return frozenset(content_stems(bare)) or frozenset(words(bare))


def reversing_prefixes(one: str, other: str) -> int:
    """How many words of `one` stand in `other` with a prefix that reverses them, or the other way round."""
    mine, theirs = set(words(one)), set(words(other))
    prefixes = ("un", "in", "im", "ir", "dis", "non", "mis", "il")
    count = 0
    for left, right in ((mine, theirs), (theirs, mine)):
        for word in left - right:
            count += any(
                word.startswith(p) and len(word) - len(p) >= 4 and word[len(p) :] in right - left for p in prefixes
            )
    return count


def amounts(text: str) -> Counter[Amount]:
    """How often the text speaks of each class of amount."""
    bare = re.sub(r"n['’]t\b", " not", text)
    bare = re.sub(
        r"\b(?:after all|at all|first of all|above all|in all|once more|all the same)\b", " ", bare, flags=re.I
    )
    return Counter(Amount[match.lastgroup] for match in _AMOUNT.finditer(bare) if match.lastgroup)


def directions(text: str) -> dict[str, tuple[int, int]]:
    """For each kind of comparison in the text, how often it goes the one way and how often the other."""
    bare = _GRADE_PHRASE.sub(" ", text)
    bare = re.sub(r"\bno longer\b|\bmore or less\b|\bas well\b|\bonce more\b|\bwell-?being\b", " ", bare, flags=re.I)
    counts = {name: (len(one.findall(bare)), len(other.findall(bare))) for name, (one, other) in _DIRECTION.items()}
    return {name: ways for name, ways in counts.items() if any(ways)}


def obliges(text: str) -> bool:
    """Whether the text says what ought to be done."""
    return _OBLIGES.search(text) is not None


def sounds_obliged(text: str) -> bool:
    """Whether the text lets a reader know that something was asked for, not that it was done."""
    return _OBLIGED.search(text) is not None


def leaves_open(text: str) -> bool:
    """Whether the text says that something is possible, expected or planned rather than so."""
    return _OPENS.search(text) is not None


def sounds_open(text: str) -> bool:
    return _OPEN.search(text) is not None


def gives_cause(text: str) -> bool:
    return _CAUSE.search(text) is not None


def allows_cause(text: str) -> bool:
    """Whether the text joins two things in a way that may be told as cause and effect."""
    return gives_cause(text) or _CAUSES.search(text) is not None


def roles(text: str) -> frozenset[str]:
    """Roles of people and bodies in the text, lower case, singular."""
    return frozenset("child" if match[1].lower() == "children" else match[1].lower() for match in _ROLES.finditer(text))
