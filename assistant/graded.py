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
from ingest.areas import is_overall as is_overall_name
from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.grades import is_grade
from ingest.register import Judgement, grade_in
from ingest.sections import is_label
from ingest.sentences import sentence_spans

_OVERALL = re.compile(r"\boverall\b|\bheadline\b|\bas a whole\b|\bsingle grade\b", re.I)
_SET = re.compile(
    r"\bwhich\b.*\b(?:areas?|sections?|parts?|questions?|ones?|things?|bits?)\b|\bwhat\b.*\b(?:areas|sections|parts|questions)\b|\banything\b|\bhow many areas\b",
    re.I,
)
_PHRASE = re.compile(r"\b(?:and|or|on|for|about|at|in|under|to|of)\b|[,;:–-]")
_GENERAL = frozenset(
    content_stems("areas for improvement AFI AFIs improve list identified set give given made there all many say")
)
GRADE_WORDS = 80  # a longer judgement is quoted by its first sentence only
# How near a question must be to the area that answers it. Of 17 questions for one grade, dev and check, the area is right
# for 14 with these weights and for 13 without them. Right ones on dev lie at 0.54 or above; the one wrong at 0.47.
VOTE_WEIGHT = 0.2  # of the share of what was found, by score, that stands in the area's section
NAME_WEIGHT = 0.2  # of the share of the question's words that the area's names hold
NEAR_ENOUGH = 0.5
CLEAR_LEAD = 0.12  # over the next area, which makes a less near one the answer; not tuned
_REMAINS = re.compile(
    r"\bremain(?:s|ed|ing)?\b|\bcarried (?:over|forward)\b|\bstill (?:an? )?areas? for improvement\b", re.I
)
_PRESUPPOSES = re.compile(
    r"^\W*(?:so |and |but )?(?:why|how come|when|who)\b.*\b(?:grad|rat|judg|mark|scor|gett?|gave|give|got)\w*\b", re.I
)
# "How good is the force at ...": its grade says so, though no grade is named in the question.
_HOW_GOOD = re.compile(
    r"^\W*(?:so |and )?how (?:well|good|effective(?:ly)?|efficient(?:ly)?) (?:is|was|are|were|do|does|did) (?:the (?:force|service)|we|they|it)\b",
    re.I,
)
HOW_GOOD_NEAR = 0.6  # nearness of an area whose grade then answers; not tuned, no dev question has this form
INSPECTIONS = (DocumentKind.INSPECTION_REPORT, DocumentKind.DIGEST)
_HISTORY = re.compile(
    r"\bchang(?:e|ed|es|ing)\b|\bover (?:time|the years)\b|\bhistory\b|\b(?:each|every) (?:inspection|report|time)\b|\btrend\b|"
    r"\b(?:improved|worsened|slipped|risen|fallen|moved)\b|\bgone (?:up|down)\b|\bgot(?:ten)? (?:any )?(?:better|worse)\b|\ball (?:the )?(?:inspections|reports)\b",
    re.I,
)
MOST_POINTS = 12  # areas for improvement; more are no answer to read out
MOST_OF_REPORT = 24  # ... unless all those of a report are asked for


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
    documents = holdings.documents if _asks_history(question) else documents_asked(question, holdings)
    for document in documents:
        if Want.GRADE in question.query.wants or asks_how_good(question):
            keys += [entry.paragraph.id for entry in holdings.judgements[document.id]]
        if Want.AREA_FOR_IMPROVEMENT in question.query.wants:
            keys += [point.id for group in holdings.points[document.id] for point in group]
    return tuple(dict.fromkeys(keys))


def areas_for_improvement(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """All areas for improvement of the section asked about; of the whole report when no section is."""
    if Want.AREA_FOR_IMPROVEMENT not in question.query.wants:
        return ()
    if _REMAINS.search(question.query.text) and question.kind in (QuestionKind.LIST, QuestionKind.CHANGE):
        return tuple(whole(point, holdings) for point in _remaining(holdings)[:MOST_POINTS])
    if question.kind is not QuestionKind.LIST:
        return ()
    chosen: list[Chosen] = []
    for document in documents_asked(question, holdings):
        if not _section_words(question):
            chosen += [whole(point, holdings) for group in holdings.points[document.id] for point in group]
            continue
        groups = [group for group in holdings.points[document.id] if len(group) <= MOST_POINTS]
        if not groups:
            continue
        near = {group: max(found.closeness.get(point.id, 0.0) for point in group) for group in groups}
        best = max(near.values())
        named = [group for group in groups if near[group] == best or _is_named(group, question)]
        chosen += [whole(point, holdings) for group in named for point in group]
    most = MOST_POINTS if _section_words(question) else MOST_OF_REPORT
    return in_date_order(chosen) if len(chosen) <= most else ()


def _remaining(holdings: Holdings) -> list[Paragraph]:
    """The areas for improvement of the newest report with any that it says remain from an earlier inspection."""
    remaining = [
        (date_of(holdings.document_of[point.id]), point)
        for groups in holdings.points.values()
        for group in groups
        for point in group
        if _REMAINS.search(point.text)
    ]
    newest = max((date for date, _ in remaining), default="")
    return [point for date, point in remaining if date == newest]


def _is_named(group: Sequence[Paragraph], question: Question) -> bool:
    """Whether the heading of these points holds all the words of some phrase of the question ("on preventing crime")."""
    heading = next((text for text in group[0].headings if not is_label(text)), "")
    held = set(content_stems(heading))
    phrases = [set(content_stems(phrase)) - _GENERAL for phrase in _PHRASE.split(question.query.subject)]
    return any(len(phrase) > 1 and phrase <= held for phrase in phrases)


def _section_words(question: Question) -> set[str]:
    """Content words of the question that do more than ask for areas for improvement."""
    return set(content_stems(question.query.subject)) - _GENERAL


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
    """The judgement of these documents whose area is nearest to the question; empty when none is near."""
    entries = [entry for document in documents for entry in holdings.judgements[document.id]]
    # A grade of an earlier inspection that a report looks back on is not its own.
    entries = [entry for entry in entries if entry.of_period is None]
    is_overall = _OVERALL.search(question.query.text) is not None
    if is_overall:
        entries = [entry for entry in entries if any(map(is_overall_name, (entry.area, *entry.aliases)))]
    nearness = _nearness(question, found, entries)
    if not nearness:
        return ()
    ranked = sorted(nearness, key=lambda area: -nearness[area])
    nearest = ranked[0]
    lead = nearness[nearest] - nearness[ranked[1]] if len(ranked) > 1 else 1.0
    if Want.GRADE not in question.query.wants:
        is_near = nearness[nearest] >= HOW_GOOD_NEAR
    else:
        is_near = is_overall or nearness[nearest] >= NEAR_ENOUGH or lead >= CLEAR_LEAD
    if not is_near:
        return ()
    same = [entry for entry in entries if (entry.document.id, entry.area) == nearest]
    return (_first_sentence(_clearest(same)[0]),)


def _nearness(question: Question, found: Found, entries: Sequence[Judgement]) -> dict[tuple[str, str], float]:
    """(document id, area) -> how near the question is to it: in meaning, in what was found, and in words.

    An area that only a table names counts when the question has all the words of its name.
    """
    asked = set(content_stems(" ".join([question.query.text, *question.query.expansions])))
    total = sum(hit.score for hit in found.hits) or 1.0
    near: dict[tuple[str, str], float] = {}
    for entry in entries:
        in_table = entry.paragraph.kind is Kind.TABLE_ROW
        if entry.paragraph.id not in found.closeness or (in_table and not set(content_stems(entry.area)) <= asked):
            continue
        here = [
            hit for hit in found.hits if hit.document.id == entry.document.id and entry.area in hit.paragraph.headings
        ]
        named = set(content_stems(" ".join([entry.area, *entry.aliases])))
        score = (
            found.closeness[entry.paragraph.id]
            + VOTE_WEIGHT * sum(hit.score for hit in here) / total
            + NAME_WEIGHT * len(named & asked) / max(1, len(asked))
        )
        key = (entry.document.id, entry.area)
        near[key] = max(near.get(key, score), score)
    return near


def asks_how_good(question: Question) -> bool:
    """Whether the question asks how well the body inspected does something."""
    return _HOW_GOOD.search(question.query.subject) is not None


def _asks_history(question: Question) -> bool:
    return (
        Want.GRADE in question.query.wants
        and len(question.periods) < 2
        and _HISTORY.search(question.query.text) is not None
    )


def history(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """The grades of one area in every report that gives one, by date, and the latest report's note on comparing them;
    empty when no history is asked for or only one report judges the area."""
    if not _asks_history(question):
        return ()
    nearest = one_grade(question, found, holdings.documents, holdings)
    every = [entry for document in holdings.documents for entry in holdings.judgements[document.id]]
    entry = next((entry for entry in every if nearest and entry.paragraph.id == nearest[0].paragraph.id), None)
    if entry is None:
        return ()
    by_document: dict[str, list[Judgement]] = {}
    for judgement in holdings.register.history(entry.area, entry.body):
        # A paper that repeats the grade of an inspection is no inspection of its own.
        if holdings.holds(judgement.paragraphs) and judgement.document.metadata.kind in INSPECTIONS:
            by_document.setdefault(judgement.document.id, []).append(judgement)
    if len(by_document) < 2:
        return ()
    return with_comparability([_first_sentence(_clearest(same)[0]) for same in by_document.values()], holdings)


def grade_by_period(question: Question, found: Found, holdings: Holdings) -> tuple[tuple[Chosen, ...], ...]:
    """The grade of one area in each of the periods asked about; empty for a period that does not grade that area."""
    asked = frozenset(key for period in question.periods for key in period)
    graded = [document for document in holdings.documents if document.id in asked and holdings.judgements[document.id]]
    nearest = one_grade(question, found, graded, holdings)
    every = [entry for document in graded for entry in holdings.judgements[document.id]]
    entry = next((entry for entry in every if nearest and entry.paragraph.id == nearest[0].paragraph.id), None)
    if entry is None:
        return tuple(() for _ in question.periods)
    same = [item for item in holdings.register.history(entry.area, entry.body) if holdings.holds(item.paragraphs)]
    return tuple(_of_period(period, same, question, found, holdings) for period in question.periods)


def _of_period(
    period: frozenset[str], same: Sequence[Judgement], question: Question, found: Found, holdings: Holdings
) -> tuple[Chosen, ...]:
    """The nearest judgement of the period when it is on the same area, else one on that area with a grade."""
    nearest = one_grade(question, found, [item for item in holdings.documents if item.id in period], holdings)
    if nearest and any(nearest[0].paragraph.id == item.paragraph.id for item in same):
        return nearest
    named = [item for item in same if item.document.id in period and is_grade(item.grade)]
    return tuple(_first_sentence(item) for item in _clearest(named)[:1])


def _first_sentence(entry: Judgement) -> Chosen:
    """The judgement's paragraph, only its first sentence when it is long."""
    text = entry.paragraph.text
    span = sentence_spans(text)[0] if len(text.split()) > GRADE_WORDS else (0, len(text))
    return Chosen(entry.paragraph, entry.document, (span,))


def another_grade(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """The judgement that contradicts the grade which a question takes for granted ("why was X graded good?"); empty when
    it takes none for granted, or the right one."""
    said = grade_in(question.query.subject)
    if not said or not _PRESUPPOSES.search(question.query.text):
        return ()
    chosen = one_grade(question, found, documents_asked(question, holdings), holdings)
    return chosen if chosen and grade_in(chosen[0].paragraph.text) != said else ()


def put_right(question: Question, chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """A note that the question takes another grade for granted than the one found."""
    said, found = grade_in(question.query.subject), grade_in(chosen[0].paragraph.text) if chosen else None
    if not said or not found or said == found or not _PRESUPPOSES.search(question.query.text):
        return ()
    return (f"The question says “{said}”; the report says “{found}”.",)


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
