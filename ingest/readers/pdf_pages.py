"""What the lines of a PDF page belong to: body, footnotes, contents lists, drawings, running heads and feet.

Owns telling a page's prose from everything around it. Leaves running lines to `pdf_running`, paragraphs to
`pdf_paragraphs`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_lines import Line, half_points
from ingest.readers.pdf_page import Grid, PageContent
from ingest.readers.pdf_running import NUMBER, page_labels, running_lines
from ingest.readers.pdf_unruled import unruled_tables

NOTE_SIZE = 0.93  # of the body's size; footnotes of 9 below a body of 10 are the closest seen
NOTE_SPREAD = 1.0  # points between the sizes of footnotes on a page
NOTE_GAP = 3.0  # em between the lines of footnotes at most
WIDE = 5.0  # em; a line shorter by more than a long word was not wrapped
DRAWN_SIZE = 0.8  # of the body's size; labels of drawings are set smaller than this
NEAR_SIZE = 0.95  # of the body's size; smaller lines among the labels of a drawing belong to it
DRAWN_LINES, DRAWN_LENGTH = 8, 25  # at least so many small lines, of parts of at most so many characters
CONTENTS_LINES, CONTENTS_SHARE = 5, 0.4  # entries on a page of contents, and their share of its lines
LEADER_GAP = 1.5  # em before the page number of an entry without dots

_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}")
_NOTE_NUMBER = re.compile(r"\d{1,3}|[*†‡]{1,2}")
_ENDED = re.compile(r"[.!?:;][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, or the part of one that stands on a page."""

    number: str | None  # None where it goes on from the page before
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SortedPage:
    label: str  # as printed, else the page's place in the file counted from 1
    above: tuple[Line, ...]  # furniture before the body
    body: tuple[Line, ...]
    grids: tuple[Grid, ...]
    drawings: tuple[Grid, ...]  # boxes of a drawing that look like a table
    notes: tuple[Note, ...]
    below: tuple[Line, ...]  # furniture after it
    turned: str
    is_contents: bool  # a list of contents fills it


def body_size(pages: Sequence[PageContent]) -> float:
    """The size most characters are set in, to the nearest half point."""
    counts: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            counts[half_points(line.size)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def sort_pages(pages: Sequence[PageContent], size: float) -> list[SortedPage]:
    """Every line of every page put where it belongs. `size` is that of the body."""
    running = running_lines(pages)
    labels = page_labels(pages, running)
    found: list[SortedPage] = []
    open_note: Note | None = None
    in_contents = False
    for index, page in enumerate(pages):
        was_contents, in_contents = in_contents, _is_contents(page, in_contents)
        furniture = set(range(len(page.lines))) if in_contents else running[index]
        if was_contents and not in_contents:
            furniture = furniture | _last_entries(page.lines, furniture)
        kept = [line for place, line in enumerate(page.lines) if place not in furniture]
        notes = _notes(kept, size, open_note)
        noted = {id(line) for note in notes for line in note.lines}
        body = [line for line in kept if id(line) not in noted]
        drawn = {id(line) for line in _drawn(body, size)}
        tables, body = unruled_tables([line for line in body if id(line) not in drawn])
        drawings = tuple(grid for grid in page.grids if drawn and grid.size < DRAWN_SIZE * size)
        middle = page.height / 2
        around = [page.lines[place] for place in sorted(furniture)]
        found.append(
            SortedPage(
                labels[index],
                tuple(line for line in around if line.base < middle),
                tuple(body),
                tuple(sorted([*tables, *(grid for grid in page.grids if grid not in drawings)], key=_top)),
                drawings,
                tuple(notes),
                tuple(line for line in kept if id(line) in drawn)
                + tuple(line for line in around if line.base >= middle),
                page.turned,
                in_contents,
            )
        )
        open_note = notes[-1] if notes else None
    return found


def _top(grid: Grid) -> float:
    return grid.box[1]


def _is_contents(page: PageContent, goes_on: bool) -> bool:
    """Whether the page lists contents: titles with page numbers that never go down.

    `goes_on` says that the page before does; then a few entries are enough.
    """
    numbers = [number for line in page.lines if (number := _entry_number(line)) is not None]
    steps = sum(after >= before for before, after in pairwise(numbers))
    fewest = max(1 if goes_on else CONTENTS_LINES, CONTENTS_SHARE * len(page.lines))
    return len(numbers) >= fewest and steps >= 0.9 * (len(numbers) - 1)


def _entry_number(line: Line) -> int | None:
    """The page number that ends an entry of a contents list; Roman ones, which stand before the others, count as 0."""
    words = line.plain_words
    last = re.split(r"[.\u2026]", words[-1].text)[-1] if words else ""
    is_apart = len(words) > 1 and words[-1].x0 - words[-2].x1 > LEADER_GAP * line.size
    if not NUMBER.fullmatch(last) or not (is_apart or _LEADER.search(line.text)):
        return None
    return int(last) if last.isdigit() else 0


def _last_entries(lines: Sequence[Line], running: set[int]) -> set[int]:
    """Places of the last entries of a contents list at the head of the page after it, where other text follows."""
    entries: set[int] = set()
    for place, line in enumerate(lines):
        if place in running:
            continue
        if _entry_number(line) is None:
            break
        entries.add(place)
    return entries


def _drawn(lines: Sequence[Line], size: float) -> list[Line]:
    """Labels of drawings: many small lines made of short parts."""
    small = [line for line in lines if line.size < DRAWN_SIZE * size]
    if len(small) < DRAWN_LINES:
        return []
    if median(len(line.text) / _part_count(line) for line in small) > DRAWN_LENGTH:
        return []
    top, bottom = small[0].base - 3 * size, small[-1].base
    return [line for line in lines if line in small or (line.size < NEAR_SIZE * size and top < line.base < bottom)]


def _part_count(line: Line) -> int:
    words = line.plain_words
    return 1 + sum(after.x0 - before.x1 > line.size for before, after in pairwise(words))


def _notes(lines: Sequence[Line], size: float, open_note: Note | None) -> list[Note]:
    """The footnotes at the foot of a page, after the last line of the body's size.

    Args:
        lines: the page's lines without furniture.
        size: that of the body, in points.
        open_note: the last footnote of the page before, which may go on here.
    """
    notes: list[Note] = []
    for line in _foot(lines, size):
        number = _note_number(line, notes[-1].number if notes else None)
        if number:
            notes.append(Note(number, (line,)))
        elif notes:
            notes[-1] = Note(notes[-1].number, (*notes[-1].lines, line))
        elif open_note and _is_cut(open_note):
            notes.append(Note(None, (line,)))
    return notes


def _foot(lines: Sequence[Line], size: float) -> Sequence[Line]:
    """The last lines, if they are smaller than the body, of one size and set close to each other."""
    first = len(lines)
    while first and lines[first - 1].size < NOTE_SIZE * size:
        line = lines[first - 1]
        if first < len(lines):
            below = lines[first]
            if abs(line.size - below.size) > NOTE_SPREAD or not 0 < below.base - line.base < NOTE_GAP * line.size:
                break
        first -= 1
    return lines[first:]


def _is_cut(note: Note) -> bool:
    """Whether a footnote goes on, on the next page: its last line is as wide as its others and ends no sentence."""
    last = note.lines[-1]
    widest = max(line.x1 for line in note.lines)
    return len(note.lines) > 1 and last.x1 > widest - WIDE * last.size and not _ENDED.search(last.text)


def _note_number(line: Line, before: str | None) -> str | None:
    """The number of the footnote that the line begins, if it does. A wrapped line may begin with a number too."""
    first, rest = line.words[0], line.words[1:]
    if not _NOTE_NUMBER.fullmatch(first.text) or not any(letter.isalpha() for word in rest for letter in word.text):
        return None
    if before is None or first.is_mark or rest[0].x0 - first.x1 > LEADER_GAP * line.size:
        return first.text
    is_next = first.text.isdigit() and before.isdigit() and int(first.text) == int(before) + 1
    return first.text if is_next else None
