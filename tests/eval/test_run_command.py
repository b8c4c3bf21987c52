"""Runs kept on disk: the page, the comparison, the locked part, and the way of one question."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from northmoor import LINES, PARAGRAPHS, FakeAssistant, always_refuse, gold_answerer, write_gold, wrong_year

from assistant.answer import Reply
from eval.__main__ import main
from eval.runs import latest


def asked(tmp_path: Path, reply: Callable[[str], Reply], *more: str) -> int:
    gold = write_gold(tmp_path / "gold.jsonl")
    return main(["run", "--store", "here", "--gold", str(gold), *more], lambda path: FakeAssistant(reply))


def kept(tmp_path: Path, reply: Callable[[str], Reply], name: str) -> Path:
    asked(tmp_path, reply, "--runs", str(tmp_path / name))
    [folder] = (tmp_path / name).iterdir()
    return folder


class Links(HTMLParser):
    """What a page would fetch, and which elements it leaves open."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset")]
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_run_is_kept_with_everything_that_is_needed_later(tmp_path: Path) -> None:
    folder = kept(tmp_path, wrong_year, "runs")
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "summary.json",
        "questions.jsonl",
        "traces.jsonl",
        "paragraphs.json",
        "figures.json",
        "report.html",
    }
    found = latest(tmp_path / "runs")
    assert found is not None and found.questions == 3 and found.page == folder / "report.html"
    assert found.circumstances.gold == "gold.jsonl" and found.circumstances.peak_megabytes > 10
    assert [loss.id for loss in found.losses] == ["N-2"] and found.lost == (("found but not chosen", 1),)


def test_the_page_needs_nothing_else_and_is_well_formed(tmp_path: Path) -> None:
    text = (kept(tmp_path, wrong_year, "runs") / "report.html").read_text(encoding="utf-8")
    page = Links()
    page.feed(text)
    assert page.fetched == [] and page.open == []
    assert "@import" not in text and "url(" not in text and "http" not in text.replace("http-equiv", "")


def test_the_page_shows_a_lost_question_beside_its_gold(tmp_path: Path) -> None:
    text = (kept(tmp_path, wrong_year, "runs") / "report.html").read_text(encoding="utf-8")
    card = text[text.index('id="N-2"') :]
    assert "The rural crime team had 31 officers" in card  # said, of the wrong year
    assert "The rural crime team had 14 officers" in card  # the gold paragraph
    assert 'data-kind="number"' in text and 'data-stage="found but not chosen"' in text


def test_a_page_without_words_can_be_passed_on(tmp_path: Path) -> None:
    folder, out = kept(tmp_path, wrong_year, "runs"), tmp_path / "page.html"
    assert main(["report", str(folder), "--without-words", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "N-2" in text and not any(each.text in text for each in PARAGRAPHS.values())


def test_two_runs_are_compared_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = kept(tmp_path, gold_answerer, "a"), kept(tmp_path, wrong_year, "b")
    capsys.readouterr()
    assert main(["compare", str(before), str(after)]) == 0
    printed = capsys.readouterr().out
    assert "right, lost: N-2" in printed and "right, won: none" in printed and "no verdict (n<20)" in printed


def test_a_run_is_held_against_the_saved_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    must_pass = [{**line, "tags": ["must-pass"]} for line in LINES]
    gold = write_gold(tmp_path / "gold.jsonl", must_pass)
    arguments = ["--store", "here", "--gold", str(gold)]
    assert main([*arguments, "--save-baseline"], lambda path: FakeAssistant(gold_answerer)) == 0
    assert main(arguments, lambda path: FakeAssistant(gold_answerer)) == 0
    assert main(arguments, lambda path: FakeAssistant(wrong_year)) == 1
    assert "FAILED  N-2 must pass and is lost" in capsys.readouterr().out


def test_the_locked_part_is_only_run_by_flag_and_logged(tmp_path: Path) -> None:
    assert asked(tmp_path, gold_answerer) == 0
    log = tmp_path / "locked_runs.jsonl"
    assert not log.exists()
    for why in ("release 1", "release 2"):
        assert asked(tmp_path, gold_answerer, "--locked", why) == 0
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(each["why"], each["questions"], each["right"]) for each in entries] == [
        ("release 1", 2, 1),
        ("release 2", 2, 1),
    ]


def test_a_locked_question_is_not_explained_without_the_flag(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(tmp_path, gold_answerer, "--explain", "N-1") == 2
    assert "--locked" in capsys.readouterr().err
    assert asked(tmp_path, gold_answerer, "--explain", "N-1", "--locked", "a complaint") == 0
    assert json.loads((tmp_path / "locked_runs.jsonl").read_text(encoding="utf-8"))["looked_at"] == "N-1"


def test_the_way_of_one_question_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(tmp_path, wrong_year, "--explain", "N-2") == 0
    printed = capsys.readouterr().out
    assert "How big was the rural team in 2019?" in printed and "verdict    lost: found but not chosen" in printed


def test_a_question_that_is_not_there_cannot_be_explained(tmp_path: Path) -> None:
    assert asked(tmp_path, always_refuse, "--explain", "N-99") == 2


def test_a_gold_file_is_checked_without_loading_the_model(
    tmp_path: Path, northmoor_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("index.embedder._load", lambda: pytest.fail("the model was loaded"))
    gold = write_gold(tmp_path / "gold.jsonl", [{**LINES[4], "id": "N-5"}])  # unanswerable, so it has no anchors
    assert main(["gold-check", "--store", str(northmoor_store), "--gold", str(gold)]) == 0
    assert "1 questions in" in capsys.readouterr().out


# --- gold files -------------------------------------------------------------------------------------------------------


def test_gold_check_ends_in_1_when_a_file_is_not_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{**LINES[3], "answer": "Within nine seconds."}, {**LINES[1], "answer": "Many."}]
    gold = write_gold(tmp_path / "gold.jsonl", lines)
    arguments = ["gold-check", "--store", "here", "--gold", str(gold)]
    assert main(arguments, lambda path: FakeAssistant(always_refuse)) == 1
    assert "PROBLEM  N-2: its own model answer" in capsys.readouterr().out
    write_gold(gold, lines[:1])
    assert main(arguments, lambda path: FakeAssistant(always_refuse)) == 0


def test_gold_move_mends_ids_and_lists_what_needs_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved, gone = ({**line, "evidence": [[dict(line["evidence"][0][0])]]} for line in (LINES[1], LINES[3]))  # type: ignore[index]
    moved["evidence"][0][0]["paragraph"] = "northmoor-2019#p777"
    gone["evidence"][0][0] = {"paragraph": "northmoor-2019#p778", "hash": "00000000"}
    gold = write_gold(tmp_path / "gold.jsonl", [moved, gone])
    arguments = ["gold-move", "--store", "here", "--gold", str(gold)]
    assert main(arguments, lambda path: FakeAssistant(always_refuse)) == 1
    printed = capsys.readouterr().out
    assert "1 a person has to look; 1 by its hash" in printed and "LOOK  N-4: northmoor-2019#p778" in printed
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["evidence"] == LINES[1]["evidence"] and lines[1] == gone


def test_gold_move_keeps_several_spans_of_one_paragraph(tmp_path: Path) -> None:
    anchor = dict(LINES[1]["evidence"][0][0])  # type: ignore[index]
    several = [{**anchor, "span": [0, 4]}, {**anchor, "span": [5, 9]}]
    gold = write_gold(tmp_path / "gold.jsonl", [{**LINES[1], "evidence": [several]}])
    assert main(["gold-move", "--store", "here", "--gold", str(gold)], lambda path: FakeAssistant(always_refuse)) == 0
    assert json.loads(gold.read_text(encoding="utf-8"))["evidence"] == [several]


def test_a_missing_command_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    printed = capsys.readouterr().out
    for name in (
        "run",
        "compare",
        "report",
        "gold-check",
        "gold-move",
        "anchor",
        "external",
        "ladder",
        "review",
        "judge",
    ):
        assert f"    {name}" in printed


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ladders"])
    assert "invalid choice: 'ladders'" in capsys.readouterr().err


def test_a_page_of_one_part_does_not_say_that_the_floors_are_kept(tmp_path: Path) -> None:
    assert asked(tmp_path, gold_answerer, "--part", "dev", "--runs", str(tmp_path / "runs")) == 0
    [page] = (tmp_path / "runs").glob("*/report.html")
    text = page.read_text(encoding="utf-8")
    assert "The hard gates are kept; floors are held on dev and check." in text and "All gates" not in text


def test_of_anchors_that_do_not_fit_the_first_ten_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{**LINES[1], "id": f"X-{n}", "question": f"How big was {n}?"} for n in range(12)]
    for line in lines:
        line["evidence"] = [[{"paragraph": "other#p001", "hash": "00000000"}]]
    arguments = ["run", "--store", "here", "--gold", str(write_gold(tmp_path / "gold.jsonl", lines))]
    assert main(arguments, lambda path: FakeAssistant(always_refuse)) == 2
    printed = capsys.readouterr().err
    assert "X-9:" in printed and "X-10:" not in printed and "... and 2 more" in printed
