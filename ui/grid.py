"""The grade history as a grid: areas down, inspections across, every cell leading to its paragraph.

Owns which judgements stand in which cell, and saying where grades cannot be compared. Leaves finding them to
`ingest.register`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from assistant.render import describe_document
from index.tokens import content_stems
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


@dataclass(slots=True)
class Row:
    """One area, and what each inspection judged of it."""

    names: dict[str, None]  # as the documents name it, in order
    cells: dict[str, list[Judgement]] = field(default_factory=dict)  # document id -> judgements, in reading order


def inspections(register: Register) -> tuple[Document, ...]:
    """The documents that give a judgement, oldest first."""
    judging = {judgement.document.id for judgement in register.judgements}
    return tuple(document for document in register.documents if document.id in judging)


def rows(register: Register) -> list[Row]:
    """Areas that several inspections judged, then those of one; each lot as the newest inspections name them."""
    found: list[Row] = []
    for document in reversed(inspections(register)):
        for judgement in register.judgements:
            if judgement.document.id == document.id:
                _place(judgement, found)
    return sorted(found, key=lambda row: len(row.cells) < 2)


def grid_html(register: Register) -> str:
    """The table, and below it what the reports themselves say about comparing their grades."""
    columns = inspections(register)
    if not columns:
        return "<p>No loaded document gives a grade.</p>"
    heads = "".join(f'<th scope="col">{_head(document, register)}</th>' for document in columns)
    scales = {document.id: scale(document, register) for document in columns}
    body = "".join(_row_html(row, columns, scales) for row in rows(register))
    return (
        '<div class="desk-scroll" tabindex="0" role="region" aria-label="Grade history, a wide table"><table class="desk-grid">'
        "<caption>Grades by area and inspection. Each grade opens the paragraph that gives it. “–” means that this report "
        f'gives no grade under that name.</caption><thead><tr><th scope="col">Area</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{_comparing_html(columns, register)}"
    )


def scale(document: Document, register: Register) -> str:
    """Which scale a document grades on, as far as its own grades show it."""
    grades = {each.grade for each in register.judgements if each.document.id == document.id}
    if not grades - NO_GRADES:
        return NONE
    return "five grades" if FIVE_GRADES in grades else "four grades"


def _place(judgement: Judgement, found: list[Row]) -> None:
    name = judgement.area or WHOLE
    key = judgement.document.id
    for row in found:
        if any(_is_same(name, other) for known in row.names for other in (known, *judgement.aliases)):
            row.names.setdefault(name)
            row.cells.setdefault(key, []).append(judgement)
            return
    found.append(Row({name: None}, {key: [judgement]}))


def _is_same(one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    left, right = set(content_stems(one)), set(content_stems(other))
    return bool(left | right) and len(left & right) / len(left | right) >= SAME_AREA


def _head(document: Document, register: Register) -> str:
    period = document.metadata.period
    title = escape(describe_document(document))
    top = f"{escape(period)}<br><span>{title}</span>" if period else title
    return f"{top}<br><span>{scale(document, register)}</span>"


def _row_html(row: Row, columns: Sequence[Document], scales: Mapping[str, str]) -> str:
    name, *others = row.names
    also = "".join(f'<br><span class="desk-small">also: {escape(other)}</span>' for other in others)
    is_alone = len(row.cells) == 1 and len(columns) > 1
    alone = '<br><span class="desk-small">only one inspection names it: not comparable</span>' if is_alone else ""
    cells: list[str] = []
    before = ""  # the scale of the last cell that had a grade
    for document in columns:
        judged = row.cells.get(document.id, [])
        now = scales[document.id] if {each.grade for each in judged} - NO_GRADES else ""
        cells.append(_cell_html(judged, not_comparable=bool(before and now and now != before)))
        before = now or before
    return f'<tr><th scope="row">{escape(name)}{also}{alone}</th>{"".join(cells)}</tr>'


def _cell_html(judged: Sequence[Judgement], *, not_comparable: bool) -> str:
    if not judged:
        return '<td class="desk-none">–</td>'
    by_grade: dict[str, Judgement] = {}
    for each in judged:
        by_grade.setdefault(each.grade, each)
    buttons = "".join(
        f'<button type="button" class="desk-grade" data-grade="{escape(grade)}" data-send="read" '
        f'data-id="{escape(each.paragraph.id)}" data-open-tab="reports" '
        f'aria-label="{escape(grade)}: open the paragraph in {escape(describe_document(each.document))}">'
        f"{escape(capital(grade))}</button>"
        for grade, each in by_grade.items()
    )
    mark = '<br><span class="desk-small">other scale: not comparable</span>' if not_comparable else ""
    return f"<td>{buttons}{mark}</td>"


def _comparing_html(columns: Sequence[Document], register: Register) -> str:
    items = "".join(
        f"<li>{escape(describe_document(document))}: “{escape(paragraph.text)}” "
        f'<button type="button" class="desk-link" data-send="read" data-id="{escape(paragraph.id)}" data-open-tab="reports" '
        f'aria-label="Open {escape(paragraph.id)} in the report">Open in the report</button></li>'
        for document in columns
        for paragraph in comparability_notes(document)
    )
    scales = {scale(document, register) for document in columns} - {NONE}
    changed = (
        "<p>The scale changed between these inspections (four grades, then five with “adequate” among them), so that a grade "
        "of one scale does not compare with a grade of the other.</p>"
        if len(scales) > 1
        else ""
    )
    said = f"<p>What the reports themselves say on comparing:</p><ul>{items}</ul>" if items else ""
    return f'<div class="desk-notes">{changed}{said}</div>' if changed or said else ""
