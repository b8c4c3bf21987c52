"""Grades: settled from what is known of the documents, not by search alone.

Owns which document and area a question for a grade is about. Leaves the entries themselves to `ingest.register`, and
grades of several inspections to `grade_history`.
"""

import re
from collections.abc import Sequence

from assistant.holdings import Holdings
from assistant.question import Question
from assistant.selection import Chosen, Found, date_of, in_date_order, whole
from index.query import Want
from index.tokens import content_stems
from ingest.areas import is_overall as is_overall_name
from ingest.document import Document, Kind
from ingest.grades import is_grade
from ingest.register import NOT_YET_INSPECTED, Judgement, grade_in
from ingest.sentences import sentence_spans

_OVERALL = re.compile(r"\boverall\b|\bheadline\b|\bas a whole\b|\bsingle grade\b", re.I)
_SET = re.compile(
    r"\bwhich\b.*\b(?:areas?|sections?|parts?|questions?|ones?|things?|bits?)\b|\bwhat\b.*\b(?:areas|sections|parts|questions)\b|\banything\b|\bhow many areas\b|"
    r"^\W*(?:so |and )?what (?:did|does|do|was|were|is|has|have) (?:\w+ ){1,4}?(?:get|got|given|graded|rated|judged)\b",
    re.I,
)
# "Which areas weren't given a grade?"
_BLANK = re.compile(
    r"\b(?:not|without|no|n['’]?t|yet to be)\b[^?.]{0,20}\b(?:grad|judged|rated|mark|inspected)|n['’]t[^?.]{0,20}\b(?:grad|judged|rated|marked|inspected)|"
    r"\b(?:ungraded|unmarked)\b",
    re.I,
)
GRADE_WORDS = 80  # of a longer judgement only one sentence is quoted
# How near a question must be to the area that answers it. Of 17 questions for one grade, dev and check, the area is right
# for 14 with these weights and for 13 without them. Right ones on dev lie at 0.54 or above; the one wrong at 0.47.
VOTE_WEIGHT = 0.2  # of the share of what was found, by score, that stands in the area's section
NAME_WEIGHT = 0.2  # of the share of the question's words that the area's names hold
NEAR_ENOUGH = 0.5
CLEAR_LEAD = 0.12  # over the next area, which makes a less near one the answer; not tuned
_PRESUPPOSES = re.compile(
    r"^\W*(?:so |and |but )?(?:why|how come|when|who)\b.*\b(?:grad|rat|judg|mark|scor|gett?|gave|give|got)\w*\b", re.I
)
# "How good is the force at ...": its grade says so, though no grade is named in the question.
_HOW_GOOD = re.compile(
    r"^\W*(?:so |and )?how (?:well|good|effective(?:ly)?|efficient(?:ly)?) (?:is|was|are|were|do|does|did) (?:the (?:force|service)|we|they|it)\b",
    re.I,
)
HOW_GOOD_NEAR = 0.6  # nearness of an area whose grade then answers; not tuned, no dev question has this form
_HISTORY = re.compile(
    r"\bchang(?:e|ed|es|ing)\b|\bover (?:time|the years)\b|\bhistory\b|\b(?:each|every) (?:inspection|report|time)\b|\btrend\b|"
    r"\b(?:improved|worsened|slipped|risen|fallen|moved)\b|\bgone (?:up|down)\b|\b(?:got(?:ten)?|getting) (?:any )?(?:better|worse)\b|\ball (?:the )?(?:inspections|reports)\b",
    re.I,
)
MOST_POINTS = 12  # areas for improvement; more are no answer to read out


def set_of_grades(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """For "which areas were ...": every area of the report asked about, or the newest, that has that grade; all of its
    grades when none has it, so that readers see it for themselves."""
    wanted = grades_wanted(question)
    if not wanted:
        return ()
    documents = documents_asked(question, holdings)
    judged = [entry for document in documents for entry in holdings.judgements[document.id]]
    entries = [entry for entry in judged if entry.grade in wanted] or judged
    if len(clearest(entries)) > MOST_POINTS:
        return ()
    return in_date_order([whole(entry.paragraph, entry.document) for entry in clearest(entries)])


def without_grade(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """A note when a set of areas with a grade is asked for and no judgement of the report has that grade."""
    wanted = grades_wanted(question)
    grades = {
        entry.grade for document in documents_asked(question, holdings) for entry in holdings.judgements[document.id]
    }
    return (f"None of the grades found is “{wanted[0]}”.",) if wanted and grades and not grades & set(wanted) else ()


def grades_wanted(question: Question) -> tuple[str, ...]:
    """The grade of which every area is asked for; for "which got none?" what stands in a grade's place. Empty when no
    set of areas is asked for."""
    text = question.query.text
    if Want.GRADE not in question.query.wants or not _SET.search(text):
        return ()
    if _BLANK.search(text):
        return ("ungraded", NOT_YET_INSPECTED)
    wanted = grade_in(question.query.subject)
    return (wanted,) if wanted else ()


def documents_asked(question: Question, holdings: Holdings) -> tuple[Document, ...]:
    """The documents of the periods asked about that give grades; of the newest inspection when no year is asked about."""
    asked = question.in_periods
    graded = [document for document in holdings.documents if holdings.judgements[document.id]]
    within = tuple(document for document in graded if document.id in asked)
    if within or question.query.years:
        return within
    newest = max((date_of(document) for document in graded), default="")
    return tuple(document for document in graded if date_of(document) == newest)


def structured(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """Ids of the paragraphs among which a question for a grade or for areas for improvement is to be settled."""
    keys: list[str] = []
    documents = holdings.documents if asks_history(question) else documents_asked(question, holdings)
    for document in documents:
        if Want.GRADE in question.query.wants or asks_how_good(question):
            keys += [entry.paragraph.id for entry in holdings.judgements[document.id]]
        if Want.AREA_FOR_IMPROVEMENT in question.query.wants:
            keys += [point.id for group in holdings.points[document.id] for point in group]
    return tuple(dict.fromkeys(keys))


def clearest(entries: Sequence[Judgement]) -> list[Judgement]:
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
    same = [entry for entry in entries if (entry.document.id, entry.area) == nearest]
    if not is_near and not _is_named(same[0], question):
        return ()
    return (judged_in(clearest(same)[0]),)


def _is_named(entry: Judgement, question: Question) -> bool:
    """Whether all words of the area's name, or of another name it has, stand in the question."""
    asked = set(content_stems(question.query.text))
    names = (set(content_stems(name)) for name in (entry.area, *entry.aliases))
    return any(len(name) > 1 and name <= asked for name in names)


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


def asks_history(question: Question) -> bool:
    """Whether the grades of one area in all inspections are asked for, though no two periods are named."""
    return (
        Want.GRADE in question.query.wants
        and len(question.periods) < 2
        and _HISTORY.search(question.query.text) is not None
    )


def judged_in(entry: Judgement) -> Chosen:
    """The judgement's paragraph; of a long one only the sentence that gives the grade, its first when none does."""
    text = entry.paragraph.text
    if len(text.split()) <= GRADE_WORDS:
        return whole(entry.paragraph, entry.document)
    spans = sentence_spans(text)
    giving = [span for span in spans if grade_in(text[slice(*span)]) == entry.grade]
    own = giving[-1:] if giving and grade_in(text[slice(*spans[0])]) != entry.grade else spans[:1]
    return Chosen(entry.paragraph, entry.document, tuple(own))


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
