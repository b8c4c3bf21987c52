"""A conversation with the program itself, through the API and through the tools: both understand it as the page does."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import TextContent

from assistant import Assistant
from assistant.conversation import Turn
from assistant.render import reply_json
from assistant.scope import EVERYTHING
from ui.audit import FILE, entries
from ui.contract import MOST_TURNS

FIRST = "How many officers did the rural crime team have in 2016?"
NEXT = "And in 2021?"
UNDERSTOOD = "How many officers did the rural crime team have in 2021?"


def ask(address: str, **fields: Any) -> dict[str, Any]:
    answered = httpx.post(f"{address}api/ask", json=fields, timeout=120)
    assert answered.status_code == 200, answered.text
    reply: dict[str, Any] = answered.json()["reply"]
    return reply


def test_a_follow_up_is_understood_from_its_turns_and_answered_as_on_the_page(
    address: str, northmoor: Assistant
) -> None:
    first = ask(address, question=FIRST)
    assert "14 officers" in first["answer"] and first["rewritten"] is None
    second = ask(address, question=NEXT, turns=[FIRST])
    assert (second["question"], second["rewritten"]) == (NEXT, UNDERSTOOD)
    assert "22 officers" in second["answer"]
    third = ask(address, question="Which report says that?", turns=[FIRST, NEXT])
    replies = [northmoor.ask(FIRST)]
    for asked, said in ((NEXT, second), ("Which report says that?", third)):
        replies.append(northmoor.ask(asked, EVERYTHING, [Turn.of(reply) for reply in replies]))
        assert said == reply_json(replies[-1], None, said["seconds"])


def test_turns_stay_within_the_limits_of_the_question(address: str) -> None:
    narrowed = ask(address, question=NEXT, turns=[FIRST], period="2016")
    assert "22 officers" not in narrowed["answer"]


def test_questions_asked_again_for_a_follow_up_are_not_noted_twice(address: str, northmoor_store: Path) -> None:
    before = len(list(entries(northmoor_store / FILE)))
    ask(address, question=NEXT, turns=[FIRST])
    noted = list(entries(northmoor_store / FILE))
    assert len(noted) == before + 1
    assert (noted[-1]["question"], noted[-1]["understood"]) == (NEXT, UNDERSTOOD)


@pytest.mark.parametrize("turns", [FIRST, [""], ["x" * 2_001], [FIRST] * (MOST_TURNS + 1), [{"question": FIRST}]])
def test_turns_that_are_not_as_described_are_refused(address: str, turns: Any) -> None:
    refused = httpx.post(f"{address}api/ask", json={"question": NEXT, "turns": turns}, timeout=60)
    assert refused.status_code == 422
    assert "turns" in json.dumps(refused.json())


def test_the_description_says_what_turns_are(address: str) -> None:
    described = httpx.get(f"{address}api/openapi.json", timeout=60).json()["components"]["schemas"]["AskRequest"]
    assert "oldest first" in described["properties"]["turns"]["description"]
    assert "turns" not in described["required"]
    assert "oldest first" in httpx.get(f"{address}api/docs", timeout=60).text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_tool_takes_turns_too(address: str) -> None:
    async def converse() -> tuple[Any, Any]:
        async with (
            streamablehttp_client(f"{address}gradio_api/mcp/") as (reads, writes, _),
            ClientSession(reads, writes) as session,
        ):
            await session.initialize()
            (tool,) = (each for each in (await session.list_tools()).tools if each.name == "ask")
            return tool, await session.call_tool("ask", {"question": NEXT, "turns": [FIRST]})

    with ThreadPoolExecutor(1) as apart:  # Playwright's own loop runs in this thread
        tool, result = apart.submit(lambda: asyncio.run(converse())).result()
    described = tool.inputSchema["properties"]["turns"]
    assert "oldest first" in described["description"]
    assert "array" in json.dumps(described)
    assert isinstance(result.content[0], TextContent)
    reply = json.loads(result.content[0].text)["reply"]
    assert reply["rewritten"] == UNDERSTOOD
    assert "22 officers" in reply["answer"]
