"""The Quality tab: the latest evaluation for people who were not there, and what readers say is wrong.

Owns how a run and the review queue are shown. Leaves measuring to `eval`.
"""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from errors import AssistantError
from eval.review import Feedback, State, accept, decide, waiting
from eval.runs import Figure, RunSummary, latest
from ingest.dates import spoken
from ui.conversation import problem_html
from ui.desk import Desk
from ui.events import QUIET, SENDS, field
from ui.reply import count
from ui.replying import QUEUE
from ui.shared import Shared, download_html, notice_html

RUNS = Path("runs")  # where `python -m eval` writes
CANDIDATES = "candidates.jsonl"  # an author's file beside the index: it holds readers' words, so it is never committed
NO_RUN = (
    "<p>No evaluation has been run on this computer. Whoever looks after this page can run one: "
    "<code>python -m eval run --store STORE --gold GOLD --runs runs</code></p>"
)
NOT_EVALUATOR = (
    '<section aria-label="Review queue"><h3>Review queue</h3>'
    "<p>What readers called wrong is shown to people who are signed in as evaluators.</p></section>"
)
SHOWN_LOSSES = 20
NONE_GIVEN = "–"  # instead of a range; not shown on a phone, where each figure has a line of its own
# The measures that anybody should see, in the order in which they are read, each as a plain sentence.
PLAIN = {
    "right": "Questions dealt with rightly: answered rightly, or rightly told that the reports do not say",
    "grounded_correct": "Answerable questions answered rightly and with the right paragraph beside the answer",
    "number_right": "Questions for a number: the right number, of the right thing and year",
    "unanswerable_refused": "Questions without an answer in the reports: told so",
    "answerable_refused": "Questions with an answer in the reports: wrongly told that there is none",
    "carried_over": "Questions that lean on the one before: dealt with rightly",
    "wrong_body": "Answers about another force than the one asked about",
    "wrong_period": "Answers about another year than the one asked about",
    "verbatim": "Answers in which every quote stands word for word in its report",
    "p50_seconds": "Time for an ordinary answer",
}
STAGES = {
    "not read": "the paragraph was not read from the file",
    "not found": "the search did not find the right paragraph",
    "stopped by a gate": "wrongly taken for a question about another force or year",
    "refused wrongly": "the right paragraph was found, and wrongly judged not to answer",
    "found but not chosen": "the right paragraph was found, and another one quoted",
    "chosen but left out": "the right paragraph was quoted, without the words that answer",
    "verified away": "the right words were struck out by the last check",
    "cited but fact missing": "the right paragraph is beside an answer that misses the fact",
    "answered though unanswerable": "answered, although the reports do not say",
}


def build_quality(desk: Desk, page: gr.Blocks, shared: Shared, may_review: Callable[[gr.Request], bool]) -> None:
    """The components of the tab, and what they do, are added to the Blocks now open. `may_review` says whether a request
    may see and settle the queue, which has readers' own words."""
    figures = gr.HTML("<h2>Quality</h2>", apply_default_css=False, js_on_load=SENDS)
    queue = gr.HTML("", apply_default_css=False, js_on_load=SENDS)

    def queue_for(request: gr.Request) -> str:
        return queue_html(desk.folder / QUEUE) if may_review(request) else NOT_EVALUATOR

    def show(request: gr.Request) -> tuple[str, str]:
        return run_html(latest(RUNS, desk.fingerprint), desk.fingerprint), queue_for(request)

    def save() -> str:
        run = latest(RUNS, desk.fingerprint)
        if run is None or run.page is None:
            return notice_html("The report page is no longer there.")
        return download_html("evaluation.html", "text/html", run.page.read_bytes())

    def settle(request: gr.Request, event: gr.EventData) -> tuple[Any, str]:
        if not may_review(request):
            return notice_html("Only somebody who is signed in as an evaluator can settle it."), NOT_EVALUATOR
        key, place = field(event, "id"), desk.folder / QUEUE
        if field(event, "decision") == "accept":
            said = accepted(place, key, desk.folder / CANDIDATES)
        else:
            said = rejected(place, key, field(event, "reason"))
        return notice_html(said), queue_for(request)

    page.load(show, None, [figures, queue], queue=False, **QUIET)
    figures.click(save, None, shared.downloads, queue=False, **QUIET)
    queue.submit(settle, None, [shared.notice, queue], queue=False, **QUIET)


def run_html(run: RunSummary | None, fingerprint: str) -> str:
    """The headline figures with their intervals, what went wrong, and what was measured on what."""
    if run is None:
        return f"<h2>Quality</h2>{NO_RUN}"
    made = run.circumstances
    other = (
        ""
        if made.index == fingerprint
        else '<p class="desk-fate">These figures were measured on other documents than those loaded now.</p>'
    )
    by_key = {figure.key: figure for figure in run.headline}
    plain = "".join(_figure_html(by_key[key], words) for key, words in PLAIN.items() if key in by_key)
    every = "".join(_figure_html(figure, figure.label) for figure in run.headline)
    stages = "".join(
        f"<li>{count(number, 'question', 'questions')}: {escape(plain_stage(stage))}</li>" for stage, number in run.lost
    )
    losses = "".join(
        f"<li>{escape(loss.question)} <span>({escape(plain_stage(loss.stage))})</span></li>"
        for loss in run.losses[:SHOWN_LOSSES]
    )
    more = f"<p>The first {SHOWN_LOSSES} of {len(run.losses)}.</p>" if len(run.losses) > SHOWN_LOSSES else ""
    gates = {
        True: "It is as good as its makers require, or better.",
        False: "It is not as good as its makers require.",
        None: "",
    }[run.gates_kept]
    link = (
        '<p><button type="button" class="desk-link" data-send="report">Save the whole report</button></p>'
        if run.page
        else ""
    )
    wrong = (
        f'<h3>What it gets wrong</h3><ul class="desk-documents">{stages}</ul><details><summary>Questions it got wrong</summary>'
        f'{more}<ul class="desk-documents">{losses}</ul></details>'
        if run.losses
        else "<p>No question of this run was lost.</p>"
    )
    return (
        f"<h2>Quality</h2><p>{count(run.questions, 'question', 'questions')} whose right answers are known were put to it on "
        f"{spoken(made.started[:10])}. {gates}</p>{other}"
        f"{_table_html('Headline figures', plain)}{wrong}<details><summary>Every measure, for evaluators</summary>"
        f"{_table_html('Every measure', every)}</details>{link}"
        '<details class="desk-stamp"><summary>On what it was measured</summary><p>Fingerprint of the documents: '
        f"<code>{escape(made.index)}</code>. Questions: {escape(made.gold)} ({escape(run.part)}). Version of the program: <code>{escape(made.commit or 'unknown')}</code>. "
        f"Computer: {escape(made.machine)}.</p></details>"
    )


def queue_html(queue: Path) -> str:
    """What readers called wrong and nobody has settled, newest first, each with a form to settle it."""
    try:
        entries = waiting(queue)
    except AssistantError as error:
        return problem_html(str(error))
    items = "".join(_entry_html(entry) for entry in reversed(entries))
    none = "" if entries else "<p>Nothing waits for an evaluator.</p>"
    return (
        f'<section aria-label="Review queue"><h3>Review queue ({len(entries)})</h3>{none}<ul class="desk-ledger">{items}</ul>'
        "</section>"
    )


def accepted(queue: Path, key: str, out: Path) -> str:
    """What came of making a candidate gold question of an entry, in words."""
    try:
        entry = next((each for each in waiting(queue) if each.id == key), None)
        if entry is None:
            return "That entry has been settled already."
        number = accept(queue, entry, out)
    except AssistantError as error:
        return str(error)
    return (
        f"Accepted as {number} in {out.name}, beside the index. Its answer and evidence are still to be written there."
    )


def rejected(queue: Path, key: str, reason: str) -> str:
    """What came of turning an entry down, in words."""
    if not reason:
        return "Say why in a few words; the entry stays in the queue."
    try:
        entry = next((each for each in waiting(queue) if each.id == key), None)
        if entry is None:
            return "That entry has been settled already."
        decide(queue, entry, State.REJECTED, reason)
    except AssistantError as error:
        return str(error)
    return "Turned down; the reason is kept with it."


def plain_stage(stage: str) -> str:
    """What went wrong with a question, in plain words."""
    return STAGES.get(stage, stage)


def _table_html(name: str, rows: str) -> str:
    return (
        f'<div class="desk-scroll" tabindex="0" role="region" aria-label="{name}"><table class="desk-grid desk-stacks" '
        'role="table"><caption>With other questions of this kind the figure would nearly always (95 times in 100) lie in the range '
        'given. None is given for a plain count, or where there are too few questions to tell.</caption><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Measure</th>'
        '<th scope="col" role="columnheader">Figure</th><th scope="col" role="columnheader">Range</th>'
        f'<th scope="col" role="columnheader">Questions</th></tr></thead><tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _figure_html(figure: Figure, words: str) -> str:
    cells = (
        ("Figure", _written(figure.value, figure.unit)),
        ("Range", _interval(figure)),
        ("Questions", f"{figure.count}"),
    )
    values = "".join(
        f'<td role="cell" data-period="{name}"{" class=desk-none" if value == NONE_GIVEN else ""}>{value}</td>'
        for name, value in cells
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(words)}</th>{values}</tr>'


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return NONE_GIVEN
    return f"{_written(figure.low, figure.unit)} to {_written(figure.high, figure.unit)}"


def _written(value: float | None, unit: str) -> str:
    match unit:
        case _ if value is None:
            return "–"
        case "share" | "mean":
            return f"{100 * value:.1f} %"
        case "seconds":
            return f"{value:.2f} s"
        case "count" | "words":
            return f"{value:,.0f}"
    return f"{value:.2f}"


def _entry_html(entry: Feedback) -> str:
    comment = f"<p>“{escape(entry.comment)}”</p>" if entry.comment else ""
    key = escape(entry.id)
    return (
        f'<li class="desk-point"><h4>{escape(entry.question)}</h4><p class="desk-place">{escape(entry.verdict.value)}, '
        f"{spoken(entry.given[:10])}, cites {escape(', '.join(entry.cited) or 'nothing')}</p>{comment}"
        f"<details><summary>The answer shown</summary><p>{escape(entry.answer)}</p></details>"
        f'<form aria-label="Settle {key}"><input type="hidden" name="id" value="{key}">'
        '<button type="submit" class="desk-second" name="decision" value="accept" formnovalidate>Accept as a test question'
        f'</button><div class="desk-field"><label for="reason-{key}">Or why it is no fault</label>'
        f'<input type="text" id="reason-{key}" name="reason" required></div>'
        '<button type="submit" class="desk-second" name="decision" value="reject">Turn down</button></form></li>'
    )
