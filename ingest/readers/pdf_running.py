"""Running heads, running feet and page numbers: the lines that the pages of a PDF repeat.

Owns recognising them by height and text, and the label of each page. Leaves the other lines to `pdf_pages`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.lists import from_roman, roman
from ingest.readers.pdf_lines import Line, half_points
from ingest.readers.pdf_page import PageContent

MARGIN = 0.13  # of the page's height, at the top and at the bottom, where running heads stand
FEWEST_PAGES = 3  # on which a running head is seen
SAME_HEIGHT = 3.0  # points
HEAD_LENGTH = 110  # characters; a longer line is prose

_PAGE_NUMBER = re.compile(
    r"(?:[Pp](?:age|AGE)\s*|[-–]\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*[-–]|\s+of\s+\d{1,4}|\s*/\s*\d{1,4})?"
)
NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,7}")


def running_lines(pages: Sequence[PageContent]) -> list[set[int]]:
    """Places in `lines` of running heads, feet and lone page numbers, page by page."""
    found: list[set[int]] = [set() for _ in pages]
    for index, page in enumerate(pages):
        places = range(len(page.lines))
        for place in (*places[:2], *places[-2:]):
            if _in_margin(page.lines[place], page) and _PAGE_NUMBER.fullmatch(page.lines[place].text):
                found[index].add(place)
    heights, texts = _running_heads(pages)
    for index, page in enumerate(pages):
        for place, line in enumerate(page.lines):
            is_level = any(
                abs(line.base - height) <= SAME_HEIGHT and half_points(line.size) == size for height, size in heights
            )
            is_known = (_head_text(line), half_points(line.size)) in texts
            if _in_margin(line, page) and len(line.text) <= HEAD_LENGTH and (is_level or is_known):
                found[index].add(place)
    return found


def _running_heads(pages: Sequence[PageContent]) -> tuple[set[tuple[float, float]], set[tuple[str, float]]]:
    """Heights at which half the pages or more print a line that three or more pages repeat, and the texts repeated.

    Chapter titles in the head change from chapter to chapter: it is the height that all of them share. Each comes with
    its size.
    """
    seen: dict[tuple[str, float], list[float]] = {}
    for page in pages:
        for line in page.lines:
            if _in_margin(line, page) and len(line.text) <= HEAD_LENGTH:
                seen.setdefault((_head_text(line), half_points(line.size)), []).append(line.base)
    counts: Counter[tuple[float, float]] = Counter()
    texts: dict[tuple[float, float], set[tuple[str, float]]] = {}
    for key, heights in seen.items():
        middle = median(heights)
        near = sum(abs(height - middle) <= SAME_HEIGHT for height in heights)
        if near >= FEWEST_PAGES:
            counts[round(middle), key[1]] += near
            texts.setdefault((round(middle), key[1]), set()).add(key)
    with_text = sum(bool(page.lines) for page in pages)
    running = {place for place, count in counts.items() if count >= max(FEWEST_PAGES, with_text / 2)}
    return running, {key for place in running for key in texts[place]}


def _head_text(line: Line) -> str:
    """The text without its page number."""
    return re.sub(r"\W*\b(?:\d+|[ivxlc]+)\b\W*", "", line.text)


def _in_margin(line: Line, page: PageContent) -> bool:
    return not MARGIN * page.height < line.base < (1 - MARGIN) * page.height


@dataclass(frozen=True, slots=True)
class _Number:
    """What could be the number of a page."""

    text: str  # as printed
    offset: int  # its value minus the page's place in the file
    is_arabic: bool
    is_alone: bool  # on its line

    @property
    def count(self) -> tuple[int, bool]:
        """Equal for numbers that go up together with the pages."""
        return self.offset, self.is_arabic


def page_labels(pages: Sequence[PageContent], running: Sequence[set[int]]) -> list[str]:
    """The printed number of each page, else the label the file gives it, else its place in the file counted from 1.

    A number in a longer line counts only if another page's goes up with it. A page between two printed numbers that
    prints none itself, as the first of a chapter, takes the one it would have. `running` are the places of the
    running lines of each page.
    """
    seen = [list(_numbers(page, running[index], index)) for index, page in enumerate(pages)]
    counts = Counter(number.count for numbers in seen for number in numbers)
    known: list[_Number | None] = []
    for numbers in seen:
        best = max(numbers, key=lambda number: counts[number.count], default=None)
        known.append(best if best and (best.is_alone or counts[best.count] > 1) else None)
    labels = []
    for index, number in enumerate(known):
        before = next((other for other in reversed(known[:index]) if other), None)
        after = next((other for other in known[index:] if other), None)
        between = _between(index, before, after) if before and after else None
        labels.append(number.text if number else between or pages[index].label or str(index + 1))
    return labels


def _numbers(page: PageContent, places: Iterable[int], index: int) -> Iterator[_Number]:
    """Lone numbers, and words at either end of running lines."""
    for text in [page.lines[place].text for place in sorted(places)] + [page.turned]:
        lone = _PAGE_NUMBER.fullmatch(text)
        words = [lone[1]] if lone else text.split()
        for word in dict.fromkeys(words[-1:] + words[:1]):
            if NUMBER.fullmatch(word):
                value = int(word) if word.isdigit() else from_roman(word)
                yield _Number(word, value - index, word.isdigit(), lone is not None)


def _between(index: int, before: _Number, after: _Number) -> str | None:
    """The number of a page that prints none, counted from its neighbours if these leave no doubt."""
    if after.is_arabic and not before.is_arabic and index + after.offset > 0:  # behind the Roman pages, from 1 on
        return str(index + after.offset)
    if before.count != after.count:
        return None
    return str(index + before.offset) if before.is_arabic else roman(index + before.offset)
