"""Which body or bodies a document is about, and where it names them.

Owns the names of police forces and fire services. Leaves the other fields to `metadata`. Pure.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Block, Role, Span

NAME = r"(?:[A-Z][A-Za-z'’-]+(?: (?:and|of|&|upon) (?=[A-Z])| (?=[A-Z]))?){1,5}"
_UNIT = r"(?:Police(?: Service)?|Constabulary|Fire and Rescue Service|Fire & Rescue Service|Fire Service)"
BODY = re.compile(
    rf"\b(Police Service of {NAME}(?<! )|{NAME}{_UNIT})"
    rf"(?![’'a-z]*,?\s+(?:and Crime|Fire and Crime|Federation|Chiefs|Conduct|National|Authority))\b"
)
# Bodies that other inspectorates visit; looked for only where a text names no force and no fire service.
_OTHER_UNIT = (
    r"(?:(?:Ambulance Service|Ambulance|Hospitals?|Community|Foundation|Healthcare|Care)(?: NHS)?(?: Foundation)? Trust|NHS (?:Foundation )?Trust"
    r"|(?:Borough|County|City|District|Metropolitan|Unitary|Town) Council|Council|Health Board|Trust"
    r"|(?:Youth Justice|Probation|Ambulance|Custody|Children[’']s|Prison) (?:Service|Unit|Centre)|Primary School|High School|School|Academy|College|Prison|Housing(?: Association| Group| Trust)?|Homes)"
)
OTHER_BODY = re.compile(rf"\b((?:HMP|HMYOI|YOI) [A-Z][a-z]+(?: [A-Z][a-z]+)?|{NAME}{_OTHER_UNIT})\b(?! (?:of|for)\b)")
_NOT_A_BODY = re.compile(
    r"^(?:The|National|British(?! Transport)|Our|All|Each|Other|Home|College|PEEL|HM)\b"
    r"|\b(?:Wellbeing|Crime|HMICFRS|PEEL|Inspectorate)\b"
)
# Words of a title in capitals or title case that the pattern takes for the beginning of a name.
_BEFORE_NAME = re.compile(
    r"^(?:(?:An?|The|Joint|Unannounced|Inspections?|Reports?|Review|Response|Assessment|Effectiveness|Efficiency|Legitimacy|"
    r"Of|On|At|In|To|From|By|of|and|&) )+"
)
_INSPECTED = re.compile(r"\b(?:inspected|inspection of|inspections of|visited)\s+(?=(?:the )?[A-Z])")
FEWEST_NAMINGS = 3  # of a body by full name, where no title names it; any text may name a council once. Not tuned
_SPEAKS = 160  # characters behind "inspected" in which a list of bodies stands; not tuned


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a text gives, and where; no span where it comes from no single place."""

    value: str
    span: Span | None = None


def locate(text: str, words: str, start: int = 0) -> Span | None:
    """Where `words` first stand in `text`, whatever the white space, emphasis marks and case."""
    if not words.split():
        return None
    match = re.compile(r"[\s*_]+".join(map(re.escape, words.split())), re.I).search(text, start)
    return match.span() if match else None


def labelled_bodies(field: str | None, text: str) -> list[Said]:
    """The bodies of a line such as "Forces inspected: A, B and C"; "A and B Police" is one body."""
    if not field:
        return []
    value = re.sub(r"\s*\(.*", "", field)
    parts = [part.strip() for part in re.split(r"\s*[,;]\s*(?:and\s+)?", value) if part.strip()]
    names = [name for part in parts for name in _split_pair(part)]
    begin = (locate(text, value) or (0, 0))[0]
    return [Said(name, locate(text, name, begin)) for name in names]


def _split_pair(part: str) -> list[str]:
    """ "Northmoor Police and Withern Constabulary" are two; "Northmoor and Withern Police" is one."""
    pair = re.split(r"(?:(?<=Police)|(?<=Constabulary)|(?<=Service)) (?:and|&) (?=[A-Z])", part)
    return pair if len(pair) > 1 else [part]


def bodies_in(text: str, pattern: re.Pattern[str] = BODY) -> list[str]:
    """The bodies a piece of text names, in order, each once; a title in capitals is read as well."""
    words = " ".join(text.split())
    if words.isupper():
        words = _lowered(words)
    found = [_BEFORE_NAME.sub("", name) for match in pattern.finditer(words) for name in _split_pair(match[1])]
    return list(dict.fromkeys(name for name in found if not _NOT_A_BODY.search(name)))


def find_bodies(title: str, text: str, blocks: Sequence[Block], only_titled: bool = False) -> list[Said]:
    """The bodies inspected, the main one first; `only_titled` where a text names many and is on none.

    Those in the title; else the one named most often, and with it those that a sentence lists as inspected or that
    head sections of their own. A title that names only part of a body's name ("Northmoor") changes nothing.
    """
    counts = _counts(text)
    titled = bodies_in(title)
    if not counts and not titled:
        counts, titled = _counts(text, OTHER_BODY), bodies_in(title, OTHER_BODY)
        counts = Counter({name: count for name, count in counts.items() if count >= FEWEST_NAMINGS})
    if titled:
        known = {name.casefold(): name for name in counts}
        names = [known.get(name.casefold(), name) for name in titled]
    elif counts and not only_titled:
        listed = _listed(text) or _headed(blocks)
        first = counts.most_common(1)[0][0]
        names = [first, *(name for name in listed if name != first)] if first in listed or not listed else [first]
        names = listed if len(listed) > 1 and first in listed else names
    else:
        return []
    return [Said(name, locate(text, name)) for name in dict.fromkeys(names)]


def _counts(text: str, pattern: re.Pattern[str] = BODY) -> Counter[str]:
    # A name may run over a wrapped line, never over a blank one.
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return Counter(
        match[1].strip() for part in paragraphs for match in pattern.finditer(part) if not _NOT_A_BODY.search(match[1])
    )


def _listed(text: str) -> list[str]:
    """The longest list of bodies that one sentence says were inspected; nothing where none lists two."""
    words = re.sub(r"[ \t]*\n?[ \t]+|\n(?!\s*\n)", " ", text)
    lists = []
    for match in _INSPECTED.finditer(words):
        behind = re.split(r"[.:]\s|\n", words[match.end() : match.end() + _SPEAKS])[0]
        lists.append(bodies_in(behind))
    best = max(lists, key=len, default=[])
    return best if len(best) > 1 else []


def _headed(blocks: Sequence[Block]) -> list[str]:
    """Bodies whose name is the whole of a heading."""
    names = [
        name
        for block in blocks
        if block.role is Role.HEADING
        for name in bodies_in(block.text)[:1]
        if name == block.text
    ]
    found = list(dict.fromkeys(names))
    return found if len(found) > 1 else []


def _lowered(words: str) -> str:
    small = {"and", "of", "the", "upon", "an", "a", "in", "on", "for", "to"}
    return " ".join(word.lower() if word.lower() in small else word.capitalize() for word in words.split())
