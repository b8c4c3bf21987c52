"""Fit the weights of index/ranking.py on the dev half of a gold set and say what they reach on both halves.

usage: python benchmarks/fit_ranking.py --store DIR --gold eval/gold/reports.jsonl [--write]

Prints recall@1/3/5/10 by evidence group for the dev half (five-fold, so no question is scored by weights that saw it)
and for the check half (weights fitted on the whole dev half). `--write` replaces index/ranking_weights.json.
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
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.lexicon import Lexicon
from assistant.question import understand
from eval.gold import GoldQuestion, Part, part, read_gold
from index.embedder import MiniLM
from index.ranking import FEATURES, features
from index.retriever import HybridRetriever, newest_inspection
from index.store import open_store

WEIGHTS = Path(__file__).resolve().parent.parent / "index" / "ranking_weights.json"
STRENGTH = 0.1  # inverse strength of the ridge penalty; 0.02, 0.1 and 1 differ by under two points of hit@1 (246 questions, five-fold)
FOLDS = 5
CUTS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Case:
    """One question's candidates: their ids, features and whether each is evidence."""

    question: GoldQuestion
    ids: tuple[str, ...]
    rows: NDArray[np.float64]
    labels: NDArray[np.int64]


def cases(store_path: Path, gold: Sequence[GoldQuestion]) -> list[Case]:
    embedder = MiniLM()
    store = open_store(store_path, embedder, check_folder=False)
    retriever = HybridRetriever(store, embedder, weights=_flat())
    lexicon = Lexicon.of(store.documents, retriever.rarity)
    found = []
    for question in gold:
        if not question.evidence:
            continue
        query = understand(question.question, store.documents, lexicon).query
        items = [item for item, _ in retriever.candidates(query)]
        rows = features(query, items, retriever.rarity, newest_inspection(store.documents))
        right = {anchor.paragraph for group in question.evidence for anchor in group}
        ids = tuple(item.paragraph.id for item in items)
        found.append(Case(question, ids, rows, np.array([int(key in right) for key in ids])))
    return found


def _flat():  # type: ignore[no-untyped-def]  # weights that are never used
    from index.ranking import Weights

    return Weights(np.zeros(1), np.ones(1), np.zeros(1), 0.0)


def fit(train: Sequence[Case]) -> tuple[StandardScaler, LogisticRegression]:
    rows, labels = np.vstack([case.rows for case in train]), np.concatenate([case.labels for case in train])
    scaler = StandardScaler().fit(rows)
    return scaler, LogisticRegression(C=STRENGTH, max_iter=3000).fit(scaler.transform(rows), labels)


def recalls(test: Sequence[Case], scaler: StandardScaler, model: LogisticRegression) -> list[list[float]]:
    found = []
    for case in test:
        order = np.argsort(-model.decision_function(scaler.transform(case.rows)), kind="stable")
        ranked = [case.ids[place] for place in order]
        groups = [{anchor.paragraph for anchor in group} for group in case.question.evidence]
        found.append([float(np.mean([bool(group & set(ranked[:cut])) for group in groups])) for cut in CUTS])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    every = cases(options.store, [each for each in read_gold(options.gold) if part(each.id) is not Part.LOCKED])
    dev = [case for case in every if part(case.question.id) == "dev"]
    check = [case for case in every if part(case.question.id) == "check"]
    within: list[list[float]] = []
    for fold in range(FOLDS):
        scaler, model = fit([case for place, case in enumerate(dev) if place % FOLDS != fold])
        within += recalls(dev[fold::FOLDS], scaler, model)
    scaler, model = fit(dev)
    figures = {
        "dev, five-fold": [round(float(value), 3) for value in np.mean(within, axis=0)],
        "check": [round(float(value), 3) for value in np.mean(recalls(check, scaler, model), axis=0)],
    }
    print("recall at", CUTS, json.dumps(figures), f"on {len(dev)} and {len(check)} answerable questions")
    for weight, name in sorted(zip(model.coef_[0], FEATURES, strict=True), key=lambda pair: -abs(pair[0])):
        print(f"{weight:+.2f} {name}")
    if options.write:
        written = {
            "features": FEATURES,
            "mean": [round(float(value), 6) for value in scaler.mean_],
            "scale": [round(float(value), 6) for value in scaler.scale_],
            "weight": [round(float(value), 6) for value in model.coef_[0]],
            "intercept": round(float(model.intercept_[0]), 6),
            "recall_at_1_3_5_10": figures,
        }
        WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
