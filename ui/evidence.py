"""The Evidence tab: search without answering, and the basket.

Owns the form, and what its buttons do. Leaves searching to `searching`, and what is in the basket to `basket`.
"""

from typing import Any

import gradio as gr

from errors import AssistantError
from ui.ask import now
from ui.basket import exported, from_browser, kept_in, panel_html
from ui.conversation import problem_html
from ui.desk import Desk
from ui.events import QUIET, SENDS, field
from ui.filters import choice, filters_html, scope_of
from ui.reading import document_html
from ui.searching import Sort, Wanted, document_kinds, hits_html, kinds, search, speakers
from ui.shared import Shared, follows, notice_html, place

START = (
    '<p class="desk-small">Type words and press Search. Or leave the box empty and choose filters: then every paragraph '
    "that fits them is listed.</p>"
)


def build_evidence(desk: Desk, page: gr.Blocks, shared: Shared) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open."""
    form = gr.HTML(form_html(desk), apply_default_css=False, js_on_load=SENDS)
    as_of = gr.State("")  # of the last search; an export says as of when it was made
    with gr.Row(elem_classes="desk-two"):
        found = gr.HTML(START, apply_default_css=False, js_on_load=SENDS, elem_classes="desk-wide")
        place(shared.basket_panel)
    outputs = [shared.notice, shared.downloads, shared.basket, shared.basket_kept, shared.basket_panel, shared.reader]

    def look(basket: tuple[str, ...], event: gr.EventData) -> tuple[str, str]:
        wanted = wanted_of(event)
        return found_html(desk, wanted, basket), wanted.scope.as_of or ""

    def act(basket: tuple[str, ...], until: str, event: gr.EventData) -> list[Any]:
        return acted(desk, basket, until, field(event, "send"), field(event, "id"))

    def restore(kept: object) -> tuple[tuple[str, ...], str]:
        basket = from_browser(kept, desk.shelf)
        return basket, panel_html(desk.shelf, basket)

    follows(form, lambda: form_html(desk), lambda: desk.fingerprint, page, shared)
    form.submit(look, shared.basket, [found, as_of], concurrency_limit=2, concurrency_id="ask", **QUIET)
    for component in (found, shared.basket_panel, shared.reader):
        component.click(act, [shared.basket, as_of], outputs, queue=False, **QUIET)
    page.load(restore, shared.basket_kept, [shared.basket, shared.basket_panel], queue=False, **QUIET)


def acted(desk: Desk, basket: tuple[str, ...], as_of: str, act: str, key: str) -> list[Any]:
    """Outputs (notice, downloads, basket, basket in the browser, panel, reader) after a click."""
    skip = gr.skip()
    match act:
        case "keep":
            return kept_in(desk, basket, key)
        case "toggle" if key not in basket:
            return kept_in(desk, basket, key)
        case "toggle" | "drop" | "empty":
            after = () if act == "empty" else tuple(each for each in basket if each != key)
            said = notice_html(f"Taken out. {len(after)} in the basket.")
            return [said, skip, after, list(after), panel_html(desk.shelf, after), skip]
        case "read":
            return [skip, skip, skip, skip, skip, document_html(desk, key)]
    return [skip, exported(desk, basket, act, now(), as_of), skip, skip, skip, skip]


def found_html(desk: Desk, wanted: Wanted, basket: tuple[str, ...]) -> str:
    """What a search brings up, or why it cannot be made."""
    try:
        return hits_html(search(desk, wanted), wanted, basket, desk.documents)
    except AssistantError as error:
        return problem_html(str(error))


def wanted_of(event: gr.EventData) -> Wanted:
    sort = field(event, "sort")
    return Wanted(
        field(event, "words")[:2_000],
        scope_of(event),
        field(event, "document_kind"),
        field(event, "section"),
        field(event, "kind"),
        field(event, "speaker"),
        Sort(sort) if sort in list(Sort) else Sort.RELEVANCE,
    )


def form_html(desk: Desk) -> str:
    sorts = "".join(f'<option value="{sort.value}">{sort.value.capitalize()}</option>' for sort in Sort)
    return (
        '<h2 class="desk-hidden">Evidence</h2><form class="desk-form" role="search" aria-label="Search the evidence">'
        '<label class="desk-label" for="evidence-words">Words to look for</label>'
        '<div class="desk-line"><textarea id="evidence-words" name="words" rows="1" data-enter></textarea>'
        '<button type="submit" class="desk-button">Search</button></div>'
        f'{filters_html(desk.documents, "evidence", "Search in")}<fieldset class="desk-filters"><legend>Which paragraphs</legend>'
        f"{choice('evidence', 'document_kind', 'Kind of document', 'Any kind', document_kinds(desk.documents))}"
        f"{choice('evidence', 'kind', 'Kind of paragraph', 'Any kind', kinds(desk.documents))}"
        f"{choice('evidence', 'speaker', 'Speaker', 'Anyone', speakers(desk.documents))}"
        '<div class="desk-field"><label for="evidence-section">Words in its heading</label>'
        '<input type="text" id="evidence-section" name="section"></div>'
        f'<div class="desk-field"><label for="evidence-sort">Sort by</label><select id="evidence-sort" name="sort">{sorts}'
        "</select></div></fieldset></form>"
    )
