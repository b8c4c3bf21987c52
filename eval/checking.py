"""Whether a gold file can be trusted: its anchors hold, and a perfect answerer would score full marks.

Owns the proofs. Leaves the line form to `gold`, and mending anchors to `moving`.
"""

from collections.abc import Mapping, Sequence

from eval.gold import GoldQuestion, check_anchors, part
from eval.metrics import has_required_facts, says_forbidden
from index.tokens import content_stems
from ingest.document import Paragraph
from ingest.sentences import sentences

FAR = 0.5  # of its words; not tuned: whoever uses other words for most of what he asks about asks in his own
LONGEST_OVERLAP = 12  # words of a report in a row; a gold file says things in its own words


def check_gold(gold: Sequence[GoldQuestion], paragraphs: Mapping[str, Paragraph]) -> list[str]:
    """A line for each thing that is wrong, in gold order; empty when the file is sound.

    Proved are: every anchor is in the index, citable and reads as it did; every span lies in its paragraph; the model
    answer meets every pattern and says nothing forbidden (so a paraphrasing answerer can pass); so do the evidence
    paragraphs, quoted whole or as one from each group (so a quoting answerer can pass); the model answer is no copy.
    """
    problems = check_anchors(gold, paragraphs)
    seen: dict[tuple[str, ...], str] = {}
    for question in gold:
        key = (*map(_plain, question.conversation), _plain(question.question), question.as_of or "")
        if (first := seen.setdefault(key, question.id)) != question.id:
            problems.append(f"{question.id}: asks what {first} asks")
        if question.is_answerable:
            problems += [f"{question.id}: {each}" for each in _spans(question, paragraphs)]
            problems += [f"{question.id}: {each}" for each in _oracles(question, paragraphs)]
    return problems


def census(gold: Sequence[GoldQuestion]) -> dict[str, int]:
    """How many questions there are of each kind, part, wording and tag, as "kind fact", "part dev", ..."""
    counts: dict[str, int] = {}
    for question in gold:
        names = [f"kind {question.kind.value}", f"part {part(question.id).value}", f"wording {question.wording}"]
        names += [f"tag {tag}" for tag in question.tags]
        names += ["with a conversation"] if question.conversation else []
        names += ["as of a date"] if question.as_of else []
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def words_shared(question: GoldQuestion, paragraphs: Mapping[str, Paragraph]) -> float | None:
    """The share of the question's content words that its evidence has too, by stem and with numbers; None when that
    says nothing: it is unanswerable, a later turn, or has no content words.

    The label "wording" is the author's word for it; this is a measurement to hold beside it.
    """
    asked = set(content_stems(question.question))
    anchors = [anchor for group in question.evidence for anchor in group if anchor.paragraph in paragraphs]
    if not asked or not anchors or question.conversation:
        return None
    there = {stem for anchor in anchors for stem in content_stems(_under_headings(paragraphs[anchor.paragraph]))}
    return len(asked & there) / len(asked)


def _under_headings(paragraph: Paragraph) -> str:
    return " ".join([*paragraph.headings, paragraph.lead_in, paragraph.text])


def _spans(question: GoldQuestion, paragraphs: Mapping[str, Paragraph]) -> list[str]:
    return [
        f"the span {each.span[0]}-{each.span[1]} reaches beyond paragraph {each.paragraph}"
        for group in question.evidence
        for each in group
        if each.span and each.paragraph in paragraphs and each.span[1] > len(paragraphs[each.paragraph].text)
    ]


def _oracles(question: GoldQuestion, paragraphs: Mapping[str, Paragraph]) -> list[str]:
    problems = []
    if not has_required_facts(question.answer, question.must):
        problems.append("its own model answer does not meet “must”; a paraphrasing answer could not either")
    if says_forbidden(question.answer, question.must_not):
        problems.append("its own model answer says what “must_not” forbids")
    texts = [
        [_said(paragraphs[each.paragraph]) for each in group if each.paragraph in paragraphs]
        for group in question.evidence
    ]
    if all(texts):
        every = " ".join(text for group in texts for text in group)
        if not has_required_facts(every, question.must):
            problems.append("the evidence quoted whole does not meet “must”; a quoting answer could not either")
        if any(says_forbidden(text, question.must_not) for group in texts for text in group[:1]):
            problems.append("its evidence says what “must_not” forbids, quoted whole")
    return problems


def _said(paragraph: Paragraph) -> str:
    """A paragraph as a quoting answer shows it: a list item comes with its lead-in and under its heading."""
    return " ".join([*paragraph.headings[-1:], paragraph.lead_in, paragraph.text])


def copied(gold: Sequence[GoldQuestion], paragraphs: Mapping[str, Paragraph]) -> list[str]:
    """A line for each question or model answer that repeats a run of a report's words; gold never quotes."""
    runs = {run for paragraph in paragraphs.values() for each in sentences(paragraph.text) for run in _runs(each)}
    return [
        f"{question.id}: its {name} repeats {LONGEST_OVERLAP} words of a report in a row"
        for question in gold
        for name, text in (("question", question.question), ("answer", question.answer))
        if runs & _runs(text)
    ]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _plain(text).split()
    return {tuple(words[at : at + LONGEST_OVERLAP]) for at in range(len(words) - LONGEST_OVERLAP + 1)}


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
