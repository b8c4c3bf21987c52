"""Of whom and of when a number in a table is, by the head of its column.

Owns reading populations and years from column heads, also from those that a PDF ran together. Leaves numbers in prose
to `figure_words`.
"""

import re
from dataclasses import dataclass

from ingest.document import Document, Paragraph
from ingest.figure_words import CUT

_POPULATION = re.compile(
    r"England and Wales|England|Wales|(?:the )?national(?: average| rate)?|(?:all|other|similar|neighbouring|comparable)"
    r" (?:\w+ )?(?:forces|services|trusts|councils|authorities|areas|providers)|(?:regional |group )?average|\baverage of [\w ]+",
    re.I,
)
_HEADS = re.compile(r"(?:^|; )(?P<head>[A-Z#£%][^:;]{0,60}): ")
_YEAR_HEAD = re.compile(
    r"(?:(?:year|12 months|twelve months) (?:to|ending) )?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:[/–-]\d{2,4})?$",
    re.I,
)
_HEAD = re.compile(r"(?:^|; )(?P<head>[^:;]{1,60}): (?=[^;]*$)")
_PER = re.compile(r"\bper (?:\d[\d,]*|(?:one )?(?:million|thousand|hundred)) [a-z]+", re.I)
_CLAUSE = re.compile(r"[.;:] |\band\b|\bbut\b")
NOTES = re.compile(r"\((?:\*|[†‡§]|[A-Z])[^()]*\)")
_WORD = re.compile(r"[a-z]{4,}")
STEM = 6  # letters by which a note's words are compared with a row's; not tuned
MOST_WORDS_OF_A_CELL = 12  # a longer cell is prose, whose own words say what is counted. Not tuned
_NUMBER = re.compile(r"(?<![\w./,-])[£$€-]?\d[\d,]*(?:\.\d+)?%?(?![\w/])")


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a column says of the numbers below it."""

    population: str | None = None  # whose they are, where they are not those of the document's own body
    period: str | None = None


def column_of(document: Document, row: Paragraph, place: int) -> Column:
    """What is known of the number at a place of a row's text.

    A reader that sees the cells writes "head: cell"; where heads were run together, the populations that they name in
    order share the row's numbers evenly, or nothing is known.
    """
    words, at = _with_heads(row, place)
    head = _HEAD.search(words[:at])
    if head:
        named = head["head"].strip()
        population = _POPULATION.search(named)
        return Column(population[0] if population else None, named if _YEAR_HEAD.fullmatch(named) else None)
    heads = row.lead_in.rpartition(" – ")[2]
    own = [re.escape(name) for name in document.metadata.bodies]
    found = re.finditer("|".join([*own, _POPULATION.pattern]), heads, re.I)
    named = list(dict.fromkeys(match[0] for match in found))
    begin = len(row.lead_in)
    numbers = [begin + match.start() for match in _NUMBER.finditer(row.text[begin:])]
    index = sum(start <= place for start in numbers) - 1
    if index < 0 or len(named) < 2 or len(numbers) % len(named):
        return Column()
    population = named[index // (len(numbers) // len(named))]
    is_own = any(population.casefold() == name.casefold() for name in document.metadata.bodies)
    return Column(None if is_own else population)


def rate_of(row: Paragraph, place: int, printed: str) -> str | None:
    """The rate that a bare number in a row is: "per 1,000 people" of its note, its column's head or the caption.

    A note that gives another rate for some rows counts for the row whose words its clause repeats. Beside columns that
    count ("Number of ...") only a fractional number is a rate; it is empty where heads name a rate without its base, and
    None where the number is no rate.
    """
    label = {word[:STEM] for word in _WORD.findall((label_of(row, place) or "").lower())}
    for clause in _CLAUSE.split(" ".join(NOTES.findall(row.lead_in))):
        if (base := _PER.search(clause)) and label & {word[:STEM] for word in _WORD.findall(clause.lower())}:
            return base[0].lower()
    words, at = _with_heads(row, place)
    head = _HEAD.search(words[:at])
    heads = head["head"] if head else NOTES.sub("", row.lead_in)
    base = _PER.search(heads)
    if "." not in printed and (base is None or re.search(r"\bnumber of\b", heads, re.I)):
        return None
    if base is None:
        return "" if re.search(r"\brates?\b", heads, re.I) else None
    return base[0].lower()


def _with_heads(row: Paragraph, place: int) -> tuple[str, int]:
    """The words of a row whose cells carry their heads, and the place in them; none where heads were run together."""
    if row.lead_in and not row.lead_in.startswith("("):  # notes alone are no heads
        return "", 0
    return row.own_text, place - (len(row.text) - len(row.own_text))


def label_of(row: Paragraph, place: int) -> str | None:
    """What a number in a row counts: the words of the row's first cell and the head of its column, as far as there are
    such; None in a cell of prose."""
    words, at = _with_heads(row, place)
    heads = list(_HEADS.finditer(words))
    here = next((n for n, head in reversed(list(enumerate(heads))) if head.end() <= at), None)
    if here is None:
        number = re.search(r"(?<![\w-])[£$€]?\d", row.own_text)
        return row.own_text[: number.start()].strip(" :;") if number and number.start() else row.own_text
    ends = [*(head.start() for head in heads[1:]), len(words)]
    cells = [words[head.end() : end] for head, end in zip(heads, ends, strict=True)]
    if len(cells[here].split()) > MOST_WORDS_OF_A_CELL:
        return None
    first = cells[0].strip() if here and not re.match(r"\W*\d", cells[0]) else ""
    head = heads[here]["head"].strip()
    return CUT.join(part for part in (first, "" if first and _YEAR_HEAD.fullmatch(head) else head) if part)
