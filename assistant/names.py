"""Names in a sentence.

Owns which capitalised words are names. Leaves whether a quote has them to `support`.
"""

import re
from functools import lru_cache

from index.tokens import STOP_WORDS, words
from ingest.dates import MONTHS

_CAPITAL = re.compile(r"(?<![\w'’])[A-Z][A-Za-z&]*(?:-[A-Z][a-z]+)*(?![\w])")
_ORDINARY_ENDING = re.compile(r"(?:ly|ing|ed|tion|ment|ness|ity|ers|ors|ees|ies|ents|ants)$")
# Words that open a sentence and name nothing.
_PLAIN = frozenset(
    words(
        "yes no however although though overall here both each every several few one two three four five six seven "
        "eight nine ten eleven twelve none nobody nothing neither never not because since until unless during before "
        "after between according also therefore thus still despite instead once twice yet without under with among "
        "against across people staff officers inspectors only half"
    )
)


@lru_cache(maxsize=64)
def _lower_case_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<![\w])[a-z]+(?:['’][a-z]+)?", text))


def names(text: str, document: str) -> tuple[str, ...]:
    """Capitalised words that name something, in order; `document` is text in which ordinary words stand in lower case.

    A word that opens a sentence is a name when no word of that spelling stands in lower case in the document, unless it
    has an ending of ordinary English words.
    """
    ordinary = _lower_case_words(document)
    found = []
    for match in _CAPITAL.finditer(text):
        word = match.group()
        before = text[: match.start()].rstrip(" \"“‘'([")
        opens = not before or before[-1] in ".?!:;•-–"
        lowered = word.lower()
        if lowered in MONTHS or (lowered in STOP_WORDS and not word.isupper()) or len(word) == 1:
            continue
        is_acronym = sum(map(str.isupper, word)) > 1 and "-" not in word
        if opens and not is_acronym and (lowered in ordinary or _ORDINARY_ENDING.search(lowered) or lowered in _PLAIN):
            continue
        found.append(word)
    return tuple(found)
