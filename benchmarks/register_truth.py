"""Score the register on a report and its response against a table of recommendations, answers and statuses.

    python benchmarks/register_truth.py FOLDER TRUTH.csv

FOLDER holds the report and the response. TRUTH.csv has the columns recommendation_id, recommendation, response_id,
response, status (Accept, Partial or Reject). Prints recall and precision of recommendations, the share of responses linked
to their recommendation, the share of right status words, and each miss by its id.
"""

import argparse
import csv
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.corpus import list_files, read_document
from ingest.likeness import likeness
from ingest.register import Point, PointKind, Register, Response

ALIKE = 0.5  # likeness of words from which an entry is the truth's; a model shortened some texts of the truth
STATUS = {"accept": "accepted", "partial": "partly accepted", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the truth."""

    number: str
    text: str
    response: str
    status: str


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of each row, and what should not be there."""

    rows: tuple[Row, ...]
    found: dict[str, Point]
    spare: tuple[Point, ...]
    linked: frozenset[str]
    statuses: dict[str, str | None]

    @property
    def right(self) -> frozenset[str]:
        return frozenset(row.number for row in self.rows if self.statuses.get(row.number) == row.status)


def read_truth(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Row(
                line["recommendation_id"].strip(),
                line["recommendation"],
                line["response"],
                STATUS.get(line["status"].strip().lower(), line["status"].strip().lower()),
            )
            for line in csv.DictReader(file)
        )


def score(register: Register, rows: Sequence[Row]) -> Score:
    """Rows against entries: a point is the row's when its words are alike, or its number is and its words are not unlike."""
    wanted = [point for point in register.points if point.kind is PointKind.RECOMMENDATION and not point.is_restated]
    found: dict[str, Point] = {}
    for row in rows:
        near = [(_alike(row, point), point) for point in wanted if point.id not in {p.id for p in found.values()}]
        best = max(near, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= ALIKE:
            found[row.number] = best[1]
    used = {point.id for point in found.values()}
    linked: set[str] = set()
    statuses: dict[str, str | None] = {}
    for row in rows:
        point = found.get(row.number)
        answers = [response for response in register.responses if point is not None and point.id in response.answers]
        if any(_holds(response, row.response) for response in answers):
            linked.add(row.number)
        statuses[row.number] = next((response.status for response in answers if response.status), None)
    spare = tuple(point for point in wanted if point.id not in used)
    return Score(tuple(rows), found, spare, frozenset(linked), statuses)


def _alike(row: Row, point: Point) -> float:
    numbers = set(re.findall(r"\d+(?:\.\d+)*", row.number))
    bonus = 0.2 if point.number in numbers else 0.0
    return max(likeness(row.text, point.text), likeness(point.text, row.text)) + bonus


def _holds(response: Response, words: str) -> bool:
    """Whether the entry holds at least a third of the words of the truth's answer, which may be shortened."""
    return likeness(words, " ".join(paragraph.text for paragraph in response.paragraphs)) >= 0.33  # said above


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score the register against a table of recommendations and answers.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("truth", type=Path)
    options = parser.parse_args(arguments)
    files, _ = list_files(options.folder)
    documents = [read_document(file) for file in files if file.path.suffix.lower() != ".csv"]
    result = score(Register.of(documents), read_truth(options.truth))
    for line in lines(result):
        print(line)
    return 0


def lines(result: Score) -> list[str]:
    total = len(result.rows)
    listed = len(result.found) + len(result.spare)
    out = [
        f"recommendations: recall {_share(len(result.found), total)}, precision {_share(len(result.found), listed)}",
        f"responses linked: {_share(len(result.linked), total)}",
        f"status words right: {_share(len(result.right), total)}",
    ]
    for row in result.rows:
        if row.number not in result.found:
            out.append(f"  not found: {row.number}")
        elif row.number not in result.linked:
            out.append(f"  not linked: {row.number}")
        if row.number not in result.right:
            out.append(f"  status of {row.number}: {result.statuses.get(row.number)}, truth says {row.status}")
    out += [f"  not in the truth: {point.id} {point.paragraphs[0].id}" for point in result.spare]
    return out


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "0/0"


if __name__ == "__main__":
    sys.exit(main())
