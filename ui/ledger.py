"""What was asked for, and what has been said to it since: the ledger of points with their responses and statuses.

Owns its HTML and briefings from it. Leaves finding points and responses to `ingest.register`, and the plot to `timeline`.
A status is only ever a cited word; where there is none, the ledger says that none is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.render import short_title
from ingest.dates import spoken
from ingest.document import Document
from ingest.entries import Respondent
from ingest.register import Point, PointKind, Register, Response
from ui.briefing import Excerpt
from ui.reply import count
from ui.source import capital, full_name
from ui.timeline import asked_for, timeline_html

NO_STATUS = "No status is stated in the loaded documents; whether it is done is not known."
NO_RESPONSE = "No response in the loaded documents."
MOST_LISTED = 100  # points whose lines are all shown; of more, each document's are folded
SHORTLY = 90  # characters of a point on its line: three lines of a phone; the whole stands below


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
    """The points under the documents that issued them, a line each that opens; a time line above, and downloads."""
    points = wanted_points(register, asked)
    if not points:
        none = "No point fits these filters." if register.points else "No document here asks for anything."
        return f'<p class="desk-status" data-say>{none}</p>'
    has = sum(len(register.chain(point)) > 1 for point in points)
    place = {document.id: number for number, document in enumerate(issuing(register))}
    in_order = sorted(points, key=lambda point: place[point.document.id])
    groups = "".join(
        _group_html(register, list(run), is_open=len(points) == 1, is_listed=len(points) <= MOST_LISTED)
        for _, run in groupby(in_order, key=lambda point: point.document.id)
    )
    return (
        f'<p class="desk-status" data-say>{count(len(points), "point", "points")}; {has} with a response in the loaded '
        f"documents.</p>{_downloads()}{timeline_html(register, points)}{groups}"
    )


def excerpts(register: Register, points: Sequence[Point]) -> tuple[list[Excerpt], list[Excerpt]]:
    """(what a briefing on the points finds: each with its latest status and the last word on it; the points to which
    nothing answers)."""
    findings: list[Excerpt] = []
    silent: list[Excerpt] = []
    for point in points:
        findings += [Excerpt(part.text, part, point.document) for part in point.paragraphs]
        chain = register.chain(point)[1:]
        if not chain:
            silent.append(Excerpt(point.paragraphs[0].text, point.paragraphs[0], point.document))
        status = latest_status(register, point)
        for entry in [*([status] if status else []), *chain[-1:]]:
            findings += [Excerpt(part.text, part, entry.document) for part in entry.paragraphs]
    return _once(findings), silent


def unanswered(register: Register, found: Sequence[Excerpt]) -> list[Excerpt]:
    """Those of the excerpts that state a point to which no loaded document responds."""
    has = {each for response in register.responses for each in response.answers}
    open_points = {part.id for point in register.points if point.id not in has for part in point.paragraphs}
    asking = {PointKind.AREA_FOR_IMPROVEMENT.value, PointKind.CAUSE_OF_CONCERN.value, PointKind.RECOMMENDATION.value}
    return [each for each in found if each.paragraph.id in open_points and each.paragraph.kind.value in asking]


def _group_html(register: Register, points: Sequence[Point], *, is_open: bool, is_listed: bool) -> str:
    items = "".join(_point_html(register, point, is_open=is_open) for point in points)
    document = points[0].document
    date = document.metadata.date
    issued = f"issued {spoken(date)}" if date else "date of issue not stated"
    number = count(len(points), "point", "points")
    return (
        f'<details class="desk-issuer"{" open" if is_listed else ""} data-fold-on-phone><summary><h4>{escape(short_title(document, is_body_named=True))} '
        f'<span>{issued}; {number}</span></h4></summary><ul class="desk-ledger">{items}</ul></details>'
    )


def _point_html(register: Register, point: Point, *, is_open: bool) -> str:
    chain = register.chain(point)[1:]
    status = latest_status(register, point)
    said = f"<ol>{''.join(_entry_html(entry) for entry in chain)}</ol>" if chain else f"<p>{NO_RESPONSE}</p>"
    limit = f" Deadline: {escape(point.deadline)}." if point.deadline else ""
    restated = " Known only from a document that answers it." if point.is_restated else ""
    number = f" {escape(point.number)}" if point.number else ""
    return (
        f'<li class="desk-point"><details{" open" if is_open else ""}><summary><span class="desk-point-name">'
        f"{escape(asked_for(point, SHORTLY))}</span> "
        f'<span class="desk-point-facts">{escape(capital(point.kind.value))}{number} · {_in_short(status, len(chain))}</span></summary>'
        f'<p class="desk-latest">{_status_words(status)}</p>'
        f'<p>{escape(point.text)} {_open(point.paragraphs[0].id)}</p><p class="desk-place">{limit}{restated}</p>{said}'
        "</details></li>"
    )


def _in_short(status: Response | None, responses: int) -> str:
    """The latest status that a document states; never one that none states."""
    if status is not None and status.status:
        when = f", {spoken(status.date)}" if status.date else ""
        return f"latest status: <strong>{escape(status.status)}</strong>{when}"
    return f"{count(responses, 'response', 'responses')}, no status stated" if responses else "no response"


def _status_words(status: Response | None) -> str:
    if status is None or status.status is None:
        return NO_STATUS
    when = f" on {spoken(status.date)}" if status.date else ""
    speaker = "" if status.respondent is Respondent.OTHER else f" by the {escape(status.respondent.value)}"
    return (
        f"Latest stated status: <strong>{escape(status.status)}</strong>{speaker}{when}, in "
        f"{escape(full_name(status.document))}. {_open(status.proof[0] if status.proof else status.paragraphs[0].id)}"
    )


def _entry_html(entry: Point | Response) -> str:
    if isinstance(entry, Point):
        words = f"Named again in {escape(full_name(entry.document))}: {escape(entry.text)}"
        return f"<li>{words} {_open(entry.paragraphs[0].id)}</li>"
    when = spoken(entry.date) if entry.date else "No date"
    speaker = "" if entry.respondent is Respondent.OTHER else f", {escape(entry.respondent.value)}"
    status = f", status “{escape(entry.status)}”" if entry.status else ""
    words = escape(" ".join(part.text for part in entry.paragraphs))
    return (
        f'<li><p class="desk-place">{when}{speaker}{status}, '
        f"{escape(full_name(entry.document))}</p><p>{words} {_open(entry.paragraphs[0].id)}</p></li>"
    )


def _downloads() -> str:
    buttons = "".join(
        f'<button type="button" class="desk-link" data-send="{act}">{words}</button>'
        for act, words in (("register-csv", "spreadsheet (CSV)"), ("register-json", "data (JSON)"))
    )
    briefs = "".join(
        f'<button type="button" class="desk-link" data-send="{act}">{words}</button>'
        for act, words in (("brief-docx", "Word"), ("brief-html", "web page to print"))
    )
    return (
        '<div class="desk-group" role="group" aria-label="Download all grades and points"><span aria-hidden="true">Download all</span>'
        f'{buttons}</div><div class="desk-group" role="group" aria-label="Briefing on these points"><span aria-hidden="true">'
        f"Briefing</span>{briefs}</div>"
    )


def _open(key: str) -> str:
    return (
        f'<button type="button" class="desk-link" data-send="read" data-id="{escape(key)}" data-open-tab="reports" '
        f'aria-label="Open report at {escape(key)}">Open report</button>'
    )


def _once(found: Sequence[Excerpt]) -> list[Excerpt]:
    return list({each.paragraph.id: each for each in found}.values())


def issuing(register: Register) -> list[Document]:
    """The documents that issue points, oldest first."""
    return list({point.document.id: point.document for point in register.points}.values())
