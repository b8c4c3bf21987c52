"""The verifier: only what stands in the evidence gets through.

Owns turning a draft into an Answer or a Refusal. It treats every composer alike, a model no better than a quote.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Searched, Statement
from assistant.composer import Draft, DraftSentence
from index.tokens import STOP_WORDS, content_stems
from ingest.dates import MONTHS
from ingest.register import grade_in

# Share of a sentence's content words that must stand in its quote when the two are not the same words. On 153 faults
# put into right sentences (tests/assistant/test_citations.py) the other checks catch the rest.
WORDS_SHARED = 0.5
WRITTEN_BY_MODEL = "A language model chose these words; each sentence was checked against its source."
_NUMBER = re.compile(r"£?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|per ?cent|m|bn|k)\b)?")
_NUMBER_WORDS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(13),
        strict=True,
    )
)
_NEGATION = re.compile(
    r"\b(?:no|not|none|never|nor|neither|without|cannot|lacks?|fail(?:s|ed|ing)?|un(?:able|likely))\b|n['’]t\b", re.I
)
_NAME = re.compile(r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*\b")
_OPENING_NAME = re.compile(r"([A-Z][a-z]+)[ -][A-Z]")  # a capital alone at the start of a sentence need not be a name


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft sentence and why it may not be said; empty when it may."""

    sentence: DraftSentence
    problems: tuple[str, ...]


def verify(
    question: str,
    draft: Draft,
    searched: Searched,
    nearest: Sequence[Citation] = (),
    notes: Sequence[str] = (),
) -> Reply:
    """An Answer of the sentences that hold, or a Refusal when none does. What fails is kept as dropped."""
    checked = [check(sentence) for sentence in draft.sentences]
    statements = tuple(
        Statement(item.sentence.text, (Citation(item.sentence.paragraph, item.sentence.document, item.sentence.quote),))
        for item in checked
        if not item.problems
    )
    dropped = tuple(f"{item.sentence.text} ({'; '.join(item.problems)})" for item in checked if item.problems)
    if statements:
        said = (*notes, WRITTEN_BY_MODEL) if draft.written_by_model else tuple(notes)
        return Answer(question, statements, searched, said, dropped, draft.written_by_model)
    explanation = "Nothing that could be said about it stood up to the check against the paragraphs."
    return Refusal(question, Reason.NOT_VERIFIED, explanation, searched, tuple(nearest), dropped)


def check(sentence: DraftSentence) -> Checked:
    """Compare a sentence with its quote.

    The quote must be verbatim in its paragraph. Words other than the quote's own must bring no number, month, grade,
    name or negation that the quote lacks, must not lose its negation, and must share half its content words.
    """
    quote, text = sentence.quote, sentence.text
    if not quote.strip() or quote not in sentence.paragraph.text:
        return Checked(sentence, ("the quote is not in the paragraph",))
    if not content_stems(text) and text != quote:
        return Checked(sentence, ("it says nothing",))
    if text == quote:  # a part of the quote is checked like other words: it may leave out a "not"
        return Checked(sentence, ())
    problems = [f"{found} is not in the quote" for found in sorted(_figures(text) - _figures(quote))]
    if grade_in(text) and grade_in(text) not in _grades(quote):
        problems.append("the grade is not the quote's")
    if bool(_NEGATION.search(text)) != bool(_NEGATION.search(quote)):
        problems.append("the sentence and the quote differ in negation")
    opening = _OPENING_NAME.match(text)
    said = [*_NAME.findall(text[1:]), *([opening[1]] if opening and opening[1].lower() not in STOP_WORDS else [])]
    names = {name for name in said if name.lower() not in quote.lower()}
    problems += [f"{name} is not in the quote" for name in sorted(names)]
    stems = set(content_stems(text))
    if stems and len(stems & set(content_stems(quote))) < WORDS_SHARED * len(stems):
        problems.append("too few of its words are the quote's")
    return Checked(sentence, tuple(problems))


def _figures(text: str) -> set[str]:
    """Numbers and months of a text in one spelling: "14", "fourteen" is left a word, "two" and "2" are the same."""
    lowered = text.lower()
    numbers = {re.sub(r"[\s,]|per ?cent|%", "", match) for match in _NUMBER.findall(lowered)}
    numbers |= {str(value) for word, value in _NUMBER_WORDS.items() if re.search(rf"\b{word}\b", lowered)}
    return numbers | {month for month in MONTHS if re.search(rf"\b{month}\b", lowered) and month != "may"}


def _grades(text: str) -> set[str]:
    return {grade for part in re.split(r"[,;.]|\band\b|\bor\b", text) if (grade := grade_in(part))}
