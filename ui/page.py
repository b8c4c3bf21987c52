"""The page as a whole: its head line, its tabs, and how it is served.

Owns what stands around the tabs, and keeping Gradio to this computer. Leaves each tab to its own module.
"""

import socket
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import gradio as gr
from gradio.themes.utils import fonts
from starlette.middleware import Middleware

from errors import InputError
from ui.ask import AT_ONCE, build_ask
from ui.desk import Desk
from ui.evidence import build_evidence
from ui.guard import Guard
from ui.progress import build_progress
from ui.quality import build_quality
from ui.reply import loaded_line
from ui.reports import MayEdit, build_reports
from ui.shared import new_shared, place
from ui.source import document_list

HOST = "127.0.0.1"  # never another: the page has no passwords
WAITING = 32  # questions in the queue before the next is turned away
STYLE = Path(__file__).with_name("style.css")
SCRIPT = Path(__file__).with_name("desk.js")
TABS = ("ask", "evidence", "progress", "reports", "quality")
# Named fonts, even installed ones, Gradio would look for among its own files or at Google.
SYSTEM_FONTS = tuple(fonts.Font(name) for name in ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"))
FIXED_WIDTH_FONTS = tuple(fonts.Font(name) for name in ("ui-monospace", "Consolas", "monospace"))


def nobody(request: gr.Request) -> bool:
    """Without accounts nobody may change the documents."""
    return False


def build_page(desk: Desk, may_edit: MayEdit = nobody) -> gr.Blocks:
    """The whole page for `desk`, not yet served. `may_edit` says whether a request may change the documents."""
    page = gr.Blocks(title="Evidence Desk", analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(head_html(desk), apply_default_css=False, js_on_load=None)
        shared = new_shared()
        for kept in (shared.basket, shared.basket_kept, shared.notice, shared.downloads):
            place(kept)
        builders = (
            build_ask,
            build_evidence,
            build_progress,
            partial(build_reports, may_edit=may_edit),
            build_quality,
        )
        for name, build in zip(TABS, builders, strict=True):
            with gr.Column(elem_id=f"tab-{name}", elem_classes="desk-tab"):
                build(desk, page, shared)
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


def serve(page: gr.Blocks, port: int, opens_browser: bool, announce: Callable[[str], None]) -> None:
    """The page answers at `port` of this computer until it is interrupted. `announce` is given its address once it does.

    Raises:
        InputError: another program has the port.
    """
    _require_free(port)
    _, address, _ = page.launch(
        server_name=HOST,
        server_port=port,
        share=False,
        quiet=True,
        inbrowser=opens_browser,
        prevent_thread_lock=True,
        show_error=False,
        footer_links=[],
        run_history=False,
        pwa=False,
        mcp_server=False,
        ssr_mode=False,
        enable_monitoring=False,
        max_file_size=0,
        app_kwargs={"middleware": [Middleware(Guard)], "openapi_url": None},
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=FIXED_WIDTH_FONTS),
        head=head_tags(),
    )
    announce(address)
    try:
        page.server.thread.join()
    finally:
        page.close(verbose=False)


def _require_free(port: int) -> None:
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        problem = "is taken by another program. Close that program, or choose another port:"
        raise InputError(f"Port {port}", f"{problem} python app.py --port {port + 1}") from error
