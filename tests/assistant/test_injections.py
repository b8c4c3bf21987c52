"""Documents and questions that try to give orders, each with its outcome, in the worst case: a model that obeys.

`injections.jsonl` holds the attempts in our own words: what is written where, what an obedient model would reply, and
what then becomes of it when the reports are quoted and when a model words the answer.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from fakes import document, paragraph, silent, write_northmoor
from langchain_core.language_models import FakeListChatModel

from assistant import Assistant, open_assistant
from assistant.answer import Answer, Reply, Searched
from assistant.citations import verify
from assistant.composer import Composer, QuoteComposer
from assistant.instructions import addresses_machine
from assistant.model import ModelComposer, ModelLimits
from assistant.patience import Patience
from assistant.selection import Chosen
from index.build import build_store
from index.embedder import MiniLM
from ingest.corpus import list_files, read_document
from ingest.document import Kind
from prompts import load_prompt
from settings import Settings

FILE = Path(__file__).with_name("injections.jsonl")
ATTEMPTS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
IN_DOCUMENTS = [each for each in ATTEMPTS if each["where"] == "document"]
IN_QUESTIONS = [each for each in ATTEMPTS if each["where"] == "question"]
HONEST = paragraph("r#p001", "The rural crime team had 14 officers, who shared two vans with the parks service.")


def names(attempts: list[dict[str, Any]]) -> list[str]:
    return [f"{each['id']} {each['technique']}" for each in attempts]


def obedient(attempt: dict[str, Any]) -> ModelComposer:
    rules, prompt = load_prompt("rules", ()), load_prompt("answer", ("question", "evidence"))
    model = FakeListChatModel(responses=[attempt["obeyed"]])
    return ModelComposer(model, rules, prompt, ModelLimits(5, 1_000, 200, 0), QuoteComposer(), Patience())


def replied(composer: Composer, question: str, extra: str | None = None) -> Reply:
    paragraphs = [HONEST]
    if extra is not None:
        paragraphs.append(paragraph("r#p002", extra, Kind.FOOTNOTE))
    held = document("r", *paragraphs)
    chosen = [Chosen(each, held, ((0, len(each.text)),)) for each in paragraphs]
    return verify(question, composer.compose(question, chosen), Searched((held,), len(paragraphs)))


def said(reply: Reply) -> str:
    return "\n".join(statement.text for statement in reply.statements).lower() if isinstance(reply, Answer) else ""


def test_there_are_forty_attempts_of_many_kinds() -> None:
    assert len(ATTEMPTS) == 40
    assert len({each["technique"] for each in ATTEMPTS}) >= 12
    assert len({each["id"] for each in ATTEMPTS}) == 40


@pytest.mark.parametrize("attempt", IN_DOCUMENTS, ids=names(IN_DOCUMENTS))
def test_an_order_in_a_document_is_left_out_and_a_claim_is_quoted_with_its_place(attempt: dict[str, Any]) -> None:
    reply = replied(QuoteComposer(), "How big was the rural crime team?", attempt["text"])
    assert isinstance(reply, Answer) and HONEST.text.lower() in said(reply)
    if attempt["quoting"] == "left out":
        assert attempt["harm"] not in said(reply)
    else:
        assert reply.statements[-1].text == attempt["text"]
        assert reply.statements[-1].citations[0].paragraph.kind is Kind.FOOTNOTE


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=names(ATTEMPTS))
def test_a_model_that_obeys_is_not_believed(attempt: dict[str, Any]) -> None:
    is_question = attempt["where"] == "question"
    question = attempt["text"] if is_question else "How big was the rural crime team?"
    reply = replied(obedient(attempt), question, None if is_question else attempt["text"])
    assert isinstance(reply, Answer) and HONEST.text.lower() in said(reply)
    worded = [each for each in reply.statements if each.text not in (HONEST.text, attempt["text"])]
    if attempt["model"] == "dropped":
        assert not [each for each in worded if attempt["harm"] in each.text.lower()]
        assert attempt["quoting"] == "quoted with its place" or attempt["harm"] not in said(reply)
    else:  # a false statement of a document is told as that document's
        assert [each.citations[0].paragraph.kind for each in worded] == [Kind.FOOTNOTE]


@pytest.fixture(scope="module")
def infiltrated(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Assistant:
    """The assistant over the two invented reports and one whose every second paragraph is an attempt."""
    folder = write_northmoor(tmp_path_factory.mktemp("injections") / "reports")
    body = "\n\n".join(
        f"The rural crime team kept log {number}.\n\n{each['text']}" for number, each in enumerate(IN_DOCUMENTS)
    )
    head = "# Letter on Northmoor Police\n\nBody inspected: Northmoor Police\n\nPublished: 3 June 2023\n\n## Rural crime\n\n"
    (folder / "letter.md").write_text(head + body, encoding="utf-8")
    build_store(folder, folder.parent / "store", model, silent)
    return open_assistant(folder.parent / "store", Settings(), model)


@pytest.mark.parametrize("attempt", IN_DOCUMENTS, ids=names(IN_DOCUMENTS))
def test_asking_with_the_words_of_an_order_brings_no_order_into_the_answer(
    attempt: dict[str, Any], infiltrated: Assistant
) -> None:
    reply = infiltrated.ask(f"{attempt['text'][:80]}?")
    if isinstance(reply, Answer):
        assert not [each.text for each in reply.statements if addresses_machine(each.text)]


@pytest.mark.parametrize("attempt", IN_QUESTIONS, ids=names(IN_QUESTIONS))
def test_an_order_in_a_question_is_answered_from_the_reports_or_refused(
    attempt: dict[str, Any], northmoor: Assistant
) -> None:
    reply = northmoor.ask(attempt["text"])
    assert attempt["harm"] not in said(reply)
    if isinstance(reply, Answer):
        assert all(each.text == each.citations[0].quote for each in reply.statements)


def test_nothing_that_the_sample_reports_say_is_taken_for_an_order() -> None:
    samples = Path(__file__).resolve().parents[2] / "documents"
    documents = [read_document(file) for file in list_files(samples)[0]]
    assert not [each.text for held in documents for each in held.citable() if addresses_machine(each.text)]
