"""A scrutiny briefing: findings with footnotes, what is unanswered, and questions to put, each tied to a finding.

Owns which lines a briefing has and the wording of the questions. Leaves its forms to `paper`, `word` and `webpage`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from ingest.dates import spoken
from ingest.document import Document, Kind, Paragraph
from ui.paper import Footnotes, Line, Paper, Style, colophon
from ui.source import full_name

QUOTED_WORDS = 14  # of a finding in a question; enough to know it by, and the footnote has the rest
# What is numbered and no figure: "question 4", "in 2017/18". A question about today's figure would make no sense of it.
_REFERENCES = re.compile(
    r"\b(?:question|recommendation|paragraph|section|chapter|figure|table|page|appendix|annex)s? \d+|\b(?:19|20)\d\d(?:/\d\d)?\b",
    re.I,
)
POINTS = frozenset({Kind.AREA_FOR_IMPROVEMENT, Kind.CAUSE_OF_CONCERN, Kind.RECOMMENDATION})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a paragraph that a briefing rests on."""

    words: str  # verbatim in the paragraph
    paragraph: Paragraph
    document: Document


def of_answer(answer: Answer) -> tuple[Excerpt, ...]:
    """What an answer says, by the first citation of each statement."""
    return tuple(
        Excerpt(each.text, each.citations[0].paragraph, each.citations[0].document) for each in answer.statements
    )


def briefing(
    title: str, findings: Sequence[Excerpt], unanswered: Sequence[Excerpt], fingerprint: str, made: str, as_of: str = ""
) -> Paper:
    """The paper: findings under their documents, points that no loaded document answers, and a question on each.

    `unanswered` are points (areas for improvement and the like) to which the loaded documents hold no response.
    """
    notes = Footnotes()
    lines: list[Line] = []
    for document in dict.fromkeys(each.document.id for each in findings):
        group = [each for each in findings if each.document.id == document]
        lines.append(Line(Style.HEADING, full_name(group[0].document)))
        lines += [Line(Style.ITEM, each.words, (notes.number(each.paragraph, each.document),)) for each in group]
    if unanswered:
        lines.append(Line(Style.HEADING, "What is unanswered"))
        lines += [
            Line(
                Style.ITEM,
                f"The loaded documents hold no response to this {each.paragraph.kind.value}: “{_short(each.words)}”",
                (notes.number(each.paragraph, each.document),),
            )
            for each in unanswered
        ]
    lines.append(Line(Style.HEADING, "Questions to put"))
    asked = dict.fromkeys((question(each), notes.number(each.paragraph, each.document)) for each in findings)
    lines += [Line(Style.ITEM, words, (number,)) for words, number in asked]
    documents = {each.document.id: each.document for each in (*findings, *unanswered)}
    return Paper(title, tuple(lines), notes.texts, colophon(fingerprint, made, as_of, list(documents.values())))


def question(excerpt: Excerpt) -> str:
    """A question to the body inspected that the excerpt gives cause for."""
    date = excerpt.document.metadata.date
    since = f"since {spoken(date)}" if date else "since this was published"
    when = f"{'on' if date and len(date) == 10 else 'in'} {spoken(date)}" if date else "then"
    words = _short(excerpt.words)
    if excerpt.paragraph.kind in POINTS:
        return f"What has been done {since} about “{words}”, and what shows that it works?"
    if excerpt.paragraph.kind is Kind.GRADE:
        return f"What has changed {since}, when inspectors gave the judgement “{words}”?"
    if excerpt.paragraph.kind is Kind.STATUS:
        return f"What has happened {since}, when it was said that “{words}”?"
    if re.search(r"\d", _REFERENCES.sub("", excerpt.words)):
        return f"What is the figure today, where the report gave “{words}”?"
    return f"Is it still so, as was found {when}, that “{words}”?"


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= QUOTED_WORDS else " ".join(words[:QUOTED_WORDS]) + " …"
