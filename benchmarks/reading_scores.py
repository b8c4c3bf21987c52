"""What was read against truth that was made by reading: one check for each fact, right or missed, and what is there besides.

Owns comparing. Leaves the forms of the truth files and printing to `reading_truth`. Places are compared by their letters
alone: bullets, footnote marks, printed numbers and line breaks are no part of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.document import Document, Kind, Paragraph, Span
from ingest.figures import figures as figures_of
from ingest.register import Figure, Judgement, Point, Register, Response

Truth = Mapping[str, Any]  # one line of a truth file


@dataclass(frozen=True, slots=True)
class Check:
    """One fact of the truth, or (`is_spare`) one entry that the truth does not know."""

    row: str  # of the table
    id: str
    is_right: bool
    expected: str = ""
    got: str = ""
    is_spare: bool = False


def letters(text: str) -> str:
    """The letters of a text, case folded; nothing else."""
    return "".join(filter(str.isalpha, text)).casefold()


def signs(text: str) -> str:
    """The letters and digits of a text, case folded."""
    return "".join(filter(str.isalnum, text)).casefold()


def name_of(truth: Truth) -> str:
    """A short id: the document and the offset of the place in its source, or the first words of an invented place."""
    place = next(truth[key] for key in ("pieces", "at", "opens", "cells") if key in truth)
    while not isinstance(place, str | int):
        place = place[0]
    return f"{truth['document'].split('-')[0]}@{place}"


def _said(document: Document, value: Any) -> str:
    """A value of the truth in words: itself, or the text of a span or of several."""
    if isinstance(value, str):
        return value
    if value and isinstance(value[0], int):
        return document.text[value[0] : value[1]]
    return " ".join(_said(document, part) for part in value)


def _touches(paragraph: Paragraph, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in paragraph.pieces)


def holds(document: Document, truth: Truth) -> Callable[[Paragraph], bool]:
    """Whether a paragraph is the place that the truth names, or a part of it."""
    if "opens" in truth:
        opens, closes = letters(truth["opens"]), letters(truth.get("closes", ""))
        return lambda paragraph: (
            letters(paragraph.own_text).startswith(opens) and letters(paragraph.own_text).endswith(closes)
        )
    if "cells" in truth:
        cells = [signs(_said(document, cell)) for cell in truth["cells"]]
        return lambda paragraph: all(cell in signs(paragraph.own_text) for cell in cells)
    at = truth["at"] if "at" in truth else truth["pieces"][0]
    span = (at, at + 1) if isinstance(at, int) else (at[0], at[1])
    return lambda paragraph: _touches(paragraph, span)


def paragraph_checks(document: Document, truths: Iterable[Truth]) -> list[Check]:
    """Where sampled paragraphs begin and end, their section paths, lead-ins, printed numbers and speakers."""
    checks: list[Check] = []
    for truth in truths:
        name, is_place = name_of(truth), holds(document, truth)
        near = [paragraph for paragraph in document.citable() if is_place(paragraph)]
        wanted = letters(_said(document, truth["pieces"])) if "pieces" in truth else None
        found = next((p for p in near if wanted is None or letters(p.own_text) == wanted), None)
        shown = found or (near[0] if near else None)
        checks.append(Check("paragraphs", name, found is not None, "its own words", _short(shown)))
        if "section" in truth:
            checks.append(_section_check(document, truth, shown))
        if "lead_in" in truth:
            lead = letters(_said(document, truth["lead_in"]))[-20:]
            is_led = shown is not None and letters(shown.lead_in).endswith(lead)
            checks.append(Check("lead-ins", name, is_led, lead, shown.lead_in if shown else "none"))
        if "number" in truth:
            number = shown.number if shown else None
            checks.append(Check("printed numbers", name, number == truth["number"], truth["number"], str(number)))
        if "speaker" in truth:
            speaker = shown.speaker.value if shown else "none"
            checks.append(Check("speakers", name, speaker == truth["speaker"], truth["speaker"], speaker))
    return checks


def _section_check(document: Document, truth: Truth, shown: Paragraph | None) -> Check:
    paths = [[_said(document, part) for part in truth[key]] for key in ("section", "or_section") if key in truth]
    got = list(shown.headings) if shown else []
    is_right = shown is not None and any([*map(letters, path)] == [*map(letters, got)] for path in paths)
    return Check("section paths", name_of(truth), is_right, " > ".join(paths[0]), " > ".join(got))


def _short(paragraph: Paragraph | None) -> str:
    return (
        f"{paragraph.id} {paragraph.own_text[:30]!r}…{paragraph.own_text[-20:]!r}" if paragraph else "nothing citable"
    )


def row_checks(document: Document, truths: Iterable[Truth]) -> list[Check]:
    """Rows of tables: one paragraph that holds every cell and every column head."""
    checks = []
    for truth in truths:
        is_row = holds(document, truth)
        near = [part for part in document.citable() if part.kind is Kind.TABLE_ROW and is_row(part)]
        heads = [signs(_said(document, head)) for head in truth["heads"]]
        is_right = any(all(head in signs(paragraph.text) for head in heads) for paragraph in near)
        checks.append(
            Check("table rows", name_of(truth), is_right, "cells with their heads", _short(next(iter(near), None)))
        )
    return checks


def footnote_checks(document: Document, truths: Iterable[Truth]) -> list[Check]:
    return [
        Check("footnotes", name_of(truth), any(p.kind is Kind.FOOTNOTE for p in near), "a footnote", _short(next(iter(near), None)))
        for truth in truths
        for near in [[p for p in document.paragraphs if holds(document, truth)(p)]]
    ]  # fmt: skip


def metadata_checks(document: Document, truths: Iterable[Truth]) -> list[Check]:
    checks = []
    for truth in truths:
        value, got = truth["value"], getattr(document.metadata, truth["field"])
        if truth["field"] == "title":
            is_right = letters(got) == letters(_said(document, value))
        else:
            is_right = (list(got) if isinstance(got, tuple) else got) == value
        name = f"{truth['document'].split('-')[0]} {truth['field']}"
        checks.append(Check("metadata", name, is_right, str(value), str(got)))
    return checks


def judgement_checks(document: Document, register: Register, truths: Sequence[Truth]) -> list[Check]:
    """Judgements by place, grade, period and area; then what the register has besides."""
    row, own = "judgements", [entry for entry in register.judgements if entry.document.id == document.id]
    used: set[int] = set()
    checks = []
    for truth in truths:
        there = [entry for entry in own if holds(document, truth)(entry.paragraph)]
        right = [entry for entry in there if id(entry) not in used and _is_judgement(document, entry, truth)]
        used |= {id(entry) for entry in right[:1]}
        if not truth.get("optional"):
            expected = f"{truth['grade']} {truth['period']} {_said(document, truth.get('area', ''))}"
            got = "; ".join(f"{entry.grade} {entry.period} {entry.area}" for entry in there)
            checks.append(Check(row, name_of(truth), bool(right), expected, got or "none"))
    spare = [entry for entry in own if id(entry) not in used]
    return checks + [
        Check(row, entry.paragraph.id, False, "", f"{entry.grade} {entry.period} {entry.area}", True) for entry in spare
    ]


def _is_judgement(document: Document, entry: Judgement, truth: Truth) -> bool:
    area = letters(_said(document, truth.get("area", "")))
    names = [letters(name) for name in (entry.area, *entry.aliases)]
    is_area = not area or any(name and (name in area or area in name) for name in names)
    return entry.grade == truth["grade"] and entry.period == truth["period"] and is_area


def point_checks(document: Document, register: Register, truths: Sequence[Truth]) -> list[Check]:
    """Points by kind and words, and their numbers, owners and dates; then what the register has besides."""
    own = [point for point in register.points if point.document.id == document.id and not point.is_restated]
    used: set[str] = set()
    checks = []
    for truth in truths:
        found = next((p for p in own if p.id not in used and _is_point(document, p, truth)), None)
        used |= {found.id} if found else set()
        if truth.get("optional"):
            continue
        checks.append(
            Check(truth["kind"], name_of(truth), found is not None, truth["kind"], found.id if found else "none")
        )
        for key in ("number", "addressee", "deadline", "due"):
            if truth.get(key) is not None:
                got = getattr(found, key) if found else None
                is_right = signs(got or "") == signs(truth[key])
                checks.append(
                    Check("numbers, owners, deadlines", f"{name_of(truth)} {key}", is_right, truth[key], str(got))
                )
    spare = [point for point in own if point.id not in used]
    return checks + [Check(p.kind.value, p.id, False, "", p.text[:40], True) for p in spare]


def _is_point(document: Document, point: Point, truth: Truth) -> bool:
    words = letters(f"{point.title or ''} {point.text}")
    ends = [truth["opens"], truth["closes"]] if "opens" in truth else [_said(document, truth["at"])]
    return point.kind.value == truth["kind"] and all(letters(end) in words for end in ends)


def response_checks(document: Document, register: Register, truths: Sequence[Truth]) -> list[Check]:
    """Responses by place and what they answer, their status, date and speaker; then what the register has besides."""
    own = [entry for entry in register.responses if entry.document.id == document.id]
    used: set[str] = set()
    checks = []
    for truth in truths:
        is_place, wanted = holds(document, truth), set(truth["answers"])
        there = [entry for entry in own if any(map(is_place, entry.paragraphs))]
        used |= {entry.id for entry in there}
        linked = next(
            (entry for entry in there if wanted <= _answered(entry) and (len(wanted) > 1 or len(entry.answers) == 1)),
            None,
        )
        got = "; ".join(", ".join(entry.answers) for entry in there)
        checks.append(
            Check("responses linked", name_of(truth), linked is not None, ", ".join(truth["answers"]), got or "none")
        )
        for key in ("status", "date", "respondent"):
            if key in truth:
                value = getattr(linked or next(iter(there), None), key, None)
                is_right = signs(str(value)) == signs(str(truth[key]))
                checks.append(Check(f"responses: {key}", name_of(truth), is_right, str(truth[key]), str(value)))
    spare = [entry for entry in own if entry.id not in used]
    return checks + [Check("responses linked", e.id, False, "", e.paragraphs[0].own_text[:40], True) for e in spare]


def _answered(entry: Response) -> set[str]:
    """What it answers, by ids with and without their document."""
    return {*entry.answers, *(answer.partition("/")[2] for answer in entry.answers)}


def figure_checks(document: Document, register: Register, truths: Sequence[Truth]) -> list[Check]:
    """Figures by value and unit, and of those given what they measure, their period and comparison.

    Only the parts that the truth names are checked.
    """
    own = [figure for figure in register.figures if figure.document.id == document.id]
    checks = []
    for truth in truths:
        is_place = holds(document, {**truth, "closes": ""})
        there = [figure for figure in own if is_place(figure.paragraph) and _is_number(figure, truth)]
        scored = [(sum(_parts(document, figure, truth).values()), -n, figure) for n, figure in enumerate(there)]
        best = max(scored, default=(0, 0, None), key=lambda entry: entry[:2])[2]
        name = f"{name_of(truth)} {truth['value']}"
        parts = _parts(document, best, truth) if best else dict.fromkeys(("value and unit", *_GIVEN), False)
        for part, is_right in parts.items():
            key = _GIVEN.get(part, "")
            if part == "value and unit" or truth.get(key):
                expected = f"{truth['value']} {truth['unit']}" if not key else _said(document, truth[key])
                got = "none" if best is None else f"{best.value} {best.unit}" if not key else str(getattr(best, part))
                row = f"figures{truth.get('sample', '') and ' ' + truth['sample']}: {part}"
                checks.append(Check(row, name, is_right, expected, got))
    return checks


def placed_figure_checks(documents: Sequence[Document], truths: Iterable[Truth]) -> list[Check]:
    """Figures by paragraph and offset in its text, and numbers there that are none; spans are of that text too."""
    figures = [figure for document in documents for figure in figures_of(document)]
    checks = []
    for truth in truths:
        here = [
            figure
            for figure in figures
            if figure.paragraph.id == truth["paragraph"] and figure.span[0] <= truth["at"] < figure.span[1]
        ]
        name = f"{truth['paragraph']}@{truth['at']}"
        if truth.get("no_figure"):
            got = "; ".join(figure.printed for figure in here)
            checks.append(Check("numbers that are no figures", name, not here, "none", got))
            continue
        found = next((figure for figure in here if figure.value == truth["value"]), None)
        expected = f"{truth['value']} {truth['unit']}"
        is_right = found is not None and found.unit == truth["unit"]
        checks.append(Check("figures: value and unit", name, is_right, expected, found.printed if found else "none"))
        for part, key in _GIVEN.items():
            if key in truth:
                said = (getattr(found, part) if found else None) or "none"
                words = found.paragraph.text[slice(*truth[key])] if found else ""
                is_right = found is not None and letters(words) in letters(said)
                checks.append(Check(f"figures: {part}", name, is_right, words, said))
    return checks


def no_figure_checks(document: Document, register: Register, truths: Iterable[Truth]) -> list[Check]:
    """Digits and number words that count nothing (dates, marks, names): the register has no such value there."""
    own = [figure for figure in register.figures if figure.document.id == document.id]
    checks = []
    for truth in truths:
        is_place = holds(document, truth)
        got = [figure.printed for figure in own if figure.value == truth["value"] and is_place(figure.paragraph)]
        checks.append(Check("numbers that are no figures", name_of(truth), not got, "none", "; ".join(got)))
    return checks


_GIVEN = {"measures": "what", "period": "period", "comparison": "comparison"}  # field of the figure -> of the truth


def _is_number(figure: Figure, truth: Truth) -> bool:
    """By value, or by what is printed where one value cannot say it ("10 minutes 42 seconds")."""
    if truth["value"] is None:
        return signs(truth["printed"]) in signs(figure.printed)
    return bool(figure.value == truth["value"])


def _parts(document: Document, figure: Figure, truth: Truth) -> dict[str, bool]:
    is_unit = truth["unit"] is None or figure.unit == truth["unit"]
    return {"value and unit": is_unit} | {
        field: _is_given(document, getattr(figure, field), truth.get(key)) for field, key in _GIVEN.items()
    }


def _is_given(document: Document, got: str | None, wanted: Any) -> bool:
    return wanted is None or letters(_said(document, wanted)) in letters(got or "")
