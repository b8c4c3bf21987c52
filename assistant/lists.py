"""Whole lists: which list of a document answers a question.

Owns telling that a list is asked for, how many items it has, and of which kind. Leaves finding lists to `holdings`.
"""

import re
from collections.abc import Sequence

from assistant.claims import sounds_obliged
from assistant.holdings import Holdings
from assistant.question import Question
from assistant.sentences import log_odds
from assistant.wants import QuestionKind
from index.query import Want
from index.retriever import Hit
from ingest.document import Kind, Paragraph
from ingest.figure_words import WORDS

LONGEST = 12  # items; a longer list is no answer to read out
SUPPORT = 2  # items of one list among the first six hits that make the whole list the answer
AMONG = 2  # best paragraphs whose lists are looked at
COUNTED_AMONG = 6  # ... when the number of items is asked for
BEHIND = 1.0  # log odds that a paragraph of the list may lie behind the best
COUNTED_BEHIND = 2.0  # ... when the list has as many items as are asked for; not tuned
_COUNT = re.compile(
    r"\b(?:what|which|the|its|their|name|list|those|these)\s+(?:(?:are|were|is)\s+)?(?:(?:the|its|their|those)\s+)?(?:(?:main|big|biggest|key)\s+)?"
    rf"(?P<count>{'|'.join(word for word in WORDS if word != 'one')}|[2-9]|1[0-2])\s+"
    r"(?!per ?cent|years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|reports?\b|inspections?\b)[a-z]",
    re.I,
)
_POINTS = (Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION)


def whole_list(question: Question, hits: Sequence[Hit], holdings: Holdings) -> tuple[Paragraph, ...]:
    """All items of the list that the best hits belong to or open; empty when the answer is not a list.

    A list of another length than is asked for is passed over, and what ought to be done unless that is asked about.
    """
    count = asked_count(question.query.text)
    best = hits[0]
    for hit in hits[: COUNTED_AMONG if count else AMONG]:
        items = holdings.lists.get(hit.paragraph.id, ())
        if not 1 < len(items) <= LONGEST or (count and len(items) != count):
            continue
        if items[0].kind in _POINTS and not _asks_points(question):
            continue
        support = sum(other.paragraph in items for other in hits[:6])
        near = log_odds(hit.score) > log_odds(best.score) - (COUNTED_BEHIND if count else BEHIND)
        is_supported = hit is best and support >= SUPPORT and question.kind is not QuestionKind.YES_NO
        opens_list = hit is best and hit.paragraph.text.endswith(":")
        if (question.kind is QuestionKind.LIST and near) or is_supported or opens_list:
            return items
    return ()


def asked_count(text: str) -> int:
    """How many things are asked for: 2 in "what two criticisms were there?"; 0 when the question does not say."""
    said = _COUNT.search(text)
    return (WORDS.get(said["count"].lower()) or int(said["count"])) if said else 0


def _asks_points(question: Question) -> bool:
    wanted = question.query.wants & {Want.AREA_FOR_IMPROVEMENT, Want.RECOMMENDATION}
    return bool(wanted) or sounds_obliged(question.query.text)
