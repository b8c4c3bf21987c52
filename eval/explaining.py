"""The way of one question through the stages, as lines for the terminal.

Owns how a question's way is told. Leaves what each stage did to `stages`.
"""

import textwrap
from collections.abc import Iterator, Mapping

from eval.outcome import Outcome
from eval.stages import Trace

WIDTH = 110
SHOWN = 6  # paragraphs found that are listed


def explain_lines(outcome: Outcome, trace: Trace, words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What was asked, searched, found, chosen and said, what gold wanted, and where it went wrong.

    Args:
        words: paragraph id -> {"text", "place"}, as in a run's `paragraphs.json`.
    """
    gold = {key for group in outcome.groups for key in group}
    for turn in outcome.conversation:
        yield f"before     {turn}"
    yield f"{outcome.id}    {outcome.question}   ({', '.join([outcome.kind, outcome.part, *outcome.tags])})"
    yield f"searched   {trace.subject}"
    for place, (key, score) in enumerate(trace.found[:SHOWN], start=1):
        yield f"found {place:>2}   {score:.2f} {'* ' if key in gold else '  '}{key}  {_short(words, key)}"
    deeper = [(place, key) for place, (key, _) in enumerate(trace.found, start=1) if place > SHOWN and key in gold]
    for place, key in deeper:
        yield f"found {place:>2}        * {key}  {_short(words, key)}"
    for key, _ in trace.chosen:
        yield f"chosen     {'* ' if key in gold else '  '}{key}"
    if trace.shortfall:
        yield f"not chosen {trace.shortfall}"
    for sentence in trace.dropped:
        yield f"struck out {sentence}"
    if trace.confidence is not None:
        yield f"confidence {trace.confidence:+.2f} log odds that the evidence answers"
    yield from _wrapped("refused" if outcome.refused else "said", outcome.answer)
    for said in outcome.statements:
        for quoted in said.citations:
            yield f"cited      {'* ' if quoted.paragraph in gold else '  '}{quoted.paragraph}"
    yield from _wrapped("gold", outcome.gold_answer)
    for number, group in enumerate(outcome.groups, start=1):
        yield f"evidence {number} any of {', '.join(group)}"
    yield f"verdict    {f'lost: {outcome.lost.value}' if outcome.lost else 'right'}   (* is gold evidence)"


def _short(words: Mapping[str, Mapping[str, str]], key: str) -> str:
    return textwrap.shorten(words.get(key, {}).get("text", ""), 60, placeholder=" …")


def _wrapped(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(textwrap.wrap(text, WIDTH - 11) or [""]):
        yield f"{name if number == 0 else '':<11}{line}"
