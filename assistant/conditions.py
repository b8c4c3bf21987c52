"""What a sentence must hold besides the form asked for: the year of a figure, who chairs, what a review found.

Owns these rules of English. Leaves the form itself to `expectation`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.reference import years_in
from index.tokens import words
from ingest.dates import MONTHS
from ingest.figure_words import SMALL, WORDS

_MONTH = "(?:" + "|".join(MONTHS) + ")"
# A year that belongs to the figure asked for; "in 2021/22" and "the April 2022 report" only say where to look.
_OF_FIGURE = re.compile(
    rf"\b(?:year|months|quarter)\s+(?:ending|ended|to|up to)\s+(?:the\s+)?(?:end of\s+)?(?:\d{{1,2}}\s+)?(?:{_MONTH}\s+)?(?P<year>(?:19|20)\d\d)\b|"
    rf"\b(?:in|as at|by the end of)\s+{_MONTH}\s+(?P<in>(?:19|20)\d\d)\b(?!\s+(?:report|inspection|panel|update|paper|peel))",
    re.I,
)
_RANGE = re.compile(r"\b(?:between|from)\s+(?:\w+\s+)?((?:19|20)\d\d)\s+(?:and|to)\s+(?:\w+\s+)?((?:19|20)\d\d)", re.I)
_BOUND = re.compile(
    r"\b(?:within|under|over|less than|more than|fewer than|at least)\s+(?P<number>\d[\d,.]*|" + SMALL + r")\s+"
    r"(?:second|minute|hour|day|week|month|year|per ?cent|%)",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:which|what)\s+(?:other\s+|two\s+|three\s+)?(?:towns?|villages?|cit(?:y|ies)|schools?|hospitals?|universit(?:y|ies)|"
    r"colleges?|countr(?:y|ies)|supermarkets?|ports?|streets?)\b",
    re.I,
)
_PROPER = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][a-z]{2,}")
# What is asked for, how, and what a sentence then has to hold.
_PATTERNS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "telephone number or address",
        re.compile(r"\b(?:(?:tele)?phone|mobile|fax) number\b|\be-?mail\b|\b(?:postal|web|website) address\b", re.I),
        re.compile(r"\d[\d ]{4,}\d|@|\bwww\.|https?:", re.I),
    ),
    (
        "word of who chairs it",
        re.compile(r"^\W*(?:and |so )?who(?: \w+)? chair(?:s|ed)?\b", re.I),
        re.compile(r"\bchair", re.I),
    ),
    (
        "word of who wrote it",
        re.compile(r"^\W*(?:and |so )?who (?:wrote|drafted|authored)\b", re.I),
        re.compile(r"\b(?:wrote|written|author|draft|signed|prepared)", re.I),
    ),
    (
        "finding of it",
        re.compile(
            r"\bwhat\b.*\b(?:review|survey|audit|evaluation|study|exercise|consultation)s?\b.*"
            r"\b(?:find|found|show|showed|conclude|concluded|recommend|recommended|reveal|revealed|point to)\b",
            re.I,
        ),
        re.compile(
            r"\b(?:found|finds|identif\w+|recommended|recommends|show(?:s|ed|n)?|conclud\w+|reveal\w*|highlight\w*|suggest\w*|said|"
            r"noted|stat(?:es|ed)|told|judged|point(?:s|ed) (?:to|out)|indicat\w+|confirm\w*|reported|estimated|felt|agreed|"
            r"believed|thought|per ?cent|half|third|quarter)\b|%",
            re.I,
        ),
    ),
    (
        "target",
        re.compile(r"\b(?:what|which) target\b", re.I),
        re.compile(r"\b(?:target|goal|aim|threshold|standard|objective)", re.I),
    ),
    (
        "word for word record",
        re.compile(r"\b(?:exact|very|own) words\b|\bword for word\b", re.I),
        re.compile(r"[“\"‘]|\bsaid\b", re.I),
    ),
)
# Of figures alone.
_OF_NUMBERS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "highest or lowest figure",
        re.compile(
            r"\b(?:highest|lowest|largest|biggest|smallest|maximum|minimum|busiest|longest|shortest|oldest|youngest)\b",
            re.I,
        ),
        re.compile(r"\b(?:[a-z]+est|maximum|minimum|record|peak\w*|most|least|up to|top)\b", re.I),
    ),
    (
        "average",
        re.compile(r"\b(?:averages?|mean|median)\b", re.I),
        re.compile(r"\b(?:averag\w+|mean|median|typical(?:ly)?|usual(?:ly)?)\b", re.I),
    ),
)
# A question whether something came about is not answered by the plan that it should.
_CAME_ABOUT = re.compile(
    r"^\W*(?:so |and |but )?(?:did|was|were|has|have|had)\b.*\b(?:finish|complet|go live|gone live|launch|introduc|implement|open|"
    r"deliver|set up|publish|put in place|happen)\w*",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:will|plans? to|planned|planning to|intends? to|due to|(?:is|are) due|expected to|aims? to|scheduled|until|to be)\b",
    re.I,
)
_CAME = re.compile(r"\b(?:not|never|no|already|has|have|had|was|were|completed|did)\b|n['’]t\b", re.I)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that a sentence must hold to answer."""

    said: str  # what is missing where it does not: "target"
    holds: Callable[[str], bool]


def conditions(question: str, asks_number: bool) -> tuple[Condition, ...]:
    """What a sentence must hold to answer `question`; `asks_number` says whether it asks for a figure."""
    return tuple(_conditions(question, asks_number))


def _conditions(question: str, asks_number: bool) -> Iterator[Condition]:
    for said, asked, needed in (*_PATTERNS, *(_OF_NUMBERS if asks_number else ())):
        if asked.search(question):
            yield Condition(said, lambda sentence, needed=needed: needed.search(sentence) is not None)  # type: ignore[misc]  # a default binds the loop's value
    if _PLACE.search(question):
        own = frozenset(words(question))
        yield Condition(
            "name of a place", lambda sentence: any(w.lower() not in own for w in _PROPER.findall(sentence))
        )
    if _CAME_ABOUT.search(question):
        yield Condition(
            "word of whether it came about", lambda text: not _PLANNED.search(text) or bool(_CAME.search(text))
        )
    if asks_number and (years := _years(question)):
        yield Condition("figure for that time", lambda sentence: _is_of(sentence, years))
    if asks_number and (bound := _BOUND.search(question)):
        spelled = bound["number"].lower()
        number = str(WORDS.get(spelled, spelled))
        yield Condition(f"figure for “{bound.group()}”", lambda sentence: number in _numbers(sentence))


def _years(question: str) -> frozenset[int]:
    return frozenset(int(match["year"] or match["in"]) for match in _OF_FIGURE.finditer(question))


def _is_of(sentence: str, years: frozenset[int]) -> bool:
    """Whether the sentence names one of the years, or none at all: its report's own then."""
    spans = (range(int(match[1]), int(match[2]) + 1) for match in _RANGE.finditer(sentence))
    named = years_in(sentence).union(*spans)
    return not named or bool(named & years)


def _numbers(sentence: str) -> frozenset[str]:
    digits = re.findall(r"\d[\d,.]*\d|\d", sentence)
    return frozenset(digits) | {str(WORDS[word]) for word in words(sentence) if word in WORDS}
