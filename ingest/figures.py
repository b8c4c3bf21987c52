"""Numbers that a document gives, with what they count, of when, and against what.

Owns telling a figure from a date, a year, a label or a reference, and reading the words around it. Leaves looking
figures up to `register`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.document import Document, Kind, Paragraph, Span
from ingest.entries import Figure
from ingest.sentences import sentence_spans

# fmt: off
UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_WORDS = {word: value for value, word in enumerate((*UNITS, "twenty")) if value}
_SMALL = "|".join(_WORDS)
_PLURAL = "|".join(word for word in _WORDS if word != "one")  # "one" counts less often than it points
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = {
    "m": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
    "k": 10**3,
    "thousand": 10**3,
    "trillion": 10**12,
}
_FRACTIONS = {
    "half": "1/2",
    "third": "1/3",
    "thirds": "2/3",
    "quarter": "1/4",
    "quarters": "3/4",
    "fifth": "1/5",
    "tenth": "1/10",
}
_FIGURE = re.compile(
    rf"(?P<money>[£$€]\s?(?P<amount>{_N})\s?(?P<scale>trillion|billion|million|thousand|bn|m|k)?\b)"
    rf"|\b(?P<ratio>(?P<part>{_N}|{_SMALL}) (?:out of|of) (?:every |(?:the|these|those|all|its|their|our) )?(?P<whole>{_N}|{_SMALL})\b(?! percent| per cent|%))"
    rf"|\b(?P<chance>(?P<one>{_SMALL}|\d{{1,2}}) in (?P<every>{_SMALL}|\d{{1,4}})\b(?! (?:{'|'.join(('January', 'February', 'March', 'April', 'May', 'June', 'July'))})))"
    r"|\b(?P<fraction>(?:(?P<how>one|two|three|a)[ -])?(?P<name>half|thirds?|quarters?|fifth|tenth)(?= of\b| (?:said|reported|felt)\b))"
    rf"|\b(?P<counted>{_PLURAL})(?:[\s-](?P<span>times|(?:(?:working|calendar) )?(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?))\b"
    rf"|(?= (?!(?:of|or|and|in|to|at|by) )(?:[a-z][\w’'-]* ){{0,3}}?(?!(?:across|was|is|this|has|does|as)\b)[A-Za-z][\w-]*s\b))"
    rf"|(?<![\w./,£$€-])(?P<number>{_N})(?P<tail>\s?(?:%|percentage points?|percent\b|per cent\b)|\s?(?:trillion|billion|million|thousand|bn)\b|\s?times\b|[\s-]?(?:(?:working|calendar) )?(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?)\b)?"
    rf"(?P<rate>\s(?:[^\s,.;:]+ ){{0,6}}?per (?:{_N}|one million|million|thousand|head|officer|hour|day|week|month|year|force)(?: (?:people|population|officers?|staff|children|adults|households|residents|pupils|of the population))?)?",
    re.I,
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_SHARED_RATE = re.compile(rf" and (?:{_N}) (per (?:{_N})(?: \w+)?)")
_HINT = re.compile(
    rf"\d|\b(?:half|thirds?|quarters?|fifth|tenth)\b|\b(?:{_SMALL}) (?:out of|of|in)\b|\b(?:{_PLURAL})[ -][a-z]", re.I
)
# Words before a number that make it a name, not an amount.
_LABELLED = re.compile(
    r"(?:figure|table|chart|box|map|paragraphs?|paras?\.?|section|chapter|annex|appendix|recommendations?|rec\.?|AFIs?|module|tier|outcome(?: code)?|code"
    r"|pages?|pp?\.|version|part|article|act|phase|stage|level|volume|vol\.?|no\.?|number|question|type|class|grade|group|covid|cp|isbn|tel:?|band|category|schedule|regulation|clause|footnote|note|operation)s?\s*[-:]?\s*(?:\d+(?:\.\d+)*(?:,| and| or| to|,? and|[–-])\s*)*$",
    re.I,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:and|to|–|-)\s+\d{{1,2}}(?:st|nd|rd|th)?)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b(?:19|20)\d\d\s?[/–-]\s?(?:\d{{4}}|\d\d)\b",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_WHEN = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH} )?(?:19|20)\d\d(?:\s?[/–-]\s?\d{{2,4}})?"
_PERIOD = re.compile(
    rf"\b(?:(?:in|for|during|over|within|across|throughout|from) )?(?:the |this |that )?(?:same |financial |calendar |previous |last |next |whole )*(?:(?:\d+|{_SMALL}) )?(?:years?|months?|weeks?|period|quarter)(?:,)? (?:to|ending|ended|ended on|from|between|up to) (?:the )?{_WHEN}(?: (?:to|and|until) {_WHEN})?"
    rf"|\b(?:between|from) {_WHEN} (?:and|to|until) {_WHEN}|\b(?:between|from) (?:\d{{1,2}} )?{_MONTH} (?:and|to|until) {_WHEN}"
    rf"|\b(?:in|during|since|by|as at|as of|at|until|for|on) (?:the )?(?:(?:spring|summer|autumn|winter|early|late|mid|end of|year) )?{_WHEN}|\b{_WHEN} to {_WHEN}"
    r"|\b(?:over|in|during|for) (?:this|that|the) (?:same |previous |last |past |next )?(?:time )?(?:period|year|financial year|(?:\d+|\w+) (?:years|months|weeks))\b",
    re.I,
)
_ON = r"(?:[^.;:()]|\.(?=\d))"
_COMPARISON = re.compile(
    rf"\b(?:(?:compare[ds]|comparison) (?:with|to)|(?:higher|lower|more|less|fewer|greater|better|worse|larger|smaller|longer|slower|faster|above|below)(?: [\w-]+){{0,4}}? than)\b{_ON}{{3,140}}"
    rf"|\b(?:similar to|in line with|against|above|below) {_ON}{{0,60}}\b(?:average|rates?|national|England|years?|forces|levels?|standard){_ON}{{0,60}}"
    rf"|\bagainst (?:(?:an? |the |its )?(?:target|budget|plan|goal)|[£$€]?\d){_ON}{{1,80}}|\bon the (?:year before|previous year)\b"
    rf"|\b(?:an? (?:increase|decrease|rise|fall|reduction|improvement)|up|down) (?:from|on) {_ON}{{3,140}}"
    r"|\b(?:across|for|in|among) (?:all |the |most |other |similar )*(?:\w+ )?(?:forces\b[^.,;:()]{0,50}|England and Wales|England|Wales|nation(?:ally|al average| rate)|the country|the UK)",
    re.I,
)
_RATE_OF = re.compile(r"\b(the (?:national|average|[A-Z]\w+)(?: [\w-]+){0,5}? (?:rate|average|mean)) (?:of|was|is)\s*$")
_END_OF_WHAT = re.compile(
    r"[.,;:()–]|\s-\s|\b(?:was|were|is|are|had|has|have|which|that|who|whose|where|when|while|compared|during|since|between|because|but|although|until|this|these|will|would|could|can|did|do|does|said|reported|felt|told|and (?:a|the|\d))\b",
    re.I,
)
MOST_WORDS_BEFORE = 30  # words before the number, where the subject of its sentence stands. Not tuned
MOST_WORDS = 14  # words of what is measured; longer phrases run into the next clause. Not tuned
FEWEST_WORDS = 3  # words of a clause that can say what is measured; not tuned
_LEFT_OUT = (Kind.HEADING, Kind.FURNITURE)


def figures(document: Document) -> tuple[Figure, ...]:
    """Every amount, share, rate, ratio and count, in reading order; in words only shares and counts up to twenty.

    Dates, years, and numbers that are names ("Figure 3", "paragraph 2.20") are none. The words kept with a figure are
    verbatim parts of its sentence.
    """
    found: list[Figure] = []
    seen: set[str] = set()
    for paragraph in document.paragraphs:
        if paragraph.kind in _LEFT_OUT or (paragraph.kind is Kind.TABLE_ROW and not paragraph.text):
            continue
        skip = len(paragraph.lead_in) if paragraph.lead_in in seen else 0
        seen.add(paragraph.lead_in or paragraph.text)
        found += (figure for figure in _in_paragraph(document, paragraph) if figure.span[0] >= skip)
    return tuple(found)


def _in_paragraph(document: Document, paragraph: Paragraph) -> Iterator[Figure]:
    for start, end in sentence_spans(paragraph.text):
        sentence = paragraph.text[start:end]
        if not _HINT.search(sentence):
            continue
        dates = [match.span() for match in _DATE.finditer(sentence)]
        dates += [match.span() for match in _PERIOD.finditer(sentence)]
        is_row = paragraph.kind is Kind.TABLE_ROW
        matches = [match for match in _FIGURE.finditer(sentence) if _is_figure(match, sentence, dates, is_row)]
        measures = ""
        for place, match in enumerate(matches):
            is_compared = place > 0 and "compared" in sentence[matches[place - 1].end() : match.start()]
            value, unit = _value(match)
            shared = _SHARED_RATE.match(sentence, match.end())  # "3.0 and 1.2 per 10,000 population"
            unit = f"rate {shared[1]}" if shared and unit == "count" else unit
            aside = _ASIDE.match(sentence, match.end())  # "94.1 percent (give or take 3.9 percent) of all searches"
            begin = aside.end() if aside else match.end()
            after = next((other.start() for other in matches[place + 1 :] if other.start() >= begin), len(sentence))
            if not is_compared:  # "fell by 7 percent, compared with 13 percent": both are of one thing
                measures = _row_label(paragraph) if is_row else _measures(sentence, match, after)
            yield Figure(
                document=document,
                paragraph=paragraph,
                span=(start + match.start(), start + match.start() + len(match.group().rstrip())),
                printed=match.group().rstrip(),
                value=value,
                unit=unit,
                measures=measures,
                period=_nearest(_PERIOD, sentence, match.span()),
                comparison=_compared(sentence, match, after),
            )


def _is_figure(match: re.Match[str], sentence: str, dates: list[Span], is_row: bool) -> bool:
    if any(start < match.end() and match.start() < end for start, end in dates):
        return False
    if match["number"] is None:
        return not _LABELLED.search(sentence[: match.start()])
    before, after = sentence[: match.start()], sentence[match.end() :]
    number = match["number"]
    is_year = _YEAR.match(number) is not None and not match["tail"] and not match["rate"]
    is_glued = re.match(r"[A-Za-z]|[-/–]\w|\.\d|[(]?\)?\d", after) is not None and not match["tail"]
    is_name = _LABELLED.search(before) is not None or (
        re.search(r"[A-Z]{2,}\s?$|[(\[]$", before) is not None and not match["tail"]
    )
    is_list_mark = re.search(r"(?:^|:)\s*$", before) is not None and re.match(r"[.)]|\s+[A-Z]", after) is not None
    is_base = re.search(r"\bper\s$", before, re.I) is not None
    is_behind_date = any(end == len(before.rstrip()) for _, end in dates)  # "in 2018/19 8 orders"
    is_call = re.match(r"0\d", number) is not None or (
        not is_row and not is_behind_date and re.search(r"\d\s$", before) is not None
    )  # a telephone number
    is_letter = re.match(r"\s[A-Z](?:\s|['’]|$)", after) is not None  # "4 P plans"
    return not (is_year or is_glued or is_name or (is_list_mark and not is_row) or is_call or is_letter or is_base)


def _value(match: re.Match[str]) -> tuple[str, str]:
    """The number in digits, and its unit."""
    if match["money"]:
        unit = {"£": "GBP", "$": "USD", "€": "EUR"}[match["money"][0]]
        return _scaled(match["amount"], match["scale"]), unit
    if match["ratio"]:
        return f"{_digits(match['part'])}/{_digits(match['whole'])}", "ratio"
    if match["chance"]:
        return f"{_digits(match['one'])}/{_digits(match['every'])}", "ratio"
    if match["fraction"]:
        return _FRACTIONS[match["name"].lower()], "ratio"
    if match["counted"]:
        unit = f"{match['span'].lower().rstrip('s')}s" if match["span"] else "count"
        return _digits(match["counted"]), unit
    tail = (match["tail"] or "").strip().lower()
    if match["rate"]:
        return _scaled(match["number"], tail or None), re.sub(
            r"^.*?(?=\bper )", "rate ", " ".join(match["rate"].split())
        )
    if tail in ("%", "percent", "per cent"):
        return _scaled(match["number"], None), "percent"
    if tail in _SCALE:
        return _scaled(match["number"], tail), "count"
    if tail.startswith("percentage"):
        return _scaled(match["number"], None), "percentage points"
    if tail and tail != "times":
        return _scaled(match["number"], None), tail.lstrip("-").rstrip("s") + "s"
    return _scaled(match["number"], None), tail or "count"


def _digits(text: str) -> str:
    return str(_WORDS.get(text.lower(), text.replace(",", "")))


def _scaled(number: str, scale: str | None) -> str:
    value = Decimal(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1)
    return f"{value.normalize():f}"


def _measures(sentence: str, match: re.Match[str], following: int) -> str:
    """What is counted: the words behind the number up to a verb or stop, else those before it."""
    counted = re.match(r"\s*(.+?)\s+per\b", match["rate"] or "")
    if counted:
        return counted[1]
    behind = re.sub(
        r"^(?:\s*\([^()]*\))?\s*(?:of (?:the |all |its |their |these )?)?", "", sentence[match.end() : following]
    )
    end = _END_OF_WHAT.search(behind)
    words = re.sub(r"\b(?:and|or|respectively)\s*$", "", behind[: end.start()] if end else behind).split()[:MOST_WORDS]
    if len(words) > 1 and words[0].lower() in ("fewer", "more", "less") and words[1].lower() != "than":
        words = words[1:]
    period = _PERIOD.match(" ".join(words))
    starts_elsewhere = bool(words) and re.match(
        r"(?:in|to|from|on|by|at|for|with|over|higher|lower|more|fewer|or|and|across|as)$", words[0], re.I
    )
    if words and not starts_elsewhere and not period:
        return " ".join(words)
    before = re.split(r"[;:]", sentence[: match.start()])[-1].rstrip(" (").split()[-MOST_WORDS_BEFORE:]
    if len(before) < FEWEST_WORDS:
        before = behind.split()[:MOST_WORDS]
    return " ".join(before) or sentence


def _row_label(paragraph: Paragraph) -> str:
    """The words of a row before its first number."""
    own = paragraph.own_text
    number = re.search(r"(?<![\w-])[£$€]?\d", own)
    return own[: number.start()].strip(" :;") if number and number.start() else own


def _nearest(pattern: re.Pattern[str], sentence: str, span: Span) -> str | None:
    """The match nearest to a place in the sentence; of equals the first."""
    found = [(max(match.start() - span[1], span[0] - match.end(), 0), match) for match in pattern.finditer(sentence)]
    return min(found, key=lambda pair: pair[0])[1].group().strip() if found else None


def _compared(sentence: str, figure: re.Match[str], following: int) -> str | None:
    """The first population or comparison behind the number and before the next number, else the last one before it."""
    of_whom = _RATE_OF.search(sentence[: figure.start()])
    if of_whom:
        return of_whom[1]
    behind = _COMPARISON.search(sentence, figure.end())
    if behind and behind.start() <= following:
        return behind.group().strip(" ,")
    before = [match.group().strip(" ,") for match in _COMPARISON.finditer(sentence, 0, figure.start())]
    return before[-1] if before and len(before[-1].split()) >= FEWEST_WORDS else None
