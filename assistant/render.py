"""Replies as words and as data.

Owns how documents, places, answers and refusals are written, and the JSON line of `--batch`, which is a contract.
Leaves pages to `ui`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from assistant.answer import Answer, Citation, Refusal, Reply, Statement
from assistant.scope import short_name
from ingest.dates import spoken
from ingest.document import Document, DocumentKind, Paragraph

# Who speaks and which number of a series: what stands above the title proper on the cover of a committee's report.
_LETTERHEAD = re.compile(
    r"\b(?:house of|committee|commission|parliament|ministry|department|session)\b|^\w+ report$|^report$", re.I
)


def short_title(document: Document, is_body_named: bool = False) -> str:
    """The part of a document's title that tells it from others: its first part between dashes that is no letterhead; up
    to a colon when a year stands before it. A paper laid before a panel goes by the panel, for its title is that of the
    report it speaks of.

    With `is_body_named`, "Northmoor Police, PEEL 2021/22", unless the title names the body already.
    """
    metadata = document.metadata
    parts = metadata.title.split(" – ")
    title = next((part for part in parts if not _LETTERHEAD.search(part)), parts[0])
    head = title.split(": ")[0]
    title = head if any(map(str.isdigit, head)) else title
    if metadata.kind is DocumentKind.PANEL_PAPER and metadata.publisher:
        title = metadata.publisher
    body = metadata.body
    return f"{body}, {title}" if is_body_named and body and short_name(body) not in title.lower() else title


def describe_document(document: Document, is_body_named: bool = False) -> str:
    """ "PEEL 2021/22 (April 2022)"; digests are called digests; the period stands where no date is known. `is_body_named`
    as for `short_title`."""
    metadata = document.metadata
    title = short_title(document, is_body_named)
    when = spoken(metadata.date) if metadata.date else metadata.period
    parts = [when] if when and when.lower() not in title.lower() else []
    if metadata.kind is DocumentKind.DIGEST:
        parts.append("a digest, not the report itself")
    return f"{title} ({'; '.join(parts)})" if parts else title


def describe_place(paragraph: Paragraph) -> str:
    """Section path, printed paragraph number and page, as far as there are any."""
    parts = [" › ".join(paragraph.headings)] if paragraph.headings else []
    if paragraph.dated:
        parts.append(f"entry of {spoken(paragraph.dated)}")
    if paragraph.number:
        parts.append(f"paragraph {paragraph.number}")
    if paragraph.page:
        parts.append(f"page {paragraph.page}")
    return ", ".join(parts)


def by_document(statements: Sequence[Statement]) -> Iterator[tuple[Document, tuple[Statement, ...]]]:
    """Runs of statements that rest on the same document, in order."""
    for _, run in groupby(statements, key=lambda statement: statement.citations[0].document.id):
        group = tuple(run)
        yield group[0].citations[0].document, group


def numbered(answer: Answer) -> dict[str, int]:
    """Paragraph id -> the number of its source, counted from 1 in the order of the statements."""
    ids = dict.fromkeys(citation.paragraph.id for citation in answer.citations)
    return {key: number for number, key in enumerate(ids, start=1)}


def without_repeated_lead_in(statements: Sequence[Statement]) -> Iterator[tuple[str | None, str, Statement]]:
    """(lead-in to print first or None, words, statement): a lead-in shared by a run of items is printed once."""
    before = ""
    for statement in statements:
        lead_in = statement.citations[0].paragraph.lead_in
        if lead_in and statement.text.startswith(lead_in):
            yield (lead_in if lead_in != before else None), statement.text[len(lead_in) :].strip(), statement
            before = lead_in
        else:
            yield None, statement.text, statement
            before = ""


def names_bodies(reply: Reply) -> bool:
    """Whether each document is to be named with its body: the documents searched are on several."""
    return len({document.metadata.body for document in reply.searched.documents if document.metadata.body}) > 1


def answer_text(reply: Reply, with_markers: bool = False) -> str:
    """The words of an answer, grouped by report, or of a refusal; markers "[1]" name the sources when asked for."""
    if isinstance(reply, Refusal):
        return reply.explanation
    numbers = numbered(reply)
    lines: list[str] = []
    for document, statements in by_document(reply.statements):
        lines.append(f"{describe_document(document, names_bodies(reply))}:")
        sentence, before = "", ""
        for lead_in, words, statement in without_repeated_lead_in(statements):
            marks = "".join(f" [{numbers[item.paragraph.id]}]" for item in statement.citations) if with_markers else ""
            is_item = lead_in is not None or statement.citations[0].paragraph.lead_in != ""
            paragraph_id = statement.citations[0].paragraph.id
            if sentence and (is_item or lead_in or paragraph_id != before):
                lines.append(sentence)
                sentence = ""
            if lead_in:
                lines.append(lead_in)
            if is_item:
                lines.append(f"- {words}{marks}")
            else:
                sentence = f"{sentence} {words}{marks}".strip()
            before = paragraph_id
        if sentence:
            lines.append(sentence)
    return "\n".join(lines)


def searched_text(reply: Reply) -> str:
    """What was looked through."""
    names = "; ".join(describe_document(document, names_bodies(reply)) for document in reply.searched.documents)
    return f"Searched {reply.searched.paragraphs} paragraphs of {len(reply.searched.documents)} documents: {names}."


def terminal_text(reply: Reply) -> str:
    """A reply for a terminal: how a follow-up was read, words with numbers, then the numbered sources, or why not and
    what stands nearest."""
    read = f"Read as: {reply.rewritten}\n" if reply.rewritten else ""
    return read + _terminal_words(reply)


def _terminal_words(reply: Reply) -> str:
    if isinstance(reply, Answer):
        numbers = numbered(reply)
        lines = [answer_text(reply, with_markers=True), "", "Sources"]
        shown: set[str] = set()
        for citation in reply.citations:
            if citation.paragraph.id not in shown:
                shown.add(citation.paragraph.id)
                lines.append(_source_line(numbers[citation.paragraph.id], citation, names_bodies(reply)))
        lines += [f"Note: {note}" for note in reply.notes]
        lines += [f"Left out after checking: {words}" for words in reply.dropped]
        return "\n".join(lines)
    lines = [f"Not answered: {reply.reason.value}.", reply.explanation, searched_text(reply)]
    if reply.nearest:
        lines += ["", "Nearest paragraphs, which are not an answer"]
        for number, citation in enumerate(reply.nearest, start=1):
            lines += [_source_line(number, citation, names_bodies(reply)), f"    {citation.quote}"]
    return "\n".join(lines)


def _source_line(number: int, citation: Citation, is_body_named: bool) -> str:
    place = describe_place(citation.paragraph)
    return f"[{number}] {describe_document(citation.document, is_body_named)}{', ' + place if place else ''} ({citation.paragraph.id})"


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation as plain values; `start:end` are offsets into the document's text, `quote` is verbatim in `paragraph`."""
    paragraph, document = citation.paragraph, citation.document
    return {
        "source": document.source,
        "document": document.metadata.title,
        "date": document.metadata.date,
        "section": list(paragraph.headings),
        "paragraph_id": paragraph.id,
        "page": paragraph.page,
        "start": paragraph.start,
        "end": paragraph.end,
        "paragraph": paragraph.text,
        "quote": citation.quote,
    }


def reply_json(reply: Reply, question_id: str | None, seconds: float) -> dict[str, Any]:
    """One line of `--batch --out`; the keys and their meaning are a contract, described in README.md."""
    is_answer = isinstance(reply, Answer)
    return {
        "id": question_id,
        "question": reply.question,
        "answer": answer_text(reply) if is_answer else "",
        "abstained": not is_answer,
        "reason": None if isinstance(reply, Answer) else reply.reason.value,
        "seconds": round(seconds, 4),
        "citations": [citation_json(citation) for citation in reply.citations] if isinstance(reply, Answer) else [],
        "notes": list(reply.notes) if isinstance(reply, Answer) else [reply.explanation, searched_text(reply)],
        "nearest": [] if isinstance(reply, Answer) else [citation_json(citation) for citation in reply.nearest],
        "rewritten": reply.rewritten,
    }


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
