"""Reads a prompt and checks its placeholders.

Owns the files of this folder. Leaves filling them to the caller.
"""

import re
import string
from collections.abc import Sequence
from pathlib import Path

from errors import PromptError

FOLDER = Path(__file__).parent
_VERSION = re.compile(r"\A<!-- version (\d+) -->\n")


def load_prompt(name: str, placeholders: Sequence[str], folder: Path = FOLDER) -> str:
    """The text of `name`.md below its version, which holds exactly these placeholders.

    Raises:
        PromptError: the file is missing, has no version, or a placeholder is missing or spare.
    """
    path = folder / f"{name}.md"
    text = _VERSION.sub("", _read(path), count=1)
    try:
        found = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError as problem:
        raise PromptError(path, f"has a brace that belongs to no placeholder ({problem}); write it twice.") from None
    if found != set(placeholders):
        wrong = sorted(found ^ set(placeholders))
        raise PromptError(path, f"has missing or spare placeholders: {', '.join(wrong)}.")
    return text


def prompt_version(name: str, folder: Path = FOLDER) -> int:
    """The version that `name`.md carries in its first line; raise it with every change of its words."""
    match = _VERSION.match(_read(folder / f"{name}.md"))
    return int(match[1]) if match else 0


def _read(path: Path) -> str:
    if not path.is_file():
        raise PromptError(path, "is missing.")
    text = path.read_text(encoding="utf-8")
    if not _VERSION.match(text):
        raise PromptError(path, "must begin with a line such as <!-- version 1 -->.")
    return text
