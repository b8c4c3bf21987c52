"""When a question is refused: another body, another period, a forecast or advice; and whether evidence is about what
was asked.

Owns the rules. Leaves whether the paragraphs answer the question to `answerable`.
"""

import re
from collections.abc import Sequence

from assistant.answer import Reason
from assistant.bodies import loaded_bodies
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.reference import REPORT_YEAR, years_in, years_said
from assistant.render import describe_document
from assistant.selection import Chosen, Found, Shortfall
from index.query import Want
from ingest.document import Document, DocumentKind
from ingest.sentences import sentence_spans

# The body inspected is asked about beside the other, or the other (#) is who did something with it or to it.
_HAS_PARTNER = re.compile(
    r"\b(?:the force|we|us|our|they|alliance)\b|\b(?:with|by|from|between|and|than)\s+(?:the\s+)?#", re.I
)
_OPINION = re.compile(
    r"^\W*(?:so )?(?:will|(?:what |which |how |who )?(?:\w+ )?should (?:the panel|we|i|members|councillors))\b|"
    r"\b(?:do|would) you (?:reckon|think|say|believe)\b|\byour (?:view|opinion)\b",
    re.I,
)
_INSPECTED = re.compile(
    r"\b(?:inspect\w*|reports?|reported|found|graded?|grading|judged|assess\w*|recommend\w*|review\w*|improvement|HMIC\w*|PEEL|we)\b",
    re.I,
)
SPEAKS_OF = 3  # of the best paragraphs, in which a report that is not held may be spoken of; not tuned


def other_body(question: Question, found: Found) -> Shortfall | None:
    """Refuse when another force or service is asked about, unless the best paragraph names it; never answer with a
    grade for it, for no loaded document inspects it."""
    if not question.other_bodies:
        return None
    best = found.hits[0].paragraph.text.lower()
    is_named = all(name.lower() in best for name in question.others_as_written)
    if is_named and Want.GRADE not in question.query.wants:
        return None
    loaded = loaded_bodies(tuple({hit.document.id: hit.document for hit in found.hits}.values()))
    return _about_other(question, loaded)


def unknown_name(question: Question) -> Shortfall | None:
    """Refuse a question about somebody or somewhere that no loaded document mentions."""
    if not question.unknown_names:
        return None
    names = " or ".join(f"“{name}”" for name in question.unknown_names)
    return Shortfall(Reason.NOT_ANSWERED, f"None of the documents here mentions {names}.")


def opinion(question: Question) -> Shortfall | None:
    """Refuse to forecast or to advise: documents record what was found."""
    asked = _OPINION.search(question.query.text)
    # "Will it come out in June 2019?": planned then, and reported.
    if asked is None or (asked.group().lower().endswith("will") and question.query.years):
        return None
    return Shortfall(
        Reason.NOT_ANSWERED, "The documents record what was found. They make no forecasts and give no advice."
    )


def other_period(question: Question, found: Found, holdings: Holdings) -> Shortfall | None:
    """Refuse when the only reports asked about are not held, or the only years asked about are of no document, unless
    the paragraphs found name that year. `holdings` are those of the body asked about."""
    asked = [years_in(match[1] or match[2]) for match in REPORT_YEAR.finditer(question.query.text)]
    about = f" on {' and '.join(question.bodies)}" if question.bodies else ""
    if (
        asked
        and not any(years <= held for years in asked for held in holdings.inspections)
        and not question.query.documents
    ):
        years = frozenset(year for each in asked for year in each)
        is_grade = Want.GRADE in question.query.wants
        near = [
            years_in(sentence) if is_grade else years_said(sentence, hit.document)
            for hit in found.hits[:SPEAKS_OF]
            for sentence in _on_inspecting(hit.paragraph.text)
        ]
        if not any(each <= said for each in asked for said in near):
            return Shortfall(
                Reason.OTHER_PERIOD,
                f"There is no inspection report of {_spell(years)}{about} among the documents here. {_held(holdings)}",
            )
    near_years = frozenset(
        year for hit in found.hits[:SPEAKS_OF] for year in years_said(hit.paragraph.text, hit.document)
    )
    if question.unknown_years and not question.query.years & holdings.years and not question.unknown_years & near_years:
        return Shortfall(
            Reason.OTHER_PERIOD,
            f"None of the documents{about} is from {_spell(question.unknown_years)}, and none was found to speak of it. {_held(holdings)}",
        )
    return None


def _on_inspecting(text: str) -> list[str]:
    """The sentences that can speak of an inspection: "in 2010 a new priority was set" tells of no report of 2010."""
    sentences = (text[start:end] for start, end in sentence_spans(text))
    return [sentence for sentence in sentences if _INSPECTED.search(sentence)]


# --- of what was chosen -----------------------------------------------------------------------------------------------


def about_another(question: Question, chosen: Sequence[Chosen]) -> Shortfall | None:
    """Refuse when a body that no document inspects is asked about and the words to be quoted do not speak of it.

    A body that is only a partner in the question ("reviewed by Eastvale Police") has to be named in them. One that is
    the question's subject has to be a sentence's subject too, or else a sentence on the body inspected that mentions
    the other in passing would be passed off as being about the other.
    """
    sentences = [
        item.paragraph.text[start:end][first:last].lower()
        for item in chosen
        for start, end in item.spans
        for first, last in sentence_spans(item.paragraph.text[start:end])
    ]
    for name in question.others_as_written:
        is_subject = not question.bodies and not _HAS_PARTNER.search(question.query.text.replace(name, "#"))
        places = [sentence.find(name.lower()) for sentence in sentences]
        if not any(place == 0 or (place > 0 and not is_subject) for place in places):
            return _about_other(question, loaded_bodies([item.document for item in chosen]))
    return None


def is_of_other_period(question: Question, chosen: Sequence[Chosen]) -> bool:
    """Whether years are asked about and no chosen paragraph is of one of them, or names one.

    A grade is of the year of its inspection: a panel paper of a later year that repeats it is not a grade of that year.
    Of the 425 gold questions no answerable one of the dev half has all its evidence in other years.
    """
    asked = question.query.years
    is_grade = Want.GRADE in question.query.wants
    return bool(asked) and not any(asked & _years_of(item, is_grade) for item in chosen)


def nothing_in(what: str, chosen: Sequence[Chosen]) -> Shortfall:
    """The refusal that says what was asked for, and which documents speak of the subject instead.

    Args:
        what: a year, or the question's own words for a report, with or without their article.
    """
    names = list(dict.fromkeys(describe_document(item.document) for item in chosen))
    is_name = re.match(r"(?:the|PEEL)\b|[\d /–-]+(?: or [\d ]+)*$", what) is not None
    said = what if is_name else f"the {what}"
    where = "from" if what[:1].isdigit() and is_name else "in"
    return Shortfall(
        Reason.OTHER_PERIOD,
        f"Nothing {where} {said} answers this. The nearest paragraphs are in {_joined(names)}; they are no answer for {said}.",
    )


def spelled_years(question: Question) -> str:
    return _spell(question.query.years)


def _years_of(item: Chosen, is_grade: bool) -> frozenset[int]:
    paragraph, metadata = item.paragraph, item.document.metadata
    said = years_said(" ".join([paragraph.text, *paragraph.headings, paragraph.dated or ""]), item.document)
    if is_grade and metadata.kind in (DocumentKind.PANEL_PAPER, DocumentKind.OTHER):
        return years_in(paragraph.text) | years_in(metadata.period or "")
    return said | metadata.years


def _about_other(question: Question, loaded: Sequence[str]) -> Shortfall:
    held = f" The documents here are about {_joined(loaded)}." if loaded else ""
    which = "that body" if len(question.other_bodies) == 1 else "those bodies"
    return Shortfall(
        Reason.OTHER_BODY,
        f"The question is about {_joined(question.other_bodies)}. None of the documents here is an inspection of {which}.{held}",
    )


def _held(holdings: Holdings) -> str:
    names = dict.fromkeys(describe_document(document) for document in _oldest_first(holdings.documents))
    return (
        f"The documents here are: {'; '.join(names)}."
        if len(names) > 1
        else f"The only one here is {next(iter(names))}."
    )


def _oldest_first(documents: Sequence[Document]) -> list[Document]:
    return sorted(documents, key=lambda item: (item.metadata.date or item.metadata.period or "", item.id))


def _joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _spell(years: frozenset[int]) -> str:
    return " or ".join(str(year) for year in sorted(years))
