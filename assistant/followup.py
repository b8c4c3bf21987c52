"""A question that needs the turns before it, rewritten so that it stands alone.

Owns telling such questions from those that stand alone, and filling in body, period and subject. Leaves the shapes of
the earlier question to `topic`, and reading the rewritten one to `question`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.bodies import Named, bodies_named, loaded_bodies, without_body
from assistant.conversation import Turn
from assistant.question import DOCUMENT_REFERENCE, of_bodies
from assistant.reference import inspections_in_order, years_in
from assistant.topic import AUX, topic_of
from index.tokens import STOP_WORDS, words
from ingest.document import Document

_SOURCE = re.compile(
    r"^(?:and\s+|but\s+|so\s+)?(?:who\s+(?:said|says|wrote|found|reported|concluded)\s+(?:that|this|so|it)\b(?!\s+\w+\s+\w+)|says who\b|"
    r"where (?:does|did|is|was) (?:it|that|this) (?:say|said|come|written|from)\b|where(?:['’]s| is) that from|"
    r"which (?:report|document|page|paragraph|section|inspection) (?:says|said|is|was|found) (?:that|this|it|so)\b|"
    r"when was (?:that|this|it) (?:said|written|published|reported|found)|(?:what|what['’]s|whats)(?: is)? the source\b|"
    r"(?:what|which) (?:page|paragraph|section) (?:is|was) (?:that|this|it) (?:on|in|from))",
    re.I,
)
_CONNECTOR = re.compile(
    r"^(?:(?:(?:ok|okay|now|well|right|thanks|thank you|yes|no|sorry)\s*[,.]|(?:and|but|so|also|then|or)\b,?)\s*)*"
    r"(?:(?:what|how)\s+about\s+|(?:the\s+)?same\s+(?:question\s+)?(?:for|in|with)\s+|what\s+(?=(?:in|for|of)\s+[\w/ ]+\?*$))?",
    re.I,
)
_CLAUSE = re.compile(
    rf"\b{AUX}\b|^(?:who|what|which|where|when|why|how)\b|['’]s\b(?=\s+(?:the|it|that|this|changed|happened))", re.I
)
_BARE = re.compile(
    r"^(?:why(?: not| so| is that| was that| was it| is it)?|how come|how so|since when|when(?: was (?:that|it|this))?|who(?: by| was (?:that|it))?|by whom|"
    r"where(?: was (?:that|it))?|how(?: many| much)?(?: of (?:them|those|these))?(?: are there| were there| was it| is it)?)$",
    re.I,
)
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
_NOW = re.compile(r"\b(?:now|today|these days|currently|at present|lately|recently|most recently)\b", re.I)
_LATEST = re.compile(
    r"\b(?:in\s+)?(?:the\s+)?(?:last|latest|most recent|newest|current)(?:\s+(?:peel|hmic\w*))?(?:\s+(?:inspection|report|one))?\b",
    re.I,
)
_THEN = re.compile(
    r"\b(?:back\s+)?then\b|\bat (?:that|the) time\b|\b(?:in )?(?:that|the same) (?:year|inspection|report)\b", re.I
)
_PREPOSITION = re.compile(r"^(?:in|for|on|about|at|of|with|by|to|from|as of|during)\s+", re.I)
_COUNTS = {"the": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

# Words that ask without saying what about. A question of these and a pronoun depends on the one before it.
_GENERAL = frozenset(
    [
        "say",
        "said",
        "says",
        "find",
        "found",
        "report",
        "reports",
        "reported",
        "inspector",
        "inspectors",
        "inspection",
        "recommend",
        "recommended",
        "happen",
        "happened",
        "happening",
        "improve",
        "improved",
        "improvement",
        "change",
        "changed",
        "changes",
        "become",
        "became",
        "cost",
        "many",
        "much",
        "grade",
        "graded",
        "grading",
        "rating",
        "rated",
        "tell",
        "told",
        "mean",
        "means",
        "reason",
        "reasons",
        "fix",
        "fixed",
        "done",
        "do",
        "address",
        "addressed",
        "resolve",
        "resolved",
        "deal",
        "dealt",
        "still",
        "true",
        "case",
        "look",
        "compare",
        "better",
        "worse",
        "force",
        "now",
        "get",
        "got",
        "go",
        "come",
        "came",
        "since",
        "then",
        "there",
        "call",
        "called",
        "start",
        "started",
        "end",
        "ended",
        "mention",
        "mentioned",
        "respond",
        "responded",
        "response",
        "response",
        "action",
        "act",
        "acted",
        "take",
        "taken",
        "follow",
        "followed",
        "put",
        "right",
        "wrong",
        "problem",
        "good",
        "bad",
        "enough",
        "big",
        "long",
        "often",
        "soon",
        "later",
        "finish",
        "finished",
        "else",
        "other",
        "others",
        "same",
        "next",
        "previous",
        "second",
        "third",
        "first",
        "last",
        "explain",
        "detail",
        "details",
        "more",
        "further",
        "progress",
        "status",
        "answer",
        "panel",
        "police",
        "give",
        "given",
        "exactly",
        "actually",
        "also",
        "again",
        "already",
        "any",
        "anything",
        "something",
        "way",
        "ways",
        "thing",
        "things",
        "people",
        "published",
        "made",
        "make",
        "recommendation",
        "recommendations",
        "area",
        "areas",
        "decide",
        "decided",
        "conclude",
        "concluded",
        "think",
        "thought",
        "latest",
        "new",
        "old",
        "year",
        "years",
        "time",
        "date",
        "name",
        "named",
        "lead",
        "leads",
        "led",
        "leader",
        "charge",
        "responsible",
        "run",
        "runs",
        "chair",
        "chairs",
        "own",
        "owns",
        "pay",
        "pays",
        "paid",
        "work",
        "works",
        "worked",
        "does",
        "did",
    ]
)
_ANAPHOR = re.compile(
    r"\b(?:it|its|them|they|their|theirs|this|those|these|he|she|his|her|him)\b|\bthat\b(?!\s+(?:the|a|an|it|they|we|there|of)\b)|"
    r"\bsince(?:\s+then)?\W*$|\b(?:the|that)\s+(?:first|second|third|fourth|fifth|last)\s+(?:one|point|item)\b",
    re.I,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|be|would|could)\s+it\s+(?:be\s+)?(?:\w+\s+)?(?:to|that)\s+\w+|\bit\s+(?:takes?|costs?)\s+to\b|"
    r"\b(?:is|was)\s+it\s+(?:true|possible|right|ok|fair|the case)\b|\bthese days\b|"
    r"\bthis (?:year|month|week|paper|report|index|desk|page)\b|\b(?:those|people|anyone) who\b|\bthat\s+\w+s\b",
    re.I,
)
_FORECAST = re.compile(r"^(?:will|should)\b", re.I)
_SAYS_NOTHING = re.compile(r"\b(?:say|said|says|find|found|conclude|concluded|recommend)\b\W*$", re.I)
_SINCE_THEN = re.compile(r"\b(?:ever\s+)?since(?:\s+then)?\s*$", re.I)
MOST_SOURCES = 3  # statements whose source is given
MOST_OWN = 2  # content words of its own that a question with a pronoun may have and still depend on the one before it
_PERSON = re.compile(r"\b(?:he|she|his|her|him)\b", re.I)
_NAME = re.compile(
    r"\b(?!(?:The|This|What|Who|In|At|His|Her|North|South|East|West|Police|Chief|Harbour)\b)[A-Z][a-z]+ [A-Z][a-z]+(?=\b)"
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question as it stands alone."""

    question: str
    source_of: tuple[Citation, ...] = ()  # "who said that?": the statements whose source is asked for


def follow_up(asked: str, turns: Sequence[Turn], documents: Sequence[Document]) -> FollowUp | None:
    """The question rewritten from the last turn; None when it stands alone, or there is nothing to take over."""
    text = " ".join(asked.split())
    if turns and _SOURCE.search(text):
        return _source(text, turns[-1])
    turns = [turn for turn in turns if turn.question.strip() and not _SOURCE.search(turn.question)]
    if not turns:
        return None
    last = turns[-1]
    context = _Context.of(last, turns, documents)
    rest = text[_CONNECTOR.match(text).end() :].strip(" ?!.") if _CONNECTOR.match(text) else text.strip(" ?!.")  # type: ignore[union-attr]
    is_continued = len(rest) < len(text.strip(" ?!.")) - 1
    if not rest:
        return None
    if _BARE.match(rest):
        return FollowUp(_capital(_bare(rest, context)))
    if not _CLAUSE.search(rest):
        found = _fragment(rest, is_continued, context)
    else:
        found = _clause(text, rest, is_continued, context)
    return FollowUp(_capital(found)) if found and found != text else None


def _source(text: str, last: Turn) -> FollowUp | None:
    if not last.citations:
        return None
    said = f"{text.rstrip(' ?')}: “{_shortened(last.citations[0].quote)}”?"
    return FollowUp(_capital(said), last.citations[:MOST_SOURCES])


@dataclass(frozen=True, slots=True)
class _Context:
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
    def of(cls, last: Turn, turns: Sequence[Turn], documents: Sequence[Document]) -> "_Context":
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


# --- fragments: "and in 2015?", "what about the other force?", "and for burglary?" ------------------------------------


def _fragment(rest: str, is_continued: bool, context: _Context) -> str:
    """The last question with what the fragment names put in its place; "" when it is no follow-up."""
    period, left = _period_in(rest, context)
    body, left = _body_in(left, context)
    subject = _PREPOSITION.sub("", left.strip(" ,"))
    subject = (
        ""
        if subject.lower() in ("", "the", "that", "it", "and", "force", "the force", "in", "at", "for", "by", "of")
        else subject
    )
    if not is_continued and (subject or not (period or body)):
        return ""
    text = context.base
    if subject:
        text = _with_subject(text, subject, left.strip(), context)
    if period:
        text = f"{_without_period(text)} {period}"
    if body:
        text = _with_body(text, body, context)
    elif context.is_of_several and not context.named.loaded and not context.named.others and context.bodies:
        text = _with_body(text, context.bodies[0], context)
    return f"{' '.join(text.split())}?"


def _period_in(text: str, context: _Context) -> tuple[str, str]:
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
        return (said if _PREPOSITION.match(said) or said.lower().startswith("since") else f"in {said}"), _cut(
            text, match
        )
    if match := _LATEST.fullmatch(text.strip()) or _NOW.fullmatch(text.strip()):
        return "in the latest inspection", ""
    return "", text


def _neighbour(context: _Context, step: int) -> str:
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


def _newest_years(context: _Context) -> frozenset[int]:
    inspections = inspections_in_order(of_bodies([b for b in context.bodies if b in context.loaded], context.documents))
    newest = [d for d in context.documents if inspections and d.id in inspections[-1]]
    return years_in(newest[0].metadata.period or "") if newest else frozenset()


def _body_in(text: str, context: _Context) -> tuple[str, str]:
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


def _with_body(text: str, body: str, context: _Context) -> str:
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


def _with_subject(text: str, subject: str, written: str, context: _Context) -> str:
    """The text about another subject: in the place of its topic, or of the phrase behind the same preposition."""
    topic = context.topic
    preposition = _PREPOSITION.match(written)
    if preposition and topic:
        place = re.search(rf"\b{preposition.group().strip()}\s+{re.escape(topic)}", text, re.I)
        if place:
            return f"{text[: place.start()]}{written}{text[place.end() :]}"
    if preposition and preposition.group().strip().lower() not in ("for", "on", "about", "of"):
        return f"{text} {written}"  # "and in Telford?" says where, not what
    if re.search(r"\b(?:grade|grading|rating)\b", subject, re.I):
        return f"What was {subject} {context.period}"
    if topic and topic.lower() in text.lower():
        at = text.lower().index(topic.lower())
        return f"{text[:at]}{subject}{text[at + len(topic) :]}"
    return f"{text}, on {subject}"


# --- clauses: "what happened to it?", "who leads them?", "how many officers did it have in 2021?" ---------------------


def _clause(text: str, rest: str, is_continued: bool, context: _Context) -> str:
    """The question with its pronouns, body and period filled in; "" when it stands alone."""
    named = bodies_named(text, context.loaded)
    if not _depends(text, rest):
        adds_body = is_continued or re.search(r"\b(?:the force|they|their)\b", text, re.I)
        if adds_body and context.is_of_several and not named.loaded and not named.others and context.bodies:
            kept = _with_body(rest, context.bodies[0], context).strip(" ?")
        elif is_continued and context.said_period:
            kept = rest
        else:
            return ""
        period = "" if not is_continued or _period_words(rest) or _NOW.search(rest) else context.said_period
        return f"{kept} {period}".strip() + "?" if period or kept != rest else ""
    topic = context.topic or context.stripped
    if _SAYS_NOTHING.search(rest):  # "what did the 2015 report say?": the words for the report stay where they are
        return f"{rest} about {topic}{_at_body(rest, context)}?"
    since = _SINCE_THEN.search(rest)
    rest = _SINCE_THEN.sub(" ", rest)
    period, left = _period_in(rest, context) if _period_words(rest) else ("", rest)
    period = period or (f"since {min(context.years)}" if since and context.years else "")
    body, left = _body_in(left, context)
    filled = _filled(left, context).strip(" ,")
    if not _mentions(filled, topic) and not _PERSON.search(rest):
        filled = f"{filled}: {topic}"
    elif filled == left and _PERSON.search(rest):
        filled = f"{filled} ({_person(context) or topic})"
    if body:
        filled = _with_body(filled, body, context)
    elif context.bodies and (context.is_of_several or context.named.others):
        filled = _with_body(filled, context.bodies[0], context)
    period = period or ("" if years_in(filled) or _NOW.search(rest) else context.period)
    return f"{' '.join(f'{filled} {period}'.split())}?"


def _depends(text: str, rest: str) -> bool:
    """Whether a clause cannot be understood alone.

    It has a pronoun for which nothing earlier in the question can stand, and hardly a content word of its own; or no
    content word at all and asks what a report says.
    """
    plain = DOCUMENT_REFERENCE.sub(" ", rest)
    own = [word for word in words(plain) if word not in STOP_WORDS and word not in _GENERAL and not word.isdigit()]
    anaphor = _ANAPHOR.search(plain)
    if re.search(r"\w[.?!:;]\s+\w", rest) or _FORECAST.search(rest):  # its own first sentence says what it is about
        return False
    if anaphor is None or _EXPLETIVE.search(plain):
        return bool(not own and _SAYS_NOTHING.search(rest) and DOCUMENT_REFERENCE.search(rest))
    before = [word for word in words(plain[: anaphor.start()]) if word not in STOP_WORDS and word not in _GENERAL]
    if re.search(r"[,;:.?!–—]|\s-\s", plain[: anaphor.start()]) and before:
        return False
    most = (
        MOST_OWN
        if re.search(
            r"\b(?:it|its|them|that|this|those|these|he|she|his|her|him|one|then|since)\b", anaphor.group(), re.I
        )
        else 0
    )
    is_subject = re.search(rf"\b{AUX}\s+{anaphor.group()}\b", plain, re.I) is not None
    return len(own) <= most and (len(before) <= 1 or is_subject)


def _period_words(text: str) -> bool:
    return any(pattern.search(text) for pattern in (DOCUMENT_REFERENCE, _BEFORE, _AFTER, _YEARS_AWAY, _THEN))


def _filled(text: str, context: _Context) -> str:
    """The text with its pronouns replaced by what they stand for."""
    topic = context.topic
    if match := re.search(
        r"\b(?:the|that)\s+(first|second|third|fourth|fifth|last)\s+(?:one|point|item)\b", text, re.I
    ):
        item = _item(match[1].lower(), context)
        return text[: match.start()] + (f"“{item}”" if item else topic or match.group()) + text[match.end() :]
    if _PERSON.search(text) and (person := _person(context)):
        text = re.sub(r"\b(?:his|her)\b(?=\s+\w)", f"{person}’s", text, count=1, flags=re.I)
        return re.sub(r"\b(?:he|she|him|her)\b", person, text, count=1, flags=re.I)
    if not topic:
        return text
    if re.search(
        r"\b(?:it|they)\b.*\b(?:them|those|these)\b", text, re.I
    ):  # "does it plan to grow them?": it is the body
        text = re.sub(r"\b(?:it|they)\b", "the force", text, count=1, flags=re.I)
    patterns = (
        (r"\bof (?:them|those|these)\b", f"{topic}"),
        (r"\b(?:its|their)\b", f"{topic}’s"),
        (
            r"\b(?:that|this|those|these)\s+(?:team|unit|problem|issue|finding|area|plan|project|grade|grading|figure|number|concern|recommendations?|areas|findings|problems|officers|people|points?|line|service|system)\b",
            topic,
        ),
        (r"\b(?:it|them|they|this|those|these|that)\b", topic),
    )
    for pattern, replacement in patterns:
        changed, count = re.subn(pattern, replacement.replace("\\", ""), text, count=1, flags=re.I)
        if count:
            return changed
    return text


def _item(which: str, context: _Context) -> str:
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}[which]
    quotes = list(dict.fromkeys(citation.paragraph.own_text for citation in context.last.citations))
    return _shortened(quotes[place]) if quotes and place < len(quotes) else ""


def _person(context: _Context) -> str:
    for source in (context.base, *(citation.quote for citation in context.last.citations)):
        if match := _NAME.search(source):
            return match.group()
    return ""


def _mentions(text: str, topic: str) -> bool:
    wanted = [word for word in words(topic) if word not in STOP_WORDS]
    return any(word in words(text) for word in wanted)


# --- "why?", "how many?", "when was that?" ----------------------------------------------------------------------------


def _bare(rest: str, context: _Context) -> str:
    """The bare question word in front of what the last question was about."""
    word = rest.lower()
    topic = context.topic or context.stripped
    clause = re.search(rf"\b({AUX}\s+.+)$", re.sub(r"\b(done)\b", r"\1 that", context.base), re.I)
    body = f" at {context.bodies[0]}" if context.bodies and (context.is_of_several or context.named.others) else ""
    where = f"{body} {context.period}".rstrip()
    if word.startswith(("why", "how come", "how so")):
        graded = re.search(r"\bgrade|\bgraded|\brated|\bjudged", context.base, re.I)
        if graded and context.topic:
            said = f"was {context.topic} graded so{where}"
        else:
            said = clause.group(1)[0].lower() + clause.group(1)[1:] if clause else f"{topic}{where}"
            missing = not bodies_named(said, context.loaded).loaded and body
            said = f"{said}{body}" if missing else said
            said = (
                said if not context.period or years_in(said) or context.period in said else f"{said} {context.period}"
            )
        return f"Why {said}?"
    if word.startswith(("how many", "how much")):
        counted = re.sub(r"^(?:the|a|an)\s+", "", topic)
        return f"How many {counted} were there{where}?" if "many" in word else f"How much was {topic}{where}?"
    if word.startswith(("when", "since when", "where")):
        lead = rest.split(maxsplit=1)[0].capitalize()
        return f"{lead} was that: {topic}{where}?"
    lead = "Who" if word.startswith(("who", "by whom")) else "How"
    said = clause.group(1) if clause and lead == "How" else f"is responsible for {topic}{where}"
    return f"{lead} {said}?"


def _at_body(text: str, context: _Context) -> str:
    """The words that add the body last asked about, when the text names none and there are several."""
    named = bodies_named(text, context.loaded)
    is_needed = context.bodies and (context.is_of_several or context.named.others)
    return f" at {context.bodies[0]}" if is_needed and not named.loaded and not named.others else ""


def _shortened(text: str) -> str:
    first = text.split()
    return " ".join(first[:14]) + ("…" if len(first) > 14 else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:()?")


def _cut(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())


def _without_period(text: str) -> str:
    text = re.sub(r"\s*\bbetween\s+\S+\s+and\s+(?=(?:19|20)\d\d)|\s*\bfrom\s+(?=(?:19|20)\d\d\S*\s+to\s)", " ", text)
    return " ".join(re.sub(r"\(\s*\)", " ", DOCUMENT_REFERENCE.sub(" ", text)).split()).strip(" ,;:")
