"""Recommendations that a document lists below a heading without marking each by name.

Owns such headings, and where each entry below them begins and ends. Leaves marked points to `points`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.document import Kind, Paragraph
from ingest.duties import asks
from ingest.entries import PointKind
from ingest.prints import Printed, hanging_on, joined, pages_apart, printed_number

_TAGGED_CONCLUSION = re.compile(r"\(conclusion\b[^()]*\)\W*$", re.I)
_LIST_HEADING = re.compile(
    r"^(?:(?:chapter|part|section|annex|appendix)\s+\w+\s*[:.–-]?\s*|[\dA-Z]{1,3}(?:\.\d+)*[.)]?\s+)?"
    r"(?:(?:summary|list|full list) of (?:the |our |its )?|the committee['’]s |our |key |main )?"
    r"(?P<conclusions>conclusions?,? and )?recommendations?(?: and (?P<after>conclusions?))?"
    r"(?: (?:made )?(?:in|of|to|for) [\w ]{3,60})?$",
    re.I,
)
_LEADS = re.compile(r"\b(?:recommendations\b[^.:]{0,60}|recommend(?:s|ed)? as follows):[\s–—-]*$", re.I)
_INTRODUCES = re.compile(r"^(?:[\dA-Z.]{1,5}\s+)?(?:introduction|background|overview|preface)$", re.I)
_TELLS = re.compile(
    r"^(?:in )?this (?:chapter|section|part|annex|appendix|list)\b"
    r"|^(?:below|here),? (?:we|I)\b|^(?:we|I) (?:have )?(?:set out|list|bring together|repeat)(?:ed)?\b",
    re.I,
)
_BARE_NUMBER = re.compile(r"^(\d{1,3})([a-z]?)\s+[A-Z‘“]")
FEWEST_IN_A_LIST = 2  # numbered paragraphs below a heading; one alone is the report's ordinary numbering. Not tuned
LONGEST_HEADING = 12  # words; not tuned


def is_list_heading(text: str) -> bool:
    return _LIST_HEADING.match(text) is not None


def listed(paragraphs: Sequence[Paragraph], taken: set[str]) -> Iterator[Printed]:
    """Numbered paragraphs, or paragraphs that ask for something, below a heading such as "Recommendations"."""
    for heading, group in _below_list_headings(paragraphs):
        led = {paragraph.lead_in for paragraph in group if paragraph.id in taken}
        open_ = [paragraph for paragraph in group if paragraph.id not in taken and paragraph.text not in led]
        own = _led_by_the_heading_or_a_sentence(open_)
        numbers = _numbers(own)
        numbered = len(numbers)
        match = _LIST_HEADING.match(heading)
        has_conclusions = match is not None and bool(match["conclusions"] or match["after"])
        if numbered >= FEWEST_IN_A_LIST or (numbered and numbered == len(own)):
            yield from _numbered(own, numbers, has_conclusions)
        elif not led - {""}:  # beside a list below a lead-in, other paragraphs only talk about it
            yield from _asking(own)


def _below_list_headings(paragraphs: Sequence[Paragraph]) -> list[tuple[str, list[Paragraph]]]:
    groups: dict[tuple[str, ...], list[Paragraph]] = {}
    for paragraph in paragraphs:
        place = next((n for n, text in enumerate(paragraph.headings) if _LIST_HEADING.match(text)), None)
        if place is not None and paragraph.kind not in (Kind.HEADING, Kind.FOOTNOTE, Kind.TABLE_ROW):
            groups.setdefault(paragraph.headings[: place + 1], []).append(paragraph)
    return [(path[-1], group) for path, group in groups.items()]


def _led_by_the_heading_or_a_sentence(group: Sequence[Paragraph]) -> list[Paragraph]:
    """The list itself: what a sentence such as "We make the following recommendations:" opens, or all of the section.

    The section's introduction is no part of it, nor is what goes on in the numbering of that sentence.
    """
    inner = [part for part in group if not _INTRODUCES.match(part.headings[-1]) and not _TELLS.match(part.text)]
    lead = next((place for place, part in enumerate(inner[:-1]) if _LEADS.search(part.text)), None)
    if lead is None or printed_number(inner[lead + 1]) is None:
        return inner
    number = printed_number(inner[lead]) or ""
    goes_on = str(int(number) + 1) if number.isdigit() else None
    if goes_on == printed_number(inner[lead + 1]):
        return inner
    listed_here = inner[lead + 1 :]
    end = next((place for place, part in enumerate(listed_here) if goes_on and printed_number(part) == goes_on), None)
    return listed_here[:end]


def _numbers(group: Sequence[Paragraph]) -> dict[str, str]:
    """The printed number of each paragraph that has one, by its id.

    Where none has, figures that begin paragraphs count if they count up from 1: "1 We recommend", "2a The Board".
    """
    printed = {part.id: number for part in group if (number := printed_number(part)) is not None}
    bare = [(part.id, match) for part in group if (match := _BARE_NUMBER.match(part.text))]
    values = [int(match[1]) for _, match in bare]
    counts_up = values[:1] == [1] and all(after - before in (0, 1) for before, after in pairwise(values))
    if printed or len(bare) < FEWEST_IN_A_LIST or not counts_up:
        return printed
    return {name: match[1] + match[2] for name, match in bare}


def _numbered(group: Sequence[Paragraph], numbers: Mapping[str, str], has_conclusions: bool) -> Iterator[Printed]:
    run: list[Paragraph] = []
    for paragraph in (*group, None):
        if paragraph is not None and (paragraph.id not in numbers or _is_inner(paragraph, run)):
            if run and (paragraph.headings == run[0].headings) and not pages_apart(run[-1].page, paragraph.page):
                run.append(paragraph)
            continue
        if run:
            run = _without_headings_behind(run)
            text = joined(run)
            concludes = not asks(text) or _TAGGED_CONCLUSION.search(text) is not None
            if has_conclusions or not concludes:
                yield Printed(PointKind.RECOMMENDATION, tuple(run), numbers[run[0].id], concludes=concludes)
        run = [paragraph] if paragraph is not None else []


def _without_headings_behind(run: Sequence[Paragraph]) -> list[Paragraph]:
    """The run without short texts at its end that lack a full stop: headings of what follows, not told from text."""
    end = len(run)
    while end > 1 and _is_heading_like(run[end - 1]):
        end -= 1
    return list(run[:end])


def _is_heading_like(paragraph: Paragraph) -> bool:
    is_short = len(paragraph.text.split()) <= LONGEST_HEADING
    return is_short and paragraph.kind is not Kind.LIST_ITEM and not re.search(r"[.?!:;)]\W*$", paragraph.text)


def _is_inner(paragraph: Paragraph, run: Sequence[Paragraph]) -> bool:
    """Whether a numbered item hangs on the numbered paragraph above: "(a)" below "7. The force should:"."""
    return bool(run) and bool(paragraph.lead_in) and run[0].text.endswith(paragraph.lead_in[-40:])


def _asking(group: Sequence[Paragraph]) -> Iterator[Printed]:
    """Unnumbered paragraphs that ask for something, each with the bullets that hang on it."""
    for place, paragraph in enumerate(group):
        if paragraph.kind is Kind.LIST_ITEM or not asks(paragraph.text) or re.match(r"\w+ \d", paragraph.lead_in):
            continue
        hanging = tuple(hanging_on(paragraph, group[place + 1 :]))
        yield Printed(PointKind.RECOMMENDATION, (paragraph, *hanging), paragraph.number)
