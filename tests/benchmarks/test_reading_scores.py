"""Scoring what was read: what counts as right, missed and spare, on a report of a few lines."""

import json
from pathlib import Path

import pytest

from benchmarks import reading_truth
from benchmarks.reading_scores import (
    Check,
    figure_checks,
    judgement_checks,
    letters,
    metadata_checks,
    paragraph_checks,
    placed_figure_checks,
    point_checks,
)
from ingest.corpus import SourceFile, read_document
from ingest.document import Document
from ingest.register import Register

REPORT = """Northmoor Police 2016: an inspection

We came in the spring of the year.

Custody

Good

Northmoor Police is good at running its cells.

The force does not:

• clean its 31 cells every day; or
• keep a list of them.

Areas for improvement

• The force should clean its cells.
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "northmoor.txt"
    path.write_text(REPORT, encoding="utf-8")
    return read_document(SourceFile(path, "0"))


def span(words: str) -> list[int]:
    return [REPORT.index(words), REPORT.index(words) + len(words)]


def results(checks: list[Check]) -> list[tuple[str, bool]]:
    return [(check.row, check.is_right) for check in checks if not check.is_spare]


def test_letters_leave_out_bullets_marks_and_line_breaks() -> None:
    assert letters("• Some 3\nWords.12") == "somewords"


def test_a_paragraph_is_right_with_its_own_words_section_and_lead_in(document: Document) -> None:
    truth = {
        "document": "northmoor",
        "pieces": [span("• clean its 31 cells every day; or")],
        "section": [span("Custody")],
        "lead_in": span("The force does not:"),
    }
    assert results(paragraph_checks(document, [truth])) == [
        ("paragraphs", True),
        ("section paths", True),
        ("lead-ins", True),
    ]


def test_a_paragraph_with_other_words_is_missed_and_another_section_too(document: Document) -> None:
    truth = {"document": "northmoor", "pieces": [span("keep a list")], "section": [span("Areas for improvement")]}
    assert results(paragraph_checks(document, [truth])) == [("paragraphs", False), ("section paths", False)]


def test_a_second_path_that_the_page_allows_is_right_too(document: Document) -> None:
    truth = {
        "document": "northmoor",
        "opens": "keep a list",
        "closes": "of them.",
        "section": ["Cells"],
        "or_section": ["Custody"],
    }
    assert results(paragraph_checks(document, [truth]))[1] == ("section paths", True)


def test_a_judgement_needs_its_grade_period_and_area_and_what_is_left_is_spare(document: Document) -> None:
    register = Register.of([document])
    right = {
        "document": "northmoor",
        "at": span("\nGood\n"),
        "grade": "good",
        "period": "2016",
        "area": span("Custody"),
    }
    checks = judgement_checks(document, register, [right])
    assert results(checks) == [("judgements", True)]
    assert [check.is_spare for check in checks] == [False, True]  # the sentence that repeats the grade
    for wrong in ({"grade": "adequate"}, {"period": "2017"}, {"area": "Boats"}):
        assert results(judgement_checks(document, register, [{**right, **wrong}])) == [("judgements", False)]


def test_an_optional_entry_is_neither_missed_nor_spare(document: Document) -> None:
    register = Register.of([document])
    at = {"document": "northmoor", "at": span("The force should clean its cells."), "optional": True}
    assert point_checks(document, register, [{**at, "kind": "area for improvement"}]) == []
    assert [c.is_spare for c in point_checks(document, register, [{**at, "kind": "recommendation"}])] == [True]


def test_only_the_parts_of_a_figure_that_its_truth_names_are_checked(document: Document) -> None:
    register = Register.of([document])
    truth = {
        "document": "northmoor",
        "at": REPORT.index("31"),
        "value": "31",
        "unit": "count",
        "what": "cells",
        "period": None,
    }
    assert results(figure_checks(document, register, [truth])) == [
        ("figures: value and unit", True),
        ("figures: measures", True),
    ]
    assert results(figure_checks(document, register, [{**truth, "value": "32"}]))[0] == (
        "figures: value and unit",
        False,
    )


def test_metadata_is_compared_field_by_field(document: Document) -> None:
    truths = [{"document": "northmoor", "field": "period", "value": value} for value in ("2016", "2017")]
    assert results(metadata_checks(document, truths)) == [("metadata", True), ("metadata", False)]


def test_the_table_counts_recall_and_precision() -> None:
    checks = [
        Check("judgements", "a", True),
        Check("judgements", "b", False),
        Check("judgements", "c", False, is_spare=True),
    ]
    assert list(reading_truth.table(checks))[2:] == ["| judgements | 1 | 2 | 50.0 % | 50.0 % |"]


def test_every_truth_of_the_unseen_reports_has_its_document() -> None:
    for path in reading_truth.UNSEEN.glob("*.truth.jsonl"):
        named = {json.loads(line)["document"] for line in path.read_text(encoding="utf-8").splitlines()}
        assert named == {path.name.removesuffix(".truth.jsonl")}
        assert any(
            (reading_truth.UNSEEN / f"{next(iter(named))}{suffix}").exists() for suffix in (".txt", ".html", ".md")
        )


# A list of recommendations that goes on with one point of its own ("3.") is read as a paragraph.
MISSED = {"coldbeck-prison": {"recommendation", "numbers, owners, deadlines"}}


def test_no_misses_beyond_those_that_evaluation_md_lists() -> None:
    """The invented reports are part of the repository; reading them may only get better."""
    for document in reading_truth.read_folder(reading_truth.UNSEEN):
        truths = reading_truth.read_lines(reading_truth.UNSEEN / f"{document.id}.truth.jsonl")
        checks = reading_truth.checks_of([document], truths)
        missed = {check.row for check in checks if not check.is_right and "figures" not in check.row}
        assert missed <= {"speakers"} | MISSED.get(document.id, set()), missed


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reading_truth.main(["--reports", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err


def test_a_figure_may_be_named_by_its_place_in_a_paragraph(document: Document) -> None:
    paragraph = next(part for part in document.citable() if "31 cells" in part.text)
    at = paragraph.text.index("31")
    truth = {"paragraph": paragraph.id, "at": at, "value": "31", "unit": "count", "what": [at + 3, at + 8]}
    assert results(placed_figure_checks([document], [truth])) == [
        ("figures: value and unit", True),
        ("figures: measures", True),
    ]
    assert results(placed_figure_checks([document], [{**truth, "no_figure": True}])) == [
        ("numbers that are no figures", False)
    ]
