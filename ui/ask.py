"""The Ask tab: a question box, examples, and the conversation so far.

Owns what happens between a question and the page: checking it, showing that a search runs, and keeping the turns.
Leaves how a reply looks to `reply`, and finding it to the assistant.
"""

from html import escape
from typing import Any, Protocol

import gradio as gr

from assistant.answer import Reply
from errors import AssistantError
from ingest.document import Document
from ui.reply import count, reply_html, status_line

LONGEST_QUESTION = 2_000  # characters: a page of text, where a question needs a sentence or two
KEPT_TURNS = 20  # replies that stay on the page; each brings its sources in full
AT_ONCE = 2  # questions answered at the same time; the others wait in the queue
NOTHING_ASKED = "Type a question in the box first, or choose one of the questions below it."
TOO_LONG = "This question has {length:,} characters. Please ask in {longest:,} or fewer; a sentence or two works best."
FAULT = (
    "Your question was not answered: too many people are asking at once, or something went wrong on this page. "
    "Nothing is wrong with the question. Please ask it again in a minute; "
    "if this message comes back, tell the person who looks after this page."
)
INTRODUCTION = (
    (
        "Every sentence has its source",
        "A number such as [1] leads to the whole paragraph a sentence rests on, with the quoted words marked.",
    ),
    (
        "Report by report",
        "Where several documents speak, each has its own heading and date, so that old findings do not pass for new.",
    ),
    (
        "Or a plain “The reports do not say”",
        "Where the documents hold no answer, you are told so, with what was searched and what comes nearest.",
    ),
)

Turns = tuple[Reply, ...]


class Desk(Protocol):
    """What the page needs of the assistant."""

    @property
    def documents(self) -> tuple[Document, ...]: ...

    def ask(self, question: str) -> Reply: ...

    def examples(self) -> tuple[str, ...]: ...


def build_ask(desk: Desk) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open."""
    examples = desk.examples()
    turns = gr.State(())
    with gr.Row(elem_classes="desk-ask"):
        box = gr.Textbox(label="Your question", lines=1, max_lines=8, autofocus=True, elem_classes="desk-box")
        button = gr.Button("Ask", variant="primary", elem_classes="desk-button")
    with gr.Accordion("Questions you could ask", visible=bool(examples), elem_classes="desk-examples") as shelf:
        choices = [gr.Button(example, elem_classes="desk-example") for example in examples]
    # The component's default script reports every click to the server; no one listens here.
    conversation = gr.HTML(introduction_html(), apply_default_css=False, js_on_load=None)

    def announce(question: str, earlier: Turns) -> tuple[str, dict[str, Any]]:
        is_folded = bool(earlier) or not problem_with(question)
        return announced(desk, question, earlier), gr.update(open=not is_folded)

    def answer(question: str, earlier: Turns) -> tuple[str, Turns]:
        return answered(desk, question, earlier)

    def explain_fault(earlier: Turns) -> str:
        return conversation_html(problem_html(FAULT), earlier)

    quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    begun = [gr.on([box.submit, button.click], announce, [box, turns], [conversation, shelf], queue=False, **quietly)]
    for choice in choices:
        chosen = choice.click(str, choice, box, queue=False, **quietly)
        begun.append(chosen.then(announce, [box, turns], [conversation, shelf], queue=False, **quietly))
    for event in begun:
        ended = event.then(
            answer, [box, turns], [conversation, turns], concurrency_limit=AT_ONCE, concurrency_id="ask", **quietly
        )
        ended.failure(explain_fault, turns, conversation, queue=False, **quietly)


def announced(desk: Desk, question: str, earlier: Turns) -> str:
    """The conversation as it stands at once: that a search runs, or why none does."""
    problem = problem_with(question)
    notice = problem_html(problem) if problem else searching_html(question, len(desk.documents))
    return conversation_html(notice, earlier)


def answered(desk: Desk, question: str, earlier: Turns) -> tuple[str, Turns]:
    """The conversation with the reply, and the turns it holds."""
    problem = problem_with(question)
    if problem:
        return conversation_html(problem_html(problem), earlier), earlier
    try:
        turns = (*earlier, desk.ask(question.strip()))[-KEPT_TURNS:]
    except AssistantError as error:
        return conversation_html(problem_html(str(error)), earlier), earlier
    return conversation_html("", turns), turns


def problem_with(question: str) -> str:
    """Why the question cannot be asked, to be read by the person asking; empty where it can."""
    length = len(question.strip())
    if length == 0:
        return NOTHING_ASKED
    return TOO_LONG.format(length=length, longest=LONGEST_QUESTION) if length > LONGEST_QUESTION else ""


# --- the conversation as HTML -----------------------------------------------------------------------------------------


def conversation_html(notice: str, turns: Turns) -> str:
    """`notice`, or the latest reply where there is none, and below it the earlier replies, newest first, folded."""
    numbered = list(enumerate(turns, start=1))
    latest = "" if notice or not numbered else _latest_html(*numbered.pop())
    folded = "".join(_earlier_html(number, reply) for number, reply in reversed(numbered))
    earlier = f'<section class="desk-earlier"><h2>Earlier questions</h2>{folded}</section>' if folded else ""
    return f"{notice or latest}{earlier}"


def introduction_html() -> str:
    parts = (f"<div><h2>{escape(head)}</h2><p>{escape(words)}</p></div>" for head, words in INTRODUCTION)
    return f'<section class="desk-intro" aria-label="How answers work">{"".join(parts)}</section>'


def searching_html(question: str, documents: int) -> str:
    searching = f"Searching {count(documents, 'document', 'documents')}…"
    return _turn_html(question, searching, "")


def problem_html(message: str) -> str:
    return f'<section class="desk-problem" role="alert"><p>{escape(message)}</p></section>'


def _latest_html(number: int, reply: Reply) -> str:
    return _turn_html(reply.question, status_line(reply), reply_html(reply, f"turn-{number}"))


def _turn_html(question: str, status: str, body: str) -> str:
    # The status stays the same element from searching to answered, so that screen readers speak the change.
    heading = f'<h2 class="desk-question">{escape(question)}</h2>'
    return (
        f'<section class="desk-turn">{heading}<p class="desk-status" role="status">{escape(status)}</p>{body}</section>'
    )


def _earlier_html(number: int, reply: Reply) -> str:
    summary = f"<summary>{escape(reply.question)} <span>{escape(status_line(reply))}</span></summary>"
    return f"<details>{summary}{reply_html(reply, f'turn-{number}')}</details>"
