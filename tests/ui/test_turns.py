"""A conversation with the program itself, through the API and through the tools: both understand it as the page does."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import TextContent

from assistant import Assistant
from assistant.conversation import Turn
from assistant.scope import EVERYTHING

FIRST = "How many officers did the rural crime team have in 2016?"
NEXT = "And in 2021?"
UNDERSTOOD = "How many officers did the rural crime team have in 2021?"


def ask(address: str, **fields: Any) -> dict[str, Any]:
    answered = httpx.post(f"{address}api/ask", json=fields, timeout=120)
    assert answered.status_code == 200, answered.text
    reply: dict[str, Any] = answered.json()["reply"]
    return reply


def turn_of(reply: dict[str, Any]) -> dict[str, Any]:
    """As the description tells a caller to make it."""
    cited = [each["paragraph_id"] for each in reply["citations"]]
    return {"question": reply["rewritten"] or reply["question"], "cited": cited}


def test_a_follow_up_through_the_api_is_understood_as_on_the_page(address: str, northmoor: Assistant) -> None:
    first = ask(address, question=FIRST)
    assert "14 officers" in first["answer"] and first["rewritten"] is None
    second = ask(address, question=NEXT, turns=[turn_of(first)])
    assert (second["question"], second["rewritten"]) == (NEXT, UNDERSTOOD)
    assert "22 officers" in second["answer"]
    on_the_page = northmoor.ask(NEXT, EVERYTHING, [Turn.of(northmoor.ask(FIRST))])
    assert second["rewritten"] == on_the_page.rewritten
    third = ask(address, question="Which report says that?", turns=[turn_of(first), turn_of(second)])
    assert third["citations"][0]["paragraph_id"] == second["citations"][0]["paragraph_id"]


def test_without_its_turns_a_follow_up_stays_as_it_was_asked(address: str) -> None:
    assert ask(address, question=NEXT)["rewritten"] is None


@pytest.mark.parametrize("turns", [FIRST, [FIRST], [{"question": ""}], [{"question": FIRST, "site": "x"}]])
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
def test_the_tool_takes_turns_too_and_tells_what_is_wrong_with_one(address: str) -> None:
    async def converse() -> tuple[Any, list[Any]]:
        async with (
            streamablehttp_client(f"{address}gradio_api/mcp/") as (reads, writes, _),
            ClientSession(reads, writes) as session,
        ):
            await session.initialize()
            (tool,) = (each for each in (await session.list_tools()).tools if each.name == "ask")
            turns = ([{"question": FIRST}], [{"asked": FIRST}])
            return tool, [await session.call_tool("ask", {"question": NEXT, "turns": each}) for each in turns]

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps a loop in this thread
        tool, (followed, wrong) = apart.submit(lambda: asyncio.run(converse())).result()
    described = tool.inputSchema["properties"]["turns"]
    assert "oldest first" in described["description"]
    assert "array" in json.dumps(described)
    assert "turns" not in tool.inputSchema["required"]
    assert isinstance(followed.content[0], TextContent)
    reply = json.loads(followed.content[0].text)["reply"]
    assert reply["rewritten"] == UNDERSTOOD
    assert "22 officers" in reply["answer"]
    assert wrong.isError and "question: Field required" in wrong.content[0].text
