"""Every state of the page past axe-core: on a phone in the light and on a desk in the dark, and nothing off the side."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PASSWORD, Visitor, needs_browser
from fake_desk import CALLS, GRADE, REPORT_2015, answer, by_model, cite, document, free_port, say, start_app
from playwright.sync_api import Browser, Page
from states import STATES, State, Words

from assistant.answer import Statement
from ui.briefing import Excerpt, briefing
from ui.links import FOLDER, address, keep
from ui.saved import Turn, to_record
from ui.webpage import paper_html

pytestmark = needs_browser
WORDS = Words(
    "How well does the force respond to the public in 2021/22?",
    "How many helicopters does the force have?",
    "calls in a queue",
)
SCREENS = ((360, "light"), (1280, "dark"))
QUESTION = "How are calls answered?"


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong, as "rule: first element"."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def is_well(visitor: Visitor, width: int) -> None:
    visitor.page.wait_for_timeout(200)  # what has just come stands still
    assert faults(visitor.page) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visitor.complaints == [] and visitor.strangers == []


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: f"{screen[1]} at {screen[0]}")
def guest(browser: Browser, panel: str, request: pytest.FixtureRequest) -> Iterator[tuple[Visitor, int]]:
    """Somebody who goes through all states, one after the other, and the width of the window."""
    width, scheme = request.param
    visitor = Visitor(browser, panel, width, scheme)
    yield visitor, width
    visitor.leave()


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_axe_finds_nothing_in_any_state(guest: tuple[Visitor, int], state: State) -> None:
    visitor, width = guest
    state(visitor, WORDS)
    is_well(visitor, width)


# --- with accounts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing_on_the_sign_in_page_and_after_a_wrong_password(
    browser: Browser, with_accounts: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # Playwright wants literals
    page.goto(with_accounts)
    assert faults(page) == []
    page.fill("#name", "the-reader")
    page.fill("#password", "not the password")
    page.press("#password", "Enter")
    page.get_by_role("alert").wait_for()
    assert "wrong" in page.get_by_role("alert").inner_text()
    assert faults(page) == []
    page.close()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing_where_an_editor_works(browser: Browser, with_accounts: str, width: int, scheme: str) -> None:
    editor = Visitor(browser, with_accounts, width, scheme, signs_in=("the-editor", PASSWORD))
    editor.tab("reports")
    editor.page.locator("[data-upload]").wait_for()
    is_well(editor, width)
    editor.page.locator(".desk-report-entry details summary").first.click()
    is_well(editor, width)
    scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"no PDF at all"}
    editor.page.set_input_files("#reports-file", scan)
    editor.click("text=Add it")
    editor.page.wait_for_function("document.querySelector('[data-upload-news]').textContent.startsWith('scan.pdf:')")
    editor.complaints.clear()  # the browser reports the refusal of the file, as it should
    is_well(editor, width)
    editor.leave()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing_in_the_review_queue(browser: Browser, with_accounts: str, width: int, scheme: str) -> None:
    evaluator = Visitor(browser, with_accounts, width, scheme, signs_in=("the-evaluator", PASSWORD))
    evaluator.ask(WORDS.question)
    evaluator.click("text=Was this right?")
    evaluator.click("input[value='wrong']")
    evaluator.click("text=Send to the evaluators")
    evaluator.see("Thank you.")
    evaluator.open("?tab=quality")
    evaluator.page.locator("form[aria-label^=Settle]").first.wait_for()
    is_well(evaluator, width)
    evaluator.leave()


# --- what needs a certain reply ---------------------------------------------------------------------------------------


@contextmanager
def faked(folder: Path, reply: str) -> Iterator[str]:
    port = free_port()
    process = start_app(port, folder, reply)
    try:
        assert process.stdout is not None and process.stdout.readline().startswith("Evidence Desk is at")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.fixture(scope="module")
def modelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A program whose answers a language model has worded, and its folder."""
    folder = tmp_path_factory.mktemp("modelled")
    with faked(folder, by_model.__name__) as found:
        yield found, folder


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_an_answer_worded_by_a_model_says_so_and_what_was_left_out(
    browser: Browser, modelled: tuple[str, Path], width: int, scheme: str
) -> None:
    visitor = Visitor(browser, modelled[0], width, scheme)
    visitor.ask(QUESTION)
    assert visitor.shown(".desk-status").startswith("Answered by a language model")
    assert "1 sentence was left out" in visitor.shown(".desk-notes")
    is_well(visitor, width)
    visitor.leave()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_a_link_to_an_answer_says_what_stands_what_moved_what_changed_and_what_is_gone(
    browser: Browser, modelled: tuple[str, Path], width: int, scheme: str
) -> None:
    place, folder = modelled
    gone = document("gone", REPORT_2015.metadata.kind, "A report taken out", "2014-05-06", CALLS)
    moved, changed = replace(GRADE, id="northmoor-2015#p077"), replace(CALLS, text="Calls were answered at once.")
    then = answer(say(CALLS), question=QUESTION)
    others = [
        Statement(moved.text, (replace(cite(GRADE), paragraph=moved),)),
        Statement(changed.text, (replace(cite(CALLS, "Calls"), paragraph=changed, quote=changed.text),)),
        Statement(CALLS.text, (replace(cite(CALLS), document=gone),)),
    ]
    record = to_record(
        Turn(replace(then, statements=(*then.statements, *others)), QUESTION, "older", "2026-11-22T13:40")
    )
    visitor = Visitor(browser, place, width, scheme)
    visitor.open(address(keep(folder / FOLDER, record)))
    visitor.see("The documents have changed since.")
    fate = visitor.shown(".desk-fate")
    assert "1 intact, 1 moved, 1 changed, 1 withdrawn" in fate
    assert "no longer in" in fate and "no longer among the loaded documents: A report taken out" in fate
    said = visitor.shown(".desk-answer")
    assert CALLS.text in said and GRADE.text in said and changed.text not in said
    is_well(visitor, width)
    visitor.leave()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing_on_a_briefing_and_on_the_description_of_the_api(
    browser: Browser, panel: str, width: int, scheme: str
) -> None:
    found = [Excerpt(CALLS.text, CALLS, REPORT_2015), Excerpt(GRADE.text, GRADE, REPORT_2015)]
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # Playwright wants literals
    page.set_content(paper_html(briefing("Briefing: calls", found, found[:1], "0123abcd", "2026-11-22T13:40")))
    assert faults(page) == []
    page.goto(f"{panel}api/docs")
    assert faults(page) == []
    page.close()
