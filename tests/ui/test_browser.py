"""Each tab's main path in a real browser, at two widths, by keyboard alone, and past axe-core."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Visitor, needs_browser
from playwright.sync_api import Browser, Page

from eval.review import waiting
from ui.replying import QUEUE

pytestmark = needs_browser
QUESTION = "How well does the force respond to the public?"
WIDTHS = (360, 1920)
TABS = (  # after Ask, each with what shows that it is there
    ("evidence", ".desk-basket"),
    ("progress", "#tab-progress .desk-grid"),
    ("reports", ".desk-reports"),
    ("quality", "#tab-quality h2"),
)


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody whose browser never complains and never asks another host."""
    somebody = Visitor(browser, address)
    yield somebody
    somebody.leave()
    assert somebody.complaints == []
    assert somebody.strangers == []


def faults(visitor: Visitor) -> list[str]:
    """What axe-core finds wrong, as "rule: first element"."""
    found = Axe().run(visitor.page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_tab_and_nothing_runs_off_the_side(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    visitor = Visitor(browser, address, width, scheme)
    visitor.ask(QUESTION)
    found = {"ask": faults(visitor)}
    for tab, ready in TABS:
        visitor.tab(tab)
        visitor.page.locator(ready).wait_for()
        found[tab] = faults(visitor)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.leave()
    assert found == {tab: [] for tab in found}
    assert visitor.strangers == []


def test_the_console_stays_empty_and_everything_that_the_page_names_is_there(browser: Browser, address: str) -> None:
    """Unlike a `visitor`, nothing that the browser says is passed over here."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda each: said.append(f"{each.type}: {each.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda each: said.append(f"{each.status}: {each.url}") if each.status >= 400 else None)
    page.goto(address)
    page.wait_for_selector(".desk-basket", state="attached")
    for tab, ready in TABS:
        page.click(f".desk-nav a[data-tab={tab}]")
        page.locator(ready).first.wait_for()
    page.click(".desk-nav a[data-tab=ask]")
    page.fill("#ask-question", QUESTION)
    page.press("#ask-question", "Enter")
    page.wait_for_selector(".desk-turn .desk-actions")
    page.reload()
    page.wait_for_selector(".desk-turn .desk-actions")
    named = page.evaluate(
        "[...document.querySelectorAll('link[href], script[src], img[src]')].map(e => e.href || e.src)"
    )
    missing = [each for each in named if not each.startswith("data:") and page.request.get(each).status != 200]
    page.close()
    assert said == []
    assert named and missing == []


def test_a_question_is_answered_and_its_number_opens_the_source_with_its_words_marked(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.click("a.desk-marker")
    card = visitor.page.locator(".desk-card:focus")
    card.wait_for()
    assert "is-open" in (card.get_attribute("class") or "")
    marked = card.locator("mark").all_inner_texts()
    assert marked and all(words in card.locator(".desk-text").inner_text() for words in marked)
    assert card.locator(".desk-context").first.is_visible()
    assert "Period" in card.inner_text()


def reach(page: Page, what: str, most: int = 80) -> None:
    """Press Tab until what the selector names has the focus, and see that the focus shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"{what} is not reached with {most} presses of Tab")


def test_everything_on_ask_can_be_done_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    reach(page, "#ask-question")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-turn .desk-actions")
    reach(page, ".desk-marker")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('desk-card')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "desk-marker"


def test_a_find_is_kept_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    reach(page, "[data-tab=evidence]")
    page.keyboard.press("Enter")
    reach(page, "#evidence-words")
    page.keyboard.type("calls in a queue")
    page.keyboard.press("Enter")
    visitor.see("paragraphs found")
    reach(page, ".desk-toggle")
    page.keyboard.press("Space")
    visitor.see("Basket (1)")


def test_a_grade_is_followed_to_its_paragraph_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    reach(page, "[data-tab=progress]")
    page.keyboard.press("Enter")
    visitor.see("Press a grade")
    reach(page, ".desk-grade")
    page.keyboard.press("Enter")
    page.locator(".desk-read.is-here:focus").wait_for()


def test_a_document_is_opened_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    reach(page, "[data-tab=reports]")
    page.keyboard.press("Enter")
    page.locator(".desk-reports").wait_for()
    reach(page, "#tab-reports [data-send=read]")
    page.keyboard.press("Enter")
    visitor.see("that can be quoted")


def test_quality_is_reached_with_the_keyboard_alone(visitor: Visitor) -> None:
    reach(visitor.page, "[data-tab=quality]")
    visitor.page.keyboard.press("Enter")
    visitor.page.locator("#tab-quality h2").first.wait_for()


def test_what_came_of_a_question_is_spoken(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.page.wait_for_function("document.getElementById('desk-spoken').textContent.startsWith('Answered')")


def test_filters_narrow_the_answer_and_stand_beside_it(visitor: Visitor) -> None:
    visitor.choose("#ask-period", "2016")
    visitor.ask("Which areas require improvement?")
    assert "period 2016" in visitor.shown(".desk-scope")
    assert "2021/22" not in visitor.shown(".desk-answer")


def test_a_reload_keeps_the_conversation_and_a_link_shows_the_answer_to_somebody_else(
    visitor: Visitor, browser: Browser, address: str
) -> None:
    visitor.ask(QUESTION)
    said = visitor.shown(".desk-answer")
    visitor.open("")
    visitor.see("Ask again")
    assert visitor.shown(".desk-answer") == said
    visitor.click("text=Link to this answer")
    href = visitor.page.locator("[data-absolute]").get_attribute("href") or ""
    assert QUESTION.split(maxsplit=1)[0] not in href
    other = Visitor(browser, address)
    other.open(href)
    other.see("Ask again")
    assert other.shown(".desk-answer") == said
    other.leave()


def test_a_search_marks_the_words_and_its_finds_go_into_a_basket_that_can_be_taken_away(visitor: Visitor) -> None:
    visitor.tab("evidence")
    visitor.type("#evidence-words", "calls in a queue")
    visitor.click("#tab-evidence .desk-button")
    visitor.see("paragraphs found")
    assert "queue" in visitor.page.locator(".desk-hit mark").all_inner_texts()
    visitor.click(".desk-toggle")
    visitor.see("Basket (1)")
    rows = json.loads(visitor.download("[data-send=export-json]"))
    assert rows[0]["paragraph_id"].startswith("northmoor-")
    assert visitor.download("[data-send=export-docx]")[:2] == b"PK"
    assert b"<h2>Notes</h2>" in visitor.download("[data-send=brief-html]")
    visitor.open("?tab=evidence")
    visitor.see("Basket (1)")


def test_a_grade_opens_its_paragraph_in_the_report(visitor: Visitor) -> None:
    visitor.tab("progress")
    visitor.see("Press a grade")
    visitor.click(".desk-grade")
    here = visitor.page.locator(".desk-read.is-here:focus")
    here.wait_for()
    assert here.is_visible()


def test_a_document_is_shown_as_the_machine_read_it(visitor: Visitor) -> None:
    visitor.tab("reports")
    visitor.click("text=Open the text")
    visitor.see("p006")  # the first below title, front matter and heading
    assert "that can be quoted" in visitor.shown(".desk-reading")
    assert not visitor.page.locator("[data-upload]").is_visible()  # nobody is signed in


def test_a_verdict_reaches_the_review_queue(visitor: Visitor, northmoor_store: Path) -> None:
    visitor.ask(QUESTION)
    visitor.click("text=Was this right?")
    visitor.click("input[value='evidence wrong']")
    visitor.type("#verdict-1-comment", "It leaves out the weekends.")
    visitor.click("text=Send to the evaluators")
    visitor.see("Thank you.")
    (entry,) = waiting(northmoor_store / QUEUE)
    assert (entry.question, entry.verdict, entry.comment) == (QUESTION, "evidence wrong", "It leaves out the weekends.")
    assert entry.cited
