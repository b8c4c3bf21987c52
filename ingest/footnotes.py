"""Footnotes of plain text: found below their rule, taken out of the prose, and their marks taken off words.

Owns the numbering logic. Leaves joining the prose that a footnote interrupts to `paragraphs`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Span
from ingest.lines import TERMINAL, Chunk, Line, join_lines

NOTE_START = re.compile(r"^(\d{1,3})\s+(?=[A-Z‘'“\"(])")


@dataclass(frozen=True, slots=True)
class Footnote:
    """One footnote, rejoined where a page break cut it."""

    number: int
    text: str
    pieces: tuple[Span, ...]
    chunk_index: int  # where it begins


@dataclass(frozen=True, slots=True)
class Footnotes:
    notes: tuple[Footnote, ...]
    taken: frozenset[int]  # indices of the chunks that are footnotes
    cleaned: Mapping[int, str]  # chunk index -> its text without footnote marks
    marked: Mapping[int, tuple[str, ...]]  # chunk index -> numbers of the marks taken off it


def _note_groups(chunk: Chunk, expected: int | None) -> list[tuple[int | None, list[Line]]]:
    """The chunk's lines by footnote; the first group has no number when it continues the footnote before."""
    groups: list[tuple[int | None, list[Line]]] = []
    for line in chunk.lines:
        match = NOTE_START.match(line.text)
        number = int(match[1]) if match else None
        if number is not None and (expected is None or number == expected):
            groups.append((number, [line]))
            expected = number + 1
        elif groups:
            groups[-1][1].append(line)
        else:
            groups.append((None, [line]))
    return groups


def _mark(number: int) -> re.Pattern[str]:
    """Glued to a word, a closing bracket or quote, a full stop after one of these, or a year; or after another mark."""
    return re.compile(
        rf"(?:(?<=[A-Za-z)’”\"'])|(?<=[A-Za-z)’”\"'][.,;:?!])"
        rf"|(?<=\b(?:19|20)\d\d)|(?<=\b(?:19|20)\d\d[.,])|(?<=\x00) ?)"
        rf"{number}(?![\dA-Za-z%])"
    )


def _is_foot(chunks: Sequence[Chunk], index: int, page_ends: frozenset[int], last: int | None) -> bool:
    """Whether this chunk and those below it down to the page's number begin with the next footnote numbers."""
    number = last or 0
    for place in range(index, len(chunks)):
        if place in page_ends:
            return place > index
        start = NOTE_START.match(chunks[place].lines[0].text)
        if start is None or int(start[1]) != number + 1:
            return False
        number += sum(NOTE_START.match(line.text) is not None for line in chunks[place].lines)
    return False


def _remove_marks(
    texts: dict[int, str], marked: dict[int, tuple[str, ...]], segment: Sequence[int], numbers: Sequence[int]
) -> None:
    """Take the marks of these footnotes, in order, off the chunks of the page above them."""
    place = 0
    position = 0
    for number in numbers:
        mark = _mark(number)
        for offset in range(place, len(segment)):
            index = segment[offset]
            match = mark.search(texts[index], position if offset == place else 0)
            if match:
                # A null, which no text holds, keeps the place so that a second mark after the first is recognised.
                texts[index] = texts[index][: match.start()] + "\x00" + texts[index][match.end() :]
                place, position = offset, match.start()
                marked[index] = (*marked.get(index, ()), str(number))
                break


def find_footnotes(chunks: Sequence[Chunk], skip: frozenset[int], page_ends: frozenset[int] = frozenset()) -> Footnotes:
    """Separate footnotes from prose.

    A footnote zone opens below a footnote rule and closes at the next page, at a page number, or at the first chunk
    that starts no footnote; only the first chunk below a rule may continue the footnote of the page before. Where pages
    have no rule, a zone also opens at the foot of a page: chunks directly above a page number (`page_ends`) that all begin
    with the next numbers, of which the first is a mark in the text above. `skip` are chunks already known as furniture.
    """
    parts: dict[int, tuple[int, list[Line]]] = {}
    taken: set[int] = set()
    texts = {index: chunk.text for index, chunk in enumerate(chunks)}
    marked: dict[int, tuple[str, ...]] = {}
    segment: list[int] = []
    zone, zone_numbers, last = False, [], None  # type: bool, list[int], int | None
    for index, chunk in enumerate(chunks):
        if chunk.begins_page or chunk.after_rule:
            zone = chunk.after_rule
        if not zone and index not in skip and _is_foot(chunks, index, page_ends, last):
            zone = any(_mark(last + 1 if last else 1).search(texts[place]) for place in segment)
        if index in skip:
            zone = zone and index not in page_ends and not texts[index].isdigit()
            continue
        groups = _note_groups(chunk, None if last is None else last + 1) if zone else []
        continues = bool(groups) and groups[0][0] is None
        is_open = last is not None and not TERMINAL.search(parts[last][1][-1].text) if last in parts else False
        if groups and (not continues or (is_open and chunk.after_rule)):
            taken.add(index)
            for number, lines in groups:
                if number is None and last is not None:
                    parts[last][1].extend(lines)
                elif number is not None:
                    parts[number] = (index, list(lines))
                    zone_numbers.append(number)
                    last = number
            continue
        zone = False
        if zone_numbers:
            _remove_marks(texts, marked, segment, zone_numbers)
            segment, zone_numbers = [], []
        segment.append(index)
    _remove_marks(texts, marked, segment, zone_numbers)
    notes = tuple(
        Footnote(number, NOTE_START.sub("", join_lines([line.text for line in lines])), _spans(lines), index)
        for number, (index, lines) in parts.items()
    )
    cleaned = {index: " ".join(text.replace("\x00", "").split()) for index, text in texts.items()}
    return Footnotes(notes, frozenset(taken), cleaned, marked)


def _spans(lines: Sequence[Line]) -> tuple[Span, ...]:
    """One span for each run of lines that follow each other in the file (a gap over 3 characters is a cut)."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line.start - spans[-1][1] <= 3:
            spans[-1][1] = line.end
        else:
            spans.append([line.start, line.end])
    return tuple((start, end) for start, end in spans)
