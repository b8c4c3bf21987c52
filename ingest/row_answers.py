"""Responses and statuses in tables that list recommendations.

Owns which cell answers which point. Leaves the purpose of columns to `rows`, and what is said to `stance`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.dates import iso_date
from ingest.document import Document, Paragraph
from ingest.entries import Basis, Point, Response
from ingest.likeness import likeness, runs
from ingest.numbers import plain, references
from ingest.quotes import FEWEST_RUNS, QUOTED
from ingest.respondents import is_response, plain_response
from ingest.rows import DATE_COLUMN, RESPONSE_COLUMN, STATUS_COLUMN, column, is_point_column, number_column, row_cells
from ingest.stance import is_decision, stance, status_word

_LEADING_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*[a-z]?)[.:)]?\s+[A-Z‘“]")


def row_responses(document: Document, points: Sequence[Point]) -> Iterator[Response]:
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
        yield from _from_row(document, paragraph, asked, word, said, column(cells, DATE_COLUMN))


def _asked_in_row(cells: Mapping[str, str], heads: Sequence[str], points: Sequence[Point]) -> list[Point]:
    number = number_column(dict(cells))
    named = references(cells[heads[0]], is_bare=True) if heads else ()
    words = cells[heads[0]] if heads else ""
    alike = [
        point
        for point in points
        if len(runs(words)) >= FEWEST_RUNS and max(likeness(words, point.text), likeness(point.text, words)) >= QUOTED
    ]
    leading = _LEADING_NUMBER.match(words)
    printed = {plain(name) for name in ((number,) if number else named or ((leading[1],) if leading else ()))}
    exact = [point for point in alike if point.number and plain(point.number) in {plain(number), *map(plain, named)}]
    if exact or alike:
        return exact[:1] or alike[:1]
    return [point for point in points if point.number and plain(point.number) in printed][:1]


def _from_row(
    document: Document, row: Paragraph, asked: Sequence[Point], word: str | None, said: str | None, dated: str | None
) -> Iterator[Response]:
    """The response, where it is a decision and nothing else; the status in its own column; else what the response says.

    They may differ ("agreed", and "complete"). What was decided comes before how far it has come.
    """
    plain = replace(plain_response(document, (row,), asked), date=iso_date(dated or "") or document.metadata.date)
    stated = status_word(word) if word else None
    decided = status_word(said) if said and said != word and is_decision(said) else None
    if decided and said:
        start = row.text.index(said)
        yield replace(plain, status=decided[0], basis=Basis.STATED, proof=(row.id, (start, start + len(said))))
    if stated and word and not (decided and decided[0] == stated[0]):
        start = row.text.rfind(word)
        yield replace(plain, status=stated[0], basis=Basis.STATED, proof=(row.id, (start, start + len(word))))
    if said and said in row.text and said != word and not decided:
        start = row.text.index(said)
        found = stance((replace(row, text=said, lead_in=""),), asked[0].text, with_deeds=is_response(document))
        if found and not (stated and found.status == stated[0]):
            span = (start + found.span[0], start + found.span[1])
            yield replace(plain, status=found.status, basis=found.basis, proof=(row.id, span))
        elif not stated:
            yield plain
