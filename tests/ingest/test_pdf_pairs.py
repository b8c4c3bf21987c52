"""Invented reports and the government's answers to them, printed to PDF by Chromium or LibreOffice: points, links, statuses.

`pdf_pairs` has a folder for each layout with its truth; the HTML they were printed from is in `pdf_pairs/source`.
"""

from pathlib import Path

import pytest

from benchmarks.register_truth import Score, read_truth, score
from ingest.corpus import list_files, read_document
from ingest.register import Register

PAIRS = Path(__file__).parent / "pdf_pairs"
LAYOUTS = sorted(path.parent.name for path in PAIRS.glob("*/truth.csv"))
# What neither word of the truth says: a table that calls it "keep open", and "Noted" before a refusal.
OWN_WORDS = {("hospital", "6"): "keep open", ("levels", "6"): "noted"}
_SCORES: dict[str, Score] = {}  # each pair is read once


def score_of(layout: str) -> Score:
    if layout not in _SCORES:
        files = [file for file in list_files(PAIRS / layout)[0] if file.path.suffix == ".pdf"]
        register = Register.of([read_document(file) for file in files])
        _SCORES[layout] = score(register, read_truth(PAIRS / layout / "truth.csv"))
    return _SCORES[layout]


def test_every_layout_has_a_report_and_a_response() -> None:
    assert len(LAYOUTS) >= 9
    assert all((PAIRS / layout / f"{part}.pdf").is_file() for layout in LAYOUTS for part in ("report", "response"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_recommendation_is_found_and_nothing_else(layout: str) -> None:
    result = score_of(layout)
    assert {row.number for row in result.rows} == set(result.found)
    assert [point.text for point in result.spare] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_answer_is_linked_to_its_recommendation(layout: str) -> None:
    result = score_of(layout)
    assert {row.number for row in result.rows} == result.linked


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_status_is_the_one_that_the_answer_gives(layout: str) -> None:
    result = score_of(layout)
    wanted = {row.number: OWN_WORDS.get((layout, row.number), row.status) for row in result.rows}
    assert result.statuses == wanted
