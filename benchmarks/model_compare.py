"""Answers in the reports' own sentences against answers worded by a chat model, on the same questions.

Owns the comparison. Leaves scoring to `eval`, and the model to the settings or to `model_server.py`. Run:
python benchmarks/model_compare.py --store DIR --gold FILE --url http://127.0.0.1:8080/v1 --questions 30 --out FILE
"""

import argparse
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant import Assistant, open_assistant
from assistant.answer import Answer, Reply
from eval.gold import GoldQuestion, half, read_gold
from eval.outcome import Outcome, score
from index.embedder import MiniLM
from settings import Settings


@dataclass(frozen=True, slots=True)
class Tried:
    """One question answered one way."""

    outcome: Outcome
    said: int  # sentences of the model that were said
    dropped: int  # ... that were not
    is_worded: bool


def chosen(gold: list[GoldQuestion], count: int) -> list[GoldQuestion]:
    """Answerable dev questions, spread evenly over the file."""
    dev = [question for question in gold if question.is_answerable and half(question.id) == "dev"]
    step = max(1, len(dev) // count)
    return dev[::step][:count]


def ask(assistant: Assistant, question: GoldQuestion) -> Tried:
    started = time.perf_counter()
    reply: Reply = assistant.ask(question.question)
    seconds = time.perf_counter() - started
    outcome = score(question, reply, (), assistant.store.paragraphs, (1,), seconds)
    quotes = {citation.quote for citation in reply.citations} if isinstance(reply, Answer) else set()
    said = sum(statement.text not in quotes for statement in reply.statements) if isinstance(reply, Answer) else 0
    return Tried(outcome, said, len(reply.dropped), isinstance(reply, Answer) and reply.written_by_model)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python benchmarks/model_compare.py", description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--url", default=os.environ.get("MODEL_SERVER", ""), help="of an OpenAI-compatible server")
    parser.add_argument("--model", default="openai:local")
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=60, help="no question is begun after these")
    parser.add_argument("--out", type=Path, help="a line of JSON for each question, with both answers")
    options = parser.parse_args()
    embedder = MiniLM()
    quoting = open_assistant(options.store, Settings(), embedder)
    # 300 seconds: what is compared is the wording, not whether this computer is busy.
    wording = open_assistant(
        options.store,
        Settings(chat_model=options.model, chat_url=options.url, chat_seconds=300, chat_tokens=700),
        embedder,
    )
    questions = chosen(list(read_gold(options.gold)), options.questions)
    until = time.monotonic() + 60 * options.minutes
    pairs: list[tuple[Tried, Tried]] = []
    out = options.out.open("w", encoding="utf-8") if options.out else None
    for question in questions:
        if time.monotonic() > until:
            break
        pairs.append((ask(quoting, question), ask(wording, question)))
        one, other = pairs[-1]
        print(f"{len(pairs)}/{len(questions)} {question.id} {other.outcome.seconds:.0f} s", file=sys.stderr, flush=True)
        if out:
            both = {"id": question.id, "quoted": one.outcome.answer, "worded": other.outcome.answer}
            both |= {
                "right": [one.outcome.grounded, other.outcome.grounded],
                "dropped": other.dropped,
                "said": other.said,
            }
            out.write(json.dumps(both, ensure_ascii=False) + "\n")
            out.flush()
    print(table(pairs))
    return 0


def table(pairs: list[tuple[Tried, Tried]]) -> str:
    """The figures of both ways side by side, and where they differ."""
    ways = list(zip(*pairs, strict=True))
    lines = [f"{len(pairs)} answerable dev questions | quoting | model-written"]
    for label, part in (
        ("correct", lambda each: each.outcome.correct),
        ("correct and grounded", lambda each: each.outcome.grounded),
        ("citation recall", lambda each: each.outcome.citation_recall),
        ("refused", lambda each: each.outcome.refused),
        ("says what it must not", lambda each: each.outcome.forbidden),
    ):
        lines.append(" | ".join([label, *(f"{100 * statistics.fmean(map(part, way)):.1f} %" for way in ways)]))
    for label, part in (
        ("median words", lambda each: each.outcome.words),
        ("median seconds", lambda each: each.outcome.seconds),
    ):
        lines.append(" | ".join([label, *(f"{statistics.median(map(part, way)):.1f}" for way in ways)]))
    worded = [each for each in ways[1] if not each.outcome.refused]
    said, dropped = (sum(getattr(each, name) for each in worded) for name in ("said", "dropped"))
    lines.append(f"sentences of the model: {said + dropped}, dropped {100 * dropped / max(1, said + dropped):.1f} %")
    lines.append(f"answers with words of the model: {sum(each.is_worded for each in worded)} of {len(worded)}")
    better = sum(other.outcome.grounded and not one.outcome.grounded for one, other in pairs)
    worse = sum(one.outcome.grounded and not other.outcome.grounded for one, other in pairs)
    return "\n".join([*lines, f"right only when worded: {better}; right only when quoted: {worse}"])


if __name__ == "__main__":
    sys.exit(main())
