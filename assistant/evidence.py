"""From paragraphs found to the sentences worth answering from, or the reason to refuse.

Owns the rules for each kind of question and every threshold, each with its measurement. Leaves finding to `index`,
scoring sentences to `sentences`, and wording to `composer`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Reason
from assistant.answerable import answerable
from assistant.expectation import Expectation, expectation
from assistant.library import Library
from assistant.question import Question, QuestionKind, years_in
from assistant.sentences import Sentence, log_odds, score_sentences
from index.query import Want
from index.retriever import Hit
from index.tokens import content_stems
from ingest.document import Document, Kind, Paragraph, Span
from ingest.grades import is_grade
from ingest.register import Judgement, grade_in
from ingest.sentences import sentence_spans

DEPTH = 12  # hits that are considered; on the dev half 96 % of evidence groups have a paragraph among them
ANSWER_WORDS = 80  # of one paragraph; 60 answers 4 points fewer of the dev half right, 100 none more
SECOND_WORDS = 45  # of a second paragraph
PERIOD_WORDS = 60  # of each report, when several are asked about
SECOND_MARGIN = 1.2  # log odds that a second paragraph may lie behind the first; see EVALUATION.md for the curve
FORM_MISSING = 2.0  # log odds; how far a paragraph without a sentence of the form asked for falls behind
LIST_LENGTH = 12  # items; a longer list is no answer to read out
LIST_SUPPORT = 2  # items of one list among the first six hits that make the whole list the answer
_REPORT_YEAR = re.compile(
    r"\b(?:peel|inspection|report)\b\D{0,15}?\b((?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?)"
    r"|\b((?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?)\s+(?:[a-z]+\s+){0,2}?(?:peel|inspection|report)\b",
    re.I,
)
_OPINION = re.compile(r"^\W*(?:so )?(?:will|should (?:the panel|we|i|members|councillors))\b", re.I)
_OVERALL = re.compile(r"\boverall\b|\bheadline\b|\bas a whole\b|\bsingle grade\b", re.I)
_SET = re.compile(r"\bwhich\b.*\b(?:areas?|sections?|parts?|questions?|ones?|things?|bits?)\b|\bwhat\b.*\b(?:areas|sections|parts|questions)\b|\banything\b|\bhow many areas\b", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """What was retrieved for a question."""

    hits: tuple[Hit, ...]
    by_period: tuple[tuple[Hit, ...], ...] = ()  # one for each of the question's periods, when there are several
    closeness: Mapping[str, float] = field(default_factory=dict)  # of the grades or areas for improvement asked about


@dataclass(frozen=True, slots=True)
class Chosen:
    """A paragraph to answer from, and the spans of its text to quote, in order."""

    paragraph: Paragraph
    document: Document
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What to answer from, in reading order."""

    chosen: tuple[Chosen, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why there is nothing to answer from."""

    reason: Reason
    explanation: str


def select(question: Question, found: Found, library: Library, rarity: Mapping[str, float]) -> Selection | Shortfall:
    """Choose the evidence for a question, or say why there is none."""
    if not found.hits:
        return Shortfall(Reason.NOTHING_RELEVANT, "No paragraph of the loaded documents has words or meaning in common with it.")
    shortfall = other_body(question, found) or other_period(question, found, library) or opinion(question)
    if shortfall:
        return shortfall
    expected = expectation(question.query.text)
    sentences = score_sentences(question, expected, found.hits, rarity)
    if not answerable(question, expected, sentences, found.hits, rarity):
        return Shortfall(Reason.NOT_ANSWERED, _not_answered(expected))
    return Selection(_choose(question, expected, found, sentences, library, rarity), _notes(question))


def _notes(question: Question) -> tuple[str, ...]:
    return tuple(f"“{typed}” was read as “{read}”." for typed, read in question.corrected)


def _not_answered(expected: Expectation) -> str:
    if expected.form.value == "any":
        return "The documents touch on the subject but do not say what is asked."
    return f"The question asks for {expected.form.value}. The documents touch on the subject but give none for it."


# --- gates ------------------------------------------------------------------------------------------------------------


def other_body(question: Question, found: Found) -> Shortfall | None:
    """Refuse when another force or service is asked about, unless the best paragraph names it; never answer with a
    grade for it, for no loaded document inspects it."""
    if not question.other_bodies:
        return None
    best = found.hits[0].paragraph.text
    is_named = any(re.sub(r" (?:Police|Constabulary|[Ff]ire.*)$", "", name) in best for name in question.other_bodies)
    if is_named and Want.GRADE not in question.query.wants:
        return None
    names = " and ".join(question.other_bodies)
    return Shortfall(Reason.OTHER_BODY, f"The question is about {names}. No loaded document is an inspection of that body.")


def opinion(question: Question) -> Shortfall | None:
    """Refuse to forecast or to advise: documents record what was found."""
    if not _OPINION.search(question.query.text):
        return None
    return Shortfall(Reason.NOT_ANSWERED, "The documents record what was found. They do not forecast or advise.")


def other_period(question: Question, found: Found, library: Library) -> Shortfall | None:
    """Refuse when the only reports asked about are not held, or the only years asked about are of no document, unless
    the paragraphs found name that year."""
    asked = [years_in(match[1] or match[2]) for match in _REPORT_YEAR.finditer(question.query.text)]
    if asked and not any(years <= held for years in asked for held in library.inspections) and not question.query.documents:
        years = frozenset(year for each in asked for year in each)
        if not any(each <= years_in(found.hits[0].paragraph.text) for each in asked):
            return Shortfall(Reason.OTHER_PERIOD, f"No inspection report of {_spell(years)} is among the loaded documents.")
    near = " ".join(hit.paragraph.text for hit in found.hits[:3])
    if question.unknown_years and not question.query.years & library.years and not _names(near, question.unknown_years):
        return Shortfall(Reason.OTHER_PERIOD, f"No loaded document is of {_spell(question.unknown_years)} or speaks of it here.")
    return None


def _names(text: str, years: frozenset[int]) -> bool:
    return bool(years & years_in(text))


def _spell(years: frozenset[int]) -> str:
    return " or ".join(str(year) for year in sorted(years))


# --- choosing ---------------------------------------------------------------------------------------------------------


def _choose(
    question: Question,
    expected: Expectation,
    found: Found,
    sentences: Sequence[Sentence],
    library: Library,
    rarity: Mapping[str, float],
) -> tuple[Chosen, ...]:
    """The evidence by kind of question: a set of grades, several reports, one grade, a list, or the best paragraphs."""
    graded = _set_of_grades(question, library)
    if graded:
        return graded
    points = _areas_for_improvement(question, found, library)
    if points:
        return points
    if len(found.by_period) > 1:
        return _by_report(question, expected, found, library, rarity)
    if question.kind is QuestionKind.GRADE:
        chosen = _one_grade(question, found, documents_asked(question, library), library)
        if chosen:
            return _with_comparability(chosen, library) if question.compares_grades else chosen
    items = _list(question, found.hits, library)
    if items:
        return tuple(_whole(item, library) for item in items)
    chosen = _best(found.hits, sentences, library)
    return _with_comparability(chosen, library) if question.compares_grades else chosen


def _best(hits: Sequence[Hit], sentences: Sequence[Sentence], library: Library) -> tuple[Chosen, ...]:
    """The best paragraph, and the next when it is nearly as likely."""
    ranked = sorted(hits, key=lambda hit: -_paragraph_score(hit, sentences))
    first, *others = ranked
    chosen = [_excerpt(first, sentences, ANSWER_WORDS, library)]
    for second in others[:1]:
        behind = _paragraph_score(first, sentences) - _paragraph_score(second, sentences)
        if behind < SECOND_MARGIN and not _repeats(second.paragraph, first.paragraph):
            chosen.append(_excerpt(second, sentences, SECOND_WORDS, library))
    return in_date_order(chosen)


def _paragraph_score(hit: Hit, sentences: Sequence[Sentence]) -> float:
    """The score of its best sentence; one without any sentence of the form asked for falls behind those with one."""
    own = [sentence for sentence in sentences if sentence.hit is hit]
    best = max((sentence.score for sentence in own), default=log_odds(hit.score))
    return best - (0.0 if any(sentence.has_form for sentence in own) else FORM_MISSING)


def _repeats(one: Paragraph, other: Paragraph) -> bool:
    """Whether one paragraph says what the other says: four fifths of the shorter one's runs of four words."""
    first, second = (_runs(paragraph.text) for paragraph in (one, other))
    return len(first & second) >= 0.8 * max(1, min(len(first), len(second)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + 4]) for place in range(len(words) - 3)}


def _excerpt(hit: Hit, sentences: Sequence[Sentence], budget: int, library: Library) -> Chosen:
    """The whole paragraph when it is short, else its best sentences, in their order, within `budget` words."""
    paragraph = hit.paragraph
    own = [sentence for sentence in sentences if sentence.hit.paragraph.id == paragraph.id]
    if len(paragraph.text.split()) <= budget or not own:
        return Chosen(paragraph, hit.document, ((0, len(paragraph.text)),))
    kept: list[Sentence] = []
    words = 0
    for sentence in sorted(own, key=lambda item: (-item.score, item.start)):
        length = len(sentence.text.split())
        if not kept or words + length <= budget:
            kept.append(sentence)
            words += length
    return Chosen(paragraph, hit.document, merge_spans(paragraph.text, [(item.start, item.end) for item in kept]))


def merge_spans(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those with only white space between them made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def _whole(paragraph: Paragraph, library: Library) -> Chosen:
    return Chosen(paragraph, library.document_of[paragraph.id], ((0, len(paragraph.text)),))


def _list(question: Question, hits: Sequence[Hit], library: Library) -> tuple[Paragraph, ...]:
    """All items of the list that the best hits belong to; empty when the answer is not a list."""
    for hit in hits[:2]:
        items = library.lists.get(hit.paragraph.id, ())
        support = sum(other.paragraph in items for other in hits[:6])
        is_asked = question.kind is QuestionKind.LIST and log_odds(hit.score) > log_odds(hits[0].score) - 1
        is_supported = hit is hits[0] and support >= LIST_SUPPORT
        if 1 < len(items) <= LIST_LENGTH and (is_asked or is_supported):
            return items
    return ()


# --- grades and reports -----------------------------------------------------------------------------------------------


def _set_of_grades(question: Question, library: Library) -> tuple[Chosen, ...]:
    """For "which areas were ...": every area of the report asked about, or the newest, that has that grade."""
    wanted = grade_in(question.query.subject)
    if not wanted or Want.GRADE not in question.query.wants or not _SET.search(question.query.text):
        return ()
    documents = documents_asked(question, library)
    entries = [entry for document in documents for entry in library.judgements[document.id] if entry.grade == wanted]
    return tuple(_whole(entry.paragraph, library) for entry in _clearest(entries))


def documents_asked(question: Question, library: Library) -> tuple[Document, ...]:
    """The documents of the periods asked about that give grades; of the newest inspection when no year is asked about."""
    asked = frozenset(key for period in question.periods for key in period)
    graded = [document for document in library.documents if library.judgements[document.id]]
    within = tuple(document for document in graded if document.id in asked)
    if within or question.query.years:
        return within
    newest = max((_date(document) for document in graded), default="")
    return tuple(document for document in graded if _date(document) == newest)


def structured(question: Question, library: Library) -> tuple[str, ...]:
    """Ids of the paragraphs among which a question for a grade or for areas for improvement is to be settled."""
    keys: list[str] = []
    for document in documents_asked(question, library):
        if Want.GRADE in question.query.wants:
            keys += [entry.paragraph.id for entry in library.judgements[document.id]]
        if Want.AREA_FOR_IMPROVEMENT in question.query.wants:
            keys += [point.id for group in library.points[document.id] for point in group]
    return tuple(dict.fromkeys(keys))


def _areas_for_improvement(question: Question, found: Found, library: Library) -> tuple[Chosen, ...]:
    """All areas for improvement of the section asked about; of the whole report when no section is."""
    if Want.AREA_FOR_IMPROVEMENT not in question.query.wants or question.kind is not QuestionKind.LIST:
        return ()
    chosen: list[Chosen] = []
    for document in documents_asked(question, library):
        groups = [group for group in library.points[document.id] if len(group) <= LIST_LENGTH]
        if not groups:
            continue
        if not _section_words(question):
            chosen += [_whole(point, library) for group in groups for point in group]
            continue
        best = max(groups, key=lambda group: max(found.closeness.get(point.id, 0.0) for point in group))
        chosen += [_whole(point, library) for point in best]
    return in_date_order(chosen) if len(chosen) <= LIST_LENGTH else ()


def _section_words(question: Question) -> set[str]:
    """Content words of the question that do more than ask for areas for improvement."""
    general = set(content_stems("areas for improvement AFI AFIs improve list identified set give given made there all many say"))
    return set(content_stems(question.query.subject)) - general


def _clearest(entries: Sequence[Judgement]) -> list[Judgement]:
    """One entry for each area: its sentence rather than the grade alone; table rows only where there is no sentence."""
    sentences = [entry for entry in entries if entry.paragraph.kind is not Kind.TABLE_ROW and not is_grade(entry.paragraph.text)]
    covered = {entry.area for entry in sentences}
    alone = [entry for entry in entries if is_grade(entry.paragraph.text) and entry.area not in covered]
    kept = sentences + alone or list(entries)
    return list({entry.paragraph.id: entry for entry in kept}.values())


def _one_grade(
    question: Question, found: Found, documents: Sequence[Document], library: Library
) -> tuple[Chosen, ...]:
    """The judgement of these documents whose section and words are closest to the question; empty when there is none."""
    entries = [entry for document in documents for entry in library.judgements[document.id]]
    if _OVERALL.search(question.query.text):
        entries = [entry for entry in entries if not entry.area or _OVERALL.search(entry.area)]
    known = [entry for entry in entries if entry.paragraph.id in found.closeness]
    if not known:
        return ()
    nearest = max(known, key=lambda entry: found.closeness[entry.paragraph.id])
    same = [e for e in entries if e.area == nearest.area and e.document.id == nearest.document.id]
    best = _clearest(same)[0].paragraph
    first = sentence_spans(best.text)[0]
    span = first if len(best.text.split()) > ANSWER_WORDS else (0, len(best.text))
    return (Chosen(best, nearest.document, (span,)),)


def _by_report(
    question: Question, expected: Expectation, found: Found, library: Library, rarity: Mapping[str, float]
) -> tuple[Chosen, ...]:
    """The best of each report asked about, and what the reports say on comparing when grades are compared."""
    chosen: list[Chosen] = []
    for hits, period in zip(found.by_period, question.periods, strict=True):
        if not hits:
            continue
        best: tuple[Chosen, ...] = ()
        if question.compares_grades or Want.GRADE in question.query.wants:
            graded = [document for document in library.documents if document.id in period and library.judgements[document.id]]
            best = _one_grade(question, found, graded, library)
        scored = score_sentences(question, expected, hits, rarity)
        chosen += best or (_excerpt(hits[0], scored, PERIOD_WORDS, library),)
    if question.compares_grades:
        return _with_comparability(tuple(chosen), library)
    return in_date_order(chosen)


def _with_comparability(chosen: Sequence[Chosen], library: Library) -> tuple[Chosen, ...]:
    """Add the latest report's own note that its grades cannot be compared, when the answer rests on that report."""
    kept = list(chosen)
    for document in sorted({item.document.id: item.document for item in chosen}.values(), key=_date, reverse=True):
        notes = [note for note in library.comparability[document.id] if all(note.id != item.paragraph.id for item in kept)]
        if notes:
            kept.append(_comparability_quote(notes[0], document))
            break
    return in_date_order(kept)


def _comparability_quote(note: Paragraph, document: Document) -> Chosen:
    spans = [span for span in sentence_spans(note.text) if re.search(r"compar", note.text[slice(*span)], re.I)]
    return Chosen(note, document, merge_spans(note.text, spans[:1] or [(0, len(note.text))]))


def in_date_order(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """By date of the document, the order within each document kept as it is."""
    return tuple(sorted(chosen, key=lambda item: (_date(item.document), item.document.id)))


def _date(document: Document) -> str:
    return document.metadata.date or document.metadata.period or ""
