"""An editor in a real browser: signs in, adds a report, watches it being read, asks about it, and takes it out again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import PASSWORD, Visitor, needs_browser
from playwright.sync_api import Browser

from ui.documents import REMOVED

pytestmark = needs_browser
NAME = "northmoor-2023.md"
QUESTION = "How many drones does the search team fly?"
REPORT = """# PEEL 2023: an inspection of Northmoor Police

Body inspected: Northmoor Police

Inspection period: 2023

Published: 9 May 2023

## Searching for missing people

Good

Northmoor Police is good at searching for missing people. The search team flies seven drones, which found nine missing
people in their first winter.
"""
NEWS = """
window.news = [];
new MutationObserver(() => document.querySelectorAll(".desk-notice .desk-news").forEach((each) => {
  if (window.news.at(-1) !== each.textContent) window.news.push(each.textContent);
})).observe(document, { childList: true, subtree: true, characterData: true });
"""


@pytest.fixture
def editor(browser: Browser, with_accounts: str) -> Iterator[Visitor]:
    somebody = Visitor(browser, with_accounts, signs_in=("the-editor", PASSWORD))
    somebody.page.add_init_script(NEWS)
    somebody.open("?tab=reports")
    yield somebody
    somebody.leave()


def send(editor: Visitor, name: str, content: bytes) -> None:
    editor.page.set_input_files("#reports-file", {"name": name, "mimeType": "text/markdown", "buffer": content})
    editor.click("text=Add it")


def test_a_report_is_added_asked_about_and_taken_out_again(
    editor: Visitor, browser: Browser, with_accounts: str, edited: Path
) -> None:
    send(editor, NAME, REPORT.encode())
    editor.see(f"Done: added {NAME}.")
    news = editor.page.evaluate("window.news")
    assert any(" of " in each for each in news[:-1]), "nothing was told while the report was read"
    assert editor.page.locator(".desk-report-entry", has_text=NAME).is_visible()
    assert (edited / NAME).read_text(encoding="utf-8") == REPORT

    editor.see("Loaded: 3 inspection reports, 2016 to 2023")  # without a reload
    editor.page.locator("#evidence-period option", has_text="2023").wait_for(state="attached")
    editor.tab("ask")
    editor.choose("#ask-period", "2023")
    editor.ask(QUESTION)
    assert "seven drones" in editor.shown(".desk-answer")
    reader = Visitor(browser, with_accounts, signs_in=("the-reader", PASSWORD))
    assert "3 inspection reports" in reader.shown(".desk-head summary")
    assert "2023" in reader.page.locator("#evidence-period").inner_text()
    reader.ask(QUESTION)
    assert "seven drones" in reader.shown(".desk-answer")

    editor.tab("reports")
    editor.click(f"summary:has-text('Take {NAME} out')")
    editor.click(f"form[aria-label='Take {NAME} out'] button")
    editor.see(f"Done: removed {NAME}.")
    editor.page.locator(".desk-report-entry", has_text=NAME).wait_for(state="detached")
    editor.see("Loaded: 2 inspection reports, 2016 to 2022")
    assert editor.page.locator(".desk-nav [aria-current]").inner_text() == "Reports"
    assert [path.read_text(encoding="utf-8") for path in (edited / REMOVED).iterdir()] == [REPORT]
    reader.open("")
    assert "no longer among the loaded documents" in reader.page.locator(".desk-turn").inner_text()
    assert "2 inspection reports" in reader.shown(".desk-head summary")
    reader.ask(QUESTION)
    assert "Not answered" in reader.shown(".desk-status")
    reader.leave()
    assert editor.complaints == reader.complaints == []


def test_a_file_that_cannot_be_read_is_refused_in_words_and_changes_nothing(editor: Visitor, edited: Path) -> None:
    before = editor.shown("#tab-reports .desk-small")
    send(editor, "scan.pdf", b"no PDF at all")
    editor.page.wait_for_function("document.querySelector('[data-upload-news]').textContent.startsWith('scan.pdf:')")
    assert "scan.pdf" in editor.shown("[data-upload-news]")
    assert editor.shown("#tab-reports .desk-small") == before
    assert not (edited / "scan.pdf").exists()
