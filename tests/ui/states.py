"""Every state in which a reader meets the page, each as what one does to come to it.

Owns the list, in an order in which one visitor can go through all of it. Used by `test_states`, which looks at each with axe-core, and by `pictures`, which photographs them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from browsing import Visitor


@dataclass(frozen=True)
class Words:
    """What is asked and looked for, of the documents at hand."""

    question: str
    refused: str
    looked_for: str


State = Callable[[Visitor, Words], None]
BASKET = 3  # paragraphs that a basket is filled with


def first_sight(visitor: Visitor, words: Words) -> None:
    visitor.page.locator(".desk-intro").wait_for()


def nothing_asked(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.click("#tab-ask .desk-button")
    visitor.page.locator(".desk-problem").wait_for()


def answer(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.ask(words.question)


def source_open(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.ask(words.question)
    visitor.click("a.desk-marker")
    visitor.page.locator(".desk-card.is-open:focus").wait_for()


def verdict_form(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.ask(words.question)
    visitor.click("text=Was this right?")
    visitor.page.locator(".desk-turn .desk-feedback textarea").wait_for()


def link_made(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.ask(words.question)
    visitor.click("text=Link to this answer")
    visitor.see("This answer is now at")


def refusal(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.ask(words.refused)
    visitor.see("What was searched")


def second_question(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.ask(words.refused)
    visitor.ask(words.question)
    visitor.click(".desk-earlier summary")
    visitor.page.locator(".desk-earlier .desk-actions").first.wait_for()


def search_empty(visitor: Visitor, words: Words) -> None:
    visitor.tab("evidence")
    visitor.type("#evidence-words", words.looked_for)
    visitor.type("#evidence-section", "no such heading")
    visitor.click("#tab-evidence .desk-button")
    visitor.see("Nothing fits these filters")


def basket_full(visitor: Visitor, words: Words) -> None:
    visitor.tab("evidence")
    visitor.type("#evidence-words", words.looked_for)
    visitor.type("#evidence-section", "")
    visitor.click("#tab-evidence .desk-button")
    visitor.page.locator(".desk-toggle").first.wait_for()
    for number in range(BASKET):
        visitor.page.locator(".desk-toggle").nth(number).click()
        visitor.see(f"Basket ({number + 1})")


def grades(visitor: Visitor, words: Words) -> None:
    visitor.tab("progress")
    visitor.page.locator("#tab-progress .desk-grid").wait_for()
    visitor.page.locator(".desk-issuer").first.wait_for()


def entry_open(visitor: Visitor, words: Words) -> None:
    grades(visitor, words)
    visitor.page.evaluate("document.querySelectorAll('.desk-issuer').forEach((each) => { each.open = true; })")
    answered = visitor.page.locator(".desk-point summary").filter(has_text=re.compile("latest status|[1-9] response"))
    answered.first.click()
    visitor.page.locator(".desk-point details[open] .desk-latest").first.wait_for()


def no_point_fits(visitor: Visitor, words: Words) -> None:
    grades(visitor, words)
    visitor.type("#ledger-words", "no such words at all")
    visitor.click("#tab-progress .desk-second")
    visitor.see("No point fits")


def reports(visitor: Visitor, words: Words) -> None:
    visitor.tab("reports")
    visitor.page.locator(".desk-reports").wait_for()


def reading(visitor: Visitor, words: Words) -> None:
    visitor.tab("ask")
    visitor.ask(words.question)
    visitor.click(".desk-card [data-send=read]")
    visitor.page.locator(".desk-read.is-here:focus").wait_for()


def quality(visitor: Visitor, words: Words) -> None:
    visitor.tab("quality")
    visitor.page.locator("#tab-quality h2").wait_for()


STATES: dict[str, State] = {
    each.__name__: each
    for each in (
        first_sight,
        nothing_asked,
        answer,
        source_open,
        verdict_form,
        link_made,
        refusal,
        second_question,
        search_empty,
        basket_full,
        grades,
        entry_open,
        no_point_fits,
        reports,
        reading,
        quality,
    )
}
