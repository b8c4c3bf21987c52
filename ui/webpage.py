"""A paper as one web page that needs nothing else: to read, to print, to mail.

Owns its HTML. Leaves what is on the paper to its maker.
"""

from html import escape

from ui.paper import Line, Paper, Style

STYLE = (
    "body{font:17px/1.5 Georgia,'Times New Roman',serif;max-width:42em;margin:2em auto;padding:0 1em;color:#16191d;background:#fff}"
    "h1,h2{font-family:system-ui,sans-serif;line-height:1.25}h1{font-size:1.7em}h2{font-size:1.15em;margin-top:2em;"
    "border-bottom:2px solid #16191d}blockquote{margin:1em 0;padding-left:1em;border-left:4px solid #c9ced2}"
    "sup{line-height:0}sup a{text-decoration:none}ol{padding-left:1.6em;font-size:.88em}footer{margin-top:3em;border-top:1px solid #c9ced2;"
    "font-size:.82em;color:#50585f}a{color:#1a5a96}@media print{body{margin:0;max-width:none;font-size:11pt}}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def paper_html(paper: Paper) -> str:
    """The whole page. Numbers lead to their footnotes, and footnotes back to where they are first used."""
    seen: set[int] = set()
    body = "".join(_line(line, seen) for line in paper.lines)
    notes = "".join(
        f'<li id="note-{number}">{escape(text)} <a href="#mark-{number}" aria-label="Back to where note {number} is used">'
        "&#8593;</a></li>"
        for number, text in enumerate(paper.footnotes, start=1)
    )
    end = "".join(f"<p>{escape(text)}</p>" for text in paper.colophon)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{POLICY}"><meta name="viewport" content="width=device-width"><title>{escape(paper.title)}</title>'
        f"<style>{STYLE}</style></head><body><main><h1>{escape(paper.title)}</h1>{body}"
        f"<h2>Notes</h2><ol>{notes}</ol></main><footer>{end}</footer></body></html>"
    )


def _line(line: Line, seen: set[int]) -> str:
    words = f"{escape(line.words)}{''.join(_mark(number, seen) for number in line.notes)}"
    match line.style:
        case Style.HEADING:
            return f"<h2>{words}</h2>"
        case Style.QUOTE:
            return f"<blockquote>{words}</blockquote>"
        case Style.ITEM:
            return f"<ul><li>{words}</li></ul>"
        case Style.TEXT:
            return f"<p>{words}</p>"


def _mark(number: int, seen: set[int]) -> str:
    anchor = "" if number in seen else f' id="mark-{number}"'
    seen.add(number)
    return f'<sup><a{anchor} href="#note-{number}" aria-label="Note {number}">{number}</a></sup>'
