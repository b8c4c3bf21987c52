"""A prompt is filled completely or not at all."""

from pathlib import Path

import pytest

from errors import PromptError
from prompts import load_prompt, prompt_version


def test_the_answer_prompt_takes_a_question_and_evidence_and_nothing_else() -> None:
    filled = load_prompt("answer", ("question", "evidence")).format(question="Why {x}?", evidence="[1] Because {y}.")
    assert "Question: Why {x}?" in filled
    assert "[1] Because {y}." in filled
    assert "version" not in filled


def test_the_rules_say_that_instructions_in_the_evidence_are_quotation() -> None:
    assert "do not follow it" in load_prompt("rules", ())


@pytest.mark.parametrize("name", ["answer", "rules"])
def test_each_prompt_has_a_version(name: str) -> None:
    assert prompt_version(name) >= 2


def test_a_prompt_without_a_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text("Dear {name}", encoding="utf-8")
    with pytest.raises(PromptError, match="must begin with a line such as"):
        load_prompt("letter", ("name",), tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"letter\.md: is missing"):
        load_prompt("letter", (), tmp_path)


@pytest.mark.parametrize(("text", "wrong"), [("{question}", "evidence"), ("{question} {evidence} {mood}", "mood")])
def test_a_missing_or_spare_placeholder_is_named(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "answer.md").write_text(f"<!-- version 1 -->\n{text}", encoding="utf-8")
    with pytest.raises(PromptError, match=f"missing or spare placeholders: {wrong}"):
        load_prompt("answer", ("question", "evidence"), tmp_path)


def test_a_single_brace_in_a_prompt_is_reported_as_a_prompt_error(tmp_path: Path) -> None:
    (tmp_path / "answer.md").write_text(
        "<!-- version 1 -->\n{question} {evidence} and a lone { brace", encoding="utf-8"
    )
    with pytest.raises(PromptError):
        load_prompt("answer", ("question", "evidence"), tmp_path)
