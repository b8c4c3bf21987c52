"""A paragraph's text with the quoted words marked.

Owns where the marks go and the escaping of the text. Leaves which words are quoted to the citations.
"""

from collections.abc import Iterable, Sequence
from html import escape

from ingest.document import Span


def highlight(text: str, quotes: Sequence[str]) -> str:
    """`text` as escaped HTML, with `<mark>` around exactly the words of `quotes` and around no others.

    Each quote is marked where it first stands, as `Citation.span` has it. Marks that overlap or touch become one. A
    quote that is empty or does not stand in `text` marks nothing.
    """
    parts: list[str] = []
    written = 0
    for start, end in _merge(_places(text, quotes)):
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
