"""The grade history as a grid: areas down, inspections across, every cell leading to its paragraph.

Owns which judgements stand in which cell, and saying where grades cannot be compared. Leaves finding them to
`ingest.register`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from assistant.render import describe_document
from index.tokens import content_stems
from ingest.areas import is_overall
from ingest.document import Document
from ingest.register import NOT_YET_INSPECTED, Judgement, Register, comparability_notes
from ui.source import capital

# Two names are one area when they share this much of their stems (Jaccard). In the five published reports 0.8 joins two
# pairs of names that differ in word order or one word, both rightly; an area that another contains stays apart. Not tuned.
SAME_AREA = 0.8
NONE = "no grades"
WHOLE = "The inspection as a whole"
FIVE_GRADES = "adequate"  # only the scale of five has this grade
NO_GRADES = frozenset({NOT_YET_INSPECTED, "ungraded"})
_ENUMERATION = re.compile(r"^(?:question\s+)?\(?[\dA-Z]{1,3}(?:\.\d+)*[.):]\s+", re.I)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection of one body: a column of the grid, whatever documents speak of it."""

    body: str
    period: str  # or the title of the only document, where the period is not known
    documents: tuple[Document, ...] = field(compare=False)  # in order of their dates


@dataclass(slots=True)
class Row:
    """One area, and what each inspection judged of it."""

    names: dict[str, None]  # as the documents name it, in order
    cells: dict[Inspection, list[Judgement]] = field(default_factory=dict)  # judgements in reading order


def inspections(register: Register) -> dict[Inspection, list[Judgement]]:
    """The inspections of which a grade is known, oldest first, each with what it judged in reading order."""
    found: dict[tuple[str, str], list[Judgement]] = {}
    for judgement in register.judgements:
        of_period = judgement.period or judgement.document.metadata.title
        found.setdefault((of_period, judgement.body or ""), []).append(judgement)
    return {
        Inspection(body, period, tuple({each.document.id: each.document for each in judged}.values())): judged
        for (period, body), judged in sorted(found.items(), key=lambda item: item[0])
    }


def rows(judged: Mapping[Inspection, Sequence[Judgement]]) -> list[Row]:
    """Areas that several inspections judged, then those of one; each lot as the newest inspections name them."""
    found: list[Row] = []
    for column in reversed(tuple(judged)):
        for judgement in judged[column]:
            _place(judgement, column, found)
    return sorted(found, key=lambda row: len(row.cells) < 2)


def grid_html(register: Register) -> str:
    """The table, and below it what the reports themselves say about comparing their grades."""
    judged = inspections(register)
    columns = tuple(judged)
    if not columns:
        return "<h3>Grades</h3><p>No loaded document gives a grade.</p>"
    graded_on = scales(judged)
    names_body = len({column.body for column in columns}) > 1
    heads = "".join(
        f'<th scope="col" role="columnheader">{_head(column, graded_on[column], names_body=names_body)}</th>'
        for column in columns
    )
    found = rows(judged)
    several = [row for row in found if len(row.cells) > 1 or len(columns) == 1]
    alone = [row for row in found if row not in several]
    body = "".join(_row_html(row, columns, graded_on) for row in several)
    return (
        '<h3>Grades</h3><div class="desk-scroll" tabindex="0" role="region" aria-label="Grade history, a wide table">'
        '<table class="desk-grid desk-stacks" role="table"><caption>Press a grade to read the paragraph that gives it. “–” means that no loaded '
        'document gives a grade under that name.</caption><thead role="rowgroup"><tr role="row">'
        f'<th scope="col" role="columnheader">Area</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody>{_alone_html(alone, columns, graded_on)}</table></div>'
        f"{_comparing_html(columns, graded_on)}"
    )


def scales(judged: Mapping[Inspection, Sequence[Judgement]]) -> dict[Inspection, str]:
    """Which scale each inspection grades on: of five from the first inspection of a body that shows it, as not every later
    one need have an area on each grade. `judged` is in order of time."""
    found: dict[Inspection, str] = {}
    on_five: set[str] = set()
    for column, each in judged.items():
        grades = {judgement.grade for judgement in each} - NO_GRADES
        if FIVE_GRADES in grades:
            on_five.add(column.body)
        found[column] = NONE if not grades else "five grades" if column.body in on_five else "four grades"
    return found


def _place(judgement: Judgement, column: Inspection, found: list[Row]) -> None:
    is_whole = is_overall(judgement.area) or any(map(is_overall, judgement.aliases))
    name = WHOLE if is_whole else _ENUMERATION.sub("", judgement.area)
    names = (name,) if is_whole else (name, *judgement.aliases)
    for row in found:
        if any(_is_same(mine, known) for mine in names for known in row.names):
            row.names.setdefault(name)
            row.cells.setdefault(column, []).append(judgement)
            return
    found.append(Row({name: None}, {column: [judgement]}))


def _is_same(one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    left, right = set(content_stems(one)), set(content_stems(other))
    return bool(left | right) and len(left & right) / len(left | right) >= SAME_AREA


def _head(column: Inspection, graded_on: str, *, names_body: bool) -> str:
    body = f"{escape(column.body)}<br>" if names_body and column.body else ""
    documents = "".join(f"<br><span>{escape(describe_document(document))}</span>" for document in column.documents)
    scale_words = f"scale of {graded_on}" if graded_on != NONE else graded_on
    return f"{body}{escape(column.period)}{documents}<br><span>{scale_words}</span>"


def _alone_html(alone: Sequence[Row], columns: Sequence[Inspection], scales: Mapping[Inspection, str]) -> str:
    """The areas that one inspection alone names, under a line that says so once for all."""
    if not alone:
        return ""
    body = "".join(_row_html(row, columns, scales) for row in alone)
    said = "Named by one inspection only: not comparable"
    return (
        f'<tbody role="rowgroup"><tr role="row" class="desk-divide"><th scope="rowgroup" role="rowheader" '
        f'colspan="{len(columns) + 1}">{said}</th></tr>{body}</tbody>'
    )


def _row_html(row: Row, columns: Sequence[Inspection], scales: Mapping[Inspection, str]) -> str:
    name, *others = row.names
    items = "".join(f"<li>{escape(other)}</li>" for other in others)
    also = f"<details><summary>Also called ({len(others)})</summary><ul>{items}</ul></details>" if others else ""
    cells: list[str] = []
    before = ""  # the scale of the last cell that had a grade
    for column in columns:
        judged = row.cells.get(column, [])
        now = scales[column] if {each.grade for each in judged} - NO_GRADES else ""
        cells.append(_cell_html(judged, column.period, not_comparable=bool(before and now and now != before)))
        before = now or before
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(name)}{also}</th>{"".join(cells)}</tr>'


def _cell_html(judged: Sequence[Judgement], period: str, *, not_comparable: bool) -> str:
    """On a phone, where cells stand below each other, each shows its period; those without a grade are left out."""
    if not judged:
        return '<td role="cell" class="desk-none">–</td>'
    by_grade: dict[str, Judgement] = {}
    for each in judged:
        by_grade.setdefault(each.grade, each)
    buttons = "".join(
        f'<button type="button" class="desk-grade" data-grade="{escape(grade)}" data-send="read" '
        f'data-id="{escape(each.paragraph.id)}" data-open-tab="reports" '
        f'aria-label="{escape(capital(grade))}: open the paragraph in {escape(describe_document(each.document))}">'
        f"{escape(capital(grade))}</button>"
        for grade, each in by_grade.items()
    )
    mark = '<span class="desk-small">other scale: not comparable</span>' if not_comparable else ""
    return f'<td role="cell" data-period="{escape(period)}"><div>{buttons}{mark}</div></td>'


def _comparing_html(columns: Sequence[Inspection], scales: Mapping[Inspection, str]) -> str:
    documents = {document.id: document for column in columns for document in column.documents}
    items = "".join(
        f"<li>{escape(describe_document(document))}: “{escape(paragraph.text)}” "
        f'<button type="button" class="desk-link" data-send="read" data-id="{escape(paragraph.id)}" data-open-tab="reports" '
        f'aria-label="Open report at {escape(paragraph.id)}">Open report</button></li>'
        for document in documents.values()
        for paragraph in comparability_notes(document)
    )
    changed = (
        "<p>The scale changed between these inspections (four grades, then five with “adequate” among them), so that a grade "
        "of one scale does not compare with a grade of the other.</p>"
        if len(set(scales.values()) - {NONE}) > 1
        else ""
    )
    number = items.count("<li>")
    said = (
        f"<details><summary>What the reports themselves say on comparing ({number})</summary><ul>{items}</ul></details>"
        if items
        else ""
    )
    return f'<div class="desk-notes">{changed}{said}</div>' if changed or said else ""
