"""Acronyms as a document defines them: "organised crime groups (OCGs)".

Owns pairing a bracketed short form with the words before it. Leaves using them to `assistant.question`.
"""

import re

_BRACKETED = re.compile(r"\(([A-Z][A-Za-z0-9&/-]{1,9})\)")
_REVERSED = re.compile(r"\b([A-Z][A-Z0-9&]{1,7}s?) \(([a-z][^()]{4,80})\)")


def find_acronyms(text: str) -> tuple[tuple[str, str], ...]:
    """(short form, long form) pairs in the order of their first definition; a plural s is taken off the short form.

    Source: Schwartz and Hearst, PSB 2003: the shortest run of words before the bracket whose letters hold the short
    form's letters in order, the first of them at the start of a word. "SARA (scan, analyse, ...)" is read as well.
    """
    found: dict[str, str] = {}
    for match in _BRACKETED.finditer(text):
        short = _singular(match[1])
        if sum(letter.isupper() for letter in short) < 2:
            continue
        words = re.split(r"(?<=[.;:!?])\s|\n\n", text[max(0, match.start() - 160) : match.start()])[-1]
        long = _long_form(short, words.strip())
        if long:
            found.setdefault(short, long)
    for match in _REVERSED.finditer(text):
        short, long = _singular(match[1]), " ".join(match[2].split())
        if _initials(long).startswith(short.lower()[:3]):
            found.setdefault(short, long)
    return tuple(found.items())


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _initials(long: str) -> str:
    return "".join(
        word[0].lower() for word in re.findall(r"[A-Za-z]+", long) if word.lower() not in {"and", "of", "the"}
    )


def _long_form(short: str, words: str) -> str | None:
    letters = [letter.lower() for letter in short if letter.isalnum()]
    candidates = " ".join(words.split()[-(min(len(letters) + 5, len(letters) * 2) + 1) :])
    place = len(candidates) - 1
    for number, letter in reversed(list(enumerate(letters))):
        while place >= 0 and (
            candidates[place].lower() != letter or (number == 0 and place > 0 and candidates[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    long = candidates[place + 1 :].strip(" ,‘'“\"")
    return " ".join(long.split()) if len(long) > len(short) and len(long.split()) > 1 else None
