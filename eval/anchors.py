"""Authors quote; the gold file names paragraphs: turns the first form into the second.

Owns which paragraphs a quote stands for. Leaves both files to `gold` and the command line. An author's line is a gold
line whose evidence alternatives are {"doc": file name, "quote": text}; the quotes themselves are never passed on.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from eval.gold import OPTIONAL, REQUIRED, Anchor, paragraph_hash
from eval.metrics import normalise
from ingest.document import Document

# Under these rules the scorer of the held-out questions counts a citation; with others our recall would be another.
PART_OF_QUOTE = 0.5  # a paragraph inside the quote must be at least this share of the quote's characters
SHARED_FOUR_GRAMS = 0.6  # or so many of the quote's runs of four words must stand in the paragraph
SHORTEST_QUOTE = 5  # words; a shorter quote has to stand in the paragraph as it is
# Words; where a shorter quote stands somewhere as it is, a paragraph that only begins like it says something else: the
# judgment on one area, of eight words, had drawn in the judgments on two others (six gold questions of 544).
SURELY_OWN = 12

Wordings = Mapping[str, Sequence[tuple[Anchor, "Wording"]]]  # document name -> its citable paragraphs, in reading order


@dataclass(frozen=True, slots=True)
class Wording:
    """A text made ready for comparing."""

    original: str
    text: str  # normalised
    words: int
    four_grams: frozenset[tuple[str, ...]]  # its runs of four words

    @classmethod
    def of(cls, text: str) -> "Wording":
        plain = normalise(text)
        words = re.findall(r"\w+", plain)
        return cls(text, plain, len(words), frozenset(tuple(words[at : at + 4]) for at in range(len(words) - 3)))


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of one author's line. It may be written out only when `unmatched` is empty."""

    line: Mapping[str, Any]  # in the gold file's form
    dropped: tuple[str, ...] = ()  # alternatives without a paragraph, in groups that have another
    unmatched: tuple[str, ...] = ()  # groups without a paragraph, or why the line has no groups


def covers(paragraph: Wording, quote: Wording) -> bool:
    """The paragraph holds most of the quote.

    True when the quote stands in it, when it is itself a large part of the quote, or when it shares most runs of four
    words with a quote that is not too short. The same rule as the scorer of the held-out questions.
    """
    if quote.text in paragraph.text:
        return True
    if paragraph.text in quote.text and len(paragraph.text) >= PART_OF_QUOTE * len(quote.text):
        return True
    if quote.words < SHORTEST_QUOTE:
        return False
    return len(quote.four_grams & paragraph.four_grams) / len(quote.four_grams) >= SHARED_FOUR_GRAMS


def wordings(documents: Iterable[Document]) -> Wordings:
    """The citable paragraphs of each document under `document_name(document.source)`, ready for comparing."""
    return {
        document_name(document.source): [
            (Anchor(paragraph.id, paragraph_hash(paragraph.text)), Wording.of(paragraph.text))
            for paragraph in document.citable()
        ]
        for document in documents
    }


def document_name(source: str) -> str:
    """A file name without folder and ending: the same report as text or PDF is the same evidence."""
    return PurePosixPath(source).stem


def anchor(raw: Mapping[str, Any], paragraphs: Wordings) -> Anchored:
    """An author's line with its quotes replaced by every paragraph of the document that covers them.

    Each group lists its paragraphs once, by alternative and then in reading order. Names that the gold file does not
    have are left out. Messages tell a quote by question, group and alternative, counted from 1, and never by its words.
    """
    if not _has_quotes(raw.get("evidence")):
        return Anchored({}, unmatched=("“evidence” must be a list of groups of {“doc”: file name, “quote”: text}",))
    evidence, dropped, unmatched = [], list[str](), list[str]()
    for number, group in enumerate(raw["evidence"], start=1):
        where = f"{raw.get('id')}: evidence group {number}"
        found = [_covering(alternative, paragraphs) for alternative in group]
        anchors = dict.fromkeys(each for alternative in found for each in alternative)
        evidence.append([_line(each) for each in {each.paragraph: each for each in reversed(anchors)}.values()][::-1])
        if anchors:
            missing = [place for place, alternative in enumerate(found, start=1) if not alternative]
            dropped += [f"{where}: alternative {place} has no paragraph and is left out" for place in missing]
        else:
            sources = ", ".join(sorted({alternative["doc"] for alternative in group}))
            unmatched.append(f"{where} has no paragraph in {sources}")
    kept = {name: raw[name] for name in (*REQUIRED, *OPTIONAL) if raw.get(name) is not None}
    return Anchored({**kept, "evidence": evidence}, tuple(dropped), tuple(unmatched))


def _has_quotes(evidence: object) -> bool:
    if not isinstance(evidence, list) or not all(isinstance(group, list) and group for group in evidence):
        return False
    return all(_is_quote(alternative) for group in evidence for alternative in group)


def _is_quote(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all(isinstance(value.get(name), str) and value[name].strip() for name in ("doc", "quote"))


def _covering(alternative: Mapping[str, str], paragraphs: Wordings) -> list[Anchor]:
    quote = Wording.of(alternative["quote"])
    candidates = paragraphs.get(document_name(alternative["doc"]), ())
    covering = [(each, wording) for each, wording in candidates if covers(wording, quote)]
    whole = [(each, wording) for each, wording in covering if quote.text in wording.text]
    return [
        replace(each, span=span_of(wording.original, alternative["quote"]))
        for each, wording in (whole if whole and quote.words < SURELY_OWN else covering)
    ]


def _line(each: Anchor) -> dict[str, Any]:
    return {"paragraph": each.paragraph, "hash": each.hash, **({"span": list(each.span)} if each.span else {})}


def span_of(paragraph: str, quote: str) -> tuple[int, int] | None:
    """Where the quote's words stand in the paragraph, as character offsets.

    From the first to the last of the quote's runs of three words (of all its words, when it has fewer) that the
    paragraph has, whatever their case; None when it has none of them.
    """
    asked = [match.group().lower() for match in re.finditer(r"\w+", quote)]
    words = list(re.finditer(r"\w+", paragraph))
    size = min(3, len(asked))
    runs = {tuple(asked[at : at + size]) for at in range(len(asked) - size + 1)}
    starts = [
        at
        for at in range(len(words) - size + 1)
        if tuple(word.group().lower() for word in words[at : at + size]) in runs
    ]
    return (words[starts[0]].start(), words[starts[-1] + size - 1].end()) if starts else None
