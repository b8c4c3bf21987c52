"""The register: what was judged, asked for and answered in a set of documents, as data with its proof.

Owns putting the entries of documents together and looking them up. Leaves finding them to `judgements`, `points`,
`answers` and `figures`, and linking them to `links`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import Document
from ingest.entries import Basis, Figure, Judgement, Point, PointKind, Respondent, Response
from ingest.figures import figures
from ingest.judgements import NOT_YET_INSPECTED, comparability_notes, grade_in, judgements
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
            tuple(judgement for document in ordered for judgement in judgements(document)),
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
        """Judgements of an area (by any of its names) in date order; each carries its comparability notes."""
        wanted = area.casefold()
        return tuple(
            judgement
            for judgement in self.judgements
            if (body is None or (judgement.body or "").casefold() == body.casefold())
            and any(wanted == name.casefold() for name in (judgement.area, *judgement.aliases))
        )


def _when(document: Document) -> tuple[str, str]:
    metadata = document.metadata
    return metadata.date or (metadata.period or "9999")[:4], document.id


def _moment(entry: Point | Response) -> str:
    dated = entry.date if isinstance(entry, Response) else None
    return dated or _when(entry.document)[0]


def _missing(point_id: str) -> Point:
    raise KeyError(f"no point {point_id!r} in the register")
