"""Which document a text names by its file's name, its title or the parties in its first lines.

Owns the words a document goes by and how well a text names it. Leaves what follows from that to `assistant.question` and
to `retriever`, which prefers the documents named.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.passages import file_words
from index.tokens import STOP_WORDS, words
from ingest.dates import MONTHS
from ingest.document import Document

FEWEST = 10  # documents; among fewer, one is called by its year or kind, which `assistant.reference` reads
# Chosen on 160 questions on 40 invented look-alikes (benchmarks/lookalikes.py), where all are told right (159 surely since
# a single word of plain English counts half). Told right with other values: first lines 0.5: 137, 0.6: 139, 0.8 and 0.9: 159, 1.0: 159 and one wrong; further words 0: 154, 0.25: 156,
# 1: 159; lead 1.1: 160, 1.3: 156, 1.5: 152; sure 0.5: 160, 0.8: 141; common 0.1: 157, 0.15 to 0.5: 160; 30 to 200 words: 160.
OPENING = 120  # words at a document's beginning that may name its parties
FILE_WEIGHT, TITLE_WEIGHT, OPENING_WEIGHT = 1.0, 1.0, 0.7  # what a word says by where it stands
COMMON = 0.2  # a word in what more than this share of the documents go by, read in first lines, names none of them
VAGUE = 0.5  # of a name that is a single word of plain English: "London" is a place more often than a document's name
SURE = (
    0.7  # of the rarity of a word that one document alone has: what naming takes, so that one word of an opening does
)
LEAD = 1.2  # of the document named over the next one
FURTHER = 0.5  # of a further word of one name, which tells little that the rarest has not told
MOST_INITIALS = 6  # not tuned
NEAR = 0.5  # of the best document's score, below which another is not meant at all; not tuned

_MONTHS = frozenset(MONTHS)
# "Police" lends its initial to the PCC; function words lend none.
_FUNCTION_WORDS = STOP_WORDS - frozenset(
    [
        "force",
        "forces",
        "hmic",
        "hmicfrs",
        "inspection",
        "inspector",
        "inspectors",
        "peel",
        "police",
        "report",
        "reports",
    ]
)
_RUN = re.compile(r"[A-Z][\w&.'’-]*(?:\s+(?:(?:and|of|the|for|in|&)\s+){0,2}[A-Z][\w&.'’-]*)*")
# "Ostley's Hosting Agreement" is two names: an owner lends its initials to nothing that it owns.
_BETWEEN = re.compile(r"\s+(?:and|&)\s+|['’]s\s+")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a text's names say of the documents."""

    scores: Mapping[str, float]  # document id -> how well it is named, to 1; the best and those near it only
    sure: str | None  # the id of the one document that is meant, where that is plain
    said: tuple[str, ...]  # the text's words that name the best one, lower case


NOTHING = Naming({}, None, ())


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """The words that each document goes by: in lower case, and initials in capitals."""

    documents: int
    value: Mapping[str, Mapping[str, float]]  # word -> document id -> what saying it says for the document
    files: Mapping[str, tuple[str, ...]]  # document id -> the words of its file's name, for names run together
    is_ordinary: Callable[[str], bool]  # of a word in lower case, which then names nothing
    common: frozenset[str] = frozenset()  # words in so many documents that a name made of them is a term, not a name

    @classmethod
    def of(
        cls, documents: Sequence[Document], is_ordinary: Callable[[str], bool] = lambda word: False
    ) -> "DocumentNames":
        """`is_ordinary` says of a lower-case word whether it is plain English, so that it names nothing by itself."""
        value: dict[str, dict[str, float]] = {}
        if len(documents) < FEWEST:
            return cls(len(documents), value, {}, is_ordinary)
        # A word is as rare as it is among the whole texts: "agreement" may be in few files' names but is in all documents,
        # and terms that contracts write with a capital ("the Supplier") name none of them.
        counts = Counter(word for document in documents for word in _all_words(document))
        common = frozenset(word for word, count in counts.items() if count > COMMON * len(documents))
        for document in documents:
            for weight, held in _fields(document, common):
                for word in held:
                    if weight != OPENING_WEIGHT or word not in common:
                        own = value.setdefault(word, {})
                        worth = weight * math.log(len(documents) / counts[word])
                        own[document.id] = max(own.get(document.id, 0.0), worth)
        files = {document.id: file_words(document.source) for document in documents}
        return cls(len(documents), value, files, is_ordinary, common)

    def read(self, text: str) -> Naming:
        """What the names in `text` say of the documents; nothing when there are fewer than ten."""
        scores: dict[str, float] = {}
        heard: dict[str, list[str]] = {}
        names = {frozenset(name): name for name in self._names(text)} if self.value else {}
        for name in names.values():  # each once, however often it is said
            worths: dict[str, list[float]] = {}
            for said, keys in name.items():
                for document, worth in self._worth(keys).items():
                    worths.setdefault(document, []).append(worth)
                    heard.setdefault(document, []).append(said)
            is_vague = len(name) == 1 and all(self.is_ordinary(said) for said in name)
            for document, each in worths.items():
                worth = max(each) + FURTHER * (sum(each) - max(each))
                scores[document] = scores.get(document, 0.0) + (VAGUE * worth if is_vague else worth)
        ranked = sorted(scores, key=lambda document: (-scores[document], document))
        if not ranked or scores[ranked[0]] <= 0:
            return NOTHING
        top = scores[ranked[0]]
        is_sure = top >= SURE * math.log(self.documents) and (len(ranked) == 1 or top >= LEAD * scores[ranked[1]])
        strength = min(1.0, top / (SURE * math.log(self.documents)))
        near = {document: strength * scores[document] / top for document in ranked if scores[document] >= NEAR * top}
        return Naming(near, ranked[0] if is_sure else None, tuple(dict.fromkeys(heard[ranked[0]])))

    def _worth(self, keys: Sequence[str]) -> dict[str, float]:
        best: dict[str, float] = {}
        for key in keys:
            for document, worth in self.value.get(key, {}).items():
                best[document] = max(best.get(document, 0.0), worth)
        return best or self._run_together(keys[0])

    def _names(self, text: str) -> Iterator[dict[str, tuple[str, ...]]]:
        """The names in the text; of each its words and, for the initials it has, what each stands for among `value`."""
        taken: set[str] = set()
        for match in _RUN.finditer(text):
            for name in _BETWEEN.split(self._without_first_word(text, match)):
                found: dict[str, tuple[str, ...]] = {}
                for token in re.findall(r"[\w&]+", re.sub(r"['’]s\b", "", name)):
                    word, is_short = token.lower(), token.isupper() and len(token) > 1
                    if len(word) > 1 and (is_short or word not in STOP_WORDS) and word not in _MONTHS:
                        found[word] = (word, token) if is_short else (word,)
                if not found.keys() <= self.common:
                    found |= {short.lower(): (short,) for short in _initials(name) if short in self.value}
                taken.update(found)
                yield found
        lowered = words(text)
        for place, word in enumerate(lowered):
            is_plain = word in STOP_WORDS or len(word) < 3 or not word.isalpha() or self.is_ordinary(word)
            if is_plain or word in taken or not self._worth((word,)):
                continue
            name = [word]
            for after in lowered[place + 1 :]:  # "the pellaby transport agreement": an ordinary word goes with a name
                if after in STOP_WORDS or after not in self.value:
                    break
                name.append(after)
            taken.update(name)
            yield {each: (each,) for each in name}

    def _without_first_word(self, text: str, run: re.Match[str]) -> str:
        """The run of capitalised words, without its first where a sentence begins with it and it is plain English."""
        name = run.group()
        first, gap, rest = name.partition(" ")
        begins = text[: run.start()].rstrip()[-1:] in ("", ".", "?", "!")
        return rest if begins and gap and self.is_ordinary(first.lower()) else name

    def _run_together(self, said: str) -> dict[str, float]:
        """Documents whose file's name has names run together, the said one among them ("brackenholtsla"). A longer word that
        English knows is no such thing: "Europe" does not name "european-works-council"."""
        if len(said) < 3:
            return {}
        held = [
            key
            for key, name in self.files.items()
            if any(
                (word.startswith(said) or (len(said) > 3 and said in word)) and not self.is_ordinary(word)
                for word in name
            )
        ]
        if not 0 < len(held) <= COMMON * self.documents:
            return {}
        return dict.fromkeys(held, OPENING_WEIGHT * math.log(self.documents / len(held)))


NO_NAMES = DocumentNames.of(())


def without_names(text: str, said: Sequence[str]) -> str:
    """The text without the capitalised names, and the single words, that hold any of the words said."""
    held = set(said)

    def blank(match: re.Match[str]) -> str:
        own = {*words(match.group()), *(short.lower() for short in _initials(match.group()))}
        return " " if held & own else match.group()

    left = re.sub(rf"(?:\b(?:the|an?)\s+)?{_RUN.pattern}(?:['’]s)?", blank, text)
    left = re.sub(r"[\w'’&-]+", lambda match: " " if held & set(words(match.group())) else match.group(), left)
    return re.sub(r"\s+([?,.;:])", r"\1", " ".join(left.split())).lstrip(" ,.;:")


def _fields(document: Document, common: frozenset[str]) -> tuple[tuple[float, frozenset[str]], ...]:
    """Weight and words of the file's name, the title and the first lines; initials, and what may be some, in capitals.
    No first lines where the title has a word that is not `common`: such a document is called by its title."""
    file = file_words(document.source)
    title = document.metadata.full_title
    opening = _opening(document) if frozenset(words(title)) - STOP_WORDS <= common else ""
    named = [word for run in _RUN.findall(opening) for word in words(run) if len(word) > 1]
    fields = (
        (FILE_WEIGHT, [*file, *(word.upper() for word in file if len(word) <= MOST_INITIALS)]),
        (TITLE_WEIGHT, [*words(title), *_initials_in(title)]),
        (OPENING_WEIGHT, [*named, *_initials_in(opening)]),
    )
    return tuple((weight, frozenset(held) - STOP_WORDS) for weight, held in fields)


def _all_words(document: Document) -> frozenset[str]:
    """Every word of the document and of what it goes by, however it is written."""
    held = frozenset(
        word for _, field in _fields(document, frozenset(words(document.metadata.full_title))) for word in field
    )
    return held | frozenset(words(document.text))


def _opening(document: Document) -> str:
    """The first lines; none where a body inspected is known, for `assistant.bodies` tells such documents apart, and the
    names in their first lines are subjects."""
    if document.metadata.body:
        return ""
    found: list[str] = []
    for paragraph in document.paragraphs:
        if len(found) >= OPENING:
            break
        found += [*paragraph.own_text.split(), "."]
    return " ".join(found[:OPENING])


def _initials_in(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        yield from (short for name in _BETWEEN.split(run) for short in _initials(name))
        shouted = (
            token for token in re.findall(r"\w+", run) if token.isupper() and token.lower() not in _FUNCTION_WORDS
        )
        yield from (token for token in shouted if 2 <= len(token) <= MOST_INITIALS)


def _initials(name: str) -> Iterator[str]:
    """In capitals, the first letters of a name's capitalised words: of all of them, and of any three to six neighbours.
    None of a name with initials in it already."""
    said = re.findall(r"[\w&]+", re.sub(r"['’]s\b", "", name))
    tokens = [token for token in said if token[0].isupper() and token.lower() not in _FUNCTION_WORDS]
    letters = "".join(token[0] for token in tokens)
    if any(token.isupper() and len(token) > 1 for token in tokens):
        return
    if len(letters) == 2:
        yield letters
    for start in range(len(letters)):
        for end in range(start + 3, min(start + MOST_INITIALS, len(letters)) + 1):
            yield letters[start:end]
