"""The register as records: the contract of `python -m ingest --register` for programs and spreadsheets.

Owns field names and their order. Leaves printing to `__main__`.

Every record has `kind`, `id`, `document`, `date` (ISO, of the document or of the entry), `body`, `text`, `paragraphs` (ids of
the paragraphs that prove it, in reading order) and the fields of its kind. Names are added, never changed or taken away.

- "judgement": `area`, `aliases`, `grade`, `period`, `notes` (ids of paragraphs on comparing grades).
- "area for improvement", "cause of concern", "recommendation", "innovative practice": `number`, `title`, `section`, `addressee`,
  `deadline` (as printed), `due` (ISO), `concludes`, `restated`, `repeats`, `remains_from`.
- "response", "status": `respondent`, `answers` (ids of points), `status`, `basis` ("stated" or "read"), `proof_paragraph`,
  `proof_start`, `proof_end` (characters of that paragraph's text). A "status" states a word and nothing else.
- "figure": `printed`, `value`, `unit`, `measures`, `period`, `comparison`, `proof_paragraph`, `proof_start`, `proof_end`.

In JSON a field that does not apply is left out, and lists are lists. In CSV each record has all `COLUMNS`; lists are joined by
spaces (ids) or semicolons (names), and a cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.document import Kind
from ingest.entries import Figure, Judgement, Point, Response
from ingest.prints import joined
from ingest.register import Register

Value = str | int | bool | list[str] | None
COLUMNS = (
    "kind", "id", "document", "date", "body", "period", "area", "grade", "number", "title", "text", "section", "addressee",
    "deadline", "due", "concludes", "restated", "remains_from", "respondent", "answers", "status", "basis", "printed", "value",
    "unit", "measures", "comparison", "aliases", "paragraphs", "repeats", "notes", "proof_paragraph", "proof_start", "proof_end",
)  # fmt: skip
_OF_IDS = frozenset({"paragraphs", "repeats", "notes", "answers", "remains_from"})
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
)  # first characters that spreadsheets take for a formula; source: OWASP


def records(register: Register) -> Iterator[dict[str, Value]]:
    """Judgements, points, responses and figures, in that order and each in register order."""
    counts: Counter[str] = Counter()
    for judgement in register.judgements:
        counts[judgement.paragraph.id] += 1
        yield _judgement(judgement, counts[judgement.paragraph.id])
    for point in register.points:
        yield _point(point)
    for response in register.responses:
        yield _response(response)
    for figure in register.figures:
        yield _figure(figure)


def _judgement(judgement: Judgement, number: int) -> dict[str, Value]:
    return {
        "kind": "judgement",
        "id": f"{judgement.paragraph.id}/judgement-{number}",
        "document": judgement.document.id,
        "date": judgement.document.metadata.date,
        "body": judgement.body,
        "period": judgement.period,
        "area": judgement.area,
        "aliases": list(judgement.aliases),
        "grade": judgement.grade,
        "text": judgement.paragraph.text,
        "paragraphs": [judgement.paragraph.id],
        "notes": [note.id for note in judgement.notes],
    }


def _point(point: Point) -> dict[str, Value]:
    return {
        "kind": point.kind.value,
        "id": point.id,
        "document": point.document.id,
        "date": point.document.metadata.date,
        "body": point.document.metadata.body,
        "number": point.number,
        "title": point.title,
        "text": point.text,
        "section": list(point.section),
        "addressee": point.addressee,
        "deadline": point.deadline,
        "due": point.due,
        "concludes": point.concludes,
        "restated": point.is_restated,
        "paragraphs": [paragraph.id for paragraph in point.paragraphs],
        "repeats": [paragraph.id for paragraph in point.repeats],
        "remains_from": list(point.remains_from),
    }


def _response(response: Response) -> dict[str, Value]:
    is_status = len(response.paragraphs) == 1 and response.paragraphs[0].kind is Kind.STATUS
    record: dict[str, Value] = {
        "kind": "status" if is_status else "response",
        "id": response.id,
        "document": response.document.id,
        "date": response.date,
        "body": response.document.metadata.body,
        "respondent": response.respondent.value,
        "answers": list(response.answers),
        "status": response.status,
        "basis": response.basis.value if response.basis else None,
        "text": joined(response.paragraphs),
        "paragraphs": [paragraph.id for paragraph in response.paragraphs],
    }
    if response.proof:
        paragraph, (start, end) = response.proof
        record.update(proof_paragraph=paragraph, proof_start=start, proof_end=end)
    return record


def _figure(figure: Figure) -> dict[str, Value]:
    return {
        "kind": "figure",
        "id": f"{figure.paragraph.id}/figure-{figure.span[0]}",
        "document": figure.document.id,
        "date": figure.document.metadata.date,
        "body": figure.document.metadata.body,
        "printed": figure.printed,
        "value": figure.value,
        "unit": figure.unit,
        "measures": figure.measures,
        "period": figure.period,
        "comparison": figure.comparison,
        "text": figure.paragraph.text,
        "paragraphs": [figure.paragraph.id],
        "proof_paragraph": figure.paragraph.id,
        "proof_start": figure.span[0],
        "proof_end": figure.span[1],
    }


def without_gaps(record: Mapping[str, Value]) -> dict[str, Value]:
    """The record as JSON prints it: nothing that is not known."""
    return {name: value for name, value in record.items() if value is not None}


def as_csv(found: Iterable[Mapping[str, Value]]) -> str:
    """All records as one table with a line of `COLUMNS`; lines end as RFC 4180 has them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(name, record.get(name)) for name in COLUMNS] for record in found)
    return out.getvalue()


def _cell(name: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = _list(name, value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _list(name: str, values: Sequence[str]) -> str:
    return (" " if name in _OF_IDS else " > " if name == "section" else "; ").join(values)
