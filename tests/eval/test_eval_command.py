"""`python -m eval` from the command line to the exit status."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from northmoor import (
    GOLD,
    LINES,
    NUMBER_2019,
    PARAGRAPHS,
    FakeAssistant,
    FakeStore,
    always_refuse,
    gold_answerer,
    write_gold,
)

from assistant.answer import Refusal, Reply
from errors import StoreMissingError
from eval.__main__ import main
from eval.gold import check_anchors, read_gold
from ingest.document import Kind, Paragraph


def opens(reply: Callable[[str], Reply], store: FakeStore | None = None) -> Callable[[Path], FakeAssistant]:
    return lambda path: FakeAssistant(reply, store or FakeStore())


def evaluate(tmp_path: Path, reply: Callable[[str], Reply], *more: str, gates: str | None = None) -> int:
    gold = write_gold(tmp_path / "gold.jsonl")
    if gates is not None:
        (tmp_path / "gold.gates.toml").write_text(gates, encoding="utf-8")
    return main(["--store", str(tmp_path), "--gold", str(gold), *more], opens(reply))


# --- evaluating -------------------------------------------------------------------------------------------------------


def test_a_good_run_prints_every_part_and_ends_in_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(tmp_path, gold_answerer, gates="correct = 0.75\n") == 0
    printed = capsys.readouterr().out
    for part in ("3 questions of", "correct and grounded", "By kind", "By part", "Questions lost", "Gates"):
        assert part in printed
    assert "kept" in printed and "FAILED" not in printed


def test_a_missed_gate_ends_in_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(tmp_path, always_refuse, gates="correct = 0.75\n") == 1
    assert "FAILED" in capsys.readouterr().out


def test_missing_gates_are_said_and_not_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(tmp_path, always_refuse) == 0
    assert "Gates not checked: " in capsys.readouterr().out


def test_a_quote_that_is_not_verbatim_ends_in_1_without_any_gate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def misquotes(question: str) -> Reply:
        reply = gold_answerer(question)
        if isinstance(reply, Refusal):
            return reply
        [citation, *_] = reply.citations
        text = f"{citation.paragraph.text} Or so."
        paragraph = Paragraph(citation.paragraph.id, text, ((0, 9),), Kind.FINDING)
        statement = replace(reply.statements[0], citations=(replace(citation, paragraph=paragraph, quote=text),))
        return replace(reply, statements=(statement,))

    assert evaluate(tmp_path, misquotes) == 1
    assert "NOT VERBATIM: quotes shown for N-2, N-3" in capsys.readouterr().out


def test_one_part_alone_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(tmp_path, gold_answerer, "--part", "dev") == 0
    assert "3 questions of" in capsys.readouterr().out


def test_details_and_figures_are_written(tmp_path: Path) -> None:
    details, figures = tmp_path / "details.jsonl", tmp_path / "figures.json"
    assert evaluate(tmp_path, gold_answerer, "--details", str(details), "--json", str(figures)) == 0
    rows = [json.loads(line) for line in details.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["N-2", "N-3", "N-5"]
    assert rows[0]["statements"][0]["citations"][0]["paragraph"] == NUMBER_2019 and rows[0]["lost"] is None
    report = json.loads(figures.read_text(encoding="utf-8"))
    assert report["questions"] == 3 and report["part"] is None
    assert {"slice": "all", "measure": "correct", "value": 1.0, "count": 2, "small": True}.items() <= next(
        row.items() for row in report["rows"] if row["measure"] == "correct"
    )


def test_anchors_that_do_not_fit_the_index_stop_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def never_asked(question: str) -> Reply:
        raise AssertionError(question)

    store = FakeStore({each: paragraph for each, paragraph in PARAGRAPHS.items() if each != NUMBER_2019})
    gold = write_gold(tmp_path / "gold.jsonl")
    assert main(["--store", "here", "--gold", str(gold)], opens(never_asked, store)) == 2
    message = capsys.readouterr().err
    assert f"N-2: paragraph {NUMBER_2019} is not in the index" in message
    assert "python -m index FOLDER --store here" in message and "python -m eval gold-move" in message


@pytest.mark.parametrize("gates", ["corect = 0.75", "correct ="])
def test_a_wrong_gates_file_ends_in_2(tmp_path: Path, gates: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(tmp_path, gold_answerer, gates=gates) == 2
    assert "gold.gates.toml" in capsys.readouterr().err


def test_a_part_without_questions_ends_in_2(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold.jsonl", LINES[:1])
    assert main(["--store", "here", "--gold", str(gold), "--part", "dev"], opens(gold_answerer)) == 2


def test_a_missing_index_ends_in_2_with_its_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def opener(store: Path) -> Any:
        raise StoreMissingError(store)

    gold = write_gold(tmp_path / "gold.jsonl")
    assert main(["--store", "nowhere", "--gold", str(gold)], opener) == 2
    assert "There is no index in nowhere." in capsys.readouterr().err


def test_a_folder_that_does_not_exist_cannot_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(tmp_path, gold_answerer, "--json", str(tmp_path / "none" / "out.json")) == 2
    assert "cannot be written" in capsys.readouterr().err


# --- anchoring --------------------------------------------------------------------------------------------------------


def author_lines() -> list[dict[str, Any]]:
    """The gold lines as their authors would write them: evidence by quote."""
    return [
        {
            **line,
            "as_of": None,
            "evidence": [
                [{"doc": f"{a.paragraph[:14]}.txt", "quote": PARAGRAPHS[a.paragraph].text} for a in group]
                for group in question.evidence
            ],
        }
        for line, question in zip(LINES, GOLD, strict=True)
    ]


def anchored(tmp_path: Path, lines: list[dict[str, Any]]) -> tuple[int, Path]:
    written, out = write_gold(tmp_path / "quotes.jsonl", lines), tmp_path / "gold.jsonl"
    arguments = ["anchor", "--store", "here", "--quotes", str(written), "--out", str(out)]
    return main(arguments, opens(always_refuse)), out


def test_quotes_become_a_gold_file(tmp_path: Path) -> None:
    status, out = anchored(tmp_path, author_lines())
    written = read_gold(out)
    assert status == 0 and [question.id for question in written] == [question.id for question in GOLD]
    assert [question.groups for question in written] == [question.groups for question in GOLD]
    assert check_anchors(written, PARAGRAPHS) == []


def test_quotes_are_never_written_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = author_lines()
    lines[0]["evidence"][0].append({"doc": "northmoor-2019.txt", "quote": "It had a secret kennel"})
    status, out = anchored(tmp_path, lines)
    printed = capsys.readouterr()
    assert status == 0 and "N-1: evidence group 1: alternative 2 has no paragraph" in printed.err
    assert printed.out.startswith("5 questions written to")
    written = out.read_text(encoding="utf-8") + printed.out + printed.err
    assert "kennel" not in written and not any(each.text in written for each in PARAGRAPHS.values())


def test_a_group_without_a_paragraph_is_listed_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = author_lines()
    lines[1]["evidence"] = [[{"doc": "northmoor-2022.txt", "quote": "It had a secret kennel"}]]
    lines[3]["must"] = [["("]]
    status, out = anchored(tmp_path, lines)
    message = capsys.readouterr().err
    assert status == 2 and not out.exists()
    assert "quotes.jsonl:2: N-2: evidence group 1 has no paragraph in northmoor-2022.txt" in message
    assert "quotes.jsonl:4: regular expression “(” does not compile" in message
