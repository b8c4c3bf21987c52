"""Names of the areas that inspections grade, and which of them mean one area.

Owns comparing names within a document and across documents. Leaves finding the grades to `judgements`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.document import Document, Kind, Paragraph
from ingest.entries import Judgement
from ingest.grades import is_grade
from ingest.sections import is_label
from ingest.sentences import sentences

SHARED = 0.6  # share of the shorter name's words that the other has too. 0.5 joins "investigating crime" with "organised crime"
STEM = 5  # letters by which words are compared: "treating" and "treatment" are one
_QUESTION = re.compile(
    r"^how (?:effective(?:ly)?|efficient(?:ly)?|well|good|legitimate(?:ly)?) (?:is|are|does|do) the (?:force|service)(?:[’']s)?(?: at)? ",
    re.I,
)
_OVERALL = re.compile(r"^(?:overall\b.*|summary|.* overall)?$", re.I)
# Headings that name a part of a report and nothing that could be graded.
_OF_A_PART = re.compile(
    r"^(?:(?:our|the|these|executive|main|key|summary of) )*(?:judge?ments?|grades?|gradings?|ratings?|summary|overview|findings|conclusions?"
    r"|introduction|assessments?|results?|at a glance|observations)(?: (?:of (?:the|this) inspection|at a glance|and (?:grades|findings|judge?ments)))?$"
    r"|^overview\b",
    re.I,
)
_THIS_AREA = re.compile(r"\b(?:in|for|of) this (?:\w+ )?(?:area|question|section)\b", re.I)
FEWEST_SHARED = 2  # words of a section's name that a sentence on "this area" has to repeat. Not tuned
_EMPTY = frozenset(
    [
        "and",
        "the",
        "with",
        "its",
        "their",
        "those",
        "who",
        "are",
        "from",
        "for",
        "how",
        "good",
        "well",
        "force",
        "service",
        "people",
    ]
)
_SUBJECT = re.compile(r"\b(?:at|in|of) (?P<area>[a-z][\w ,’'-]{4,80}?)(?:\.|, (?:but|and|which|including)\b|$)")
_GRADED_AT = re.compile(rf"\b(?:outstanding|good|inadequate|adequate|improvement) {_SUBJECT.pattern[2:]}")
_APPROACH = re.compile(r"\bapproach to (?P<area>[\w ,-]{4,80}?) (?:is|was|requires)\b")


def is_overall(area: str) -> bool:
    """Whether the name stands for the whole inspection."""
    return _OVERALL.match(area.strip()) is not None


def area_of(headings: Sequence[str]) -> str:
    """The area that a section path names: its innermost heading that names a subject; empty where none does."""
    named = (text for text in reversed(headings) if not is_label(text) and not _OF_A_PART.match(text))
    area = next(named, "")
    return "" if is_overall(area) else area


def ungraded_area(paragraph: Paragraph, sections: Mapping[str, str]) -> str | None:
    """The area that a statement such as "we do not grade this area" leaves out; empty where it is the whole inspection.

    Below a heading that names no area it is the area of the section of whose name the statement repeats most words; None
    where it repeats too few of any. `sections` are names of sections with the area that each is.
    """
    area = area_of(paragraph.headings)
    if area or not _THIS_AREA.search(paragraph.text):
        return area
    spoken = _words(paragraph.text)
    best = max(sections, key=lambda name: len(_words(name) & spoken), default="")
    return sections[best] if best and len(_words(best) & spoken) >= FEWEST_SHARED else None


def whole_area(judgements: Sequence[Judgement]) -> str | None:
    """The area of one document that stands for all of them though its name does not say so; None where none does.

    It is the one judged first, in words rather than in a table, when most words of its name make up another's: "keeping
    people safe and reducing crime" before "preventing crime ... and keeping people safe".
    """
    named = [judgement.area for judgement in judgements if not _is_row(judgement) and judgement.of_period is None]
    if not named or any(is_overall(judgement.area) for judgement in judgements):
        return None
    words = _words(named[0])
    held = max((len(words & _words(area)) for area in named if area != named[0]), default=0)
    return named[0] if 2 * held > len(words) else None


@lru_cache(maxsize=100_000)  # with 200 reports every pair of names is asked for thousands of times
def is_same_area(first: str, second: str) -> bool:
    """Whether two names mean one area: both the whole inspection, or most words of the shorter name in the other."""
    if is_overall(first) or is_overall(second):
        return is_overall(first) and is_overall(second)
    mine, theirs = _words(first), _words(second)
    shorter = min(len(mine), len(theirs))
    return shorter > 0 and len(mine & theirs) >= SHARED * shorter


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    own = _QUESTION.sub("", name).lower().replace("anti-social", "antisocial")
    return frozenset(word[:STEM] for word in re.findall(r"[a-z]{3,}", own) if word not in _EMPTY)


def with_aliases(found: Sequence[Judgement]) -> list[Judgement]:
    """The judgements, each with the other names of its area: in its own document, then in other documents."""
    found = [_in_its_area(judgement, found) for judgement in found]
    wholes = {(each.document.id, whole_area([o for o in found if o.document.id == each.document.id])) for each in found}
    own = {id(judgement): _own_names(judgement, found) for judgement in found}
    named = []
    for judgement in found:
        names = (judgement.area, *own[id(judgement)])
        others = [
            other.area
            for other in found
            if other.document.id != judgement.document.id
            and (other.document.id, other.area) not in wholes
            and any(is_same_area(name, other.area) for name in names)
        ]
        aliases = {name.casefold(): name for name in reversed((*names[1:], *others)) if name}
        aliases.pop(judgement.area.casefold(), None)
        named.append(replace(judgement, aliases=tuple(reversed(aliases.values()))))
    return named


def _in_its_area(judgement: Judgement, found: Sequence[Judgement]) -> Judgement:
    """A sentence of a summary that grades one area, under that area's name."""
    areas = named_areas(judgement.document, found)
    if not is_overall(judgement.area) or is_grade(judgement.paragraph.text):
        return judgement
    area = area_named_in(judgement.paragraph.text, areas)
    return replace(judgement, area=area) if area else judgement


def area_named_in(text: str, areas: Sequence[str]) -> str | None:
    """The area that the first sentence of a text grades, unless it speaks of the whole: "Overall, the force ..."."""
    first = sentences(text)[0]
    subject = _SUBJECT.search(first) or _APPROACH.search(first)
    if subject is None or re.match(r"overall\b", first, re.I):
        return None
    return next((area for area in areas if not is_overall(area) and is_same_area(area, subject["area"])), None)


def _own_names(judgement: Judgement, found: Sequence[Judgement]) -> tuple[str, ...]:
    """What the same document calls the area elsewhere: in its grade table, its section, and its sentence of judgement."""
    if is_overall(judgement.area):
        return ()
    here = [other for other in found if other.document.id == judgement.document.id]
    in_table = {other.area for other in here if _is_row(other) and other.grade == judgement.grade}
    in_text = {
        other.area
        for other in here
        if not _is_row(other) and other.grade == judgement.grade and not is_overall(other.area)
    }
    partner = _partner(
        judgement.area, in_text if _is_row(judgement) else in_table, in_table if _is_row(judgement) else in_text
    )
    names = [partner] if partner else []
    for other in here:
        if other.area in (judgement.area, partner) and not _is_row(other):
            subject = _GRADED_AT.search(sentences(other.paragraph.text)[0])
            if subject and other.paragraph.kind is Kind.GRADE:
                names.append(subject["area"])
    return tuple(dict.fromkeys(name for name in names if name != judgement.area))


def _partner(area: str, others: set[str], rivals: set[str]) -> str | None:
    """The name on the other side that means this area; the only one left when all others have their partner."""
    alike = [name for name in sorted(others) if is_same_area(area, name)]
    if alike:
        return max(alike, key=lambda name: (name == area, len(_words(area) & _words(name))))
    left = [name for name in others if not any(is_same_area(name, rival) for rival in rivals)]
    open_rivals = [rival for rival in rivals if not any(is_same_area(rival, name) for name in others)]
    return left[0] if len(left) == 1 and open_rivals == [area] else None


def _is_row(judgement: Judgement) -> bool:
    return judgement.paragraph.kind is Kind.TABLE_ROW


def notes_for(judgement: Judgement, notes: Sequence[Paragraph], areas: Sequence[str]) -> tuple[Paragraph, ...]:
    """The notes on comparing grades that hold for the judgement: those of its own area, and those of no area at all."""
    own = (judgement.area, *judgement.aliases)
    kept = []
    for note in notes:
        section = area_of(note.headings)
        named = area_named_in(note.text, areas) if is_overall(section) else None
        section = named or section
        is_of_an_area = section in areas
        if not is_of_an_area or any(is_same_area(section, name) for name in own):
            kept.append(note)
    return tuple(kept)


def named_areas(document: Document, found: Sequence[Judgement]) -> tuple[str, ...]:
    """Every area that the document grades, by its own names."""
    return tuple(dict.fromkeys(judgement.area for judgement in found if judgement.document.id == document.id))
