"""Fit the weights and the threshold of assistant/answerable.py on the dev half of a gold set.

usage: python benchmarks/fit_refusal.py --store DIR --gold eval/gold/reports.jsonl [--refused SHARE] [--write]

Questions that the gates on body and period refuse are left out: the model only sees what reaches it. The threshold is
the score below which SHARE of the dev half's answerable questions lie (default 0.041, five-fold scores). Prints the
AUROC, and for several shares what is refused of both kinds on both halves. `--write` replaces
assistant/answerable_weights.json.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.answerable import FEATURES, answerable_row
from assistant.evidence import DEPTH
from assistant.expectation import expectation
from assistant.gates import opinion, other_body, other_period, unknown_name
from assistant.holdings import Holdings
from assistant.lexicon import Lexicon
from assistant.question import understand
from assistant.selection import Found
from assistant.sentences import score_sentences
from eval.gold import GoldQuestion, Part, part, read_gold
from index.embedder import MiniLM
from index.retriever import HybridRetriever
from index.store import open_store

WEIGHTS = Path(__file__).resolve().parent.parent / "assistant" / "answerable_weights.json"
STRENGTH = 0.3  # inverse strength of the ridge penalty; not tuned
FOLDS = 5
SHARES = (0.02, 0.04, 0.05, 0.06, 0.08, 0.1)


@dataclass(frozen=True, slots=True)
class Case:
    question: GoldQuestion
    row: NDArray[np.float64]
    is_answerable: bool
    is_gated: bool


def cases(store_path: Path, gold: Sequence[GoldQuestion]) -> list[Case]:
    embedder = MiniLM()
    store = open_store(store_path, embedder, check_folder=False)
    retriever = HybridRetriever(store, embedder)
    holdings = Holdings.of(store.documents)
    lexicon = Lexicon.of(store.documents, retriever.rarity)
    found = []
    for question in gold:
        read = understand(question.question, store.documents, lexicon)
        hits = tuple(retriever.search(read.query, DEPTH))
        gated = (
            other_body(read, Found(hits))
            or other_period(read, Found(hits), holdings)
            or unknown_name(read)
            or opinion(read)
        )
        expected = expectation(read.query.text)
        sentences = score_sentences(read, expected, hits, retriever.rarity)
        row = answerable_row(read, expected, sentences, hits, retriever.rarity)
        found.append(Case(question, row, bool(question.evidence), gated is not None))
    return found


def fit(train: Sequence[Case]) -> tuple[StandardScaler, LogisticRegression]:
    rows = np.vstack([case.row for case in train])
    labels = np.array([case.is_answerable for case in train])
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000)
    return scaler, model.fit(scaler.transform(rows), labels)


def scores(test: Sequence[Case], scaler: StandardScaler, model: LogisticRegression) -> NDArray[np.float64]:
    """Log odds; minus infinity for a question that a gate refuses."""
    found = model.decision_function(scaler.transform(np.vstack([case.row for case in test])))
    return np.where([case.is_gated for case in test], -np.inf, found)


def refused(test: Sequence[Case], found: NDArray[np.float64], threshold: float) -> tuple[float, float]:
    """Share of unanswerable and of answerable questions refused."""
    answerable = np.array([case.is_answerable for case in test])
    return float(np.mean(found[~answerable] < threshold)), float(np.mean(found[answerable] < threshold))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--refused", type=float, default=0.041)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    # A turn of a conversation means nothing alone, a date leaves documents out, and the locked part is nobody's to fit on.
    gold = [each for each in read_gold(options.gold) if not each.conversation and not each.as_of]
    every = cases(options.store, [each for each in gold if part(each.id) is not Part.LOCKED])
    dev = [case for case in every if part(case.question.id) == "dev"]
    check = [case for case in every if part(case.question.id) == "check"]
    ungated = [case for case in dev if not case.is_gated]
    dev_scores = np.full(len(dev), -np.inf)
    for fold in range(FOLDS):
        scaler, model = fit([case for place, case in enumerate(ungated) if place % FOLDS != fold])
        for case in ungated[fold::FOLDS]:
            dev_scores[dev.index(case)] = scores([case], scaler, model)[0]
    scaler, model = fit(ungated)
    check_scores = scores(check, scaler, model)
    figures: dict[str, object] = {}
    for name, group, found in (("dev, five-fold", dev, dev_scores), ("check", check, check_scores)):
        labels = [case.is_answerable for case in group]
        figures[f"AUROC {name}"] = round(float(roc_auc_score(labels, np.maximum(found, -99))), 3)
    answerable = np.array([case.is_answerable for case in dev])
    for share in sorted({*SHARES, options.refused}):
        threshold = float(np.quantile(np.maximum(dev_scores[answerable], -99), share))
        line = [refused(dev, dev_scores, threshold), refused(check, check_scores, threshold)]
        rounded = [[round(value, 3) for value in pair] for pair in line]
        print(f"threshold {threshold:+.3f}: refused (unanswerable, answerable) dev {rounded[0]} check {rounded[1]}")
        if share == options.refused:
            figures |= {"refused dev, five-fold": rounded[0], "refused check": rounded[1], "threshold": threshold}
    print(json.dumps(figures), f"on {len(dev)} and {len(check)} questions")
    for weight, name in sorted(zip(model.coef_[0], FEATURES, strict=True), key=lambda pair: -abs(pair[0])):
        print(f"{weight:+.2f} {name}")
    for case, score in zip(dev, dev_scores, strict=True):
        if case.is_answerable == (score < float(str(figures["threshold"]))):
            print("dev lost:", case.question.kind.value, round(float(score), 2), case.question.question)
    if options.write:
        written = {
            "features": FEATURES,
            "mean": [round(float(value), 6) for value in scaler.mean_],
            "scale": [round(float(value), 6) for value in scaler.scale_],
            "weight": [round(float(value), 6) for value in model.coef_[0]],
            "intercept": round(float(model.intercept_[0]), 6),
            "threshold": round(float(str(figures["threshold"])), 3),
            "figures": figures,
        }
        WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
