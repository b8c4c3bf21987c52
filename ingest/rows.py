"""What the columns of a table hold that lists points and what was done about them.

Owns taking a row's cells apart again and saying what a column is for. Leaves reading tables to the readers.
"""

import re

from ingest.document import Kind, Paragraph

_HEAD = re.compile(r"(?:^|; )(?P<head>[A-Z][\w ./()’'&-]{0,50}): ")
_POINT_COLUMN = re.compile(
    r"\b(?:recommendations?|areas? for improvement|AFIs?)\b(?!.*\b(?:no|number|ref|status|response)\b)", re.I
)
_NUMBER_COLUMN = re.compile(
    r"^(?:#|no\.?|nr\.?|number|ref\.?(?:erence)?|id|rec(?:ommendation)?\.? ?(?:no\.?|number|ref\.?|#))$", re.I
)
STATUS_COLUMN = r"\b(?:status|rag|position|accepted\b|decision|outcome)"
RESPONSE_COLUMN = r"\b(?:response|reply|action|progress|update|comment|position|management)"
DATE_COLUMN = r"\b(?:date|updated|as at)\b"


def row_cells(paragraph: Paragraph) -> dict[str, str]:
    """Cells by column head, in order; empty where the paragraph is no row with heads.

    A head inside a cell's own words cannot be told from the table's; only heads of at most 50 characters are taken.
    """
    if paragraph.kind not in (Kind.TABLE_ROW, Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION):
        return {}
    text = paragraph.text
    marks = list(_HEAD.finditer(text))
    if not marks or marks[0].start() > 0 or len(paragraph.pieces) < 2:
        return {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {mark["head"]: text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}


def is_point_column(head: str) -> bool:
    """Whether the column holds the words of recommendations or areas for improvement."""
    return _POINT_COLUMN.search(head) is not None and _NUMBER_COLUMN.match(head) is None


def number_column(cells: dict[str, str]) -> str | None:
    """The printed number of the row's point."""
    found = next((value for head, value in cells.items() if _NUMBER_COLUMN.match(head)), None)
    match = re.search(r"[A-Z]?\d[\w.]*", found or "")
    return match.group().rstrip(".") if match else None


def column(cells: dict[str, str], pattern: str) -> str | None:
    """The first cell whose head matches `pattern`."""
    return next((value for head, value in cells.items() if re.search(pattern, head, re.I)), None)
