"""The API, the tools and the sign-in, asked for over the loopback address of the program itself."""

import asyncio
import json
import re
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fake_desk import free_port, start_app
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import TextContent

from ui.accounts import Role, add_account
from ui.audit import FILE, entries
from ui.contract import ReplyFields

PASSWORD = "correct horse battery"
BROWSER = {"Accept": "text/html"}
DOORS = [
    "/",
    "/config",
    "/api/docs",
    "/api/openapi.json",
    "/api/progress",
    "/metrics",
    "/gradio_api/info",
    "/theme.css",
]


@contextmanager
def running(folder: Path, **settings: object) -> Iterator[httpx.Client]:
    process: subprocess.Popen[str] = start_app(free_port(), folder, **settings)
    assert process.stdout is not None
    address = re.search(r"http://\S+", process.stdout.readline())
    assert address is not None
    try:
        with httpx.Client(base_url=address[0], timeout=60) as client:
            yield client
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("open")


@pytest.fixture(scope="module")
def open_to_all(folder: Path) -> Iterator[httpx.Client]:
    with running(folder) as client:
        yield client


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("closed")
    for role in Role:
        add_account(folder / "accounts.toml", f"a-{role}", role, PASSWORD)
    with running(folder, accounts=folder / "accounts.toml", session_hours=1) as client:
        yield client


@pytest.fixture
def stranger(closed: httpx.Client) -> Iterator[httpx.Client]:
    """Somebody who is not signed in."""
    with httpx.Client(base_url=closed.base_url, timeout=60) as client:
        yield client


def sign_in(client: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("/login", data={"name": name, "password": password, **more})


# --- the API ----------------------------------------------------------------------------------------------------------


def test_ask_gives_the_reply_of_batch_with_the_index_and_the_scope(open_to_all: httpx.Client) -> None:
    answered = open_to_all.post("/api/ask", json={"question": "How many horses?", "period": "2015"})
    assert answered.status_code == 200
    said = answered.json()
    assert said["index_fingerprint"] == "0123abcd"
    assert said["scope"] == {"body": None, "documents": [], "period": "2015", "as_of": None}
    assert set(said["reply"]) == set(ReplyFields.model_fields)
    assert said["reply"]["abstained"] is True


def test_find_gives_paragraphs_with_their_places(open_to_all: httpx.Client) -> None:
    found = open_to_all.post("/api/find", json={"question": "calls", "k": 2}).json()["found"]
    assert [each["paragraph_id"] for each in found] == ["northmoor-2015#p001", "northmoor-2022#p001"]
    assert found[0]["paragraph"].startswith("Calls to 999")
    assert found[0]["kind"] == "finding"


def test_progress_gives_the_register_and_keeps_to_what_is_wanted(open_to_all: httpx.Client) -> None:
    every = open_to_all.get("/api/progress").json()["records"]
    graded = open_to_all.get("/api/progress", params={"kind": "judgement"}).json()["records"]
    assert {each["kind"] for each in every} > {"judgement"}
    assert [each["grade"] for each in graded] == ["requires improvement"]
    assert open_to_all.get("/api/progress", params={"document": "no-such"}).json()["records"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "   "},
        {"question": "x" * 2_001},
        {"question": "How?", "asof": "2016"},
        {"question": "How?", "documents": "northmoor-2015"},
        ["How?"],
    ],
)
def test_a_question_that_is_not_as_described_is_refused(open_to_all: httpx.Client, body: Any) -> None:
    refused = open_to_all.post("/api/ask", json=body)
    assert refused.status_code == 422
    assert refused.json()["detail"]


def test_every_question_of_many_at_once_is_answered_and_in_the_log(open_to_all: httpx.Client, folder: Path) -> None:
    questions = [f"How many horses were there in year {number}?" for number in range(60)]
    with ThreadPoolExecutor(20) as pool:
        codes = list(
            pool.map(lambda each: open_to_all.post("/api/ask", json={"question": each}).status_code, questions)
        )
    assert set(codes) == {200}
    assert {each["question"] for each in entries(folder / FILE)} >= set(questions)


def test_nothing_of_the_caller_is_in_the_log(open_to_all: httpx.Client, folder: Path) -> None:
    open_to_all.post("/api/ask", json={"question": "Who asks?"}, headers={"User-Agent": "some-agent-of-mine"})
    with sqlite3.connect(folder / FILE) as connection:
        text = "\n".join(connection.iterdump())
    assert "Who asks?" in text
    assert "some-agent-of-mine" not in text
    assert "127.0.0.1" not in text


def test_the_description_names_every_call_and_loads_nothing_from_elsewhere(open_to_all: httpx.Client) -> None:
    described = open_to_all.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/ask", "/api/find", "/api/progress", "/api/documents/{name}"}
    page = open_to_all.get("/api/docs").text
    assert "POST /api/ask" in page
    assert "leaves out" in page or "left out" in page
    assert not re.search(r"https?:|<script|<link|@import|url\(", page)


def test_health_and_metrics_are_told_in_their_forms(open_to_all: httpx.Client) -> None:
    assert open_to_all.get("/healthz").json() == {"status": "ok"}
    told = open_to_all.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "evidence_desk_documents 3.0" in told.text
    assert re.search(r'evidence_desk_question_seconds_count\{act="ask"\} \d+', told.text)


# --- the tools --------------------------------------------------------------------------------------------------------


async def _tools(address: str) -> tuple[dict[str, Any], list[Any]]:
    async with streamablehttp_client(address) as (reads, writes, _), ClientSession(reads, writes) as session:
        await session.initialize()
        described = {tool.name: tool for tool in (await session.list_tools()).tools}
        calls = [
            await session.call_tool("ask", {"question": "How many horses?", "as_of": "2020"}),
            await session.call_tool("find", {"question": "calls", "k": 1}),
            await session.call_tool("find", {"question": "calls", "k": 1000}),
        ]
        return described, calls


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_mcp_client_finds_ask_and_find_as_tools_and_uses_them(open_to_all: httpx.Client) -> None:
    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps a loop in this thread
        work = apart.submit(lambda: asyncio.run(_tools(f"{open_to_all.base_url}gradio_api/mcp/")))
    described, (asked, found, wrong) = work.result()
    assert set(described) == {"ask", "find"}
    assert described["ask"].inputSchema["required"] == ["question"]
    assert "police force" in described["ask"].inputSchema["properties"]["body"]["description"]
    texts = [result.content[0].text for result in (asked, found, wrong) if isinstance(result.content[0], TextContent)]
    assert json.loads(texts[0])["scope"]["as_of"] == "2020"
    assert json.loads(texts[1])["found"][0]["paragraph_id"] == "northmoor-2015#p001"
    assert wrong.isError and "k: Input should be less than or equal to 100" in texts[2]


# --- without accounts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "192.0.2.7", "localhost.evil.example", ""])
def test_without_accounts_the_page_answers_to_no_name_but_this_computers(open_to_all: httpx.Client, host: str) -> None:
    for door in ("/", "/api/progress", "/healthz"):
        assert open_to_all.get(door, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:7860"])
def test_this_computers_own_names_are_answered(open_to_all: httpx.Client, host: str) -> None:
    assert open_to_all.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:9"},
    ],
)
def test_a_page_of_another_site_can_ask_nothing(open_to_all: httpx.Client, sent: dict[str, str]) -> None:
    refused = open_to_all.post("/api/ask", json={"question": "How?"}, headers=sent)
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in open_to_all.get("/config", headers=sent).headers


def test_without_accounts_nobody_can_change_the_documents_and_there_is_no_sign_in(open_to_all: httpx.Client) -> None:
    refused = open_to_all.put("/api/documents/new.txt", content=b"A report.")
    assert refused.status_code == 403
    assert "signed in as an editor" in refused.json()["detail"]
    assert open_to_all.get("/logout").status_code == 404


# --- with accounts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", DOORS)
def test_with_accounts_every_door_is_shut_to_strangers(stranger: httpx.Client, door: str) -> None:
    assert stranger.get(door).status_code == 401
    sent_on = stranger.get(door, headers=BROWSER)
    assert (sent_on.status_code, sent_on.headers["location"].split("?")[0]) == (303, "/login")


@pytest.mark.parametrize(
    "door", ["/api/ask", "/gradio_api/mcp/", "/gradio_api/queue/join", "/gradio_api/run/ask", "/logout"]
)
def test_with_accounts_strangers_can_send_nothing(stranger: httpx.Client, door: str) -> None:
    assert stranger.post(door, json={"question": "How?"}, headers=BROWSER).status_code == 401
    assert (
        stranger.post(door, json={"question": "How?"}, headers={"Cookie": "evidence-desk-session=x"}).status_code == 401
    )


def test_strangers_are_told_that_it_runs_and_shown_where_to_sign_in(stranger: httpx.Client) -> None:
    assert stranger.get("/healthz").status_code == 200
    shown = stranger.get("/login")
    assert shown.status_code == 200
    assert 'type="password"' in shown.text
    assert "<script" not in shown.text


def test_signing_in_leads_back_and_the_cookie_is_for_this_page_alone(stranger: httpx.Client) -> None:
    there = stranger.get("/?answer=0123", headers=BROWSER).headers["location"]
    assert there == "/login?next=%2F%3Fanswer%3D0123"
    assert 'value="/?answer=0123"' in stranger.get(there).text
    signed_in = sign_in(stranger, "a-reader", next="/?answer=0123")
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/?answer=0123")
    cookie = signed_in.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Max-Age=3600", "Path=/"))
    assert "Secure" not in cookie  # plain HTTP, on this computer
    assert stranger.get("/api/progress").status_code == 200


def test_behind_a_proxy_with_https_the_cookie_is_secure(stranger: httpx.Client) -> None:
    sent = stranger.post(
        "/login", data={"name": "a-reader", "password": PASSWORD}, headers={"X-Forwarded-Proto": "https"}
    )
    assert "Secure" in sent.headers["set-cookie"]


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "/login", "x", "/a\nb"]
)
def test_signing_in_leads_nowhere_else(stranger: httpx.Client, address: str) -> None:
    assert sign_in(stranger, "a-reader", next=address).headers["location"] == "/"


def test_signing_out_ends_the_session_also_for_whoever_kept_the_cookie(stranger: httpx.Client) -> None:
    sign_in(stranger, "a-reader")
    kept = dict(stranger.cookies)
    assert stranger.post("/logout").headers["location"] == "/login?out"
    assert not stranger.cookies
    stranger.cookies.update(kept)
    assert stranger.get("/api/progress").status_code == 401


def test_a_wrong_password_is_told_and_the_sixth_attempt_is_not_looked_at(stranger: httpx.Client) -> None:
    for _ in range(5):
        refused = sign_in(stranger, "somebody", "wrong password")
        assert refused.status_code == 401
        assert "The name or the password is wrong." in refused.text
    refused = sign_in(stranger, "somebody", "wrong password")
    assert refused.status_code == 429
    assert 800 < int(refused.headers["retry-after"]) <= 901
    assert "Try again in 15 minutes" in refused.text


def test_a_form_that_is_too_long_signs_nobody_in(stranger: httpx.Client) -> None:
    assert sign_in(stranger, "a-reader", next="/" + "x" * 5_000).status_code == 401


def test_programs_sign_in_with_each_request_and_need_no_cookie(stranger: httpx.Client) -> None:
    assert stranger.get("/metrics", auth=("a-reader", PASSWORD)).status_code == 200
    assert stranger.get("/metrics", auth=("a-reader", "wrong password")).status_code == 401
    assert "www-authenticate" not in stranger.get("/metrics").headers  # so that no browser remembers a password


def test_only_editors_put_documents_into_the_folder(stranger: httpx.Client, closed: httpx.Client) -> None:
    for name, status in (("a-reader", 403), ("a-evaluator", 403), ("a-editor", 201)):
        put = stranger.put(
            "/api/documents/extra.txt", content=b"A report on Northmoor Police.\n\nIt is short.", auth=(name, PASSWORD)
        )
        assert put.status_code == status, put.text
    bad = stranger.put("/api/documents/extra.exe", content=b"MZ", auth=("a-editor", PASSWORD))
    assert bad.status_code == 422
    assert "cannot be taken" in bad.json()["detail"]


def test_signed_in_people_ask_and_the_log_has_no_name(stranger: httpx.Client) -> None:
    asked = stranger.post("/api/ask", json={"question": "How many horses?"}, auth=("a-reader", PASSWORD))
    assert asked.status_code == 200
    assert "a-reader" not in asked.text
