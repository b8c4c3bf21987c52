"""What a script on the page sends with an event.

Owns turning loose values into strings once, at the edge: whoever can reach the page can send anything.
"""

from typing import Any

import gradio as gr

LONGEST = 20_000  # characters of one value; a form of this page sends far fewer

# How every listener of the page is declared: no name that programs could call, no overlay while it runs.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# Gives an element's clicks and forms to the server; `desk.js` defines it.
SENDS = "window.deskSends(element, trigger)"


def field(event: gr.EventData, name: str) -> str:
    """The value sent under `name`, without white space around it; empty when there is none."""
    return next(iter(fields(event, name)), "")


def fields(event: gr.EventData, name: str) -> tuple[str, ...]:
    """All values sent under `name`, as from boxes that were ticked."""
    sent = event._data if isinstance(event._data, dict) else {}  # the class offers no other way to ask for a key
    value = sent.get(name)
    values = value if isinstance(value, list) else [value]
    return tuple(each.strip()[:LONGEST] for each in values if isinstance(each, str) and each.strip())
