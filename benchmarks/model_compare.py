"""Answers in the reports' own sentences against answers worded by a chat model, on the same questions.

Owns the comparison. Leaves scoring to `eval`, and the model to the settings or to `model_server.py`. Run:
python benchmarks/model_compare.py --store DIR --gold FILE --url http://127.0.0.1:8080/v1 --questions 60 --out FILE
"""

import argparse
import json
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant import Assistant, open_assistant
from assistant.citations import check
from assistant.steps import Composed
from eval.asking import Setting, setting
from eval.gold import GoldQuestion, Part, part, read_gold
from eval.outcome import Asked, Outcome, score
from eval.stages import trace_of
from index.embedder import MiniLM
from settings import Settings

SECONDS = 300.0  # a reply may take; what is compared is the wording, not whether this computer is busy
SEED = 4  # of the order of the questions
EVIDENCE = 700  # tokens of evidence that are sent; with rules and reply it fits the context of a small model


@dataclass(frozen=True, slots=True)
class Wrote:
    """A sentence of the model and why it was not said; empty when it was."""

    text: str
    problems: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]  # (paragraph id, quote) of each


@dataclass(frozen=True, slots=True)
class Tried:
    """One question answered one way."""

    outcome: Outcome
    wrote: tuple[Wrote, ...]
    notes: tuple[str, ...]

    @property
    def is_worded(self) -> bool:
        """Whether words of the model were said."""
        return any(not each.problems for each in self.wrote)


def chosen(gold: Sequence[GoldQuestion], count: int) -> list[GoldQuestion]:
    """Questions of the dev and check parts, spread evenly over the kinds of question, and mixed: a run that ends early
    has some of each."""
    open_parts = [question for question in gold if part(question.id) is not Part.LOCKED]
    ordered = sorted(open_parts, key=lambda question: (question.kind, question.id))
    count = min(count, len(ordered))
    spread = [ordered[place * len(ordered) // count] for place in range(count)]
    return random.Random(SEED).sample(spread, count)


def ask(assistant: Assistant, question: GoldQuestion, where: Setting) -> Tried:
    started = time.perf_counter()
    states = list(assistant.explain(question.question, where.scope, where.turns))
    seconds = time.perf_counter() - started
    reply: Any = states[-1][1]
    asked = Asked(reply, (), trace_of(states), seconds)
    outcome = score(question, asked, assistant.store.paragraphs, assistant.store.document_of, (1,))
    drafts = [state.draft for _, state in states if isinstance(state, Composed) and state.draft]
    wrote = tuple(
        Wrote(each.text, check(each).problems, tuple((source.paragraph.id, source.quote) for source in each.sources))
        for draft in drafts
        for each in draft.sentences
        if each.by_model
    )
    return Tried(outcome, wrote, getattr(reply, "notes", ()))


def record(question: GoldQuestion, quoted: Tried, worded: Tried) -> dict[str, Any]:
    """Both answers, as a line to read."""
    return {
        "id": question.id,
        "kind": question.kind.value,
        "question": question.question,
        "quoted": quoted.outcome.answer,
        "worded": [[each.text, [quote.quote for quote in each.citations]] for each in worded.outcome.statements],
        "wrote": [asdict(each) for each in worded.wrote],
        "notes": worded.notes,
        "right": [quoted.outcome.is_right, worded.outcome.is_right],
        "seconds": round(worded.outcome.seconds, 1),
    }


def table(pairs: Sequence[tuple[Tried, Tried]]) -> str:
    """The figures of both ways side by side, and where they differ."""
    answerable = [pair for pair in pairs if pair[0].outcome.is_answerable]
    others = [pair for pair in pairs if not pair[0].outcome.is_answerable]
    answered = [pair for pair in pairs if not any(each.outcome.refused for each in pair)]
    lines = [f"{len(answerable)} answerable and {len(others)} unanswerable questions | quoting | model-written"]
    for label, of, value in (
        ("correct, %", answerable, lambda each: 100.0 * each.correct),
        ("correct and grounded, %", answerable, lambda each: 100.0 * each.grounded),
        ("citation recall, %", answerable, lambda each: 100.0 * (each.citation_recall or 0)),
        ("citation precision, %", answered, lambda each: _percent(each.citation_precision)),
        ("refused, %", answerable, lambda each: 100.0 * each.refused),
        ("unanswerable refused, %", others, lambda each: 100.0 * each.refused),
        ("says what it must not, %", answerable, lambda each: 100.0 * each.forbidden),
        ("of another body or period, %", pairs, lambda each: 100.0 * (each.wrong_body or each.wrong_period)),
    ):
        lines.append(_row(label, of, value, statistics.fmean))
    lines.append(_row("words, median", answered, lambda each: float(each.words), statistics.median))
    lines.append(_row("seconds, median", answered, lambda each: each.seconds, statistics.median))
    lines.append(_row("seconds, longest", answered, lambda each: each.seconds, max))
    better = sum(worded.outcome.is_right and not quoted.outcome.is_right for quoted, worded in pairs)
    worse = sum(quoted.outcome.is_right and not worded.outcome.is_right for quoted, worded in pairs)
    lines.append(f"right only when worded: {better}; right only when quoted: {worse}")
    return "\n".join([*lines, *_about_sentences([worded for _, worded in answered])])


def _row(
    label: str,
    pairs: Sequence[tuple[Tried, Tried]],
    value: Callable[[Outcome], float | None],
    over: Callable[[list[float]], float],
) -> str:
    shown = []
    for way in zip(*pairs, strict=True):
        values = [found for each in way if (found := value(each.outcome)) is not None]
        shown.append(f"{over(values):.1f}" if values else "-")
    return " | ".join([label, *shown])


def _percent(share: float | None) -> float | None:
    return None if share is None else 100.0 * share


def _about_sentences(worded: Sequence[Tried]) -> list[str]:
    wrote = [each for tried in worded for each in tried.wrote]
    dropped = [each for each in wrote if each.problems]
    reasons = Counter(_kind_of(problem) for each in dropped for problem in each.problems)
    share = 100 * len(dropped) / max(1, len(wrote))
    return [
        f"answers with words of the model: {sum(each.is_worded for each in worded)} of {len(worded)}",
        f"answers for which it wrote nothing with a known number: {sum(not each.wrote for each in worded)}",
        f"its sentences: {len(wrote)}, dropped {len(dropped)} ({share:.1f} %)",
        *(f"  {count:>3} × {reason}" for reason, count in reasons.most_common()),
    ]


def _kind_of(problem: str) -> str:
    """The reason without the figure or name it is about."""
    problem = re.sub(r"^the (?!quote|sentence)\S+(?: \S+){0,3}? (?=is not in)", "a role or grade ", problem)
    return re.sub(r"^.+? (?=(?:is not in|stands for|has another unit in) the quote|is not what)", "… ", problem)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python benchmarks/model_compare.py", description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--url", default=os.environ.get("MODEL_SERVER", ""), help="of an OpenAI-compatible server")
    parser.add_argument("--model", default="openai:local")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=60, help="no question is begun after these")
    parser.add_argument("--out", type=Path, help="a line of JSON for each question, with both answers")
    options = parser.parse_args()
    embedder = MiniLM()
    quoting = open_assistant(options.store, Settings(), embedder)
    model = Settings(
        chat_model=options.model, chat_url=options.url, chat_seconds=SECONDS, chat_tokens=EVIDENCE, chat_retries=0
    )
    wording = open_assistant(options.store, model, embedder)
    questions = chosen(read_gold(options.gold), options.questions)
    until = time.monotonic() + 60 * options.minutes
    pairs: list[tuple[Tried, Tried]] = []
    lines: list[str] = []
    with suppress(KeyboardInterrupt):  # whoever stops it gets the figures so far
        for question in questions:
            if time.monotonic() > until:
                break
            where = setting(quoting, question)
            quoted, worded = ask(quoting, question, where), ask(wording, question, where)
            pairs.append((quoted, worded))
            progress = f"{len(pairs)}/{len(questions)} {question.id} {worded.outcome.seconds:.0f} s"
            print(progress, file=sys.stderr, flush=True)
            lines.append(json.dumps(record(question, quoted, worded), ensure_ascii=False))
            if options.out:
                options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(table(pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
