"""Reads .txt: plain reports, Markdown saved as text, and tracker exports.

Owns telling the three apart. Leaves encodings to `decoding`, layout to `plain`, `tracker` and `markdown`.
"""

import re
from pathlib import Path

from ingest.document import Reading
from ingest.plain import read_plain
from ingest.readers import markdown
from ingest.readers.decoding import decode
from ingest.tracker import is_tracker, read_tracker

_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.M)
MARKDOWN_HEADINGS = 3  # fewer may be a comment sign in plain text


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
