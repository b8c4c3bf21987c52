"""The Reports tab: what is loaded, what was read of it, and any document as the machine read it.

Owns the list and its buttons. Leaves how a document is shown to `reading`.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import gradio as gr

from errors import AssistantError
from ingest.dates import spoken
from ingest.document import Document
from ui.desk import Desk
from ui.documents import changed_words, changing, remove_file
from ui.events import QUIET, SENDS, field
from ui.reading import counted, document_html
from ui.shared import Shared, notice_html, place
from ui.source import capital, full_name

ADDING = (
    '<form class="desk-form" data-upload aria-label="Add a document"><h2>Add a document</h2>'
    '<label for="reports-file">A report as .txt, .md, .html, .pdf or .docx</label>'
    '<p><input type="file" id="reports-file" accept=".txt,.md,.markdown,.html,.htm,.pdf,.docx" required></p>'
    '<button type="submit" class="desk-second">Add it</button> <span data-upload-news role="status"></span></form>'
)
MayEdit = Callable[[gr.Request], bool]
NOT_ALLOWED = "Only somebody who is signed in as an editor can change the documents."


def build_reports(desk: Desk, page: gr.Blocks, shared: Shared, may_edit: MayEdit) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open."""
    adding = gr.HTML("", apply_default_css=False, js_on_load=SENDS)
    listed = gr.HTML(list_html(desk, may_edit=False), apply_default_css=False, js_on_load=SENDS)
    place(shared.reader)

    def open_document(event: gr.EventData) -> str:
        return document_html(desk, field(event, "id"))

    def show(request: gr.Request) -> tuple[str, str]:
        allowed = may_edit(request)
        return (ADDING if allowed else ""), list_html(desk, may_edit=allowed)

    def change(request: gr.Request, event: gr.EventData) -> Iterator[tuple[Any, Any, Any]]:
        if not may_edit(request):
            yield notice_html(NOT_ALLOWED), gr.skip(), gr.skip()
            return
        for words in changed(desk, field(event, "remove")):
            yield notice_html(words), gr.skip(), gr.skip()
        yield gr.skip(), list_html(desk, may_edit=True), desk.fingerprint

    listed.click(open_document, None, shared.reader, queue=False, **QUIET)
    page.load(show, None, [adding, listed], queue=False, **QUIET)
    for component in (adding, listed):
        component.submit(
            change, None, [shared.notice, listed, shared.index], concurrency_limit=1, concurrency_id="index", **QUIET
        )


def changed(desk: Desk, removed: str) -> Iterator[str]:
    """What is being done, in words, while the index follows the folder; first a file is taken out when one is named."""
    try:
        if removed:
            remove_file(desk.reports_folder, removed)
        for words, change in changing(desk.update):
            yield changed_words(change) if change else words
    except AssistantError as error:
        yield str(error)


def list_html(desk: Desk, *, may_edit: bool) -> str:
    """Every document with what it says of itself and what was read, and what could not be read."""
    items = "".join(_document_html(document, may_edit=may_edit) for document in desk.documents)
    refused = "".join(f"<li>{escape(problem)}</li>" for problem in desk.unreadable)
    not_read = (
        f'<section class="desk-problem" aria-label="Not read"><h3>Not read</h3><ul>{refused}</ul></section>'
        if refused
        else ""
    )
    return (
        '<section aria-label="Loaded documents"><h2>Loaded documents</h2><p class="desk-small">Answers come from these '
        f'documents and from nothing else.</p><ul class="desk-reports">{items}</ul>{not_read}'
        '<details class="desk-stamp"><summary>Fingerprint of the documents</summary><p><code>'
        f"{escape(desk.fingerprint)}</code>. It changes when a document is added, taken out or replaced, and stands under "
        "every answer and in every file you save.</p></details></section>"
    )


def _document_html(document: Document, *, may_edit: bool) -> str:
    metadata = document.metadata
    facts = (
        ("Kind", capital(metadata.kind.value)),
        ("About", ", ".join(metadata.bodies) or "not stated"),
        ("Period", metadata.period or "not stated"),
        ("Dated", spoken(metadata.date) if metadata.date else "not stated"),
        ("Publisher", metadata.publisher or "not stated"),
        ("File", document.source),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    corrected = (
        f"<p>Corrected by hand (documents.toml): {escape(', '.join(metadata.corrected))}.</p>"
        if metadata.corrected
        else ""
    )
    warnings = "".join(f"<li>{escape(each)}</li>" for each in document.warnings)
    noted = f"<p>Noted while reading:</p><ul>{warnings}</ul>" if warnings else ""
    key = escape(document.id)
    return (
        f'<li class="desk-report-entry"><h3>{escape(full_name(document))}</h3><dl class="desk-facts">{rows}</dl>'
        f'<p class="desk-small">{escape(counted(document))}</p>{corrected}{noted}'
        f'<p><button type="button" class="desk-link" data-send="read" data-id="{key}" aria-label="Open the text of {key}">'
        f"Open the text</button></p>{_remove_html(document) if may_edit else ''}</li>"
    )


def _remove_html(document: Document) -> str:
    return (
        f'<details><summary>Take {escape(document.source)} out</summary><form aria-label="Take {escape(document.source)} out">'
        f'<input type="hidden" name="remove" value="{escape(document.source)}"><p class="desk-small">Nobody will get answers '
        "from it any more. The file is kept in the hidden folder .removed beside the reports.</p>"
        '<button type="submit" class="desk-second">Take it out</button></form></details>'
    )
