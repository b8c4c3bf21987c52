"""Which paragraphs of a document answer which points: responses, and the statuses they state.

Owns cutting an answering document into what it quotes and what it says. Leaves what is said to `stance`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.entries import Point, PointKind, Response
from ingest.likeness import likeness, runs
from ingest.numbers import plain, references
from ingest.prints import MARK, kind_of_mark
from ingest.quotes import quotes_of
from ingest.respondents import is_response, plain_response, titles
from ingest.row_answers import row_responses
from ingest.sections import MAJOR
from ingest.stance import OPENS_AN_ANSWER, Stance, stance
from ingest.tracker_answers import dated_responses

_ANSWERING = re.compile(
    r"\b(?:response|reply|replies|responds?|responding|update|progress|action plan|tracker|follow[- ]up)\b", re.I
)
_ENDS = re.compile(
    r"^(?:next steps|closing|conclusion|annex|appendix|glossary|contacts?\b|further information|list of|acknowledg|afterword)",
    re.I,
)
_SALUTATION = re.compile(r"^Dear [A-Z]")
LETTERHEAD = 20  # paragraphs above a salutation: addresses, a date, references. Not tuned
_FAREWELL = re.compile(r"^(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) regards|sincerely)\b", re.I)
_LABEL = re.compile(
    r"^(?:(?:the )?[\w’' ]{0,40}(?:response|reply|comments?|recommendations?|conclusions?)(?: to (?:the )?recommendations?)?|answer|status|action(?:s)?(?: taken)?|progress|update)\s*:?$",
    re.I,
)

_STATUS_WORD = re.compile(
    r"(?:(?:not|fully|partly|partially) )?(?:accept|agree|reject|support|note|decline)e?d\b", re.I
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Points asked together, and what is said to them."""

    points: tuple[Point, ...]
    quotes: tuple[Paragraph, ...]
    answer: tuple[Paragraph, ...]


def is_answering(document: Document) -> bool:
    """Whether the document is written to answer points that another one made, going by its title and kind."""
    if document.metadata.kind is DocumentKind.TRACKER_ENTRY:
        return True
    return any(_ANSWERING.search(text) for text in titles(document))


def units(document: Document, points: Sequence[Point]) -> list[Unit]:
    """The document cut at what it quotes of the points, or at their numbers; in reading order.

    Quotations that follow one another without an answer between them are answered together.
    """
    paragraphs = [part for part in document.paragraphs if part.kind is not Kind.FURNITURE and not part.dated]
    found = _quoting(paragraphs, points)
    referring = _referring(paragraphs, points) if not found or _is_letter(paragraphs) else []
    return max(found, referring, key=lambda made: len({point.id for unit in made for point in unit.points}))


def _is_letter(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether it opens with "Dear ...": a letter answers in running sentences, and hardly quotes."""
    return any(_SALUTATION.match(part.text) for part in paragraphs[:LETTERHEAD])


def _quoting(paragraphs: Sequence[Paragraph], points: Sequence[Point]) -> list[Unit]:
    found: list[Unit] = []
    asked: list[Point] = []
    quotes: list[Paragraph] = []
    answer: list[Paragraph] = []
    has_heading = False

    def close() -> None:
        nonlocal asked, quotes, answer, has_heading
        if asked:
            found.append(Unit(tuple(asked), tuple(quotes), tuple(answer)))
        asked, quotes, answer, has_heading = [], [], [], False

    for paragraph in paragraphs:
        is_heading = paragraph.kind is Kind.HEADING
        marked = _marked(paragraph, points)
        new = () if is_heading else quotes_of(paragraph, points, asked if not answer else (), marked)
        new = new or marked
        if new:
            if answer or (is_heading and quotes):
                close()
            has_heading = has_heading or (is_heading and bool(marked))
            asked += [point for point in new if point.id not in {other.id for other in asked}]
            if not is_heading:
                (answer if _answers_itself(paragraph) else quotes).append(paragraph)
        elif is_heading:
            ends = (
                MAJOR.match(paragraph.text)
                or _ENDS.match(paragraph.text)
                or (not has_heading and not _LABEL.match(paragraph.text))
            )
            if (
                asked
                and not _is_inside(paragraph, quotes)
                and (answer or not quotes)
                and (ends or (answer and _LABEL.match(paragraph.text) and not has_heading))
            ):
                close()
        elif asked and paragraph.kind is not Kind.FOOTNOTE:
            answer.append(paragraph)
    close()
    return [unit for unit in found if unit.quotes or unit.answer]


def _answers_itself(paragraph: Paragraph) -> bool:
    """Whether the words behind the mark already answer: "R1 Accepted. A manager has been appointed."."""
    mark = MARK.match(paragraph.text)
    return mark is not None and _STATUS_WORD.match(paragraph.text[mark.end() :]) is not None


def _is_inside(heading: Paragraph, quotes: Sequence[Paragraph]) -> bool:
    """Whether the heading opens a part of the very section that begins with the quotation: "Background", "Next steps"."""
    path = quotes[0].headings if quotes else ()
    return len(path) > 1 and heading.headings[: len(path)] == path


def _marked(paragraph: Paragraph, points: Sequence[Point]) -> tuple[Point, ...]:
    """The points whose numbers open the paragraph: "Recommendations 2 to 4", "Recommendation 7: a title", "8.3-8.4"."""
    if paragraph.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE):
        return ()
    is_short = paragraph.kind is Kind.HEADING or len(paragraph.text.split()) <= 6
    if not MARK.match(paragraph.text) and not is_short:
        return ()
    named = references(paragraph.text, is_bare=is_short)
    kind = kind_of_mark(paragraph.text)
    return tuple(
        point
        for number in named
        for point in points
        if plain(point.number) == plain(number) and (kind is None or point.kind is kind) and _fits(paragraph, point)
    )


def _fits(paragraph: Paragraph, point: Point) -> bool:
    """Whether the words behind a mark can be the point's: a title, nothing, or its own words."""
    mark = MARK.match(paragraph.text)
    words = paragraph.text[mark.end() :] if mark else ""
    return (
        len(runs(words)) < 12
        or likeness(words, f"{point.title} {point.text}") > 0.2
        or OPENS_AN_ANSWER.match(words) is not None
    )


def _referring(paragraphs: Sequence[Paragraph], points: Sequence[Point]) -> list[Unit]:
    """A letter: each paragraph whose first words name points by number begins an answer to them."""
    found: list[Unit] = []
    recommended = [point for point in points if point.kind is PointKind.RECOMMENDATION] or points
    order = {str(place): point for place, point in enumerate(recommended, start=1)}
    by_number = {plain(point.number): point for point in recommended if point.number}
    for paragraph in paragraphs:
        if paragraph.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE):
            continue
        opening = " ".join(paragraph.text.split()[:14])
        named = [
            by_number.get(plain(number)) or (order.get(number) if not by_number else None)
            for number in references(opening)
        ]
        asked = tuple(point for point in named if point is not None)
        is_heading = paragraph.kind is Kind.HEADING
        if asked:
            found.append(Unit(asked, (), () if is_heading else (paragraph,)))
        elif found and (is_heading or _FAREWELL.match(paragraph.text)):
            found.append(Unit((), (), ()))
        elif found:
            found[-1] = replace(found[-1], answer=(*found[-1].answer, paragraph))
    return [unit for unit in found if unit.points and unit.answer]


def responses(document: Document, points: Sequence[Point]) -> tuple[Response, ...]:
    """Every response and status of the document to any of the points, in reading order."""
    made: list[Response] = []
    for unit in units(document, points):
        made += _unit_responses(document, unit)
    made += row_responses(document, points)
    made += dated_responses(document, points)
    places = {paragraph.id: place for place, paragraph in enumerate(document.paragraphs)}
    made.sort(key=lambda response: places[response.paragraphs[0].id])
    return tuple(
        replace(response, id=f"{document.id}/response-{number}") for number, response in enumerate(made, start=1)
    )


def _unit_responses(document: Document, unit: Unit) -> Iterator[Response]:
    """One response for each status that the answer gives to points of the unit."""
    if not unit.answer:
        return
    groups: list[tuple[Stance | None, list[Point]]] = []
    for point in unit.points:
        others = [other for other in unit.points if other is not point]
        numbers = [point.number, *(other.number for other in others)]
        found = stance(unit.answer, point.text, [other.text for other in others], is_response(document), numbers)
        word = found.status if found else None
        same = next((group for known, group in groups if (known.status if known else None) == word), None)
        if same is None:
            groups.append((found, [point]))
        else:
            same.append(point)
    for found, group in groups:
        plain = plain_response(document, unit.answer, group)
        yield _with_status(plain, found) if found else plain


def _with_status(response: Response, found: Stance) -> Response:
    return replace(response, status=found.status, basis=found.basis, proof=(found.paragraph.id, found.span))
