"""Fit the weights and the threshold of assistant/answerable.py, and say what they reach on questions they have not seen.

usage: python benchmarks/fit_refusal.py --store DIR --gold eval/gold/reports.jsonl [--refused SHARE] [--write]

Fits on the dev half of the gold questions and on the tuning half of `refusal_questions.jsonl` beside this file (about the
same reports: subjects that they never name, details they do not give, years they do not cover). The threshold is the
score below which SHARE of the answerable questions lie (five-fold scores of those fitted on). Prints AUROC and what is
refused of both kinds for each part; nothing is fitted on the check half and the unseen half. `--write` replaces
assistant/answerable_weights.json.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.answerable import FEATURES, answerable_row
from assistant.composer import QuoteComposer
from assistant.evidence import settled, stopped
from assistant.expectation import expectation
from assistant.holdings import Holdings
from assistant.sentences import score_sentences
from assistant.steps import Steps
from eval.gold import Part, part, read_gold
from index.embedder import MiniLM
from index.retriever import HybridRetriever
from index.store import open_store

WEIGHTS = Path(__file__).resolve().parent.parent / "assistant" / "answerable_weights.json"
QUESTIONS = Path(__file__).resolve().parent / "refusal_questions.jsonl"
STRENGTH = 0.3  # inverse strength of the ridge penalty; with 0.03 and 3 the AUROC is within 0.01
FOLDS = 5
SHARES = (0.02, 0.03, 0.04, 0.05, 0.06, 0.08)


class Group(StrEnum):
    """Where a question comes from."""

    DEV = "dev"
    TUNE = "tuning half"
    CHECK = "check"
    UNSEEN = "unseen half"


FITTED = (Group.DEV, Group.TUNE)


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and what becomes of it before the model is asked."""

    text: str
    group: Group
    is_answerable: bool
    row: NDArray[np.float64] | None  # None when a gate refuses it or the register answers it
    is_stopped: bool

    @property
    def fold(self) -> int:
        return zlib.crc32(self.text.encode()) % FOLDS


def cases(store_path: Path, gold_path: Path) -> list[Case]:
    embedder = MiniLM()
    store = open_store(store_path, embedder, check_folder=False)
    steps = Steps(HybridRetriever(store, embedder), Holdings.of(store.documents), QuoteComposer())
    found = []
    # A turn of a conversation means nothing alone, a date leaves documents out, and the locked part is nobody's to fit on.
    for line in read_gold(gold_path):
        where = part(line.id)
        if line.conversation or line.as_of or where is Part.LOCKED:
            continue
        group = Group.DEV if where is Part.DEV else Group.CHECK
        found.append(case(steps, line.question, group, line.is_answerable))
    for raw in map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines()):
        group = Group.TUNE if raw["half"] == "tune" else Group.UNSEEN
        found.append(case(steps, raw["question"], group, raw["answerable"]))
    return found


def case(steps: Steps, text: str, group: Group, is_answerable: bool) -> Case:
    """The question as the steps read and search it, down to the row that the refusal model would see."""
    state = steps.retrieve(steps.understand(text))
    question, found, holdings = state.question, state.found, state.view.holdings
    is_stopped = not found.hits or stopped(question, found, holdings) is not None
    if is_stopped or settled(question, found, holdings):
        return Case(text, group, is_answerable, None, is_stopped)
    expected = expectation(question.own or question.query.text)
    sentences = score_sentences(question, expected, found.hits, steps.rarity)
    row = answerable_row(question, expected, sentences, found.hits, steps.rarity, found.meets)
    return Case(text, group, is_answerable, row, False)


def fit(train: Sequence[Case]) -> tuple[StandardScaler, LogisticRegression]:
    kept = [each for each in train if each.row is not None]
    rows = np.vstack([each.row for each in kept if each.row is not None])
    labels = np.array([each.is_answerable for each in kept])
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000)
    return scaler, model.fit(scaler.transform(rows), labels)


def scores(test: Sequence[Case], scaler: StandardScaler, model: LogisticRegression) -> NDArray[np.float64]:
    """Log odds; -99 for a question that a gate refuses and 99 for one that the register answers."""
    return np.array(
        [
            model.decision_function(scaler.transform(each.row.reshape(1, -1)))[0]
            if each.row is not None
            else (-99.0 if each.is_stopped else 99.0)
            for each in test
        ]
    )


def five_fold(fitted: Sequence[Case]) -> NDArray[np.float64]:
    found = np.zeros(len(fitted))
    for fold in range(FOLDS):
        test = [place for place, each in enumerate(fitted) if each.fold == fold]
        found[test] = scores([fitted[place] for place in test], *fit([e for e in fitted if e.fold != fold]))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--refused", type=float, default=0.05)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every = cases(options.store, options.gold)
    fitted = [each for each in every if each.group in FITTED]
    scaler, model = fit(fitted)
    rest = [each for each in every if each.group not in FITTED]
    by_case = [*zip(fitted, five_fold(fitted), strict=True), *zip(rest, scores(rest, scaler, model), strict=True)]
    answered = np.array([score for each, score in by_case if each.group in FITTED and each.is_answerable])
    threshold = float(np.quantile(answered, options.refused))
    figures: dict[str, object] = {"threshold": round(threshold, 3)}
    for group in Group:
        own = [(each.is_answerable, score) for each, score in by_case if each.group is group]
        yes, no = (np.array([score for is_yes, score in own if is_yes is kind]) for kind in (True, False))
        auroc = roc_auc_score([kind for kind, _ in own], [score for _, score in own])
        figures[group.value] = {
            "AUROC": round(float(auroc), 3),
            "unanswerable refused": f"{np.mean(no < threshold):.3f} of {len(no)}",
            "answerable refused": f"{np.mean(yes < threshold):.3f} of {len(yes)}",
        }
        for share in SHARES:
            at = float(np.quantile(answered, share))
            print(f"{group.value}, {share:.0%}: {np.mean(no < at):.3f} and {np.mean(yes < at):.3f} refused")
    print(json.dumps(figures, indent=1))
    for weight, name in sorted(zip(model.coef_[0], FEATURES, strict=True), key=lambda pair: -abs(pair[0])):
        print(f"{weight:+.2f} {name}")
    for each, score in by_case:
        if each.group in FITTED and each.is_answerable == (score < threshold):
            print(f"{each.group.value} lost: {'answerable' if each.is_answerable else 'not'} {score:+.2f} {each.text}")
    if options.write:
        written = {
            "features": FEATURES,
            "mean": [round(float(value), 6) for value in scaler.mean_],
            "scale": [round(float(value), 6) for value in scaler.scale_],
            "weight": [round(float(value), 6) for value in model.coef_[0]],
            "intercept": round(float(model.intercept_[0]), 6),
            "threshold": round(threshold, 3),
            "figures": figures,
        }
        WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
