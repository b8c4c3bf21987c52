"""What a file is by its first bytes, whatever its ending says.

Owns telling formats apart. Leaves which reader reads which to `corpus`.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

HEAD = 1024  # bytes; a PDF may carry that much before its own mark (PDF 1.7, implementation note 13)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word, Excel and PowerPoint 97 to 2003, and encrypted newer ones

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_NAMES = {".pdf": "a PDF", ".docx": "a Word file", ".html": "a web page"}
_SAME = {".htm": ".html"}


def ending_by_content(data: bytes, ending: str) -> str:
    """The ending that the bytes ask for: ".pdf", ".docx" or ".html"; else `ending` itself."""
    head = data[:HEAD]
    if b"%PDF-" in head:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return ".docx" if _is_word(data) else ending
    text = head.decode("utf-16", errors="replace").encode() if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if _HTML.match(text.removeprefix(b"\xef\xbb\xbf")):
        return ending if ending in _SAME else ".html"
    return ending


def foreign_format(data: bytes) -> str | None:
    """The name of a format that nothing here reads, if the bytes are of one."""
    if data.startswith(OLD_OFFICE):
        return "an old or encrypted Office file"
    if data.startswith(b"{\\rtf"):
        return "a rich text file (RTF)"
    if data.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return "an OpenDocument file"
    return None


def mismatch(ending: str, content: str) -> str:
    """The warning for a file that was read as something else than its ending says."""
    return f"the file's ending is {ending}, but it is {_NAMES[content]}: read as that"


def _is_word(data: bytes) -> bool:
    try:
        return "word/document.xml" in ZipFile(BytesIO(data)).namelist()
    except (BadZipFile, NotImplementedError, ValueError):
        return False
