"""The way of one question through the assistant, and the first stage that lost it.

Owns what is kept of each stage and the rule of blame. Leaves what is right and wrong to `outcome`.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Answer, Reason, Refusal
from assistant.selection import Shortfall
from assistant.steps import Composed, Retrieved, Selected, Understood
from ingest.document import Span

GATES = frozenset({Reason.OTHER_BODY, Reason.OTHER_PERIOD, Reason.NO_QUESTION})


class Stage(StrEnum):
    """Where a question was lost, in the order in which the assistant works."""

    NOT_READ = "not read"  # no paragraph of the index holds the evidence
    NOT_FOUND = "not found"  # the search did not bring it up
    GATE = "stopped by a gate"  # refused for its body, period or form, before the evidence was weighed
    REFUSED = "refused wrongly"  # the evidence was found and judged not to answer
    NOT_CHOSEN = "found but not chosen"
    LEFT_OUT = "chosen but left out"  # the paragraph was chosen, the words that carry the fact were not said
    VERIFIED_AWAY = "verified away"  # said, and the verifier struck it out
    FACT_MISSING = "cited but fact missing"  # or said with something it must not say
    ANSWERED = "answered though unanswerable"


@dataclass(frozen=True, slots=True)
class Trace:
    """What each stage made of a question. Empty where a stage was not reached, or the answerer does not say."""

    subject: str = ""  # what was searched for
    found: tuple[tuple[str, float], ...] = ()  # (paragraph id, score), best first
    chosen: tuple[tuple[str, tuple[Span, ...]], ...] = ()  # (paragraph id, spans of it to say)
    shortfall: str = ""  # why nothing was chosen
    drafted: tuple[str, ...] = ()  # paragraph ids, one for each draft sentence
    dropped: tuple[str, ...] = ()  # draft sentences that the verifier struck out
    confidence: float | None = None  # log odds that the evidence answers; None where it was not weighed


def trace_of(states: Iterable[tuple[str, object]]) -> Trace:
    """The trace that the steps of `Assistant.explain` leave; steps it does not know are passed over."""
    kept: dict[str, object] = {}
    for _, state in states:
        match state:
            case Understood(question=question):
                kept["subject"] = question.query.subject
            case Retrieved(found=found):
                kept["found"] = tuple((hit.paragraph.id, round(hit.score, 4)) for hit in found.hits)
            case Selected(selection=Shortfall() as shortfall):
                kept["shortfall"] = f"{shortfall.reason.value}: {shortfall.explanation}"
            case Selected(selection=selection) if not isinstance(selection, Shortfall):
                kept["chosen"] = tuple((each.paragraph.id, each.spans) for each in selection.chosen)
            case Composed(draft=draft) if draft is not None:
                kept["drafted"] = tuple(each.paragraph.id for each in draft.sentences)
            case Answer() | Refusal():
                kept["dropped"] = state.dropped
    return Trace(**kept)  # type: ignore[arg-type]  # each name is set to its own type above


def lost_at(
    groups: Sequence[AbstractSet[str]],
    spans: Sequence[Mapping[str, Span]],
    known: AbstractSet[str],
    found: Sequence[str],
    trace: Trace,
    cited: Sequence[str],
    refusal: Reason | None,
) -> Stage:
    """The first stage that lost a question which has an answer and was not answered right.

    Args:
        groups: evidence groups, each of paragraph ids; spans: the same groups with the span that carries the fact.
        known: ids of all paragraphs in the index.
        found: ids that the search brought up, best first; those of the trace count too.
        refusal: the reason, when it was refused.
    """
    missing = [group for group in groups if group.isdisjoint(cited)]
    if any(group.isdisjoint(known) for group in missing):
        return Stage.NOT_READ
    if refusal in GATES:
        return Stage.GATE
    chosen = dict(trace.chosen)
    seen = {*found, *(key for key, _ in trace.found), *chosen}
    if any(group.isdisjoint(seen) for group in missing):
        return Stage.NOT_FOUND
    if refusal is Reason.NOT_VERIFIED:
        return Stage.VERIFIED_AWAY
    if refusal is not None:
        return Stage.REFUSED
    if any(group.isdisjoint(chosen) for group in missing):
        return Stage.NOT_CHOSEN
    if any(group.isdisjoint(trace.drafted) for group in missing):
        return Stage.LEFT_OUT
    if missing:
        return Stage.VERIFIED_AWAY
    return Stage.LEFT_OUT if _is_left_out(spans, chosen, cited) else Stage.FACT_MISSING


def _is_left_out(
    spans: Sequence[Mapping[str, Span]], chosen: Mapping[str, Sequence[Span]], cited: Sequence[str]
) -> bool:
    """Some group's fact stands in a cited paragraph outside the words that were chosen of it."""
    for group in spans:
        said = [key for key in group if key in chosen and key in cited]
        if said and not any(_meets(group[key], chosen[key]) for key in said):
            return True
    return False


def _meets(span: Span, chosen: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in chosen)
