"""The answer is a LangChain chain, and the search a LangChain retriever."""

import asyncio
import re
from pathlib import Path

from langchain_core.documents import Document as LangChainDocument
from langchain_core.language_models import FakeListChatModel
from langchain_core.runnables import Runnable

from assistant import Answer, Assistant, Refusal, open_assistant
from assistant.chain import ReportRetriever, build_chain
from assistant.composer import QuoteComposer
from assistant.model import ModelComposer, ModelLimits
from assistant.patience import Patience
from assistant.steps import Steps
from index.embedder import MiniLM
from prompts import load_prompt
from settings import Settings

KNOWN, UNKNOWN = "How many officers did the rural crime team have in 2021?", "What grade did Eastvale Police get?"


def test_invoke_batch_and_stream_give_replies(northmoor: Assistant) -> None:
    assert isinstance(northmoor.chain, Runnable)
    reply = northmoor.chain.invoke(KNOWN)
    assert isinstance(reply, Answer)
    assert list(northmoor.chain.stream(KNOWN)) == [reply]
    first, second = northmoor.chain.batch([KNOWN, UNKNOWN])
    assert first == reply and isinstance(second, Refusal)


def test_the_chain_streams_a_chat_models_sentences_as_they_hold(northmoor_store: Path, model: MiniLM) -> None:
    assistant = open_assistant(northmoor_store, Settings(), model)
    (quoted,) = assistant.stream(KNOWN)
    assert isinstance(quoted, Answer) and quoted.is_whole
    first = quoted.statements[0].text
    wrong = re.sub(r"\d+", "77", first)
    chat = FakeListChatModel(responses=[f"In all, {first} [1]\n{wrong} [1]\n"])
    limits = ModelLimits(5, 1_000, 200, 0)
    words = load_prompt("rules", ()), load_prompt("answer", ("question", "evidence"))
    composer = ModelComposer(chat, *words, limits, QuoteComposer(), Patience())
    chain = build_chain(Steps(assistant.steps.retriever, assistant.holdings, composer))
    early, whole = chain.stream(KNOWN)
    assert isinstance(early, Answer) and isinstance(whole, Answer)
    assert [each.text for each in early.statements] == [f"In all, {first}"] and not early.is_whole
    assert whole == chain.invoke(KNOWN) == asyncio.run(chain.ainvoke(KNOWN)) and whole.is_whole
    assert early.statements[0] in whole.statements
    assert len(whole.dropped) == 1 and "77" in whole.dropped[0]


def test_questions_asked_at_once_get_the_replies_they_get_alone(northmoor: Assistant) -> None:
    questions = [KNOWN, UNKNOWN, "What grade did preventing crime get in 2021?", "Who chairs the panel?"] * 3
    alone = [northmoor.ask(question) for question in questions]
    assert northmoor.chain.batch(questions, {"max_concurrency": 4}) == alone


def test_the_steps_of_the_chain_carry_their_names(northmoor: Assistant) -> None:
    names = [node.name for node in northmoor.chain.get_graph().nodes.values()]
    assert [name for name in names if name in ("understand", "retrieve", "select", "compose", "verify")] == [
        "understand",
        "retrieve",
        "select",
        "compose",
        "verify",
    ]


def test_the_retriever_gives_langchain_documents_with_the_metadata_of_a_citation(northmoor: Assistant) -> None:
    found = ReportRetriever(steps=northmoor.steps, k=3).invoke(KNOWN)
    hits = northmoor.find(KNOWN, 3)
    assert len(found) == 3 and all(isinstance(document, LangChainDocument) for document in found)
    for document, hit in zip(found, hits, strict=True):
        assert (document.page_content, document.id) == (hit.paragraph.text, hit.paragraph.id)
        assert document.metadata == {
            "source": hit.document.source,
            "document": hit.document.metadata.title,
            "date": hit.document.metadata.date,
            "section": list(hit.paragraph.headings),
            "paragraph_id": hit.paragraph.id,
            "page": hit.paragraph.page,
            "start": hit.paragraph.start,
            "end": hit.paragraph.end,
            "score": hit.score,
        }
