"""Numbers by which a text refers to recommendations.

Owns reading "8.3-8.4", "Recommendations 1 to 3, and 5", "your second recommendation" and "AFI 2".
"""

import re

_ONE = r"[A-Z]{0,2}\d{1,3}(?:\.\d{1,3})*[a-z]?"
_RANGE = rf"{_ONE}(?:\s*(?:-|–|—|to|and|&|,|,? and|or)\s*(?:recommendations?\s+)?{_ONE})*"
_NAMED = re.compile(
    rf"\b(?:recommendations?|recs?\.?|AFIs?|areas? for improvement|conclusions?|R|(?=[A-Z]R\d))\s*(?:\(?(?:nos?\.?|numbers?)\s*)?(?P<list>{_RANGE})(?![\w%])",
    re.I,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)})(?:,? (?:and|to) (?:the )?({'|'.join(_ORDINALS)}))? recommendations?\b", re.I
)
_BARE = re.compile(rf"^\W*(?P<list>{_RANGE})\W*$")
_TO = re.compile(r"^(?:-|–|—|to)$", re.I)
LONGEST_RANGE = 50  # numbers; a longer one is not meant as a list


def references(text: str, is_bare: bool = False) -> tuple[str, ...]:
    """The numbers of the recommendations that the text names, in order, each once.

    Args:
        text: any words.
        is_bare: whether a text that is nothing but numbers counts ("8.3-8.4" in a heading or a cell).
    """
    found: list[str] = []
    for match in _NAMED.finditer(text):
        found += _expanded(match["list"])
    if not found and is_bare:
        bare = _BARE.match(text)
        found += _expanded(bare["list"]) if bare else []
    for match in _ORDINAL.finditer(text):
        found += [str(_ORDINALS.index(word.lower()) + 1) for word in match.groups() if word]
    return tuple(dict.fromkeys(found))


def _expanded(listed: str) -> list[str]:
    """ "1 to 3 and 5" as 1, 2, 3, 5."""
    tokens = re.findall(rf"{_ONE}|-|–|—|\bto\b", listed)
    numbers: list[str] = []
    is_range = False
    for token in tokens:
        if _TO.match(token):
            is_range = bool(numbers)
        elif is_range:
            numbers += _between(numbers[-1], token)
            is_range = False
        else:
            numbers.append(token)
    return numbers


def plain(number: str | None) -> str | None:
    """The number without the "R" that only says recommendation: "R12" and "12" are one, "MR12" is another series."""
    return re.sub(r"^R(?=\d)", "", number) if number else number


def _between(first: str, last: str) -> list[str]:
    """The numbers after the first up to the last, where they differ only in their last part."""
    letters = re.match("[A-Z]*", first)
    if letters and letters[0] and last.startswith(letters[0]):
        start = letters.end()
        return [letters[0] + number for number in _between(first[start:], last[start:])]
    stem, _, low = first.rpartition(".")
    stem_of_last, _, high = last.rpartition(".")
    is_list = (
        low.isdigit() and high.isdigit() and stem == stem_of_last and int(low) < int(high) <= int(low) + LONGEST_RANGE
    )
    if not is_list:
        return [last]
    return [f"{stem}.{n}" if stem else str(n) for n in range(int(low) + 1, int(high) + 1)]
