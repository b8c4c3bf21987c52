"""Bytes of a text file become text.

Owns which encoding is tried, and what is said when none fits. Leaves what a web page declares to `html`.
"""

from pathlib import Path

from errors import UnreadableFileError

NOT_UTF8 = "not UTF-8: read as Windows-1252"


def decode(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text, its lines ended by a single line feed, and any warning.

    UTF-8, or UTF-16 with its mark; anything else is read as Windows-1252, and said.

    Raises:
        UnreadableFileError: the file is empty, or is no text.
    """
    text, warnings = _decoded(data)
    if "\x00" in text:
        raise UnreadableFileError(path, "is not text.", "Save it as plain text, or give it its right file ending.")
    if not text.strip():
        raise UnreadableFileError(path, "is empty.", "Remove it or put the report's text into it.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), (NOT_UTF8,)
