"""Ten people with something to do, each driving the page: is the thing they came for truly there, in how many actions?

Run with `-s` to see the counts; docs/page.md holds those of one run. Seconds are those of the page; a person also
reads and thinks.
"""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from browsing import Visitor, needs_browser, seconds_since
from lxml import etree
from playwright.sync_api import Browser

from eval.review import Verdict, waiting
from ui.replying import QUEUE

pytestmark = needs_browser
MOST_ACTIONS, MOST_SECONDS = 8, 60
RESPONDING = "How well does the force respond to the public in 2021/22?"
RURAL = "How many officers did the rural crime team have in 2016?"
TEAM = "The rural crime team had 14 officers in 2016, who shared two vans with the parks service."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(content: bytes) -> tuple[list[str], list[str]]:
    """(paragraphs, footnotes) of a Word file, of which every reference to a footnote has its footnote and the reverse."""
    files = zipfile.ZipFile(io.BytesIO(content))
    main, notes = (etree.fromstring(files.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    referred = {each.get(f"{W}id") for each in main.iter(f"{W}footnoteReference")}
    noted = {
        each.get(f"{W}id"): "".join(each.itertext()).strip()
        for each in notes.iter(f"{W}footnote")
        if each.get(f"{W}type") is None
    }
    assert referred == set(noted) and referred
    return [each.text for each in docx.Document(io.BytesIO(content)).paragraphs], list(noted.values())


def chair_wants_what_became_of_the_concern_in_tonights_paper(someone: Visitor, store: Path) -> None:
    someone.tab("progress")
    someone.choose("#ledger-kind", "cause of concern")
    someone.click("#tab-progress .desk-second")
    someone.see("1 point; 1 with a response")
    assert "closed before a detective" in someone.shown(".desk-point details[open]")
    assert "latest status: being-progressed, 14 June 2018" in someone.shown(".desk-point-facts")
    paragraphs, notes = opened(someone.download("#tab-progress [data-send=brief-docx]"))
    assert "Too many burglaries in Northmoor are closed before a detective has read the file." in paragraphs
    assert any("being-progressed" in each for each in paragraphs)
    assert "Questions to put" in paragraphs and paragraphs[-3].startswith("A machine")
    assert any("PEEL 2018" in each and "4 May 2018" in each for each in notes)
    assert any("14 June 2018" in each for each in notes)


def councillor_asks_how_the_force_responds_and_reads_the_proof(someone: Visitor, store: Path) -> None:
    someone.ask(RESPONDING)
    assert "14 April 2022" in someone.shown(".desk-report h3")
    someone.click("a.desk-marker")
    card = someone.page.locator(".desk-card:focus")
    marked = " ".join(card.locator("mark").all_inner_texts())
    assert marked.startswith("Northmoor Police is inadequate at responding to the public.")
    assert marked in re.sub(r"\s*\u2060?\[\d+\]", "", someone.shown(".desk-report"))
    assert "The inspector speaks" in card.inner_text() and "Period 2021/22" in card.inner_text()
    assert card.locator(".desk-context").first.is_visible()


def officer_pastes_evidence_into_a_committee_report(someone: Visitor, store: Path) -> None:
    someone.may_read_the_clipboard()
    someone.ask(RESPONDING)
    someone.click("text=for a committee report")
    someone.see("Copied for a committee report.")
    pasted = someone.page.evaluate("navigator.clipboard.readText()")
    assert pasted.startswith(f"Evidence on the question: {RESPONDING}")
    assert re.search(
        r"^1\. “Northmoor Police is inadequate at .*” \(Northmoor Police, PEEL 2021/22.*14 April 2022",
        pasted,
        re.MULTILINE,
    )
    assert "Gathered by a machine" in pasted and "Fingerprint of the documents" in pasted


def officer_lists_the_areas_for_improvement_of_one_period(someone: Visitor, store: Path) -> None:
    someone.tab("evidence")
    someone.choose("#evidence-period", "2021/22")
    someone.choose("#evidence-kind", "area for improvement")
    someone.click("#tab-evidence .desk-button")
    someone.see("2 paragraphs found")
    assert someone.page.locator(".desk-hit .desk-text").all_inner_texts() == [
        "The force should reopen its non-emergency line at weekends.",
        "The force should teach operators to recognise coercive control.",
    ]
    assert "period 2021/22" in someone.shown("#tab-evidence .desk-scope")


def officer_takes_evidence_on_detectives_away_as_word(someone: Visitor, store: Path) -> None:
    someone.tab("evidence")
    someone.type("#evidence-words", "plan for each investigation")
    someone.click("#tab-evidence .desk-button")
    someone.see("paragraphs found")
    kept = someone.shown(".desk-hit .desk-text")
    assert "Detectives write a plan for each investigation" in kept
    someone.click(".desk-toggle")
    someone.see("Basket (1)")
    paragraphs, notes = opened(someone.download("[data-send=export-docx]"))
    assert kept in paragraphs
    (note,) = notes
    assert "PEEL 2016" in note and "8 December 2016" in note and "Investigating crime" in note
    assert any(each.startswith("A machine") for each in paragraphs)
    assert any(re.match(r"As of .* Fingerprint of the documents: [0-9a-f]+", each) for each in paragraphs)


def member_asks_what_was_known_in_2017(someone: Visitor, store: Path) -> None:
    someone.type("#ask-as_of", "2017-12-31")
    someone.ask("How good is the force at investigating crime?")
    assert "as of 31 December 2017" in someone.shown(".desk-scope")
    said = someone.shown(".desk-report")
    assert someone.page.locator(".desk-report").count() == 1
    assert "8 December 2016" in said and "Northmoor Police is good at investigating crime." in said
    assert not re.search(r"2018|202\d", said)


def member_asks_what_no_report_says_and_is_told_so(someone: Visitor, store: Path) -> None:
    someone.ask("How many helicopters does the force have?")
    assert someone.shown(".desk-status") == "Not answered. 4 documents searched."
    assert someone.shown(".desk-refusal h3") == "The reports do not say"
    assert someone.page.locator(".desk-answer .desk-documents li").count() == 4
    assert someone.page.locator(".desk-answer .desk-marker").count() == 0
    assert "not an answer" in someone.shown(".desk-sources h3")


def officer_checks_a_quote_in_the_whole_report_and_goes_back(someone: Visitor, store: Path) -> None:
    someone.ask(RURAL)
    assert TEAM in someone.shown(".desk-answer").replace("\u2060", "")
    someone.click(".desk-card [data-send=read]")
    someone.page.locator(".desk-read.is-here:focus").wait_for()
    assert TEAM in someone.shown(".desk-read.is-here")
    assert "PEEL 2016" in someone.shown(".desk-reading h3")
    someone.click("[data-return]")
    assert someone.page.locator(".desk-card [data-send=read]:focus").count() == 1


def officer_sends_a_colleague_the_link_to_an_answer(someone: Visitor, store: Path) -> None:
    someone.ask(RURAL)
    said = someone.shown(".desk-answer")
    fingerprint = someone.page.locator(".desk-stamp code").first.text_content()
    someone.click("text=Link to this answer")
    href = someone.page.locator("[data-absolute]").get_attribute("href") or ""
    assert re.fullmatch(r"\?answer=[0-9a-f]{20}", href)  # nothing of the question is in it
    assert someone.shown("[data-absolute]") == f"{someone.address}{href}"
    colleague = someone.somebody_else()
    someone.actions += 1  # the colleague opens it
    colleague.open(href)
    colleague.see("Ask again")
    assert colleague.shown(".desk-answer") == said
    assert colleague.page.locator(".desk-stamp code").first.text_content() == fingerprint
    fate = colleague.page.locator(".desk-turn .desk-fate")
    assert fate.count() == 0, fate.inner_text()  # nothing has changed since
    colleague.leave()


def councillor_tells_the_evaluators_that_an_answer_is_wrong(someone: Visitor, store: Path) -> None:
    someone.ask(RURAL)
    someone.click("text=Was this right?")
    someone.click("input[value='wrong']")
    someone.type("#verdict-1-comment", "Part-time officers are left out.")
    someone.click("text=Send to the evaluators")
    someone.see("Thank you.")
    entry = waiting(store / QUEUE)[-1]
    assert (entry.question, entry.verdict, entry.comment) == (RURAL, Verdict.WRONG, "Part-time officers are left out.")
    assert TEAM in entry.answer and entry.cited


TASKS: tuple[Callable[[Visitor, Path], None], ...] = (
    chair_wants_what_became_of_the_concern_in_tonights_paper,
    councillor_asks_how_the_force_responds_and_reads_the_proof,
    officer_pastes_evidence_into_a_committee_report,
    officer_lists_the_areas_for_improvement_of_one_period,
    officer_takes_evidence_on_detectives_away_as_word,
    member_asks_what_was_known_in_2017,
    member_asks_what_no_report_says_and_is_told_so,
    officer_checks_a_quote_in_the_whole_report_and_goes_back,
    officer_sends_a_colleague_the_link_to_an_answer,
    councillor_tells_the_evaluators_that_an_answer_is_wrong,
)


@pytest.fixture(scope="module")
def counts() -> Iterator[list[tuple[str, int, float]]]:
    """What each task took; printed as a table at the end."""
    found: list[tuple[str, int, float]] = []
    yield found
    print("\n\n| Task | Actions | Seconds |\n|---|---:|---:|")
    for name, actions, seconds in found:
        print(f"| {name.replace('_', ' ').capitalize()} | {actions} | {seconds:.1f} |")


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_the_task_is_done_in_few_actions_and_under_a_minute(
    browser: Browser,
    panel: str,
    panel_store: Path,
    task: Callable[[Visitor, Path], None],
    counts: list[tuple[str, int, float]],
) -> None:
    someone = Visitor(browser, panel)
    start = time.monotonic()
    task(someone, panel_store)
    seconds = seconds_since(start)
    counts.append((task.__name__, someone.actions, seconds))
    someone.leave()
    assert someone.actions <= MOST_ACTIONS
    assert seconds < MOST_SECONDS
    assert someone.strangers == []
