"""What the tabs share: a line that speaks, downloads, the basket, and the reader of documents.

Owns these components and the small HTML that moves through them. Leaves what is in a download to its maker.
"""

import base64
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from ui.events import QUIET, SENDS

KEY = "evidence-desk"  # under which the browser keeps the conversation and the basket
# Gradio scrambles what the browser keeps. It holds nothing secret, and must be readable again after a restart.
SCRAMBLE = "evidence-desk"
BASKET_HOLDS = 200  # paragraphs
_news = itertools.count(1)  # tells apart two pieces of news in the same words, which Gradio would else not show again


@dataclass(frozen=True, slots=True)
class Shared:
    """Components that more than one tab writes to."""

    notice: gr.HTML  # one line, spoken by screen readers
    downloads: gr.HTML  # a link that the page follows as soon as it arrives
    basket: gr.State  # tuple of paragraph ids, in the order in which they were put in
    basket_kept: gr.BrowserState  # the same in the browser
    basket_panel: gr.HTML
    reader: gr.HTML  # a document as the machine read it
    index: gr.State  # fingerprint of the index that this browser has just changed; what lists documents follows it


def new_shared() -> Shared:
    """The components, not yet placed on the page."""
    return Shared(
        notice=gr.HTML("", apply_default_css=False, js_on_load=None, render=False, elem_classes="desk-notice"),
        downloads=gr.HTML("", apply_default_css=False, js_on_load=None, render=False),
        basket=gr.State((), render=False),
        basket_kept=gr.BrowserState([], storage_key=f"{KEY}-basket", secret=SCRAMBLE, render=False),
        basket_panel=gr.HTML("", apply_default_css=False, js_on_load=SENDS, render=False),
        reader=gr.HTML("", apply_default_css=False, js_on_load=SENDS, render=False),
        index=gr.State("", render=False),
    )


def place(component: Any) -> None:
    """The component stands where the page is being built now. Gradio's `render` has no types."""
    component.render()


def follows(
    component: gr.HTML, html: Callable[[], str], fingerprint: Callable[[], str], page: gr.Blocks, shared: Shared
) -> None:
    """`component`, now showing `html()`, shows it anew where the documents are others than when the page was built, and
    as soon as somebody has changed them on this page."""
    built_from = fingerprint()

    def renewed() -> Any:
        return gr.skip() if fingerprint() == built_from else html()

    page.load(renewed, None, component, queue=False, **QUIET)
    shared.index.change(html, None, component, queue=False, **QUIET)


def notice_html(words: str) -> str:
    """A line of news; the script beside the page gives it to screen readers."""
    return _news_html(escape(words))


def link_notice_html(words: str, href: str) -> str:
    """A line of news with the address of something to copy."""
    return _news_html(
        f'{escape(words)} <a href="{escape(href)}" data-absolute>{escape(href)}</a>',
        f'<button type="button" class="desk-link" data-copy-address="{escape(href)}">Copy the link</button>',
    )


def download_html(name: str, media: str, content: bytes) -> str:
    """A file inside the page itself, so that no door for files need be open; the script beside the page saves it."""
    data = base64.b64encode(content).decode()
    return _news_html(
        f'<a download="{escape(name)}" data-download-now href="data:{media};base64,{data}">{escape(name)}</a> is ready.'
    )


def _news_html(words: str, buttons: str = "") -> str:
    """It stays at the lower edge of the window, wherever the reader is, until it is closed or other news comes."""
    close = '<button type="button" class="desk-link" data-close>Close</button>'
    return f'<div class="desk-news" data-news="{next(_news)}"><p data-say>{words}</p>{buttons}{close}</div>'
