"""`python -m index`: what it prints and how it ends."""

from pathlib import Path

import pytest
from fakes import FakeEmbedder, write_northmoor

from index import __main__ as command


@pytest.fixture(autouse=True)
def _without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "MiniLM", FakeEmbedder)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_northmoor(tmp_path / "reports")


def run(reports: Path, *more: str) -> int:
    return command.main([str(reports), "--store", str(reports.parent / "store"), *more])


def test_each_document_is_described_and_the_status_is_0(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(reports) == 0
    said = capsys.readouterr()
    assert "READ      northmoor-2016.md: PEEL 2016: an inspection of Northmoor Police" in said.out
    assert "inspection report; Northmoor Police; period 2016; dated 8 December 2016; 4 sections; " in said.out
    assert "2 added: northmoor-2016.md, northmoor-2021.md" in said.out
    assert f"newly embedded. Index written to {reports.parent / 'store'}." in said.out
    assert "reading northmoor-2021.md 2/2" in said.err and "\x1b" not in said.err


def test_nothing_to_do_is_said_in_one_line(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(reports)
    capsys.readouterr()
    assert run(reports) == 0
    assert capsys.readouterr().out == f"The index in {reports.parent / 'store'} is up to date with {reports}.\n"
    assert run(reports, "--fresh") == 0
    assert "READ" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_named_and_the_status_is_1(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "photo.jpg").write_bytes(b"\xff\xd8")
    assert run(reports) == 1
    assert "NOT READ  photo.jpg: is of a kind that cannot be read. Save it as one of" in capsys.readouterr().out


def test_a_folder_without_reports_ends_with_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reports").mkdir()
    assert run(tmp_path / "reports") == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith(f"{tmp_path / 'reports'}: it holds no reports. Put ")


def test_a_removed_file_is_named(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(reports)
    (reports / "northmoor-2016.md").unlink()
    assert run(reports) == 0
    assert "1 removed: northmoor-2016.md" in capsys.readouterr().out
