"""The ladder of searches: what each part is worth, from chance to the right paragraph given.

Owns the rungs, each a ranking of the same questions. Leaves scoring to `retrieval` and `outcome`.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from assistant import Assistant, Reply, Scope
from assistant.selection import Found
from assistant.steps import Asked
from eval.gold import GoldQuestion
from eval.metrics import SEED
from index.query import Query
from index.ranking import Evidence, features, ranking_weights
from index.retriever import Hit, newest_inspection

FUSION = 60  # the constant of reciprocal rank fusion (Cormack et al., SIGIR 2009); not tuned here
DEPTH = 10
Measured = Callable[[Evidence], float]


@dataclass(frozen=True, slots=True)
class Rung:
    """A way to search, by name."""

    name: str
    search: Callable[[GoldQuestion], list[str]]  # paragraph ids, best first, at most ten


def rungs(assistant: Assistant) -> tuple[Rung, ...]:
    """From chance to the whole ranking, then parts taken out of it, then the right document given.

    A part is taken out by giving every candidate its mean: the weights were fitted with it, so this is a lower bound on
    what a ranking fitted without it would reach.
    """
    ladder = Ladder(assistant)
    return (
        Rung("chance", ladder.chance),
        Rung("BM25", ladder.by(lambda each: each.words)),
        Rung("dense windows", ladder.by(lambda each: each.window)),
        Rung("dense sentences", ladder.by(lambda each: each.sentence)),
        Rung("token vectors", ladder.by(lambda each: each.tokens)),
        Rung("rank fusion of BM25 and windows", ladder.fused),
        Rung("the whole ranking", ladder.ranked(())),
        Rung("... without BM25", ladder.ranked(("words",))),
        Rung("... without dense windows", ladder.ranked(("window",))),
        Rung("... without dense sentences", ladder.ranked(("sentence",))),
        Rung("... without token vectors", ladder.ranked(("tokens",))),
        Rung("... with the right document given", ladder.within_gold),
    )


class Ladder:
    """The searches, over one index, with the assistant's own retriever: it keeps the vectors of the question asked last."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant, self._retriever = assistant, assistant.steps.retriever
        self._weights, self._newest = ranking_weights(), newest_inspection(assistant.store.documents)
        self._citable = [paragraph.id for document in assistant.documents for paragraph in document.citable()]
        self._last: tuple[str, list[Evidence]] = ("", [])

    def query(self, question: GoldQuestion) -> Query:
        return self._assistant.steps.understand(Asked(question.question)).question.query

    def chance(self, question: GoldQuestion) -> list[str]:
        return random.Random(f"{SEED}{question.id}").sample(self._citable, DEPTH)

    def by(self, measured: Measured) -> Callable[[GoldQuestion], list[str]]:
        return lambda question: _ranked(self._candidates(question), measured)

    def fused(self, question: GoldQuestion) -> list[str]:
        candidates, scores = self._candidates(question), dict[str, float]()
        for measured in (lambda each: each.words, lambda each: each.window):
            for rank, key in enumerate(_ranked(candidates, measured, len(candidates)), start=1):
                scores[key] = scores.get(key, 0.0) + 1 / (FUSION + rank)
        return sorted(scores, key=lambda key: (-scores[key], key))[:DEPTH]

    def ranked(self, without: Sequence[str]) -> Callable[[GoldQuestion], list[str]]:
        return lambda question: self._by_weights(question, without)

    def within_gold(self, question: GoldQuestion) -> list[str]:
        documents = frozenset(documents_of(self._assistant, question))
        return [hit.paragraph.id for hit in self._retriever.search(self.query(question), DEPTH, within=documents)]

    def _by_weights(self, question: GoldQuestion, without: Sequence[str]) -> list[str]:
        candidates = self._candidates(question)
        if not candidates:
            return []
        for name in without:
            mean = fmean(getattr(each, name) for each in candidates)
            candidates = [replace(each, **{name: mean}) for each in candidates]  # type: ignore[arg-type]  # a float field
        query = self.query(question)
        scores = self._weights.probability(features(query, candidates, self._retriever.rarity, self._newest))
        score_of = {each.paragraph.id: float(score) for each, score in zip(candidates, scores, strict=True)}
        return sorted(score_of, key=lambda key: (-score_of[key], key))[:DEPTH]

    def _candidates(self, question: GoldQuestion) -> list[Evidence]:
        if self._last[0] != question.id:
            self._last = question.id, [each for each, _ in self._retriever.candidates(self.query(question))]
        return self._last[1]


def _ranked(candidates: Sequence[Evidence], measured: Measured, depth: int = DEPTH) -> list[str]:
    return [each.paragraph.id for each in sorted(candidates, key=lambda each: (-measured(each), each.paragraph.id))][
        :depth
    ]


# --- answers ----------------------------------------------------------------------------------------------------------


def documents_of(assistant: Assistant, question: GoldQuestion) -> list[str]:
    """Ids of the documents that hold its evidence, in order."""
    return sorted({assistant.store.document_of[key].id for group in question.groups for key in group})


def given_document(assistant: Assistant, question: GoldQuestion) -> Reply:
    """The reply when only the documents of the evidence may be used."""
    return assistant.ask(question.question, Scope(documents=tuple(documents_of(assistant, question))))


def given_paragraph(assistant: Assistant, question: GoldQuestion) -> Reply:
    """The reply when the search brings up the evidence and nothing else: what is then lost, choosing and refusing lost."""
    steps, store = assistant.steps, assistant.store
    state = steps.retrieve(steps.understand(Asked(question.question)))
    gold = frozenset(key for group in question.groups for key in group)
    within = frozenset(documents_of(assistant, question))
    every = steps.retriever.search(state.question.query, len(store.paragraphs), within=within)
    hits = [hit for hit in every if hit.paragraph.id in gold]
    unseen = gold - {hit.paragraph.id for hit in hits}  # no search brings it up, not even within its document
    hits += [Hit(store.paragraphs[key], store.document_of[key], 0.0) for key in sorted(unseen)]
    asked = replace(state.question, periods=())
    found = Found(
        tuple(hits), (), tuple(tuple(hits) for _ in asked.parts), state.found.closeness, meets=state.found.meets
    )
    return steps.verify(steps.compose(steps.select(replace(state, question=asked, found=found))))
