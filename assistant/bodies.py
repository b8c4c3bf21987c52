"""Which bodies a question names: loaded ones, and others that no loaded document inspects.

Owns recognising names, nicknames, misspellings and "neighbouring forces". Leaves what follows from them to `gates` and
`question`.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.scope import short_name
from index.tokens import STOP_WORDS, words
from ingest.document import Document

_KIND = r"(?:[Pp]olice(?: [Ss]ervice| [Ff]orce)?|[Cc]onstabulary|[Ff]ire (?:and|&) [Rr]escue(?: [Ss]ervice)?|[Ff]ire [Ss]ervice)"
_NAMED = re.compile(
    r"\b((?:[A-Z][a-z]+(?:\s+(?:and|&|of|upon)\s+(?=[A-Z])|\s+(?=[A-Z])|-)?){1,4})\s*"
    r"(Police|police(?= (?:force|service|get|got|do|did|is|was|have|had|has|grade|rat|score))|Constabulary|constabulary|"
    r"[Ff]ire (?:and|&) [Rr]escue|[Ff]ire [Ss]ervice|Fire)\b(?!\s+and Crime)"
)
_NEIGHBOURS = re.compile(
    r"\b(?:neighbou?ring|adjacent|adjoining|nearby|surrounding|bordering|next[- ]door)\s+(?:police\s+)?(?:forces?|constabular(?:y|ies)|police|services?)\b"
    r"|\b(?:police\s+)?forces?\s+next\s+door\b|\bthe other (?:police )?force\b(?! area)",
    re.I,
)
_NOT_A_NAME = frozenset(
    word.capitalize()
    for word in words(
        "the what which who how when why did does is are was were has have do can in of for and but or so at by from "
        "with local british national our their compare tell would should could had"
    )
)
_SUFFIX = re.compile(rf"\s+{_KIND}$|\s+Fire$")
_SOUNDS = ("aeiouy", "csz", "ckq", "mn", "fv", "gj")  # letters that are written for one another; not tuned
SHORTEST_NAME = 5  # letters; a shorter name is too easily another word


@dataclass(frozen=True, slots=True)
class Named:
    """The bodies that a text names."""

    loaded: tuple[str, ...] = ()  # in the order in which they are named
    others: tuple[str, ...] = ()  # as the reader would know them: no loaded document inspects them
    others_as_written: tuple[str, ...] = ()  # for each of `others`, its words in the text
    corrected: tuple[tuple[str, str], ...] = ()  # (as typed, as read), for misspelt names of loaded bodies


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    also: tuple[str, ...]
    places: tuple[str, ...]


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[_Known, ...]:
    raw = tomllib.loads((Path(__file__).parent / "public_bodies.toml").read_text(encoding="utf-8"))
    return tuple(
        _Known(each["name"], tuple(each.get("also", ())), tuple(each.get("places", ()))) for each in raw["body"]
    )


def loaded_bodies(documents: Sequence[Document]) -> tuple[str, ...]:
    """The bodies that the documents inspect, in alphabetical order, one spelling of each."""
    found: dict[str, str] = {}
    for document in documents:
        if document.metadata.body:
            found.setdefault(short_name(document.metadata.body), document.metadata.body)
    return tuple(sorted(found.values()))


def bodies_named(
    text: str, loaded: Sequence[str], vocabulary: frozenset[str] = frozenset(), mentioned: Sequence[str] = ()
) -> Named:
    """The bodies that `text` names.

    Args:
        vocabulary: the documents' words, which are not misspellings.
        mentioned: bodies that the documents speak of in passing; their short names are known too.
    """
    text, corrected = _corrected(text, loaded, vocabulary)
    places: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for body in sorted(loaded, key=len, reverse=True):
        for match in re.finditer(_pattern_of_loaded(body), text):
            if not _overlaps(match.span(), taken):
                places.setdefault(body, match.start())
                taken.append(match.span())
    others: dict[str, str] = {}
    for name, match in _named_others(text, loaded, mentioned):
        if not _overlaps(match.span(), taken):
            others.setdefault(name, _without_question_words(match) if match.re is _NAMED else match.group())
            taken.append(match.span())
    for name, town in _towns(text, tuple(loaded)):
        others.setdefault(name, town)
    return Named(tuple(sorted(places, key=places.__getitem__)), tuple(others), tuple(others.values()), corrected)


def _named_others(text: str, loaded: Sequence[str], mentioned: Sequence[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """(name, where) of every body in the text that may be another: well known, of a force's form, or mentioned."""
    for name, pattern in _others(tuple(loaded)):
        yield from ((name, match) for match in pattern.finditer(text))
    for match in _NAMED.finditer(text):
        name = _without_question_words(match)
        if name and not _is_of(f"{name} {match[2]}", loaded):
            yield f"{name} {match[2]}", match
    own = {short_name(body) for body in loaded}
    for body in mentioned:
        if short_name(body) not in own:
            short = re.escape(_SUFFIX.sub("", body))
            yield from ((body, match) for match in re.finditer(rf"\b{short}\b", text))
    yield from ((match.group().lower(), match) for match in _NEIGHBOURS.finditer(text))


def _without_question_words(match: re.Match[str]) -> str:
    return " ".join(word for word in match[1].split() if word not in _NOT_A_NAME)


def bodies_mentioned(documents: Sequence[Document]) -> tuple[str, ...]:
    """Forces and services that the documents' paragraphs name, whether they inspect them or not."""
    found: dict[str, None] = {}
    for document in documents:
        for paragraph in document.citable():
            for match in _NAMED.finditer(paragraph.text):
                if name := _without_question_words(match):
                    found.setdefault(f"{name} {match[2]}")
    return tuple(found)


def without_body(text: str, body: str, instead: str = " ") -> str:
    """The text with the body's name, and a possessive behind it, replaced."""
    return re.sub(rf"{_pattern_of_loaded(body)}(?:['’]s?\b)?", instead, text)


def _pattern_of_loaded(body: str) -> str:
    short = re.escape(short_name(body)).replace("and", "(?:and|&)").replace(r"\ ", r"[\s-]+")
    also = [name for known in _gazetteer() if short_name(known.name) == short_name(body) for name in known.also]
    other_kind = r"(?:police|constabulary)" if _is_fire(body) else "fire"
    names = [rf"(?i:{short}(?!\s+{other_kind}\b)(?:\s+{_KIND})?)", *map(_spelled, also)]
    return rf"\b(?:{'|'.join(names)})\b"


def _spelled(name: str) -> str:
    """A nickname as it must stand: one in capitals, or with an article, only so; any other in any case."""
    exact = name.isupper() or name.lower().startswith("the ")
    return re.escape(name) if exact else f"(?i:{re.escape(name)})"


@lru_cache(maxsize=16)
def _others(loaded: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Known bodies that are not loaded, each with the words that name it, longest names first."""
    own = {short_name(body) for body in loaded}
    found = []
    for known in sorted(_gazetteer(), key=lambda each: -len(each.name)):
        if short_name(known.name) in own:
            continue
        short = short_name(known.name)
        names = [rf"(?i:{re.escape(short)}(?:\s+{_KIND})?)"] if len(short) > 3 else []
        if known.name == "Police Scotland":
            names = [r"(?i:police scotland)"]
        names += map(_spelled, known.also)
        found.append((known.name, re.compile(rf"\b(?:{'|'.join(sorted(names, key=len, reverse=True))})\b")))
    return tuple(found)


def _towns(text: str, loaded: tuple[str, ...]) -> list[tuple[str, str]]:
    """(body, town) for "police in Birmingham" and "Birmingham police" where that body is not loaded."""
    own = {short_name(body) for body in loaded}
    found = []
    for known in _gazetteer():
        for place in known.places:
            pattern = rf"\b{place}(?:['’]s)?\s+(?:police|force|constabulary|officers|cops)\b|\b(?:police|policing|force|officers|cops)\s+(?:in|of|for|around)\s+{place}\b"
            if short_name(known.name) not in own and re.search(pattern, text, re.I):
                found.append((f"{known.name} ({place})", place))
    return found


def _is_of(name: str, loaded: Sequence[str]) -> bool:
    return any(short_name(name) == short_name(body) and _is_fire(name) == _is_fire(body) for body in loaded)


def _is_fire(body: str) -> bool:
    return re.search(r"\bfire\b", body, re.I) is not None


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _corrected(text: str, loaded: Sequence[str], vocabulary: frozenset[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with misspelt names of loaded bodies put right, and what was put right.

    A name of several words is looked for word by word in its place: all but one word have to be right, or the kind
    ("Police") has to follow. A name that is another known body's, or the documents' own word, is never changed.
    """
    found: list[tuple[str, str]] = []
    for body in loaded:
        if re.search(_pattern_of_loaded(body), text):
            continue
        wanted = short_name(body).split()
        tokens = list(re.finditer(r"[A-Za-z]+", text))
        for at in range(len(tokens) - len(wanted) + 1):
            window = tokens[at : at + len(wanted)]
            typed = [token.group() for token in window]
            if not _is_slip(typed, wanted, vocabulary):
                continue
            written = text[window[0].start() : window[-1].end()]
            if _is_known_name(written, loaded):
                continue
            right = " ".join(word.capitalize() if word not in STOP_WORDS else word for word in wanted)
            found.append((written, right))
            text = text[: window[0].start()] + right + text[window[-1].end() :]
            break
    return text, tuple(found)


def _is_slip(typed: Sequence[str], wanted: Sequence[str], vocabulary: frozenset[str]) -> bool:
    """Whether one word of the name is misspelt, and the others are right."""
    wrong = [(one.lower(), other) for one, other in zip(typed, wanted, strict=True) if one.lower() != other]
    return len(wrong) == 1 and wrong[0][0] not in vocabulary and is_misspelt(*wrong[0])


def is_misspelt(typed: str, name: str) -> bool:
    """One slip: a letter left out, put in or swapped with the next, or one sound written otherwise.

    Another consonant makes another name: "Eastdale" is not a misspelt "Eastvale". Nor does another first letter.
    """
    if len(name) < SHORTEST_NAME or typed[:1] != name[:1] or typed == name:
        return False
    if abs(len(typed) - len(name)) == 1:
        longer, shorter = sorted((typed, name), key=len, reverse=True)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    places = [at for at, (one, other) in enumerate(zip(typed, name, strict=False)) if one != other]
    if len(typed) != len(name) or len(places) > 2:
        return False
    first = places[0]
    if len(places) == 2:
        return places[1] == first + 1 and typed[first : first + 2] == name[first : first + 2][::-1]
    return any(typed[first] in sound and name[first] in sound for sound in _SOUNDS)


def _is_known_name(written: str, loaded: Sequence[str]) -> bool:
    return any(pattern.fullmatch(written) for _, pattern in _others(tuple(loaded)))
