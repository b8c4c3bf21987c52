"""The Progress tab: the grade history, and the ledger of what was asked for and what became of it.

Owns the tab's components and buttons. Leaves the grid to `grid`, and the ledger to `ledger`.
"""

import json
from dataclasses import replace
from typing import Any

import gradio as gr

from ingest.register import PointKind, Register
from ingest.register_records import as_csv, records, without_gaps
from ui.ask import now
from ui.briefing import briefing
from ui.desk import Desk
from ui.events import QUIET, SENDS, field
from ui.filters import choice, report_choice
from ui.grid import grid_html, inspections
from ui.ledger import Asked, excerpts, issuing, ledger_html, wanted_points
from ui.reading import document_html
from ui.shared import Shared, download_html, notice_html
from ui.source import capital
from ui.webpage import paper_html
from ui.word import WORD, paper_docx

MOST_COLUMNS = 8  # inspections that a grid shows side by side on a wide screen; with more, one body is shown at first
WAIT = (
    '<h2>Progress</h2><p class="desk-status">Reading the grades…</p>'
    '<button type="button" hidden data-first-open data-send="open">Open</button>'
)


def build_progress(desk: Desk, page: gr.Blocks, shared: Shared) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open."""
    body, asked = gr.State(""), gr.State(Asked())
    head = gr.HTML(WAIT, apply_default_css=False, js_on_load=SENDS)
    grid, form, ledger = (gr.HTML("", apply_default_css=False, js_on_load=SENDS) for _ in range(3))

    def show() -> list[Any]:
        chosen = first_body(desk.register)
        return [head_html(desk.register, chosen), *of_body(chosen)]

    def choose(event: gr.EventData) -> list[Any]:
        return of_body(field(event, "body"))

    def of_body(chosen: str) -> list[Any]:
        register = about(desk.register, chosen)
        return [grid_html(register), form_html(register), ledger_html(register, Asked()), chosen, Asked()]

    def narrow(of: str, event: gr.EventData) -> tuple[str, Asked]:
        chosen = Asked(*(field(event, name) for name in ("kind", "words", "document", "is_answered")))
        return ledger_html(about(desk.register, of), chosen), chosen

    def read(event: gr.EventData) -> Any:
        return document_html(desk, field(event, "id"))

    def act_on_ledger(of: str, chosen: Asked, event: gr.EventData) -> list[Any]:
        act = field(event, "send")
        if act == "read":
            return [gr.skip(), read(event)]
        return [taken_away(about(desk.register, of), chosen, act, desk.fingerprint, now()), gr.skip()]

    told = [grid, form, ledger, body, asked]
    head.click(show, None, [head, *told], **QUIET)
    head.submit(choose, None, told, queue=False, **QUIET)
    grid.click(read, None, shared.reader, queue=False, **QUIET)
    shared.index.change(show, None, [head, *told], queue=False, **QUIET)
    form.submit(narrow, body, [ledger, asked], queue=False, **QUIET)
    ledger.click(act_on_ledger, [body, asked], [shared.downloads, shared.reader], queue=False, **QUIET)


def bodies(register: Register) -> list[str]:
    """The bodies that the register has grades of or points to, in alphabetical order."""
    found = {each.body for each in register.judgements} | {each.document.metadata.body for each in register.points}
    return sorted(each for each in found if each)


def first_body(register: Register) -> str:
    """Whose progress is shown at first; empty for that of all, where they fit beside each other."""
    found = bodies(register)
    return found[0] if len(found) > 1 and len(inspections(register)) > MOST_COLUMNS else ""


def about(register: Register, body: str) -> Register:
    """The grades of one body and the points put to it, with all that was said to them; all of them for an empty body."""
    if not body:
        return register
    return replace(
        register,
        judgements=tuple(each for each in register.judgements if each.body == body),
        points=tuple(each for each in register.points if body in each.document.metadata.bodies),
    )


def head_html(register: Register, chosen: str) -> str:
    """The heading, and where there are several bodies a list to choose one from."""
    found = bodies(register)
    if len(found) < 2:
        return "<h2>Progress</h2>"
    named = choice("progress", "body", "Body inspected", "All bodies", [(each, each) for each in found], chosen)
    return (
        '<h2>Progress</h2><form class="desk-form desk-line" aria-label="Choose a body">'
        f'{named}<button type="submit" class="desk-second">Show</button></form>'
    )


def taken_away(register: Register, asked: Asked, act: str, fingerprint: str, made: str) -> str:
    """The download that a button of the ledger asks for: all grades and points of `register`, or the points asked for."""
    points = wanted_points(register, asked)
    match act:
        case "register-csv":
            return download_html("register.csv", "text/csv", as_csv(list(records(register))).encode("utf-8-sig"))
        case "register-json":
            found = [without_gaps(record) for record in records(register)]
            content = {"index_fingerprint": fingerprint, "made": made, "register": found}
            return download_html("register.json", "application/json", json.dumps(content, ensure_ascii=False).encode())
        case "brief-docx" | "brief-html" if points:
            findings, silent = excerpts(register, points)
            paper = briefing("Briefing: what became of it", findings, silent, fingerprint, made)
            if act == "brief-docx":
                return download_html("briefing.docx", WORD, paper_docx(paper))
            return download_html("briefing.html", "text/html", paper_html(paper).encode())
    return notice_html("There is nothing to take away.")


def form_html(register: Register) -> str:
    kinds = [(kind.value, capital(kind.value)) for kind in PointKind]
    answered = [("answered", "With a response"), ("unanswered", "Without one")]
    return (
        '<h3>What was asked for, and what became of it</h3><form class="desk-form" aria-label="Narrow the ledger">'
        '<fieldset class="desk-filters"><legend>Show</legend>'
        f"{choice('ledger', 'kind', 'Kind', 'Every kind', kinds)}"
        f"{report_choice('ledger', 'document', 'Issued in', 'Any report', issuing(register))}"
        f"{choice('ledger', 'is_answered', 'Response', 'Any', answered)}"
        '<div class="desk-field"><label for="ledger-words">Words in it</label>'
        '<input type="text" id="ledger-words" name="words"></div></fieldset>'
        '<button type="submit" class="desk-second">Show</button></form>'
    )
