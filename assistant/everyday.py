"""Informal words of a question read as the plain ones that reports use: "folk" as "people", "sent down" as "convicted".

Owns the reading; the words are in `plain_words.toml` beside this file. Leaves spelling and acronyms to `lexicon`.
"""

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path


def in_plain_words(text: str, is_held: Callable[[str], bool]) -> tuple[tuple[str, str], ...]:
    """(informal words as they stand, plain words) for those in the text, in its order, the longest first where two overlap.

    Args:
        is_held: whether a document uses these words; then they are left as they are.
    """
    found: list[tuple[str, str]] = []
    for match in _informal().finditer(text):
        said = match.group()
        is_name = said[0].isupper() and " " not in said and match.start() > 0
        if not is_name and not is_held(said):
            found.append((said, _plain(said)))
    return tuple(dict.fromkeys(found))


def _plain(said: str) -> str:
    return next(plain for plain, pattern in _words() if pattern.fullmatch(said))


@lru_cache(maxsize=1)
def _informal() -> re.Pattern[str]:
    """Any of the informal words, longer ones first."""
    patterns = sorted((pattern.pattern for _, pattern in _words()), key=len, reverse=True)
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(patterns)})(?![\w'’-])", re.I)


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(plain words, what is read as them), one for each informal entry."""
    raw = tomllib.loads((Path(__file__).parent / "plain_words.toml").read_text(encoding="utf-8"))
    return tuple(
        (plain, re.compile(_pattern(entry), re.I))
        for group in raw.values()
        for plain, informal in group.items()
        for entry in informal
    )


def _pattern(entry: str) -> str:
    """ "moan(ed|ing)" as a pattern: the endings in brackets may be missing."""
    parts = re.split(r"\(([^)]*)\)\??", entry)
    return "".join(re.escape(part) if at % 2 == 0 else f"(?:{part})?" for at, part in enumerate(parts))
