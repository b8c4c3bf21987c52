"""Answers that somebody wants to link to, kept on this computer beside the index.

Owns the folder and the addresses. Leaves the shape of what is kept to `saved`. A link holds the hash of what was kept
and nothing else: no question, no name, and no way to put words on the page that this program did not write.
"""

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

FOLDER = "answers"
_KEY = re.compile(r"[0-9a-f]{20}")


def keep(folder: Path, record: dict[str, Any]) -> str:
    """The key of the record, which is written once. `folder` is made when it is missing."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    key = hashlib.sha256(text.encode()).hexdigest()[:20]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{key}.json"
    if not target.exists():
        part = folder / f".{key}.{os.getpid()}"
        part.write_text(text, encoding="utf-8")
        os.replace(part, target)
    return key


def kept(folder: Path, key: str) -> object | None:
    """The record of that key; None when there is none, or when the file is not what the key says."""
    if not _KEY.fullmatch(key):
        return None
    try:
        text = (folder / f"{key}.json").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if hashlib.sha256(text.encode()).hexdigest()[:20] != key:
        return None
    found: object = json.loads(text)
    return found


def address(key: str) -> str:
    return f"?answer={key}"
