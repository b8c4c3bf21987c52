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
OWNER_COLUMN = r"^(?:action )?(?:owners?|lead|led by|responsib|addressee|for|who\b|to whom|accountable)"
DEADLINE_COLUMN = r"^(?:by when|when|deadline|due|complete(?:d)? by|completion|target date|timescale|time ?frame|by$)"
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


def unnamed_point_column(cells: dict[str, str]) -> str | None:
    """In a table that a heading says is of recommendations: the column with the longest words.

    None where there is no number, owner or deadline beside it, so that it may be any table.
    """
    beside = [OWNER_COLUMN, DEADLINE_COLUMN, STATUS_COLUMN, RESPONSE_COLUMN, DATE_COLUMN]
    known = {head for head in cells if _NUMBER_COLUMN.match(head) or any(re.search(p, head, re.I) for p in beside)}
    rest = [head for head in cells if head not in known]
    is_list = any(
        _NUMBER_COLUMN.match(head) or re.search(f"{OWNER_COLUMN}|{DEADLINE_COLUMN}", head, re.I) for head in known
    )
    return max(rest, key=lambda head: len(cells[head]), default=None) if is_list else None


def number_column(cells: dict[str, str]) -> str | None:
    """The printed number of the row's point."""
    found = next((value for head, value in cells.items() if _NUMBER_COLUMN.match(head)), None)
    match = re.search(r"[A-Z]?\d[\w.]*|^\(?[A-Z](?=\W*$)", found or "")  # "7", "R7", "8.21", "C"
    return match.group().strip(".(") if match else None


def column(cells: dict[str, str], pattern: str) -> str | None:
    """The first cell whose head matches `pattern`."""
    return next((value for head, value in cells.items() if re.search(pattern, head, re.I)), None)
