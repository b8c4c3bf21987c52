"""Who speaks in a response or status.

Owns the words by which inspectors, bodies, commissioners and governments are told apart. Leaves what they say to
`stance`.
"""

import re
from collections.abc import Iterable, Sequence

from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.entries import Point, Respondent, Response

_RESPONSE = re.compile(r"\b(?:response|reply|replies|responds?|responding)\b", re.I)
_INSPECTORS = re.compile(
    r"\b(?:HMICFRS|HMIC|inspectorate|Ofsted|CQC)\b[^.]{0,40}\b(?:is yet|has yet|will|has assessed|found|assessed)\b|\binspection activity\b|\bnot been triangulated\b|\bwe (?:inspected|will inspect|will assess)\b",
    re.I,
)
_GOVERNMENT = re.compile(r"\b(?:government|secretary of state|ministers?|ministry|department (?:for|of))\b", re.I)
_COMMISSIONER = re.compile(r"\b(?:commissioner|PCC|OPCC)\b")
_BODY = re.compile(
    r"\b(?:force|police|constabulary|chief constable|alliance|trust|council|board|company|service|authority)\b", re.I
)


def respondent_of(document: Document, paragraphs: Sequence[Paragraph]) -> Respondent:
    """Who answers: by the document's title, else by whom the answer names."""
    text = " ".join(paragraph.own_text for paragraph in paragraphs)
    if paragraphs[0].kind is Kind.STATUS or (paragraphs[0].dated and _INSPECTORS.search(text)):
        return Respondent.INSPECTORATE
    opening = " ".join(part.text for part in document.paragraphs[:3])
    title = f"{document.metadata.title} {opening if not paragraphs[0].dated else ''}"
    if re.search(
        r"\bgovernment\b[\w’' ]{0,30}\b(?:response|reply)|(?:response|reply) (?:of|by|from) (?:the )?(?:\w+ )?(?:government|secretary|minist|department)",
        title,
        re.I,
    ):
        return Respondent.GOVERNMENT
    if re.search(
        r"\bcommissioner[’'s]*\b[\w’' ]{0,30}\b(?:response|reply)|(?:response|reply) (?:of|by|from) [\w ]{0,30}commissioner",
        title,
        re.I,
    ):
        return Respondent.COMMISSIONER
    for pattern, respondent in (
        (_BODY, Respondent.BODY),
        (_GOVERNMENT, Respondent.GOVERNMENT),
        (_COMMISSIONER, Respondent.COMMISSIONER),
    ):
        if pattern.search(text[:400]):
            return respondent
    is_reply = re.search(
        r"\b(?:response|reply) (?:of|by|from)\b|: (?:our|management) (?:response|reply)\b", title, re.I
    )
    return Respondent.BODY if is_reply or document.metadata.kind is DocumentKind.PANEL_PAPER else Respondent.OTHER


def is_response(document: Document) -> bool:
    """Whether it is a formal response, in which what is said stands for yes or no; a progress report is none."""
    return any(_RESPONSE.search(text) for text in titles(document))


def titles(document: Document) -> tuple[str, ...]:
    titles = [paragraph.text for paragraph in document.paragraphs if paragraph.kind is Kind.HEADING]
    return (document.metadata.title, *titles[:2])


def plain_response(document: Document, paragraphs: Sequence[Paragraph], points: Iterable[Point]) -> Response:
    first = paragraphs[0]
    return Response(
        id="",
        document=document,
        respondent=respondent_of(document, paragraphs),
        paragraphs=tuple(paragraphs),
        answers=tuple(point.id for point in points),
        date=first.dated or document.metadata.date,
    )
