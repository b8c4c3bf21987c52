"""The Ask tab: a question, filters, examples, and the conversation so far.

Owns what happens between a question and the page: checking it, showing that a search runs, keeping the turns here and
in the browser. Leaves how a conversation looks to `conversation`, and finding answers to the assistant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.scope import EVERYTHING, Scope
from errors import AssistantError
from ui.conversation import coming_html, conversation_html, introduction_html, problem_html, searching_html
from ui.desk import Desk
from ui.events import QUIET, SENDS, field
from ui.filters import filters_html, scope_line, scope_of
from ui.links import FOLDER, kept
from ui.replying import act_on, judge
from ui.saved import Turn, from_record, to_record
from ui.shared import KEY, SCRAMBLE, Shared, follows

LONGEST_QUESTION = 2_000  # characters: a page of text, where a question needs a sentence or two
KEPT_TURNS = 10  # replies that stay on the page; each brings its sources in full, some 12 kB
AT_ONCE = 2  # questions answered at the same time; the others wait in the queue
NOTHING_ASKED = "Type a question in the box first, or choose one of the questions below it."
TOO_LONG = "This question has {length:,} characters. Please ask in {longest:,} or fewer; a sentence or two works best."
FAULT = (
    "Your question was not answered: too many people are asking at once, or something went wrong on this page. "
    "Nothing is wrong with the question. Please ask it again in a minute; "
    "if this message comes back, tell the person who looks after this page."
)
NO_SUCH_LINK = "There is no answer under this link. It may have been made on another computer, or taken away since."

Turns = tuple[Turn, ...]
Records = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pending:
    """What is being asked."""

    question: str = ""
    scope: Scope = EVERYTHING


def build_ask(desk: Desk, page: gr.Blocks, shared: Shared) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open."""
    turns, pending = gr.State(()), gr.State(Pending())
    records = gr.BrowserState([], storage_key=f"{KEY}-turns", secret=SCRAMBLE)
    form = gr.HTML(form_html(desk), apply_default_css=False, js_on_load=SENDS)
    conversation = gr.HTML(introduction_html(), apply_default_css=False, js_on_load=SENDS)

    def begin(earlier: Turns, event: gr.EventData) -> tuple[Pending, str]:
        chosen = Pending(field(event, "example") or field(event, "question"), scope_of(event))
        return chosen, announced(desk, chosen, earlier)

    def again(earlier: Turns, event: gr.EventData) -> tuple[Pending, str]:
        number = field(event, "turn")
        if not number.isdecimal() or not 1 <= int(number) <= len(earlier):
            return Pending(), announced(desk, Pending(), earlier)
        turn = earlier[int(number) - 1]
        chosen = Pending(turn.question, turn.reply.scope if turn.reply else EVERYTHING)
        return chosen, announced(desk, chosen, earlier)

    def answer(chosen: Pending, earlier: Turns, before: Records) -> Iterator[tuple[str, Turns, Records]]:
        yield from answered(desk, chosen, earlier, before, now())

    def explain_fault(earlier: Turns) -> str:
        return _conversation(desk, problem_html(FAULT), earlier)

    def restore(before: Records, request: gr.Request) -> tuple[str, Turns, Records]:
        return restored(desk, before, request.query_params.get("answer", ""))

    def forget() -> tuple[str, Turns, Records]:
        return introduction_html(), (), []

    begun = [
        form.submit(begin, turns, [pending, conversation], queue=False, **QUIET),
        conversation.select(again, turns, [pending, conversation], queue=False, **QUIET),
    ]
    told = [conversation, turns, records]
    for event in begun:
        ended = event.then(
            answer, [pending, turns, records], told, concurrency_limit=AT_ONCE, concurrency_id="ask", **QUIET
        )
        ended.failure(explain_fault, turns, conversation, queue=False, **QUIET)
    page.load(restore, records, told, queue=False, **QUIET)
    follows(form, lambda: form_html(desk), lambda: desk.fingerprint, page, shared)
    conversation.input(forget, None, told, queue=False, **QUIET)
    act_on(desk, conversation, turns, shared)
    conversation.submit(judge(desk), turns, shared.notice, queue=False, **QUIET)


def now() -> str:
    """This minute, as ISO without a zone: the page is for people who are where this computer is."""
    return datetime.now().isoformat(timespec="minutes")


def announced(desk: Desk, pending: Pending, earlier: Turns) -> str:
    """The conversation as it stands at once: that a search runs, or why none does."""
    problem = problem_with(pending.question)
    words = scope_line(pending.scope, desk.documents)
    notice = problem_html(problem) if problem else searching_html(pending.question, words, len(desk.documents))
    return _conversation(desk, notice, earlier)


def answered(
    desk: Desk, pending: Pending, earlier: Turns, before: Records, asked: str
) -> Iterator[tuple[str, Turns, Records]]:
    """The conversation with the reply, its statements one after the other, with the turns and records it then holds.

    Those of a chat model are shown as each of them holds.
    """
    problem = problem_with(pending.question)
    if problem:
        yield _conversation(desk, problem_html(problem), earlier), earlier, before
        return
    try:
        replies = [turn.reply for turn in earlier if turn.reply]
        has_grown = False
        for reply in desk.stream(pending.question.strip(), pending.scope, replies):
            turn = Turn(reply, reply.question, desk.fingerprint, asked)
            for part in _on_the_way(turn, has_grown):
                yield coming_html(len(earlier) + 1, part, desk.shelf), earlier, before
                has_grown = True
    except AssistantError as error:
        yield _conversation(desk, problem_html(str(error)), earlier), earlier, before
        return
    turns = (*earlier, turn)[-KEPT_TURNS:]
    yield _conversation(desk, "", turns), turns, [*before, to_record(turn)][-KEPT_TURNS:]


def _on_the_way(turn: Turn, has_grown: bool) -> list[Turn]:
    """What is shown before the whole reply: one that still grows as it is, and one that comes at once by statements."""
    reply = turn.reply
    if not isinstance(reply, Answer) or (reply.is_whole and has_grown):
        return []
    if not reply.is_whole:
        return [turn]
    return [
        replace(turn, reply=replace(reply, statements=reply.statements[:said]))
        for said in range(1, len(reply.statements))
    ]


def restored(desk: Desk, before: object, link: str) -> tuple[str, Turns, Records]:
    """The conversation that this browser kept, checked against the documents of today; below it, what a link leads to."""
    known = [each for each in before if isinstance(each, dict)] if isinstance(before, list) else []
    pairs = [(turn, record) for record in known[-KEPT_TURNS:] if (turn := from_record(record, desk.shelf))]
    if link:
        record = kept(desk.folder / FOLDER, link)
        turn = from_record(record, desk.shelf)
        if turn is None or not isinstance(record, dict):
            turns = tuple(turn for turn, _ in pairs)
            return _conversation(desk, problem_html(NO_SUCH_LINK), turns), turns, [each for _, each in pairs]
        pairs = [*(pair for pair in pairs if pair[1] != record), (turn, record)][-KEPT_TURNS:]
    turns = tuple(turn for turn, _ in pairs)
    html = _conversation(desk, "", turns) if turns else introduction_html()
    return html, turns, [record for _, record in pairs]


def problem_with(question: str) -> str:
    """Why the question cannot be asked, to be read by the person asking; empty where it can."""
    length = len(question.strip())
    if length == 0:
        return NOTHING_ASKED
    return TOO_LONG.format(length=length, longest=LONGEST_QUESTION) if length > LONGEST_QUESTION else ""


def form_html(desk: Desk) -> str:
    """The form with the question, the filters, and questions that the documents answer."""
    examples = "".join(
        f'<li><button type="submit" class="desk-example" name="example" value="{escape(each)}" formnovalidate>'
        f"{escape(each)}</button></li>"
        for each in desk.examples()
    )
    shelf = (
        f'<details class="desk-examples" open><summary>Questions you could ask</summary><ul>{examples}</ul></details>'
        if examples
        else ""
    )
    return (
        '<h2 class="desk-hidden">Ask</h2><form class="desk-form" role="search" aria-label="Ask a question">'
        '<label class="desk-label" for="ask-question">Your question</label>'
        '<div class="desk-line"><textarea id="ask-question" name="question" rows="1" data-enter></textarea>'
        '<button type="submit" class="desk-button">Ask</button></div>'
        f"{filters_html(desk.documents, 'ask', 'Answer from')}{shelf}</form>"
    )


def _conversation(desk: Desk, notice: str, turns: Sequence[Turn]) -> str:
    return conversation_html(notice, turns, desk.shelf, desk.fingerprint)
