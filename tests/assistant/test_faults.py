"""Faults put into right sentences about the sample documents: what is caught, and which right sentences are lost."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from faults import KINDS, faults_of

from assistant.citations import check
from assistant.composer import DraftSentence
from ingest.corpus import list_files, read_document
from ingest.document import Document, Paragraph

SAMPLES = Path(__file__).resolve().parents[2] / "documents"
PARAPHRASES = Path(__file__).with_name("paraphrases.jsonl")
Right = tuple[str, DraftSentence]  # voice, sentence


@pytest.fixture(scope="module")
def rights() -> list[Right]:
    """The right sentences: paraphrases of ours, of which every quote stands in a sample document."""
    documents = [read_document(file) for file in list_files(SAMPLES)[0]]
    found: list[Right] = []
    for line in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        paragraph, document = holder(raw["quote"], documents)
        found.append((raw["voice"], DraftSentence(raw["text"], paragraph, document, raw["quote"])))
    return found


def holder(quote: str, documents: Sequence[Document]) -> tuple[Paragraph, Document]:
    held = [
        (paragraph, document) for document in documents for paragraph in document.citable() if quote in paragraph.text
    ]
    assert held, f"no sample document says: {quote}"
    return held[0]


def with_text(right: DraftSentence, text: str) -> DraftSentence:
    return DraftSentence(text, right.paragraph, right.document, right.quote)


def all_faults(rights: Sequence[Right]) -> list[tuple[str, DraftSentence]]:
    """Every fault in every paraphrase and in every quote, and each paraphrase with the next one's citation."""
    found = []
    bases = [right for _, right in rights] + list(
        {right.quote: with_text(right, right.quote) for _, right in rights}.values()
    )
    for base in bases:
        found += [(kind, with_text(base, wrong)) for kind, wrong in faults_of(base.text)]
    for (_, one), (_, other) in zip(rights, [*rights[5:], *rights[:5]], strict=True):
        found.append(("citation exchanged", DraftSentence(one.text, other.paragraph, other.document, other.quote)))
    return found


def test_there_are_enough_right_sentences_and_faults_of_every_kind(rights: list[Right]) -> None:
    voices = Counter(voice for voice, _ in rights)
    assert len(rights) >= 100 and voices["model"] >= 50
    kinds = Counter(kind for kind, _ in all_faults(rights))
    assert set(kinds) == set(KINDS) and kinds.total() >= 200


def test_at_least_98_percent_of_faults_are_caught_and_no_kind_is_weak(rights: list[Right]) -> None:
    caught: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for kind, wrong in all_faults(rights):
        caught[kind].append(bool(check(wrong).problems))
        if not caught[kind][-1]:
            missed.append((kind, wrong.text))
    every = [each for group in caught.values() for each in group]
    assert sum(every) >= 0.98 * len(every), missed
    assert all(sum(group) >= 0.9 * len(group) for group in caught.values()), missed


@pytest.mark.parametrize("voice", ["person", "model"])
def test_at_most_2_percent_of_right_paraphrases_are_lost(rights: list[Right], voice: str) -> None:
    lost = [(right.text, problems) for own, right in rights if own == voice and (problems := check(right).problems)]
    assert len(lost) <= 0.02 * sum(own == voice for own, _ in rights), lost


def test_no_quote_is_lost_as_itself(rights: list[Right]) -> None:
    assert not [right.quote for _, right in rights if check(with_text(right, right.quote)).problems]
