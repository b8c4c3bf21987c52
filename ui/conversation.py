"""The conversation as HTML: the latest reply with what can be done with it, and the earlier ones folded below.

Owns what stands around a reply. Leaves the reply itself to `reply`.
"""

from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Refusal
from assistant.scope import EVERYTHING
from ingest.dates import spoken
from ingest.document import Document
from ui.copying import committee, markdown, plain
from ui.filters import scope_line
from ui.reply import count, reply_html, status_line
from ui.saved import Fate, Turn, summary
from ui.shelf import Shelf

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
FORGET = (
    '<p class="desk-forget desk-small">Your questions and answers are kept in this browser. '
    '<button type="button" class="desk-link" data-send="forget" data-event="input">Forget this conversation</button></p>'
)
FATE_WORDS = {
    Fate.CHANGED: "these words are no longer in",
    Fate.WITHDRAWN: "no longer among the loaded documents:",
}


def conversation_html(notice: str, turns: Sequence[Turn], shelf: Shelf, fingerprint: str) -> str:
    """`notice`, or the latest reply where there is none, and below it the earlier replies, newest first, folded."""
    numbered = list(enumerate(turns, start=1))
    latest = ""
    if not notice and numbered:
        number, turn = numbered.pop()
        latest = turn_html(number, turn, shelf, fingerprint)
    folded = "".join(_earlier_html(number, turn, shelf, fingerprint) for number, turn in reversed(numbered))
    earlier = (
        f'<section class="desk-earlier" aria-label="Earlier questions"><h2>Earlier questions</h2>{folded}</section>'
        if folded
        else ""
    )
    return f"{notice or latest}{earlier}{FORGET if turns else ''}"


def introduction_html() -> str:
    parts = (f"<div><h2>{escape(head)}</h2><p>{escape(words)}</p></div>" for head, words in INTRODUCTION)
    return f'<section class="desk-intro" aria-label="How answers work">{"".join(parts)}</section>'


def searching_html(question: str, scope_words: str, documents: int) -> str:
    searching = f"Searching {count(documents, 'document', 'documents')}…"
    return _frame(question, "", scope_words, searching, "")


def problem_html(message: str) -> str:
    return f'<section class="desk-problem" role="alert"><p>{escape(message)}</p></section>'


def turn_html(number: int, turn: Turn, shelf: Shelf, fingerprint: str) -> str:
    """The whole of one turn: question, how it was understood and narrowed, the reply, and what can be done with it."""
    return _frame(
        turn.question,
        _understood(turn),
        _scope_words(turn, shelf.documents),
        status_line(turn.reply) if turn.reply else "None of the quoted passages stands any more.",
        _body(number, turn, shelf, fingerprint),
    )


def coming_html(number: int, turn: Turn, shelf: Shelf) -> str:
    """A reply that is still coming: what is said so far, without its actions and the earlier turns, which are long."""
    body = reply_html(turn.reply, f"turn-{number}", shelf) if turn.reply else ""
    return _frame(turn.question, _understood(turn), _scope_words(turn, shelf.documents), "Answering…", body)


def stamp(turn: Turn) -> str:
    """When, and from which documents: "Answered on 22 November 2026, 13:40. Fingerprint of the documents: 0123abcd."."""
    return f"Answered on {when(turn)}. Fingerprint of the documents: {turn.fingerprint}."


def when(turn: Turn) -> str:
    day, _, time = turn.asked.partition("T")
    return f"{spoken(day)}, {time}"


def _frame(question: str, understood: str, scope_words: str, status: str, body: str) -> str:
    return (
        f'<section class="desk-turn" aria-label="Answer"><h2 class="desk-question">{escape(question)}</h2>{understood}'
        f'<p class="desk-scope">{escape(scope_words)}</p>'
        f'<p class="desk-status" data-say>{escape(status)}</p>{body}</section>'
    )


def _earlier_html(number: int, turn: Turn, shelf: Shelf, fingerprint: str) -> str:
    status = status_line(turn.reply) if turn.reply else "Its passages have changed."
    summary_line = f"<summary>{escape(turn.question)} <span>{escape(status)}</span></summary>"
    body = f'{_understood(turn)}<p class="desk-scope">{escape(_scope_words(turn, shelf.documents))}</p>'
    return f"<details>{summary_line}{body}{_body(number, turn, shelf, fingerprint)}</details>"


def _body(number: int, turn: Turn, shelf: Shelf, fingerprint: str) -> str:
    reply = reply_html(turn.reply, f"turn-{number}", shelf) if turn.reply else ""
    return f"{_fate_html(turn, fingerprint)}{reply}{_actions(number, turn)}"


def _understood(turn: Turn) -> str:
    rewritten = turn.reply.rewritten if turn.reply else None
    return f'<p class="desk-understood">Understood as: {escape(rewritten)}</p>' if rewritten else ""


def _scope_words(turn: Turn, documents: Sequence[Document]) -> str:
    return scope_line(turn.reply.scope if turn.reply else EVERYTHING, documents)


def _fate_html(turn: Turn, fingerprint: str) -> str:
    """For a reply of another index than the one now loaded: what has become of what it quoted."""
    same = turn.fingerprint == fingerprint
    if same and not turn.lost and set(turn.fates) <= {Fate.INTACT}:
        return ""
    changed = "The documents are the same as then." if same else "The documents have changed since."
    lost = "".join(
        f"<li>Then said: “{escape(each.text)}” – {FATE_WORDS.get(each.fate, each.fate.value)} "
        f"{escape(each.document)}.</li>"
        for each in turn.lost
    )
    return (
        f'<section class="desk-fate" aria-label="What has changed since"><p>This answer is of {escape(when(turn))}. {changed} '
        f"{escape(summary(turn.fates))}</p>{f'<ul>{lost}</ul>' if lost else ''}</section>"
    )


# --- what can be done with a reply ------------------------------------------------------------------------------------


def _actions(number: int, turn: Turn) -> str:
    if turn.reply is None:
        return _group("Ask", _button("again", number, "Ask this again", event="select"))
    forms = {
        "plain": ("as plain text", plain(turn.reply, stamp(turn))),
        "markdown": ("as Markdown", markdown(turn.reply, stamp(turn))),
        "committee": ("for a committee report", committee(turn.reply, stamp(turn))),
    }
    copies = "".join(
        f'<button type="button" class="desk-link" data-copy="turn-{number}-{name}" data-said="Copied {words}." '
        f'aria-label="Copy {words}">{words}</button>'
        for name, (words, _) in forms.items()
    )
    texts = "".join(
        f'<textarea id="turn-{number}-{name}" hidden readonly>{escape(text)}</textarea>'
        for name, (_, text) in forms.items()
    )
    briefs = ""
    if isinstance(turn.reply, Answer):
        briefs = _button("brief-docx", number, "Word") + _button("brief-html", number, "web page to print")
    share = _button("link", number, "Link to this answer") + _button("again", number, "Ask again", event="select")
    return (
        '<div class="desk-actions">'
        f"{_group('Copy', copies)}{_group('Briefing', briefs) if briefs else ''}{_group('This answer', share)}"
        f"{texts}{_feedback(number, isinstance(turn.reply, Refusal))}"
        f"{_stamp_html(turn)}</div>"
    )


def _stamp_html(turn: Turn) -> str:
    return (
        f'<details class="desk-stamp"><summary>Answered on {escape(when(turn))}</summary><p>Fingerprint of the documents: '
        f"<code>{escape(turn.fingerprint)}</code>. Answers with the same fingerprint come from the same documents.</p></details>"
    )


def _group(label: str, content: str) -> str:
    return f'<div class="desk-group" role="group" aria-label="{label}"><span aria-hidden="true">{label}</span>{content}</div>'


def _button(act: str, number: int, words: str, event: str = "click") -> str:
    return (
        f'<button type="button" class="desk-link" data-send="{act}" data-event="{event}" '
        f'data-turn="{number}">{words}</button>'
    )


def _feedback(number: int, is_refusal: bool) -> str:
    wrong = "There is an answer in the documents" if is_refusal else "The evidence is wrong"
    name = f"verdict-{number}"
    choices = (("right", "Right and useful"), ("wrong", "Not right"), ("evidence wrong", wrong))
    radios = "".join(
        f'<label><input type="radio" name="verdict" value="{value}" required> {words}</label>'
        for value, words in choices
    )
    return (
        f'<details class="desk-feedback"><summary>Was this right?</summary><form aria-label="Was this right?">'
        f'<input type="hidden" name="turn" value="{number}"><fieldset><legend>Your verdict</legend>{radios}</fieldset>'
        f'<label for="{name}-comment">What should it have said? (no names of private persons)</label>'
        f'<textarea id="{name}-comment" name="comment" rows="3" maxlength="2000"></textarea>'
        '<button type="submit" class="desk-second">Send to the evaluators</button></form></details>'
    )
