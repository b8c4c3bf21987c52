"""The filters that narrow what is asked or searched, and the line that says how it was narrowed.

Owns their form and turning what was chosen into a Scope. Leaves what a scope allows to `assistant.scope`.
"""

from collections.abc import Iterable, Sequence
from html import escape

import gradio as gr

from assistant.render import describe_document
from assistant.scope import EVERYTHING, Scope, published
from ingest.dates import spoken
from ingest.document import Document
from ui.events import field, fields
from ui.source import full_name

NO_BODY = "On no single body"


def filters_html(documents: Sequence[Document], prefix: str, legend: str) -> str:
    """A row of labelled controls. `prefix` sets their ids apart from those of other forms on the page."""
    bodies = _sorted(document.metadata.body for document in documents)
    periods = _sorted(document.metadata.period for document in documents)
    return (
        f'<fieldset class="desk-filters"><legend>{legend}</legend>'
        f"{choice(prefix, 'body', 'Body inspected', 'All bodies', [(body, body) for body in bodies])}"
        f"{report_choice(prefix, 'documents', 'Report', 'All reports', documents)}"
        f"{choice(prefix, 'period', 'Period', 'Any period', [(period, period) for period in periods])}"
        f'<div class="desk-field"><label for="{prefix}-as_of">As of</label>'
        f'<input type="date" id="{prefix}-as_of" name="as_of" aria-describedby="{prefix}-as_of-hint">'
        f'<span class="desk-hint" id="{prefix}-as_of-hint">nothing dated later</span></div></fieldset>'
    )


def choice(
    prefix: str, name: str, label: str, everything: str, values: Iterable[tuple[str, str]], chosen: str = ""
) -> str:
    """A labelled list to choose one value from; its first entry is no limit."""
    return _list(prefix, name, label, everything, _options(values, chosen))


def report_choice(prefix: str, name: str, label: str, everything: str, documents: Iterable[Document]) -> str:
    """A list of documents, the newest first, under their bodies where there are several."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for document in sorted(documents, key=published, reverse=True):
        groups.setdefault(document.metadata.body or "", []).append((document.id, describe_document(document)))
    if len(groups) < 2:
        return choice(prefix, name, label, everything, [each for group in groups.values() for each in group])
    options = "".join(
        f'<optgroup label="{escape(body or NO_BODY)}">{_options(groups[body])}</optgroup>'
        for body in sorted(groups, key=lambda body: (not body, body))
    )
    return _list(prefix, name, label, everything, options)


def _options(values: Iterable[tuple[str, str]], chosen: str = "") -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(shown)}</option>'
        for value, shown in values
    )


def _list(prefix: str, name: str, label: str, everything: str, options: str) -> str:
    return (
        f'<div class="desk-field"><label for="{prefix}-{name}">{escape(label)}</label>'
        f'<select id="{prefix}-{name}" name="{name}"><option value="">{escape(everything)}</option>{options}</select></div>'
    )


def scope_of(event: gr.EventData) -> Scope:
    """The scope that a form's values name."""
    return Scope(
        field(event, "body") or None,
        fields(event, "documents"),
        field(event, "period") or None,
        field(event, "as_of") or None,
    )


def scope_line(scope: Scope, documents: Sequence[Document]) -> str:
    """How the search was narrowed: "All reports, any period"."""
    if scope == EVERYTHING:
        return "All bodies, all reports, any period, as of today"
    named = {document.id: full_name(document) for document in documents}
    reports = ", ".join(named.get(key, key) for key in scope.documents)
    return "; ".join(
        [
            scope.body or "all bodies",
            reports or "all reports",
            f"period {scope.period}" if scope.period else "any period",
            f"as of {spoken(scope.as_of)}" if scope.as_of else "as of today",
        ]
    )


def _sorted(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})
