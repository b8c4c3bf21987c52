"""The Progress tab: the grade history, and the ledger of what was asked for and what became of it.

Owns the tab's components and buttons. Leaves the grid to `grid`, and the ledger to `ledger`.
"""

import json
from typing import Any

import gradio as gr

from ingest.register import PointKind
from ingest.register_records import as_csv, records, without_gaps
from ui.ask import now
from ui.briefing import briefing
from ui.desk import Desk
from ui.events import QUIET, SENDS, field
from ui.filters import choice, report_choice
from ui.grid import grid_html
from ui.ledger import Asked, excerpts, issuing, ledger_html, wanted_points
from ui.reading import document_html
from ui.shared import Shared, download_html, notice_html
from ui.source import capital
from ui.webpage import paper_html
from ui.word import WORD, paper_docx

WAIT = (
    '<h2>Progress</h2><p class="desk-status">Reading the grades…</p>'
    '<button type="button" hidden data-first-open data-send="open">Open</button>'
)


def build_progress(desk: Desk, page: gr.Blocks, shared: Shared) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open."""
    asked = gr.State(Asked())
    grid = gr.HTML(WAIT, apply_default_css=False, js_on_load=SENDS)
    form = gr.HTML("", apply_default_css=False, js_on_load=SENDS)
    ledger = gr.HTML("", apply_default_css=False, js_on_load=SENDS)

    def act_on_grid(event: gr.EventData) -> list[Any]:
        if field(event, "send") == "read":
            return [gr.skip(), gr.skip(), gr.skip(), document_html(desk, field(event, "id"))]
        return [*show(), gr.skip()]

    def show() -> tuple[str, str, str]:
        grades = f"<h2>Progress</h2><h3>Grades</h3>{grid_html(desk.register)}"
        return grades, form_html(desk), ledger_html(desk.register, Asked())

    def narrow(event: gr.EventData) -> tuple[str, Asked]:
        chosen = Asked(*(field(event, name) for name in ("kind", "words", "document", "is_answered")))
        return ledger_html(desk.register, chosen), chosen

    def act_on_ledger(chosen: Asked, event: gr.EventData) -> list[Any]:
        act = field(event, "send")
        if act == "read":
            return [gr.skip(), document_html(desk, field(event, "id"))]
        return [taken_away(desk, chosen, act, now()), gr.skip()]

    grid.click(act_on_grid, None, [grid, form, ledger, shared.reader], **QUIET)
    shared.index.change(show, None, [grid, form, ledger], queue=False, **QUIET)
    form.submit(narrow, None, [ledger, asked], queue=False, **QUIET)
    ledger.click(act_on_ledger, asked, [shared.downloads, shared.reader], queue=False, **QUIET)


def taken_away(desk: Desk, asked: Asked, act: str, made: str) -> str:
    """The download that a button of the ledger asks for."""
    points = wanted_points(desk.register, asked)
    match act:
        case "register-csv":
            return download_html("register.csv", "text/csv", as_csv(list(records(desk.register))).encode("utf-8-sig"))
        case "register-json":
            found = [without_gaps(record) for record in records(desk.register)]
            content = {"index_fingerprint": desk.fingerprint, "made": made, "register": found}
            return download_html("register.json", "application/json", json.dumps(content, ensure_ascii=False).encode())
        case "brief-docx" | "brief-html" if points:
            findings, silent = excerpts(desk.register, points)
            paper = briefing("Briefing: what became of it", findings, silent, desk.fingerprint, made)
            if act == "brief-docx":
                return download_html("briefing.docx", WORD, paper_docx(paper))
            return download_html("briefing.html", "text/html", paper_html(paper).encode())
    return notice_html("There is nothing to take away.")


def form_html(desk: Desk) -> str:
    kinds = [(kind.value, capital(kind.value)) for kind in PointKind]
    answered = [("answered", "With a response"), ("unanswered", "Without one")]
    return (
        '<h3>What was asked for, and what became of it</h3><form class="desk-form" aria-label="Narrow the ledger">'
        '<fieldset class="desk-filters"><legend>Show</legend>'
        f"{choice('ledger', 'kind', 'Kind', 'Every kind', kinds)}"
        f"{report_choice('ledger', 'document', 'Issued in', 'Any report', issuing(desk.register))}"
        f"{choice('ledger', 'is_answered', 'Response', 'Any', answered)}"
        '<div class="desk-field"><label for="ledger-words">Words in it</label>'
        '<input type="text" id="ledger-words" name="words"></div></fieldset>'
        '<button type="submit" class="desk-second">Show</button></form>'
    )
