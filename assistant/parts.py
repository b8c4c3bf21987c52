"""Questions that ask several things at once: "why did they think so, and who should put it right?".

Owns where such a question is cut. Leaves answering each part to `evidence`.
"""

import re
from dataclasses import dataclass

from index.tokens import STOP_WORDS, words

_ASKS = r"(?:what|which|whom?|whose|when|where|why|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)"
_CUT = re.compile(
    rf"(?:\s*[,;:]\s*(?:(?:and|but|or)\s+)?|\s+(?:and|but)\s+|[?.]\s+(?:(?:and|but)\s+)?)(?={_ASKS}\b)", re.I
)
_IS_QUESTION = re.compile(rf"^\W*(?:so\s+|and\s+|but\s+)?{_ASKS}\b", re.I)
_LEANS = re.compile(r"\b(?:it|its|they|them|their|that|those|this|these|he|she|him|her)\b", re.I)
MOST_PARTS = 3  # a question with more is a speech
FEWEST_WORDS = 2  # content words; a part with fewer ("and why?") is asked together with the part before it


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a text."""

    own: str  # its own words, ending in a question mark
    text: str  # ... and what it is about, where its own words do not say


def parts_of(text: str) -> tuple[Part, ...]:
    """The questions in `text`, in order; empty when it asks one thing.

    A part that begins with no question word tells what the others are about ("OCG mapping in 2015: what was wrong?") and
    is put behind each; a part with hardly a word of its own, or with a pronoun, gets the words of the one before it.
    """
    cut = [part.strip(" ,;:") for part in _CUT.split(text) if part.strip(" ,;:?")]
    asking = [part for part in cut if _IS_QUESTION.search(part)]
    if len(asking) < 2 or len(cut) > MOST_PARTS:
        return ()
    about = " ".join(part for part in cut if part not in asking)
    found: list[Part] = []
    for asked in asking:
        own = f"{asked.rstrip('?')}?"
        content = [word for word in words(own) if word not in STOP_WORDS]
        if not content:  # "... and where?"
            return ()
        leans = len(content) <= FEWEST_WORDS or _LEANS.search(own) is not None
        before = about or (found[-1].text if found and leans else "")
        found.append(Part(own, f"{own} {before}".strip()))
    return tuple(found)
