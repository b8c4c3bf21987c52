"""What a question is about, as a phrase: "the rural crime team" of "Who leads the rural crime team in 2016?".

Owns the shapes of English questions. Leaves what a later question makes of the phrase to `followup`.
"""

import re

AUX = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|may|might|must)(?:n['’]t)?"
_GRADED = (
    re.compile(r"\bgrade\w*\b.*?\b(?:get|given|receive|got|have)\b\s+(?:for|in|on)\s+(?P<topic>.+)$", re.I),
    re.compile(r"\b(?:grade|grading|rating|judge?ment|mark)\s+(?:for|in|on|of)\s+(?P<topic>.+)$", re.I),
    re.compile(rf"^how\s+{AUX}\s+(?P<topic>.+?)\s+(?:graded|rated|judged|marked|scored)\b", re.I),
    re.compile(
        r"\b(?:good|bad|better|worse|well|effective|efficient|adequate|inadequate)\s+(?:at|in)\s+(?P<topic>.+)$", re.I
    ),
    re.compile(r"\b(?:requires? improvement|graded|rated|judged)\s+(?:\w+\s+)?(?:at|in|for|on)\s+(?P<topic>.+)$", re.I),
)
_ABOUT = re.compile(
    r"\b(?:say|says|said|find|found|conclude|report|think|thought|recommend|recommended|told|tell us|happened)\s+"
    r"(?:about|on|regarding|with|to)\s+(?P<topic>.+)$",
    re.I,
)
_CHANGED = re.compile(
    rf"^how\s+(?:much\s+)?{AUX}\s+(?P<topic>.+?)\s+(?:chang\w*|improv\w*|develop\w*|gone|go|got|moved)\b", re.I
)
_IS_WHAT = re.compile(rf"^(?:what|which|who)(?:['’]s|\s+{AUX})\s+(?P<topic>(?:the|a|an|its|their)\s+.+)$", re.I)
_COUNTED = re.compile(
    rf"^(?:in\s+)?(?P<lead>how many|how much|what (?:share|proportion|percentage|number) of|which|what)\s+(?P<noun>.+?)\s+{AUX}\s+(?P<rest>.+)$",
    re.I,
)
_DOES = re.compile(rf"^(?:(?:why|how|when|where|what|who)\s+)?{AUX}\s+(?P<rest>.+)$", re.I)
_WHO_DOES = re.compile(r"^who\s+\w+\s+(?P<topic>.+)$", re.I)
_THE_BODY = re.compile(
    r"^(?:the (?:force|service|body|alliance|inspectors?|report|panel)|inspectors|they|it|we|hmic(?:frs)?)\b\s*", re.I
)
# Verbs that end a subject: "the rural crime team | share". Common ones of inspection reports; any other is kept.
_VERBS = (
    "have|has|had|get|got|take|took|make|made|give|gave|use|used|share|shared|need|say|find|lose|lost|work|deal|do|done|go|"
    "start|end|cost|meet|run|lead|tell|told|keep|set|see|know|record|respond|check|review|plan|manage|assess|visit|answer|"
    "been|being|be|still|stand|stands|mean|means|improve|improved|change|changed|reduce|reduced|increase|increased|train|trained|become|called|named|"
    "based|published|expected|asked|put|look|help|support|provide|hold|held|receive|received|identify|identified"
)
_VERB = re.compile(rf"\s+(?:\w+ly\s+)?(?:{_VERBS})\b.*$", re.I)
_TAIL = re.compile(r"\s+(?:at|by|for|from|to|in|on|with|of|about)?\s*$", re.I)


def topic_of(question: str) -> str:
    """The phrase a pronoun in the next question stands for; "" where none can be told.

    `question` comes without the words for its report, date and body.
    """
    text = re.sub(r"^(?:and|but|so|also)\s+", "", question.strip(" ?.!,"), flags=re.I)
    for pattern in (*_GRADED, _ABOUT, _CHANGED):
        if match := pattern.search(text):
            return _tidy(match["topic"])
    if match := _IS_WHAT.search(text):
        return _tidy(match["topic"])
    if match := _COUNTED.search(text):
        subject = _VERB.sub("", f" {match['rest']}").strip()
        if _THE_BODY.match(match["rest"]) or subject.lower() in ("", "the", "there", "given"):
            rest = _THE_BODY.sub("", match["rest"])
            place = re.search(r"\b(?:for|on|in|about|of|with|to)\s+.+$", rest)
            return _tidy(f"{match['noun']} {place.group()}" if place else match["noun"])
        return _tidy(subject)
    if match := _DOES.search(text):
        rest = _THE_BODY.sub("", match["rest"])
        if rest != match["rest"]:
            return _tidy(
                re.sub(rf"^(?:\w+ly\s+)?(?:{_VERBS}|\w+)\s+(?:at|to|with|on|for|about)?\s*", "", rest, flags=re.I)
            )
        return _tidy(_VERB.sub("", rest) if re.match(r"(?:the|its|a|an|their)\b", rest, re.I) else rest)
    if match := _WHO_DOES.search(text):
        return _tidy(match["topic"])
    return ""


def _tidy(phrase: str) -> str:
    phrase = re.sub(r"^the force\s+(?=\w)", "", phrase.strip())  # what is left of "Northmoor's areas"
    return _TAIL.sub("", re.sub(r"\s+", " ", phrase)).strip(" ,;:?()")
