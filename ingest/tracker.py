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
    printed, dated = mark["date"], iso_date(mark["date"])
    blocks = _tags(text, mark.start(), mark.end("date"), printed)
    status = _STATUS.search(text, mark.end(), end)
    if status:
        word = f"{printed}: status {status[1].strip()}"
        blocks.append(Block(Role.ENTRY, word, ((mark.start("date"), status.end()),), dated=dated))
        return blocks + _tags(text, status.end(), end, "")
    blocks.append(
        Block(Role.HEADING, f"Comment of {printed}", ((mark.start("date"), mark.end("date")),), level=3, dated=dated)
    )
    for line in re.finditer(r"[^\n]+", text[mark.end() : end]):
        start = mark.end() + line.start()
        body = _TAG.sub("", line.group()).strip()
        if not body:
            blocks += _tags(text, start, start + len(line.group()), "")
            continue
        offset = start + line.group().find(body)
        blocks += _tags(text, start, offset, "")
        span = (offset, offset + len(body))
        parts = inline_bullets(body, span) if "•" in body else [Block(Role.TEXT, " ".join(body.split()), (span,))]
        blocks += [replace(part, dated=dated) for part in parts]
        blocks += _tags(text, span[1], start + len(line.group()), "")
    return blocks


def _tags(text: str, start: int, end: int, date: str) -> list[Block]:
    """The tags between two offsets as furniture, so that no visible character is lost."""
    return [
        Block(Role.FURNITURE, match.group(), (match.span(),)) for match in _TAG.finditer(text, start, end)
    ] if not date else [Block(Role.FURNITURE, "[on]", (_TAG.search(text, start, end).span(),))]  # type: ignore[union-attr]  # the mark begins with a tag
