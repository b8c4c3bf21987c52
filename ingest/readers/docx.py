"""Reads Word files (.docx).

Owns opening the file and saying what is wrong with it. Leaves its paragraphs to `docx_blocks`, the XML to `docx_parts`.
"""

import zlib
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx import Document as open_document
from docx.opc.exceptions import OpcError

from errors import UnreadableFileError
from ingest.document import Reading, Role
from ingest.readers.docx_blocks import WordFile
from ingest.readers.lists import settle
from ingest.readers.sheet import collapse

MOST_BYTES = 200_000_000  # unpacked; a report of 500 pages with photographs stays under 100 MB
MOST_RATIO, RATIO_FROM = 200, 10_000_000  # the XML of real reports packs 5 to 30 times; small parts may pack better
HEAD = 1024  # bytes of a part, where a document type stands
DEFAULT_TITLE = "Word Document"  # python-docx's own, for a file without properties
OLD_WORD = b"\xd0\xcf\x11\xe0"  # the container of encrypted files and of Word 97 to 2003

# What python-docx raises on damaged files: seen by cutting files short and overwriting bytes of them. `SyntaxError` is
# broken XML, `RuntimeError` a member with a password or packed in an unknown way.
DAMAGE = (OpcError, BadZipFile, zlib.error, LookupError, ValueError, SyntaxError, RuntimeError, EOFError)


def read(data: bytes, path: Path) -> Reading:
    """Blocks of a Word file.

    Raises:
        UnreadableFileError: the file is no .docx, is encrypted, damaged or too large unpacked, or holds no text.
    """
    _refuse_bombs(data, path)
    try:
        if _has_entities(data):
            raise ValueError("a part declares a document type")
        document = open_document(BytesIO(data))
        title = collapse(document.core_properties.title)
        file = WordFile(document)
    except DAMAGE as error:
        remedy = "Open it in Word or LibreOffice and save it again as .docx."
        raise UnreadableFileError(path, f"is damaged, or is no Word file ({type(error).__name__}).", remedy) from error
    file.read()
    if all(block.role is Role.FURNITURE for block, _ in file.drafts):
        problem = "holds only images." if file.lone_images else "holds no text."
        raise UnreadableFileError(path, problem, "Put the report's text into it, or run OCR on its scans and add that.")
    count = file.lone_images
    warnings = (f"{count} image(s) stand alone: words inside them were not read",) if count else ()
    return Reading(file.sheet.text, settle(file.drafts), title if title not in ("", DEFAULT_TITLE) else None, warnings)


def _refuse_bombs(data: bytes, path: Path) -> None:
    if data.startswith(OLD_WORD):
        remedy = "Open it in Word, take the password off, and save it as .docx."
        raise UnreadableFileError(path, "is encrypted, or is an old Word file.", remedy)
    if not data.strip():
        raise UnreadableFileError(path, "is empty.", "Copy it again from where it came.")
    try:
        members = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, NotImplementedError) as error:
        raise UnreadableFileError(path, "is not a .docx file.", "Open it in Word and save it as .docx.") from error
    is_bomb = any(
        member.file_size > RATIO_FROM and member.file_size > MOST_RATIO * member.compress_size for member in members
    )
    if is_bomb or sum(member.file_size for member in members) > MOST_BYTES:
        raise UnreadableFileError(path, "unpacks to far more than a report holds.", "Save its text in a new file.")


def _has_entities(data: bytes) -> bool:
    """Whether a part declares a document type: Word writes none, and text behind an entity would be lost."""
    archive = ZipFile(BytesIO(data))
    for name in archive.namelist():
        if name.endswith(".xml") and archive.open(name).read(HEAD).count(b"<!DOCTYPE"):
            return True
    return False
