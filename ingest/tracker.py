"""Tracker entries: statuses and comments between `[on]DATE ... [/on]` tags, read as dated entries.

Owns the pseudo-markup that recommendation trackers export. Leaves the text before the first tag to `plain`.
"""

import re
from dataclasses import replace

from ingest.dates import iso_date
from ingest.document import Block, Reading, Role
from ingest.plain import inline_bullets, read_plain

_ON = re.compile(r"\[on\]\s*(?P<date>[^\[\n]{4,40}?)\s*(?=\[)")
_STATUS = re.compile(r"\[status\](.*?)\[/status\]", re.S)
_TAG = re.compile(r"\[/?(?:on|status|comment)\]")


def is_tracker(text: str) -> bool:
    """Whether the text carries tracker tags."""
    return _ON.search(text) is not None and ("[status]" in text or "[comment]" in text)


def read_tracker(text: str) -> Reading:
    """The text before the tags as plain blocks, then a block for each status and each paragraph of each comment.

    Tags are furniture. A comment that is never closed runs to the end of the file.
    """
    marks = list(_ON.finditer(text))
    head = read_plain(text[: marks[0].start()])
    blocks = list(head.blocks)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        blocks += _entry(text, mark, end)
    return Reading(text, tuple(blocks))


def _entry(text: str, mark: re.Match[str], end: int) -> list[Block]:
    """The date, its status where it has one, and everything else between the tags as dated prose."""
    printed, dated = mark["date"], iso_date(mark["date"])
    blocks = [Block(Role.FURNITURE, "[on]", ((mark.start(), mark.start("date")),))]
    status = _STATUS.search(text, mark.end(), end)
    if status is None or not status[1].strip():
        blocks.append(Block(Role.HEADING, f"Comment of {printed}", (mark.span("date"),), level=3, dated=dated))
        return blocks + _prose(text, mark.end(), end, dated)
    word = f"{printed}: status {' '.join(status[1].split())}"
    is_next = not text[mark.end() : status.start()].strip()
    pieces = ((mark.start("date"), status.end()),) if is_next else (mark.span("date"), status.span())
    blocks.append(Block(Role.ENTRY, word, pieces, dated=dated))
    return blocks + _prose(text, mark.end(), status.start(), dated) + _prose(text, status.end(), end, dated)


def _prose(text: str, start: int, end: int, dated: str | None) -> list[Block]:
    """Each line between two offsets as a paragraph or its bullets, and each tag as furniture."""
    blocks: list[Block] = []
    for tag in (*_TAG.finditer(text, start, end), None):
        for line in re.finditer(r"[^\n]*[^\s][^\n]*", text[start : tag.start() if tag else end]):
            body = line.group().strip()
            place = start + line.start() + line.group().find(body)
            span = (place, place + len(body))
            parts = inline_bullets(body, span) if "•" in body else [Block(Role.TEXT, " ".join(body.split()), (span,))]
            blocks += [replace(part, dated=dated) for part in parts]
        if tag:
            blocks.append(Block(Role.FURNITURE, tag.group(), (tag.span(),)))
            start = tag.end()
    return blocks
