"""`python -m ingest --register FOLDER` prints the register; its fields are a contract."""

import csv
import io
import json
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.register_records import COLUMNS, as_csv

PAIRS = Path(__file__).parent / "pairs"
GRADED = "Northmoor PEEL 2016\n\nLast updated 03/05/2016\n\nNorthmoor Police was inspected.\n\nCustody\n\nGood\n\nThere are 7 cells.\n"


def records(capsys: pytest.CaptureFixture[str], folder: Path) -> list[dict[str, object]]:
    assert main(["--register", str(folder), "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_json_gives_one_object_an_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n.txt").write_text(GRADED, encoding="utf-8")
    assert records(capsys, tmp_path) == [
        {
            "kind": "judgement",
            "id": "n#p004/judgement-1",
            "document": "n",
            "date": "2016-05-03",
            "body": "Northmoor Police",
            "period": "2016",
            "area": "Custody",
            "aliases": [],
            "grade": "good",
            "text": "Good",
            "paragraphs": ["n#p004"],
            "notes": [],
        },
        {
            "kind": "figure",
            "id": "n#p005/figure-10",
            "document": "n",
            "date": "2016-05-03",
            "body": "Northmoor Police",
            "printed": "7",
            "value": "7",
            "unit": "count",
            "measures": "cells",
            "text": "There are 7 cells.",
            "paragraphs": ["n#p005"],
            "proof_paragraph": "n#p005",
            "proof_start": 10,
            "proof_end": 11,
        },
    ]


def test_points_and_responses_have_their_fields(capsys: pytest.CaptureFixture[str]) -> None:
    found = records(capsys, PAIRS / "boxes")
    point = next(record for record in found if record["id"] == "report/recommendation-3")
    assert set(point) == {
        *("kind", "id", "document", "date", "number", "text", "section", "addressee", "deadline", "due"),
        *("concludes", "restated", "paragraphs", "repeats", "remains_from"),
    } - ({"date"} if "date" not in point else set())
    assert (point["kind"], point["number"], point["due"]) == ("recommendation", "3", "2024-09")
    answer = next(record for record in found if record["kind"] == "response" and record["answers"] == [point["id"]])
    assert (answer["respondent"], answer["status"], answer["basis"]) == ("government", "partly accepted", "stated")
    assert answer["proof_paragraph"] in answer["paragraphs"]  # type: ignore[operator]


def test_csv_has_a_line_of_names_and_one_line_an_entry(capsys: pytest.CaptureFixture[str]) -> None:
    as_objects = records(capsys, PAIRS / "table")
    assert main(["--register", str(PAIRS / "table"), "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == [record["id"] for record in as_objects]
    assert {name for record in as_objects for name in record} <= set(COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-2 boats", "@here", "\tboat", "\rboat"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv([{"kind": "figure", "text": text}]), newline=""))
    assert row["text"] == f"'{text}"


def test_lists_are_joined_and_what_is_not_known_is_empty() -> None:
    record = {"kind": "response", "answers": ["a/r-1", "a/r-2"], "aliases": ["x", "y"], "section": ["s", "t"]}
    (row,) = csv.DictReader(io.StringIO(as_csv([{**record, "concludes": True, "restated": False, "date": None}])))
    assert (row["answers"], row["aliases"], row["section"]) == ("a/r-1 a/r-2", "x; y", "s > t")
    assert (row["concludes"], row["restated"], row["date"]) == ("yes", "no", "")


def test_people_get_a_line_an_entry_below_each_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n.txt").write_text(GRADED, encoding="utf-8")
    assert main(["--register", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "== n  (1 figures: see --json)",
        "n#p004/judgement-1  judgement  2016-05-03  good  Custody  Good",
    ]


def test_one_file_has_a_register_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "n.txt"
    path.write_text(GRADED, encoding="utf-8")
    assert len(records(capsys, path)) == 2


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "n.txt").write_text(GRADED, encoding="utf-8")
    (tmp_path / "sheet.xls").write_bytes(b"cells")
    assert main(["--register", str(tmp_path), "--json"]) == 1
    printed = capsys.readouterr()
    assert "sheet.xls: is of a kind that cannot be read." in printed.err
    assert len(printed.out.splitlines()) == 2


def test_a_folder_without_reports_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--register", str(tmp_path)]) == 2
    assert "it holds no reports" in capsys.readouterr().err


def test_csv_is_a_form_of_the_register_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path), "--csv"])
    assert stopped.value.code == 2
    assert "add --register" in capsys.readouterr().err
