"""An optional second opinion: a chat model judges whether answers follow from what they cite, through the ragas library.

Owns what is judged and how far the judge is to be trusted. Leaves the judging to ragas, and reading runs to `compare`.
Off by default: it needs requirements-judge.txt and a chat model, and no gate depends on it. Its figures are never shown
without its agreement with the figures that need no judge and with a small set that a person marked.
"""

import asyncio
import json
import math
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from errors import InputError
from eval.metrics import SMALLEST_SLICE, bootstrap_interval
from eval.outcome import Outcome

SUPPORTED = 0.5  # a verdict at or above it counts as yes where it is held against a yes or no


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge said of one answer; shares in [0, 1], None where it gave no usable verdict."""

    id: str
    faithfulness: float | None  # share of the answer's claims that follow from the paragraphs cited (RAGAS)
    support: float | None  # share of statements wholly supported by their own citations (ALCE's recall, judged)


@dataclass(frozen=True, slots=True)
class Mark:
    """A person's verdict: whether a statement follows from a quote. Both are invented for the purpose."""

    statement: str
    quote: str
    supported: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two verdicts on the same replies are the same, and Cohen's kappa (1960), which discounts chance."""

    count: int
    share: float | None
    kappa: float | None


_MARK = TypeAdapter(Mark)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the judge said of a run's answers, and of the marked statements in their order."""

    answers: tuple[Judged, ...]
    marked: tuple[float | None, ...]


def judge_outcomes(outcomes: Sequence[Outcome], marks: Sequence[Mark], chat_model: Any) -> Verdicts:
    """Judge every answer and every marked statement; refusals are left out.

    Args:
        chat_model: a LangChain chat model.

    Raises:
        InputError: ragas is not installed.
    """
    os.environ["RAGAS_DO_NOT_TRACK"] = (
        "true"  # ragas reports its use to its makers unless told not to, before its import
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            from ragas.dataset_schema import SingleTurnSample
            from ragas.llms import LangchainLLMWrapper
            from ragas.metrics import Faithfulness
    except ImportError as problem:
        remedy = "Install it beside the other packages: pip install -r requirements-judge.txt"
        raise InputError("ragas", f"cannot be imported ({problem}). {remedy}") from None
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # ragas is pinned; its later interface drops LangChain models
        metric = Faithfulness(llm=LangchainLLMWrapper(chat_model))

    async def faithful(question: str, text: str, quotes: Sequence[str]) -> float | None:
        sample = SingleTurnSample(user_input=question, response=text, retrieved_contexts=list(quotes))
        try:
            value = float(await metric.single_turn_ascore(sample))
        except Exception:  # noqa: BLE001  # a judge's failure is its own: ragas raises whatever its model does
            return None
        return None if math.isnan(value) else value  # NaN: the judge found no claim

    async def judged(outcome: Outcome) -> Judged:
        every = [quoted.quote for said in outcome.statements for quoted in said.citations]
        each = [
            await faithful(outcome.question, said.text, [quoted.quote for quoted in said.citations])
            for said in outcome.statements
        ]
        known = [value for value in each if value is not None]
        support = sum(value == 1.0 for value in known) / len(known) if known else None
        return Judged(outcome.id, await faithful(outcome.question, outcome.answer, every), support)

    async def every_one() -> Verdicts:
        answers = [await judged(outcome) for outcome in outcomes if not outcome.refused]
        marked = [await faithful("Does it follow?", mark.statement, [mark.quote]) for mark in marks]
        return Verdicts(tuple(answers), tuple(marked))

    return asyncio.run(every_one())


def read_marks(path: Path) -> tuple[Mark, ...]:
    """A person's marks, JSON lines.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return tuple(
            _MARK.validate_json(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
        )
    except (OSError, ValidationError) as problem:
        form = '{"statement": text, "quote": text, "supported": true or false}'
        raise InputError(str(path), f"cannot be read ({str(problem).splitlines()[0]}). A line is {form}.") from None


def agreement(pairs: Sequence[tuple[bool, bool]]) -> Agreement:
    """Agreement of two yes-or-no verdicts; kappa is None when chance alone would agree always, or there are no pairs."""
    if not pairs:
        return Agreement(0, None, None)
    share = sum(one == other for one, other in pairs) / len(pairs)
    yes, no = (sum(pair[place] for pair in pairs) / len(pairs) for place in (0, 1))
    chance = yes * no + (1 - yes) * (1 - no)
    return Agreement(len(pairs), share, None if chance == 1 else (share - chance) / (1 - chance))


def agreements(verdicts: Verdicts, outcomes: Sequence[Outcome], marks: Sequence[Mark]) -> dict[str, Agreement]:
    """The judge against what is known without it: a person's marks, quoting, citation recall, correctness.

    A statement that is its own quote follows from it whatever the question, so the agreement there is the share of such
    answers that the judge supports.
    """
    said = {each.id: each.faithfulness >= SUPPORTED for each in verdicts.answers if each.faithfulness is not None}
    known = [outcome for outcome in outcomes if outcome.id in said]
    marked = [
        (value >= SUPPORTED, mark.supported)
        for value, mark in zip(verdicts.marked, marks, strict=True)
        if value is not None
    ]
    quoting = [each for each in known if all(_is_quote(statement) for statement in each.statements)]
    asked = [each for each in known if each.is_answerable]
    return {
        "with a person's marks": agreement(marked),
        "with statements that are their quotes": agreement([(said[each.id], True) for each in quoting]),
        "with citation recall of 1": agreement([(said[each.id], each.citation_recall == 1.0) for each in asked]),
        "with correct and grounded": agreement([(said[each.id], each.grounded) for each in asked]),
    }


def judge_lines(judged: Sequence[Judged], found: dict[str, Agreement]) -> list[str]:
    """The judge's figures, each time with how far it agrees with others."""
    lines = []
    for name, values in (
        ("faithfulness (RAGAS, judged)", [each.faithfulness for each in judged if each.faithfulness is not None]),
        ("statements supported (ALCE, judged)", [each.support for each in judged if each.support is not None]),
    ):
        if len(values) >= SMALLEST_SLICE:
            low, high = bootstrap_interval(values)
            lines.append(
                f"{name}: {100 * sum(values) / len(values):.1f}% [{100 * low:.0f}–{100 * high:.0f}], n={len(values)}"
            )
        else:
            lines.append(f"{name}: {sum(values):.1f} of {len(values)} (n<{SMALLEST_SLICE})")
    lines.append(f"no verdict on {sum(each.faithfulness is None for each in judged)} of {len(judged)} answers")
    for name, each in found.items():
        share = "–" if each.share is None else f"{100 * each.share:.0f}%"
        kappa = "–" if each.kappa is None else f"{each.kappa:.2f}"
        lines.append(f"agrees {name}: {share} of {each.count}, kappa {kappa}")
    return lines


def to_json(judged: Sequence[Judged]) -> str:
    return json.dumps([{"id": e.id, "faithfulness": e.faithfulness, "support": e.support} for e in judged], indent=0)


def _is_quote(statement: Any) -> bool:
    return any(statement.text.strip() == quoted.quote.strip() for quoted in statement.citations)
