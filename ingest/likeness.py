"""How much of one text another one repeats.

Owns the one measure by which points are recognised again, in the same document and in others.
"""

import re
from functools import lru_cache

RUN = 3  # words; runs of three tell a quotation from a text on the same subject. Not tuned
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")


@lru_cache(maxsize=20_000)
def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of three words, in lower case; the words themselves where there are fewer than three."""
    words = _WORD.findall(text.lower().replace("‘", "'").replace("’", "'"))
    if len(words) < RUN:
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def likeness(part: str, whole: str) -> float:
    """The share of `part`'s runs of three words that `whole` has too: 1.0 when it is quoted word for word, 0.0 to 1.0."""
    mine = runs(part)
    return len(mine & runs(whole)) / len(mine) if mine else 0.0
