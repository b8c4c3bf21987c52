"""Grades of several inspections: of one area by date, of the areas that rose or fell, and whether they may be compared.

Owns putting the judgements of several reports together. Leaves which area is meant to `graded`.
"""

import re
from collections.abc import Sequence

from assistant.graded import asks_history, clearest, judged_in, one_grade
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.reference import INSPECTIONS, inspections_in_order
from assistant.selection import Chosen, Found, date_of, in_date_order, merge_spans
from index.query import Want
from ingest.areas import is_overall, is_same_area
from ingest.document import Document, Paragraph, Span
from ingest.grades import GRADES, is_grade
from ingest.register import Judgement
from ingest.sentences import sentence_spans

_SCALE = GRADES[: GRADES.index("inadequate") + 1]  # best first
_FELL = re.compile(
    r"\bworse\b|\bf[ae]ll(?:en)?\b|\bdropp?ed\b|\b(?:gone|went|go) (?:down|backwards)\b|\bslipped\b|\bworsened\b|\bdowngraded\b|"
    r"\blower\b|\bdeclined\b",
    re.I,
)
_ROSE = re.compile(r"\bbetter\b|\b(?:rose|risen)\b|\b(?:gone|went|go) up\b|\bimproved\b|\bupgraded\b|\bhigher\b", re.I)
_MOVED = re.compile(r"\bchanged?\b|\bdiffer\w*\b|\bmoved?\b|\bup or down\b", re.I)
_WHICH_AREAS = re.compile(
    r"\b(?:which|what)(?: \w+){0,2} (?:areas?|grades|things|questions|bits|parts|ones)\b|\b(?:any|all)\b.*\b(?:areas|grades)\b|\bany area\b",
    re.I,
)
_ASKS_COMPARABLE = re.compile(r"\bcompar\w+\b|\bgraph\b|\bchart\b|\bside by side\b|\blike for like\b|\bline up\b", re.I)


def history(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """The grades of one area in every inspection that gives one, by date, and the latest report's note on comparing them;
    empty when no history is asked for."""
    if not asks_history(question):
        return ()
    nearest = one_grade(question, found, holdings.documents, holdings)
    every = [entry for document in holdings.documents for entry in holdings.judgements[document.id]]
    entry = next((entry for entry in every if nearest and entry.paragraph.id == nearest[0].paragraph.id), None)
    if entry is None:
        return ()
    # A paper that repeats the grade of an inspection is no inspection of its own.
    same = [
        judgement
        for judgement in holdings.register.history(_area(entry), entry.body)
        if holdings.holds(judgement.paragraphs) and judgement.document.metadata.kind in INSPECTIONS
    ]
    of_each = [_of_period(ids, same, question, found, holdings) for ids in inspections_in_order(holdings.documents)]
    graded = tuple(item for chosen in of_each for item in chosen)
    return with_comparability(graded, holdings) if len([chosen for chosen in of_each if chosen]) > 1 else graded


def grade_by_period(question: Question, found: Found, holdings: Holdings) -> tuple[tuple[Chosen, ...], ...]:
    """The grade of one area in each of the periods asked about; empty for a period that does not grade that area."""
    asked = question.in_periods
    graded = [document for document in holdings.documents if document.id in asked and holdings.judgements[document.id]]
    nearest = one_grade(question, found, graded, holdings)
    every = [entry for document in graded for entry in holdings.judgements[document.id]]
    entry = next((entry for entry in every if nearest and entry.paragraph.id == nearest[0].paragraph.id), None)
    if entry is None:
        return tuple(() for _ in question.periods)
    same = [item for item in holdings.register.history(_area(entry), entry.body) if holdings.holds(item.paragraphs)]
    return tuple(_of_period(period, same, question, found, holdings) for period in question.periods)


def _of_period(
    period: frozenset[str], same: Sequence[Judgement], question: Question, found: Found, holdings: Holdings
) -> tuple[Chosen, ...]:
    """The nearest judgement of the period when it is on the same area, else one on that area with a grade."""
    own = [item for item in holdings.documents if item.id in period]
    inspected = [item for item in own if item.metadata.kind in INSPECTIONS and holdings.judgements[item.id]]
    nearest = one_grade(question, found, inspected or own, holdings)
    if nearest and any(nearest[0].paragraph.id == item.paragraph.id for item in same):
        return nearest
    named = [item for item in same if item.document.id in period and is_grade(item.grade)]
    return tuple(judged_in(item) for item in clearest(named)[:1])


def moved(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """For "which areas got a worse grade?": both judgements of each area that fell (rose, changed) between the two
    inspections asked about, or the last two that grade the same areas; empty when none did."""
    text = question.query.text
    if Want.GRADE not in question.query.wants or not _WHICH_AREAS.search(text):
        return ()
    ways = {way for way, pattern in ((1, _FELL), (-1, _ROSE), (0, _MOVED)) if pattern.search(text)}
    if not ways:
        return ()
    chosen: list[Chosen] = []
    for before, after in _same_areas(*_two_inspections(question, holdings), holdings):
        step = _SCALE.index(after.grade) - _SCALE.index(before.grade)
        if step and (len(ways) > 1 or 0 in ways or step * next(iter(ways)) > 0):
            chosen += [judged_in(before), judged_in(after)]
    unique = {item.paragraph.id: item for item in chosen}
    return with_comparability(tuple(unique.values()), holdings) if unique else ()


def _two_inspections(question: Question, holdings: Holdings) -> tuple[frozenset[str], frozenset[str]]:
    """The first and last of the inspections asked about; the one asked about and the newest; or the last two."""
    inspections = inspections_in_order(holdings.documents)
    asked = [ids for ids in inspections if any(ids & period for period in question.periods)]
    since = [*asked, *inspections[-1:]] if asked and asked[0] != inspections[-1] else list(inspections[-2:])
    both = asked if len(asked) > 1 else since
    return (both[0], both[-1]) if len(both) > 1 else (frozenset(), frozenset())


def _same_areas(first: frozenset[str], last: frozenset[str], holdings: Holdings) -> list[tuple[Judgement, Judgement]]:
    """The judgements of each area that both inspections grade, in the order of the last."""
    before, after = (_graded_areas(ids, holdings) for ids in (first, last))
    pairs = []
    for entry in after:
        same = [item for item in before if _is_same(item, entry)]
        if same:
            pairs.append((same[0], entry))
    return pairs


def _graded_areas(ids: frozenset[str], holdings: Holdings) -> list[Judgement]:
    """One judgement of each area that these documents grade, other than their looks back at earlier grades."""
    entries = [
        entry
        for key in sorted(ids)
        for entry in holdings.judgements.get(key, ())
        if entry.grade in _SCALE and entry.of_period is None
    ]
    kept: list[Judgement] = []
    for entry in clearest(entries):
        if not any(_is_same(entry, item) for item in kept):
            kept.append(entry)
    return kept


def _area(entry: Judgement) -> str:
    """The area's name; empty for the whole inspection, whose heading may share most words with that of an area."""
    return "" if is_overall(entry.area) or "overall" in entry.aliases else entry.area


def _is_same(one: Judgement, other: Judgement) -> bool:
    """Whether both grade the whole inspection, or both the same area of it."""
    wholes = [not _area(item) for item in (one, other)]
    return wholes[0] == wholes[1] and (wholes[0] or is_same_area(one.area, other.area))


def to_be_compared(question: Question, holdings: Holdings) -> tuple[Document, ...]:
    """The documents whose grades the question wants side by side, so that each one's own word on that counts."""
    asked = question.in_periods
    wanted = _ASKS_COMPARABLE.search(question.query.text) is not None
    return tuple(document for document in holdings.documents if wanted and document.id in asked)


def with_comparability(
    chosen: Sequence[Chosen], holdings: Holdings, asked: Sequence[Document] = ()
) -> tuple[Chosen, ...]:
    """Add the latest report's own note that its grades cannot be compared, when the answer rests on that report.

    A note on another area than those quoted is passed over. Of the documents `asked` each gives its note, also those that
    nothing is quoted from.
    """
    kept = list(chosen)
    documents = {item.id: item for item in (*asked, *(each.document for each in chosen))}
    for document in sorted(documents.values(), key=date_of, reverse=True):
        quoted = [item for item in chosen if item.document is document]
        notes = [] if any(_says_so(item) for item in quoted) else _notes_on(quoted, document, holdings)
        if notes:
            kept = _with_note(kept, notes[0], document)
            if not asked:
                break
    return in_date_order(kept)


def _with_note(kept: Sequence[Chosen], note: Paragraph, document: Document) -> list[Chosen]:
    """What is quoted and the note; where the note's paragraph is quoted already, its words there."""
    quote = _comparability_quote(note, document)
    if all(item.paragraph.id != note.id for item in kept):
        return [*kept, quote]
    return [
        Chosen(note, document, _joined([*item.spans, *quote.spans])) if item.paragraph.id == note.id else item
        for item in kept
    ]


def _says_so(item: Chosen) -> bool:
    """Whether the words quoted already tell how far the grades may be compared."""
    return any(re.search(r"\bcompar", item.paragraph.text[start:end], re.I) for start, end in item.spans)


def _notes_on(quoted: Sequence[Chosen], document: Document, holdings: Holdings) -> Sequence[Paragraph]:
    """The document's notes on comparing the grades quoted; all of its notes when it is no grade that is quoted."""
    keys = {item.paragraph.id for item in quoted}
    entries = [entry for entry in holdings.judgements[document.id] if entry.paragraph.id in keys]
    notes = {note.id: note for entry in entries for note in entry.notes} if entries else None
    return holdings.comparability[document.id] if notes is None else list(notes.values())


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _comparability_quote(note: Paragraph, document: Document) -> Chosen:
    spans = [span for span in sentence_spans(note.text) if re.search(r"compar", note.text[slice(*span)], re.I)]
    return Chosen(note, document, merge_spans(note.text, spans[:1] or [(0, len(note.text))]))
