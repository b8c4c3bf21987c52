"""What was asked for, and what has been said to it since: the ledger of points with their responses and statuses.

Owns its HTML, its time line, and briefings from it. Leaves finding points and responses to `ingest.register`. A status
is only ever a cited word; where there is none, the ledger says that none is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.render import describe_document
from ingest.dates import spoken
from ingest.document import Document
from ingest.entries import Respondent
from ingest.register import Point, PointKind, Register, Response
from ui.briefing import Excerpt
from ui.reply import count
from ui.source import capital

NO_STATUS = "No status is stated in the loaded documents; whether it is done is not known."
NO_RESPONSE = "No response in the loaded documents."
ROW, LEFT, WIDTH, TOP = 26, 300, 900, 34  # of the time line, in its own units


@dataclass(frozen=True, slots=True)
class Asked:
    """Which points are wanted; empty strings are no limit."""

    kind: str = ""
    words: str = ""
    document: str = ""
    is_answered: str = ""  # "answered", "unanswered"


def wanted_points(register: Register, asked: Asked) -> list[Point]:
    kind = PointKind(asked.kind) if asked.kind in list(PointKind) else None
    found = [
        point
        for point in register.find_points(kind, asked.words)
        if not asked.document or point.document.id == asked.document
    ]
    if asked.is_answered:
        has = {each for response in register.responses for each in response.answers}
        found = [point for point in found if (point.id in has) == (asked.is_answered == "answered")]
    return found


def latest_status(register: Register, point: Point) -> Response | None:
    """The last response that states a status of the point; None when none does."""
    stated = [each for each in register.chain(point)[1:] if isinstance(each, Response) and each.status]
    return stated[-1] if stated else None


def ledger_html(register: Register, asked: Asked) -> str:
    """The points with all that was said to them, a time line above, and downloads."""
    points = wanted_points(register, asked)
    if not points:
        return '<p class="desk-status" data-say>No point fits these filters.</p>'
    has = sum(len(register.chain(point)) > 1 for point in points)
    items = "".join(_point_html(register, point) for point in points)
    return (
        f'<p class="desk-status" data-say>{count(len(points), "point", "points")}; {has} with a response in the loaded '
        f"documents.</p>{timeline_svg(register, points)}{_downloads()}"
        f'<ul class="desk-ledger">{items}</ul>'
    )


def excerpts(register: Register, points: Sequence[Point]) -> tuple[list[Excerpt], list[Excerpt]]:
    """(what a briefing on the points finds, the points to which nothing answers)."""
    findings: list[Excerpt] = []
    silent: list[Excerpt] = []
    for point in points:
        findings += [Excerpt(part.text, part, point.document) for part in point.paragraphs]
        chain = register.chain(point)[1:]
        if not chain:
            silent.append(Excerpt(point.paragraphs[0].text, point.paragraphs[0], point.document))
        for entry in chain[-1:]:
            findings += [Excerpt(part.text, part, entry.document) for part in entry.paragraphs]
    return _once(findings), silent


def unanswered(register: Register, found: Sequence[Excerpt]) -> list[Excerpt]:
    """Those of the excerpts that state a point to which no loaded document responds."""
    has = {each for response in register.responses for each in response.answers}
    open_points = {part.id for point in register.points if point.id not in has for part in point.paragraphs}
    asking = {PointKind.AREA_FOR_IMPROVEMENT.value, PointKind.CAUSE_OF_CONCERN.value, PointKind.RECOMMENDATION.value}
    return [each for each in found if each.paragraph.id in open_points and each.paragraph.kind.value in asking]


def timeline_svg(register: Register, points: Sequence[Point]) -> str:
    """When each point was issued and answered, as inline SVG. It repeats the list below, so readers of text miss nothing."""
    chains = [(point, register.chain(point)) for point in points]
    dated = [(point, [(_date(entry), entry) for entry in chain]) for point, chain in chains if len(chain) > 1]
    days = [_day(date) for _, entries in dated for date, _ in entries if date]
    if not days or min(days) == max(days):
        return ""
    first, last = min(days), max(days)
    height = TOP + ROW * len(dated) + 10

    def across(date: str) -> float:
        return round(LEFT + (WIDTH - LEFT - 20) * (_day(date) - first) / (last - first), 1)

    years = "".join(
        f'<line x1="{across(f"{year}-01-01")}" x2="{across(f"{year}-01-01")}" y1="{TOP - 8}" y2="{height}" class="desk-year"/>'
        f'<text x="{across(f"{year}-01-01") + 4}" y="{TOP - 14}">{year}</text>'
        for year in range(int(first) + 1, int(last) + 1)
    )
    lines = "".join(
        _track(point, [(across(date), entry) for date, entry in entries if date], TOP + ROW * place + ROW / 2)
        for place, (point, entries) in enumerate(dated)
    )
    return (
        f'<figure class="desk-timeline" tabindex="0" aria-label="Time line"><svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Time line of the points '
        f'below: when each was issued, answered, and given a status">{years}{lines}</svg><figcaption>Square: issued. Ring: a '
        "response. Filled: a response that states a status. Points without a response, and entries without a date, are not drawn.</figcaption></figure>"
    )


def _track(point: Point, entries: Sequence[tuple[float, Point | Response]], y: float) -> str:
    name = escape(_asked(point, 42))
    marks = []
    for x, entry in entries:
        if isinstance(entry, Point) and entry.is_restated:
            continue  # the day of the document that repeats it is not the day it was issued
        if isinstance(entry, Point):
            marks.append(f'<rect x="{x - 5}" y="{y - 5}" width="10" height="10" class="desk-issued"/>')
        else:
            look = "desk-stated" if entry.status else "desk-response"
            marks.append(f'<circle cx="{x}" cy="{y}" r="5.5" class="{look}"/>')
    ends = [x for x, _ in entries]
    line = f'<line x1="{min(ends)}" x2="{max(ends)}" y1="{y}" y2="{y}" class="desk-track"/>' if ends else ""
    return f'<text x="0" y="{y + 5}">{name}</text>{line}{"".join(marks)}'


def _point_html(register: Register, point: Point) -> str:
    chain = register.chain(point)[1:]
    status = latest_status(register, point)
    said = f"<ol>{''.join(_entry_html(entry) for entry in chain)}</ol>" if chain else f"<p>{NO_RESPONSE}</p>"
    limit = f" · Deadline: {escape(point.deadline)}" if point.deadline else ""
    restated = " · known only from a document that answers it" if point.is_restated else ""
    number = f" {escape(point.number)}" if point.number else ""
    return (
        f'<li class="desk-point"><h4>{escape(capital(point.kind.value))}{number}: {escape(_short(point, 110))}</h4>'
        f'<p class="desk-place">Issued in {escape(describe_document(point.document))}{limit}{restated}</p>'
        f'<p class="desk-latest">{_status_words(status)}</p>'
        f"<details><summary>In full, with the responses ({len(chain)})</summary>"
        f"<p>{escape(point.text)} {_open(point.paragraphs[0].id)}</p>{said}</details></li>"
    )


def _status_words(status: Response | None) -> str:
    if status is None or status.status is None:
        return NO_STATUS
    when = f" on {spoken(status.date)}" if status.date else ""
    speaker = "" if status.respondent is Respondent.OTHER else f" by the {escape(status.respondent.value)}"
    return (
        f"Latest stated status: <strong>{escape(status.status)}</strong>{speaker}{when}, in "
        f"{escape(describe_document(status.document))}. {_open(status.proof[0] if status.proof else status.paragraphs[0].id)}"
    )


def _entry_html(entry: Point | Response) -> str:
    if isinstance(entry, Point):
        words = f"Named again in {escape(describe_document(entry.document))}: {escape(entry.text)}"
        return f"<li>{words} {_open(entry.paragraphs[0].id)}</li>"
    when = spoken(entry.date) if entry.date else "No date"
    speaker = "" if entry.respondent is Respondent.OTHER else f", {escape(entry.respondent.value)}"
    status = f", status “{escape(entry.status)}”" if entry.status else ""
    words = escape(" ".join(part.text for part in entry.paragraphs))
    return (
        f'<li><p class="desk-place">{when}{speaker}{status}, '
        f"{escape(describe_document(entry.document))}</p><p>{words} {_open(entry.paragraphs[0].id)}</p></li>"
    )


def _downloads() -> str:
    buttons = "".join(
        f'<button type="button" class="desk-link" data-send="{act}">{words}</button>'
        for act, words in (("register-csv", "CSV"), ("register-json", "JSON"))
    )
    briefs = "".join(
        f'<button type="button" class="desk-link" data-send="{act}">{words}</button>'
        for act, words in (("brief-docx", "Word"), ("brief-html", "web page to print"))
    )
    return (
        '<div class="desk-group" role="group" aria-label="Download the register"><span aria-hidden="true">Register</span>'
        f'{buttons}</div><div class="desk-group" role="group" aria-label="Briefing on these points"><span aria-hidden="true">'
        f"Briefing</span>{briefs}</div>"
    )


def _open(key: str) -> str:
    return (
        f'<button type="button" class="desk-link" data-send="read" data-id="{escape(key)}" data-open-tab="reports" '
        f'aria-label="Open {escape(key)} in the report">Open in the report</button>'
    )


def _short(point: Point, most: int) -> str:
    text = point.title or point.paragraphs[0].own_text or point.text
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def _asked(point: Point, most: int) -> str:
    """What is asked for, without "The force should": on the time line that would be all there is room for."""
    text = point.title or point.paragraphs[0].own_text or point.text
    before, found, after = text.partition(" should ")
    text = after if found and len(before) <= most else text
    return capital(text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…")


def _date(entry: Point | Response) -> str:
    return (entry.date if isinstance(entry, Response) else None) or entry.document.metadata.date or ""


def _day(date: str) -> float:
    """An ISO date, month or year as a year with its fraction; a month is its middle."""
    year, month, day = (*date.split("-"), "", "")[:3]
    return int(year) + ((int(month) - 1) + ((int(day) - 1) / 31 if day else 0.5)) / 12 if month else int(year) + 0.5


def _once(found: Sequence[Excerpt]) -> list[Excerpt]:
    return list({each.paragraph.id: each for each in found}.values())


def issuing(register: Register) -> list[Document]:
    """The documents that issue points, oldest first."""
    return list({point.document.id: point.document for point in register.points}.values())
