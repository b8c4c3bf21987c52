"""Do questions about other documents make the weights of index/ranking.py better on documents they have not seen?

usage: python benchmarks/train_ranking.py --store DIR --gold eval/gold/reports.jsonl --others DIR [DIR ...]

`--others` are indexes of documents outside the gold set. The questions about them are in train_questions.jsonl beside
this file: own words, the evidence paragraph named by the hash of its text, so an index is served by those questions
whose paragraph it holds. Prints recall@1/3/5/10 and nDCG@10, each with the p value of a paired randomisation test
against the dev half alone: for the dev half (five-fold), the check half, and each index with its own questions left out
of the training. Nothing is written: see EVALUATION.md for what was measured and why the dev half alone is shipped.
"""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fit_ranking import FOLDS, Case, Model, cases, fit, recalls
from eval.gold import Anchor, GoldQuestion, Part, QuestionKind, paragraph_hash, part, read_gold
from index.embedder import MiniLM
from index.store import open_store

QUESTIONS = Path(__file__).resolve().parent / "train_questions.jsonl"
# A dev question counts as three others. nDCG@10 on 555 questions left out: 75.4, 75.2 and 74.9 with 1, 3 and 10.
DEV_TIMES = 3
RESAMPLES = 10_000  # of the randomisation test


def questions_about(store_path: Path) -> list[GoldQuestion]:
    """The answerable training questions whose evidence paragraph is in the index."""
    store = open_store(store_path, MiniLM(), check_folder=False)
    held = {paragraph_hash(item.text): item.id for document in store.documents for item in document.citable()}
    found = []
    for number, line in enumerate(QUESTIONS.read_text(encoding="utf-8").splitlines()):
        raw = json.loads(line)
        if raw["answerable"] and raw["hash"] in held:
            anchor = Anchor(held[raw["hash"]], raw["hash"], tuple(raw["span"]))
            evidence = ((anchor,),)
            found.append(
                GoldQuestion(f"T-{number}", raw["question"], QuestionKind.FACT, "", (), (), evidence, wording="far")
            )
    return found


def ndcg(case: Case, scores: NDArray[np.float64]) -> float:
    """nDCG@10; a group of alternatives is one relevant item, found at its best place."""
    ranked = [case.ids[place] for place in np.argsort(-scores, kind="stable")[:10]]
    groups = [{anchor.paragraph for anchor in group} for group in case.question.evidence]
    firsts = [min((place for place, key in enumerate(ranked) if key in group), default=None) for group in groups]
    gained = sum(1 / math.log2(place + 2) for place in set(firsts) if place is not None)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(10, len(groups))))


def measure(test: Sequence[Case], model: Model) -> list[list[float]]:
    """For each question recall@1/3/5/10 and nDCG@10."""
    return [
        [*found, ndcg(case, model.scores(case.rows))] for case, found in zip(test, recalls(test, model), strict=True)
    ]


def five_fold(dev: Sequence[Case], others: Sequence[Case]) -> list[list[float]]:
    found: list[list[float]] = []
    for fold in range(FOLDS):
        train = [case for place, case in enumerate(dev) if place % FOLDS != fold]
        found += measure(dev[fold::FOLDS], fit([*train * DEV_TIMES, *others]))
    return found


def p_value(differences: NDArray[np.float64]) -> float:
    """Two-sided, of a mean difference of zero, by changing signs at random."""
    signs = np.random.default_rng(0).choice([-1, 1], size=(RESAMPLES, len(differences)))
    return float(np.mean(np.abs((signs * differences).mean(axis=1)) >= abs(differences.mean()) - 1e-12))


def show(name: str, alone: list[list[float]], together: list[list[float]]) -> None:
    before, after = np.array(alone), np.array(together)
    figures = [
        f"{100 * before[:, column].mean():.1f} to {100 * after[:, column].mean():.1f}"
        f" (p {p_value(after[:, column] - before[:, column]):.3f})"
        for column in range(before.shape[1])
    ]
    print(f"{name}, {len(before)} questions, recall@1/3/5/10 and nDCG@10:", "; ".join(figures))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--others", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    # As in fit_ranking: a turn of a conversation means nothing alone, and the locked part is nobody's to fit on.
    gold = [each for each in read_gold(options.gold) if not each.conversation and not each.as_of]
    every = cases(options.store, [each for each in gold if part(each.id) is not Part.LOCKED])
    dev = [case for case in every if part(case.question.id) is Part.DEV]
    check = [case for case in every if part(case.question.id) is Part.CHECK]
    others = {path.name: cases(path, questions_about(path)) for path in options.others}
    pooled = [case for found in others.values() for case in found]
    alone, together = fit(dev), fit([*dev * DEV_TIMES, *pooled])
    show("dev, five-fold", five_fold(dev, []), five_fold(dev, pooled))
    show("check", measure(check, alone), measure(check, together))
    unseen: tuple[list[list[float]], list[list[float]]] = ([], [])
    for name, own in others.items():
        rest = [case for other, found in others.items() if other != name for case in found]
        pair = measure(own, alone), measure(own, fit([*dev * DEV_TIMES, *rest]))
        show(f"{name}, left out", *pair)
        unseen[0].extend(pair[0])
        unseen[1].extend(pair[1])
    show("all left out", *unseen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
