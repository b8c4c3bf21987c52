"""Acronyms as a document defines them: "organised crime groups (OCGs)", "SARA (scan, analyse, ...)", a glossary's rows.

Owns pairing a short form with the words that spell it, and the form in which both are kept. Leaves using them to
`assistant.question`. Pure.
"""

import re
from collections.abc import Iterator, Sequence

_SHORT = r"[A-Z](?:[A-Za-z0-9&/-]{0,8}[A-Z0-9])"
_BRACKETED = re.compile(
    rf"\((?:(?:also |or |known as |called |hereafter |the )+)?[‘'“\"]?({_SHORT}(?:[’']?s)?)[’'”\"]?(?:[,;][^()]*)?\)"
)
_REVERSED = re.compile(rf"\b({_SHORT}(?:[’']?s)?) \(((?!see )[A-Za-z][^()]{{4,90}})\)")
_STANDS_FOR = re.compile(rf"\b({_SHORT}) (?:stands for|is short for|means) (?:the )?([A-Za-z][^.;()]{{4,90}})")
_ENTRY = re.compile(rf"^({_SHORT})\s*(?:–|—|-|:|=|\t)\s*([A-Za-z][^\n.;:()]{{4,90}})\.?$", re.M)
_ROW = re.compile(rf"^[^\n:;]{{1,40}}: ({_SHORT}); [^\n:;]{{1,40}}: ([A-Za-z][^\n.;:()]{{4,90}})\.?$", re.M)
_LETTERED = re.compile(r"\b([2-9])([A-Z])(?:[’']?s)? \(([a-z]+(?:, (?:and )?[a-z]+| and [a-z]+)+)\)")  # "4Ps (...)"
_SMALL = frozenset({"and", "of", "the", "for", "in", "to", "on", "with", "at", "by", "a", "an", "&", "or"})
_ASIDE = re.compile(r"\s*(?:,? (?:also|or|which|who|that|a|an) .*|\s[–-]\s.*)$")
_REACH = 160  # characters before a bracket; the longest long form here has 77


def find_acronyms(text: str) -> tuple[tuple[str, str], ...]:
    """(short form, long form) pairs in the order of their first definition; lines of `text` are paragraphs.

    A long form is the shortest run of words before the bracket whose content words each give their first letter, in
    order, and perhaps further letters; "of" and its like may give one or none. This is stricter than Schwartz and
    Hearst (PSB 2003), who take letters from inside any word and so read "police forces within England and Wales" as
    PEEL. Both forms are kept in the singular, without asides, and in lower case where only their sentence's beginning
    gave them a capital.
    """
    found: list[tuple[int, str, str]] = []
    for match in _BRACKETED.finditer(text):
        before = re.split(r"(?<=[.;:!?])\s|\n", text[max(0, match.start() - _REACH) : match.start()])[-1]
        long = _long_form(_bare(match[1]), before)
        if long:
            found.append((match.start(), match[1], long))
    for pattern in (_REVERSED, _STANDS_FOR, _ENTRY, _ROW):
        for match in pattern.finditer(text):
            spelled = _spelled(_bare(match[1]), match[2])
            if spelled:
                found.append((match.start(), match[1], spelled))
    pairs: dict[str, str] = {}
    for _, printed, long in sorted(found, key=lambda each: each[0]):
        short = _bare(printed)
        if sum(letter.isupper() for letter in short) >= 2:
            pairs.setdefault(short, _clean(long, is_plural=short != printed, text=text))
    for match in _LETTERED.finditer(text):
        words = re.findall(r"[a-z]+", match[3].replace(" and ", " "))
        if len(words) == int(match[1]) and all(word.startswith(match[2].lower()) for word in words):
            pairs.setdefault(match[1] + match[2], match[3])
    return tuple(pairs.items())


def _bare(short: str) -> str:
    """A short form without its plural or possessive s."""
    without = re.sub(r"[’']?s$", "", short)
    return without if without.upper() == without or "’" in short or "'" in short or short != without else short


def _long_form(short: str, before: str) -> str | None:
    """The shortest run of words at the end of `before` that spells `short`."""
    words = before.split()
    for start in range(len(words) - 1, -1, -1):
        run = " ".join(words[start:]).strip(" ,‘'“\"")
        if run and run[:1].lower() == short[:1].lower() and _spells(short, run):
            return run
    return None


def _spelled(short: str, behind: str) -> str | None:
    """The words behind a short form, if they spell it; without an aside that follows them."""
    for words in (" ".join(behind.split()), _ASIDE.sub("", " ".join(behind.split()))):
        if _spells(short, words):
            return words
    return None


def _spells(short: str, long: str) -> bool:
    letters = [letter.lower() for letter in short if letter.isalpha()]
    words = list(_words(long))
    return len(words) > 1 and _fits(letters, words)


def _words(long: str) -> Iterator[tuple[str, bool]]:
    """Each word in lower case, and whether it may go without a letter: small words and the second part of a compound."""
    for word in long.split():
        for place, part in enumerate(re.findall(r"[A-Za-z0-9’']+|&", word)):
            yield part.lower(), place > 0 or part.lower() in _SMALL


def _fits(letters: Sequence[str], words: Sequence[tuple[str, bool]]) -> bool:
    """Whether the words, each with its first letter and perhaps more in order, use up the letters exactly."""
    if not words:
        return not letters
    (word, is_optional), rest = words[0], words[1:]
    if is_optional and _fits(letters, rest):
        return True
    place, taken = 0, 0
    while taken < len(letters):
        place = word.find(letters[taken], place)
        if place < 0 or (taken == 0 and place > 0):
            return False
        taken, place = taken + 1, place + 1
        if _fits(letters[taken:], rest):
            return True
    return False


def _clean(long: str, is_plural: bool, text: str) -> str:
    words = long.strip(" ,‘’'“”\"").split()
    if words[0][:1].isupper() and all(word.islower() for word in words[1:] if word.isalpha()):
        lowered = words[0][:1].lower() + words[0][1:]
        # The word stands without a capital elsewhere, or a proper name would be the only capital: keep that one.
        words[0] = lowered if re.search(rf"\b{re.escape(lowered)}\b", text) else words[0]
    one = " ".join([*words[:-1], _singular(words[-1])])
    if is_plural or long == long.lower() or re.search(rf"\b{re.escape(one)}\b(?!s)", text):
        place = len(words) - 1 if _singular(words[-1]) != words[-1] else 0
        words[place] = _singular(words[place]) if is_plural or place else words[place]
    return " ".join(words)


def _singular(word: str) -> str:
    if re.search(r"(?:ss|us|is|ics|[’']s)$", word) or not word.endswith("s") or len(word) < 4:
        return word
    return re.sub(r"(?<=[a-z])ies$", "y", word) if word.endswith("ies") else word[:-1]
