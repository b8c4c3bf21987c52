"""A reply as HTML: an answer with its sources beside it, or a refusal with what stands nearest.

Owns the words and the structure a reader sees; every function is pure, and all text of documents and questions is
escaped here. Leaves the cards of sources to `source`, and colours and layout to `style.css`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Statement
from ingest.document import Document, DocumentKind
from ui.shelf import Shelf
from ui.source import Source, card_html, document_list, document_name, number_sources

REFUSAL_HEADINGS = {
    Reason.NOTHING_RELEVANT: "Nothing on this was found in the documents",
    Reason.OTHER_BODY: "The documents are about another body",
    Reason.OTHER_PERIOD: "The documents do not cover that period",
    Reason.NOT_ANSWERED: "The reports do not say",
    Reason.NOT_VERIFIED: "No answer could be checked against the documents",
    Reason.NO_QUESTION: "Please ask a question",
}
NEXT_STEPS = {
    Reason.NOTHING_RELEVANT: "Try the words an inspector would use, and one subject at a time.",
    Reason.OTHER_BODY: "Ask about a body that is named in the list below.",
    Reason.OTHER_PERIOD: "Ask about a year that is named in the list below, or leave the year out.",
    Reason.NOT_ANSWERED: "The nearest paragraphs may still help you to ask more narrowly.",
    Reason.NOT_VERIFIED: "Read the nearest paragraphs yourself, or put the question in other words.",
    Reason.NO_QUESTION: "For example: “How well does the force respond to the public?”",
}
MOST_LISTED = 12  # documents that a refusal names at sight; a screen of a phone
BY_MODEL = "A language model chose and joined these words. Check each sentence against its source."
PLURALS = {
    DocumentKind.INSPECTION_REPORT: ("inspection report", "inspection reports"),
    DocumentKind.TRACKER_ENTRY: ("tracker entry", "tracker entries"),
    DocumentKind.PANEL_PAPER: ("panel paper", "panel papers"),
    DocumentKind.DIGEST: ("digest", "digests"),
    DocumentKind.RESPONSE: ("response", "responses"),
    DocumentKind.OTHER: ("other document", "other documents"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as the page shows it."""

    citation: Citation  # its first, by which it is placed: under this document, beside others of this paragraph
    lead_in: str
    text: str
    marks: str  # HTML


def reply_html(reply: Reply, turn: str, shelf: Shelf) -> str:
    """The two columns of one reply. `turn` sets its anchors apart from those of the other replies on the page."""
    match reply:
        case Answer():
            return _answer_html(reply, turn, shelf)
        case Refusal():
            return _refusal_html(reply, turn, shelf)


def status_line(reply: Reply) -> str:
    """What came of the question, in one plain sentence."""
    searched = count(len(reply.searched.documents), "document", "documents")
    if isinstance(reply, Refusal):
        return f"Not answered. {searched} searched."
    cited = {citation.paragraph.id for citation in reply.citations}
    speaking = {citation.document.id for citation in reply.citations}
    paragraphs = count(len(cited), "paragraph", "paragraphs")
    how = "Answered by a language model" if reply.written_by_model else "Answered word for word"
    return f"{how} from {paragraphs} of {count(len(speaking), 'document', 'documents')}."


def count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def loaded_line(documents: Sequence[Document]) -> str:
    """How many documents of each kind there are, and the years they speak of: "2 inspection reports, 2015 to 2022"."""
    kinds = [document.metadata.kind for document in documents]
    counts = [count(kinds.count(kind), *PLURALS[kind]) for kind in DocumentKind if kind in kinds]
    years = sorted({year for document in documents for year in document.metadata.years})
    span = [] if not years else [f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"]
    return ", ".join([" and ".join(filter(None, [", ".join(counts[:-1]), *counts[-1:]])), *span])


# --- answers ----------------------------------------------------------------------------------------------------------


def _answer_html(answer: Answer, turn: str, shelf: Shelf) -> str:
    sources = number_sources(answer.citations)
    by_report = groupby(_lines(answer, sources, turn), key=lambda line: line.citation.document.id)
    reports = "".join(_report_html(list(lines)) for _, lines in by_report)
    cards = "".join(card_html(source, turn, source.quotes, shelf, numbered=True) for source in sources.values())
    heading = '<h3>Sources</h3><p class="desk-small">The marked words are the ones quoted.</p>'
    return _columns(f"{reports}{_notes_html(answer)}", f"{heading}{cards}", "Sources")


def _lines(answer: Answer, sources: dict[str, Source], turn: str) -> list[Line]:
    """The statements with their markers. The first marker of a source is the one its card leads back to."""
    lines: list[Line] = []
    marked: set[int] = set()
    for statement in answer.statements:
        numbers = list(dict.fromkeys(sources[citation.paragraph.id].number for citation in statement.citations))
        links = "".join(_marker_html(number, turn, is_first=number not in marked) for number in numbers)
        marked.update(numbers)
        # The word joiner keeps a marker on the line of the word before it.
        marks = f'<span class="desk-markers">&#8288;{links}</span>'
        lines.append(Line(statement.citations[0], _lead_in(statement), statement.text, marks))
    return lines


def _marker_html(number: int, turn: str, *, is_first: bool) -> str:
    anchor = f' id="{turn}-mark-{number}"' if is_first else ""
    target = f'href="#{turn}-source-{number}" aria-label="Source {number}"'
    return f'<a class="desk-marker"{anchor} {target}>[{number}]</a>'


def _lead_in(statement: Statement) -> str:
    """The lead-in a reader needs before the statement; empty where it is more, or less, than the start of a list item."""
    paragraph, text = statement.citations[0].paragraph, statement.text
    is_whole = text.startswith(paragraph.lead_in) and len(text) > len(paragraph.lead_in)
    return paragraph.lead_in if is_whole or paragraph.own_text.startswith(text) else ""


def _report_html(lines: Sequence[Line]) -> str:
    runs = groupby(lines, key=lambda line: line.lead_in)
    body = "".join(_list_html(lead_in, run) if lead_in else _sentences_html(run) for lead_in, run in runs)
    return f'<section class="desk-report"><h3>{document_name(lines[0].citation.document)}</h3>{body}</section>'


def _sentences_html(lines: Iterable[Line]) -> str:
    """Sentences of one paragraph stand together, as they do in the document."""
    together = groupby(lines, key=lambda line: line.citation.paragraph.id)
    return "".join(f"<p>{' '.join(f'{escape(line.text)}{line.marks}' for line in run)}</p>" for _, run in together)


def _list_html(lead_in: str, lines: Iterable[Line]) -> str:
    items = "".join(f"<li>{escape(line.text.removeprefix(lead_in).strip())}{line.marks}</li>" for line in lines)
    return f'<p class="desk-lead-in">{escape(lead_in)}</p><ul>{items}</ul>'


def _notes_html(answer: Answer) -> str:
    notes = [*answer.notes]
    if answer.written_by_model:
        notes.append(BY_MODEL)
    if answer.dropped:
        left_out = count(len(answer.dropped), "sentence was", "sentences were")
        notes.append(f"{left_out} left out, because the documents do not bear it out word for word.")
    if not notes:
        return ""
    return '<div class="desk-notes">' + "".join(f"<p>{escape(note)}</p>" for note in notes) + "</div>"


# --- refusals ---------------------------------------------------------------------------------------------------------


def _refusal_html(refusal: Refusal, turn: str, shelf: Shelf) -> str:
    searched = refusal.searched
    paragraphs = count(searched.paragraphs, "paragraph", "paragraphs")
    what_was_searched = f"<h4>What was searched</h4>{_listed(searched.documents)}"
    looked_at = f'<p class="desk-small">{paragraphs} of these documents were looked through.</p>'
    help_text = (
        f'<section class="desk-refusal"><h3>{escape(REFUSAL_HEADINGS[refusal.reason])}</h3>'
        f"<p>{escape(refusal.explanation)}</p><p>{escape(NEXT_STEPS[refusal.reason])}</p></section>"
        f"{what_was_searched if searched.documents else ''}{looked_at if searched.documents else ''}"
    )
    sources = number_sources(refusal.nearest)
    cards = "".join(card_html(source, turn, (), shelf, numbered=False) for source in sources.values())
    nearest = f"<h3>Nearest paragraphs <span>(not an answer)</span></h3>{cards}"
    return _columns(help_text, nearest if cards else "", "Nearest paragraphs")


def _listed(documents: Sequence[Document]) -> str:
    """The documents, folded where there are so many that what comes below would be lost."""
    items = document_list(documents)
    if len(documents) <= MOST_LISTED:
        return items
    return f"<details><summary>All {len(documents)} documents</summary>{items}</details>"


# --- parts of both ----------------------------------------------------------------------------------------------------


def _columns(main: str, aside: str, name: str) -> str:
    side = f'<aside class="desk-sources" tabindex="0" aria-label="{name}">{aside}</aside>' if aside else ""
    return f'<div class="desk-columns"><div class="desk-answer">{main}</div>{side}</div>'
