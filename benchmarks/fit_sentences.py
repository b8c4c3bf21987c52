"""Fit the weights of assistant/sentences.py on the dev half of a gold set and say what they reach on both halves.

usage: python benchmarks/fit_sentences.py --store DIR --gold eval/gold/reports.jsonl [--write]

A sentence counts as evidence when an evidence span of the gold set covers most of it. Prints how often the best-scored
sentence is one, for the dev half (five-fold) and the check half (fitted on all of dev). `--write` replaces
assistant/sentence_weights.json.
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

from assistant.expectation import expectation
from assistant.lexicon import Lexicon
from assistant.question import understand
from assistant.sentences import FEATURES, Sentence, sentence_rows
from eval.gold import GoldQuestion, Part, part, read_gold
from index.embedder import MiniLM
from index.retriever import HybridRetriever
from index.store import open_store

WEIGHTS = Path(__file__).resolve().parent.parent / "assistant" / "sentence_weights.json"
STRENGTH = 0.3  # inverse strength of the ridge penalty; not tuned
DEPTH = 8  # paragraphs whose sentences compete
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    question: GoldQuestion
    rows: NDArray[np.float64]
    labels: NDArray[np.int64]


def is_evidence(question: GoldQuestion, sentence: Sentence) -> bool:
    """Whether some evidence span of the paragraph covers at least half of the sentence, or the sentence half of it."""
    for group in question.evidence:
        for anchor in group:
            if anchor.paragraph != sentence.hit.paragraph.id or anchor.span is None:
                continue
            shared = min(anchor.span[1], sentence.end) - max(anchor.span[0], sentence.start)
            if shared >= 0.5 * min(anchor.span[1] - anchor.span[0], sentence.end - sentence.start):
                return True
    return False


def cases(store_path: Path, gold: Sequence[GoldQuestion]) -> list[Case]:
    embedder = MiniLM()
    store = open_store(store_path, embedder, check_folder=False)
    retriever = HybridRetriever(store, embedder)
    lexicon = Lexicon.of(store.documents, retriever.rarity)
    found = []
    for question in gold:
        if question.evidence:
            read = understand(question.question, store.documents, lexicon)
            hits = retriever.search(read.query, DEPTH)
            items, rows = sentence_rows(read, expectation(question.question), hits, retriever.rarity)
            found.append(Case(question, rows, np.array([int(is_evidence(question, item)) for item in items])))
    return found


def fit(train: Sequence[Case]) -> tuple[StandardScaler, LogisticRegression]:
    rows, labels = np.vstack([case.rows for case in train]), np.concatenate([case.labels for case in train])
    scaler = StandardScaler().fit(rows)
    return scaler, LogisticRegression(C=STRENGTH, max_iter=3000).fit(scaler.transform(rows), labels)


def first_right(test: Sequence[Case], scaler: StandardScaler, model: LogisticRegression) -> list[int]:
    return [int(case.labels[np.argmax(model.decision_function(scaler.transform(case.rows)))]) for case in test]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    # A turn of a conversation means nothing alone, a date leaves documents out, and the locked part is nobody's to fit on.
    gold = [each for each in read_gold(options.gold) if not each.conversation and not each.as_of]
    every = cases(options.store, [each for each in gold if part(each.id) is not Part.LOCKED])
    dev = [case for case in every if part(case.question.id) == "dev"]
    check = [case for case in every if part(case.question.id) == "check"]
    within: list[int] = []
    for fold in range(FOLDS):
        scaler, model = fit([case for place, case in enumerate(dev) if place % FOLDS != fold])
        within += first_right(dev[fold::FOLDS], scaler, model)
    scaler, model = fit(dev)
    figures = {
        "dev, five-fold": round(float(np.mean(within)), 3),
        "check": round(float(np.mean(first_right(check, scaler, model))), 3),
    }
    print("best sentence is evidence", json.dumps(figures), f"on {len(dev)} and {len(check)} answerable questions")
    for weight, name in sorted(zip(model.coef_[0], FEATURES, strict=True), key=lambda pair: -abs(pair[0])):
        print(f"{weight:+.2f} {name}")
    if options.write:
        written = {
            "features": FEATURES,
            "mean": [round(float(value), 6) for value in scaler.mean_],
            "scale": [round(float(value), 6) for value in scaler.scale_],
            "weight": [round(float(value), 6) for value in model.coef_[0]],
            "intercept": round(float(model.intercept_[0]), 6),
            "best_sentence_is_evidence": figures,
        }
        WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
