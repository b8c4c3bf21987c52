"""A tiny invented corpus, five questions about it, and answerers whose scores can be worked out by hand."""

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Searched, Statement
from assistant.conversation import Turn
from assistant.scope import EVERYTHING, Scope
from eval.gold import GoldQuestion, paragraph_hash, question_from_json
from ingest.document import Document, DocumentKind, Kind, Metadata, Paragraph

TEXTS = {
    "northmoor-2019": (
        (Kind.HEADING, "Overall summary"),
        (Kind.GRADE, "Northmoor Police was found to be good at preventing crime in that year."),
        (Kind.FINDING, "The rural crime team had 14 officers, who shared two vans with the parks service."),
        (Kind.FINDING, "Calls to the control room were picked up within nine seconds."),
    ),
    "northmoor-2022": (
        (Kind.GRADE, "Northmoor Police was found to be inadequate at preventing crime this time."),
        (Kind.FINDING, "The rural crime team had 31 officers, and vans of its own."),
        (Kind.FINDING, "Custody sergeants wrote every search on one green form."),
    ),
}


def document(name: str) -> Document:
    paragraphs = tuple(
        Paragraph(f"{name}#p{number:03}", text, ((number * 1000, number * 1000 + len(text)),), kind)
        for number, (kind, text) in enumerate(TEXTS[name], start=1)
    )
    metadata = Metadata("Northmoor Police", DocumentKind.INSPECTION_REPORT, body="Northmoor Police", period=name[-4:])
    return Document(name, f"{name}.txt", f"sha-of-{name}", "", metadata, paragraphs)


DOCUMENTS = tuple(document(name) for name in TEXTS)
PARAGRAPHS = {paragraph.id: paragraph for each in DOCUMENTS for paragraph in each.paragraphs}
DOCUMENT_OF = {paragraph.id: each for each in DOCUMENTS for paragraph in each.paragraphs}
CITABLE = tuple(paragraph.id for each in DOCUMENTS for paragraph in each.citable())  # six of the seven

GRADE_2019, NUMBER_2019, CALLS_2019, GRADE_2022, NUMBER_2022, FORM_2022 = CITABLE


def gold_line(name: str, kind: str, question: str, must: object, must_not: object, *evidence: str) -> dict[str, object]:
    groups = [[{"paragraph": each, "hash": paragraph_hash(PARAGRAPHS[each].text)}] for each in evidence]
    line = {"id": name, "question": question, "kind": kind, "answer": "see must", "must": must, "must_not": must_not}
    return {**line, "evidence": groups, "wording": "near", "tags": []}


LINES = (
    gold_line("N-1", "grade", "How was crime prevention graded in 2022?", [["inadequate"]], [r"\bgood\b"], GRADE_2022),
    gold_line(
        "N-2", "number", "How big was the rural team in 2019?", [[r"\b14\b", "fourteen"]], [r"\b31\b"], NUMBER_2019
    ),
    gold_line("N-3", "change", "Did the rural team grow?", [[r"\b14\b"], [r"\b31\b"]], [], NUMBER_2019, NUMBER_2022),
    gold_line("N-4", "fact", "How soon were calls picked up?", [["nine seconds", r"\b9 seconds"]], [], CALLS_2019),
    gold_line("N-5", "unanswerable", "How many dogs does Northmoor Police keep?", [], []),
)
GOLD: tuple[GoldQuestion, ...] = tuple(question_from_json(line) for line in LINES)
BY_QUESTION = {question.question: question for question in GOLD}


def write_gold(path: Path, lines: Sequence[object] = LINES) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


# --- replies ----------------------------------------------------------------------------------------------------------


def cite(paragraph_id: str) -> Citation:
    paragraph = PARAGRAPHS[paragraph_id]
    return Citation(paragraph, DOCUMENT_OF[paragraph_id], paragraph.text)


def refusal(question: str) -> Refusal:
    return Refusal(question, Reason.NOTHING_RELEVANT, "Nothing was found.", Searched(DOCUMENTS, 6))


def answer(question: str, text: str, cited: Sequence[str]) -> Answer:
    """`text` as one statement with all the citations."""
    return Answer(question, (Statement(text, tuple(cite(each) for each in cited)),), Searched(DOCUMENTS, 6))


def quotes(question: str, cited: Sequence[str]) -> Answer:
    """Each cited paragraph as a statement of its own."""
    statements = tuple(Statement(PARAGRAPHS[each].text, (cite(each),)) for each in cited)
    return Answer(question, statements, Searched(DOCUMENTS, 6))


def evidence(question: str) -> list[str]:
    return [anchor.paragraph for group in BY_QUESTION[question].evidence for anchor in group]


def always_refuse(question: str) -> Reply:
    return refusal(question)


def gold_answerer(question: str) -> Reply:
    """Quotes the evidence and refuses where there is none."""
    return quotes(question, evidence(question)) if evidence(question) else refusal(question)


def cite_everything(question: str) -> Reply:
    """Says what the evidence says, never refuses, and cites every paragraph there is."""
    said = " ".join(PARAGRAPHS[each].text for each in evidence(question))
    return answer(question, said or "Some.", CITABLE)


def copy_everything(question: str) -> Reply:
    """Quotes every paragraph there is, whatever was asked."""
    return quotes(question, CITABLE)


OTHER_YEAR = {GRADE_2022: GRADE_2019, NUMBER_2019: NUMBER_2022, NUMBER_2022: NUMBER_2019}


def wrong_year(question: str) -> Reply:
    """The gold answerer, but each paragraph is swapped for the other year's where there is one."""
    cited = [OTHER_YEAR.get(each, each) for each in evidence(question)]
    return quotes(question, cited) if cited else refusal(question)


def shuffled_citations(question: str) -> Reply:
    """Says what the evidence says, and cites the paragraph after it instead."""
    cited = [CITABLE[(CITABLE.index(each) + 1) % len(CITABLE)] for each in evidence(question)]
    said = " ".join(PARAGRAPHS[each].text for each in evidence(question))
    return answer(question, said, cited) if cited else refusal(question)


# --- what stands in for the assistant ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class FakeHit:
    paragraph: Paragraph


@dataclass(frozen=True)
class FakeStore:
    paragraphs: dict[str, Paragraph] = field(default_factory=lambda: PARAGRAPHS)
    document_of: dict[str, Document] = field(default_factory=lambda: DOCUMENT_OF)


@dataclass(frozen=True)
class FakeAssistant:
    """Answers with `reply` and finds the same paragraphs, in the order of the reports, for every question."""

    reply: Callable[[str], Reply]
    store: FakeStore = field(default_factory=FakeStore)
    ranking: tuple[str, ...] = CITABLE

    def ask(self, question: str, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()) -> Reply:
        return self.reply(question)

    def find(self, question: str, k: int, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()) -> list[FakeHit]:
        return [FakeHit(PARAGRAPHS[each]) for each in self.ranking[:k]]

    def explain(
        self, question: str, scope: Scope = EVERYTHING, turns: Sequence[Turn] = ()
    ) -> Iterator[tuple[str, object]]:
        return iter(())


def ticking(step: float = 0.25) -> Callable[[], float]:
    """A clock that moves on by `step` seconds at each look."""
    count = itertools.count()
    return lambda: next(count) * step
