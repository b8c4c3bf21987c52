"""`python -m eval judge RUN`: a chat model's opinion of a run's answers, with how far it can be trusted.

Owns what the command prints and writes. Leaves judging to `judge`.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from assistant.model import ModelLimits, load_chat_model
from eval.asking import Answerer
from eval.compare import read_outcomes
from eval.judge import agreements, judge_lines, judge_outcomes, read_marks, to_json
from eval.runs import write_text

NAMES = ("judge",)
MARKS = Path(__file__).resolve().parent.parent / "gold" / "judge_marks.jsonl"
LIMITS = ModelLimits(
    seconds=60.0, evidence_tokens=4_000, answer_tokens=1_000, retries=1
)  # for one call of the model; not tuned


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "judge",
        help="a chat model's opinion of a run (optional, off by default)",
        description="ALCE-style support and RAGAS-style faithfulness of a run's answers. Needs requirements-judge.txt.",
    )
    parser.add_argument("run", type=Path, metavar="RUN", help="a run's folder")
    parser.add_argument("--model", required=True, help="a LangChain chat model, as provider:name")
    parser.add_argument("--marks", type=Path, default=MARKS, help="a person's marks: statement, quote, supported")
    parser.add_argument("--limit", type=int, help="only the first so many answers")
    parser.set_defaults(call=judge_command)


def judge_command(options: argparse.Namespace, _: Callable[[Path], Answerer]) -> int:
    """Print the judge's figures with their agreement, and keep them in the run's folder.

    Raises:
        InputError: there is no run, or ragas is not installed.
        ChatModelError: the model cannot be used.
    """
    outcomes = [each for each in read_outcomes(options.run) if not each.refused][: options.limit]
    marks = read_marks(options.marks)
    verdicts = judge_outcomes(outcomes, marks, load_chat_model(options.model, LIMITS))
    print("\n".join(judge_lines(verdicts.answers, agreements(verdicts, outcomes, marks))))
    write_text(options.run / "judge.json", to_json(verdicts.answers) + "\n")
    return 0
