"""From paragraphs found to the sentences worth answering from, or the reason to refuse.

Owns the rules for each kind of question and every threshold, each with its measurement. Leaves finding to `index`,
scoring sentences to `sentences`, and wording to `composer`.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.answer import Reason
from assistant.answerable import answerable, why_not
from assistant.at_once import answer_part, together, unanswered
from assistant.compare import Spoken, behind, by_report, is_of_now, newest_alone, outdated, silent, superseded
from assistant.excerpt import excerpt
from assistant.expectation import Expectation, Form, expectation, is_met
from assistant.gates import opinion, other_body, other_period, unknown_name
from assistant.grade_history import history, moved, with_comparability
from assistant.graded import (
    another_grade,
    asks_how_good,
    documents_asked,
    one_grade,
    put_right,
    set_of_grades,
    without_grade,
)
from assistant.holdings import Holdings
from assistant.imprint import of_the_document
from assistant.improvements import areas_for_improvement
from assistant.ledger import followed, issued, numbered
from assistant.lists import whole_list
from assistant.premise import mistaken
from assistant.question import Question
from assistant.reasons import NOTE, why_graded
from assistant.replies import answered, answers_by_side, by_status
from assistant.selection import Chosen, Found, Selection, Shortfall, date_of, in_date_order, whole
from assistant.sentences import Sentence, paragraph_score, score_sentences
from assistant.ungraded import ungraded
from assistant.wants import QuestionKind
from index.query import Want
from index.retriever import Hit
from index.tokens import content_stems
from ingest.document import Kind, Paragraph

ANSWER_WORDS = 160  # of one paragraph
DEFINITION_WORDS = 40  # of the paragraph that spells an acronym out; not tuned
SECOND_WORDS = 60  # of a second paragraph; with 45 no question more or fewer is right
# Log odds that a second paragraph may lie behind the first. Grounded answers and citation precision of dev, then of check:
# 0.6: 73.2, 79.1; 65.6, 73.3. 1.2: 73.7, 79.0; 66.7, 73.9. 2: 76.1, 73.5; 66.7, 70.8. 3: 76.1, 65.6; 66.7, 64.8.
SECOND_MARGIN = 1.2
# A second paragraph brought none of these kinds one more right answer of 720; a fact or yes/no question loses without it.
OF_ONE_PARAGRAPH = (QuestionKind.LIST, QuestionKind.NUMBER, QuestionKind.GRADE, QuestionKind.DEFINITION)
ROW_UNASKED = 2.0  # log odds that a row of a table falls behind, of which the question has no word; not tuned
ALIKE = 0.5  # share of the words of two paragraphs that both have, from which one may replace the other; not tuned
ALIKE_AMONG = 4  # of the best paragraphs
NEWER_MARGIN = 2.0  # log odds that a later report may lie behind the earlier one it repeats; not tuned
_FIGURES = re.compile(r"[£\d][\d,.%/]*")


def select(question: Question, found: Found, holdings: Holdings, rarity: Mapping[str, float]) -> Selection | Shortfall:
    """Choose the evidence for a question, or say why there is none."""
    if not found.hits:
        return Shortfall(
            Reason.NOTHING_RELEVANT, "No paragraph of the loaded documents has words or meaning in common with it."
        )
    shortfall = stopped(question, found, holdings)
    if shortfall:
        return shortfall
    notes = (*_notes(question), *without_grade(question, holdings), *mistaken(question, holdings))
    of_itself = of_the_document(question, holdings)
    if of_itself is not None:
        return of_itself if isinstance(of_itself, Shortfall) else Selection(of_itself, notes)
    reasons = why_graded(question, found, holdings)
    if reasons:
        return Selection(reasons, (*notes, NOTE))
    chosen = settled(question, found, holdings)
    if chosen:
        return Selection(chosen, (*notes, *put_right(question, chosen)))
    expected = expectation(question.own or question.query.text)
    sentences = score_sentences(question, expected, found.hits, rarity)
    is_answered = (
        answerable(question, expected, sentences, found.hits, rarity, found.meets)
        or any(
            answer_part(side, hits, rarity, found.meets).excerpt is not None
            for side, hits in zip(question.sides, found.by_period, strict=True)
            if side.own
        )
        or any(answers_by_side(question, found, holdings))
    )
    chosen = _choose(question, expected, found, sentences, holdings, rarity) if is_answered else ()
    parts = [
        answer_part(each, hits, rarity, found.meets) for each, hits in zip(question.parts, found.by_part, strict=True)
    ]
    if parts and (all_told := together(chosen, parts)):
        return Selection(all_told, (*notes, *unanswered(parts)))
    if not is_answered:
        return Shortfall(Reason.NOT_ANSWERED, why_not(question, expected, rarity))
    if is_of_now(question):
        return Selection(newest_alone(question, chosen), (*notes, *superseded(question, chosen)))
    return Selection(
        chosen,
        (
            *notes,
            *_without_reason(expected, chosen),
            *silent(question, chosen, holdings),
            *outdated(question, chosen, holdings),
        ),
    )


def stopped(question: Question, found: Found, holdings: Holdings) -> Shortfall | None:
    """The refusal of a question that is about something else than the documents, whatever was found."""
    return (
        other_body(question, found)
        or other_period(question, found, holdings)
        or unknown_name(question)
        or opinion(question)
        or ungraded(question, holdings)
    )


def settled(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """What the register answers of itself: points, what became of them, and grades; empty when it does not."""
    return (
        by_status(question, holdings)
        or followed(question, holdings)
        or answered(question, found, holdings)
        or issued(question, holdings)
        or numbered(question, holdings)
        or moved(question, holdings)
        or set_of_grades(question, holdings)
        or areas_for_improvement(question, found, holdings)
        or history(question, found, holdings)
        or another_grade(question, found, holdings)
        or _grade(question, found, holdings)
    )


def _notes(question: Question) -> tuple[str, ...]:
    return tuple(f"“{typed}” was read as “{read}”." for typed, read in question.corrected)


def _without_reason(expected: Expectation, chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """A note where a reason is asked for and nothing quoted has one: the question may take something for granted."""
    quoted = [item.paragraph.text[start:end] for item in chosen for start, end in item.spans]
    if expected.form is not Form.REASON or any(is_met(expected, text) for text in quoted):
        return ()
    return ("No reason is given in so many words. This is what the documents say on the subject.",)


# --- choosing ---------------------------------------------------------------------------------------------------------


def _choose(
    question: Question,
    expected: Expectation,
    found: Found,
    sentences: Sequence[Sentence],
    holdings: Holdings,
    rarity: Mapping[str, float],
) -> tuple[Chosen, ...]:
    """The evidence by kind of question: several reports, one grade, a list, or the best paragraphs."""
    if len(found.by_period) > 1 or question.goes_on:
        return _by_report(question, found, holdings, rarity)
    items = whole_list(question, found.hits, holdings)
    if items:
        return tuple(whole(item, holdings.document_of[item.id]) for item in items)
    budget = DEFINITION_WORDS if question.kind is QuestionKind.DEFINITION else ANSWER_WORDS
    chosen = _best(question, found.hits, sentences, expected.form, budget)
    return with_comparability(chosen, holdings) if question.compares_grades else chosen


def _grade(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """The one grade asked about; empty when several reports are, or no grade is."""
    if len(found.by_period) > 1:
        return ()
    is_asked = Want.GRADE in question.query.wants and question.kind in (QuestionKind.GRADE, QuestionKind.YES_NO)
    if not is_asked and not asks_how_good(question):
        return ()
    if expectation(question.own or question.query.text).form not in (Form.ANY, Form.GRADE):
        return ()  # "in which month was the report published that began the grading?"
    chosen = one_grade(question, found, documents_asked(question, holdings), holdings)
    return with_comparability(chosen, holdings) if chosen and question.compares_grades else chosen


def _best(
    question: Question,
    hits: Sequence[Hit],
    sentences: Sequence[Sentence],
    form: Form,
    budget: int,
) -> tuple[Chosen, ...]:
    """The best paragraph, and the next when it is nearly as likely; the newest first where no period is named."""
    score = {
        hit.paragraph.id: paragraph_score(hit, sentences, form) - ROW_UNASKED * _is_other_row(hit.paragraph, question)
        for hit in hits
    }
    ranked = sorted(hits, key=lambda hit: -score[hit.paragraph.id])
    if not question.query.years:
        ranked = _newest_of_alike(ranked, score)
    first, *others = ranked
    chosen = [excerpt(first, sentences, budget)]
    for second in () if question.kind in OF_ONE_PARAGRAPH else others[:1]:
        if score[first.paragraph.id] - score[second.paragraph.id] < SECOND_MARGIN:
            chosen.append(excerpt(second, sentences, SECOND_WORDS))
    if question.query.years or question.reference.documents:
        return in_date_order(chosen)
    return tuple(sorted(chosen, key=lambda item: date_of(item.document), reverse=True))


def _is_other_row(paragraph: Paragraph, question: Question) -> bool:
    """Whether it is a row of a table and the question has no word of what the row is about: "Burglary 5.6" for all crime."""
    row = set(content_stems(_FIGURES.sub(" ", paragraph.own_text)))
    asked = content_stems(" ".join([question.query.subject, *question.query.expansions]))
    return paragraph.kind is Kind.TABLE_ROW and bool(paragraph.lead_in and row) and not row.intersection(asked)


def _newest_of_alike(ranked: Sequence[Hit], score: Mapping[str, float]) -> list[Hit]:
    """The hits without those that a later report of the same body says anew, in nearly the same words or section.

    The later one takes the earlier one's place when it is nearly as likely. For questions that name no period.
    """
    near = ranked[:ALIKE_AMONG]
    kept: list[Hit] = []
    for hit in ranked:
        newer = [
            other
            for other in near
            if hit in near
            and other.document.metadata.body == hit.document.metadata.body
            and date_of(other.document) > date_of(hit.document)
            and score[hit.paragraph.id] - score[other.paragraph.id] < NEWER_MARGIN
            and (_alike(hit.paragraph, other.paragraph) or hit.paragraph.headings == other.paragraph.headings != ())
        ]
        said = newer[0] if newer else hit
        if said not in kept:
            kept.append(said)
    return kept


def _alike(one: Paragraph, other: Paragraph) -> bool:
    first, second = set(content_stems(one.text)), set(content_stems(other.text))
    return len(first & second) >= ALIKE * len(first | second)


def _by_report(question: Question, found: Found, holdings: Holdings, rarity: Mapping[str, float]) -> tuple[Chosen, ...]:
    """The best of each report asked about."""

    def ranked(side: Question, hits: Sequence[Hit]) -> list[Spoken]:
        expected = expectation(side.own or side.query.text)
        scored = score_sentences(side, expected, hits, rarity)
        formed = {item.hit.paragraph.id for item in scored if item.has_form or not expected.is_strict}
        said = [
            Spoken(
                hit,
                tuple(scored),
                paragraph_score(hit, scored, expected.form) - behind(hit),
                hit.paragraph.id in formed,
            )
            for hit in hits
        ]
        return sorted(said, key=lambda item: -item.score)

    return by_report(question, found, holdings, ranked)
