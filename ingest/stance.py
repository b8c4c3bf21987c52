"""Whether an answer accepts what it answers, in part, or not: read from the words of the one who answers.

Owns the language of agreement and refusal. Leaves which paragraphs answer what to `answers`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Paragraph, Span
from ingest.entries import Basis
from ingest.prints import MARK
from ingest.said import Said, said_in, said_of
from ingest.sentences import sentences

ACCEPTED, PARTLY, REJECTED = "accepted", "partly accepted", "rejected"
NOTED = "noted"  # neither yes nor no, whatever is said after it, unless that says yes or no

_THING = (
    r"(?:(?:fully |broadly |entirely |wholly |strongly )?(?:with )?(?:all |both )?(?:of )?(?:the|this|these|that|your|its|their)?\s*(?:[\w‘’'´]+ ){0,4}?"
    r"(?:recommendations?|conclusions?|findings?|proposals?|focus|areas? for improvement)\b)"
)
_OTHERS = r"(?:as )?the (?:committee|inquiry|panel|ombudsman|report|review|inspectorate|commission)(?:[’'´`‘]s)?(?: (?:has|have|also|rightly))?\s*$"
_NOT = r"(?:do(?:es)? not|do(?:es)?n[’']t|cannot|can[’']t|can not|could not|did not|is unable to|are unable to|am unable to|will not|won[’']t)"
_RESERVE = r"(?:in part|in principle|partially|partly|subject to(?: [\w’'-]+){0,6}?|with (?:qualification|reservation|modification|amendment|condition|caveat)s?)"
_LABEL = re.compile(
    r"^(?:(?:the )?(?:government|department|force|council|trust|board|chief constable|management)?[’'s ]*(?:response|reply|position|status|decision)?\s*[:.–—-]?\s*"
    r"|(?:the |our )?(?:[\w’']+ ){0,4}?(?:response|reply|position|status|decision|answer)\s*[:–—-]\s*)?"
    r"(?P<word>(?:partial(?:ly)?|partly|substantially|conditionally) (?:accept|agree|implement|complete|support)(?:ed|d)?"
    rf"|(?:accept|agree|support)(?:ed|d)?,?(?: ?[:–—-])? \(?{_RESERVE}\)?"
    r"|not (?:accepted|agreed|supported)|do(?:es)? not (?:accept|agree|support)|reject(?:ed)?|declined?|disagreed?"
    r"|(?:fully |wholly )?(?:accept|agree|support|endorse)(?:ed|d)?(?:,? in full| fully)?)"
    r"(?= ?[.:;,–—)-]|$| (?:this|the|that) recommendation| and (?:is |now |already )*(?:complete|implement|done|close|deliver|action)\w*)",
    re.I,
)
_NOTED = re.compile(
    r"^(?:(?:[\w’']+ ){0,4}?(?:response|reply|position|status|decision|answer)\s*[:–—-]\s*)?noted\W*$", re.I
)
_PARTLY = re.compile(
    r"\b(?:accept|agree|support)(?:s|ed)?\b[^.;]{0,60}?\b(?:in part|in principle|partially|partly|subject to|with (?:some |certain )?(?:qualification|reservation|caveat)s?|to (?:some|a certain) extent)\b"
    r"|\b(?:partially|partly|partial) (?:accept|agree|support)\w*|\bin part\b[^.;]{0,20}\b(?:accept|agree)|\b(?:accept|agree with|support|endorse|welcome|share)s? the (?:aims?|intentions?|intent|spirit|thrust|principles?|sentiment|objectives?) (?:of|behind)\b|\brecommendations? [\w.]{1,8} (?:in part|in principle)\b|\baccepts? (?:some|parts?|elements|most|the (?:spirit|thrust|intention|aim|(?:first|second|third)(?! (?:and \w+ )?recommendations?\b))\b)",
    re.I,
)
_REJECTED = re.compile(
    rf"\b{_NOT} (?:therefore |fully |currently |consider itself able to |feel able to |propose to )?(?:agree|accept|support|endorse|concur)\b(?! (?:with )?(?:that )?(?:everything|all)\b)"
    rf"|\b{_NOT} (?:therefore |currently |currently )?(?:intend|propose|plan)\b(?! to rule)"
    rf"|\b{_NOT} (?:therefore |currently )?(?:believe|consider|think)s? (?:that )?(?:it|this|such|the|a|an|these)\b[^.;]{{0,90}}?\b(?:appropriate|necessary|needed|right|practical|practicable|feasible|proportionate|desirable|helpful|required|sensible)\b"
    r"|\breject(?:s|ed)?\b|\bdisagree(?:s|d)?\b|\bdeclin(?:e|es|ed) to\b|\b(?:is|are|am|remain) not (?:persuaded|convinced|minded|in a position|able) |\bhas no plans\b|\bhave no plans\b|\bno intention of\b",
    re.I,
)
_DECLINES = re.compile(
    r"\b(?:would|is|are) (?:not|neither) (?:be )?(?:appropriate|necessary|practical|practicable|feasible|possible|proportionate|desirable|affordable|achievable|realistic|viable|justified|warranted)\b|\bwould be (?:unwieldy|disproportionate|inappropriate|impractical|premature)\b"
    r"|\bwithout (?:the need for|being prescriptive|prescribing)\b|\bexcept (?:where|when|in|for)\b|\b(?:further time|more time)\b"
    r"|\b(?:we|government|department|force|trust|council|board|ministers|it) (?:will|would|shall) (?:also |therefore |carefully |now |need to )*(?:consider|weigh|reflect)\b"
    r"|\b(?:careful |further |active )consideration\b|\bunder (?:active )?consideration\b|\bweigh(?:ing)? up\b|\bkeep(?:s|ing)? (?:(?:this|the|that)(?: recommendation| matter)? |it )?(?:open|under review)\b|\bnot (?:simply|merely|intended|a question of)\b"
    r"|\bonly (?:used |be used )?(?:when|where|if)\b|\bthere are already\b|\balready (?:strict|adequate|sufficient|robust|clear|existing)\b"
    r"|^(?:while|although|whilst)\b[^.]*\b(?:government|we|force|department|trust)\b[^.]*\b(?:believes?|considers?|remains?)\b|\bis (?:a matter )?for (?:each |the |individual |local )?[\w ]{1,30}? to (?:decide|determine)\b|\b(?:is|are) (?:a )?matters? for\b|\b(?:notes?|noted) (?:the|this|that|these)\b|\bdo(?:es)?, however,|\bhowever, (?:do|does) recogni[sz]e\b",
    re.I,
)
_NOT_ALL = re.compile(
    r"\b(?:all|every|in full|entirely|the whole|universal(?:ly)?)\b", re.I
)  # what is refused is the extent
_REST = re.compile(
    r"\b(?:will|shall|has|have|is|are)\b[^.;]*\b(?:(?:all|every|most) (?:the |of the )?others?|elsewhere)\b", re.I
)
_KEEPS = re.compile(
    r"\b(?:retain(?:s|ed|ing)?|maintain(?:s|ed)?|continu(?:e|es) (?:with|to use)|keep(?:s|ing)?|remains?)\b", re.I
)
_ENDS = re.compile(
    r"\b(?:abolish|end|remove|replace|repeal|scrap|cease|withdraw|discontinue|stop|close|disband|phase out)\b", re.I
)
_ACCEPTS_THING = re.compile(
    rf"\b(?:agree|accept|support|endorse|welcome)(?:s|ed)?\b,? {_THING}|\b(?:recommendation|this) (?:is|was|has been) (?:fully )?(?:accepted|agreed)\b",
    re.I,
)
_ACCEPTS = re.compile(
    r"\b(?:(?:fully |strongly |also |therefore |broadly )?(?:agree|accept|concur)s?(?: (?:that|with|on|the need|to)\b|,)|(?:we|I|government|department|force) (?:also |fully |strongly )?(?:supports?|endorses?) (?:the|this|these)\b|is (?:in agreement|supportive)|share(?:s)? (?:the|this|your)|welcomes? the)\b"
    r"|\b(?:we|I) (?:agree|accept)\b",
    re.I,
)
_RECOGNISES = re.compile(
    r"\b(?:recogni[sz]e|acknowledge)s?\b|\b(?:is|are|am|remain) (?:fully |also )?committed to\b|\bwelcomes?\b|\bshares? the\b",
    re.I,
)
_ACTS = re.compile(
    r"\b(?:has|have) (?:already |now |also |recently |since |been )*(?:published|commissioned|established|set up|introduced|appointed|issued|completed|implemented|begun|started|developed|created|put in place|updated|reviewed|delivered|trained|launched|agreed|asked|taken|made|rolled out|provided|funded|invested|extended|expanded|increased|strengthened|changed|appointed|brought in|brought into)\b"
    r"|\bwill (?:be |now |also |shortly |soon |continue to )*(?:publish|commission|establish|set up|introduce|appoint|issue|complete|implement|begin|develop|create|put|update|review|deliver|train|launch|ask|take|make|ensure|work|build|undertake|provide|report|consult)\w*\b"
    r"|\bplans to\b|\b(?:is|are) (?:already|now|currently) \w+ing\b|\bis (?:developing|implementing|reviewing|working|introducing)\b|\bare (?:developing|implementing|reviewing|working|introducing)\b|\b(?:was|were|has been|have been) (?:now |already |also )?(?:done|formed|implemented|adopted|carried out|established|introduced|published|sent|paid|made|given|held|issued|appointed|completed|trained|delivered|put in place|set up)\b",
    re.I,
)
OPENS_AN_ANSWER = re.compile(
    r"^(?:the |this |our |his majesty[’']s |her majesty[’']s )?(?:uk |welsh |scottish |british )?(?:government|department|ministry|ministers|secretary of state|force|constabulary|police|chief constable|commissioner|council|trust|board|agency|service|company|we|I|[A-Z]{2,8}|[A-Z][\w ]{2,40}?)"
    r"(?: [\w]+){0,3}? (?:agrees?|accepts?|welcomes?|supports?|endorses?|recogni[sz]es?|acknowledges?|notes?|rejects?|disagrees?|does not|do not|cannot|is committed|are committed|partially|partly|fully|shares?)\b"
    r"|^(?:response|reply|government response|our response|accepted|agreed|rejected|not accepted|partially|partly|noted|accept|agree|reject|thank you)\b",
    re.I,
)
_DEMANDS = re.compile(r"\b(?:we|I|the \w+) (?:\w+ )?(?:recommend|urge)s?\b", re.I)
_WORD = re.compile(r"[a-z]{4,}")
FEWEST_OWN = 4  # words that only one of several demands has; a shorter one cannot be told from the others. Not tuned
FEWEST_SHARED = 2  # words of four letters or more by which two texts speak of one thing; not tuned
STEM = 6  # letters; not tuned
# Who asks, who answers and that something is asked: such words say of no point that it is meant.
_OF_THE_PARTIES = frozenset(
    word[:STEM]
    for word in [
        "government",
        "department",
        "minister",
        "committee",
        "panel",
        "inquiry",
        "board",
        "council",
        "recommendation",
        "report",
        "paragraph",
        "ensure",
    ]
)


@dataclass(frozen=True, slots=True)
class Stance:
    """A status word and the sentence that carries it."""

    status: str
    basis: Basis
    paragraph: Paragraph
    span: Span  # in the paragraph's text

    @property
    def text(self) -> str:
        return self.paragraph.text[self.span[0] : self.span[1]]


def stance(
    answer: Sequence[Paragraph],
    asked: str = "",
    others: Sequence[str] = (),
    with_deeds: bool = True,
    numbers: Sequence[str | None] = (),
) -> Stance | None:
    """What the answer says of the point; None where no sentence of it says anything that could be cited.

    A speaker's own word on the point wins ("accepts the recommendation in part"). Agreement that goes with a refusal or
    a reserve ("agrees that ..., but it would not be appropriate") is partial. Where no sentence agrees or refuses, a
    reserve is partial and a deed or promise is acceptance; both are marked as read.

    Args:
        answer: the paragraphs of the answer, in reading order.
        asked: the words of the point.
        others: the words of other points that the same answer is for. Unless the answer accepts or refuses them all in
            one word, a sentence about one of them counts for that one.
        with_deeds: whether a reserve, deed or promise can stand for a word of acceptance, as in a formal response; a
            progress report tells of deeds without saying that anything was accepted.
        numbers: the printed numbers of the point and then of the others, where known; a sentence that names some of
            them counts for those.
    """
    said = said_in(answer)
    if others and numbers:
        said = said_of(said, numbers[0], numbers[1:])
    whole = _stance_of(said, asked, with_deeds)
    whole = whole if with_deeds or (whole and whole.basis is Basis.STATED) else None
    if whole is None or not others or _own(_ACCEPTS_THING, whole.text) or _LABEL.match(whole.text):
        return whole
    own = [part for part in said if _is_about(part.text, asked, others)]
    return _stance_of(own, asked, with_deeds=False) or whole


def is_decision(text: str) -> bool:
    """Whether the text is a status word and nothing else: "Accepted in principle", "Government response: not agreed"."""
    label = _LABEL.match(text) or _NOTED.match(text)
    return label is not None and not text[label.end() :].strip(" .")


def _stance_of(said: Sequence[Said], asked: str, with_deeds: bool) -> Stance | None:
    if not said:
        return None
    mark = MARK.match(said[0].text)  # "R3 Accepted."
    label = _LABEL.match(said[0].text[mark.end() :] if mark else said[0].text)
    if label:
        return _as(_label_word(label["word"]), Basis.STATED, said[0])
    partly = next((part for part in said if _PARTLY.search(part.text)), None)
    if partly:
        return _as(PARTLY, Basis.STATED, partly)
    rejects = [place for place, part in enumerate(said) if _own(_REJECTED, part.text)]
    strong = [place for place, part in enumerate(said) if _own(_ACCEPTS_THING, part.text) and place not in rejects]
    weak = [place for place, part in enumerate(said) if _own(_ACCEPTS, part.text) and place not in rejects]
    if rejects:
        is_agreed = bool(strong) or any(place < rejects[0] for place in weak)
        is_bounded = _NOT_ALL.search(said[rejects[0]].text) is not None
        is_mixed = is_agreed or is_bounded or any(_REST.search(part.text) for part in said[rejects[0] + 1 :])
        return _as(PARTLY if is_mixed else REJECTED, Basis.STATED, said[rejects[0]])
    if strong:
        return _as(ACCEPTED, Basis.STATED, said[strong[0]])
    if _NOTED.match(said[0].text):
        return _as(NOTED, Basis.STATED, said[0])
    return _without_a_plain_word(said, weak, asked, with_deeds)


def _without_a_plain_word(said: Sequence[Said], weak: Sequence[int], asked: str, with_deeds: bool) -> Stance | None:
    reserve = next(
        (part for part in said if _DECLINES.search(part.text) or _keeps_what_should_end(part.text, asked)), None
    )
    if reserve:
        return _as(PARTLY, Basis.READ, reserve)
    if weak:
        return _as(ACCEPTED, Basis.STATED, said[weak[0]])
    for pattern in (_RECOGNISES, _ACTS) if with_deeds else (_RECOGNISES,):
        found = next((part for part in said if _own(pattern, part.text)), None)
        if found:
            is_part = pattern is _ACTS and _passes_over(said, asked)
            return _as(PARTLY if is_part else ACCEPTED, Basis.READ, found)
    return None


def _passes_over(said: Sequence[Said], asked: str) -> bool:
    """Whether deeds answer some of several demands of a point, and no sentence speaks of another of them.

    A demand is a sentence in which the asker says "we recommend"; it is spoken of where a sentence shares two of the words that no other demand has.
    """
    demands = [_stems(sentence) for sentence in sentences(asked) if _DEMANDS.search(sentence)]
    told = [_stems(part.text) for part in said]
    for demand in demands:
        own = demand.difference(*(other for other in demands if other is not demand)) - _OF_THE_PARTIES
        if len(demands) > 1 and len(own) >= FEWEST_OWN and all(len(own & words) < FEWEST_SHARED for words in told):
            return True
    return False


def _as(status: str, basis: Basis, said: Said) -> Stance:
    return Stance(status, basis, said.paragraph, said.span)


def _label_word(word: str) -> str:
    word = word.lower()
    if word.startswith(("not", "do", "reject", "decline", "disagree")):
        return REJECTED
    return PARTLY if re.search(rf"part|substantial|condition|{_RESERVE}", word) else ACCEPTED


def _own(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the speaker says it of himself, not of those whom he answers."""
    return any(not re.search(_OTHERS, text[: match.start()], re.I) for match in pattern.finditer(text))


def _keeps_what_should_end(text: str, asked: str) -> bool:
    """Whether the answer keeps what the point would end: both speak of the same things."""
    if not _ENDS.search(asked) or not _KEEPS.search(text):
        return False
    return len(set(_WORD.findall(text.lower())) & set(_WORD.findall(asked.lower()))) >= FEWEST_SHARED


def _is_about(text: str, asked: str, others: Sequence[str]) -> bool:
    """Whether a sentence shares more of this point's own words than of any other point's."""
    words, mine = _stems(text) - _OF_THE_PARTIES, _stems(asked)
    theirs = [_stems(other) for other in others]
    own = len(words & mine.difference(*theirs))
    return own > max(len(words & (other - mine)) for other in theirs)


def _stems(text: str) -> set[str]:
    """The first letters of the longer words, so that "regulation" and "regulatory" are one."""
    return {word[:STEM] for word in _WORD.findall(text.lower())}


def status_word(cell: str) -> tuple[str, Span] | None:
    """The status of a table's cell or a tracker: one of the three words where it says so, else its own in lower case."""
    text = cell.strip().rstrip(".")
    if not text or len(text.split()) > 8:
        return None
    label = _LABEL.match(text)
    return (_label_word(label["word"]) if label else text.lower()), (0, len(cell))
