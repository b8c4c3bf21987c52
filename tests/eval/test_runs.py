"""Run folders: what is written is read again, and the latest is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from errors import InputError
from eval.runs import Circumstances, Figure, Loss, RunSummary, latest, new_folder, read_summary, write_summary

WHERE = Circumstances(
    "gold.jsonl", "ab", "cd", "ef", "01", "1234567", {"python": "3.11"}, "x86", "2026-11-22T12:00:00Z", 3.5, 900.0
)


def summary(folder: Path, started: str = WHERE.started, index: str = WHERE.index) -> RunSummary:
    figure = Figure("correct", "correct", "share", 40, 0.75, 0.6, 0.86)
    loss = Loss("N-1", "How many?", "number", "not found")
    where = replace(WHERE, started=started, index=index)
    return RunSummary(folder, "dev", 40, where, (figure,), (("not found", 1),), (loss,), gates_kept=True)


def written(folder: Path, started: str = WHERE.started, index: str = WHERE.index) -> RunSummary:
    folder.mkdir(parents=True)
    made = summary(folder, started, index)
    write_summary(made)
    return made


def test_a_summary_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = written(tmp_path / "run")
    assert read_summary(tmp_path / "run") == made


def test_the_page_is_named_once_it_is_there(tmp_path: Path) -> None:
    written(tmp_path / "run")
    (tmp_path / "run" / "report.html").write_text("<!doctype html>", encoding="utf-8")
    assert read_summary(tmp_path / "run").page == tmp_path / "run" / "report.html"


def test_the_latest_run_is_the_one_started_last(tmp_path: Path) -> None:
    written(tmp_path / "a", "2026-11-22T12:00:00Z")
    newest = written(tmp_path / "b", "2026-11-23T12:00:00Z")
    written(tmp_path / "c", "2026-11-21T12:00:00Z")
    assert latest(tmp_path) == newest


def test_a_run_on_the_index_in_use_comes_before_a_newer_one_on_another(tmp_path: Path) -> None:
    newest = written(tmp_path / "a", "2026-11-23T12:00:00Z")
    own = written(tmp_path / "b", "2026-11-22T12:00:00Z", "of this index")
    assert latest(tmp_path, "of this index") == own
    assert latest(tmp_path, "of no run") == newest


def test_a_damaged_run_does_not_hide_the_one_before_it(tmp_path: Path) -> None:
    good = written(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "summary.json").write_text("{", encoding="utf-8")
    assert latest(tmp_path) == good
    with pytest.raises(InputError, match="holds no run"):
        read_summary(tmp_path / "b")


def test_there_is_no_latest_run_in_an_empty_or_missing_folder(tmp_path: Path) -> None:
    assert latest(tmp_path) is None and latest(tmp_path / "missing") is None


def test_two_runs_in_one_second_get_folders_of_their_own(tmp_path: Path) -> None:
    names = [new_folder(tmp_path, "2026-11-22T12:00:00Z", "eval/gold/reports.jsonl").name for _ in range(2)]
    assert names == ["20261122T120000Z-reports", "20261122T120000Z-reports-2"]
