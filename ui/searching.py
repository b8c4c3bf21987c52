"""Searching paragraphs without answering: what is looked for, what is found, and why it matched.

Owns the filters of the Evidence tab, their order, and the HTML of hits. Leaves finding to the assistant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from assistant.render import describe_place
from assistant.scope import EVERYTHING, Scope, allowed
from index.retriever import Hit
from index.tokens import content_stems
from ingest.document import Document, DocumentKind, Kind, Paragraph, Speaker
from ui.desk import Desk
from ui.filters import scope_line
from ui.highlight import highlight_words, shared_words
from ui.reply import count
from ui.source import SPEAKERS, capital, document_name, facts, place_html

LOOKED_AT = 400  # hits that the filters choose from; a report has about as many paragraphs
SHOWN = 50  # hits on the page
OPEN = 10  # of them before one asks for the others; ten paragraphs are three screens of a wide window
CLOSE_IN_MEANING = 0.5  # cosine of the best sentence from which "close in meaning" is said; not tuned
NUMBER = "figure"  # a choice among the kinds that is no Kind: any paragraph with a digit in it


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest first"
    OLDEST = "oldest first"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Empty strings are no limit; with empty `words` everything within the limits is listed."""

    words: str = ""
    scope: Scope = EVERYTHING
    document_kind: str = ""
    section: str = ""  # words of the section path, whatever their case
    kind: str = ""
    speaker: str = ""
    sort: Sort = Sort.RELEVANCE


def search(desk: Desk, wanted: Wanted) -> list[Hit]:
    """All hits within the limits, sorted.

    Raises:
        ScopeError: the scope names what is not loaded.
    """
    if wanted.words:
        hits = desk.find(wanted.words, LOOKED_AT, wanted.scope)
    else:
        documents = allowed(wanted.scope, desk.documents).documents
        hits = [Hit(paragraph, document, 0.0) for document in documents for paragraph in document.citable()]
    kept = [hit for hit in hits if any(_fits(each, hit.document, wanted) for each in (hit.paragraph, *hit.also))]
    if wanted.sort is Sort.RELEVANCE:
        return kept
    return sorted(kept, key=_date, reverse=wanted.sort is Sort.NEWEST)


def hits_html(hits: Sequence[Hit], wanted: Wanted, basket: Iterable[str], documents: Sequence[Document]) -> str:
    """How many were found, and the first of them with the words that were looked for marked."""
    kept = set(basket)
    stems = frozenset(content_stems(wanted.words))
    items = [_hit_html(hit, stems, is_kept=hit.paragraph.id in kept) for hit in hits[:SHOWN]]
    folded = _folded(items[OPEN:])
    more = f" The first {SHOWN} are shown; narrow the search for the others." if len(hits) > SHOWN else ""
    found = f"{count(len(hits), 'paragraph', 'paragraphs')} found.{more}"
    nothing = "" if hits else "<p>Nothing fits these filters. Take one away, or use other words.</p>"
    return (
        f'<section class="desk-found" aria-label="Paragraphs found"><p class="desk-status" data-say>{found}</p>'
        f'<p class="desk-scope">{escape(narrowed(wanted, documents))}</p>{nothing}<ol class="desk-hits">{"".join(items[:OPEN])}</ol>{folded}</section>'
    )


def _folded(items: Sequence[str]) -> str:
    """What is shown on demand, numbered on."""
    if not items:
        return ""
    return (
        f"<details><summary>Show the next {len(items)}</summary>"
        f'<ol class="desk-hits" start="{OPEN + 1}">{"".join(items)}</ol></details>'
    )


def narrowed(wanted: Wanted, documents: Sequence[Document]) -> str:
    """Every limit in force, in words."""
    limits = [wanted.document_kind, wanted.kind, SPEAKERS.get(wanted.speaker, "") if wanted.speaker else ""]  # type: ignore[call-overload]  # a StrEnum's value is its key
    limits += [f"section “{wanted.section}”" if wanted.section else "", f"sorted by {wanted.sort.value}"]
    return "; ".join([scope_line(wanted.scope, documents), *(each for each in limits if each)])


def kinds(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """The kinds of paragraph that there are, and "with a figure"."""
    found = {paragraph.kind for document in documents for paragraph in document.citable()}
    return [(kind.value, capital(kind.value)) for kind in Kind if kind in found] + [(NUMBER, "With a figure")]


def speakers(documents: Iterable[Document]) -> list[tuple[str, str]]:
    found = {paragraph.speaker for document in documents for paragraph in document.citable()}
    return [(speaker.value, capital(speaker.value)) for speaker in Speaker if speaker in found]


def document_kinds(documents: Iterable[Document]) -> list[tuple[str, str]]:
    found = {document.metadata.kind for document in documents}
    return [(kind.value, capital(kind.value)) for kind in DocumentKind if kind in found]


def why(hit: Hit, stems: frozenset[str]) -> str:
    """Why a paragraph was found, in a few words."""
    if not stems:
        return "It fits the filters."
    own = shared_words(hit.paragraph.text, stems)
    above = [word for word in shared_words(" ".join(hit.paragraph.headings), stems) if word not in own]
    parts = [f"says {_quoted(own)}"] if own else []
    parts += [f"its section says {_quoted(above)}"] if above else []
    if hit.sentence >= CLOSE_IN_MEANING or not parts:
        parts.append(
            "a sentence is close in meaning" if hit.sentence >= CLOSE_IN_MEANING else "distantly related in meaning"
        )
    return f"Found because: {'; '.join(parts)}."


def _fits(paragraph: Paragraph, document: Document, wanted: Wanted) -> bool:
    path = " ".join(paragraph.headings).casefold()
    if wanted.kind == NUMBER:
        fits_kind = any(map(str.isdigit, paragraph.text))
    else:
        fits_kind = not wanted.kind or paragraph.kind.value == wanted.kind
    return (
        fits_kind
        and (not wanted.document_kind or document.metadata.kind.value == wanted.document_kind)
        and (not wanted.speaker or paragraph.speaker.value == wanted.speaker)
        and all(word in path for word in wanted.section.casefold().split())
    )


def _date(hit: Hit) -> str:
    return hit.paragraph.dated or hit.document.metadata.date or (hit.document.metadata.period or "")[:4]


def _hit_html(hit: Hit, stems: frozenset[str], *, is_kept: bool) -> str:
    key = escape(hit.paragraph.id)
    pressed = "true" if is_kept else "false"
    return (
        f'<li class="desk-hit"><h3>{document_name(hit.document)}</h3>'
        f"{place_html(hit.paragraph)}"
        f'<p class="desk-text">{highlight_words(hit.paragraph.text, stems)}</p>'
        f'<p class="desk-place">{escape(" · ".join(facts(hit.paragraph, hit.document)))} · {escape(why(hit, stems))}{_also(hit)}</p>'
        f'<p><button type="button" class="desk-toggle" data-send="toggle" data-id="{key}" aria-pressed="{pressed}" '
        f'aria-label="Keep {key}">Keep</button> '
        f'<button type="button" class="desk-link" data-send="read" data-id="{key}" data-open-tab="reports" '
        f'aria-label="Open report at {key}">Open report</button></p></li>'
    )


def _also(hit: Hit) -> str:
    """The other places of the document that say the same."""
    places = dict.fromkeys(describe_place(paragraph) for paragraph in hit.also)
    return f" Also in: {escape('; '.join(places))}." if places else ""


def _quoted(found: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in found[:6])
