"""Dated statuses and comments of a tracker as responses.

Owns which points an entry answers: those it names, else all that the tracker quotes. Leaves its markup to `tracker`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.document import Document, Kind, Paragraph
from ingest.entries import Basis, Point, PointKind, Response
from ingest.numbers import references
from ingest.quotes import quoted_point
from ingest.respondents import plain_response, respondent_of


def dated_responses(document: Document, points: Sequence[Point]) -> Iterator[Response]:
    """Statuses and comments of a tracker; each answers the recommendations that it names, else all that the tracker quotes."""
    dated = [part for part in document.citable() if part.dated and part.kind is not Kind.HEADING]
    if not dated or not points:
        return
    asked = [
        point
        for point in points
        if point.document.id == document.id
        or any(quoted_point(part, points) is point for part in document.citable() if not part.dated)
    ]
    numbered = [point for point in asked if point.kind is PointKind.RECOMMENDATION]
    by_place = {str(place): point for place, point in enumerate(numbered, start=1)}
    for group in _hanging(dated):
        text = " ".join(part.text for part in group)
        named = [by_place[number] for number in references(text) if number in by_place]
        plain = plain_response(document, group, named or asked)
        if group[0].kind is Kind.STATUS:
            word = group[0].text.rpartition("status ")[2]
            start = len(group[0].text) - len(word)
            yield replace(
                plain, status=word.lower(), basis=Basis.STATED, proof=(group[0].id, (start, len(group[0].text)))
            )
        else:
            comment = [part for part in dated if part.dated == group[0].dated and part.kind is not Kind.STATUS]
            yield replace(plain, respondent=respondent_of(document, comment))


def _hanging(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Each paragraph with the bullets that hang on it."""
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        is_more = groups and paragraph.lead_in and paragraph.lead_in == (groups[-1][0].lead_in or groups[-1][0].text)
        if is_more and paragraph.dated == groups[-1][0].dated:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return groups
