"""Paragraphs become passages: what is embedded.

Owns the text that goes into the vectors. Leaves embedding to `embedder` and the vectors to `dense`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from index.tokens import words
from ingest.document import Document, Kind, Paragraph, Span
from ingest.sentences import sentence_spans

# The model cuts its input at 256 word pieces. On the five reports and the sample documents the longest passage of 180
# cl100k tokens has 190 word pieces; tests/index/test_passages.py checks a long one with the model's own tokenizer.
MAX_TOKENS = 180
HEADER_TOKENS = 60  # of these, at most so many are title and section path
SHORT_SENTENCE = 4  # words; a shorter sentence says nothing on its own
_PART_OF_FILE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CODE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{6,}", re.I)  # a hash or a number of an upload


class Level(StrEnum):
    WINDOW = "window"  # a paragraph, or a part of a long one, below its title and section path
    SENTENCE = "sentence"  # one sentence below its innermost heading


@dataclass(frozen=True, slots=True)
class Passage:
    """One embedded text and the paragraph it stands for."""

    paragraph_id: str
    level: Level
    text: str
    start: int  # where its words begin in the paragraph's text
    end: int


def file_words(source: str) -> tuple[str, ...]:
    """The words of a file's name, and of its folder where that is part of it, in order, lower case; numbers, single letters and codes are none."""
    found = []
    for piece in re.split(r"[^A-Za-z\d]+", str(PurePath(source).with_suffix(""))):
        if not _CODE.fullmatch(piece) or len(re.findall(r"[A-Za-z]{4,}", piece)) == 1:
            found += [part.lower() for part in _PART_OF_FILE.findall(piece) if len(part) > 1 and not part.isdigit()]
    return tuple(dict.fromkeys(found))


def searched_title(document: Document) -> str:
    """The document's title, and behind it in brackets those words of its file's name that the title lacks."""
    title = document.metadata.full_title
    known = set(words(title))
    more = [word for word in file_words(document.source) if word not in known]
    return f"{title} ({' '.join(more)})" if more else title


def header(document: Document, paragraph: Paragraph, count_tokens: Callable[[str], int]) -> str:
    """Searched title and section path, innermost headings last; outer ones are dropped first when too long."""
    parts = [searched_title(document), *paragraph.headings]
    while len(parts) > 1 and count_tokens(" | ".join(parts)) > HEADER_TOKENS:
        parts.pop(1 if len(parts) > 2 else 0)
    text = " | ".join(parts)
    while count_tokens(text) > HEADER_TOKENS:
        text = text[: int(len(text) * 0.8)]
    return text


def passages(document: Document, count_tokens: Callable[[str], int]) -> Iterator[Passage]:
    """Windows and sentences of every citable paragraph, in reading order.

    A paragraph longer than a window is cut at sentences, and each window repeats the last sentence of the one before.
    A bullet is embedded with its lead-in. A grade alone on its line has only its window: its words mean nothing
    without the heading.
    """
    for paragraph in document.citable():
        top = header(document, paragraph, count_tokens)
        room = MAX_TOKENS - count_tokens(top)
        for start, end in _windows(paragraph.text, room, count_tokens):
            yield Passage(paragraph.id, Level.WINDOW, f"{top}\n{paragraph.text[start:end]}", start, end)
        if paragraph.kind is Kind.GRADE and len(paragraph.text.split()) < SHORT_SENTENCE:
            continue
        for start, end in sentence_spans(paragraph.text):
            if len(paragraph.text[start:end].split()) >= SHORT_SENTENCE:
                yield Passage(paragraph.id, Level.SENTENCE, under_heading(paragraph, start, end), start, end)


def under_heading(paragraph: Paragraph, start: int, end: int) -> str:
    """A part of a paragraph below its innermost heading."""
    words = paragraph.text[start:end]
    return f"{paragraph.headings[-1]}: {words}" if paragraph.headings else words


def _windows(text: str, room: int, count_tokens: Callable[[str], int]) -> Iterator[Span]:
    """Runs of sentences that fit into `room` tokens; together they hold the whole text."""
    parts = [piece for start, end in sentence_spans(text) for piece in _fit(text, start, end, room, count_tokens)]
    first = 0
    for place in range(len(parts)):
        if place > first and count_tokens(text[parts[first][0] : parts[place][1]]) > room:
            yield parts[first][0], parts[place - 1][1]
            repeats = count_tokens(text[parts[place - 1][0] : parts[place][1]]) <= room
            first = place - 1 if repeats else place
    if parts:
        yield parts[first][0], parts[-1][1]


def _fit(text: str, start: int, end: int, room: int, count_tokens: Callable[[str], int]) -> Iterator[Span]:
    """The sentence's span, halved at a space until each part fits."""
    middle = text.find(" ", start + (end - start) // 2, end)
    if count_tokens(text[start:end]) <= room or middle < 0:
        yield start, end
        return
    yield from _fit(text, start, middle, room, count_tokens)
    yield from _fit(text, middle + 1, end, room, count_tokens)
