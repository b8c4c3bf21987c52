"""What an answer says, sentence by sentence, and which of the points that it answers each sentence names by number.

Owns cutting an answer up. Leaves what a sentence means to `stance`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Paragraph, Span
from ingest.numbers import plain, references
from ingest.sentences import sentence_spans

_NAMES_THE_ANSWER = re.compile(
    r"^(?:the )?[\w’' ]{0,40}\b(?:response|reply|position|decision|answer|status)\s*:?$", re.I
)
_NEXT_CLAUSE = re.compile(r"[,;]? (?:and|but|while|whilst|whereas|although) |; ", re.I)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer, or the part of one that speaks of one point."""

    paragraph: Paragraph
    span: Span  # in the paragraph's text

    @property
    def text(self) -> str:
        return self.paragraph.text[self.span[0] : self.span[1]]


def said_in(answer: Sequence[Paragraph]) -> list[Said]:
    """Each sentence once: a lead-in that several bullets share counts with the first of them.

    A line that only names what follows, such as "Government response", says nothing.
    """
    found: dict[str, Said] = {}
    for paragraph in answer:
        for span in sentence_spans(paragraph.text):
            part = Said(paragraph, span)
            if not _NAMES_THE_ANSWER.match(part.text):
                found.setdefault(part.text, part)
    return list(found.values())


def said_of(said: Sequence[Said], number: str | None, others: Sequence[str | None]) -> list[Said]:
    """What counts for one of several points that are answered together.

    A sentence that names points by number counts for those, with what follows it in its paragraph. A point that is
    nowhere named has what names no other.
    """
    known = {plain(each) for each in (number, *others) if each}
    scoped: list[tuple[frozenset[str], Said]] = []
    scope: frozenset[str] = frozenset()
    for part in said:
        if scoped and scoped[-1][1].paragraph is not part.paragraph:
            scope = frozenset()
        for clause in _clauses(part, known):
            scope = _named(clause.text, known) or scope
            scoped.append((scope, clause))
    mine = plain(number) if number else None
    own = [part for names, part in scoped if mine in names]
    if own:
        return own
    free = [part for names, part in scoped if not names]
    return free if len(free) < len(scoped) else list(said)


def _clauses(part: Said, known: set[str | None]) -> Iterator[Said]:
    """The sentence cut where it goes on to another point: "accepts 3 and, in part, 4" stays whole without a second name."""
    start = end = part.span[0]
    names = frozenset[str]()
    cuts = [part.span[0] + match.start() for match in _NEXT_CLAUSE.finditer(part.text)]
    for end in (*cuts, part.span[1]):
        piece = part.paragraph.text[start:end]
        rest = part.paragraph.text[end : part.span[1]]
        names = _named(piece, known)
        if names and end < part.span[1] and _SAYS.search(rest) and _named(rest, known) - names:
            yield Said(part.paragraph, (start, end))
            start = end
    yield Said(part.paragraph, (start, part.span[1]))


_SAYS = re.compile(r"\b(?:accept|agree|support|endorse|reject|disagree|not|cannot|declin|in principle|in part)", re.I)


def _named(text: str, known: set[str | None]) -> frozenset[str]:
    return frozenset(name for each in references(text) if (name := plain(each)) in known and name)
