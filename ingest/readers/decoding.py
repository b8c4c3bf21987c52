"""Bytes of a text file become text.

Owns which encoding is tried, and what is said when none fits. Leaves what a web page declares to `html`.
"""

from pathlib import Path

from errors import UnreadableFileError

NOT_UTF8 = "not UTF-8: read as Windows-1252"
PARTLY_UTF8 = "partly not UTF-8: those lines were read as Windows-1252"
UTF_16_SHARE = 0.6  # of every second byte is null: nearly all in English UTF-16, none in any other text
FEWEST_BYTES, SAMPLE = 16, 4096  # bytes looked at


def decode(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text, its lines ended by a single line feed, and any warning.

    UTF-8, or UTF-16 with its mark or its null bytes, or UTF-32 with its mark. Any line that is none of these is read as
    Windows-1252, and said.

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
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return data.decode("utf-32", errors="replace"), ()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    unmarked = _utf_16_order(data)
    if unmarked:
        return data.decode(unmarked, errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _line_by_line(data.removeprefix(b"\xef\xbb\xbf"))


def _utf_16_order(data: bytes) -> str | None:
    """The byte order of UTF-16 without its mark, by which of every two bytes are null."""
    sample = data[: min(SAMPLE, len(data) // 2 * 2)]
    if len(sample) < FEWEST_BYTES:
        return None
    first, second = (sample[start::2].count(0) * 2 / len(sample) for start in (0, 1))
    if second > UTF_16_SHARE and first == 0:
        return "utf-16-le"
    return "utf-16-be" if first > UTF_16_SHARE and second == 0 else None


def _line_by_line(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text put together from files of two encodings; a line of one is hardly ever right in the other."""
    lines, wrong, right = [], 0, 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
            right += not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            wrong += 1
    return "\n".join(lines), (PARTLY_UTF8 if right else NOT_UTF8,)
