"""What a paragraph to answer from should have besides the subject: the form asked for, and deeds where deeds are asked about.

Owns how far a paragraph that lacks it falls behind. Leaves the forms to `expectation`, and choosing to `evidence`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.expectation import Expectation, Form
from assistant.sentences import Sentence, log_odds
from index.retriever import Hit
from ingest.document import Speaker

NO_DEED = 2.0  # log odds that a paragraph which asks for deeds falls behind when deeds are asked about; not tuned
FORM_MISSING = 2.0  # log odds; not tuned; how far a paragraph without a sentence of the form asked for falls behind
REASON_MISSING = 1.0  # log odds; a reason is told in many ways; one dev question more than with 2.0, none more with 0.3
_DEEDS = re.compile(
    r"\b(?:did|does|do|has|have|had|is|are|was|were)\b.*\b(?:do|done|doing)\b.*\b(?:about|to|with|on|against|since|by)\b|\brespond(?:ed)?\b|\bresponse to\b|"
    r"\bprogress\b|\bhow far\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the paragraph to answer from should have besides the subject."""

    deeds: bool  # it tells what was done, not what should be
    form: Form

    @classmethod
    def of(cls, text: str, expected: Expectation) -> "Wish":
        return cls(asks_for_deeds(text), expected.form)

    def score(self, hit: Hit, sentences: Sequence[Sentence]) -> float:
        """The score of the paragraph's best sentence, less what the paragraph lacks."""
        own = [sentence for sentence in sentences if sentence.hit is hit]
        best = max((sentence.score for sentence in own), default=log_odds(hit.score))
        asks = self.deeds and hit.paragraph.speaker in (Speaker.RECOMMENDATION, Speaker.QUOTATION)
        missing = REASON_MISSING if self.form is Form.REASON else FORM_MISSING
        return best - missing * (not any(sentence.has_form for sentence in own)) - NO_DEED * asks


def asks_for_deeds(text: str) -> bool:
    """Whether it is asked what was done, so that papers and trackers count as much as the inspection they are about."""
    return _DEEDS.search(text) is not None
