"""Reads .txt: plain reports, Markdown saved as text, and tracker exports.

Owns decoding and telling the three apart. Leaves layout to `plain`, `tracker` and `markdown`.
"""

import re
from pathlib import Path

from errors import UnreadableFileError
from ingest.document import Reading
from ingest.plain import read_plain
from ingest.readers import markdown
from ingest.tracker import is_tracker, read_tracker

_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.M)
MARKDOWN_HEADINGS = 3  # fewer may be a comment sign in plain text


def decode(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text and any warning. UTF-8, or UTF-16 with its mark; anything else is read as Windows-1252, and said."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, warnings = data.decode("utf-16", errors="replace"), ()
    else:
        try:
            text, warnings = data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            text, warnings = data.decode("cp1252", errors="replace"), ("not UTF-8: read as Windows-1252",)  # type: ignore[assignment]  # one warning
    if "\x00" in text:
        raise UnreadableFileError(path, "is not text.", "Save it as plain text, or give it its right file ending.")
    if not text.strip():
        raise UnreadableFileError(path, "is empty.", "Remove it or put the report's text into it.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def read(data: bytes, path: Path) -> Reading:
    """Blocks of a .txt file."""
    text, warnings = decode(data, path)
    if is_tracker(text):
        reading = read_tracker(text)
    elif len(_MARKDOWN_HEADING.findall(text)) >= MARKDOWN_HEADINGS:
        reading = markdown.read(text.encode(), path)
    else:
        reading = read_plain(text)
    return Reading(reading.text, reading.blocks, reading.title, (*warnings, *reading.warnings))
