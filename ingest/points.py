"""Areas for improvement, causes of concern, recommendations and innovative practice, as one document prints them.

Owns finding where each begins and ends and printing it once. Leaves whom it tells and by when to `duties`, and what
other documents say of it to `links`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Document, Kind, Paragraph
from ingest.duties import addressee_of, asks, deadline_of
from ingest.entries import Point, PointKind
from ingest.likeness import likeness
from ingest.rows import is_point_column, number_column, row_cells
from ingest.sections import is_label

# "Recommendation 7", "Recommendation 7: wash the cells", "Rec. 7 -", "R7", "AFI 2."
MARK = re.compile(
    r"^(?:(?P<what>recommendation|rec\.?|area for improvement|cause of concern)\s+(?:no\.?\s*|number\s+)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?|[A-Z]\d{0,3})|(?P<short>AFI|R)\s?(?P<digits>\d{1,3}(?:\.\d{1,3})*[a-z]?))"
    r"(?=$|\s*[:.)–—-](?!\d)|\s+[A-Z‘“(])[\s:.)–—-]*",
    re.I,
)
_TAIL_NUMBER = re.compile(r"\(recommendation\s+(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?)\)\W*$", re.I)
_TAGGED_CONCLUSION = re.compile(r"\(conclusion\b[^()]*\)\W*$", re.I)
_LIST_HEADING = re.compile(
    r"^(?:(?:chapter|part|section|annex|appendix)\s+\w+\s*[:.–-]?\s*|[\dA-Z]{1,3}(?:\.\d+)*[.)]?\s+)?"
    r"(?:(?:summary|list|full list) of (?:the |our |its )?|the committee['’]s |our |key |main )?"
    r"(?P<conclusions>conclusions?,? and )?recommendations?(?: and (?P<after>conclusions?))?"
    r"(?: (?:made )?(?:in|of|to|for) [\w ]{3,60})?$",
    re.I,
)
_OWN_VOICE = re.compile(r"\b(?:we|I|the (?:committee|panel|inquiry|ombudsman))\b[^.;]{0,60}?\brecommends?\b", re.I)
FEWEST_IN_A_LIST = 2  # numbered paragraphs below a heading; one alone is the report's ordinary numbering. Not tuned
LONGEST_HEADING = 12  # words; not tuned
SAME = 0.8  # likeness of the words from which a later print of a point is the same one; not tuned


@dataclass(frozen=True, slots=True)
class Printed:
    """One place where a document prints a point."""

    kind: PointKind
    paragraphs: tuple[Paragraph, ...]
    number: str | None = None
    title: str | None = None
    words: str | None = None  # where the point is only part of its paragraph: a cell of a table
    concludes: bool = False

    @property
    def text(self) -> str:
        return self.words if self.words is not None else joined(self.paragraphs)

    @property
    def own_words(self) -> str:
        """The text without a lead-in that other points share."""
        return self.words if self.words is not None else " ".join(part.own_text for part in self.paragraphs)


def points(document: Document) -> tuple[Point, ...]:
    """Every point that the document prints, in order of the first place that states it in full.

    A point printed twice (in the text and in a list at the end) is one entry; its `repeats` are the other places.
    """
    prints = sorted(_prints(document), key=lambda printed: _place(document, printed))
    merged = _merge(prints)
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


def _point(document: Document, printed: Printed, identity: str, repeats: tuple[Paragraph, ...]) -> Point:
    deadline, due = deadline_of(printed.text, document.metadata.date)
    return Point(
        id=identity,
        kind=printed.kind,
        document=document,
        text=printed.text,
        paragraphs=printed.paragraphs,
        number=printed.number,
        title=printed.title,
        addressee=addressee_of(printed.text),
        deadline=deadline,
        due=due,
        section=printed.paragraphs[0].headings,
        concludes=printed.concludes,
        repeats=repeats,
    )


def joined(paragraphs: Iterable[Paragraph]) -> str:
    """The text of paragraphs one after the other; a lead-in that several share is said once."""
    words: list[str] = []
    lead_in = ""
    for paragraph in paragraphs:
        is_led = bool(paragraph.lead_in) and (paragraph.lead_in == lead_in or words[-1:] == [paragraph.lead_in])
        words.append(paragraph.own_text if is_led else paragraph.text)
        lead_in = paragraph.lead_in
    return " ".join(words)


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
    found += _listed(paragraphs[:first_mark], taken)
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
        if mark is None or paragraph.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE) or paragraph.dated:
            continue
        number = mark["number"] or mark["digits"]
        kind = _kind_of(mark)
        own = paragraph.text[mark.end() :].strip()
        following = tuple(_body(paragraphs, place))
        if paragraph.kind in (Kind.HEADING, Kind.HEADING_SENTENCE) or not own:
            if following:
                yield Printed(kind, following, number, own or None)
            elif asks(own):
                yield Printed(kind, (paragraph,), number)
        elif len(own.split()) >= 3 and (asks(own) or kind is not PointKind.RECOMMENDATION or own[:1].isupper()):
            yield Printed(kind, (paragraph, *_continued(paragraph, following)), number)


def _kind_of(mark: re.Match[str]) -> PointKind:
    what = (mark["what"] or mark["short"]).lower()
    if what.startswith(("area", "afi")):
        return PointKind.AREA_FOR_IMPROVEMENT
    return PointKind.CAUSE_OF_CONCERN if what.startswith("cause") else PointKind.RECOMMENDATION


def _body(paragraphs: Sequence[Paragraph], place: int) -> Iterator[Paragraph]:
    """What stands below the mark: up to a heading, another mark, or a paragraph of the report's own numbering."""
    opening = paragraphs[place]
    page = opening.page
    for paragraph in paragraphs[place + 1 :]:
        if paragraph.kind is Kind.FOOTNOTE:
            continue
        is_over = paragraph.kind in (Kind.HEADING, Kind.HEADING_SENTENCE) or MARK.match(paragraph.text)
        if is_over or paragraph.number or paragraph.kind is Kind.TABLE_ROW or _pages_apart(page, paragraph.page):
            return
        page = paragraph.page
        yield paragraph


def _pages_apart(before: str | None, after: str | None) -> bool:
    both = before is not None and after is not None and before.isdigit() and after.isdigit()
    return both and int(after or 0) - int(before or 0) > 1


def _continued(opening: Paragraph, following: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The bullets that hang on the opening paragraph."""
    if not opening.text.rstrip().endswith((":", ";")):
        return
    for paragraph in following:
        if paragraph.kind not in (Kind.LIST_ITEM, Kind.RECOMMENDATION, Kind.AREA_FOR_IMPROVEMENT):
            return
        yield paragraph


def _rows(paragraphs: Sequence[Paragraph]) -> Iterator[Printed]:
    """Rows of a table that has a column of recommendations."""
    for paragraph in paragraphs:
        if paragraph.kind not in (Kind.TABLE_ROW, Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION):
            continue
        cells = row_cells(paragraph)
        name = next((head for head in cells if is_point_column(head)), None)
        if name is None or len(cells) < 2 or not cells[name]:
            continue
        mark = MARK.match(cells[name])
        words = cells[name][mark.end() :] if mark else cells[name]
        number = (mark["number"] or mark["digits"]) if mark else number_column(cells)
        if len(words.split()) < 3:
            continue
        is_area = re.search(r"area|\bAFI", name, re.I) is not None
        kind = PointKind.AREA_FOR_IMPROVEMENT if is_area else PointKind.RECOMMENDATION
        yield Printed(kind, (paragraph,), number, words=words)


def _of_kind(paragraphs: Sequence[Paragraph], taken: set[str]) -> Iterator[Printed]:
    """Paragraphs whose kind the section they stand in gives away."""
    kinds = {
        Kind.AREA_FOR_IMPROVEMENT: PointKind.AREA_FOR_IMPROVEMENT,
        Kind.CAUSE_OF_CONCERN: PointKind.CAUSE_OF_CONCERN,
        Kind.RECOMMENDATION: PointKind.RECOMMENDATION,
    }
    for paragraph in paragraphs:
        if paragraph.kind in kinds and paragraph.id not in taken and not _is_row(paragraph):
            kind = kinds[paragraph.kind]
            title = paragraph.headings[-1] if kind is PointKind.CAUSE_OF_CONCERN and paragraph.headings else None
            yield Printed(kind, (paragraph,), paragraph.number, None if title is None or is_label(title) else title)


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
        title = None if _is_practice(path[-1]) else path[-1]
        yield Printed(PointKind.INNOVATIVE_PRACTICE, tuple(group), title=title)


def _is_practice(text: str) -> bool:
    return re.match(r"(?:innovative|promising|notable|positive) practices?$", text, re.I) is not None


def _listed(paragraphs: Sequence[Paragraph], taken: set[str]) -> Iterator[Printed]:
    """Numbered paragraphs, or paragraphs that ask for something, below a heading such as "Recommendations"."""
    for heading, group in _below_list_headings(paragraphs):
        led = {paragraph.lead_in for paragraph in group if paragraph.id in taken}
        own = [paragraph for paragraph in group if paragraph.id not in taken and paragraph.text not in led]
        numbered = sum(paragraph.number is not None for paragraph in own)
        match = _LIST_HEADING.match(heading)
        has_conclusions = match is not None and bool(match["conclusions"] or match["after"])
        if numbered >= FEWEST_IN_A_LIST or (numbered and numbered == len(own)):
            yield from _numbered(own, has_conclusions)
        else:
            yield from _asking(own)


def _below_list_headings(paragraphs: Sequence[Paragraph]) -> list[tuple[str, list[Paragraph]]]:
    groups: dict[tuple[str, ...], list[Paragraph]] = {}
    for paragraph in paragraphs:
        place = next((n for n, text in enumerate(paragraph.headings) if _LIST_HEADING.match(text)), None)
        if place is not None and paragraph.kind not in (Kind.HEADING, Kind.FOOTNOTE, Kind.TABLE_ROW):
            groups.setdefault(paragraph.headings[: place + 1], []).append(paragraph)
    return [(path[-1], group) for path, group in groups.items()]


def _numbered(group: Sequence[Paragraph], has_conclusions: bool) -> Iterator[Printed]:
    run: list[Paragraph] = []
    for paragraph in (*group, None):
        if paragraph is not None and (paragraph.number is None or _is_inner(paragraph, run)):
            if run and (paragraph.headings == run[0].headings) and not _pages_apart(run[-1].page, paragraph.page):
                run.append(paragraph)
            continue
        if run:
            run = _without_headings_behind(run)
            text = joined(run)
            concludes = not asks(text) or _TAGGED_CONCLUSION.search(text) is not None
            if has_conclusions or not concludes:
                yield Printed(PointKind.RECOMMENDATION, tuple(run), run[0].number, concludes=concludes)
        run = [paragraph] if paragraph is not None else []


def _without_headings_behind(run: Sequence[Paragraph]) -> list[Paragraph]:
    """The run without short texts at its end that lack a full stop: headings of what follows, not told from text."""
    end = len(run)
    while end > 1 and _is_heading_like(run[end - 1]):
        end -= 1
    return list(run[:end])


def _is_heading_like(paragraph: Paragraph) -> bool:
    is_short = len(paragraph.text.split()) <= LONGEST_HEADING
    return is_short and paragraph.kind is not Kind.LIST_ITEM and not re.search(r"[.?!:;)]\W*$", paragraph.text)


def _is_inner(paragraph: Paragraph, run: Sequence[Paragraph]) -> bool:
    """Whether a numbered item hangs on the numbered paragraph above: "(a)" below "7. The force should:"."""
    return bool(run) and bool(paragraph.lead_in) and run[0].text.endswith(paragraph.lead_in[-40:])


def _asking(group: Sequence[Paragraph]) -> Iterator[Printed]:
    """Unnumbered paragraphs that ask for something, each with the bullets that hang on it."""
    for place, paragraph in enumerate(group):
        if paragraph.kind is Kind.LIST_ITEM or not asks(paragraph.text) or re.match(r"\w+ \d", paragraph.lead_in):
            continue
        hanging = tuple(_continued(paragraph, group[place + 1 :]))
        yield Printed(PointKind.RECOMMENDATION, (paragraph, *hanging), paragraph.number)


def _in_own_voice(paragraphs: Sequence[Paragraph], taken: set[str]) -> Iterator[Printed]:
    """Paragraphs in which the writer says "we recommend", where the document marks its recommendations in no other way."""
    for place, paragraph in enumerate(paragraphs):
        is_open = paragraph.kind in (Kind.FINDING, Kind.LIST_ITEM, Kind.HEADING_SENTENCE)
        if is_open and paragraph.id not in taken and _OWN_VOICE.search(paragraph.text) and asks(paragraph.text):
            yield Printed(
                PointKind.RECOMMENDATION,
                (paragraph, *_continued(paragraph, paragraphs[place + 1 :])),
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
    if first.kind is not second.kind or (first.number and second.number and first.number != second.number):
        return False
    return max(likeness(second.own_words, first.own_words), likeness(first.own_words, second.own_words)) >= SAME
