"""`python -m assistant`: what it prints, what it writes and how it ends."""

import json
from pathlib import Path

import pytest

from assistant import Assistant, Reply
from assistant import __main__ as command
from assistant import batch as batching

KNOWN, UNKNOWN = "How many officers did the rural crime team have in 2021?", "What grade did Eastvale Police get?"


class Opened(list[Path]):
    """The stores that were opened."""


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch, northmoor: Assistant) -> Opened:
    """The command answers from the shared assistant, so that the model loads once for all tests."""
    found = Opened()

    def open_shared(store: Path) -> Assistant:
        found.append(store)
        return northmoor

    monkeypatch.setattr(command, "open_assistant", open_shared)
    return found


def test_an_answer_is_printed_with_its_sources_and_the_status_is_0(
    stores: Opened, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert command.main([KNOWN, "--store", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "22 officers" in said and "\nSources\n[1] PEEL 2021/22" in said
    assert stores == [tmp_path]


def test_a_refusal_ends_with_status_0_too_and_the_default_store_is_dot_store(
    stores: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([UNKNOWN]) == 0
    assert capsys.readouterr().out.startswith("Not answered: about another body.")
    assert stores == [Path(".store")]


def test_json_is_one_line_with_the_seconds_it_took(stores: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([KNOWN, "--json"]) == 0
    said = capsys.readouterr().out
    raw = json.loads(said)
    assert said.count("\n") == 1 and raw["id"] is None and raw["question"] == KNOWN
    assert 0 < raw["seconds"] < 60 and "22 officers" in raw["answer"]


def test_explain_prints_what_each_step_made_of_the_question(stores: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([KNOWN, "--explain"]) == 0
    said = capsys.readouterr().out
    parts = [part.split("\n", 1) for part in said.split("--- ")[1:]]
    assert [name for name, _ in parts] == ["understand", "retrieve", "select", "compose", "verify"]
    shown = dict(parts)
    assert "years:          2021\n" in shown["understand"] and "kind:           number\n" in shown["understand"]
    assert "1. 0." in shown["retrieve"] and "northmoor-2021#p" in shown["retrieve"]
    assert "in the reports' own words" in shown["compose"]
    assert "Sources" in shown["verify"]
    assert "object at 0x" not in said and "frozenset" not in said


def test_explain_says_why_a_question_is_refused(stores: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([UNKNOWN, "--explain"]) == 0
    said = capsys.readouterr().out
    assert "shortfall, about another body: The question is about Eastvale Police." in said
    assert "nothing to compose from" in said


def test_a_missing_store_ends_with_status_2_and_the_command_that_builds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([KNOWN, "--store", str(tmp_path / "none")]) == 2
    assert f"Build it: python -m index FOLDER --store {tmp_path / 'none'}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["a?", "--batch", "f", "--out", "o"], ["--batch", "f"], ["a?", "--out", "o"], ["a?", "--json", "--explain"]],
)
def test_a_command_line_that_makes_no_sense_ends_with_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err


# --- a file of questions ----------------------------------------------------------------------------------------------


def write(folder: Path, *lines: str) -> Path:
    file = folder / "questions.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def batch(file: Path, out: Path) -> int:
    return command.main(["--batch", str(file), "--out", str(out)])


def line(name: str, question: str) -> str:
    return json.dumps({"id": name, "question": question, "more": [1]})


def test_every_question_of_a_file_has_its_reply_in_order(
    stores: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "replies.jsonl"
    assert batch(write(tmp_path, line("a", KNOWN), "", line("b", UNKNOWN), line("a", "")), out) == 0
    replies = [json.loads(each) for each in out.read_text(encoding="utf-8").splitlines()]
    assert [(reply["id"], reply["abstained"]) for reply in replies] == [("a", False), ("b", True), ("a", True)]
    said = capsys.readouterr()
    assert said.out == "" and "answered 3/3" in said.err
    assert len(stores) == 1  # one load for all questions
    assert sorted(path.name for path in tmp_path.iterdir()) == ["questions.jsonl", "replies.jsonl"]


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "[]",
        '{"id": "b"}',
        '{"question": "Why?"}',
        '{"id": 7, "question": "Why?"}',
        '{"id": "b", "question": null}',
    ],
)
def test_a_bad_line_is_named_with_its_file_and_nothing_is_written(
    stores: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str
) -> None:
    out = tmp_path / "replies.jsonl"
    out.write_text("from before\n", encoding="utf-8")
    file = write(tmp_path, line("a", KNOWN), bad)
    assert batch(file, out) == 2
    assert f"{file}, line 2: must be " in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "from before\n" and not stores


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["missing", "not UTF-8"])
def test_a_question_file_that_cannot_be_read_is_named(
    stores: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    file = tmp_path / "questions.jsonl"
    if content is not None:
        file.write_bytes(content)
    assert batch(file, tmp_path / "replies.jsonl") == 2
    assert f"{file}: cannot be read as UTF-8 text" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(
    stores: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "replies.jsonl"
    assert batch(write(tmp_path, line("a", KNOWN)), out) == 2
    assert f"{out}: cannot be written" in capsys.readouterr().err


def test_a_batch_that_is_broken_off_leaves_no_half_written_file(
    stores: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "replies.jsonl"
    out.write_text("from before\n", encoding="utf-8")
    asked: list[str] = []

    def answer_once(reply: Reply, question_id: str | None, seconds: float) -> str:
        asked.append(reply.question)
        if len(asked) > 1:
            raise KeyboardInterrupt
        return "{}"

    monkeypatch.setattr(batching, "json_line", answer_once)
    with pytest.raises(KeyboardInterrupt):
        batch(write(tmp_path, line("a", KNOWN), line("b", KNOWN)), out)
    assert out.read_text(encoding="utf-8") == "from before\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["questions.jsonl", "replies.jsonl"]


# --- conversations and dates ------------------------------------------------------------------------------------------


def replies(out: Path) -> list[dict[str, object]]:
    return [json.loads(each) for each in out.read_text(encoding="utf-8").splitlines()]


def turn(name: str, question: str, conversation: str | None = None, as_of: str | None = None) -> str:
    return json.dumps({"id": name, "question": question, "conversation": conversation, "as_of": as_of})


def test_lines_of_one_conversation_are_its_turns_even_when_others_stand_between(stores: Opened, tmp_path: Path) -> None:
    out = tmp_path / "replies.jsonl"
    file = write(
        tmp_path,
        turn("a1", KNOWN, "a"),
        turn("b1", "What grade did Northmoor Police get for preventing crime in 2021?", "b"),
        turn("a2", "and in 2016?", "a"),
        turn("b2", "and in 2016?", "b"),
        turn("c", "and in 2016?"),
    )
    assert batch(file, out) == 0
    found = {reply["id"]: reply for reply in replies(out)}
    assert found["a1"]["rewritten"] is None and found["c"]["rewritten"] is None
    assert found["a2"]["rewritten"] == "How many officers did the rural crime team have in 2016?"
    assert "14 officers" in str(found["a2"]["answer"])
    assert found["b2"]["rewritten"] == "What grade did Northmoor Police get for preventing crime in 2016?"
    assert "good at preventing crime" in str(found["b2"]["answer"])


def test_a_line_may_carry_a_date_after_which_nothing_counts(stores: Opened, tmp_path: Path) -> None:
    out = tmp_path / "replies.jsonl"
    question = "How many officers did the rural crime team have?"
    assert batch(write(tmp_path, turn("old", question, as_of="2019-01-01"), turn("new", question)), out) == 0
    old, new = replies(out)
    assert "14 officers" in str(old["answer"]) and "As of 1 January 2019" in str(old["notes"])
    assert "22 officers" in str(new["answer"])


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('{"id": "b", "question": "Why?", "as_of": "soon"}', "Write a date as"),
        ('{"id": "b", "question": "Why?", "as_of": 2019}', "“as_of” must be a text"),
        ('{"id": "b", "question": "Why?", "conversation": 3}', "“conversation” must be a text"),
    ],
)
def test_a_date_or_conversation_that_cannot_be_read_is_named(
    stores: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str, said: str
) -> None:
    out = tmp_path / "replies.jsonl"
    assert batch(write(tmp_path, line("a", KNOWN), bad), out) == 2
    assert said in capsys.readouterr().err and not out.exists()


def test_a_date_before_every_document_is_named_and_nothing_is_written(
    stores: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "replies.jsonl"
    assert batch(write(tmp_path, turn("a", KNOWN, as_of="1999")), out) == 2
    assert "line 1: as_of “1999-12-31”" in capsys.readouterr().err and not out.exists()


def test_the_scope_of_the_command_line_narrows_the_answer(stores: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    question = "How many officers did the rural crime team have?"
    assert command.main([question, "--period", "2016", "--body", "Northmoor"]) == 0
    assert "14 officers" in capsys.readouterr().out
    assert command.main([question, "--document", "northmoor-2021"]) == 0
    assert "22 officers" in capsys.readouterr().out
    assert command.main([question, "--body", "Eastvale"]) == 2
    assert "Northmoor Police" in capsys.readouterr().err


def test_at_a_terminal_a_conversation_is_held_until_an_empty_line(
    stores: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter([KNOWN, "and in 2016?", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(said))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert command.main([]) == 0
    printed = capsys.readouterr().out
    assert "22 officers" in printed
    assert "Read as: How many officers did the rural crime team have in 2016?" in printed and "14 officers" in printed
