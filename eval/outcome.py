"""One gold question put to the assistant becomes one Outcome.

Owns what is asked of the assistant, what is recorded, and which stage lost a question. Leaves the definitions to
`metrics` and the figures over many questions to `evaluate`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.answer import Refusal, Reply
from assistant.render import answer_text
from eval import metrics
from eval.gold import GoldQuestion, half
from ingest.document import Document, Paragraph


class Found(Protocol):
    """What the evaluation looks at of an `index` Hit."""

    @property
    def paragraph(self) -> Paragraph: ...


class Paragraphs(Protocol):
    """What the evaluation looks at of an `index` Store."""

    @property
    def paragraphs(self) -> Mapping[str, Paragraph]: ...

    @property
    def document_of(self) -> Mapping[str, Document]: ...


class Answerer(Protocol):
    """What can be evaluated: `assistant.Assistant`, and answerers of known score, which test the metrics."""

    @property
    def store(self) -> Paragraphs: ...

    def ask(self, question: str) -> Reply: ...

    def find(self, question: str, k: int) -> Sequence[Found]: ...  # at most k, best first


class Stage(StrEnum):
    """Where a question was lost, in the order in which the assistant works."""

    NOT_FOUND = "not found"  # some evidence group is neither cited nor among the paragraphs found
    REFUSED = "refused though answerable"
    NOT_CITED = "found but not cited"
    FACT_MISSING = "cited but fact missing"  # or said with something it must not say
    ANSWERED = "answered though unanswerable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question scored. None, or an empty tuple, where a metric says nothing about such a question."""

    id: str
    question: str
    kind: str
    half: str
    wording: str
    tags: tuple[str, ...]
    is_answerable: bool
    refused: bool
    reason: str  # of the refusal; "" when answered
    answer: str  # the words shown as the answer; "" when refused
    cited: tuple[str, ...]  # paragraph ids in order, one for each quote
    found: tuple[str, ...]  # paragraph ids, best first, as many as the largest k
    correct: bool  # unanswerable: refused; else answered with every required fact and nothing forbidden
    grounded: bool  # correct, and some paragraph of every evidence group is cited
    forbidden: bool  # it says something it must not
    citation_recall: float | None
    citation_precision: float | None
    first_citation_right: float | None
    recall_at: tuple[tuple[int, float], ...]  # (k, recall)
    hit_at: tuple[tuple[int, float], ...]
    reciprocal_rank: float | None
    verbatim: bool  # every quote shown, the nearest paragraphs of a refusal included, stands in the index as quoted
    words: int
    seconds: float  # from question to reply
    lost: Stage | None  # None: right


def examine(assistant: Answerer, gold: GoldQuestion, k_values: Sequence[int], clock: Callable[[], float]) -> Outcome:
    """Ask one question, search for it once more, and score both.

    The question is asked first, so that nothing the search leaves in memory shortens the time measured.
    """
    started = clock()
    reply = assistant.ask(gold.question)
    seconds = clock() - started
    found = tuple(hit.paragraph.id for hit in assistant.find(gold.question, max(k_values)))
    return score(gold, reply, found, assistant.store.paragraphs, tuple(k_values), seconds)


def score(
    gold: GoldQuestion,
    reply: Reply,
    found: tuple[str, ...],
    paragraphs: Mapping[str, Paragraph],
    k_values: tuple[int, ...],
    seconds: float,
) -> Outcome:
    """The outcome of a reply and of the paragraphs found for the same question, ids best first."""
    refused = isinstance(reply, Refusal)
    quotes = reply.nearest if isinstance(reply, Refusal) else reply.citations
    cited = () if refused else tuple(citation.paragraph.id for citation in quotes)
    answer = "" if refused else answer_text(reply)  # as in a line of `python -m assistant --batch`
    groups, searched = gold.groups, k_values if gold.is_answerable else ()
    forbidden = not refused and metrics.says_forbidden(answer, gold.must_not)
    answered_right = not refused and not forbidden and metrics.has_required_facts(answer, gold.must)
    correct = answered_right if gold.is_answerable else refused
    recall = metrics.citation_recall(cited, groups)
    return Outcome(
        id=gold.id,
        question=gold.question,
        kind=gold.kind.value,
        half=half(gold.id),
        wording=gold.wording,
        tags=gold.tags,
        is_answerable=gold.is_answerable,
        refused=refused,
        reason=reply.reason.value if isinstance(reply, Refusal) else "",
        answer=answer,
        cited=cited,
        found=found,
        correct=correct,
        grounded=correct and recall == 1.0,
        forbidden=forbidden,
        citation_recall=recall if gold.is_answerable else None,
        citation_precision=metrics.citation_precision(cited, groups) if gold.is_answerable else None,
        first_citation_right=metrics.hit_at(cited, groups, 1) if gold.is_answerable else None,
        recall_at=tuple((k, metrics.recall_at(found, groups, k)) for k in searched),
        hit_at=tuple((k, metrics.hit_at(found, groups, k)) for k in searched),
        reciprocal_rank=metrics.reciprocal_rank(found, groups) if gold.is_answerable else None,
        verbatim=all(metrics.is_verbatim(each.quote, _text(paragraphs, each.paragraph.id)) for each in quotes),
        words=metrics.count_words(answer),
        seconds=seconds,
        lost=lost_at(gold, refused, correct, cited, found),
    )


def _text(paragraphs: Mapping[str, Paragraph], paragraph_id: str) -> str | None:
    return paragraphs[paragraph_id].text if paragraph_id in paragraphs else None


def lost_at(
    gold: GoldQuestion, refused: bool, correct: bool, cited: Sequence[str], found: Sequence[str]
) -> Stage | None:
    """The first stage that lost the question; None when it is right and, where answerable, grounded."""
    if not gold.is_answerable:
        return None if refused else Stage.ANSWERED
    uncited = [group for group in gold.groups if group.isdisjoint(cited)]
    if correct and not uncited:
        return None
    if any(group.isdisjoint(found) for group in uncited):
        return Stage.NOT_FOUND
    if refused:
        return Stage.REFUSED
    return Stage.NOT_CITED if uncited else Stage.FACT_MISSING
