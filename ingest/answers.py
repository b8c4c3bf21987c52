"""Which paragraphs of a document answer which points: responses, and the statuses they state.

Owns cutting an answering document into what it quotes and what it says. Leaves what is said to `stance`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.dates import iso_date
from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.entries import Basis, Point, Response
from ingest.likeness import likeness, runs
from ingest.numbers import references
from ingest.prints import MARK
from ingest.respondents import respondent_of
from ingest.rows import DATE_COLUMN, RESPONSE_COLUMN, STATUS_COLUMN, column, is_point_column, number_column, row_cells
from ingest.sections import MAJOR
from ingest.stance import OPENS_AN_ANSWER, Stance, stance, status_word

QUOTED = 0.6  # likeness from which a paragraph quotes a point; a committee's names are shortened in some. Not tuned
FEWEST_RUNS = 5  # a shorter text quotes nothing that could be recognised; not tuned
_ANSWERING = re.compile(
    r"\b(?:response|reply|replies|responds?|responding|update|progress|action plan|tracker|follow[- ]up)\b", re.I
)
_RESPONSE = re.compile(r"\b(?:response|reply|replies|responds?|responding)\b", re.I)
_ENUMERATOR = re.compile(r"^\(?(?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})[.)]\s+")
_LABEL = re.compile(
    r"^(?:(?:the )?[\w’' ]{0,40}(?:response|reply|comments?|recommendations?|conclusions?)(?: to (?:the )?recommendations?)?|answer|status|action(?:s)?(?: taken)?|progress|update)\s*:?$",
    re.I,
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
    return any(_ANSWERING.search(text) for text in _titles(document))


def is_response(document: Document) -> bool:
    """Whether it is a formal response, in which what is said stands for yes or no; a progress report is none."""
    return any(_RESPONSE.search(text) for text in _titles(document))


def _titles(document: Document) -> tuple[str, ...]:
    titles = [paragraph.text for paragraph in document.paragraphs if paragraph.kind is Kind.HEADING]
    return (document.metadata.title, *titles[:2])


def units(document: Document, points: Sequence[Point]) -> list[Unit]:
    """The document cut at what it quotes of the points, or at their numbers; in reading order.

    Quotations that follow one another without an answer between them are answered together.
    """
    paragraphs = [part for part in document.paragraphs if part.kind is not Kind.FURNITURE and not part.dated]
    found = _quoting(paragraphs, points)
    return found or _referring(paragraphs, points)


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
        quoted = None if is_heading else quoted_point(paragraph, points, asked if not answer else (), marked)
        new = marked if marked and not quoted else (quoted,) if quoted else ()
        if new:
            if answer or (is_heading and quotes):
                close()
            has_heading = has_heading or (is_heading and bool(marked))
            asked += [point for point in new if point.id not in {other.id for other in asked}]
            if not is_heading:
                quotes.append(paragraph)
        elif is_heading:
            ends = MAJOR.match(paragraph.text) or (not has_heading and not _LABEL.match(paragraph.text))
            if (
                asked
                and (answer or not quotes)
                and (ends or (answer and _LABEL.match(paragraph.text) and not has_heading))
            ):
                close()
        elif asked and paragraph.kind is not Kind.FOOTNOTE:
            answer.append(paragraph)
    close()
    return [unit for unit in found if unit.quotes or unit.answer]


def _marked(paragraph: Paragraph, points: Sequence[Point]) -> tuple[Point, ...]:
    """The points whose numbers open the paragraph: "Recommendations 2 to 4", "Recommendation 7: a title", "8.3-8.4"."""
    if paragraph.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE):
        return ()
    is_short = paragraph.kind is Kind.HEADING or len(paragraph.text.split()) <= 6
    if not MARK.match(paragraph.text) and not is_short:
        return ()
    named = references(paragraph.text, is_bare=is_short)
    return tuple(point for number in named for point in points if point.number == number and _fits(paragraph, point))


def _fits(paragraph: Paragraph, point: Point) -> bool:
    """Whether the words behind a mark can be the point's: a title, nothing, or its own words."""
    mark = MARK.match(paragraph.text)
    words = paragraph.text[mark.end() :] if mark else ""
    return (
        len(runs(words)) < 12
        or likeness(words, f"{point.title} {point.text}") > 0.2
        or OPENS_AN_ANSWER.match(words) is not None
    )


def quoted_point(
    paragraph: Paragraph, points: Sequence[Point], asked: Sequence[Point] = (), marked: Sequence[Point] = ()
) -> Point | None:
    """The point that the paragraph quotes; of equals the one with its printed number, then the first.

    While a point is being quoted (`asked`), shorter pieces and its lead-ins count as more of it.
    """
    text = _ENUMERATOR.sub("", paragraph.own_text)
    mark = MARK.match(text)
    text = text[mark.end() :] if mark else text
    inner = next(
        (point for point in asked if likeness(text, point.text) >= QUOTED or _plain(text) in _plain(point.text)), None
    )
    if inner is not None and not mark:
        return inner
    if len(runs(text)) < FEWEST_RUNS:
        return None
    scored = [(max(likeness(text, point.text), _held(point, text)), point) for point in points]
    best = max((score for score, _ in scored), default=0.0)
    if best < QUOTED:
        return None
    near = [point for score, point in scored if score >= best - 0.1]
    named = {point.id for point in marked}
    return next((p for p in near if p.id in named or (p.number and p.number == paragraph.number)), None) or next(
        point for score, point in scored if score == best
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _held(point: Point, text: str) -> float:
    """How much of the point the text holds; only where the text is not much longer than the point."""
    return likeness(point.text, text) if len(runs(text)) <= 2 * len(runs(point.text)) else 0.0


def _referring(paragraphs: Sequence[Paragraph], points: Sequence[Point]) -> list[Unit]:
    """A letter: each paragraph whose first words name points by number begins an answer to them."""
    found: list[Unit] = []
    order = {str(place): point for place, point in enumerate(points, start=1)}
    by_number = {point.number: point for point in points if point.number}
    for paragraph in paragraphs:
        if paragraph.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE):
            continue
        opening = " ".join(paragraph.text.split()[:14])
        named = [
            by_number.get(number) or (order.get(number) if not by_number else None) for number in references(opening)
        ]
        asked = tuple(point for point in named if point is not None)
        is_heading = paragraph.kind is Kind.HEADING
        if asked:
            found.append(Unit(asked, (), () if is_heading else (paragraph,)))
        elif found and is_heading:
            found.append(Unit((), (), ()))
        elif found:
            found[-1] = replace(found[-1], answer=(*found[-1].answer, paragraph))
    return [unit for unit in found if unit.points and unit.answer]


def responses(document: Document, points: Sequence[Point]) -> tuple[Response, ...]:
    """Every response and status of the document to any of the points, in reading order."""
    made: list[Response] = []
    for unit in units(document, points):
        made += _unit_responses(document, unit)
    made += _row_responses(document, points)
    made += _dated_responses(document, points)
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
        others = [other.text for other in unit.points if other is not point]
        found = stance(unit.answer, point.text, others, is_response(document))
        word = found.status if found else None
        same = next((group for known, group in groups if (known.status if known else None) == word), None)
        if same is None:
            groups.append((found, [point]))
        else:
            same.append(point)
    for found, group in groups:
        plain = _response(document, unit.answer, group)
        yield _with_status(plain, found) if found else plain


def _with_status(response: Response, found: Stance) -> Response:
    return replace(response, status=found.status, basis=found.basis, proof=(found.paragraph.id, found.span))


def _response(document: Document, paragraphs: Sequence[Paragraph], points: Iterable[Point]) -> Response:
    first = paragraphs[0]
    return Response(
        id="",
        document=document,
        respondent=respondent_of(document, paragraphs),
        paragraphs=tuple(paragraphs),
        answers=tuple(point.id for point in points),
        date=first.dated or document.metadata.date,
    )


def _row_responses(document: Document, points: Sequence[Point]) -> Iterator[Response]:
    """Rows of a table with columns for recommendation, response and status."""
    for paragraph in document.citable():
        cells = row_cells(paragraph)
        heads = [head for head in cells if is_point_column(head)]
        if len(cells) < 2 or not (heads or number_column(cells)):
            continue
        said = column({head: value for head, value in cells.items() if head not in heads}, RESPONSE_COLUMN)
        word = column(cells, STATUS_COLUMN)
        asked = _asked_in_row(cells, heads, points)
        if not asked or not (said or word):
            continue
        yield _from_row(document, paragraph, asked, word, said, column(cells, DATE_COLUMN))


def _asked_in_row(cells: Mapping[str, str], heads: Sequence[str], points: Sequence[Point]) -> list[Point]:
    number = number_column(dict(cells))
    named = references(cells[heads[0]], is_bare=True) if heads else ()
    words = cells[heads[0]] if heads else ""
    alike = [
        point
        for point in points
        if len(runs(words)) >= FEWEST_RUNS and max(likeness(words, point.text), likeness(point.text, words)) >= QUOTED
    ]
    exact = [point for point in alike if point.number and point.number in (number, *named)]
    if exact or alike:
        return exact[:1] or alike[:1]
    return [point for point in points if point.number and point.number in ((number,) if number else named)][:1]


def _from_row(
    document: Document, row: Paragraph, asked: Sequence[Point], word: str | None, said: str | None, dated: str | None
) -> Response:
    plain = replace(_response(document, (row,), asked), date=iso_date(dated or "") or document.metadata.date)
    stated = status_word(word) if word else None
    if stated and word:
        start = row.text.rfind(word)
        return replace(plain, status=stated[0], basis=Basis.STATED, proof=(row.id, (start, start + len(word))))
    if said and said in row.text:
        start = row.text.index(said)
        found = stance((replace(row, text=said, lead_in=""),), asked[0].text, with_deeds=is_response(document))
        if found:
            span = (start + found.span[0], start + found.span[1])
            return replace(plain, status=found.status, basis=found.basis, proof=(row.id, span))
    return plain


def _dated_responses(document: Document, points: Sequence[Point]) -> Iterator[Response]:
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
    numbered = [point for point in asked if point.kind.value == "recommendation"]
    by_place = {str(place): point for place, point in enumerate(numbered, start=1)}
    for group in _hanging(dated):
        text = " ".join(part.text for part in group)
        named = [by_place[number] for number in references(text) if number in by_place]
        plain = _response(document, group, named or asked)
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
