"""What belongs together across documents: answers with the points they answer, and points with those that remain.

Owns telling a document that issues points from one that quotes and answers them. Leaves cutting an answering document
up to `answers`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.answers import is_answering, responses
from ingest.document import Document, Kind, Paragraph
from ingest.entries import Point, Response
from ingest.likeness import likeness, runs
from ingest.numbers import plain
from ingest.prints import joined
from ingest.quotes import quoted_point
from ingest.sections import RESPONSE_PART
from ingest.stance import OPENS_AN_ANSWER

SAME = 0.6  # likeness from which a point of an answering document is a quotation of another document's; not tuned
MOST_QUOTED = 0.5  # share of a document's points that quote one other document's, from which it answers it; not tuned
_REMAINS = re.compile(
    r"\b(?:remains?|is still|continues to be|we (?:are )?repeat(?:ing)?|carried forward|not yet been addressed)\b", re.I
)
_EARLIER = re.compile(
    r"\b(?:our|the|in (?:our|the)|in) (?:last |previous )?(?P<year>(?:19|20)\d\d)\b[^.;]{0,40}?\b(?:report|inspection|said|recommended|identified)\b"
    r"|\b(?P<last>(?:last|previous) (?:report|inspection))\b",
    re.I,
)
OPENING = 6  # paragraphs in which a document says what it answers; not tuned
STILL = 0.5  # likeness from which a point that "remains" is an earlier one; the report words it anew. Not tuned


def link(found: Mapping[str, Sequence[Point]], documents: Sequence[Document]) -> tuple[list[Point], list[Response]]:
    """Points without quotations of one another, and the responses to them.

    Args:
        found: the points of each document by its id, as the document prints them.
        documents: in order of date.
    """
    answering = {document.id for document in documents if _answers(document, found, documents)}
    issued = [point for document in documents if document.id not in answering for point in found[document.id]]
    points: list[Point] = []
    answers: list[Response] = []
    for document in documents:
        if document.id not in answering:
            points += found[document.id]
            answers += own_responses(document, found[document.id])
            continue
        sources = _sources(document, issued)
        own = [_without_answer(point) for point in found[document.id] if _quoted(point, sources) is None]
        restated = [point for point in own if not sources or _stands_among_quotations(point, document, sources)]
        made = responses(document, [*sources, *restated])
        asked_here = {point.id for point in restated}
        said = {part.id for response in made if asked_here.isdisjoint(response.answers) for part in response.paragraphs}
        points += [
            replace(point, is_restated=point.id in asked_here or _has_number_of(point, sources))
            for point in own
            if not any(part.id in said for part in point.paragraphs)
        ]
        answers += made
    return [_remaining(point, points) for point in points], answers


def own_responses(document: Document, asked: Sequence[Point]) -> tuple[Response, ...]:
    """Answers that a report prints to its own points, in a part headed as the response of those inspected."""
    part = tuple(
        paragraph
        for paragraph in document.paragraphs
        if any(RESPONSE_PART.search(text) for text in (*paragraph.headings, *_own_heading(paragraph)))
    )
    if not part or not asked:
        return ()
    made = responses(replace(document, paragraphs=part), asked)
    return tuple(replace(response, document=document) for response in made)


def _own_heading(paragraph: Paragraph) -> tuple[str, ...]:
    return (paragraph.text,) if paragraph.kind is Kind.HEADING else ()


def _answers(document: Document, found: Mapping[str, Sequence[Point]], documents: Sequence[Document]) -> bool:
    """Whether the document answers points: it says so, or most points in it are those of an earlier document."""
    if is_answering(document):
        return True
    own = found[document.id]
    earlier = [other for other in documents[: documents.index(document)] if not is_answering(other)]
    return any(
        len(own) > 1 and sum(_quoted(point, found[other.id]) is not None for point in own) > MOST_QUOTED * len(own)
        for other in earlier
    )


def _quoted(point: Point, others: Sequence[Point]) -> Point | None:
    """The point of another document that this one repeats."""
    mine = [(max(likeness(_own(point), _own(other)), likeness(_own(other), _own(point))), other) for other in others]
    best = max(mine, key=lambda pair: pair[0], default=None)
    if best is not None and best[0] >= SAME:
        return best[1]
    numbered = next((other for other in others if point.number and plain(other.number) == plain(point.number)), None)
    has_title = numbered is not None and point.title is not None and point.title == numbered.title
    return numbered if has_title else None


def _own(point: Point) -> str:
    """The words of a point without a lead-in that its neighbours share."""
    first = point.paragraphs[0]
    return first.own_text if len(point.paragraphs) == 1 and point.text == first.text else point.text


def _sources(document: Document, issued: Sequence[Point]) -> list[Point]:
    """Points of the documents that this one quotes; where it quotes none, of the one it names or the only one there is."""
    quoted = {
        point.document.id
        for paragraph in document.citable()
        if not paragraph.dated and (point := quoted_point(paragraph, issued)) is not None
    }
    if quoted:
        return [point for point in issued if point.document.id in quoted]
    holders = {point.document.id: point.document for point in issued}
    meant = next(iter(holders)) if len(holders) == 1 else _named(document, list(holders.values()))
    return [point for point in issued if point.document.id == meant]


def _named(document: Document, holders: Sequence[Document]) -> str | None:
    """The id of the document whose title the opening of this one names: by the words that no other's title has."""
    opening = " ".join((document.metadata.title, *(part.text for part in document.paragraphs[:OPENING])))
    said = _words(opening)
    titles = {holder.id: _words(holder.metadata.title) for holder in holders}
    known = Counter(word for words in titles.values() for word in words)
    scores = sorted(
        ((sum(known[word] == 1 for word in words & said), name) for name, words in titles.items()), reverse=True
    )
    (best, name), (second, _) = scores[:2] if len(scores) > 1 else ((0, ""), (0, ""))
    return name if best > second else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", text.lower()))


def _stands_among_quotations(point: Point, document: Document, sources: Sequence[Point]) -> bool:
    """Whether the document quotes another's point before it; what it asks for itself, it asks at its beginning."""
    place = document.paragraphs.index(point.paragraphs[0])
    return any(quoted_point(part, sources) is not None for part in document.paragraphs[:place] if not part.dated)


def _has_number_of(point: Point, sources: Sequence[Point]) -> bool:
    """Whether the point carries the printed number of another's: what an answering document tells in its own words."""
    return point.number is not None and any(
        other.kind is point.kind and plain(other.number) == plain(point.number) for other in sources
    )


def _without_answer(point: Point) -> Point:
    """The point up to where the answer to it begins, when the document that quotes it is all there is."""
    if len(point.paragraphs) < 2:
        return point
    end = next(
        (n for n, part in enumerate(point.paragraphs) if n and OPENS_AN_ANSWER.match(part.own_text)),
        len(point.paragraphs),
    )
    kept = point.paragraphs[:end]
    return replace(point, paragraphs=kept, text=joined(kept))


def _remaining(point: Point, points: Sequence[Point]) -> Point:
    """The point with the ids of earlier ones that it says remain: of the year it names, and of much the same words."""
    if point.is_restated or not _REMAINS.search(point.text) or not _EARLIER.search(point.text):
        return point
    year = _EARLIER.search(point.text)
    named = year["year"] if year else None
    earlier = [
        other
        for other in points
        if other.document.id != point.document.id
        and (named is None or int(named) in other.document.metadata.years)
        and (other.document.metadata.date or "") <= (point.document.metadata.date or "9")
        and len(runs(_own(other))) > 3
        and likeness(_own(other), point.text) >= STILL
    ]
    return replace(point, remains_from=tuple(other.id for other in earlier))
