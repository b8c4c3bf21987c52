"""A cited paragraph as a card: where it stands, who speaks, its words with the quoted ones marked, what surrounds it.

Owns the card's HTML and how documents are named on the page; all text of documents is escaped here. Leaves which
words are marked to `highlight`, and naming places to `assistant.render`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from assistant.answer import Citation
from assistant.render import describe_document, describe_place, short_title
from ingest.document import Document, Paragraph, Speaker
from ui.highlight import highlight
from ui.shelf import Shelf

# Context is nobody's claim, and what asks for something shows it by its kind; neither is named as a speaker.
SPEAKERS = {
    Speaker.INSPECTOR: "The inspector speaks",
    Speaker.BODY: "The body inspected speaks",
    Speaker.COMMISSIONER: "The commissioner speaks",
    Speaker.PUBLISHER: "The publisher speaks",
    Speaker.QUOTATION: "A quotation from another document",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One cited paragraph, its number on the page, and all that is quoted from it."""

    number: int
    document: Document
    paragraph: Paragraph
    quotes: tuple[str, ...]


def number_sources(citations: Iterable[Citation]) -> dict[str, Source]:
    """A source for each cited paragraph, by paragraph id, numbered from 1 in the order of first citation."""
    sources: dict[str, Source] = {}
    for citation in citations:
        key = citation.paragraph.id
        known = sources.get(key, Source(len(sources) + 1, citation.document, citation.paragraph, ()))
        sources[key] = Source(known.number, known.document, known.paragraph, (*known.quotes, citation.quote))
    return sources


def card_html(source: Source, turn: str, quotes: Sequence[str], shelf: Shelf, *, numbered: bool) -> str:
    """The card of a source. Numbered ones can be gone to from the answer and lead back to it."""
    anchor = f' id="{turn}-source-{source.number}"' if numbered else ""
    number = f'<span class="desk-number" aria-hidden="true">{source.number}</span>' if numbered else ""
    name = f"Source {source.number}" if numbered else "A paragraph that is near, not an answer"
    near = "" if numbered else " is-near"
    return (
        f'<article class="desk-card{near}"{anchor} tabindex="-1" aria-label="{name}">'
        f"<header>{number}<div><h4>{document_name(source.document)}</h4>"
        f"{place_html(source.paragraph)}"
        f'<p class="desk-place">{escape(" · ".join(facts(source.paragraph, source.document)))}</p></div></header>'
        f"{_in_context(source.paragraph, highlight(source.paragraph.text, quotes), shelf)}"
        f"<footer>{_buttons(source, turn, numbered=numbered)}</footer></article>"
    )


def place_html(paragraph: Paragraph) -> str:
    """Section path, of which a long one is cut off by the style sheet, and what is printed: paragraph number and page."""
    path = f'<p class="desk-place desk-path">{escape(" › ".join(paragraph.headings))}</p>' if paragraph.headings else ""
    printed = describe_place(replace(paragraph, headings=()))
    return f'{path}<p class="desk-place">{escape(capital(printed))}</p>' if printed else path


def facts(paragraph: Paragraph, document: Document) -> list[str]:
    """Who speaks, what kind of paragraph it is, and which period its document is about, each as the page says it."""
    period = document.metadata.period
    said = [SPEAKERS[paragraph.speaker]] if paragraph.speaker in SPEAKERS else []
    return [*said, capital(paragraph.kind.value), f"Period {period}" if period else "Period not stated"]


def capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def full_name(document: Document) -> str:
    """As the page and its files name a document: always with its body, as many speak of several, and files travel."""
    return describe_document(document, is_body_named=True)


def document_name(document: Document) -> str:
    """The title, and more quietly its date and whether it is a digest."""
    title = short_title(document, is_body_named=True)
    details = full_name(document).removeprefix(title).strip()
    return f"{escape(title)} <span>{escape(details)}</span>" if details else escape(title)


def document_list(documents: Iterable[Document]) -> str:
    items = "".join(f"<li>{document_name(document)}</li>" for document in documents)
    return f'<ul class="desk-documents">{items}</ul>'


def _in_context(paragraph: Paragraph, marked: str, shelf: Shelf) -> str:
    before, after = shelf.around(paragraph.id)
    return f'{_neighbour("Before", before)}<p class="desk-text">{marked}</p>{_neighbour("After", after)}'


def _neighbour(where: str, paragraph: Paragraph | None) -> str:
    """A paragraph that surrounds the cited one; it shows once the card is open."""
    words = escape(paragraph.text) if paragraph else "The document ends here."
    if paragraph is None and where == "Before":
        words = "The document begins here."
    return f'<p class="desk-context"><span class="desk-context-name">{where}</span> {words}</p>'


def _buttons(source: Source, turn: str, *, numbered: bool) -> str:
    key = escape(source.paragraph.id)
    what = f"source {source.number}" if numbered else f"paragraph {key}"
    more = "Context" if numbered else "Read on"
    back = (
        f'<a class="desk-back" href="#{turn}-mark-{source.number}" aria-label="Back to source {source.number} in the '
        f'answer"><span aria-hidden="true">&#8593;</span> Back</a>'
    )
    return (
        f'<button type="button" class="desk-link" data-context aria-expanded="false" '
        f'aria-label="{more} of {what}">{more}</button>'
        f'<button type="button" class="desk-link" data-send="read" data-id="{key}" data-open-tab="reports" '
        f'aria-label="Open report at {what}">Open report</button>'
        f'<button type="button" class="desk-link" data-send="keep" data-id="{key}" '
        f'aria-label="Keep {what} in the basket">Keep</button>'
        f"{back if numbered else ''}"
    )
