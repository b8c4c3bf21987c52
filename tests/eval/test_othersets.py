"""Other people's questions: quotes become paragraphs, and what an index lacks is said."""

import json
from pathlib import Path

import pytest
from northmoor import CALLS_2019, DOCUMENTS, NUMBER_2019, PARAGRAPHS, FakeAssistant, always_refuse

from errors import InputError
from eval.__main__ import main
from eval.anchors import wordings
from eval.othersets import read_other_set

LINES = (
    {
        "id": "x-1",
        "question": "How fast?",
        "answerable": True,
        "answer": None,
        "kind": "clause",
        "evidence": [
            {"doc": "northmoor-2019.txt", "quote": PARAGRAPHS[CALLS_2019].text},
            {"doc": "other.txt", "quote": PARAGRAPHS[NUMBER_2019].text, "also_in": ["northmoor-2019.txt"]},
        ],
    },
    {"id": "x-2", "question": "How many cats?", "answerable": False, "evidence": []},
    {
        "id": "x-3",
        "question": "And the dogs?",
        "answerable": True,
        "evidence": [{"doc": "northmoor-2019.txt", "quote": "Nobody ever counted the dogs of the force."}],
    },
)


def written(folder: Path, lines: object = LINES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")  # type: ignore[attr-defined]
    return folder


def test_each_quote_is_a_group_of_the_paragraphs_that_cover_it(tmp_path: Path) -> None:
    found = read_other_set(written(tmp_path), wordings(DOCUMENTS))
    assert found.gold[0].groups == (frozenset({CALLS_2019}), frozenset({NUMBER_2019}))
    assert [question.is_answerable for question in found.gold] == [True, False, True]


def test_a_quote_without_a_paragraph_is_counted_and_its_question_named(tmp_path: Path) -> None:
    found = read_other_set(written(tmp_path), wordings(DOCUMENTS))
    assert (found.quotes, found.lost_quotes, found.unread) == (3, 1, ("x-3",))


@pytest.mark.parametrize(
    "lines", [[{"id": "x"}], [[]], [{"id": "x", "question": "q", "answerable": True, "evidence": [1]}]]
)
def test_another_form_is_refused(tmp_path: Path, lines: object) -> None:
    with pytest.raises(InputError, match="is no set of questions"):
        read_other_set(written(tmp_path, lines), wordings(DOCUMENTS))


def test_the_command_prints_what_needs_no_required_facts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "set")
    assert main(["external", str(folder), "--store", "here"], lambda path: FakeAssistant(always_refuse)) == 0
    printed = capsys.readouterr().out
    assert "3 questions of set over 2 documents" in printed and "right document first" in printed
    assert "correct" not in printed and "1 of 3 quotes have no paragraph" in printed
