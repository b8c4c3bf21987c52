import csv
import json
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fake_desk import CALLS, FakeDesk, answer, refuse, say

from assistant.answer import Reply
from assistant.scope import EVERYTHING, Scope
from errors import AuditError, ScopeError
from ui.audit import FILE, Audit, Entry, entries, main
from ui.metrics import Metrics
from ui.watched import WatchedDesk


def entry(question: str, answer: str = "Nine seconds.") -> Entry:
    return Entry("2026-11-22T13:40:00+00:00", "ask", question, None, "answered", answer, ("a#p001",), "0123abcd", 0.25)


def watched(desk: FakeDesk, audit: Audit | None) -> WatchedDesk:
    return WatchedDesk(desk, Metrics(lambda: 3, lambda: 5, lambda: 0), audit)


def test_a_question_is_noted_with_its_answer_index_duration_and_scope_and_nothing_else(tmp_path: Path) -> None:
    audit = Audit(tmp_path / FILE, 1)
    desk = watched(FakeDesk(lambda _: answer(say(CALLS))), audit)
    scope = Scope("Northmoor Police", ("northmoor-2015",), "2015", "2016-01-01")
    desk.ask("How are calls answered?", scope, ())
    (noted,) = entries(tmp_path / FILE)
    assert 0 <= noted.pop("seconds") < 10
    assert noted.pop("asked").endswith("+00:00")
    assert noted.pop("answer").endswith(CALLS.text)
    assert noted == {
        "id": 1,
        "act": "ask",
        "question": "How are calls answered?",
        "understood": None,
        "outcome": "answered",
        "cited": ["northmoor-2015#p001"],
        "index_fingerprint": "0123abcd",
        "body": "Northmoor Police",
        "documents": ["northmoor-2015"],
        "period": "2015",
        "as_of": "2016-01-01",
    }
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_reply_that_grows_is_noted_once_before_the_whole_is_given(tmp_path: Path) -> None:
    audit, whole = Audit(tmp_path / FILE, 1), answer(say(CALLS), say(CALLS))
    growing = replace(answer(say(CALLS)), is_whole=False)
    coming = watched(FakeDesk(lambda _: whole, grows=(growing,)), audit).stream("How?", EVERYTHING, ())
    assert next(coming) is growing and not list(entries(tmp_path / FILE))
    assert next(coming) is whole
    (noted,) = entries(tmp_path / FILE)
    assert noted["outcome"] == "answered" and noted["answer"].count(CALLS.text) == 2
    assert not list(coming) and len(list(entries(tmp_path / FILE))) == 1


def test_what_a_reader_saw_who_left_before_the_end_is_noted(tmp_path: Path) -> None:
    growing = replace(answer(say(CALLS)), is_whole=False)
    coming = watched(FakeDesk(refuse, grows=(growing,)), Audit(tmp_path / FILE, 1)).stream("How?", EVERYTHING, ())
    next(coming)
    coming.close()
    assert [noted["answer"].count(CALLS.text) for noted in entries(tmp_path / FILE)] == [1]


def test_refusals_searches_and_errors_are_noted_too(tmp_path: Path) -> None:
    def fail(_: str) -> Reply:
        raise ScopeError("body", "Southmoor", "Loaded are documents on Northmoor Police.")

    audit = Audit(tmp_path / FILE, 1)
    watched(FakeDesk(refuse), audit).ask("How many horses?", EVERYTHING, ())
    watched(FakeDesk(), audit).find("calls", 5, EVERYTHING)
    with pytest.raises(ScopeError):
        watched(FakeDesk(fail), audit).ask("And in Southmoor?", Scope("Southmoor"), ())
    noted = list(entries(tmp_path / FILE))
    assert [(each["act"], each["outcome"]) for each in noted] == [
        ("ask", "related but not answered"),
        ("find", "found"),
        ("ask", "error"),
    ]
    assert "Southmoor” is not among the loaded documents" in noted[2]["answer"]


def test_with_the_log_off_nothing_is_written_and_questions_are_counted(tmp_path: Path) -> None:
    desk = watched(FakeDesk(folder=tmp_path), None)
    desk.ask("How many horses?", EVERYTHING, ())
    assert list(tmp_path.iterdir()) == []
    assert b'evidence_desk_questions_total{act="ask",outcome="related but not answered"} 1.0' in desk.metrics.text()


def test_many_threads_and_two_processes_worth_of_connections_lose_no_entry(tmp_path: Path) -> None:
    one, other = Audit(tmp_path / FILE, 10), Audit(tmp_path / FILE, 10)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: (one, other)[number % 2].note(entry(f"question {number}")), range(400)))
    noted = list(entries(tmp_path / FILE))
    assert {each["question"] for each in noted} == {f"question {number}" for number in range(400)}
    assert [each["id"] for each in noted] == list(range(1, 401))


def test_beyond_its_limit_the_log_drops_the_oldest_and_never_uses_an_id_twice(tmp_path: Path) -> None:
    audit = Audit(tmp_path / FILE, 1)
    for number in range(600):
        audit.note(entry(f"question {number}", "x" * 4_000))  # 2.4 MB in all
    noted = list(entries(tmp_path / FILE))
    ids = [each["id"] for each in noted]
    assert ids == list(range(ids[0], 601))
    assert ids[0] > 300
    assert noted[-1]["question"] == "question 599"
    audit.close()
    assert (tmp_path / FILE).stat().st_size < 1_200_000


def test_a_log_that_cannot_be_written_gives_no_answer_and_says_how_to_go_on(tmp_path: Path) -> None:
    audit = Audit(tmp_path / FILE, 1)
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("DROP TABLE entries")
    with pytest.raises(AuditError, match="audit_megabytes = 0"):
        watched(FakeDesk(), audit).ask("How many horses?", EVERYTHING, ())


def test_a_file_that_is_no_log_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("these are somebody's notes, " * 50)
    with pytest.raises(AuditError, match="file is not a database"):
        Audit(tmp_path / FILE, 1)
    assert (tmp_path / FILE).read_text().startswith("these are")


def test_an_export_is_whole_for_the_owner_alone_and_runs_no_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = Audit(tmp_path / FILE, 1)
    audit.note(entry('=HYPERLINK("x")', "Lines\nand “quotes”, too."))
    lines, table = tmp_path / "log.jsonl", tmp_path / "log.csv"
    assert main(["export", "--store", str(tmp_path), "--out", str(lines)]) == 0
    assert capsys.readouterr().out == f"1 entry written to {lines}.\n"
    assert json.loads(lines.read_text())["answer"] == "Lines\nand “quotes”, too."
    assert main(["export", "--store", str(tmp_path), "--out", str(table)]) == 0
    with table.open(newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert row["question"] == '\'=HYPERLINK("x")'
    assert row["cited"] == "a#p001"
    assert stat.S_IMODE(lines.stat().st_mode) == stat.S_IMODE(table.stat().st_mode) == 0o600


def test_exporting_without_a_log_or_into_no_folder_ends_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--store", str(tmp_path), "--out", str(tmp_path / "log.jsonl")]) == 2
    assert "there is none" in capsys.readouterr().err
    Audit(tmp_path / FILE, 1).note(entry("a question"))
    assert main(["export", "--store", str(tmp_path), "--out", str(tmp_path / "nowhere" / "log.jsonl")]) == 2
    assert "cannot be written" in capsys.readouterr().err
