"""Who speaks in a response or status.

Owns the words by which inspectors, bodies, commissioners and governments are told apart. Leaves what they say to
`stance`.
"""

import re
from collections.abc import Sequence

from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.entries import Respondent

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
    return Respondent.BODY if document.metadata.kind is DocumentKind.PANEL_PAPER else Respondent.OTHER
