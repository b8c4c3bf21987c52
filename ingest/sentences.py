"""Where the sentences of a paragraph begin and end.

Owns the one splitter that the whole project uses, so that a quoted sentence is the same everywhere.
"""

import re

from ingest.document import Span

_STOP = re.compile(r"[.?!][\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9£•])")
# Abbreviations of official English that end with a full stop inside a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|Mr|Mrs|Ms|Dr|Prof|Det|Supt|Sgt|Insp|St|No|para|paras|pp?|vol|Art|ibid|approx)|\b[A-Z])\.$"
)
# "(...)" behind the end of a sentence, and itself at one: nothing or a new sentence follows.
_ASIDE = re.compile(r"(?<=[.?!\"”’')\]]\s)\([^()]*(?:\([^()]*\)[^()]*)*\)[.?!]?(?=\s+[\"“‘'(\[]?[A-Z0-9£•]|\s*$)")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Offsets of each sentence of `text`, in order, without the white space between them.

    Together they hold every visible character. A full stop ends a sentence when white space and an upper-case letter,
    digit, pound sign or opening quote follow, unless it belongs to a known abbreviation or an initial. An aside wholly
    in round brackets behind a sentence, as a reference to where it was said, belongs to that sentence.
    """
    spans: list[Span] = []
    start = len(text) - len(text.lstrip())
    asides = [match.span() for match in _ASIDE.finditer(text)]
    for match in _STOP.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text[start : match.start() + 1]):
            continue
        if any(match.end() <= first and not text[match.end() : first].strip() for first, _ in asides) or any(
            first < match.end() < end for first, end in asides
        ):
            continue
        spans.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        spans.append((start, start + len(text[start:].rstrip())))
    return tuple(spans)


def lead_in_of(text: str) -> str:
    """The last sentence of `text` if it ends with a colon: what the points below it hang on; else nothing."""
    return sentences(text)[-1] if text.endswith(":") else ""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, each a verbatim part of it."""
    return tuple(text[start:end] for start, end in sentence_spans(text))
