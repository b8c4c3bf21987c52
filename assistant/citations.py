"""The verifier: only what stands in the evidence gets through.

Owns turning a draft into an Answer or a Refusal. It treats every composer alike, a model no better than a quote. Leaves
what a sentence claims to `support`, which compares it with its quotes.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Searched, Statement
from assistant.claims import denied
from assistant.composer import Draft, DraftSentence, Source
from assistant.instructions import addresses_machine
from assistant.support import unsupported
from index.tokens import content_stems
from ingest.sentences import sentence_spans

WRITTEN_BY_MODEL = "A language model chose these words; each sentence was checked against its source."
PARTLY_BY_MODEL = (
    "A language model worded a part of this; each of its sentences was checked against its source. "
    "The rest is quoted word for word."
)
_ADDRESS = re.compile(r"https?:|www\.|\bdata:|javascript:|\]\s*\(|<\s*/?\s*[a-z!][^>]*>|<\||```|!\[", re.I)
_YES_NO = re.compile(r"\W*(?:yes|no)\s*(?:[,.;:!–—-]|$)", re.I)
_BROKEN_OFF = re.compile(
    r"\b(?:is|are|was|were|has|have|the|an?|of|and|or|by|with|from|which|than|because)[\s:,–—-]*$", re.I
)
_SELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself)\b")


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
    held = [item.sentence for item in checked if not item.problems]
    dropped = tuple(f"{item.sentence.text} ({'; '.join(item.problems)})" for item in checked if item.problems)
    if held:
        statements = tuple(Statement(sentence.text, _citations(sentence)) for sentence in held)
        worded = [sentence.by_model for sentence in held]
        about_model = (WRITTEN_BY_MODEL,) if all(worded) else (PARTLY_BY_MODEL,) if any(worded) else ()
        about = (*notes, *about_model, *draft.notes)
        return Answer(question, statements, searched, about, dropped, any(worded), is_whole=draft.is_whole)
    explanation = "Nothing that could be said about it stood up to the check against the paragraphs."
    return Refusal(question, Reason.NOT_VERIFIED, explanation, searched, tuple(nearest), dropped)


def _citations(sentence: DraftSentence) -> tuple[Citation, ...]:
    return tuple(Citation(source.paragraph, source.document, source.quote) for source in sentence.sources)


def check(sentence: DraftSentence) -> Checked:
    """Compare a sentence with its quotes, whoever wrote it.

    Each quote must be verbatim in its paragraph, the paragraph must be its document's, and the quote must not cut a
    "not" off its own sentence. Words other than a quote's own must pass `support.unsupported`.
    """
    if not sentence.text.strip():
        return Checked(sentence, ("it says nothing",))
    problems = tuple(dict.fromkeys(problem for source in sentence.sources for problem in _quoted_wrongly(source)))
    if problems:
        return Checked(sentence, problems)
    if sentence.text in (source.quote for source in sentence.sources):
        # A part of a quote is checked like other words: it may leave out a "not".
        commands = addresses_machine(sentence.text)
        return Checked(sentence, ("it speaks to a program, not to readers",) if commands else ())
    if not content_stems(sentence.text):
        return Checked(sentence, ("it says nothing",))
    if _ADDRESS.search(sentence.text) or any(map(_is_hidden, sentence.text)):
        return Checked(sentence, ("it holds an address, markup or hidden characters",))
    if any(addresses_machine(text) for text in (sentence.text, *(source.quote for source in sentence.sources))):
        return Checked(sentence, ("it or its quote speaks to a program, not to readers",))
    if _BROKEN_OFF.search(sentence.text) and not any(_BROKEN_OFF.search(each.quote) for each in sentence.sources):
        return Checked(sentence, ("it breaks off",))
    if _YES_NO.match(sentence.text) and not any(_YES_NO.match(source.quote) for source in sentence.sources):
        return Checked(sentence, ("it says yes or no, which no quote does",))
    if _SELF.search(sentence.text) and not any(_SELF.search(source.quote) for source in sentence.sources):
        return Checked(sentence, ("its writer speaks of itself",))
    return Checked(sentence, tuple(unsupported(sentence.text, sentence.sources)))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs") and character not in "\n\t\u00ad"


def _quoted_wrongly(source: Source) -> list[str]:
    text = source.paragraph.text
    if not source.quote.strip() or source.quote not in text:
        return ["the quote is not in the paragraph"]
    if all(own.id != source.paragraph.id for own in source.document.paragraphs):
        return ["the paragraph is not of the document it is cited from"]
    start = text.index(source.quote)
    end = start + len(source.quote)
    cut = [
        text[first:start] if first < start else ""
        for first, last in sentence_spans(text)
        if first < end and last > start
    ]
    if denied(" ".join(cut)) and not denied(source.quote) and not source.paragraph.lead_in.startswith(cut[0].strip()):
        return ["the quote leaves out a “not” of its sentence"]
    return []
