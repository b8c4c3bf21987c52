"""The register: what was judged, asked for and answered in a set of documents, as data with its proof.

Owns putting the entries of documents together and looking them up. Leaves finding them to `judgements`, `points`,
`answers` and `figures`, and linking them to `links`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.areas import is_same_area, named_areas, notes_for, whole_area, with_aliases
from ingest.document import Document
from ingest.entries import Basis, Figure, Judgement, Point, PointKind, Respondent, Response
from ingest.figures import figures
from ingest.judgements import (
    NOT_YET_INSPECTED,
    comparability_notes,
    grade_in,
    judgements,
    reported_judgements,
    stated_judgements,
)
from ingest.links import link
from ingest.points import points

__all__ = [
    "NOT_YET_INSPECTED",
    "Basis",
    "Figure",
    "Judgement",
    "Point",
    "PointKind",
    "Register",
    "Respondent",
    "Response",
    "comparability_notes",
    "grade_in",
    "judgements",
]


@dataclass(frozen=True, slots=True)
class Register:
    """All entries of a set of documents; within each tuple in order of document date, then as printed."""

    documents: tuple[Document, ...]
    judgements: tuple[Judgement, ...]
    points: tuple[Point, ...]
    responses: tuple[Response, ...] = ()
    figures: tuple[Figure, ...] = ()

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Register":
        ordered = tuple(sorted(documents, key=_when))
        linked, answers = link({document.id: points(document) for document in ordered}, ordered)
        return cls(
            ordered,
            tuple(_judgements(ordered)),
            tuple(linked),
            tuple(answers),
            tuple(figure for document in ordered for figure in figures(document)),
        )

    def point(self, point_id: str) -> Point:
        """The point of that id.

        Raises:
            KeyError: there is none.
        """
        return next((point for point in self.points if point.id == point_id), None) or _missing(point_id)

    def find_points(self, kind: PointKind | None = None, words: str = "") -> tuple[Point, ...]:
        """Points of a kind (any, when None) that hold every one of the words, whatever their case, in register order."""
        wanted = words.casefold().split()
        return tuple(
            point
            for point in self.points
            if (kind is None or point.kind is kind)
            and all(word in f"{point.title or ''} {point.text}".casefold() for word in wanted)
        )

    def chain(self, point: Point) -> tuple[Point | Response, ...]:
        """The point as issued, then every response and status that answers it and every point that says it remains, by date."""
        later: list[Point | Response] = [response for response in self.responses if point.id in response.answers]
        later += [other for other in self.points if point.id in other.remains_from]
        return (point, *sorted(later, key=_moment))

    def history(self, area: str, body: str | None = None) -> tuple[Judgement, ...]:
        """Judgements of an area in date order, under whatever name; each carries its comparability notes.

        An empty area, or one that begins with "overall", is the whole inspection. A grade alone on its line and the
        sentence that repeats it are both there.
        """
        return tuple(
            judgement
            for judgement in self.judgements
            if (body is None or (judgement.body or "").casefold() == body.casefold())
            and any(is_same_area(area, name) for name in (judgement.area, *judgement.aliases))
        )


def _judgements(documents: Sequence[Document]) -> Iterator[Judgement]:
    """Every judgement with the other names of its area and the notes on comparing it."""
    found = with_aliases(
        [
            judgement
            for document in documents
            for judgement in (*judgements(document), *stated_judgements(document), *reported_judgements(document))
        ]
    )
    notes = {document.id: comparability_notes(document) for document in documents}
    areas = {document.id: named_areas(document, found) for document in documents}
    wholes = {
        document.id: whole_area([judgement for judgement in found if judgement.document.id == document.id])
        for document in documents
    }
    for judgement in found:
        own = judgement.document.id
        is_whole = wholes[own] is not None and judgement.area == wholes[own]
        aliases = ("overall",) if is_whole else judgement.aliases
        yield replace(judgement, aliases=aliases, notes=notes_for(judgement, notes[own], areas[own]))


def _when(document: Document) -> tuple[str, str]:
    metadata = document.metadata
    return metadata.date or (metadata.period or "9999")[:4], document.id


def _moment(entry: Point | Response) -> str:
    dated = entry.date if isinstance(entry, Response) else None
    return dated or _when(entry.document)[0]


def _missing(point_id: str) -> Point:
    raise KeyError(f"no point {point_id!r} in the register")
