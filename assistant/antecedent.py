"""What the turn before was about: its body, its period, its subject.

Owns taking them from the last question, and reading "the other force" and "the inspection before" against it. Leaves
rewriting to `followup`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.bodies import Named, bodies_named, loaded_bodies, without_body
from assistant.conversation import Turn
from assistant.question import of_bodies
from assistant.reference import inspections_in_order, years_in
from assistant.subject import DOCUMENT_REFERENCE
from assistant.topic import topic_of
from ingest.document import Document

_OTHER_BODY = re.compile(
    r"\b(?:the|an)?\s*other\s+(?:(?:police\s+)?force|body|service|constabulary|area|one)s?\b", re.I
)
_BEFORE = re.compile(
    r"\b(?:the\s+)?(?:previous|prior|earlier|preceding)\s+(?:inspection|report|one|time)\b|\b(?:the\s+)?(?:time|inspection|report|one)\s+before(?:\s+(?:that|it))?\b|\bbefore\s+(?:that|then)\b",
    re.I,
)
_AFTER = re.compile(
    r"\b(?:the\s+)?(?:next|following)\s+(?:inspection|report|one|time)\b|\bafter\s+that\b|\blater\b", re.I
)
_YEARS_AWAY = re.compile(
    r"\b(?P<count>the|a|one|two|three|four|five|six|\d)\s+years?\s+(?P<way>before|earlier|after|later)(?:\s+that)?\b",
    re.I,
)
NOW = re.compile(r"\b(?:now|today|these days|currently|at present|lately|recently|most recently)\b", re.I)
_LATEST = re.compile(
    r"\b(?:in\s+)?(?:the\s+)?(?:last|latest|most recent|newest|current)(?:\s+(?:peel|hmic\w*))?(?:\s+(?:inspection|report|one))?\b",
    re.I,
)
_THEN = re.compile(
    r"\b(?:back\s+)?then\b|\bat (?:that|the) time\b|\b(?:in )?(?:that|the same) (?:year|inspection|report)\b", re.I
)
PREPOSITION = re.compile(r"^(?:in|for|on|about|at|of|with|by|to|from|as of|during)\s+", re.I)
_COUNTS = {"the": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What the turn before is about."""

    base: str  # its question, without a question mark
    stripped: str  # ... without the words for period and body
    period: str  # the words for its period, such as "in 2016", or its answer's; "" when it has none
    said_period: str  # the words for its period that stand in it
    years: frozenset[int]
    bodies: tuple[str, ...]  # named in it, or those that its answer is about
    named: Named
    loaded: tuple[str, ...]
    earlier: tuple[str, ...]  # bodies of the turns before, latest first
    documents: tuple[Document, ...]
    last: Turn

    @classmethod
    def of(cls, last: Turn, turns: Sequence[Turn], documents: Sequence[Document]) -> "Antecedent":
        loaded = loaded_bodies(documents)
        base = last.question.strip(" ?!.")
        named = bodies_named(base, loaded)
        cited = tuple(dict.fromkeys(c.document.metadata.body for c in last.citations if c.document.metadata.body))
        bodies = named.loaded or named.others or (loaded if len(loaded) == 1 else cited if len(cited) == 1 else ())
        period = " ".join(_clean(match.group()) for match in DOCUMENT_REFERENCE.finditer(base))
        stripped = _stripped(base, named)
        earlier = [body for turn in reversed(turns[:-1]) for body in bodies_named(turn.question, loaded).loaded]
        return cls(
            base,
            stripped,
            period or _cited_period(last, documents),
            period,
            years_in(period),
            bodies,
            named,
            loaded,
            tuple(dict.fromkeys(earlier)),
            tuple(documents),
            last,
        )

    @property
    def is_of_several(self) -> bool:
        return len(self.loaded) > 1

    @property
    def topic(self) -> str:
        return topic_of(self.stripped)


def _stripped(text: str, named: Named) -> str:
    text = DOCUMENT_REFERENCE.sub(" ", text)
    for body in named.loaded:
        text = without_body(text, body, " the force ")
    for name in named.others_as_written:
        text = re.sub(rf"\b{re.escape(name)}(?:\s+(?:Police|Constabulary))?(?:['’]s)?", " the force ", text, flags=re.I)
    return re.sub(r"\s+", " ", text).strip(" ,;:")


def _cited_period(last: Turn, documents: Sequence[Document]) -> str:
    """The period of the answer, when it rests on one inspection and a newer one of its body is loaded."""
    periods = {citation.document.metadata.period for citation in last.citations}
    if len(periods) != 1 or None in periods:
        return ""
    document = last.citations[0].document
    inspections = inspections_in_order(of_bodies((document.metadata.body or "",), documents))
    is_older = any(document.id in ids for ids in inspections[:-1])
    return f"in {document.metadata.period}" if is_older else ""


def names_period(text: str) -> bool:
    return any(pattern.search(text) for pattern in (DOCUMENT_REFERENCE, _BEFORE, _AFTER, _YEARS_AWAY, _THEN))


def period_in(text: str, context: Antecedent) -> tuple[str, str]:
    """(the period a text names, as words to add, the text without them)."""
    if match := _YEARS_AWAY.search(text):
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        start = min(context.years or _newest_years(context), default=None)
        if start is not None:
            sign = -1 if match["way"].lower() in ("before", "earlier") else 1
            return f"in {start + sign * count}", _cut(text, match)
    for pattern, step in ((_BEFORE, -1), (_AFTER, 1)):
        if match := pattern.search(text):
            return _neighbour(context, step) or f"in the {'previous' if step < 0 else 'next'} inspection", _cut(
                text, match
            )
    if match := _THEN.search(text):
        return context.period, _cut(text, match)
    if match := DOCUMENT_REFERENCE.search(text):
        said = _clean(match.group())
        return (said if PREPOSITION.match(said) or said.lower().startswith("since") else f"in {said}"), _cut(
            text, match
        )
    if match := _LATEST.fullmatch(text.strip()) or NOW.fullmatch(text.strip()):
        return "in the latest inspection", ""
    return "", text


def _neighbour(context: Antecedent, step: int) -> str:
    """The inspection before or after the one last asked about, as "in 2015"; "" when there is none."""
    documents = of_bodies([body for body in context.bodies if body in context.loaded], context.documents)
    inspections = inspections_in_order(documents)
    by_id = {document.id: document for document in documents}
    of_turn = [
        place for place, ids in enumerate(inspections) if any(context.years & by_id[key].metadata.years for key in ids)
    ]
    place = (of_turn[0] if of_turn else len(inspections) - 1) + step
    if not 0 <= place < len(inspections):
        return ""
    period = next((by_id[key].metadata.period for key in sorted(inspections[place])), None)
    return f"in {period}" if period else ""


def _newest_years(context: Antecedent) -> frozenset[int]:
    inspections = inspections_in_order(of_bodies([b for b in context.bodies if b in context.loaded], context.documents))
    newest = [d for d in context.documents if inspections and d.id in inspections[-1]]
    return years_in(newest[0].metadata.period or "") if newest else frozenset()


def changed_since(context: Antecedent) -> str:
    """The time since the period last asked about, as "since 2015"; "" when there is none, or no later inspection."""
    years = years_in(context.period)
    return f"since {min(years)}" if years and not years & _newest_years(context) else ""


def body_in(text: str, context: Antecedent) -> tuple[str, str]:
    """(the body a text names, the text without it); "the other force" is the loaded one not asked about last."""
    if match := _OTHER_BODY.search(text):
        others = [body for body in context.loaded if body not in context.bodies]
        before = [body for body in context.earlier if body in others]
        chosen = before[:1] if len(others) > 1 and before else others
        return " and ".join(chosen) or "the other force", _cut(text, match)
    named = bodies_named(text, context.loaded)
    for body in named.loaded:
        text = without_body(text, body)
    for name in named.others_as_written:
        text = text.replace(name, " ")
    return " and ".join((*named.loaded, *named.others)), text.strip()


def with_body(text: str, body: str, context: Antecedent) -> str:
    """The text about this body: in the place of the one it names, else added."""
    named = bodies_named(text, context.loaded)
    for old in named.loaded:
        possessive = re.search(rf"{re.escape(old.split()[0])}[\w ]*['’]s", text)
        return re.sub(
            r"\s+",
            " ",
            without_body(
                text,
                old,
                f" {body}{'’s' if possessive else ''} ",
            ),
        ).strip()
    for name in named.others_as_written:
        return text.replace(name, body, 1)
    replaced, count = re.subn(r"\bthe (?:force|service)\b|\bthey\b", body, text, count=1)
    return replaced if count else f"{text} at {body}"


def at_body(text: str, context: Antecedent) -> str:
    """The words that add the body last asked about, when the text names none and there are several."""
    named = bodies_named(text, context.loaded)
    is_needed = context.bodies and (context.is_of_several or context.named.others)
    return f" at {context.bodies[0]}" if is_needed and not named.loaded and not named.others else ""


def without_period(text: str) -> str:
    text = re.sub(r"\s*\bbetween\s+\S+\s+and\s+(?=(?:19|20)\d\d)|\s*\bfrom\s+(?=(?:19|20)\d\d\S*\s+to\s)", " ", text)
    return " ".join(re.sub(r"\(\s*\)", " ", DOCUMENT_REFERENCE.sub(" ", text)).split()).strip(" ,;:")


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:()?")


def _cut(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
