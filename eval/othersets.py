"""Other people's questions, in the form of a folder: `corpus/` with documents and `questions.jsonl` with verbatim quotes.

Owns reading such a set and turning its quotes into paragraphs of an index. Leaves scoring to `evaluate`. Nothing is ever
tuned on these sets; they tell whether the product is fitted to the reports it was built with.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from errors import InputError
from eval.anchors import Wording, Wordings, covers, document_name, span_of
from eval.evaluate import Row, Unit
from eval.gold import Anchor, GoldQuestion, QuestionKind
from eval.outcome import Outcome

QUESTIONS, CORPUS = "questions.jsonl", "corpus"
MEASURES = (
    "hit_at_1",
    "hit_at_5",
    "hit_at_10",
    "recall_at_10",
    "ndcg_at_10",
    "document_hit_at_1",
    "document_reciprocal_rank",
    "unanswerable_refused",
    "answerable_refused",
    "refusal_precision",
    "citation_recall",
    "citation_precision",
    "verbatim",
    "dangling",
    "p50_seconds",
    "p95_seconds",
)


@dataclass(frozen=True, slots=True)
class OtherSet:
    """The set's questions as gold questions, one evidence group for each quote."""

    gold: tuple[GoldQuestion, ...]
    unread: tuple[str, ...]  # ids of answerable questions of which no quote is in any paragraph of the index
    lost_quotes: int  # quotes that no paragraph covers
    quotes: int


def read_other_set(folder: Path, paragraphs: Wordings) -> OtherSet:
    """The set in `folder`.

    A quote is found in the document it names, or in those listed as `also_in`. There are no required facts, so
    correctness says nothing on these sets. An answerable question without any paragraph keeps no evidence and is named.

    Raises:
        InputError: the folder is not in this form.
    """
    path = folder / QUESTIONS
    try:
        raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        made = [_question(each, paragraphs) for each in raw]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        form = f"It needs {CORPUS}/ and {QUESTIONS} with id, question, answerable and evidence (doc, quote)."
        raise InputError(str(folder), f"is no set of questions ({problem!r}). {form}") from None
    return OtherSet(
        tuple(question for question, _, _ in made),
        tuple(question.id for question, _, total in made if total and not question.evidence),
        sum(lost for _, lost, _ in made),
        sum(total for _, _, total in made),
    )


def _question(raw: Mapping[str, Any], paragraphs: Wordings) -> tuple[GoldQuestion, int, int]:
    """The question, its quotes without a paragraph, and all its quotes."""
    quotes = raw["evidence"] if raw["answerable"] else []
    groups = [_group(each, paragraphs) for each in quotes]
    return (
        GoldQuestion(
            id=str(raw["id"]),
            question=raw["question"],
            kind=QuestionKind.FACT if raw["answerable"] else QuestionKind.UNANSWERABLE,
            answer=str(raw.get("answer") or ""),
            must=(),
            must_not=(),
            evidence=tuple(group for group in groups if group),
            wording="far",
            tags=(str(raw.get("kind", "")),) if raw.get("kind") else (),
        ),
        sum(not group for group in groups),
        len(groups),
    )


def _group(quote: Mapping[str, Any], paragraphs: Wordings) -> tuple[Anchor, ...]:
    wanted = Wording.of(quote["quote"])
    names = [document_name(each) for each in (quote["doc"], *quote.get("also_in", []))]
    return tuple(
        Anchor(each.paragraph, each.hash, span_of(wording.original, quote["quote"]))
        for name in names
        for each, wording in paragraphs.get(name, ())
        if covers(wording, wanted)
    )


def shown(rows: Sequence[Row], outcomes: Sequence[Outcome]) -> list[Row]:
    """The rows over all questions that mean something without required facts, and the AUROC of the confidence."""
    overall = {row.measure: row for row in rows if row.slice == "all"}
    found = [overall[key] for key in MEASURES if key in overall and overall[key].count]
    return [*found, *_auroc(outcomes)]


def _auroc(outcomes: Sequence[Outcome]) -> list[Row]:
    from eval.selective import auroc

    known = [(each.confidence, each.is_answerable) for each in outcomes if each.confidence is not None]
    value = auroc(
        [c for c, is_answerable in known if is_answerable], [c for c, is_answerable in known if not is_answerable]
    )
    return [] if value is None else [Row("all", "auroc", "AUROC answerable", Unit.AMOUNT, len(known), value)]
