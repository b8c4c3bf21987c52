"""One fault at a time put into a right sentence: what the verifier has to catch.

Owns the faults. Used by tests/assistant/test_faults.py on the sample documents and by benchmarks/model_faults.py on the
published reports. A fault that leaves the meaning as it was is not made.
"""

import re
from collections.abc import Callable, Iterator

from assistant.figures import dates, figures
from ingest.dates import MONTHS

_PLACES = ("Eastvale", "Priya Hollins", "Thornbeck Council")
_UNITS = {
    "second": "minutes",
    "minute": "hours",
    "hour": "days",
    "day": "weeks",
    "week": "months",
    "month": "years",
    "year": "months",
}
_GRADES = ("outstanding", "inadequate", "adequate", "good")
_NUMBER = re.compile(r"(?<![\w.,/£])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d/]|,\d|\.\d|\w)")
_SPELLED = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen)\b", re.I)
_NEXT = {
    "two": "six",
    "three": "five",
    "four": "seven",
    "five": "eight",
    "six": "nine",
    "seven": "ten",
    "eight": "four",
    "nine": "twelve",
    "ten": "three",
    "twelve": "twenty",
    "fourteen": "forty",
}
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|does|did|will|should|must|can)\b(?! not|n['’]t| no | neither)"
)
_MORE = {
    "more": "fewer",
    "fewer": "more",
    "less": "more",
    "higher": "lower",
    "lower": "higher",
    "rose": "fell",
    "fell": "rose",
    "increased": "decreased",
    "decreased": "increased",
    "increase": "decrease",
    "above": "below",
    "below": "above",
    "better": "worse",
    "worse": "better",
    "larger": "smaller",
    "reduced": "increased",
    "improved": "deteriorated",
    "before": "after",
    "well": "badly",
    "highest": "lowest",
}
_AMOUNTS = {
    "all": "some",
    "every": "some",
    "each": "some",
    "some": "all",
    "several": "all",
    "many": "few",
    "few": "many",
    "most": "all",
    "mostly": "rarely",
    "always": "sometimes",
    "often": "rarely",
    "only": "often",
    "any": "all",
}


def faults_of(right: str) -> Iterator[tuple[str, str]]:
    """(kind, sentence) for every place of the sentence at which such a fault can be made."""
    for kind, make in _MAKERS.items():
        for wrong in make(right):
            if wrong != right:
                yield kind, wrong


def _replaced(pattern: str | re.Pattern[str], text: str, make: Callable[[re.Match[str]], str]) -> Iterator[str]:
    for match in re.finditer(pattern, text):
        yield text[: match.start()] + make(match) + text[match.end() :]


def _like(word: str, new: str) -> str:
    return new.capitalize() if word[:1].isupper() else new


def _numbers(text: str) -> Iterator[str]:
    in_dates = [when.span for when in dates(text)]

    def counts(match: re.Match[str]) -> bool:
        return not any(start <= match.start() < end for start, end in in_dates)

    def other(digits: str) -> str:
        return (
            str(int(digits) + 7)
            if digits.isdigit()
            else re.sub(r"\d(?=[.,]|$)", lambda d: str((int(d.group()) + 3) % 10), digits, count=1)
        )

    for match in _NUMBER.finditer(text):
        if counts(match):
            yield text[: match.start()] + other(match.group()) + text[match.end() :]
    yield from _replaced(r"£(\d+)(?=m|bn|k|\b)", text, lambda match: f"£{int(match[1]) + 4}")
    yield from _replaced(_SPELLED, text, lambda match: _like(match[1], _NEXT[match[1].lower()]))


def _swapped_numbers(text: str) -> Iterator[str]:
    found = [each for each in figures(text) if text[each.start : each.end].strip()[:1].isdigit()]
    for one, other in zip(found, found[1:], strict=False):
        if one.value != other.value and one.unit == other.unit and " and " not in text[one.end : other.start][:5]:
            a, b = (re.match(r"\d[\d,]*(?:\.\d+)?", text[each.start : each.end].strip()) for each in (one, other))
            if a and b:
                first = text.index(a.group(), one.start)
                second = text.index(b.group(), other.start)
                yield (
                    text[:first]
                    + b.group()
                    + text[first + len(a.group()) : second]
                    + a.group()
                    + text[second + len(b.group()) :]
                )


def _years(text: str) -> Iterator[str]:
    yield from _replaced(
        r"\b((?:19|20)\d\d)/(\d\d)\b", text, lambda match: f"{int(match[1]) - 2}/{int(match[2]) - 2:02}"
    )
    yield from _replaced(r"(?<![/\d])\b((?:19|20)\d\d)\b(?![/\d])", text, lambda match: str(int(match[1]) - 3))


def _months(text: str) -> Iterator[str]:
    names = "|".join(month.capitalize() for month in MONTHS)
    yield from _replaced(
        rf"\b({names})\b(?=,? (?:19|20)\d\d)", text, lambda match: "August" if match[1] != "August" else "May"
    )
    yield from _replaced(rf"\b(\d{{1,2}})(?= (?:{names})\b)", text, lambda match: str(int(match[1]) % 28 + 1))


def _units(text: str) -> Iterator[str]:
    yield from _replaced(r"(?<=\d)(?: ?%| per ?cent\b)", text, lambda match: " incidents")
    units = "|".join(_UNITS)
    number = rf"(?:\d|\b(?:{'|'.join(_NEXT)}))"
    for match in re.finditer(rf"{number}[\s-](?P<unit>{units})s?\b", text):
        yield text[: match.start("unit")] + _UNITS[match["unit"]] + text[match.end() :]
    yield from _replaced(r"£(?=\d)", text, lambda match: "")


def _grades(text: str) -> Iterator[str]:
    if re.search(r"\bgrad\w+ (?:were|was) possible|possible grade", text):
        return
    for grade in _GRADES:
        yield from _replaced(
            r"\b(?:requires? improvement|outstanding|inadequate|(?<!in)adequate)\b", text, lambda match, g=grade: g
        )  # type: ignore[misc]
        yield from _replaced(r"(?<=is |as )good(?= at|\b\.|$)|\bgood(?= at\b)", text, lambda match, g=grade: g)  # type: ignore[misc]


def _bodies(text: str) -> Iterator[str]:
    yield from _replaced(
        r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?(?= (?:Police|Constabulary)\b)(?<!The)", text, lambda match: "Eastvale"
    )
    yield from _replaced(r"\b(?:The force|It|The report)(?= [a-z])", text, lambda match: "Eastvale Police")


def _names(text: str) -> Iterator[str]:
    for match in re.finditer(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b(?! Police)", text):
        for name in _PLACES[:2]:
            yield text[: match.start()] + name + text[match.end() :]
    for match in re.finditer(
        r"\b(?:Merseyside|Derbyshire|Worcestershire|Hereford|Telford|Northmoor|Thornbeck)\b", text
    ):
        yield text[: match.start()] + "Eastvale" + text[match.end() :]
    for name in _PLACES:
        yield f"{text.rstrip('.')}, {name} said."
    yield f"Eastvale told readers that {text[:1].lower()}{text[1:]}"


def _negations_added(text: str) -> Iterator[str]:
    if not re.search(r"\b(?:not|no|never|neither|none|cannot|without|fewer|few|lack)\b|n['’]t\b", text, re.I):
        yield from _replaced(_AUXILIARY, text, lambda match: f"{match[1]} not")


def _negations_removed(text: str) -> Iterator[str]:
    yield from _replaced(
        r"\b(is|are|was|were|has|have|had|does|do|did|should|must|would|can) not\b(?! only)",
        text,
        lambda match: match[1],
    )
    yield from _replaced(
        r"\b(is|are|was|were|has|have|had|does|do|did|should|would|ca)n['’]t\b",
        text,
        lambda match: "can" if match[1] == "ca" else match[1],
    )
    yield from _replaced(r"\bcannot\b", text, lambda match: "can")
    yield from _replaced(
        r"\b(?:no|not all)(?= [a-z])(?! doubt| longer| later)|\bNo(?= [a-z])(?! doubt| longer| later)",
        text,
        lambda match: _like(match.group(), "the"),
    )
    yield from _replaced(r"\b[Nn]either\b", text, lambda match: _like(match.group(), "both"))


def _amounts(text: str) -> Iterator[str]:
    for word, new in _AMOUNTS.items():
        yield from _replaced(
            rf"(?<!in )(?<!at )(?<!a )(?<!of )(?<!how )\b{word}\b(?! in\b)", text, lambda match, n=new: n
        )  # type: ignore[misc]
    yield from _replaced(
        r"^(Officers|Staff|Victims|Units|Partners|Supervisors)\b", text, lambda match: f"All {match[1].lower()}"
    )


def _directions(text: str) -> Iterator[str]:
    bare = re.sub(r"more and more|as well", lambda match: "\n" * len(match.group()), text)
    for word, new in _MORE.items():
        for match in re.finditer(rf"\b{word}\b(?! than (?:one|once))", bare):
            yield text[: match.start()] + new + text[match.end() :]


def _moods(text: str) -> Iterator[str]:
    yield from _replaced(r"\b(?:should|must|ought to|may|might) be\b", text, lambda match: "is")
    yield from _replaced(r"\b(?:should|must|needs to|ought to) (?!be\b)(?=[a-z])", text, lambda match: "")
    yield from _replaced(r"\b(?:may|might) (?!be\b)(?=have\b|[a-z])", text, lambda match: "")
    yield from _replaced(
        r"\b(was|were|is|are) (?:planned|expected)\b(?! to)", text, lambda match: f"{match[1]} carried out"
    )


_MAKERS: dict[str, Callable[[str], Iterator[str]]] = {
    "number": _numbers,
    "numbers exchanged": _swapped_numbers,
    "year": _years,
    "day or month": _months,
    "unit": _units,
    "grade": _grades,
    "body": _bodies,
    "name": _names,
    "negation added": _negations_added,
    "negation removed": _negations_removed,
    "quantifier": _amounts,
    "direction": _directions,
    "obligation or doubt": _moods,
}
KINDS = (*_MAKERS, "citation exchanged")
