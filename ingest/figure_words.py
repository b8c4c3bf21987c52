"""The words around a number that say what it counts, of when, and against what.

Owns reading them from its sentence. Leaves finding the numbers to `figures`.
"""

import re

from ingest.document import Span

# fmt: off
UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
WORDS = {word: value for value, word in enumerate((*UNITS, "twenty")) if value}
SMALL = "|".join(WORDS)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WHEN = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH} )?(?:19|20)\d\d(?:\s?[/–-]\s?\d{{2,4}})?"
PERIOD = re.compile(
    rf"\b(?:(?:in|for|during|over|within|across|throughout|from) )?(?:the |this |that )?(?:same |financial |calendar |previous |last |next |whole )*(?:(?:\d+|{SMALL}) )?(?:years?|months?|weeks?|period|(?<!\ba )(?<!\bone )quarter)(?:,)? (?:to|ending|ended|ended on|from|between|up to) (?:the )?{_WHEN}(?: (?:to|and|until) {_WHEN})?"
    rf"|\b(?:between|from) {_WHEN} (?:and|to|until) {_WHEN}|\b(?:between|from) (?:\d{{1,2}} )?{_MONTH} (?:and|to|until) {_WHEN}"
    rf"|\b(?:in|during|since|by|as at|as of|at|until|for|on) (?:the )?(?:(?:spring|summer|autumn|winter|early|late|mid|end of|year) )?{_WHEN}|\b{_WHEN} to {_WHEN}"
    r"|\b(?:over|in|during|for) (?:this|that|the) (?:same |previous |last |past |next |first )?(?:time )?(?:period|year|financial year|(?:\d+|\w+) (?:years|months|weeks))\b(?: (?:before|up to|since) (?:our|the|its|this) (?:last )?\w+)?"
    rf"|\b(?:(?:the|a|one|{SMALL}|\d+) )(?:years?|months?|weeks?) (?:earlier|before|ago)\b"
    r"|\b(?:at|since|in|during) (?:our|the|its) (?:last|previous|first) (?:full )?(?:inspection|review|visit|report)\b"
    rf"|\b(?:in|over|during) the (?:\d+|{SMALL}) (?:months|weeks|years) (?:before|up to) (?:our|the) \w+"
    rf"|\b(?:in|during|over|for) the (?:first|second|third|fourth|last) (?:quarter|half) of {_WHEN}|\bin (?:a|one) year\b"
    r"|\bwhen the last (?:inspection|review|visit) was \w+\b",
    re.I,
)
# A stretch of time still to come ("over the next five years") is an amount as well, for nothing dates it.
UNDATED = re.compile(r"\bnext \w+ \w+s$", re.I)
_ON = r"(?:[^.;:()]|\.(?=\d))"
_PEERS = r"(?:forces|services|trusts|councils|counties|authorities|boroughs|regions|prisons|schools|hospitals|providers|areas|landlords|stations|inspections)"
_LEVEL = r"(?:rates?|shares?|figures?|averages?|medians?|numbers?|levels?|proportions?|costs?|amounts?|mean|standard|target|aim|goal)"
_COMPARISON = re.compile(
    rf"\b(?:(?:compare[ds]|comparison) (?:with|to)|(?:higher|lower|more|less|fewer|greater|better|worse|larger|smaller|longer|slower|faster|above|below)(?: [\w-]+){{0,4}}? than)\b{_ON}{{3,140}}"
    rf"|\b(?:similar to|in line with|against|above|below) {_ON}{{0,60}}\b(?:average|rates?|national|England|years?|forces|levels?|standard){_ON}{{0,60}}"
    rf"|\bagainst (?:(?:an? |the |its )?(?:target|budget|plan|goal)|[£$€]?\d){_ON}{{1,80}}|\b(?:on|than in|than) the (?:year before|previous year)\b"
    rf"|\b(?:an? (?:increase|decrease|rise|fall|reduction|improvement)|up|down) (?:from|on) {_ON}{{3,140}}"
    rf"|\ban? (?:increase|decrease|rise|fall|reduction) of {_ON}{{2,40}} (?:on|from) {_ON}{{3,60}}"
    rf"|\b(?:half|twice|double|treble|(?:\w+|\d+(?:\.\d+)?) times) (?:the|its|their|that of|those of) (?:\w+ )?{_LEVEL}\b{_ON}{{0,80}}"
    rf"|\bas (?!well\b|soon\b|far\b)\w+ as {_ON}{{3,100}}"
    rf"|\b(?:lowest|highest|best|worst|fastest|slowest|smallest|largest) (?:\w+ )?(?:of|in|among|across) (?:all |the ){_ON}{{3,80}}"
    rf"|\bwhereas {_ON}{{3,100}}|\bas against {_ON}{{3,60}}|(?:found|saw|see) (?:in|at|for) (?:other|similar|comparable) {_ON}{{3,40}}"
    rf"|\b(?:the|a) national {_LEVEL}(?= (?:is|was|of|fell|rose|for|over)\b){_ON}{{3,60}}"
    rf"|\b(?:across|for|in|at|of|among|throughout) (?:(?:all|other|similar|comparable|neighbouring|peer) (?:the |other )?)(?:\w+ ){{0,2}}?{_PEERS}\b[^.,;:()]{{0,50}}"
    r"|\b(?:across|for|in|among) (?:all |the |most |other |similar )*(?:\w+ )?(?:forces\b[^.,;:()]{0,50}|England and Wales|England|Wales|nation(?:ally|al average| rate)|the country|the UK)",
    re.I,
)
# "the average for England is", "the figure for all services is", "across England the mean was": the number is theirs.
_THEIRS = re.compile(
    r"\b(the (?:national|average|[A-Z]\w+)(?: [\w-]+){0,5}? (?:rate|average|mean)) (?:of|was|is)\s*$"
    rf"|\b(the (?:\w+ )?{_LEVEL} (?:for|in|across|among|of) (?!the force\b|this\b)[^.;,]{{3,90}}?) (?:is|was|of|stands at|stood at)\s*$"
    rf"|\b((?:across|throughout|in|for) [^.;,]{{3,60}},? the (?:\w+ )?{_LEVEL}) (?:is|was|stands at|stood at)\s*$",
    re.I,
)
_FROM = re.compile(
    r"\b(from (?:(?:[^,;:()]|,(?=\d))*?\d(?:[^,;:()]|,(?=\d)){0,40}?)) to\s*(?:just |about |only |over |under )?$", re.I
)
# "had fallen to seven weeks from nineteen"
_CAME_TO = re.compile(
    r"\b(?:fell|fallen|rose|risen|grew|grown|dropped|cut|increased|decreased|reduced|gone|went|improved)\b[^.;]{0,40} to\s*$",
    re.I,
)
_CAME_FROM = re.compile(rf"[^.;,]{{0,30}}?\b(from (?:\d|(?:{SMALL})\b)[^.;,]{{0,40}})", re.I)
# "Of 36 cases that we read, the decision was right in 35."
_OUT_OF = re.compile(rf"(?:^|[;,:] )(of (?:(?:the|these|those|its|all) )?(?:\d[\d,]*|{SMALL}) [^,;.]{{2,60}}),", re.I)
_END_OF_WHAT = re.compile(
    r"[.,;:()–]|\s-\s|\b(?:was|were|is|are|had|has|have|which|that|who|whose|where|when|while|compared|during|since|between|because|but|although|until|this|these|will|would|could|can|did|do|does|said|reported|felt|told|and (?:a|the|\d))\b",
    re.I,
)
# Behind the number comes what its bearers do or are: "27 were complete", "38 percent said that ...".
_PREDICATE = re.compile(
    r"(?:was|were|is|are|had|has|have|did|do|does|said|say|says|reported|felt|told|agreed|believed|thought|wanted|came)\b",
    re.I,
)
_ELSEWHERE = re.compile(
    r"(?:in|to|from|on|by|at|for|with|over|higher|lower|more|fewer|or|and|across|as|among|after|before|later|earlier|longer|down|up|whereas|elsewhere)$",
    re.I,
)
_RATE_OF_TIME = re.compile(r"^(?:an?|each|every|per) (?:hour|day|night|week|month|quarter|year|shift)\b\s*", re.I)
_MAKES_UP = re.compile(
    r"([\w-]+(?: [\w-]+){0,3}) (?:ma(?:kes?|king|de) up|account(?:s|ed)? for|represent(?:s|ed)?)\s*$"
)
_RANGE = re.compile(r" and \d[\d,]*(?:\.\d+)?(?= [a-z])")
_LENGTHS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_STOP = r"[.,;:()–]"
MOST_WORDS_BEFORE = 30  # words before the number, where the subject of its sentence stands. Not tuned
MOST_WORDS = 14  # words of what is measured; longer phrases run into the next clause. Not tuned
FEWEST_WORDS = 3  # words of a clause that can say what is measured; not tuned
CUT = " … "  # between two parts of the sentence that say together what is measured


def measured(sentence: str, figure: re.Match[str], following: int, unit: str) -> str:
    """What is counted: the words behind the number up to a verb or stop, else those before it.

    Where both are needed ("Of 30 records, 27 were complete") they are joined by `CUT`. `following` is where the next
    number begins.
    """
    counted = re.match(r"\s*(.+?)\s+per\b", figure["rate"] or "")
    if counted:
        return counted[1]
    behind = _behind(sentence, figure, following)
    if unit == "GBP" and re.fullmatch(r"(?:on|for|in)\s*", behind):  # "£12m on 84 boats"
        behind = _behind(sentence, figure, len(sentence))
    before = re.split(r"[;:]", sentence[: figure.start()])[-1].rstrip(" (").split()[-MOST_WORDS_BEFORE:]
    inside = re.match(r"\w+ (.+) in \w+", figure["share"] or "")  # "one handover in six took longer"
    if inside:
        return CUT.join(part for part in (inside[1], _clause(behind, _STOP)) if part)
    if len(before) >= FEWEST_WORDS - 1 and _PREDICATE.match(behind):
        return CUT.join((" ".join(before), _clause(behind, rf"{_STOP}|\band (?:the|a|its)\b")))
    if re.match(r"(?:the|its|their|a) \w+ (?:was|were|is|are|had|has|have)\b", behind):  # "in 9 the man had been hurt"
        return _clause(behind, _STOP)
    is_share = unit in ("percent", "ratio") and re.match(rf"[\w’' -]{{3,60}}? {_PREDICATE.pattern}", behind, re.I)
    words = _clause(behind, _STOP if is_share else _END_OF_WHAT.pattern).split()
    if len(words) > 1 and words[0].lower() in ("fewer", "more", "less") and words[1].lower() != "than":
        words = words[1:]
    is_elsewhere = bool(words) and _ELSEWHERE.match(words[0]) is not None
    is_when = PERIOD.match(" ".join(words)) is not None
    subject = _MAKES_UP.search(sentence[: figure.start()])
    if subject and words and not is_elsewhere:
        return CUT.join((subject[1], " ".join(words)))
    if words and not is_elsewhere and not is_when and words != ["time"]:
        return " ".join(words)
    if (
        len(before) < FEWEST_WORDS
        and (words or len(before) < 2)
        and not is_when
        and not (is_elsewhere and unit == "GBP")
    ):
        return " ".join(behind.split()[:MOST_WORDS] or before) or sentence
    if is_elsewhere and (unit == "GBP" or unit in _LENGTHS) and len(words) > 1 and not is_when:
        return CUT.join((" ".join(before), " ".join(words)))
    return " ".join(before) or sentence


def _behind(sentence: str, figure: re.Match[str], end: int) -> str:
    """The words behind a number, without an aside and the "of the" that ties them to it."""
    begin = figure.end()
    other = _RANGE.match(sentence, begin)  # "between 200,000 and 400,000 deaths": both count deaths
    if other and re.search(r"\bbetween $", sentence[: figure.start()], re.I):
        begin, end = other.end(), len(sentence)
    if sentence[figure.start() - 1 : figure.start()] == "(" and sentence[begin : begin + 1] == ")":
        begin += 1
    words = re.sub(
        r"^(?:\s*\([^()]*\))?[\s-]*(?:of (?:the |all |its |their |these |which |whom )?)?", "", sentence[begin:end]
    )
    return re.sub(r"^on (?:average|the whole)\b,?\s*", "", _RATE_OF_TIME.sub("", words))


def _clause(words: str, stop: str) -> str:
    """The words up to a stop, at most `MOST_WORDS`, without an "and" at their end."""
    end = re.search(stop, words, re.I)
    kept = re.sub(r"\b(?:and|or|respectively)\s*$", "", words[: end.start()] if end else words)
    return " ".join(kept.split()[:MOST_WORDS])


def nearest(pattern: re.Pattern[str], sentence: str, span: Span) -> str | None:
    """The match nearest to a place in the sentence; of equals the first."""
    found = [(max(match.start() - span[1], span[0] - match.end(), 0), match) for match in pattern.finditer(sentence)]
    return min(found, key=lambda pair: pair[0])[1].group().strip() if found else None


# "an increase of 31%" / "since the last inspection": what it was before is what it is held against.
_CHANGE_OF = re.compile(
    r"\b(?:increase|rise|growth|fall|decrease|drop|reduction|improvement|rose|fell|grew|up|down)d?(?: (?:of|by))? (?:\w+ )?$",
    re.I,
)
_SINCE = re.compile(rf"[^.;,]{{0,20}}?\b(since (?:(?:the|our|its|that) [\w ]{{3,40}}|{_WHEN}))")
# "9 days on average, three days" / "fewer than ...": the number between says by how much.
_BY_SO_MUCH = re.compile(rf"[^.;:]{{0,40}}, (?:{SMALL}|[\d.,]+)(?: [a-z]+){{0,2}} ", re.I)


def compared(sentence: str, figure: Span, following: int) -> str | None:
    """Whose number it is where it is another's, or what it is held against.

    First comes a population or comparison behind the number, before the next number and in its clause; then the value
    that it rose or fell from, a comparison behind it elsewhere, the last one before it, the whole it is a part of.
    """
    before = sentence[: figure[0]]
    theirs = _THEIRS.search(before)
    if theirs:
        return next(part for part in theirs.groups() if part)
    fallen = _CAME_TO.search(before)
    came_from = _CAME_FROM.match(sentence, figure[1]) if fallen else None
    if came_from:
        return came_from[1]
    changed = _SINCE.match(sentence, figure[1]) if _CHANGE_OF.search(before) else None
    if changed:
        return changed[1]
    behind = _COMPARISON.search(sentence, figure[1])
    if behind and behind.start() > following and not _BY_SO_MUCH.fullmatch(sentence[figure[1] : behind.start()]):
        behind = None
    risen = _FROM.search(before)
    if risen and (behind is None or ";" in sentence[figure[1] : behind.start()]):
        return risen[1]
    if behind:
        return behind.group().strip(" ,")
    earlier = [match.group().strip(" ,") for match in _COMPARISON.finditer(before)]
    if earlier and len(earlier[-1].split()) >= FEWEST_WORDS:
        return earlier[-1]
    whole = _OUT_OF.search(before)
    return whole[1] if whole else None


def compared_behind(following: str) -> str | None:
    """What the sentence behind holds a number against: "Across England the average was 9 seconds", "This is higher than ..."."""
    for number in re.finditer(r"\d[\d,.]*\w*", following):
        theirs = _THEIRS.search(following[: number.start()])
        if theirs and theirs.start() == 0:
            return following.rstrip(".")
        break
    points_back = re.match(
        r"(?:This|That|It|These|They) (?:is|was|are|were|compares?|compared)\b[^.;]{0,30}", following
    )
    found = _COMPARISON.search(following, 0) if points_back else None
    return found.group().strip(" ,") if found and points_back and found.start() <= points_back.end() else None


def period_before(sentence: str, before: str) -> str | None:
    """The period of the sentence before, where a sentence without one goes on from it: "It also made ...", "This is ..."."""
    goes_on = re.match(r"(?:This|That|These|Those|It|They)\b|(?:\w+ ){0,4}also\b", sentence)
    last = [match.group().strip() for match in PERIOD.finditer(before)] if goes_on else []
    return last[-1] if last else None
