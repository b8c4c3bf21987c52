"""What must hold of the paragraphs of any text."""

import re
from collections.abc import Iterable

from ingest.document import Paragraph

MARKS = re.compile(r"^(?:#{1,6}|\d{1,3}\.)(?= )|^-{3,}$", re.M)  # a Markdown file says with its marks what a block is


def lost_characters(text: str, paragraphs: Iterable[Paragraph]) -> str:
    """The visible characters of `text` that no paragraph points to, in order; the marks of Markdown may be left out."""
    held = {place for paragraph in paragraphs for start, end in paragraph.pieces for place in range(start, end)}
    if "# " in text:
        held.update(place for mark in MARKS.finditer(text) for place in range(*mark.span()))
    return "".join(letter for place, letter in enumerate(text) if not letter.isspace() and place not in held)


def printed(text: str, paragraph: Paragraph) -> str:
    """What stands in `text` where the paragraph's pieces say, in single spaces."""
    return " ".join(" ".join(text[start:end] for start, end in paragraph.pieces).split())
