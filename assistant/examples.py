"""Questions to start with, made from what the loaded documents hold.

Owns their wording. Leaves whether they are answered to the tests, which ask each of them.
"""

import re

from assistant.bodies import loaded_bodies
from assistant.holdings import Holdings
from ingest.document import Document, Kind
from ingest.grades import is_grade

MOST = 4


def examples(holdings: Holdings) -> tuple[str, ...]:
    """At most four questions, each from another kind of content, the newest documents first."""
    newest = sorted(holdings.documents, key=_date, reverse=True)
    is_body_named = len(loaded_bodies(holdings.documents)) > 1
    found = [question for document in newest for question in _of(document, holdings, is_body_named)]
    kinds: dict[str, str] = {}
    for kind, question in found:
        kinds.setdefault(kind, question)
    return tuple(kinds.values())[:MOST]


def _of(document: Document, holdings: Holdings, is_body_named: bool) -> list[tuple[str, str]]:
    period, body = document.metadata.period, document.metadata.body
    if not period or (is_body_named and not body):
        return []
    whose = f" for {body}" if is_body_named else ""
    found = []
    graded = [entry for entry in holdings.judgements[document.id] if entry.area and not is_grade(entry.area)]
    for entry in graded:
        is_named = len(entry.area.split()) <= 8 and not entry.area.endswith("?")
        # "ungraded" is a grade word, and no answer to what grade an area got.
        if is_named and is_grade(entry.grade) and entry.grade != "ungraded" and entry.paragraph.kind is Kind.GRADE:
            found.append(("grade", f"What grade did {_lower(entry.area)} get{whose} in {period}?"))
            break
    if any(entry.grade == "requires improvement" for entry in graded):
        found.append(("set", f"Which areas were graded requires improvement{whose} in {period}?"))
    for paragraph in document.citable():
        if paragraph.kind is Kind.AREA_FOR_IMPROVEMENT and len(paragraph.headings) > 1:
            section = paragraph.headings[-2]
            if len(section.split()) <= 8 and not section.endswith("?"):
                found.append(("areas", f"What are the areas for improvement on {_lower(section)}{whose} in {period}?"))
                break
    if any(paragraph.kind is Kind.CAUSE_OF_CONCERN for paragraph in document.citable()):
        found.append(("concern", f"What was the cause of concern{whose} in {period}?"))
    return found


def _lower(text: str) -> str:
    return text if re.match(r"[A-Z]{2}", text) else text[:1].lower() + text[1:]


def _date(document: Document) -> str:
    return document.metadata.date or document.metadata.period or ""
