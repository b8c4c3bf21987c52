"""Grades and areas for improvement: settled from what is known of the documents, not by search alone.

Owns which document and section a question for a grade or for areas for improvement is about. Leaves the entries
themselves to `ingest.register` and `holdings`.
"""

import re
from collections.abc import Sequence

from assistant.holdings import Holdings
from assistant.question import Question, QuestionKind
from assistant.selection import Chosen, Found, date_of, in_date_order, merge_spans, whole
from index.query import Want
from index.tokens import content_stems
from ingest.document import Document, Kind, Paragraph
from ingest.grades import is_grade
from ingest.register import Judgement, grade_in
from ingest.sentences import sentence_spans

_OVERALL = re.compile(r"\boverall\b|\bheadline\b|\bas a whole\b|\bsingle grade\b", re.I)
_SET = re.compile(
    r"\bwhich\b.*\b(?:areas?|sections?|parts?|questions?|ones?|things?|bits?)\b|\bwhat\b.*\b(?:areas|sections|parts|questions)\b|\banything\b|\bhow many areas\b",
    re.I,
)
GRADE_WORDS = 80  # a longer judgement is quoted by its first sentence only
# Closeness of a question to the judgement that answers it. On the dev half the eight right ones, told by eye, lie at
# 0.476 or above; questions that no section is about at 0.461 or below. A question for the overall grade is no section's.
NEAR_ENOUGH = 0.46
MOST_POINTS = 12  # areas for improvement; more are no answer to read out


def set_of_grades(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """For "which areas were ...": every area of the report asked about, or the newest, that has that grade; all of its
    grades when none has it, so that readers see it for themselves."""
    wanted = grade_in(question.query.subject)
    if not wanted or Want.GRADE not in question.query.wants or not _SET.search(question.query.text):
        return ()
    documents = documents_asked(question, holdings)
    judged = [entry for document in documents for entry in holdings.judgements[document.id]]
    entries = [entry for entry in judged if entry.grade == wanted] or judged
    if len(_clearest(entries)) > MOST_POINTS:
        return ()
    return in_date_order([whole(entry.paragraph, holdings) for entry in _clearest(entries)])


def without_grade(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """A note when a set of areas with a grade is asked for and no judgement of the report has that grade."""
    wanted = grade_in(question.query.subject)
    if not wanted or Want.GRADE not in question.query.wants or not _SET.search(question.query.text):
        return ()
    grades = {
        entry.grade for document in documents_asked(question, holdings) for entry in holdings.judgements[document.id]
    }
    return (f"None of the grades found is “{wanted}”.",) if grades and wanted not in grades else ()


def documents_asked(question: Question, holdings: Holdings) -> tuple[Document, ...]:
    """The documents of the periods asked about that give grades; of the newest inspection when no year is asked about."""
    asked = frozenset(key for period in question.periods for key in period)
    graded = [document for document in holdings.documents if holdings.judgements[document.id]]
    within = tuple(document for document in graded if document.id in asked)
    if within or question.query.years:
        return within
    newest = max((date_of(document) for document in graded), default="")
    return tuple(document for document in graded if date_of(document) == newest)


def structured(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """Ids of the paragraphs among which a question for a grade or for areas for improvement is to be settled."""
    keys: list[str] = []
    for document in documents_asked(question, holdings):
        if Want.GRADE in question.query.wants:
            keys += [entry.paragraph.id for entry in holdings.judgements[document.id]]
        if Want.AREA_FOR_IMPROVEMENT in question.query.wants:
            keys += [point.id for group in holdings.points[document.id] for point in group]
    return tuple(dict.fromkeys(keys))


def areas_for_improvement(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """All areas for improvement of the section asked about; of the whole report when no section is."""
    if Want.AREA_FOR_IMPROVEMENT not in question.query.wants or question.kind is not QuestionKind.LIST:
        return ()
    chosen: list[Chosen] = []
    for document in documents_asked(question, holdings):
        groups = [group for group in holdings.points[document.id] if len(group) <= MOST_POINTS]
        if not groups:
            continue
        if not _section_words(question):
            chosen += [whole(point, holdings) for group in groups for point in group]
            continue
        best = max(groups, key=lambda group: max(found.closeness.get(point.id, 0.0) for point in group))
        chosen += [whole(point, holdings) for point in best]
    return in_date_order(chosen) if len(chosen) <= MOST_POINTS else ()


def _section_words(question: Question) -> set[str]:
    """Content words of the question that do more than ask for areas for improvement."""
    general = set(
        content_stems("areas for improvement AFI AFIs improve list identified set give given made there all many say")
    )
    return set(content_stems(question.query.subject)) - general


def _clearest(entries: Sequence[Judgement]) -> list[Judgement]:
    """One entry for each area: its sentence rather than the grade alone; table rows only where there is no sentence."""
    sentences = [
        entry for entry in entries if entry.paragraph.kind is not Kind.TABLE_ROW and not is_grade(entry.paragraph.text)
    ]
    covered = {entry.area for entry in sentences}
    alone = [entry for entry in entries if is_grade(entry.paragraph.text) and entry.area not in covered]
    kept = sentences + alone or list(entries)
    return list({entry.paragraph.id: entry for entry in kept}.values())


def one_grade(
    question: Question, found: Found, documents: Sequence[Document], holdings: Holdings
) -> tuple[Chosen, ...]:
    """The judgement of these documents whose section and words are closest to the question; empty when there is none."""
    entries = [entry for document in documents for entry in holdings.judgements[document.id]]
    is_overall = _OVERALL.search(question.query.text) is not None
    if is_overall:
        entries = [entry for entry in entries if not entry.area or _OVERALL.search(entry.area)]
    asked = set(content_stems(question.query.text))
    known = [
        entry
        for entry in entries
        if entry.paragraph.id in found.closeness
        and (entry.paragraph.kind is not Kind.TABLE_ROW or set(content_stems(entry.area)) <= asked)
    ]
    if not known:
        return ()
    nearest = max(known, key=lambda entry: found.closeness[entry.paragraph.id])
    if not is_overall and found.closeness[nearest.paragraph.id] < NEAR_ENOUGH:
        return ()
    same = [e for e in entries if e.area == nearest.area and e.document.id == nearest.document.id]
    best = _clearest(same)[0].paragraph
    first = sentence_spans(best.text)[0]
    span = first if len(best.text.split()) > GRADE_WORDS else (0, len(best.text))
    return (Chosen(best, nearest.document, (span,)),)


def with_comparability(chosen: Sequence[Chosen], holdings: Holdings) -> tuple[Chosen, ...]:
    """Add the latest report's own note that its grades cannot be compared, when the answer rests on that report."""
    kept = list(chosen)
    for document in sorted({item.document.id: item.document for item in chosen}.values(), key=date_of, reverse=True):
        notes = [
            note for note in holdings.comparability[document.id] if all(note.id != item.paragraph.id for item in kept)
        ]
        if notes:
            kept.append(_comparability_quote(notes[0], document))
            break
    return in_date_order(kept)


def _comparability_quote(note: Paragraph, document: Document) -> Chosen:
    spans = [span for span in sentence_spans(note.text) if re.search(r"compar", note.text[slice(*span)], re.I)]
    return Chosen(note, document, merge_spans(note.text, spans[:1] or [(0, len(note.text))]))
