"""A paragraph's text with the quoted words, or the words that were searched for, marked.

Owns where the marks go and the escaping of the text. Leaves which words are quoted to the citations.
"""

import re
from collections.abc import Iterable, Sequence, Set
from html import escape

from index.tokens import content_stems
from ingest.document import Span

WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def highlight(text: str, quotes: Sequence[str]) -> str:
    """`text` as escaped HTML, with `<mark>` around exactly the words of `quotes` and around no others.

    Each quote is marked where it first stands, as `Citation.span` has it. Marks that overlap or touch become one. A
    quote that is empty or does not stand in `text` marks nothing.
    """
    return _marked(text, _places(text, quotes))


def highlight_words(text: str, stems: Set[str]) -> str:
    """`text` as escaped HTML, with `<mark>` around each word whose stem is one of `stems`."""
    return _marked(text, [match.span() for match in WORD.finditer(text) if stems & set(content_stems(match.group()))])


def shared_words(text: str, stems: Set[str]) -> tuple[str, ...]:
    """The words of `text` whose stem is one of `stems`, in lower case, each stem once, in order."""
    found: dict[str, str] = {}
    for match in WORD.finditer(text):
        for stem in stems & set(content_stems(match.group())):
            found.setdefault(stem, match.group().lower())
    return tuple(found.values())


def _marked(text: str, spans: Iterable[Span]) -> str:
    parts: list[str] = []
    written = 0
    for start, end in _merge(spans):
        parts.append(escape(text[written:start]))
        parts.append(f"<mark>{escape(text[start:end])}</mark>")
        written = end
    parts.append(escape(text[written:]))
    return "".join(parts)


def _places(text: str, quotes: Iterable[str]) -> list[Span]:
    found = ((text.find(quote), len(quote)) for quote in quotes if quote.strip())
    return [(start, start + length) for start, length in found if start >= 0]


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
