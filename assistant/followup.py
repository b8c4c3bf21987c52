"""A question that needs the turns before it, rewritten so that it stands alone.

Owns telling fragments, clauses and bare question words apart, and rewriting each. Leaves what the turn before was about
to `antecedent`, and what a pronoun stands for to `pronouns`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.antecedent import (
    NOW,
    PREPOSITION,
    Antecedent,
    at_body,
    body_in,
    changed_since,
    names_period,
    period_in,
    with_body,
    without_period,
)
from assistant.bodies import bodies_named
from assistant.conversation import Turn
from assistant.pronouns import PERSON, SAYS_NOTHING, SINCE_THEN, depends, filled_in, mentions, person_in, shortened
from assistant.reference import years_in
from assistant.topic import AUX
from ingest.document import Document

_SOURCE = re.compile(
    r"^(?:and\s+|but\s+|so\s+)?(?:who\s+(?:said|says|wrote|found|reported|concluded)\s+(?:that|this|so|it)\b(?!\s+(?!and (?:when|where|which)\b)\w+\s+\w+)|says who\b|"
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
_WHICH = re.compile(rf"^(?:{PREPOSITION.pattern.strip('^')}|over\s+|until\s+|since\s+)?(?:which|what)\s+\w+$", re.I)
# "Did it get better?" is about the time since, and not within the one year asked about before.
_CHANGED = re.compile(
    r"\b(?:better|worse|improv(?:e|ed|ing)|chang(?:e|ed|ing)|got (?:up|down|on)|g(?:o|one|oing|et|ets|etting) (?:up|down|on)|"
    r"went (?:up|down)|progress(?:ed)?|ris(?:e|en|ing)|rose|f(?:a|e)ll(?:en|ing)?|move[sd]? on)\b",
    re.I,
)
MOST_SOURCES = 3  # statements whose source is given


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
    context = Antecedent.of(last, turns, documents)
    rest = text[_CONNECTOR.match(text).end() :].strip(" ?!.") if _CONNECTOR.match(text) else text.strip(" ?!.")  # type: ignore[union-attr]
    is_continued = len(rest) < len(text.strip(" ?!.")) - 1
    if not rest:
        return None
    if _BARE.match(rest):
        return FollowUp(_capital(_bare(rest, context)))
    if _WHICH.match(rest):
        return FollowUp(_capital(f"{rest}: {context.topic or context.stripped} {context.period}".strip() + "?"))
    if not _CLAUSE.search(rest):
        found = _fragment(rest, is_continued, context)
    else:
        found = _clause(text, rest, is_continued, context)
    return FollowUp(_capital(found)) if found and found != text else None


def _source(text: str, last: Turn) -> FollowUp | None:
    if not last.citations:
        return None
    said = f"{text.rstrip(' ?')}: “{shortened(last.citations[0].quote)}”?"
    return FollowUp(_capital(said), last.citations[:MOST_SOURCES])


def _fragment(rest: str, is_continued: bool, context: Antecedent) -> str:
    """The last question with what the fragment names put in its place; "" when it is no follow-up."""
    period, left = period_in(rest, context)
    body, left = body_in(left, context)
    subject = PREPOSITION.sub("", left.strip(" ,"))
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
        text = f"{without_period(text)} {period}"
    if body:
        text = with_body(text, body, context)
    elif context.is_of_several and not context.named.loaded and not context.named.others and context.bodies:
        text = with_body(text, context.bodies[0], context)
    return f"{' '.join(text.split())}?"


def _with_subject(text: str, subject: str, written: str, context: Antecedent) -> str:
    """The text about another subject: in the place of its topic, or of the phrase behind the same preposition."""
    topic = context.topic
    preposition = PREPOSITION.match(written)
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


def _clause(text: str, rest: str, is_continued: bool, context: Antecedent) -> str:
    """The question with its pronouns, body and period filled in; "" when it stands alone."""
    named = bodies_named(text, context.loaded)
    if not depends(text, rest):
        adds_body = is_continued or re.search(r"\b(?:the force|they|their)\b", text, re.I)
        if adds_body and context.is_of_several and not named.loaded and not named.others and context.bodies:
            kept = with_body(rest, context.bodies[0], context).strip(" ?")
        elif is_continued and context.said_period:
            kept = rest
        else:
            return ""
        period = "" if not is_continued or names_period(rest) or NOW.search(rest) else context.said_period
        return f"{kept} {period}".strip() + "?" if period or kept != rest else ""
    topic = context.topic or context.stripped
    if SAYS_NOTHING.search(rest):  # "what did the 2015 report say?": the words for the report stay where they are
        return f"{rest} about {topic}{at_body(rest, context)}?"
    since = SINCE_THEN.search(rest)
    rest = SINCE_THEN.sub(" ", rest)
    period, left = period_in(rest, context) if names_period(rest) else ("", rest)
    period = period or (f"since {min(context.years)}" if since and context.years else "")
    body, left = body_in(left, context)
    filled = filled_in(left, context).strip(" ,")
    if not mentions(filled, topic) and not PERSON.search(rest):
        filled = f"{filled}: {topic}"
    elif filled == left and PERSON.search(rest):
        filled = f"{filled} ({person_in(context) or topic})"
    if body:
        filled = with_body(filled, body, context)
    elif context.bodies and (context.is_of_several or context.named.others):
        filled = with_body(filled, context.bodies[0], context)
    if not period and not years_in(filled) and not NOW.search(rest):
        period = changed_since(context) if _CHANGED.search(rest) else context.period
    return f"{' '.join(f'{filled} {period}'.split())}?"


def _bare(rest: str, context: Antecedent) -> str:
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
