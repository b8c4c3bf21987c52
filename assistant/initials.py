"""What an abbreviation stands for when no document says so: the words of the documents that begin with its letters.

Owns finding them. Leaves abbreviations that a document defines to `ingest.acronyms`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from index.tokens import STOP_WORDS

SHORT = re.compile(r"\b[A-Z]{3,6}\b")
FEWEST = 2  # places where the words must stand together; once may be chance
_BETWEEN = r"(?:,? (?:and|or|of|the|for|in|to|on|at|with) |[ /-]|, )"


def unspelled(text: str, acronyms: Mapping[str, str]) -> tuple[str, ...]:
    """The abbreviations in capitals that no document defines, each once, in order."""
    return tuple(dict.fromkeys(short for short in SHORT.findall(text) if short.lower() not in acronyms))


def spelled_out(short: str, texts: Iterable[str]) -> str | None:
    """The words that most often stand together and begin with the letters; None where none do twice.

    Little words between them count for nothing: "BAME" is "Black, Asian and minority ethnic".
    """
    pattern = re.compile(r"\b" + _BETWEEN.join(rf"{letter}[a-z]+" for letter in short) + r"\b", re.I)
    found: Counter[str] = Counter()
    as_written: dict[str, str] = {}
    for text in texts:
        for match in pattern.finditer(text):
            words = match.group()
            if not all(part.lower() in STOP_WORDS for part in re.findall(r"\w+", words)):
                key = re.sub(r"\W+", " ", words.lower())
                found[key] += 1
                as_written.setdefault(key, words)
    best = min(found, key=lambda key: (-found[key], key), default="")
    return as_written[best] if found[best] >= FEWEST else None
