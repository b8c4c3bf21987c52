"""The Reports tab: what is loaded, what was read of it, and any document as the machine read it.

Owns the list and its buttons. Leaves how a document is shown to `reading`.
"""

from html import escape

import gradio as gr

from assistant.render import describe_document
from ingest.dates import spoken
from ingest.document import Document
from ui.desk import Desk
from ui.events import QUIET, SENDS, field
from ui.reading import counted, document_html
from ui.shared import Shared, place
from ui.source import capital


def build_reports(desk: Desk, page: gr.Blocks, shared: Shared) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open."""
    listed = gr.HTML(list_html(desk), apply_default_css=False, js_on_load=SENDS)
    place(shared.reader)

    def open_document(event: gr.EventData) -> str:
        return document_html(desk, field(event, "id"))

    def again() -> str:
        return list_html(desk)

    listed.click(open_document, None, shared.reader, queue=False, **QUIET)
    page.load(again, None, listed, queue=False, **QUIET)


def list_html(desk: Desk) -> str:
    """Every document with what it says of itself and what was read, and what could not be read."""
    items = "".join(_document_html(document) for document in desk.documents)
    refused = "".join(f"<li>{escape(problem)}</li>" for problem in desk.unreadable)
    not_read = (
        f'<section class="desk-problem" aria-label="Not read"><h3>Not read</h3><ul>{refused}</ul></section>'
        if refused
        else ""
    )
    return (
        f'<section aria-label="Loaded documents"><h2>Loaded documents</h2><p class="desk-small">Index '
        f"{escape(desk.fingerprint)}. What you see here is what answers can rest on.</p>"
        f'<ul class="desk-reports">{items}</ul>{not_read}</section>'
    )


def _document_html(document: Document) -> str:
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
        f"<p>Corrected by documents.toml: {escape(', '.join(metadata.corrected))}.</p>" if metadata.corrected else ""
    )
    warnings = "".join(f"<li>{escape(each)}</li>" for each in document.warnings)
    noted = f"<p>The reader noted:</p><ul>{warnings}</ul>" if warnings else ""
    key = escape(document.id)
    return (
        f'<li class="desk-report-entry"><h3>{escape(describe_document(document))}</h3><dl class="desk-facts">{rows}</dl>'
        f'<p class="desk-small">{escape(counted(document))}</p>{corrected}{noted}'
        f'<p><button type="button" class="desk-link" data-send="read" data-id="{key}" aria-label="Open {key} as read">'
        "Open as the machine read it</button></p></li>"
    )
