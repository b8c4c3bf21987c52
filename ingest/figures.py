"""Numbers that a document gives, with what they count, of when, and against what.

Owns telling a figure from a date, a year, a label or a reference. Leaves the words around it to `figure_words`, the
columns of its table to `figure_columns`, and looking figures up to `register`.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.document import Document, Kind, Paragraph, Span
from ingest.entries import Figure
from ingest.figure_columns import NOTES, column_of, label_of, rate_of
from ingest.figure_words import (
    PERIOD,
    SMALL,
    UNDATED,
    WORDS,
    compared,
    compared_behind,
    measured,
    nearest,
    period_before,
)
from ingest.sentences import sentence_spans

_PLURAL = "|".join(word for word in WORDS if word != "one")  # "one" counts less often than it points
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
# "fell by a third"; "by a third party" is none
_CUT = "|".join(f"(?<=by {how}{name})" for how in ("", "a ", "one ") for name in _FRACTIONS)
_CUT = rf"(?:{_CUT})(?=[.,;:)]|$| (?:in|since|between|over|from|on|to|and|while|compared|during|against)\b)"
_SPAN_OF_TIME = r"(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?)"
_FIGURE = re.compile(
    rf"(?P<money>[£$€]\s?(?P<amount>{_N})\s?(?P<scale>trillion|billion|million|thousand|bn|m|k)?\b)"
    rf"|\b(?P<ratio>(?!(?:19|20)\d\d of)(?P<part>{_N}|{SMALL}) (?:out of|of) (?:every |(?:the|these|those|all|its|their|our) )?(?P<whole>{_N}|{SMALL})\b(?!\.\d| percent| per cent|%))"
    rf"|\b(?P<chance>(?P<one>{SMALL}|\d{{1,2}}) in (?P<every>{SMALL}|\d{{1,4}})\b(?! (?:{'|'.join(('January', 'February', 'March', 'April', 'May', 'June', 'July'))})))"
    rf"|\b(?P<share>(?P<some>{SMALL}) [a-z]+(?: [a-z]+)? (?:(?:for|out of|in) every (?P<every_one>{SMALL}|\d{{1,3}}|hundred)\b|in (?P<each>{SMALL}|\d{{1,3}})\b(?! (?!was\b|is\b|has\b|does\b)[a-z]+s\b| (?:hundred|thousand))))"
    rf"|(?<![\w./,-])(?P<lasting>(?P<long>{_N}) (?P<of_long>hours?|minutes?)(?:,? and)? (?P<short>{_N}) (?P<of_short>minutes?|seconds?)\b)"
    r"|\b(?P<sole>(?<=\bonly )one|(?<=\bjust )one)(?= (?!of\b|in\b|or\b|at\b|to\b)[a-zA-Z])"
    r"|\b(?P<fraction>(?:(?P<how>one|two|three|a)[ -])?(?P<name>half|thirds?|quarters?|fifth|tenth)(?:(?= of\b| (?:said|reported|felt)\b)|"
    rf"{_CUT}))"
    rf"|\b(?P<counted>{_PLURAL})(?:[\s-](?P<span>times|(?:(?:working|calendar) )?{_SPAN_OF_TIME})\b|(?=[\s-](?:strand|stage|tier|step|phase)s? [a-z])"
    rf"|(?= (?!(?:of|or|and|in|to|at|by) )(?:[a-z][\w’'-]* ){{0,3}}?(?!(?:across|was|is|this|has|does|as)\b)[A-Za-z][\w-]*s\b)|(?= (?:of (?:which|whom)|have|had|were|did|said|told|felt|thought|wanted)\b))"
    rf"|(?<![\w./,£$€-])(?P<number>{_N})(?P<tail>\s?(?:%|percentage points?|percent\b|per cent\b)|\s?(?:trillion|billion|million|thousand|bn)\b|\s?times\b|[\s-]?(?:(?:working|calendar) )?{_SPAN_OF_TIME}\b)?"
    rf"(?P<rate>\s(?:[^\s,.;:]+ ){{0,6}}?(?:per|for every) (?:{_N}|one million|million|thousand|head|officer|hour|day|week|month|year|force)(?: (?:people|population|officers?|staff|children|adults|households|residents|pupils|of the population))?)?",
    re.I,
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_SHARED_RATE = re.compile(rf" and (?:{_N}) (per (?:{_N})(?: \w+)?)")
_HINT = re.compile(
    rf"\d|\b(?:only|just) one\b|\b(?:half|thirds?|quarters?|fifth|tenth)\b|\b(?:{SMALL}) (?:out of|of|(?:[a-z]+ ){{0,2}}(?:in|for every))\b|\b(?:{_PLURAL})[ -][a-z]",
    re.I,
)
# Words before a number that make it a name, not an amount.
_LABELLED = re.compile(
    r"(?:figure|table|chart|box|boxe|map|coronavirus|paragraphs?|paras?\.?|section|chapter|annex|appendix|recommendations?|rec\.?|AFIs?|module|tier|outcome(?: code)?|code"
    r"|pages?|pp?\.|version|part|article|act|phase|stage|level|volume|vol\.?|no\.?|number|question|type|class|grade|group|covid|cp|isbn|tel:?|band|category|schedule|regulation|clause|footnote|note|operation)s?\s*[-:]?\s*(?:\d+(?:\.\d+)*(?:,| and| or| to|,? and|[–-])\s*)*$",
    re.I,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:and|to|–|-)\s+\d{{1,2}}(?:st|nd|rd|th)?)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b(?:19|20)\d\d\s?[/–-]\s?(?:\d{{4}}|\d\d)\b",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
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
        noted = [note.span() for note in NOTES.finditer(paragraph.lead_in)]  # counted where the note itself stands
        found += (
            figure
            for figure in _in_paragraph(document, paragraph)
            if figure.span[0] >= skip and not any(start < figure.span[0] < end for start, end in noted)
        )
    return tuple(found)


def _in_paragraph(document: Document, paragraph: Paragraph) -> Iterator[Figure]:
    spans = sentence_spans(paragraph.text)
    told = ["", *(paragraph.text[start:end] for start, end in spans), ""]
    for number, (start, _) in enumerate(spans, start=1):
        sentence = told[number]
        if not _HINT.search(sentence):
            continue
        dates = [match.span() for match in _DATE.finditer(sentence)]
        dates += [match.span() for match in PERIOD.finditer(sentence) if not UNDATED.search(match[0])]
        is_row = paragraph.kind is Kind.TABLE_ROW
        matches = [match for match in _FIGURE.finditer(sentence) if _is_figure(match, sentence, dates, is_row)]
        measures = ""
        for place, match in enumerate(matches):
            value, unit = _value(match)
            shared = _SHARED_RATE.match(sentence, match.end())  # "3.0 and 1.2 per 10,000 population"
            unit = f"rate {shared[1]}" if shared and unit == "count" else unit
            after = _end(matches, place, sentence)
            is_compared = place > 0 and "compared" in sentence[matches[place - 1].end() : match.start()]
            at = start + match.start()
            column = column_of(document, paragraph, at) if is_row else None
            if is_row and unit == "count" and at >= len(paragraph.lead_in):
                base = rate_of(paragraph, at, match.group())
                unit = f"rate {base}".strip() if base is not None else unit
            if not is_compared:  # "fell by 7 percent, compared with 13 percent": both are of one thing
                cell = label_of(paragraph, start + match.start()) if is_row else None
                measures = cell or measured(sentence, match, after, unit)
            yield Figure(
                document=document,
                paragraph=paragraph,
                span=(start + match.start(), start + match.start() + len(match.group().rstrip())),
                printed=match.group().rstrip(),
                value=value,
                unit=unit,
                measures=measures,
                period=(column and column.period)
                or nearest(PERIOD, sentence, match.span())
                or period_before(sentence, told[number - 1]),
                comparison=column.population
                if column
                else compared(sentence, match.span(), after)
                or (None if _is_aside(sentence, match.start()) else compared_behind(told[number + 1])),
            )


def _is_aside(sentence: str, place: int) -> bool:
    """Whether the place is inside brackets: "(with a confidence interval of 3.9 percent)"."""
    return sentence.rfind("(", 0, place) > sentence.rfind(")", 0, place) and ")" in sentence[place:]


def _end(matches: Sequence[re.Match[str]], place: int, sentence: str) -> int:
    """Where the words behind a number end: at the next number, those of an aside directly behind it apart."""
    match = matches[place]
    aside = _ASIDE.match(sentence, match.end())  # "94.1 percent (give or take 3.9 percent) of all searches"
    begin = aside.end() if aside else match.end()
    return next((other.start() for other in matches[place + 1 :] if other.start() >= begin), len(sentence))


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
    for part, whole in (("part", "whole"), ("one", "every"), ("some", "each"), ("some", "every_one")):
        if match[whole]:
            return f"{_digits(match[part])}/{_digits(match[whole])}", "ratio"
    if match["lasting"]:
        return _lasting(match)
    if match["fraction"]:
        return _FRACTIONS[match["name"].lower()], "ratio"
    if match["counted"] or match["sole"]:
        unit = f"{match['span'].lower().rstrip('s')}s" if match["span"] else "count"
        return _digits(match["counted"] or match["sole"]), unit
    tail = (match["tail"] or "").strip().lower()
    if match["rate"]:
        return _scaled(match["number"], tail or None), re.sub(
            r"^.*?\b(?:per|for every) ", "rate per ", " ".join(match["rate"].split())
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


_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


def _lasting(match: re.Match[str]) -> tuple[str, str]:
    """ "10 minutes 42 seconds" as 642 seconds."""
    long, short = (_SECONDS[match[name].lower().rstrip("s")] for name in ("of_long", "of_short"))
    total = Decimal(match["long"].replace(",", "")) * long / short + Decimal(match["short"].replace(",", ""))
    return f"{total.normalize():f}", f"{match['of_short'].lower().rstrip('s')}s"


def _digits(text: str) -> str:
    return str((WORDS | {"hundred": 100}).get(text.lower(), text.replace(",", "")))


def _scaled(number: str, scale: str | None) -> str:
    value = Decimal(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1)
    return f"{value.normalize():f}"
