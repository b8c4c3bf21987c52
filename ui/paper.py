"""A paper to print or paste: lines of text, each with the footnotes that prove it.

Owns the type, its promise that every line has a footnote and every footnote is used, and its Markdown form. Leaves
Word to `word` and the web page to `webpage`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.dates import spoken
from ingest.document import Document, Paragraph
from ui.copying import cited, plain_markdown

MACHINE_NOTE = (
    "A machine (Evidence Desk) gathered these passages. It quotes them word for word and does not judge them. "
    "Check each against its document before you rely on it."
)


class Style(StrEnum):
    HEADING = "heading"  # the only lines that need no footnote
    TEXT = "text"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Line:
    """Words, and the numbers of the footnotes that stand behind them, from 1."""

    style: Style
    words: str
    notes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.words.strip() or (self.style is not Style.HEADING and not self.notes):
            raise ValueError(f"a line needs words and, unless it is a heading, a footnote, not {self!r}")


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything on the paper. Every number in a line has its footnote, and every footnote is referred to."""

    title: str
    lines: tuple[Line, ...]
    footnotes: tuple[str, ...]  # the first is number 1
    colophon: tuple[str, ...]  # our own words: from which index, as of when, made by a machine

    def __post_init__(self) -> None:
        used = {number for line in self.lines for number in line.notes}
        if used != set(range(1, len(self.footnotes) + 1)):
            raise ValueError(f"footnotes 1 to {len(self.footnotes)} and references {sorted(used)} do not match")


class Footnotes:
    """Numbers footnotes as they are needed; one paragraph has one number however often it is cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []

    def number(self, paragraph: Paragraph, document: Document) -> int:
        if paragraph.id not in self._numbers:
            self._texts.append(f"{cited(paragraph, document)} [{paragraph.id}]")
            self._numbers[paragraph.id] = len(self._texts)
        return self._numbers[paragraph.id]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self._texts)


def colophon(fingerprint: str, made: str, as_of: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """`made` and `as_of` are ISO; an empty `as_of` is the day of making."""
    day, _, time = made.partition("T")
    named = "; ".join(f"{document.metadata.title} ({document.source})" for document in documents)
    return (
        MACHINE_NOTE,
        f"As of {spoken(as_of or day)}. Made on {spoken(day)} at {time}. Fingerprint of the documents: {fingerprint}.",
        f"Documents cited: {named}.",
    )


def paper_markdown(paper: Paper) -> str:
    """With Markdown footnotes; characters that Markdown would obey are made plain."""
    lines = [f"# {plain_markdown(paper.title)}", ""]
    for line in paper.lines:
        marks = "".join(f"[^{number}]" for number in line.notes)
        words = plain_markdown(line.words)
        before = {Style.HEADING: "## ", Style.ITEM: "- ", Style.QUOTE: "> ", Style.TEXT: ""}[line.style]
        lines += [f"{before}{words}{marks}", ""]
    lines += [f"[^{number}]: {plain_markdown(text)}" for number, text in enumerate(paper.footnotes, start=1)]
    lines += ["", "---", ""] + [f"*{plain_markdown(text)}*\n" for text in paper.colophon]
    return "\n".join(lines)
