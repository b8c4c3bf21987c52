"""Areas for improvement, causes of concern, recommendations and innovative practice, as one document prints them.

Owns finding where each begins and ends and printing it once. Leaves whom it tells and by when to `duties`, and what
other documents say of it to `links`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.dates import iso_date
from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.duties import addressee_of, asks, deadline_of, tells
from ingest.entries import Point, PointKind
from ingest.likeness import likeness
from ingest.numbers import plain, references
from ingest.point_lists import is_list_heading, listed
from ingest.prints import MARK, Printed, hanging_on, kind_of_mark, number_of, pages_apart, printed_number
from ingest.rows import (
    DEADLINE_COLUMN,
    OWNER_COLUMN,
    column,
    is_point_column,
    number_column,
    row_cells,
    unnamed_point_column,
)
from ingest.sections import RESPONSE_PART, is_label

_TAIL_NUMBER = re.compile(r"\(recommendation\s+(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?)\)\W*$", re.I)
_OWN_VOICE = re.compile(
    r"\b(?:we|I|the (?:committee|panel|inquiry|ombudsman))\b[^.;]{0,60}?\b(?:recommends?|urges?|calls? (?:up)?on|concludes?)\b",
    re.I,
)
_PRACTICE = re.compile(
    r"(?:innovative|promising|notable|positive|good|effective) practices?(?:: (?P<title>.+))?$", re.I
)
SAME = 0.8  # likeness of the words from which a later print of a point is the same one; not tuned


def points(document: Document) -> tuple[Point, ...]:
    """Every point that the document prints, in order of the first place that states it in full.

    A point printed twice (in the text and in a list at the end) is one entry; its `repeats` are the other places.
    """
    prints = sorted(_prints(document), key=lambda printed: _place(document, printed))
    merged = _merge(prints if document.metadata.kind is not DocumentKind.TRACKER_ENTRY else _counted(document, prints))
    made: list[Point] = []
    counts: dict[str, int] = {}
    for printed, repeats in merged:
        name = printed.kind.value.replace(" ", "-")
        counts[name] = counts.get(name, 0) + 1
        label = printed.number or str(counts[name])
        identity = f"{document.id}/{name}-{label}"
        taken = {point.id for point in made}
        if identity in taken:
            identity = next(f"{identity}.{n}" for n in range(2, 1000) if f"{identity}.{n}" not in taken)
        made.append(_point(document, printed, identity, repeats))
    return tuple(made)


def _counted(document: Document, prints: Sequence[Printed]) -> list[Printed]:
    """Recommendations of a tracker that prints no numbers by the numbers its comments call them: their places in order."""
    asked = [printed for printed in prints if printed.kind is PointKind.RECOMMENDATION]
    called = {number for part in document.citable() if part.dated for number in references(part.text)}
    places = {id(printed): str(place) for place, printed in enumerate(asked, start=1)}
    if not called or any(printed.number for printed in asked) or not called <= set(places.values()):
        return list(prints)
    return [replace(printed, number=places.get(id(printed), printed.number)) for printed in prints]


def _point(document: Document, printed: Printed, identity: str, repeats: tuple[Paragraph, ...]) -> Point:
    deadline, due = deadline_of(printed.text, document.metadata.date)
    if printed.deadline:
        deadline, due = (
            printed.deadline,
            iso_date(printed.deadline) or deadline_of(printed.deadline, document.metadata.date)[1],
        )
    return Point(
        id=identity,
        kind=printed.kind,
        document=document,
        text=printed.text,
        paragraphs=printed.paragraphs,
        number=printed.number,
        title=printed.title,
        addressee=printed.addressee or addressee_of(printed.text),
        deadline=deadline,
        due=due,
        section=printed.paragraphs[0].headings,
        concludes=printed.concludes,
        repeats=repeats,
    )


def _place(document: Document, printed: Printed) -> int:
    return document.paragraphs.index(printed.paragraphs[0])


def _prints(document: Document) -> list[Printed]:
    paragraphs = [paragraph for paragraph in document.paragraphs if paragraph.kind is not Kind.FURNITURE]
    found = list(_marked(paragraphs))
    has_marks = any(printed.kind is PointKind.RECOMMENDATION for printed in found)
    if not has_marks:  # else a table of recommendations lists those of others, or repeats the marked ones
        found += _rows(paragraphs)
    taken = {paragraph.id for printed in found for paragraph in printed.paragraphs}
    found += _of_kind(paragraphs, taken)
    found += _practices(paragraphs)
    taken |= {paragraph.id for printed in found for paragraph in printed.paragraphs}
    first_mark = min((paragraphs.index(printed.paragraphs[0]) for printed in found if has_marks), default=None)
    found += listed(paragraphs[:first_mark], taken)
    if not any(printed.kind is PointKind.RECOMMENDATION for printed in found):
        found += _in_own_voice(paragraphs, taken)
    return found


def _marked(paragraphs: Sequence[Paragraph]) -> Iterator[Printed]:
    """Points that say their number: "Recommendation 7" above or before the words, or "(Recommendation 7)" behind them."""
    for place, paragraph in enumerate(paragraphs):
        mark = MARK.match(paragraph.text)
        tail = _TAIL_NUMBER.search(paragraph.text)
        if (
            mark is None
            and tail
            and paragraph.kind is not Kind.HEADING
            and not paragraph.dated
            and asks(paragraph.text)
        ):
            yield Printed(PointKind.RECOMMENDATION, (paragraph,), tail["number"])
        is_reply = any(RESPONSE_PART.search(heading) for heading in paragraph.headings)
        if mark is None or is_reply or paragraph.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE) or paragraph.dated:
            continue
        number = number_of(mark)
        kind = kind_of_mark(paragraph.text) or PointKind.RECOMMENDATION
        own = paragraph.text[mark.end() :].strip()
        following = tuple(_body(paragraphs, place))
        if paragraph.kind in (Kind.HEADING, Kind.HEADING_SENTENCE) or not own:
            if following:
                yield Printed(kind, following, number, own or None)
            elif asks(own):
                yield Printed(kind, (paragraph,), number)
        elif len(own.split()) >= 3 and (asks(own) or kind is not PointKind.RECOMMENDATION or own[:1].isupper()):
            yield Printed(kind, (paragraph, *hanging_on(paragraph, following)), number)


def _body(paragraphs: Sequence[Paragraph], place: int) -> Iterator[Paragraph]:
    """What stands below the mark: up to a heading, another mark, or a paragraph of the report's own numbering."""
    opening = paragraphs[place]
    page = opening.page
    for paragraph in paragraphs[place + 1 :]:
        if paragraph.kind is Kind.FOOTNOTE:
            continue
        is_over = paragraph.kind in (Kind.HEADING, Kind.HEADING_SENTENCE) or MARK.match(paragraph.text)
        if (
            is_over
            or printed_number(paragraph)
            or paragraph.kind is Kind.TABLE_ROW
            or pages_apart(page, paragraph.page)
        ):
            return
        page = paragraph.page
        yield paragraph


def _rows(paragraphs: Sequence[Paragraph]) -> Iterator[Printed]:
    """Rows of a table that has a column of recommendations."""
    for paragraph in paragraphs:
        if paragraph.kind not in (Kind.TABLE_ROW, Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION):
            continue
        cells = row_cells(paragraph)
        name = next((head for head in cells if is_point_column(head)), None)
        if name is None and any(is_list_heading(text) for text in paragraph.headings[-1:]):
            name = unnamed_point_column(cells)
        if name is None or len(cells) < 2 or not cells[name]:
            continue
        mark = MARK.match(cells[name])
        words = cells[name][mark.end() :] if mark else cells[name]
        number = number_of(mark) if mark else number_column(cells)
        if len(words.split()) < 3:
            continue
        is_area = re.search(r"area|\bAFI", name, re.I) is not None
        kind = PointKind.AREA_FOR_IMPROVEMENT if is_area else PointKind.RECOMMENDATION
        owner, deadline = column(cells, OWNER_COLUMN), column(cells, DEADLINE_COLUMN)
        yield Printed(kind, (paragraph,), number, words=words, addressee=owner, deadline=deadline)


def _of_kind(paragraphs: Sequence[Paragraph], taken: set[str]) -> Iterator[Printed]:
    """Paragraphs whose kind the section they stand in gives away."""
    kinds = {
        Kind.AREA_FOR_IMPROVEMENT: PointKind.AREA_FOR_IMPROVEMENT,
        Kind.CAUSE_OF_CONCERN: PointKind.CAUSE_OF_CONCERN,
        Kind.RECOMMENDATION: PointKind.RECOMMENDATION,
    }
    led = {
        paragraph.headings for paragraph in paragraphs if paragraph.kind is Kind.RECOMMENDATION and paragraph.lead_in
    }
    listed_areas = {paragraph.headings for paragraph in paragraphs if paragraph.kind is Kind.AREA_FOR_IMPROVEMENT}
    for paragraph in paragraphs:
        if _is_area_in_prose(paragraph, listed_areas):
            yield Printed(PointKind.AREA_FOR_IMPROVEMENT, (paragraph,))
        is_open = paragraph.kind in kinds and paragraph.id not in taken and not _is_row(paragraph)
        is_remark = paragraph.kind is Kind.RECOMMENDATION and not _is_asked(paragraph, led)
        if is_open and not is_remark:
            kind = kinds[paragraph.kind]
            title = paragraph.headings[-1] if kind is PointKind.CAUSE_OF_CONCERN and paragraph.headings else None
            yield Printed(kind, (paragraph,), paragraph.number, None if title is None or is_label(title) else title)


def _is_asked(paragraph: Paragraph, led: set[tuple[str, ...]]) -> bool:
    """Whether an item below "Recommendations" is one: below a lead-in, or by its own words where no other has a lead-in."""
    return bool(paragraph.lead_in) or (paragraph.headings not in led and asks(paragraph.text)) or tells(paragraph.text)


def _is_area_in_prose(paragraph: Paragraph, listed: set[tuple[str, ...]]) -> bool:
    """Whether a paragraph is the area for improvement of a section that lists none as an item or heading."""
    label = paragraph.headings[-1] if paragraph.headings else ""
    is_below = re.match(r"areas? for improvement$", label, re.I) is not None and paragraph.headings not in listed
    return is_below and paragraph.kind is Kind.FINDING and not paragraph.dated and asks(paragraph.text)


def _is_row(paragraph: Paragraph) -> bool:
    return len(row_cells(paragraph)) > 1


def _practices(paragraphs: Sequence[Paragraph]) -> Iterator[Printed]:
    """What stands below the label "Innovative practice", one entry for each heading there."""
    groups: dict[tuple[str, ...], list[Paragraph]] = {}
    for paragraph in paragraphs:
        labels = [place for place, text in enumerate(paragraph.headings) if _is_practice(text)]
        if labels and paragraph.kind not in (Kind.HEADING, Kind.FOOTNOTE):
            own_heading = (paragraph.text,) if paragraph.kind is Kind.HEADING_SENTENCE else ()
            below = paragraph.headings[labels[-1] + 1 :] or own_heading
            groups.setdefault((*paragraph.headings[: labels[-1] + 1], *below), []).append(paragraph)
    for path, group in groups.items():
        label = _PRACTICE.match(path[-1])
        title = label["title"] if label else path[-1]
        yield Printed(PointKind.INNOVATIVE_PRACTICE, tuple(group), title=title)


def _is_practice(text: str) -> bool:
    return _PRACTICE.match(text) is not None


def _in_own_voice(paragraphs: Sequence[Paragraph], taken: set[str]) -> Iterator[Printed]:
    """Paragraphs in which the writer says "we recommend", where the document marks its recommendations in no other way."""
    for place, paragraph in enumerate(paragraphs):
        is_open = paragraph.kind in (Kind.FINDING, Kind.LIST_ITEM, Kind.HEADING_SENTENCE)
        if is_open and paragraph.id not in taken and _OWN_VOICE.search(paragraph.text) and asks(paragraph.text):
            yield Printed(
                PointKind.RECOMMENDATION,
                (paragraph, *hanging_on(paragraph, paragraphs[place + 1 :])),
                None,
            )


def _merge(prints: Sequence[Printed]) -> list[tuple[Printed, tuple[Paragraph, ...]]]:
    """Each point once, the longest print of it first, with the paragraphs that print it again."""
    groups: list[list[Printed]] = []
    for printed in prints:
        group = next((group for group in groups if _is_same(group[0], printed)), None)
        if group is None:
            groups.append([printed])
        else:
            group.append(printed)
    merged = []
    for group in groups:
        best = max(group, key=lambda printed: len(printed.text))
        repeats = tuple(paragraph for printed in group if printed is not best for paragraph in printed.paragraphs)
        merged.append((best, repeats))
    return merged


def _is_same(first: Printed, second: Printed) -> bool:
    """Whether two prints are one point: of one kind, no two numbers, and the same words."""
    if first.kind is not second.kind or (
        first.number and second.number and plain(first.number) != plain(second.number)
    ):
        return False
    return max(likeness(second.own_words, first.own_words), likeness(first.own_words, second.own_words)) >= SAME
