"""Reads a prompt and checks its placeholders.

Owns the files of this folder. Leaves filling them to the caller.
"""

import string
from collections.abc import Sequence
from pathlib import Path

from errors import PromptError

FOLDER = Path(__file__).parent


def load_prompt(name: str, placeholders: Sequence[str], folder: Path = FOLDER) -> str:
    """The text of `name`.md, which holds exactly these placeholders.

    Raises:
        PromptError: the file is missing, or a placeholder is missing or spare.
    """
    path = folder / f"{name}.md"
    if not path.is_file():
        raise PromptError(path, "is missing.")
    text = path.read_text(encoding="utf-8")
    try:
        found = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError as problem:
        raise PromptError(path, f"has a brace that belongs to no placeholder ({problem}); write it twice.") from None
    if found != set(placeholders):
        wrong = sorted(found ^ set(placeholders))
        raise PromptError(path, f"has missing or spare placeholders: {', '.join(wrong)}.")
    return text
