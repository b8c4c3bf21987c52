"""A run as one HTML page that needs nothing else: no network, no font, no library; it prints and mails as it is.

Owns the page. Leaves single questions to `cards`, drawing to `curves` and every figure to the modules that define it.
"""

import json
from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from pydantic import TypeAdapter

from eval import cards, curves
from eval.compare import HEADLINE, Baseline, comparisons, read_outcomes, scored
from eval.evaluate import K_VALUES, Row, Run, Unit, measures, summarise
from eval.metrics import SMALLEST_SLICE
from eval.outcome import Outcome
from eval.paired import Comparison, detectable
from eval.runs import PARAGRAPHS, TRACES, Figure, RunSummary, read_summary
from eval.selective import area_under, auroc, coverage_at, coverage_risk
from eval.stages import Trace
from eval.table import figure as figure_words

_TRACE = TypeAdapter(Trace)
HERE = Path(__file__).resolve().parent
ASSUMED_CHANGE = 0.32  # standard deviation of differences when two runs disagree on a tenth of 0/1 questions


def page_of(folder: Path, before: Baseline | None = None, with_words: bool = True) -> str:
    """The page of the run in `folder`.

    Args:
        before: the run or baseline to show the change since.
        with_words: False leaves out answers and paragraphs of the reports, so that the page may be passed on.

    Raises:
        InputError: there is no run, or it is damaged.
    """
    summary, outcomes = read_summary(folder), read_outcomes(folder)
    words = json.loads((folder / PARAGRAPHS).read_text(encoding="utf-8")) if with_words else {}
    lines = (folder / TRACES).read_text(encoding="utf-8").splitlines()
    traces = {raw["id"]: _TRACE.validate_python(raw) for raw in map(json.loads, lines)}
    rows = summarise(Run(outcomes, K_VALUES))
    changes = {}
    if before is not None:
        after = Baseline(summary.circumstances, tuple(map(scored, outcomes)))
        keys = [each.key for each in measures() if "seconds" not in each.key]
        changes = {each.measure: each for each in comparisons(before, after, keys)}
    body = "".join(
        [
            _head(summary, changes.get(HEADLINE)),
            _headline(summary.headline, changes),
            _change(changes.get(HEADLINE)),
            _stages(summary),
            _refusals(outcomes),
            _curves(outcomes, rows),
            _slices(rows),
            _questions(outcomes, traces, words, with_words),
            _circumstances(summary),
        ]
    )
    style, script = ((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    title = escape(f"Evaluation of {summary.circumstances.gold}, {summary.circumstances.started[:10]}")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{style}</style></head><body>{body}<script>{script}</script></body></html>\n"
    )


def _head(summary: RunSummary, change: Comparison | None) -> str:
    where = summary.circumstances
    parts = {"all": "dev and check parts", "dev": "dev part", "check": "check part", "locked": "locked part"}
    kept = (
        "All gates are kept." if summary.part == "all" else "The hard gates are kept; floors are held on dev and check."
    )
    verdict = {True: kept, False: "A gate is missed.", None: "No gate was checked."}[summary.gates_kept]
    since = f" Since the baseline: {escape(_difference(change))}." if change else ""
    failed = " failed" if summary.gates_kept is False else ""
    return (
        f"<h1>Evaluation of {escape(where.gold)}</h1><p class=soft>{summary.questions} questions, {parts.get(summary.part, '')}, "
        f"{escape(where.started.replace('T', ' ').replace('Z', ' UTC'))}, commit {escape(where.commit or 'unknown')}</p>"
        f'<p class="verdict{failed}"><strong>{verdict}</strong>{since}</p>'
    )


def _headline(figures: Sequence[Figure], changes: dict[str, Comparison]) -> str:
    head = "<tr><th>Figure</th><th class=n>value</th><th>95% interval</th><th class=drawn></th><th class=n>questions</th><th>since the baseline</th></tr>"
    rows = []
    for place, each in enumerate(figures):
        row = Row("all", each.key, each.label, Unit(each.unit), each.count, each.value, each.low, each.high)
        value, _, band = figure_words(row).partition(" (" if "(n<" in figure_words(row) else " ")
        band = f"none ({band}" if band.startswith("n<") else band
        drawn = (
            curves.interval(each.value, each.low, each.high)
            if each.unit in ("share", "mean") and each.value is not None
            else ""
        )
        strong = " strong" if place == 0 else ""
        rows.append(
            f'<tr><td class="{strong}">{escape(each.label)}</td><td class="n{strong}">{escape(value)}</td><td class=range>{escape(band)}</td>'
            f"<td class=drawn>{drawn}</td><td class=n>{each.count}</td><td>{_since(changes.get(each.key))}</td></tr>"
        )
    return f"<h2>Headline</h2><div class=wide><table>{head}{''.join(rows)}</table></div>"


def _since(change: Comparison | None) -> str:
    if change is None:
        return ""
    better = len(change.wins) - len(change.losses)
    shown = change.low is not None and change.verdict in ("higher", "lower")
    name = ("better" if better > 0 else "worse") if shown else "soft"
    return f'<span class="{name}">{escape(_difference(change))}</span>'


def _difference(change: Comparison) -> str:
    scale, unit = (100, " points") if abs(change.before) <= 1 and abs(change.after) <= 1 else (1, "")
    if change.difference == 0 and not change.wins and not change.losses:
        return "unchanged"
    text = f"{scale * change.difference:+.1f}{unit}"
    if change.low is None or change.high is None:
        return f"{text}, {change.verdict}"
    return f"{text} [{scale * change.low:+.1f}, {scale * change.high:+.1f}], {len(change.wins)} won, {len(change.losses)} lost"


def _change(change: Comparison | None) -> str:
    if change is None:
        return ""
    seen = (
        f" p = {change.p_value:.3f} (randomisation), {change.mcnemar:.3f} (McNemar)."
        if change.p_value is not None and change.mcnemar is not None
        else ""
    )
    named = "".join(
        f"<p>{name} ({len(ids)}): <span class=id>{escape(', '.join(ids)) or 'none'}</span></p>"
        for name, ids in (("Won", change.wins), ("Lost", change.losses))
    )
    return f"<h2>Change since the baseline, question by question</h2><p>{change.ties} of {change.count} questions as before.{seen}</p>{named}"


def _stages(summary: RunSummary) -> str:
    most = max((count for _, count in summary.lost), default=1)
    rows = "".join(
        f"<tr><td>{escape(stage)}</td><td class=n>{count}</td><td>{curves.bar(count, most)}</td></tr>"
        for stage, count in summary.lost
    )
    return f"<h2>Where questions are lost</h2><p>The first stage that lost each question, in the order in which the assistant works.</p><table>{rows}</table>"


def _refusals(outcomes: Sequence[Outcome]) -> str:
    cells = {
        (a, r): sum(o.is_answerable is a and o.refused is r for o in outcomes)
        for a in (True, False)
        for r in (True, False)
    }
    reasons = sorted(outcome.reason for outcome in outcomes if outcome.refused)
    listed = "; ".join(f"{escape(name)} {len(list(group))}" for name, group in groupby(reasons))
    return (
        "<h2>Refusing</h2><table class=matrix><tr><th></th><th class=n>answered</th><th class=n>refused</th></tr>"
        f"<tr><th>has an answer</th><td class=n>{cells[True, False]}</td><td class=n>{cells[True, True]}</td></tr>"
        f"<tr><th>has none</th><td class=n>{cells[False, False]}</td><td class=n>{cells[False, True]}</td></tr></table>"
        f"<p class=soft>Reasons given: {listed or 'none'}.</p>"
    )


def _curves(outcomes: Sequence[Outcome], rows: Sequence[Row]) -> str:
    known = [(each.confidence, each.is_right) for each in outcomes if each.confidence is not None and not each.refused]
    risk = coverage_risk([(c, right) for c, right in known if c is not None], len(outcomes))
    overall = {row.measure: row.value for row in rows if row.slice == "all"}
    recall = [
        (float(k), overall[f"recall_at_{k}"] or 0.0) for k in K_VALUES if overall.get(f"recall_at_{k}") is not None
    ]
    seconds = sorted(each.seconds for each in outcomes)
    spread = [(value, place / len(seconds)) for place, value in enumerate(seconds, start=1)]
    charts = [
        curves.chart(
            "Risk and coverage",
            "share of questions answered, surest first",
            "share of them wrong",
            [(p.coverage, p.risk) for p in risk],
            1,
            1,
        ),
        curves.chart("Recall at k", "paragraphs looked at", "evidence found", recall, max(K_VALUES), 1, ticks=K_VALUES),
        curves.chart(
            "Latency",
            "seconds to the reply",
            "share of questions",
            spread,
            curves.round_up(max(seconds, default=1)),
            1,
            step=True,
        ),
    ]
    told = auroc(
        [c for c, right in known if right and c is not None], [c for c, right in known if not right and c is not None]
    )
    area = area_under(risk)
    words = (
        f"<p class=soft>Right above wrong answers: AUROC {told:.2f}. Area under risk and coverage {area:.3f}. "
        f"Coverage at 10% risk: {coverage_at(risk, 0.1):.0%}.</p>"
        if told is not None and area is not None
        else ""
    )
    return f"<h2>Curves</h2><div class=charts>{''.join(charts)}</div>{words}"


def _slices(rows: Sequence[Row]) -> str:
    keys = {
        HEADLINE: "right",
        "grounded_correct": "grounded",
        "citation_precision": "cit. precision",
        "recall_at_5": "recall@5",
        "refused": "refused",
    }
    of = {(row.slice, row.measure): row for row in rows}
    names = [name for name in dict.fromkeys(row.slice for row in rows) if name != "all"]
    head = "".join(f"<th class=n>{name}</th>" for name in ("questions", *keys.values()))
    lines = "".join(
        f"<tr><td>{escape(name)}</td><td class=n>{of[name, HEADLINE].count}</td>"
        + "".join(f"<td class=n>{escape(figure_words(of[name, key]))}</td>" for key in keys)
        + "</tr>"
        for name in names
        if not (name.startswith("tag:") and of[name, HEADLINE].count < SMALLEST_SLICE // 2)
    )
    note = f"A slice under {SMALLEST_SLICE} questions gets no percentage: nothing can be concluded from it."
    return (
        f"<h2>Slices</h2><p class=soft>{note}</p><div class=wide><table><tr><th></th>{head}</tr>{lines}</table></div>"
    )


def _questions(outcomes: Sequence[Outcome], traces: dict[str, Trace], words: cards.Words, with_words: bool) -> str:
    lost = cards.worst(outcomes)
    boxes = "".join(
        f'<label>{name} <select id="{key}"><option value="">all</option>{"".join(f"<option>{escape(each)}</option>" for each in values)}</select></label>'
        for name, key, values in (
            ("Kind", "kind", dict.fromkeys(each.kind for each in outcomes if each.lost)),
            ("Lost at", "stage", dict.fromkeys(each.lost.value for each in lost if each.lost)),
        )
    )
    shown = "".join(cards.card(each, traces.get(each.id), words, with_words) for each in lost[: cards.WORST])
    others = "".join(map(cards.line, lost[cards.WORST :]))
    table = (
        f"<h3>The others that were lost</h3><div class=wide><table><tr><th>id</th><th>question</th><th>kind</th><th>lost at</th></tr>{others}</table></div>"
        if others
        else ""
    )
    return (
        f"<h2>The worst {min(cards.WORST, len(lost))} questions</h2><p class=soft>What misleads a reader comes before what leaves him without an answer.</p>"
        f'<div class="filters">{boxes}<span id="shown" class="soft"></span></div>{shown}{table}'
    )


def _circumstances(summary: RunSummary) -> str:
    where = summary.circumstances
    noticed = detectable(ASSUMED_CHANGE, max(1, summary.questions))
    facts = {
        "gold": f"{where.gold} ({where.gold_sha256})",
        "index": f"{where.index}, read by {where.reader}",
        "settings": where.settings,
        "code": where.commit or "unknown",
        "versions": ", ".join(f"{name} {number}" for name, number in where.versions.items()),
        "machine": f"{where.machine}; peak memory {where.peak_megabytes:.0f} MB; {where.seconds:.0f} s in all",
    }
    rows = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>" for name, value in facts.items())
    return (
        f"<h2>What was measured on what</h2><table>{rows}</table><p>Two runs that disagree on one question in ten can be told "
        f"apart by this set, four times in five, when they truly differ by {100 * noticed:.1f} points. Shares have Wilson's "
        "interval, means a bootstrap over questions.</p>"
    )
