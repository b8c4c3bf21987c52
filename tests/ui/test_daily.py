"""What people meet on an ordinary day: a copy that is confirmed, a session that ends, a small screen, a report that comes in."""

from pathlib import Path

from browsing import PASSWORD, Visitor, needs_browser
from playwright.sync_api import Browser
from test_states import is_well

pytestmark = needs_browser
QUESTION = "How well does the force respond to the public?"
ARRIVES = """# PEEL 2024: an inspection of Northmoor Police

Body inspected: Northmoor Police

Inspection period: 2024

Published: 3 June 2024

## Managing offenders

Adequate

Northmoor Police is adequate at managing offenders. Seven officers visit every offender once a month.
"""


def test_copying_is_confirmed_where_one_can_see_it(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address)
    visitor.may_read_the_clipboard()
    visitor.ask(QUESTION)
    visitor.click("text=as plain text")
    visitor.see("Copied as plain text.")
    visitor.click("#desk-told [data-close]")
    assert not visitor.page.locator("#desk-told").is_visible()
    visitor.leave()


def test_one_answer_can_be_forgotten_and_stays_so_after_a_reload(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address)
    visitor.ask(QUESTION)
    visitor.click("text=Forget this conversation")
    visitor.see("Every sentence has its source")
    visitor.open("")
    visitor.see("Every sentence has its source")
    visitor.leave()


def test_on_a_small_screen_the_finds_come_into_view(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address, 360)
    visitor.tab("evidence")
    visitor.type("#evidence-words", "calls")
    visitor.click("#tab-evidence .desk-button")
    visitor.page.locator(".desk-found").wait_for()
    visitor.page.wait_for_function(
        "document.querySelector('.desk-found').getBoundingClientRect().top < innerHeight / 2"
    )
    visitor.leave()


def test_who_asks_after_the_session_has_ended_signs_in_and_finds_the_question_again(
    browser: Browser, with_accounts: str
) -> None:
    visitor = Visitor(browser, with_accounts, signs_in=("the-reader", PASSWORD))
    visitor.forget_the_session()
    visitor.type("#ask-question", QUESTION)
    visitor.page.press("#ask-question", "Enter")
    visitor.see("Your session has ended.")
    visitor.page.fill("#name", "the-reader")
    visitor.page.fill("#password", PASSWORD)
    visitor.page.press("#password", "Enter")
    visitor.page.locator(".desk-nav [aria-current]").wait_for()
    visitor.page.wait_for_function("words => document.getElementById('ask-question').value === words", arg=QUESTION)
    visitor.leave()


def test_an_editor_adds_a_report_is_told_what_changed_asks_it_and_takes_it_out(
    browser: Browser, with_accounts: str, edited: Path
) -> None:
    editor = Visitor(browser, with_accounts, signs_in=("the-editor", PASSWORD))
    editor.tab("reports")
    editor.page.locator("[data-upload]").wait_for()
    report = {"name": "northmoor-2024.md", "mimeType": "text/markdown", "buffer": ARRIVES.encode()}
    editor.page.set_input_files("#reports-file", report)
    editor.click("text=Add it")
    editor.see("Done: added northmoor-2024.md.")
    assert "PEEL 2024" in editor.page.locator(".desk-reports").inner_text()
    for width, scheme in ((360, "light"), (1280, "dark")):
        editor.page.set_viewport_size({"width": width, "height": 800})
        editor.page.emulate_media(color_scheme=scheme)
        is_well(editor, width)
    editor.tab("ask")
    editor.ask("How many officers visit offenders?")
    assert "Seven officers" in editor.shown(".desk-answer")
    editor.tab("reports")
    editor.click("summary:has-text('Take northmoor-2024.md out')")
    editor.click("details[open] >> text=Take it out")
    editor.see("Done: removed northmoor-2024.md.")
    assert "PEEL 2024" not in editor.page.locator(".desk-reports").inner_text()
    editor.open("")
    editor.see("no longer among the loaded documents: PEEL 2024")
    is_well(editor, 1280)
    editor.leave()
