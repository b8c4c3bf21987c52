"""Which point a paragraph of another document quotes.

Owns recognising a quotation, whole or in pieces. Leaves what is said to it to `answers`.
"""

import re
from collections.abc import Sequence

from ingest.document import Paragraph
from ingest.entries import Point
from ingest.likeness import likeness, runs
from ingest.numbers import plain
from ingest.prints import MARK

QUOTED = 0.6  # likeness from which a paragraph quotes a point; a committee's names are shortened in some. Not tuned
WHOLE = 0.9  # likeness from which a paragraph holds the whole of a point; not tuned
FEWEST_RUNS = 5  # a shorter text quotes nothing that could be recognised; not tuned
_ENUMERATOR = re.compile(r"^\(?(?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})[.)]\s+")


def quoted_point(
    paragraph: Paragraph, points: Sequence[Point], asked: Sequence[Point] = (), marked: Sequence[Point] = ()
) -> Point | None:
    """The point that the paragraph quotes; of equals the one with its printed number, then the first.

    While a point is being quoted (`asked`), shorter pieces and its lead-ins count as more of it.
    """
    text = _ENUMERATOR.sub("", paragraph.own_text)
    mark = MARK.match(text)
    text = text[mark.end() :] if mark else text
    inner = next(
        (point for point in asked if likeness(text, point.text) >= QUOTED or _plain(text) in _plain(point.text)), None
    )
    if inner is not None and not mark:
        return inner
    if len(runs(text)) < FEWEST_RUNS:
        return None
    scored = [(max(likeness(text, point.text), _held(point, text)), point) for point in points]
    best = max((score for score, _ in scored), default=0.0)
    if best < QUOTED:
        return None
    near = [point for score, point in scored if score >= best - 0.1]
    named = {point.id for point in marked}
    return next(
        (p for p in near if p.id in named or (p.number and plain(p.number) == plain(paragraph.number))), None
    ) or next(point for score, point in scored if score == best)


def quotes_of(
    paragraph: Paragraph, points: Sequence[Point], asked: Sequence[Point], marked: Sequence[Point]
) -> tuple[Point, ...]:
    """All points that the paragraph holds in full when they are several, in the order of the points; else the one it quotes."""
    held = [
        point
        for point in points
        if len(runs(point.text)) >= FEWEST_RUNS and likeness(point.text, paragraph.text) >= WHOLE
    ]
    if len(held) > 1 and len({point.text for point in held}) == len(held):
        return tuple(held)
    quoted = quoted_point(paragraph, points, asked, marked)
    return (quoted,) if quoted else ()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _held(point: Point, text: str) -> float:
    """How much of the point the text holds; only where the text is not much longer than the point."""
    return likeness(point.text, text) if len(runs(text)) <= 2 * len(runs(point.text)) else 0.0
