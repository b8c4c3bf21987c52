"""The basket: paragraphs somebody has put aside, in order, and the files they can be taken away as.

Owns what is in it, its panel, and the CSV and JSON forms. Leaves Word, web page and Markdown to the paper modules.
"""

import csv
import io
import json
from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr

from assistant.render import describe_place
from ui.briefing import Excerpt, briefing
from ui.copying import cited
from ui.desk import Desk
from ui.ledger import unanswered
from ui.paper import MACHINE_NOTE, Footnotes, Line, Paper, Style, colophon, paper_markdown
from ui.shared import BASKET_HOLDS, download_html, notice_html
from ui.shelf import Shelf
from ui.source import SPEAKERS, document_name, full_name
from ui.webpage import paper_html
from ui.word import WORD, paper_docx

Basket = tuple[str, ...]
FULL = f"The basket holds {BASKET_HOLDS} paragraphs and is full. Take some out first."
GONE = "That paragraph is no longer in the loaded documents."
FIELDS = (
    "number", "words", "footnote", "document", "file", "published", "period", "section", "paragraph", "page", "kind",
    "speaker", "paragraph_id", "as_of", "index_fingerprint", "made", "note",
)  # fmt: skip
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
EXPORTS = (("docx", "Word"), ("md", "Markdown"), ("csv", "CSV"), ("json", "JSON"))
BRIEFINGS = (("brief-docx", "Word"), ("brief-html", "web page to print"))


def kept_in(desk: Desk, basket: Basket, key: str) -> list[Any]:
    """Outputs (notice, downloads, basket, basket in the browser, panel, reader) after a paragraph is put in."""
    if desk.shelf.find(key) is None:
        return [notice_html(GONE), *[gr.skip() for _ in range(5)]]
    if key not in basket and len(basket) >= BASKET_HOLDS:
        return [notice_html(FULL), *[gr.skip() for _ in range(5)]]
    after = acquired(desk.shelf, basket, key) or basket
    number = f"The basket on the Evidence tab now holds {len(after)}."
    words = f"Kept already. {number}" if key in basket else f"Kept. {number}"
    return [notice_html(words), gr.skip(), after, list(after), panel_html(desk.shelf, after), gr.skip()]


def acquired(shelf: Shelf, basket: Basket, key: str) -> Basket | None:
    """The basket with the paragraph in it, once; None when there is no such paragraph."""
    if shelf.find(key) is None:
        return None
    return basket if key in basket else (*basket, key)


def from_browser(kept: object, shelf: Shelf) -> Basket:
    """The ids that a browser kept, as far as they are paragraphs of the loaded documents."""
    if not isinstance(kept, list):
        return ()
    known = (key for key in kept if isinstance(key, str) and shelf.find(key))
    return tuple(dict.fromkeys(known))[:BASKET_HOLDS]


def excerpts(shelf: Shelf, basket: Basket) -> list[Excerpt]:
    """The paragraphs with their documents; those that are no longer loaded are left out."""
    found = [shelf.find(key) for key in basket]
    return [Excerpt(pair[0].text, *pair) for pair in found if pair]


def panel_html(shelf: Shelf, basket: Basket) -> str:
    """What is in the basket, with a button to take each out, and the files it can be taken away as."""
    if not basket:
        return '<section class="desk-basket" aria-label="Basket"><h3>Basket</h3><p class="desk-small">Nothing kept yet. Press “Keep” beside a paragraph to put it here.</p></section>'
    items = "".join(_item(each) for each in excerpts(shelf, basket))
    buttons = "".join(_button(f"export-{form}", words) for form, words in EXPORTS)
    briefs = "".join(_button(act, words) for act, words in BRIEFINGS)
    return (
        f'<section class="desk-basket" aria-label="Basket"><h3>Basket <span>({len(basket)})</span></h3>'
        f'<div class="desk-group" role="group" aria-label="Download"><span aria-hidden="true">Download</span>{buttons}</div>'
        f'<div class="desk-group" role="group" aria-label="Briefing"><span aria-hidden="true">Briefing</span>{briefs}</div>'
        f"<ol>{items}</ol><p>{_button('empty', 'Empty the basket')}</p></section>"
    )


def exported(desk: Desk, basket: Basket, form: str, made: str, as_of: str = "") -> str:
    """The download of the basket as `form`; news that there is none when the basket is empty or the form unknown."""
    found = excerpts(desk.shelf, basket)
    if not found:
        return notice_html("The basket is empty.")
    match form:
        case "export-docx":
            return download_html(
                "evidence.docx", WORD, paper_docx(evidence_paper(found, desk.fingerprint, made, as_of))
            )
        case "export-md":
            words = paper_markdown(evidence_paper(found, desk.fingerprint, made, as_of))
            return download_html("evidence.md", "text/markdown", words.encode())
        case "export-csv":
            content = as_csv(rows(found, desk.fingerprint, made, as_of)).encode("utf-8-sig")
            return download_html("evidence.csv", "text/csv", content)
        case "export-json":
            text = json.dumps(rows(found, desk.fingerprint, made, as_of), ensure_ascii=False, indent=1)
            return download_html("evidence.json", "application/json", text.encode())
        case "brief-docx":
            return download_html("briefing.docx", WORD, paper_docx(_brief(found, desk, made, as_of)))
        case "brief-html":
            return download_html("briefing.html", "text/html", paper_html(_brief(found, desk, made, as_of)).encode())
    return notice_html("There is no such file.")


def evidence_paper(found: Sequence[Excerpt], fingerprint: str, made: str, as_of: str) -> Paper:
    """The paragraphs as quotations under their documents, each with its footnote."""
    notes = Footnotes()
    lines: list[Line] = []
    before = ""
    for each in found:
        if each.document.id != before:
            lines.append(Line(Style.HEADING, full_name(each.document)))
            before = each.document.id
        lines.append(Line(Style.QUOTE, each.words, (notes.number(each.paragraph, each.document),)))
    documents = list({each.document.id: each.document for each in found}.values())
    return Paper("Evidence", tuple(lines), notes.texts, colophon(fingerprint, made, as_of, documents))


def rows(found: Sequence[Excerpt], fingerprint: str, made: str, as_of: str) -> list[dict[str, str]]:
    """One row for each paragraph, under the names of `FIELDS`."""
    values = []
    for number, (each, paragraph, metadata) in enumerate(
        ((each, each.paragraph, each.document.metadata) for each in found), start=1
    ):
        row = (
            str(number), each.words, cited(paragraph, each.document), metadata.title, each.document.source,
            metadata.date or "", metadata.period or "", " › ".join(paragraph.headings), paragraph.number or "",
            paragraph.page or "", paragraph.kind.value, paragraph.speaker.value, paragraph.id, as_of or made[:10],
            fingerprint, made, MACHINE_NOTE,
        )  # fmt: skip
        values.append(dict(zip(FIELDS, row, strict=True)))
    return values


def as_csv(values: Sequence[dict[str, str]]) -> str:
    """The rows as CSV. A cell that a spreadsheet would run as a formula begins with an apostrophe, as OWASP advises."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(values[0]) if values else [], quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in values)
    return stream.getvalue()


def safe_cell(value: str) -> str:
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA_SIGNS) else value


def _brief(found: Sequence[Excerpt], desk: Desk, made: str, as_of: str) -> Paper:
    return briefing("Scrutiny briefing", found, unanswered(desk.register, found), desk.fingerprint, made, as_of)


def _item(each: Excerpt) -> str:
    key = escape(each.paragraph.id)
    said = SPEAKERS.get(each.paragraph.speaker, "")
    speaker = f" · {said}" if said else ""
    return (
        f'<li><p class="desk-kept">{escape(each.words)}</p><p class="desk-place desk-path">{document_name(each.document)}, '
        f"{escape(describe_place(each.paragraph))}{escape(speaker)}</p>"
        f"{_button('drop', 'Take out', key)}{_button('read', 'Open report', key, tab='reports')}</li>"
    )


def _button(act: str, words: str, key: str = "", tab: str = "") -> str:
    opens = f' data-open-tab="{tab}"' if tab else ""
    label = f' aria-label="{words}: {key}"' if key else ""
    return f'<button type="button" class="desk-link" data-send="{act}" data-id="{key}"{opens}{label}>{words}</button>'
