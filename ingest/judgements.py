"""Grades that a document gives, and its notes on comparing them.

Owns finding them among the paragraphs of one document. Leaves putting several documents together to `register`.
"""

import re

from ingest.areas import area_of, ungraded_area
from ingest.document import Document, DocumentKind, Kind, Paragraph
from ingest.entries import Judgement
from ingest.grades import GRADES, is_grade
from ingest.sections import is_label, is_sentence
from ingest.sentences import sentences

_GRADE_WORD = re.compile(
    r"\b(?:(outstanding)|(?<!not )(?<!how )(good)|(inadequate)|(adequate)|(requir(?:es?|ing) improvement)|(ungraded|not graded|don['’]t make a graded))\b",
    re.I,
)
_ORDER = ("outstanding", "good", "inadequate", "adequate", "requires improvement", "ungraded")
_PERIOD_HEAD = re.compile(r"^(?:(?:grade|rating|judge?ment|inspection)s? (?:in )?)?((?:19|20)\d\d(?:/\d{2,4})?)$", re.I)
NOT_YET_INSPECTED = "not yet inspected"
_NOT_YET = re.compile(
    r"\binspection\b[^.]{0,60}\b(?:hasn['’]t|has not)(?: yet)? been (?:completed|published)|\bnot yet (?:been )?inspected\b",
    re.I,
)
_UNGRADED = re.compile(
    r"\b(?:this|our) (?:assessment|area|question|section|inspection) (?:is|was) (?:ungraded|not graded)\b"
    r"|\b(?:do not|don['’]t|did not|didn['’]t) (?:make|give|award) (?:a |any )?(?:graded judge?ment|grade)s?\b",
    re.I,
)
_NOT_COMPARABLE = re.compile(
    r"\b(?:isn['’]t|is not|not|cannot|can['’]t|no)\b[^.]{0,60}\b(?:compar\w+)\b|\bcompar\w+[^.]{0,30}\b(?:is|are) not possible\b",
    re.I,
)
_JUDGED = re.compile(r"\b(?:grad\w+|judg\w+|assessed|rat(?:ed|ing))\b", re.I)
_EARLIER = re.compile(
    r"\blast year['’]?s?\b|\b[Ii]n (?:our |HMIC(?:FRS)?['’]s )?(?P<year>(?:19|20)\d\d)\b(?= [\w ]{0,25}\binspection\b)"
    r"|\binspection in (?P<after>(?:19|20)\d\d)\b"
)
_GRADES_THE_BODY = re.compile(
    r"(?:[A-Z][\w’'-]+ ){1,5}?(?:Police|Constabulary|Service)(?:['’]s approach to [\w ,-]{4,80}?)? "
    r"(?P<grade>(?:is|was) (?:outstanding|good|adequate|inadequate)|requires improvement) (?:at|in) "
)
# "... This is an area that requires improvement." closes a paragraph on one area of a summary.
_IS_AN_AREA = re.compile(r"\b[Tt]his is an area (?:that|which|where [\w ]{3,40}) (?P<grade>requires improvement)\.$")
# "... so overall the force requires improvement." closes a paragraph that weighs one thing against another.
_CLOSES = re.compile(
    r"\boverall,? (?:the (?:force|service|constabulary|unit|council)|(?:[A-Z][\w’'-]+ ){1,5}?(?:Police|Constabulary|Service)) "
    r"(?P<grade>(?:is|was) (?:outstanding|good|adequate|inadequate)|requires improvement)\.$"
)
_GRADE_FOR = re.compile(r"\b(?:rating|grad(?:e|ing)|judge?ment)s? for (?P<area>[\w ,’'-]{4,80}?)(?= \(|[,.;]|$)")
_QUOTED_GRADE = re.compile(
    rf"(?:['‘“](?P<area>[^'‘’“”]{{4,80}})['’”][^'‘’“”]{{0,30}})?['‘“](?P<grade>{'|'.join(GRADES)})['’”]", re.I
)
_GRADED = re.compile(r"\b(?:grad\w+|judg\w+|PEEL|year-on-year)\b", re.I)


def grade_in(text: str) -> str | None:
    """The first grade word of a text; None if it has none."""
    match = _GRADE_WORD.search(text)
    return next((_ORDER[place] for place, group in enumerate(match.groups()) if group), None) if match else None


def gives_grade(text: str) -> bool:
    """Whether the text gives a grade, or says that there is none yet."""
    return grade_in(text) is not None or _NOT_YET.search(text) is not None


def judgements(document: Document) -> tuple[Judgement, ...]:
    """Every paragraph of the document that gives a grade, in reading order.

    A grade alone on its line, a sentence that gives a grade, and the paragraph that repeats the grade above it are all
    entries; a table whose columns are grades gives one entry for each area in it.
    """
    found: list[Judgement] = []
    before: Judgement | None = None  # a grade alone on its line, directly above
    sections = _ungraded_sections(document)
    for paragraph in document.citable():
        area = area_of(paragraph.headings)
        first = sentences(paragraph.text)[0]
        grade = NOT_YET_INSPECTED if _NOT_YET.search(first) else grade_in(first)
        if grade is None and _UNGRADED.search(paragraph.text):
            area_left_out = ungraded_area(paragraph, sections)
            if area_left_out is not None:
                found.append(Judgement(document, area_left_out, "ungraded", paragraph))
        elif paragraph.kind is Kind.TABLE_ROW:
            found += _from_row(document, paragraph)
        elif grade and (
            grade == NOT_YET_INSPECTED or paragraph.kind is Kind.GRADE or (before is not None and before.grade == grade)
        ):
            found.append(Judgement(document, area, grade, paragraph))
        before = found[-1] if found and found[-1].paragraph is paragraph and is_grade(paragraph.text) else None
    return tuple(found)


def _ungraded_sections(document: Document) -> dict[str, str]:
    """Sections that say of themselves that they are not graded, each with its area; where none does, all sections."""
    own = [part for part in document.citable() if _UNGRADED.search(part.text) and area_of(part.headings)]
    named = {
        heading: area_of(part.headings)
        for part in own or document.citable()
        for heading in part.headings
        if not is_label(heading) and not is_sentence(heading)
    }
    return {heading: area for heading, area in named.items() if area and (own or area == heading)}


def _from_row(document: Document, paragraph: Paragraph) -> list[Judgement]:
    head, _, cells = paragraph.own_text.partition(": ")
    if head.casefold() in GRADES and cells:
        return [Judgement(document, area.strip(), head.casefold(), paragraph) for area in cells.split(";")]
    pairs = [pair.split(": ", 1) for pair in paragraph.own_text.split("; ") if ": " in pair]
    grades = [value for _, value in pairs if is_grade(value)]
    dated = [(_PERIOD_HEAD.match(head), value) for head, value in pairs if is_grade(value)]
    if len(pairs) > len(dated) > 1 and all(match for match, _ in dated):  # a column for each inspection
        area = next(value.strip() for _, value in pairs if not is_grade(value))
        return [
            Judgement(document, area, value.strip().casefold(), paragraph, of_period=match[1])
            for match, value in dated
            if match
        ]
    if len(pairs) >= 2 and len(grades) == 1:
        names = [value.strip() for _, value in pairs if not is_grade(value)]
        area = next((name for name in names if not name.isdigit()), names[0])  # a column may number the areas
        return [Judgement(document, area, grades[0].casefold(), paragraph)]
    return []


def comparability_notes(document: Document) -> tuple[Paragraph, ...]:
    """Paragraphs in which the document itself says that its grades cannot be compared with others, in reading order."""
    return tuple(
        paragraph
        for paragraph in document.citable()
        if _NOT_COMPARABLE.search(paragraph.text)
        and _GRADED.search(paragraph.text)
        and paragraph.kind is not Kind.FOOTNOTE
    )


def reported_judgements(document: Document) -> tuple[Judgement, ...]:
    """Grades that the document tells of an earlier inspection or of somebody else's, in reading order.

    An inspection report names the year, or says "last year"; a paper of somebody else also quotes grades in quotation
    marks. The area is the name in quotation marks before the grade, else the section.
    """
    is_report = document.metadata.kind is DocumentKind.INSPECTION_REPORT
    found: list[Judgement] = []
    for paragraph in document.citable():
        if paragraph.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE):
            continue
        for sentence in sentences(paragraph.text):
            if not _JUDGED.search(sentence):
                continue
            if not is_report:
                quoted = _QUOTED_GRADE.finditer(sentence)
                found += (Judgement(document, m["area"] or "", m["grade"].lower(), paragraph) for m in quoted)
            earlier = _EARLIER.search(sentence)
            grade = grade_in(sentence[earlier.end() :]) if earlier else None
            if earlier and grade and not _QUOTED_GRADE.search(sentence):
                area = area_of(paragraph.headings)
                named = _GRADE_FOR.search(sentence, earlier.end())
                area = named["area"] if named else area
                year = earlier["year"] or earlier["after"] or _year_before(document) if is_report else None
                found.append(Judgement(document, area, grade, paragraph, of_period=year))
    return tuple(found)


def stated_judgements(document: Document) -> tuple[Judgement, ...]:
    """Paragraphs that open or close by grading the body in words, apart from those that `judgements` has."""
    known = {judgement.paragraph.id for judgement in judgements(document)}
    found = []
    for paragraph in document.citable():
        text = paragraph.text
        opening = _GRADES_THE_BODY.match(text) or _CLOSES.search(text) or _IS_AN_AREA.search(text)
        if opening and paragraph.id not in known and paragraph.kind is Kind.FINDING:
            area = area_of(paragraph.headings)
            found.append(Judgement(document, area, grade_in(opening["grade"]) or "", paragraph))
    return tuple(found)


def _year_before(document: Document) -> str | None:
    period = document.metadata.period
    return str(int(period[:4]) - 1) if period else None
