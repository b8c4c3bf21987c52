"""`python -m ingest FILE` shows what the machine read."""

import json
from pathlib import Path

import pytest

from ingest.__main__ import NARROWEST, main
from ingest.__main__ import __doc__ as module_help

REPORT = """Northmoor PEEL 2016

Last updated 03/05/2016

Northmoor Police was inspected. It has a night response team (NRT).

Custody

Requires improvement

Areas for improvement

The force should:

• wash its cells every morning and every evening of the week; and

• mend the beds.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Northmoor 2016.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def records(capsys: pytest.CaptureFixture[str], path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in shown(capsys, str(path), "--json").splitlines()]


def test_the_header_says_what_the_document_says_of_itself(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = shown(capsys, str(report)).split("\n\n")[0].splitlines()
    assert header == [
        "File:      Northmoor 2016.txt",
        "Title:     Northmoor PEEL 2016",
        "Kind:      inspection report",
        "Publisher: not stated",
        "Body:      Northmoor Police",
        "Period:    2016",
        "Date:      3 May 2016",
        "Read:      5 paragraphs that can be cited, 1 pieces of page furniture kept aside",
        "Acronyms:  NRT = night response team",
    ]


def test_each_paragraph_has_its_id_and_kind_above_its_text(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, str(report))
    assert "northmoor-2016#p004  grade  inspector\n    Requires improvement\n" in out
    assert "northmoor-2016#p008  area for improvement  recommendation\n    The force should: mend the beds.\n" in out


def test_a_section_path_is_printed_once_where_it_begins(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, str(report))
    assert out.count("== Custody\n") == 1
    assert out.count("== Custody > Areas for improvement\n") == 1


def test_furniture_is_marked_where_nothing_can_be_dimmed(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "~ northmoor-2016#f001  furniture\n~     Last updated 03/05/2016\n" in shown(capsys, str(report))


def test_furniture_is_dimmed_on_a_terminal(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "\x1b[2m    Last updated 03/05/2016\x1b[0m\n" in shown(capsys, str(report))


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("10", NARROWEST)])
def test_text_is_wrapped_to_the_terminal(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, widest: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    body = [line for line in shown(capsys, str(report)).splitlines() if line.startswith("    ")]
    assert max(len(line) for line in body) <= widest
    assert sum("week" in line or "wash" in line for line in body) == 2


def test_page_number_and_date_stand_beside_the_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tracker.txt"
    path.write_text("14. Wash the cells.\n\n[on]3 May 2016 [status]open[/status] [/on]", encoding="utf-8")
    out = shown(capsys, str(path))
    assert "tracker#p001  finding  inspector  number 14\n" in out
    assert "tracker#p002  status  publisher  dated 2016-05-03\n" in out


def test_a_warning_is_part_of_the_header(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The cells – all of them – are clean.".encode("cp1252"))
    assert "Warning:   not UTF-8: read as Windows-1252\n" in shown(capsys, str(path))


def test_what_is_not_known_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cats.txt"
    path.write_text("once there was a cat.", encoding="utf-8")
    out = shown(capsys, str(path))
    assert "Body:      not stated\nPeriod:    not stated\nDate:      not stated\n" in out


def test_json_gives_one_object_for_each_paragraph(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = records(capsys, report)
    assert [record["id"] for record in found[:3]] == [
        "northmoor-2016#p001",
        "northmoor-2016#f001",
        "northmoor-2016#p002",
    ]
    assert found[-1] == {
        "id": "northmoor-2016#p008",
        "text": "The force should: mend the beds.",
        "section": ["Custody", "Areas for improvement"],
        "kind": "area for improvement",
        "speaker": "recommendation",
        "start": REPORT.index("• mend"),
        "end": len(REPORT) - 1,
        "page": None,
        "number": None,
        "lead_in": "The force should:",
        "dated": None,
        "pieces": [[REPORT.index("• mend"), len(REPORT) - 1]],
        "ocr_confidence": None,
    }
    contract = [
        "id",
        "text",
        "section",
        "kind",
        "speaker",
        "start",
        "end",
        "page",
        "number",
        "lead_in",
        "dated",
        "pieces",
        "ocr_confidence",
    ]
    assert all(list(record) == contract for record in found)


def test_json_keys_are_the_ones_the_module_promises(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    promised = [line.split()[0] for line in (module_help or "").splitlines() if line.startswith("    ")]
    found = records(capsys, report)
    assert found and all(list(record) == promised for record in found)


def test_the_header_says_which_fields_were_corrected(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = 'bodies = ["Withern Police", "Saltby Police"]\nfieldwork = [2016-05-02, 2016-05-13]'
    report.with_name("documents.toml").write_text(f'["{report.name}"]\n{lines}', encoding="utf-8")
    header = shown(capsys, str(report)).split("\n\n")[0]
    assert "Body:      Withern Police, Saltby Police\n" in header
    assert "Fieldwork: 2 May 2016 to 13 May 2016\n" in header
    assert "Corrected: bodies, fieldwork" in header


def test_corrections_that_cannot_be_used_are_explained(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report.with_name("documents.toml").write_text('["other.txt"]\nperiod = "2016"', encoding="utf-8")
    assert main([str(report)]) == 2
    assert "“other.txt” is not a file in the same folder." in capsys.readouterr().err


def test_json_prints_letters_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cats.txt"
    path.write_text("The cat cost £4 – “or less”.", encoding="utf-8")
    assert "£4 – “or less”" in shown(capsys, str(path), "--json")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.txt", None, "missing.txt: is not a file. Give the path of one report.\n"),
        ("sheet.xls", b"cells", "sheet.xls: is of a kind that cannot be read. Save it as one of"),
        ("empty.txt", b" \n", "empty.txt: is empty."),
        ("torn.pdf", b"no pdf", "torn.pdf: "),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert main([str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(message)


def test_a_folder_is_not_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "is not a file" in capsys.readouterr().err
