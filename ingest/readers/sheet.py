"""The text of a reading while a reader writes it down; every addition gives back its span.

Owns the spacing of the text that html, docx and pdf extract. Leaves what each run of text is to their readers.
"""

from ingest.document import Span

NEW_BLOCK = "\n\n"
NEW_ROW = "\n"
NEW_CELL = "\t"


def collapse(text: str) -> str:
    """The same words with single spaces between them and none around them."""
    return " ".join(text.split())


class Sheet:
    """Text that only grows, so that spans given out earlier stay true."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def add(self, text: str, apart: str = NEW_BLOCK) -> Span:
        """Write `text` after what is there, `apart` from it.

        Raises:
            ValueError: `text` holds nothing visible.
        """
        if not text.strip():
            raise ValueError(f"a sheet takes visible text, not {text!r}")
        if self._parts:
            self._parts.append(apart)
            self._length += len(apart)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

    @property
    def text(self) -> str:
        return "".join(self._parts)
