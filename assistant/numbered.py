"""Evidence as numbered sentences, and a model's reply as sentences that name those numbers.

Owns the form in which a chat model is told evidence and answers from it. Leaves asking it to `model`, and whether a
sentence holds to `citations`.
"""

import re
from collections.abc import Sequence

from assistant.composer import DraftSentence, Source
from assistant.instructions import defanged, without_instructions
from assistant.selection import Chosen, merge_spans
from index.tokens import count_tokens, words
from ingest.document import Span
from ingest.sentences import sentence_spans

_CITED = re.compile(r"^\s*(?:[-*•]|\d+[.)])?\s*(?P<text>.+?)\s*(?P<marks>(?:\[[\d,\s]+\]\s*)+)[.;]?\s*$")
_BARE = re.compile(r"^\s*(?:[-*•]|\d+[.)])?\s*(?P<text>\S.*?)\s*$")
_NUMBER_FIRST = re.compile(r"\W*\[\d")
_BEFORE_NUMBER = re.compile(r"\s+(?=\[\d)")
_BEHIND_NUMBER = re.compile(r"(?<=\])[.;]?\s+(?=[A-Z“\"£\d])")
_CITED_BEFORE = re.compile(r"^\W*(?P<marks>(?:\[[\d,\s]+\]\s*)+)(?P<text>[^\[\]]+?)\s*$")


def numbered_evidence(evidence: Sequence[Chosen], tokens: int) -> tuple[str, list[Source]]:
    """Each sentence of the chosen evidence with its number, within the budget of tokens, and what each number stands
    for. The first is sent whatever its length; sentences that speak to a program never are."""
    sources: list[Source] = []
    lines: list[str] = []
    used = 0
    for item in evidence:
        for start, end in _sentences(item):
            quote = item.paragraph.text[start:end].strip()
            line = f"[{len(sources) + 1}] {defanged(quote)}"
            used += count_tokens(line) + 1
            if sources and used > tokens:
                return "\n".join(lines), sources
            sources.append(Source(item.paragraph, item.document, quote))
            lines.append(line)
    return "\n".join(lines), sources


def _sentences(item: Chosen) -> list[Span]:
    """Where the single sentences of the chosen words stand; an item stays with the lead-in without which it says nothing."""
    text = item.paragraph.text
    spans = without_instructions(text, item.spans)
    if item.paragraph.lead_in:
        return list(spans)
    return [(start + first, start + last) for start, end in spans for first, last in sentence_spans(text[start:end])]


def left_out(item: Chosen, told: Sequence[Source]) -> tuple[DraftSentence, ...]:
    """The sentences of the chosen words that no source told holds, those that stand together as one."""
    text = item.paragraph.text
    covered = [(text.find(source.quote), source.quote) for source in told if source.paragraph.id == item.paragraph.id]
    spans = [
        (start, end)
        for start, end in _sentences(item)
        if not any(at < end and start < at + len(quote) for at, quote in covered)
    ]
    quotes = [text[start:end].strip() for start, end in merge_spans(text, spans)]
    return tuple(DraftSentence(quote, item.paragraph, item.document, quote) for quote in quotes)


def parse(reply: str, sources: Sequence[Source]) -> tuple[DraftSentence, ...]:
    """The sentences of a model's reply that end with known numbers; anything else it wrote is left out.

    A sentence in the words of one of the sources rests on that one, whatever number the model gave it, or none.
    """
    by_words = {tuple(words(source.quote)): source for source in reversed(sources)}
    found: list[DraftSentence] = []
    for piece in _pieces(reply):
        match = _CITED.match(piece) or _CITED_BEFORE.match(piece) or _BARE.match(piece)
        if not match:
            continue
        own = by_words.get(tuple(words(match["text"])))
        told = [own] if own else _numbered(match.groupdict().get("marks", ""), sources)
        if told:
            first, *others = told
            sentence = DraftSentence(match["text"], first.paragraph, first.document, first.quote, tuple(others), True)
            if sentence not in found:
                found.append(sentence)
    return tuple(found)


def _numbered(marks: str, sources: Sequence[Source]) -> list[Source]:
    """The sources that a model's marks name; none when one of the numbers is unknown."""
    numbers = list(dict.fromkeys(int(number) for number in re.findall(r"\d{1,3}", marks)))
    return [sources[number - 1] for number in numbers] if all(1 <= each <= len(sources) for each in numbers) else []


def _pieces(reply: str) -> list[str]:
    """The cited sentences of a reply. Small models put the number in front, whatever they are told."""
    pieces: list[str] = []
    for line in reply.splitlines():
        in_front = _NUMBER_FIRST.match(line) and not line.rstrip().endswith("]")
        pieces += (_BEFORE_NUMBER if in_front else _BEHIND_NUMBER).split(line)
    return pieces


def finished(reply: str) -> str:
    """What of an unfinished reply will be read the same when the rest has come: its whole lines, and of the last one the
    sentences that another follows. A line that begins with a number says only at its end which sentences it numbers."""
    lines, last = reply[: reply.rfind("\n") + 1], reply[reply.rfind("\n") + 1 :]
    followed = [] if _NUMBER_FIRST.match(last) else list(_BEHIND_NUMBER.finditer(last))
    return lines + (last[: followed[-1].start()] if followed else "")
