"""What a reader can do with a reply: keep a source, open it in its report, link to the answer, brief from it, judge it.

Owns these acts. Leaves each one's result to its maker, and what evaluators do with a verdict to `eval.review`.
"""

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.render import answer_text
from errors import AssistantError
from eval.review import record_feedback
from ui.basket import kept_in
from ui.briefing import briefing, of_answer
from ui.desk import Desk
from ui.events import QUIET, field
from ui.ledger import unanswered
from ui.links import FOLDER, address, keep
from ui.paper import Paper
from ui.reading import document_html
from ui.saved import Turn, to_record
from ui.shared import Shared, download_html, link_notice_html, notice_html
from ui.webpage import paper_html
from ui.word import WORD, paper_docx

Turns = tuple[Turn, ...]
THANKS = "Thank you. The evaluators will see your verdict with the question and the answer."
QUEUE = "feedback.jsonl"


def act_on(desk: Desk, component: gr.HTML, turns: gr.State, shared: Shared) -> None:
    """Clicks inside `component` do what they say."""
    outputs = [shared.notice, shared.downloads, shared.basket, shared.basket_kept, shared.basket_panel, shared.reader]

    def act(now: Turns, basket: tuple[str, ...], event: gr.EventData) -> list[Any]:
        key, turn = field(event, "id"), _turn(now, field(event, "turn"))
        match field(event, "send"):
            case "keep":
                return kept_in(desk, basket, key)
            case "read":
                return [*_skips(5), document_html(desk, key)]
            case "link" if turn:
                link = address(keep(desk.folder / FOLDER, to_record(turn)))
                return [link_notice_html("This answer is now at", link), *_skips(5)]
            case "brief-docx" if turn and isinstance(turn.reply, Answer):
                return [gr.skip(), download_html("briefing.docx", WORD, paper_docx(_brief(desk, turn))), *_skips(4)]
            case "brief-html" if turn and isinstance(turn.reply, Answer):
                page = paper_html(_brief(desk, turn)).encode()
                return [gr.skip(), download_html("briefing.html", "text/html", page), *_skips(4)]
        return _skips(6)

    component.click(act, [turns, shared.basket], outputs, queue=False, **QUIET)


def judge(desk: Desk) -> Callable[[Turns, gr.EventData], str]:
    """A listener that gives a reader's verdict to the evaluators' queue, and says so."""

    def record(now: Turns, event: gr.EventData) -> str:
        turn = _turn(now, field(event, "turn"))
        if turn is None or turn.reply is None:
            return notice_html("That answer is no longer on this page; its verdict was not kept.")
        reply = turn.reply
        shown = answer_text(reply)
        cited = tuple(each.paragraph.id for each in (reply.citations if isinstance(reply, Answer) else reply.nearest))
        try:
            record_feedback(
                desk.folder / QUEUE, turn.question, field(event, "verdict"), field(event, "comment"), shown, cited
            )
        except AssistantError as error:
            return notice_html(str(error))
        return notice_html(THANKS)

    return record


def _brief(desk: Desk, turn: Turn) -> Paper:
    findings = of_answer(turn.reply) if isinstance(turn.reply, Answer) else ()
    as_of = (turn.reply.scope.as_of or "") if turn.reply else ""
    return briefing(
        f"Briefing: {turn.question}", findings, unanswered(desk.register, findings), turn.fingerprint, turn.asked, as_of
    )


def _turn(turns: Turns, number: str) -> Turn | None:
    return turns[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(turns) else None


def _skips(number: int) -> list[Any]:
    return [gr.skip() for _ in range(number)]
