"""How well the search ranks, by paragraph and by document, in the field's own measures.

Owns how gold evidence becomes judgements that a library can score. Leaves the arithmetic to ir_measures (trec_eval), and
figures over many questions to `evaluate`.

Conventions. Gold evidence is a list of groups, each a set of paragraphs any one of which shows it. To trec_eval a group is
one relevant document: the first of its paragraphs in a ranking stands for it, and further alternatives count as no
gain and no loss. A paragraph that shows two groups takes two places, one after the other. Gains are binary.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import ir_measures
from ir_measures import RR, Measure, R, Success, nDCG

Groups = Sequence[AbstractSet[str]]
DEPTH = 10  # cut-off of reciprocal rank and nDCG: one screen of the evidence tab


def paragraph_scores(found: Sequence[str], groups: Groups, k_values: Sequence[int]) -> dict[str, float]:
    """Scores of one ranking of paragraph ids, best first; empty where there are no groups.

    Keys: `recall_at_K` (share of groups shown in the first K), `hit_at_K` (any group is), `all_at_K` for the largest K
    (every group is), `reciprocal_rank` (of the first group, among the first ten) and `ndcg_at_10`.
    """
    if not groups:
        return {}
    scores = _scores(list(_by_group(found, groups)), [f"group {n}" for n in range(len(groups))], k_values)
    deepest = max(k_values)
    return {**scores, f"all_at_{deepest}": float(scores[f"recall_at_{deepest}"] == 1.0)}


def document_scores(
    found: Sequence[str], groups: Groups, document_of: Mapping[str, str], k_values: Sequence[int]
) -> dict[str, float]:
    """Scores of the documents in the order in which their first paragraph was found; empty where there are no groups.

    Keys: `document_hit_at_K`, `document_recall_at_K` for the largest K and `document_reciprocal_rank`. A document is right
    when it holds a gold paragraph. Source: right-document figures of FinanceBench (Islam et al., 2023), where finding the
    right filing among look-alikes is the great loss.
    """
    gold = {document_of[each] for group in groups for each in group if each in document_of}
    if not gold:
        return {}
    ranked = dict.fromkeys(document_of[each] for each in found if each in document_of)
    scores = _scores(list(ranked), sorted(gold), k_values)
    kept = ("reciprocal_rank", *(f"hit_at_{k}" for k in k_values), f"recall_at_{max(k_values)}")
    return {f"document_{key}": scores[key] for key in kept}


def _by_group(found: Sequence[str], groups: Groups) -> Iterator[str]:
    seen: set[int] = set()
    for paragraph in found:
        shown = [number for number, group in enumerate(groups) if paragraph in group]
        new = [number for number in shown if number not in seen]
        seen.update(new)
        if new:
            yield from (f"group {number}" for number in new)
        elif not shown:
            yield paragraph  # further alternatives of a group already shown take no place


def _scores(ranking: Sequence[str], relevant: Sequence[str], k_values: Sequence[int]) -> dict[str, float]:
    names: dict[Measure, str] = {RR @ DEPTH: "reciprocal_rank", nDCG @ DEPTH: f"ndcg_at_{DEPTH}"}
    for k in k_values:
        names |= {R @ k: f"recall_at_{k}", Success @ k: f"hit_at_{k}"}
    run = {"q": {name: float(len(ranking) - place) for place, name in enumerate(ranking)}}
    if not ranking:
        return dict.fromkeys(names.values(), 0.0)
    judged = {"q": dict.fromkeys(relevant, 1)}
    return {names[each.measure]: float(each.value) for each in ir_measures.iter_calc(list(names), judged, run)}
