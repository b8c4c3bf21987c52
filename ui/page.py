"""The page as a whole: its head line, its tabs, and how it is served.

Owns what stands around the tabs, and how Gradio is set up. Leaves each tab to its own module, and serving to `site`.
"""

from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from gradio.themes.utils import fonts

from ui.api import Turnstile
from ui.ask import AT_ONCE, build_ask
from ui.desk import Desk
from ui.evidence import build_evidence
from ui.gate import visitor_of
from ui.login import add_who
from ui.progress import build_progress
from ui.quality import build_quality
from ui.reply import loaded_line
from ui.reports import build_reports
from ui.shared import follows, new_shared, place
from ui.source import document_list
from ui.tools import build_tools

WAITING = 32  # questions in the queue before the next is turned away
STYLE = Path(__file__).with_name("style.css")
SCRIPT = Path(__file__).with_name("desk.js")
TABS = ("ask", "evidence", "progress", "reports", "quality")
# News of what the browser itself has done, such as copying; the script beside the page fills and shows it.
TOLD = '<div id="desk-told" class="desk-news" hidden><p></p><button type="button" class="desk-link" data-close>Close</button></div>'
# Named fonts, even installed ones, Gradio would look for among its own files or at Google.
SYSTEM_FONTS = tuple(fonts.Font(name) for name in ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"))
FIXED_WIDTH_FONTS = tuple(fonts.Font(name) for name in ("ui-monospace", "Consolas", "monospace"))


def may_edit(request: gr.Request) -> bool:
    """Whether whoever sent the request may change the documents; without accounts nobody may."""
    return visitor_of(request).may_edit


def may_review(request: gr.Request) -> bool:
    """Whether whoever sent the request may see and settle the review queue; without accounts nobody may."""
    return visitor_of(request).may_review


def build_page(desk: Desk, turnstile: Turnstile) -> gr.Blocks:
    """The whole page for `desk`, not yet served. Its tools wait at the same `turnstile` as the API."""
    page = gr.Blocks(title="Evidence Desk", analytics_enabled=False, fill_width=True)
    with page:
        head = gr.HTML(head_html(desk), apply_default_css=False, js_on_load=None)
        add_who(page)
        shared = new_shared()
        for kept in (shared.index, shared.basket, shared.basket_kept):
            place(kept)
        with gr.Column(elem_classes="desk-newsbar"):
            place(shared.notice)
            place(shared.downloads)
            gr.HTML(TOLD, apply_default_css=False, js_on_load=None)
        follows(head, lambda: head_html(desk), lambda: desk.fingerprint, page, shared)
        builders: tuple[Callable[..., None], ...] = (
            build_ask,
            build_evidence,
            build_progress,
            partial(build_reports, may_edit=may_edit),
            partial(build_quality, may_review=may_review),
        )
        for name, build in zip(TABS, builders, strict=True):
            with gr.Column(elem_id=f"tab-{name}", elem_classes="desk-tab"):
                build(desk, page, shared)
        build_tools(desk, turnstile)
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return page


def head_html(desk: Desk) -> str:
    return (
        '<div id="desk-spoken" class="desk-hidden" role="status" aria-live="polite"></div>'
        '<header class="desk-head"><h1>Evidence Desk</h1>'
        "<p>Answers about public inspection reports, every sentence with its source.</p>"
        f"<details><summary>Loaded: {escape(loaded_line(desk.documents))}</summary>"
        f"{document_list(desk.documents)}</details></header>{nav_html()}"
    )


def nav_html() -> str:
    links = "".join(f'<li><a href="?tab={name}" data-tab="{name}">{name.capitalize()}</a></li>' for name in TABS)
    return f'<nav class="desk-nav" aria-label="Parts of this page"><ul>{links}</ul></nav>'


def head_tags() -> str:
    """Style sheet and script for the page's head. Given as `css`, Gradio would rewrite the style sheet's selectors and
    break its media rules."""
    style, script = STYLE.read_text(encoding="utf-8"), SCRIPT.read_text(encoding="utf-8")
    return f'<meta name="color-scheme" content="light dark"><style>{style}</style><script>{script}</script>'


def mount(page: gr.Blocks, app: FastAPI) -> None:
    """The page answers at the root of `app`, its tools at /gradio_api/mcp."""
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        pwa=False,
        mcp_server=True,
        ssr_mode=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=0,
        app_kwargs={"openapi_url": None},
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=FIXED_WIDTH_FONTS),
        head=head_tags(),
    )
