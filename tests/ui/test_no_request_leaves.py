"""In a real browser: nothing is asked of another host, and words of a document are only ever words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import PASSWORD, Visitor, needs_browser, served
from fakes import silent
from playwright.sync_api import Browser

from index.build import build_store
from index.embedder import MiniLM
from ui.accounts import Role

pytestmark = needs_browser
ELSEWHERE = "https://elsewhere.invalid"
HOSTILE = f"""Northmoor Police inspection report 2019<img src="{ELSEWHERE}/title.png" onerror="window.ran='title'">

Published on 3 May 2019 by the Northmoor Inspectorate of <script>window.ran='publisher'</script>Policing.

1. Responding to <svg onload="window.ran='heading'"></svg> the public

1.1 The force answered its emergency calls in seven seconds on average.<img src=x onerror="window.ran='image'">
The force answered [its calls](javascript:window.ran='link') in time. <script>window.ran='script'</script>

1.2 <iframe src="{ELSEWHERE}/frame"></iframe> Inspectors graded the force as good at responding to the public.
"><a href="javascript:window.ran='anchor'" onclick="window.ran='click'">Officers &lt;b&gt;attend&lt;/b&gt; incidents</a> quickly.

Recommendation 1: By June 2020 the chief constable should <style>@import url({ELSEWHERE}/style.css);</style> train its call takers.
"""
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Path:
    """An index of one document that tries everything."""
    reports, store = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("store")
    (reports / "northmoor <b>2019.txt").write_text(HOSTILE, encoding="utf-8")
    build_store(reports, store, model, silent)
    return store


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with served(store) as found:
        yield found


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    somebody = Visitor(browser, address)
    somebody.page.add_init_script(WATCH)
    somebody.open("")
    yield somebody
    somebody.leave()


def test_words_of_a_document_are_never_markup_and_no_request_leaves(visitor: Visitor) -> None:
    page = visitor.page
    websockets: list[str] = []
    page.on("websocket", lambda socket: websockets.append(socket.url))
    visitor.ask("How quickly did the force answer its emergency calls?")
    visitor.see("seven seconds on average")
    page.get_by_text("onerror=").locator("visible=true").first.wait_for()  # its tag stands there as words
    visitor.open("?tab=evidence")
    visitor.type("#evidence-words", "responding to the public")
    page.press("#evidence-words", "Enter")
    page.wait_for_selector(".desk-hit")
    visitor.click(".desk-hit [data-send=read]")
    page.wait_for_selector(".desk-reading")
    visitor.open("?tab=progress")
    page.wait_for_selector("#tab-progress .desk-grid, #tab-progress .desk-ledger")
    visitor.open("?tab=reports")
    page.wait_for_selector(".desk-report-entry")
    visitor.open("?tab=quality")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.violations") == []
    assert page.locator("iframe, svg[onload], img[onerror], a[href^='javascript'], [onclick]").count() == 0
    assert visitor.strangers == []
    assert websockets == []
    assert visitor.complaints == []


def test_the_policy_holds_even_against_markup_that_is_already_in_the_page(visitor: Visitor) -> None:
    """The control: what the test above would see if a document's words became markup."""
    reached: list[str] = []
    visitor.page.on("requestfinished", lambda request: reached.append(request.url))
    visitor.page.evaluate(
        """(elsewhere) => {
          const place = document.createElement("div");
          place.innerHTML = `<img src="x" onerror="window.ran='image'"><img src="${elsewhere}/a.png">
            <iframe src="${elsewhere}/frame"></iframe><link rel="stylesheet" href="${elsewhere}/a.css">
            <form action="${elsewhere}/form"><button id="leave">x</button></form>`;
          const script = document.createElement("script");
          script.textContent = "window.ran = 'script'";
          document.body.append(place, script);
          document.getElementById("leave").click();
          return fetch(`${elsewhere}/data`).catch(() => null);
        }""",
        ELSEWHERE,
    )
    visitor.page.wait_for_function("window.violations.length >= 7")
    blocked = {each.split()[0] for each in visitor.page.evaluate("window.violations")}
    assert blocked >= {
        "script-src-attr",
        "script-src-elem",
        "img-src",
        "frame-src",
        "style-src-elem",
        "form-action",
        "connect-src",
    }
    assert visitor.page.evaluate("window.ran") is None
    assert not [url for url in reached if url.startswith(ELSEWHERE)]


@pytest.mark.parametrize("path", ["api/docs", "api/openapi.json", "healthz"])
def test_the_pages_for_programs_ask_nothing_of_anybody(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path)
    assert [url for url in asked if url not in {address + path, f"{address}favicon.ico"}] == []
    page.close()


def test_people_sign_in_see_what_their_role_may_do_and_sign_out(browser: Browser, with_accounts: str) -> None:
    seen = {role: _what_is_seen(browser, with_accounts, f"the-{role}") for role in Role}
    assert seen == {
        Role.READER: {"add a document": False, "take one out": False, "review queue": False},
        Role.EDITOR: {"add a document": True, "take one out": True, "review queue": False},
        Role.EVALUATOR: {"add a document": False, "take one out": False, "review queue": True},
    }


def _what_is_seen(browser: Browser, address: str, name: str) -> dict[str, bool]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}?tab=reports")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.get_by_text(f"Signed in as {name}").wait_for()
    page.wait_for_selector(".desk-report-entry")
    page.wait_for_selector('section[aria-label="Review queue"]', state="attached")
    seen = {
        "add a document": page.locator("[data-upload]").count() == 1,
        "take one out": page.locator("#tab-reports summary", has_text="Take").count() > 0,
        "review queue": "Nothing waits" in page.content(),
    }
    (cookie,) = context.cookies()
    assert cookie["name"] == "evidence-desk-session" and cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert page.evaluate("document.cookie") == ""
    page.click("text=Sign out")
    page.get_by_text("You are signed out.").wait_for()
    page.goto(address)
    page.wait_for_selector("#password")
    context.close()
    return seen
