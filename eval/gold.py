"""Gold questions: what was asked, what the answer must say, and the paragraphs that show it.

Owns the file's line form and every complaint about it. Leaves finding paragraphs for quotes to `anchors`.

A line is one JSON object: {"id", "question", "kind", "answer", "must": [[regex, ...], ...], "must_not": [regex, ...],
"evidence": [[{"paragraph": id, "hash": 8 hex digits, "span": [start, end]}, ...], ...], "wording": "near" | "far",
"tags": [text, ...], "conversation": [earlier questions, in order], "as_of": ISO date}. The last four, `must_not` and
`span` (characters of the paragraph's text) may be left out. No report is quoted: a paragraph is named by its id and a
hash of its text. The tag "must-pass" marks a question whose loss fails the soft gate.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from errors import InputError
from ingest.document import Paragraph

Patterns = tuple[re.Pattern[str], ...]  # alternatives: any one that matches will do

REQUIRED = ("id", "question", "kind", "answer", "must", "evidence", "wording")
OPTIONAL = ("must_not", "tags", "conversation", "as_of")
MUST_PASS = "must-pass"  # noqa: S105  # a tag, not a password
WORDINGS = ("near", "far")  # the report's own words, or a reader's


class Part(StrEnum):
    """Which questions may be looked at for what. See `part`."""

    DEV = "dev"  # rules, weights and thresholds may be made with it
    CHECK = "check"  # read after a change, to see whether it carried over; nothing is made with it
    LOCKED = "locked"  # only run by an explicit flag, and each run is logged in a committed file


class QuestionKind(StrEnum):
    """What a right answer looks like."""

    FACT = "fact"
    NUMBER = "number"
    GRADE = "grade"
    LIST = "list"
    YES_NO = "yesno"
    CHANGE = "change"  # between two inspections
    CROSS_DOCUMENT = "crossdoc"  # evidence in more than one report
    UNANSWERABLE = "unanswerable"  # right only when refused
    FALSE_PREMISE = "falsepremise"  # right only when put straight with evidence: answerable, so a refusal is wrong


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph that shows what a group asks for, and a hash that tells whether it still reads the same."""

    paragraph: str  # id
    hash: str  # `paragraph_hash` of its text
    span: tuple[int, int] | None = None  # the part of its text that carries the fact, where that is known


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question and how to tell a right answer from a wrong one."""

    id: str
    question: str
    kind: QuestionKind
    answer: str  # for people; never compared
    must: tuple[Patterns, ...]  # every group has to be matched
    must_not: Patterns
    evidence: tuple[tuple[Anchor, ...], ...]  # every group has to be cited, by any of its anchors
    wording: str
    tags: tuple[str, ...] = ()
    conversation: tuple[str, ...] = ()  # questions asked before it, in order
    as_of: str | None = None  # ISO date: answer from what was known then

    @property
    def is_answerable(self) -> bool:
        return self.kind is not QuestionKind.UNANSWERABLE

    @property
    def groups(self) -> tuple[frozenset[str], ...]:
        """The evidence groups as sets of paragraph ids."""
        return tuple(frozenset(anchor.paragraph for anchor in group) for group in self.evidence)


def part(question_id: str) -> Part:
    """The part a question belongs to for good, by the SHA-256 of its id as a number.

    Even is dev. Odd numbers are halved and shared out: even then is check, odd is locked. Dev is a half rather than a
    third because weights were fitted on these very questions before there was a locked part, and a question that
    something was fitted on can never serve as a clean one.
    """
    number = int(hashlib.sha256(question_id.encode()).hexdigest(), 16)
    if number % 2 == 0:
        return Part.DEV
    return Part.CHECK if number // 2 % 2 == 0 else Part.LOCKED


def paragraph_hash(text: str) -> str:
    """The first 8 hex digits of the SHA-256 of the text with white space collapsed."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def check_anchors(gold: Sequence[GoldQuestion], paragraphs: Mapping[str, Paragraph]) -> list[str]:
    """A line for each anchor that the index does not hold, or whose paragraph reads differently now; in gold order."""
    problems = []
    for question in gold:
        for anchor in (anchor for group in question.evidence for anchor in group):
            paragraph = paragraphs.get(anchor.paragraph)
            if paragraph is None:
                problems.append(f"{question.id}: paragraph {anchor.paragraph} is not in the index")
            elif not paragraph.is_citable:
                problems.append(f"{question.id}: paragraph {anchor.paragraph} is a {paragraph.kind.value}, never cited")
            elif paragraph_hash(paragraph.text) != anchor.hash:
                problems.append(f"{question.id}: paragraph {anchor.paragraph} does not read as it did")
    return problems


# --- reading ----------------------------------------------------------------------------------------------------------


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a file, in its order.

    Raises:
        InputError: the file cannot be read or holds no question, or lines are wrong; it then lists every problem.
    """
    questions, problems, line_of = [], [], dict[str, int]()
    for number, raw in read_lines(path):
        found = [raw] if isinstance(raw, str) else problems_of(raw)
        if not found:
            question = question_from_json(raw)
            questions.append(question)
            if (first := line_of.setdefault(question.id, number)) != number:
                found = [f"id “{question.id}” is already on line {first}"]
        problems += [f"{path.name}:{number}: {problem}" for problem in found]
    if problems:
        raise InputError(str(path), "\n  ".join(["these lines have to be corrected:", *problems]))
    if not questions:
        raise InputError(str(path), "holds no question. Write one JSON object per line.")
    return tuple(questions)


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Line number from 1 and JSON value of each line that is not blank; a str says why a line is not JSON.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(str(path), f"cannot be read ({problem}). Name a UTF-8 file of JSON lines.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                value = json.loads(line)
            except ValueError as problem:
                value = f"not JSON ({problem})"
            yield number, value if isinstance(value, (dict, str)) else "not a JSON object"


def question_from_json(raw: Mapping[str, Any]) -> GoldQuestion:
    """The question that a line without `problems_of` holds."""
    return GoldQuestion(
        id=raw["id"],
        question=raw["question"],
        kind=QuestionKind(raw["kind"]),
        answer=raw["answer"],
        must=tuple(_patterns(group) for group in raw["must"]),
        must_not=_patterns(raw.get("must_not", [])),
        evidence=tuple(tuple(anchor_from_json(anchor) for anchor in group) for group in raw["evidence"]),
        wording=raw["wording"],
        tags=tuple(raw.get("tags", [])),
        conversation=tuple(raw.get("conversation", [])),
        as_of=raw.get("as_of"),
    )


def anchor_from_json(raw: Mapping[str, Any]) -> Anchor:
    span = raw.get("span")
    return Anchor(raw["paragraph"], raw["hash"], (span[0], span[1]) if span else None)


def _patterns(sources: Sequence[str]) -> Patterns:
    return tuple(re.compile(source, re.IGNORECASE | re.DOTALL) for source in sources)


# --- complaining ------------------------------------------------------------------------------------------------------


def problems_of(raw: Mapping[str, Any]) -> list[str]:
    """Everything wrong with one line, in words; empty when `question_from_json` will take it."""
    problems = [f"“{name}” is missing" for name in REQUIRED if name not in raw]
    problems += [f"unknown name “{name}”" for name in raw if name not in (*REQUIRED, *OPTIONAL)]
    problems += _shape_problems({name: raw[name] for name in (*REQUIRED, *OPTIONAL) if name in raw})
    return problems or _value_problems(raw)


def _shape_problems(raw: Mapping[str, Any]) -> Iterator[str]:
    for name, value in raw.items():
        if name in ("must_not", "tags", "conversation"):
            if not _is_list_of_text(value):
                yield f"“{name}” must be a list of texts"
        elif name == "must":
            if not isinstance(value, list) or not all(group and _is_list_of_text(group) for group in value):
                yield "“must” must be a list of groups, each a list of regular expressions"
        elif name == "evidence":
            if not isinstance(value, list) or not all(_is_group(group) for group in value):
                yield "“evidence” must be a list of groups, each of {“paragraph”: id, “hash”: 8 hex digits}"
        elif not isinstance(value, str) or not value.strip():
            yield f"“{name}” must be a text"


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _is_group(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_anchor(anchor) for anchor in value)


def _is_anchor(value: object) -> bool:
    if (
        not isinstance(value, dict)
        or value.keys() - {"span"} != {"paragraph", "hash"}
        or not _is_span(value.get("span"))
    ):
        return False
    paragraph, digits = value["paragraph"], value["hash"]
    return isinstance(paragraph, str) and isinstance(digits, str) and bool(re.fullmatch("[0-9a-f]{8}", digits))


def _is_span(value: object) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(end, int) for end in value)
        and value[0] < value[1]
    )


def _value_problems(raw: Mapping[str, Any]) -> list[str]:
    problems = []
    if raw["kind"] not in list(QuestionKind):
        problems.append(f"unknown kind “{raw['kind']}”; it is one of {', '.join(QuestionKind)}")
    elif raw["kind"] == QuestionKind.UNANSWERABLE:
        given = [name for name in ("must", "must_not", "evidence") if raw.get(name)]
        problems += [f"an unanswerable question cannot have “{name}”" for name in given]
    else:
        problems += [f"an answerable question needs “{name}”" for name in ("must", "evidence") if not raw[name]]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", raw.get("as_of", "2000-01-01")):
        problems.append(f"“as_of” must be a date as 2019-01-31, not “{raw['as_of']}”")
    if raw["wording"] not in WORDINGS:
        problems.append(f"unknown wording “{raw['wording']}”; it is near or far")
    sources = [source for group in (*raw["must"], raw.get("must_not", [])) for source in group]
    return problems + [problem for source in sources for problem in _pattern_problems(source)]


def _pattern_problems(source: str) -> Iterator[str]:
    try:
        if re.compile(source, re.IGNORECASE | re.DOTALL).search(""):
            yield f"regular expression “{source}” matches an empty answer"
    except re.error as problem:
        yield f"regular expression “{source}” does not compile ({problem})"
