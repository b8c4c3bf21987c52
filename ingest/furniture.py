"""Which chunks of plain text are not prose: page numbers, contents lists, chart debris, captions, links.

Owns recognising them by layout. Leaves everything a reader would quote to `plain`. All functions are pure and return
the indices of the chunks they recognise.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.lines import FIELD, TERMINAL, UNDERLINE, Chunk
from ingest.table_notes import CAPTION, UNMARKED_NOTE, marks_in, note_mark

PAGE_NUMBER = re.compile(r"^(?:page\s+)?(\d{1,4})(?:\s+of\s+\d+)?$", re.I)
CONTENTS_LINE = re.compile(r"^(?P<title>.*?\S)(?:\t+|\s*\.{4,}\s*)\d{1,4}$")
LINK = re.compile(r"^<?(?:https?://|www\.)\S+>?$")
SOURCE = re.compile(r"^Sources?: ")
WEB_FURNITURE = re.compile(
    r"^(?:skip to (?:main )?content|back to (?:top|contents)|print this page|share this page|cookies?|menu|contents)$",
    re.I,
)
STAMP = re.compile(r"^(?:last updated|updated|published|publication date)\b.{0,30}\d", re.I)
COPYRIGHT = re.compile(r"©|\bISBN\b")
RUNNING_PAGES = 3  # pages; two sections that open a page may share a label, three hardly do. Not tuned
DEBRIS_WIDTH = 5  # characters; chart labels come out of a PDF as fragments of one to five characters
DEBRIS_LINES = 8  # consecutive fragments; fewer may be a list of grades or page numbers


def chart_debris(chunks: Sequence[Chunk]) -> set[int]:
    """Runs of fragments that were the labels of a chart, and the legend directly below them."""
    found: set[int] = set()
    run: list[int] = []
    for index, chunk in enumerate([*chunks, None]):
        if chunk is not None and all(len(line.text) <= DEBRIS_WIDTH for line in chunk.lines):
            run.append(index)
            continue
        if sum(len(chunks[place].lines) for place in run) >= DEBRIS_LINES:
            found.update(run)
            if chunk is not None and len(chunk.lines) == 1 and not TERMINAL.search(chunk.text):
                found.add(index)
        run = []
    return found


def contents_list(chunks: Sequence[Chunk]) -> tuple[set[int], tuple[str, ...]]:
    """The lines of a printed contents list (three or more in a row), and the headings they name."""
    found: set[int] = set()
    titles: list[str] = []
    run: list[int] = []
    for index, chunk in enumerate([*chunks, None]):
        match = CONTENTS_LINE.match(chunk.lines[0].text) if chunk is not None and len(chunk.lines) == 1 else None
        if match:
            run.append(index)
            continue
        # The list may be broken by a blank line; it ends at the first line that is no entry.
        if len(run) >= 3:
            found.update(run)
            titles += [str(CONTENTS_LINE.match(chunks[place].lines[0].text)["title"]) for place in run]  # type: ignore[index]  # matched above
        run = []
    return found, tuple(titles)


def page_numbers(chunks: Sequence[Chunk], wrapped: bool) -> dict[int, int]:
    """Index of each chunk that is a printed page number -> the number. Only wrapped text still has pages."""
    if not wrapped:
        return {}
    matches = {index: PAGE_NUMBER.match(chunk.text) for index, chunk in enumerate(chunks) if len(chunk.lines) == 1}
    return {index: int(match[1]) for index, match in matches.items() if match}


def page_labels(found: Sequence[Chunk], numbers: Mapping[int, int], debris: set[int]) -> dict[int, str]:
    """The printed page of each chunk, counted from the printed page numbers at the foot of pages.

    Between two printed numbers the page breaks are counted; where the count does not lead from one number to the
    next, the pages between stay unlabelled rather than wrong.
    """
    if not numbers:
        return {}
    ordinal, ends = [], {}
    current = 0
    for index, chunk in enumerate(found):
        previous_ended = index - 1 in numbers
        if index and (previous_ended or (chunk.begins_page and index not in debris)):
            current += 1
        ordinal.append(current)
        if index in numbers:
            ends[current] = numbers[index]
    anchors = sorted(ends.items())
    labels: dict[int, str] = {}
    for index, place in enumerate(ordinal):
        below = [(page, printed) for page, printed in anchors if page <= place]
        above = [(page, printed) for page, printed in anchors if page >= place]
        guesses = {printed + place - page for page, printed in (below[-1:] + above[:1])}
        if len(guesses) == 1:
            labels[index] = str(guesses.pop())
    return labels


def running_heads(found: Sequence[Chunk], text: str, numbers: Mapping[int, int]) -> set[int]:
    """Lines that pages repeat at their top or foot: next to a form feed or a printed page number, alike but for digits."""
    tops, feet = [], []
    for index, chunk in enumerate(found):
        if len(chunk.lines) > 1 or index in numbers:
            continue
        before = text[found[index - 1].lines[-1].end : chunk.lines[0].start] if index else ""
        after = text[chunk.lines[-1].end : found[index + 1].lines[0].start] if index + 1 < len(found) else ""
        if "\f" in before or index - 1 in numbers:
            tops.append(index)
        elif "\f" in after or index + 1 in numbers:
            feet.append(index)
    repeated: set[int] = set()
    for places in (tops, feet):
        seen = Counter(_without_digits(found[index].text) for index in places)
        repeated |= {index for index in places if seen[_without_digits(found[index].text)] >= RUNNING_PAGES}
    return repeated


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def captions(chunks: Sequence[Chunk], wrapped: bool) -> set[int]:
    """Captions of figures and tables: named ones, and in unwrapped text a line that stands above the gap of a chart."""
    return {
        index
        for index, chunk in enumerate(chunks)
        if CAPTION.match(chunk.text)
        or (
            not wrapped
            and chunk.blanks_after >= 3
            and len(chunk.lines) == 1
            and not TERMINAL.search(chunk.text)
            and index > 0
        )
    }


def notes_of_tables(chunks: Sequence[Chunk]) -> set[int]:
    """Notes of figures and tables: "Note: ...", and what begins with a mark that stands behind a word elsewhere."""
    used = {mark for chunk in chunks for mark in marks_in(chunk.text)}
    return {
        index for index, chunk in enumerate(chunks) if UNMARKED_NOTE.match(chunk.text) or note_mark(chunk.text) in used
    }


def other_furniture(chunks: Sequence[Chunk]) -> set[int]:
    """Links on their own, sources of charts, words of web pages, typed rules, stamps and copyright lines."""
    tests = (UNDERLINE.match, LINK.match, SOURCE.match, WEB_FURNITURE.match, STAMP.match, COPYRIGHT.search)
    return {
        index
        for index, chunk in enumerate(chunks)
        if (any(test(chunk.text) for test in tests) and not FIELD.match(chunk.text))
        or all(LINK.match(line.text) for line in chunk.lines)
    }
