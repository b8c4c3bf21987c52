"""What the loaded documents teach about words: spelling, acronyms, names.

Owns these three. Leaves years, bodies and kinds of question to `question`.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from spellchecker import SpellChecker

from assistant.bodies import bodies_mentioned
from assistant.initials import spelled_out, unspelled
from index.naming import NO_NAMES, DocumentNames
from index.tokens import STOP_WORDS, stem, words
from ingest.dates import MONTHS
from ingest.document import Document

# Similarity of a misspelt word and the one it stands for: one slip in eight letters. At 0.88 eleven slips in the gold
# questions (both halves) are read right and no right word is changed; other values were not tried.
CLOSE = 0.88
SHORTEST_NAME = 6  # letters of a misspelt name; a shorter one is too easily another name
# The country as a whole: a question that speaks of it asks about no place of its own.
_COUNTRY = frozenset({"britain", "british", "england", "english", "europe", "european"})
_PLACE = re.compile(r"\b(?:in|at|from|near|to|around|outside|of)\s+(?:the\s+)?(?:[A-Z][\w-]+\s+(?:and\s+)?)*$")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the loaded documents teach about words."""

    stems: Mapping[str, float]  # stem -> rarity
    vocabulary: frozenset[str]  # lower-case words of the documents
    acronyms: Mapping[str, str]  # lower-case short form -> long form
    mentioned: tuple[str, ...] = ()  # forces and services that the documents name
    names: DocumentNames = NO_NAMES
    documents: tuple[Document, ...] = ()
    capitalised: frozenset[str] = frozenset()  # words of `vocabulary` that only stand with a capital

    @classmethod
    def of(cls, documents: Sequence[Document], stems: Mapping[str, float]) -> "Lexicon":
        vocabulary: set[str] = set()
        small: set[str] = set()
        capital: set[str] = set()
        acronyms: dict[str, str] = {}
        for document in documents:
            for paragraph in document.citable():
                vocabulary.update(words(paragraph.text))
                small.update(re.findall(r"\b[a-z]+\b", paragraph.text))
                capital.update(word.lower() for word in re.findall(r"\b[A-Z][a-z]+\b", paragraph.text))
            vocabulary.update(words(document.metadata.full_title))
            for short, long in document.acronyms:
                acronyms.setdefault(short.lower(), long)
        names = DocumentNames.of(documents, lambda word: word in _english())
        mentioned = bodies_mentioned(documents)
        return cls(
            stems, frozenset(vocabulary), acronyms, mentioned, names, tuple(documents), frozenset(capital - small)
        )

    def holds(self, said: str) -> bool:
        """Whether a document has these words next to each other."""
        found = words(said)
        if len(found) == 1:
            return found[0] in self.vocabulary
        phrase = f" {' '.join(found)} "
        return any(
            phrase in f" {' '.join(words(paragraph.text))} "
            for document in self.documents
            for paragraph in document.citable()
        )


def expansions(text: str, acronyms: Mapping[str, str]) -> tuple[str, ...]:
    """Long forms of the acronyms in the text, and acronyms whose long form is in it."""
    found = []
    lowered = " ".join(words(text))
    for word in words(text):
        singular = word[:-1] if word.endswith("s") and word not in acronyms else word
        if singular in acronyms:
            found.append(acronyms[singular])
    spelled = ((short, " ".join(words(long))) for short, long in acronyms.items())  # long forms are in the singular
    found += [short for short, long in spelled if f" {long} " in f" {lowered} " or f" {long}s " in f" {lowered} "]
    return tuple(dict.fromkeys(found))


def abbreviations(text: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """(abbreviation, words) pairs for those in the text that no document defines, where documents have such words."""
    shorts = unspelled(text, lexicon.acronyms)
    texts = [paragraph.text for document in lexicon.documents for paragraph in document.citable()] if shorts else []
    spelled = ((short, spelled_out(short, texts)) for short in shorts)
    return tuple((short, words) for short, words in spelled if words)


def corrections(text: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """(typed, read) pairs for words that are not English and that are nearly one of the documents'.

    A capital may begin a name, which must not be turned into another: such a word is read as the documents' own name only
    where two of its letters are swapped or one within is left out.
    """
    found = []
    for typed in re.findall(r"(?<![\w'’])[A-Za-z][a-z]{4,}(?![\w'’])", text):
        lowered = typed.lower()
        if lowered in lexicon.vocabulary or stem(lowered) in lexicon.stems:
            continue
        if lowered in STOP_WORDS or lowered in _english():
            continue
        near = [word for word in lexicon.vocabulary if word[0] == lowered[0] and abs(len(word) - len(lowered)) <= 2]
        slips = [word for word in near if _is_slip(lowered, word)]
        if typed == lowered:
            best = slips if len(slips) == 1 else get_close_matches(typed, near, n=1, cutoff=CLOSE)
        else:
            best = [word.capitalize() for word in slips if len(typed) >= SHORTEST_NAME and word in lexicon.capitalised]
        if len(best) == 1:
            found.append((typed, best[0]))
    return tuple(dict.fromkeys(found))


def _is_slip(typed: str, word: str) -> bool:
    """Whether two neighbouring letters of the word are swapped, or one that is not its last is left out."""
    places = range(1, len(word) - 1)
    if len(word) == len(typed) + 1:
        return any(word[:at] + word[at + 1 :] == typed for at in places)
    return any(word[:at] + word[at + 1] + word[at] + word[at + 2 :] == typed for at in places)


@lru_cache(maxsize=1)
def _english() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def rareness(word: str) -> float:
    """How rare a lower-case word is in English: log10 of how many words of film subtitles hold it once; "want" 3, "tractor"
    5.4, an unknown one 9.2."""
    return math.log10(_words_counted() / (1 + _english().word_frequency[word]))


@lru_cache(maxsize=1)
def _words_counted() -> int:
    return int(_english().word_frequency.total_words)


def names_in(text: str, bodies: set[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Capitalised words that name a place, a person or a thing: no acronym, no month, no ordinary English word, and no
    part of a loaded body's name. The first word of a sentence counts only when English does not know it."""
    own = {word for body in bodies for word in words(body)}
    found = []
    for match in re.finditer(r"\b[A-Z][a-z]{2,}\b", text):
        word = match.group().lower()
        is_first = not text[: match.start()].rstrip() or text[: match.start()].rstrip()[-1:] in ".?!:"
        if (
            word in own
            or any(month.startswith(word) for month in MONTHS)
            or word in STOP_WORDS
            or (is_first and word in _english())
            or re.match(r"\s\d", text[match.end() :])  # "Rec 2", "Annex 3"
        ):
            continue
        if word in _english() and word in lexicon.vocabulary:
            continue
        found.append(match.group())
    return tuple(dict.fromkeys(found))


def unknown_names(names: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The names that no loaded document has, not even in nearly the same spelling."""
    return tuple(
        name
        for name in names
        if name.lower() not in lexicon.vocabulary
        and not get_close_matches(name.lower(), lexicon.vocabulary, n=1, cutoff=CLOSE)
    )


def asked_for(names: Sequence[str], text: str, document_names: Sequence[str], are_of_bodies: bool) -> tuple[str, ...]:
    """Of names that stand in `text`, those that the question is about.

    Not those of sentences that only tell the asker's situation, nor of the country as a whole, nor words of
    `document_names`. Where somebody is counts only when the documents are about bodies, each of which has its place
    (`are_of_bodies`): guidance holds wherever one lives.
    """
    sentences = [part for part in re.split(r"(?<=[.?!])\s+", text) if part]
    asking = " ".join([part for part in sentences if part.endswith("?")] or sentences[-1:])
    others = _COUNTRY.union(*(words(name) for name in document_names))
    return tuple(
        name
        for name in names
        if (found := re.search(rf"\b{re.escape(name)}\b", asking))
        and name.lower() not in others
        and (are_of_bodies or not _PLACE.search(asking[: found.start()]))
    )
