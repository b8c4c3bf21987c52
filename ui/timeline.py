"""The time line of the ledger: when each point was issued, answered, and given a status.

Owns the plot. It repeats what the ledger below it says in words, so that readers of text miss nothing. Its words are
text of the page and its places shares of the width, so that it reads the same on a phone and on a wide screen.
"""

from collections.abc import Sequence
from html import escape

from ingest.dates import spoken
from ingest.register import Point, Register, Response
from ui.source import capital

FIRST, LAST = 2.0, 96.0  # per cent of the width at which the first and the last day stand
LABEL = 64  # characters of a point beside its track; two lines of its column
ROOM = 30.0  # per cent of the width at either end that the first and the last month take up on a phone
CROWDED = 8  # years in the plot from which only every other one is written
Entry = Point | Response


def timeline_html(register: Register, points: Sequence[Point]) -> str:
    """A track for each of the points to which something is dated later than itself; empty when there is none."""
    chains = [(point, [entry for entry in register.chain(point) if _date(entry)]) for point in points]
    told = [(point, chain) for point, chain in chains if len({_date(entry) for entry in chain}) > 1]
    dates = sorted({_date(entry) for _, chain in told for entry in chain}, key=_day)
    if not dates or _day(dates[0]) == _day(dates[-1]):
        return ""
    first, last = _day(dates[0]), _day(dates[-1])
    years = {year: _across(year, first, last) for year in range(int(first) + 1, int(last) + 1)}
    tracks = "".join(
        _track_html(point, [(_across(_day(_date(entry)), first, last), entry) for entry in chain], years)
        for point, chain in told
    )
    return (
        '<figure class="desk-timeline" aria-label="Time line"><figcaption>When each point was issued and answered. '
        f"{_key('desk-issued', 'issued')} {_key('desk-response', 'a response')} {_key('desk-stated', 'a response that states a status')}"
        '</figcaption><div role="img" aria-label="Time line of the points below, which say the same in words">'
        f'<div class="desk-lane"><span></span>{_axis_html(years, dates[0], dates[-1])}</div>{tracks}</div></figure>'
    )


def _across(day: float, first: float, last: float) -> float:
    return round(FIRST + (LAST - FIRST) * (day - first) / (last - first), 2)


def _axis_html(years: dict[int, float], first: str, last: str) -> str:
    """The first and the last month, and between them the beginning of each year that has room."""
    shown = [(year, x) for year, x in years.items() if ROOM <= x <= 100 - ROOM][:: 2 if len(years) > CROWDED else 1]
    texts = "".join(f'<text x="{x}%" y="13">{year}</text>' for year, x in shown)
    ends = (
        f'<text x="0" y="13" text-anchor="start">{spoken(first[:7])}</text>'
        f'<text x="100%" y="13" text-anchor="end">{spoken(last[:7])}</text>'
    )
    return f'<svg width="100%" height="18">{texts}{ends}</svg>'


def _track_html(point: Point, entries: Sequence[tuple[float, Entry]], years: dict[int, float]) -> str:
    grid = "".join(f'<line x1="{x}%" x2="{x}%" y1="0" y2="20" class="desk-year"/>' for x in years.values())
    ends = [x for x, _ in entries]
    line = f'<line x1="{min(ends)}%" x2="{max(ends)}%" y1="10" y2="10" class="desk-track"/>' if ends else ""
    marks = "".join(
        _mark(entry, f"{x}%") for x, entry in entries if not (isinstance(entry, Point) and entry.is_restated)
    )
    return (
        f'<div class="desk-lane"><span>{escape(asked_for(point))}</span>'
        f'<svg width="100%" height="20">{grid}{line}{marks}</svg></div>'
    )


def _mark(entry: Entry, x: str) -> str:
    """A square where something was issued, else a ring, filled where a status is stated. The day of a document that only
    repeats a point is not the day it was issued, so that is not drawn."""
    if isinstance(entry, Point):
        return f'<svg x="{x}" y="10" overflow="visible"><rect x="-5" y="-5" width="10" height="10" class="desk-issued"/></svg>'
    return f'<circle cx="{x}" cy="10" r="5.5" class="{"desk-stated" if entry.status else "desk-response"}"/>'


def _key(look: str, words: str) -> str:
    shape = f'<rect x="2" y="2" width="10" height="10" class="{look}"/>'
    if look != "desk-issued":
        shape = f'<circle cx="7" cy="7" r="5.5" class="{look}"/>'
    return f'<span class="desk-key"><svg width="14" height="14" aria-hidden="true">{shape}</svg> {words}</span>'


def asked_for(point: Point, most: int = LABEL) -> str:
    """What is asked for, in at most that many characters, without "The force should": that would begin every line."""
    text = point.title or point.paragraphs[0].own_text or point.text
    before, found, after = text.partition(" should ")
    text = after if found and len(before) <= LABEL else text
    return capital(text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…")


def _date(entry: Entry) -> str:
    return (entry.date if isinstance(entry, Response) else None) or entry.document.metadata.date or ""


def _day(date: str) -> float:
    """An ISO date, month or year as a year with its fraction; a month is its middle."""
    year, month, day = (*date.split("-"), "", "")[:3]
    return int(year) + ((int(month) - 1) + ((int(day) - 1) / 31 if day else 0.5)) / 12 if month else int(year) + 0.5
