"""A reply as words to paste elsewhere: plain, as Markdown, or as a committee report writes it.

Owns these three forms. Leaves naming documents and places to `assistant.render`.
"""

import re
from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Refusal, Reply
from assistant.render import answer_text, describe_place, searched_text, short_title
from ingest.dates import spoken
from ingest.document import Document, Paragraph
from ui.source import Source, full_name, number_sources

MACHINE_NOTE = (
    "Gathered by a machine (Evidence Desk) from the documents named; check the words against them before use."
)


def plain(reply: Reply, stamp: str) -> str:
    """The words with numbers, then the sources, then `stamp`, which says from which index and when."""
    if isinstance(reply, Refusal):
        return "\n".join([reply.question, "", reply.explanation, searched_text(reply), "", stamp])
    lines = [reply.question, "", answer_text(reply, with_markers=True), "", "Sources"]
    lines += [f"[{source.number}] {cited(source.paragraph, source.document)}" for source in _sources(reply)]
    return "\n".join([*lines, "", MACHINE_NOTE, stamp])


def markdown(reply: Reply, stamp: str) -> str:
    """The same with Markdown footnotes."""
    if isinstance(reply, Refusal):
        return f"**{plain_markdown(reply.question)}**\n\n{plain_markdown(reply.explanation)}\n\n{plain_markdown(searched_text(reply))}\n\n{stamp}"
    numbers = {source.paragraph.id: source.number for source in _sources(reply)}
    lines = [f"**{plain_markdown(reply.question)}**", ""]
    for statement in reply.statements:
        marks = "".join(
            f"[^{numbers[key]}]" for key in dict.fromkeys(each.paragraph.id for each in statement.citations)
        )
        lines += [f"- {plain_markdown(statement.text)}{marks}"]
    lines += [""] + [
        f"[^{source.number}]: {plain_markdown(cited(source.paragraph, source.document))}" for source in _sources(reply)
    ]
    return "\n".join([*lines, "", f"*{MACHINE_NOTE} {stamp}*"])


def committee(reply: Reply, stamp: str) -> str:
    """Numbered paragraphs of quoted evidence with their sources in brackets, as scrutiny reports print them."""
    if isinstance(reply, Refusal):
        return f"1. On the question “{reply.question}”, {_lower(reply.explanation)} {searched_text(reply)}\n\n{stamp}"
    lines = []
    for number, statement in enumerate(reply.statements, start=1):
        sources = "; ".join(
            cited(citation.paragraph, citation.document, shortly=True) for citation in statement.citations
        )
        lines.append(f"{number}. “{statement.text}” ({sources})")
    return "\n\n".join([f"Evidence on the question: {reply.question}", *lines, f"{MACHINE_NOTE} {stamp}"])


def cited(paragraph: Paragraph, document: Document, *, shortly: bool = False) -> str:
    """Publisher, title, date and place, as a footnote prints them."""
    metadata = document.metadata
    title = short_title(document, is_body_named=True) if shortly else full_name(document)
    date = spoken(metadata.date) if shortly and metadata.date else ""
    place = describe_place(paragraph)
    return ", ".join(part for part in (metadata.publisher or "", title, date, place) if part)


def _sources(answer: Answer) -> Sequence[Source]:
    return tuple(number_sources(answer.citations).values())


def plain_markdown(text: str) -> str:
    """The text so that Markdown shows it as it is: nothing in it is a mark, a tag, or the start of a list."""
    escaped = re.sub(r"([\\`*_\[\]#|~])", r"\\\1", escape(text, quote=False))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", escaped))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
