"""Ten people with something to do, each driving the page: what they do is counted, and how long it takes.

Run with `-s` to see the counts. Seconds are those of the page; a person also reads and thinks.
"""

import io
import time
from collections.abc import Callable, Iterator

import docx
import pytest
from browsing import Visitor, needs_browser, seconds_since, served
from fakes import silent, write_northmoor
from playwright.sync_api import Browser

from index.build import build_store
from index.embedder import MiniLM

pytestmark = needs_browser
MOST_ACTIONS, MOST_SECONDS = 8, 60
CONCERN = """# PEEL 2018: an inspection of Northmoor Police

Body inspected: Northmoor Police

Inspection period: 2018

Published: 4 May 2018

## Investigating crime

Inadequate

Northmoor Police is inadequate at investigating crime.

### Cause of concern

Too many burglaries in Northmoor are closed before a detective has read the file.

### Recommendations

Within six months, Northmoor Police should:

- give every burglary to a named detective; and
- tell each victim why an investigation has ended.
"""
TRACKER = """PEEL: Northmoor Police 2018

Cause of concern

Too many burglaries in Northmoor are closed before a detective has read the file.

Northmoor Police should: • give every burglary to a named detective • tell each victim why an investigation has ended

[on]4th May 2018 [status]awaiting-review[/status] [/on] [on]14th June 2018 [status]being-progressed[/status] [/on]

[on]2nd October 2018 [comment]Nine detectives have been hired (recommendation 1).

Victims are told by letter.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Iterator[str]:
    folder = write_northmoor(tmp_path_factory.mktemp("panel") / "reports")
    (folder / "northmoor-2018.md").write_text(CONCERN, encoding="utf-8")
    (folder / "tracker-2018.txt").write_text(TRACKER, encoding="utf-8")
    build_store(folder, folder.parent / "store", model, silent)
    with served(folder.parent / "store") as found:
        yield found


def chair_wants_what_became_of_the_concern_in_tonights_paper(someone: Visitor) -> None:
    someone.tab("progress")
    someone.choose("#ledger-kind", "cause of concern")
    someone.click("#tab-progress .desk-second")
    someone.see("1 point;")
    assert "being-progressed" in someone.shown(".desk-latest")
    paper = docx.Document(io.BytesIO(someone.download("#tab-progress [data-send=brief-docx]")))
    assert any("closed before a detective" in each.text for each in paper.paragraphs)


def councillor_asks_how_the_force_responds_and_reads_the_proof(someone: Visitor) -> None:
    someone.ask("How well does the force respond to the public in 2021/22?")
    someone.click("a.desk-marker")
    assert someone.page.locator(".desk-card:focus mark").count() > 0


def officer_pastes_evidence_into_a_committee_report(someone: Visitor) -> None:
    someone.ask("How well does the force respond to the public in 2021/22?")
    someone.click("text=for a committee report")
    someone.page.wait_for_function("document.getElementById('desk-spoken').textContent.startsWith('Copied')")
    assert "Northmoor" in someone.page.locator("#turn-1-committee").input_value()


def officer_lists_the_areas_for_improvement_of_one_period(someone: Visitor) -> None:
    someone.tab("evidence")
    someone.choose("#evidence-period", "2021/22")
    someone.choose("#evidence-kind", "area for improvement")
    someone.click("#tab-evidence .desk-button")
    someone.see("2 paragraphs found")


def officer_takes_evidence_on_detectives_away_as_word(someone: Visitor) -> None:
    someone.tab("evidence")
    someone.type("#evidence-words", "detectives")
    someone.click("#tab-evidence .desk-button")
    someone.see("paragraphs found")
    someone.click(".desk-toggle")
    someone.see("Basket (1)")
    assert someone.download("[data-send=export-docx]")[:2] == b"PK"


def member_asks_what_was_known_in_2017(someone: Visitor) -> None:
    someone.type("#ask-as_of", "2017-12-31")
    someone.ask("How good is the force at investigating crime?")
    assert "as of 31 December 2017" in someone.shown(".desk-scope")
    assert "2018" not in someone.shown(".desk-report h3")


def member_asks_what_no_report_says_and_is_told_so(someone: Visitor) -> None:
    someone.ask("How many helicopters does the force have?")
    assert "Not answered" in someone.shown(".desk-status")
    someone.see("What was searched")


def officer_checks_a_quote_in_the_whole_report(someone: Visitor) -> None:
    someone.ask("How many officers did the rural crime team have in 2016?")
    someone.click(".desk-card [data-send=read]")
    someone.page.locator(".desk-read.is-here:focus").wait_for()
    assert "14 officers" in someone.shown(".desk-read.is-here")


def officer_sends_a_colleague_the_link_to_an_answer(someone: Visitor) -> None:
    someone.ask("How many officers did the rural crime team have in 2016?")
    someone.click("text=Link to this answer")
    href = someone.page.locator("[data-absolute]").get_attribute("href") or ""
    someone.actions += 1  # the colleague opens it
    someone.open(href)
    someone.see("Ask again")
    assert "14 officers" in someone.shown(".desk-answer")


def councillor_tells_the_evaluators_that_an_answer_is_wrong(someone: Visitor) -> None:
    someone.ask("How many officers did the rural crime team have in 2016?")
    someone.click("text=Was this right?")
    someone.click("input[value='wrong']")
    someone.type("#verdict-1-comment", "Part-time officers are left out.")
    someone.click("text=Send to the evaluators")
    someone.see("Thank you.")


TASKS: tuple[Callable[[Visitor], None], ...] = (
    chair_wants_what_became_of_the_concern_in_tonights_paper,
    councillor_asks_how_the_force_responds_and_reads_the_proof,
    officer_pastes_evidence_into_a_committee_report,
    officer_lists_the_areas_for_improvement_of_one_period,
    officer_takes_evidence_on_detectives_away_as_word,
    member_asks_what_was_known_in_2017,
    member_asks_what_no_report_says_and_is_told_so,
    officer_checks_a_quote_in_the_whole_report,
    officer_sends_a_colleague_the_link_to_an_answer,
    councillor_tells_the_evaluators_that_an_answer_is_wrong,
)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_the_task_is_done_in_few_actions_and_under_a_minute(
    browser: Browser, address: str, task: Callable[[Visitor], None]
) -> None:
    someone = Visitor(browser, address)
    start = time.monotonic()
    task(someone)
    seconds = seconds_since(start)
    print(f"{task.__name__.replace('_', ' ')}: {someone.actions} actions, {seconds:.1f} s")
    someone.leave()
    assert someone.actions <= MOST_ACTIONS
    assert seconds < MOST_SECONDS
    assert someone.strangers == []
