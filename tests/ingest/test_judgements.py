"""Grades, and notes that grades cannot be compared."""

from pathlib import Path

import pytest

from ingest.corpus import SourceFile, read_document
from ingest.document import Document
from ingest.judgements import comparability_notes, grade_in, judgements, reported_judgements, stated_judgements
from ingest.register import Register


def document(tmp_path: Path, source: str) -> Document:
    path = tmp_path / "northmoor.txt"
    path.write_text(source, encoding="utf-8")
    return read_document(SourceFile(path, "0"))


def grades(tmp_path: Path, source: str) -> list[tuple[str, str]]:
    return [(judgement.area, judgement.grade) for judgement in judgements(document(tmp_path, source))]


OPENING = "Northmoor Police: an inspection\n\nThis page says what was found.\n\n"


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("The force is good at it.", "good"),
        ("It is OUTSTANDING", "outstanding"),
        ("It is inadequate.", "inadequate"),
        ("It is adequate.", "adequate"),
        ("Northmoor requires improvement.", "requires improvement"),
        ("assessed as requiring improvement", "requires improvement"),
        ("This was not graded", "ungraded"),
        ("We don’t make a graded judgment", "ungraded"),
        ("The force is not good at it.", None),
        ("Goods were adequately stored.", None),
        ("It was adequate and is good.", "adequate"),
    ],
)
def test_the_first_grade_word_of_a_text_counts(words: str, grade: str | None) -> None:
    assert grade_in(words) == grade


def test_a_grade_and_the_sentence_that_repeats_it_are_both_judgements_of_their_section(tmp_path: Path) -> None:
    source = OPENING + "Custody\n\nGood\n\nThe cells of this force are good.\n\nThe beds are good."
    assert grades(tmp_path, source) == [("Custody", "good"), ("Custody", "good")]


def test_the_area_is_the_section_and_not_the_label_in_it(tmp_path: Path) -> None:
    source = OPENING + "Custody\n\nGood\n\nSummary of findings\n\nNorthmoor Police is good at running its cells."
    assert grades(tmp_path, source) == [("Custody", "good"), ("Custody", "good")]


def test_each_area_of_a_table_with_grades_as_heads_is_a_judgement(tmp_path: Path) -> None:
    source = OPENING + "Good\tAdequate\nCustody\tCalls\nThefts\t\n"
    assert grades(tmp_path, source) == [("Custody", "good"), ("Thefts", "good"), ("Calls", "adequate")]


def test_a_table_with_a_column_of_grades_gives_one_judgement_a_row(tmp_path: Path) -> None:
    source = OPENING + "Area\tGrade\nCustody\tGood\nCalls\tRequires improvement\n"
    assert grades(tmp_path, source) == [("Custody", "good"), ("Calls", "requires improvement")]


def test_a_table_without_grades_gives_none(tmp_path: Path) -> None:
    assert grades(tmp_path, OPENING + "Area\tOfficers\nCustody\t4\nCalls\t9\n") == []


def test_a_text_without_grades_gives_none(tmp_path: Path) -> None:
    assert grades(tmp_path, OPENING) == []


@pytest.mark.parametrize(
    "words",
    [
        "It isn't possible to compare these grades with those of other years.",
        "Grades of this PEEL inspection cannot be compared with the last ones.",
        "Direct comparisons of PEEL grades are not possible.",
    ],
)
def test_a_warning_about_comparing_grades_is_noted(tmp_path: Path, words: str) -> None:
    assert [note.text for note in comparability_notes(document(tmp_path, OPENING + words))] == [words]


def test_a_comparison_of_something_else_is_no_such_note(tmp_path: Path) -> None:
    source = OPENING + "The number of beds cannot be compared with that of other forces.\n\nGrades are compared below."
    assert comparability_notes(document(tmp_path, source)) == ()


@pytest.mark.parametrize(
    ("words", "grade", "period"),
    [
        ("It is worse than last year’s inspection, which graded the cells good.", "good", "2015"),
        ("It agrees with the inspection in 2014, which assessed the force as outstanding.", "outstanding", "2014"),
        ("In HMIC’s 2014 crime inspection, we judged the force to be inadequate at it.", "inadequate", "2014"),
    ],
)
def test_a_grade_of_an_earlier_inspection_is_told_apart(tmp_path: Path, words: str, grade: str, period: str) -> None:
    (tmp_path / "n").mkdir()
    source = "Northmoor PEEL 2016\n\nNorthmoor Police was inspected.\n\nCustody\n\nGood\n\n" + words
    found = reported_judgements(document(tmp_path / "n", source))
    assert [(judgement.area, judgement.grade, judgement.period) for judgement in found] == [("Custody", grade, period)]


def test_a_panel_paper_tells_grades_in_quotation_marks(tmp_path: Path) -> None:
    source = (
        "NORTHMOOR POLICE AND CRIME PANEL 4 JUNE 2018\n\nThe overall grading was 'good', with 'Custody' graded as "
        "'inadequate'. Progress is good."
    )
    found = reported_judgements(document(tmp_path, source))
    assert [(judgement.area, judgement.grade) for judgement in found] == [("", "good"), ("Custody", "inadequate")]


def test_an_assessment_that_says_it_is_ungraded_is_a_judgement(tmp_path: Path) -> None:
    source = OPENING + "Service to victims\n\nWe looked at forty cases. While this assessment is ungraded, it counts."
    assert grades(tmp_path, source) == [("Service to victims", "ungraded")]


def test_a_column_that_numbers_the_areas_is_not_their_name(tmp_path: Path) -> None:
    source = OPENING + "No\tArea\tGrade\n1\tCustody\tGood\n2\tCalls\tAdequate\n"
    assert grades(tmp_path, source) == [("Custody", "good"), ("Calls", "adequate")]


def test_a_paragraph_of_a_summary_that_opens_with_a_grade_is_a_judgement(tmp_path: Path) -> None:
    source = (
        OPENING
        + "Summary\n\nNorthmoor Police requires improvement in running its cells. They are cold in winter. "
        + "The gaolers of this force know each lock. " * 5
    )
    found = stated_judgements(document(tmp_path, source))
    assert [(judgement.area, judgement.grade) for judgement in found] == [("", "requires improvement")]


@pytest.mark.parametrize(
    "heading", ["Summary", "Our judgments", "Overall judgement", "Main findings", "Overview - the force"]
)
def test_a_heading_of_a_part_of_the_report_is_no_area(tmp_path: Path, heading: str) -> None:
    found = judgements(document(tmp_path, OPENING + f"{heading}\n\nGood\n\nCustody\n\nGood\n\nIt is clean.\n"))
    assert [judgement.area for judgement in found] == ["", "Custody"]


def test_a_statement_that_an_area_is_not_graded_counts_for_the_section_that_says_so_too(tmp_path: Path) -> None:
    source = OPENING + (
        "Our judgments\n\nWe also looked at how the force serves victims of boat theft. We don't make a graded judgment in "
        "this overall area.\n\nServing the victims of theft\n\nThis assessment is ungraded, and it matters.\n\n"
        "Custody\n\nGood\n\nThe cells are clean.\n"
    )
    assert [(judgement.area, judgement.grade) for judgement in judgements(document(tmp_path, source))] == [
        ("Serving the victims of theft", "ungraded"),
        ("Serving the victims of theft", "ungraded"),
        ("Custody", "good"),
    ]


def test_what_one_report_calls_the_whole_is_no_other_name_for_an_area_of_the_next(tmp_path: Path) -> None:
    sources = {
        "one": "Northmoor Police 2016\n\nHow well is the force keeping people safe and dry?\n\nGood\n\nIt is good.\n\n"
        "How well is the force stopping theft and keeping people safe and dry?\n\nGood\n\nIt is good at it.\n",
        "two": "Northmoor Police 2018\n\nWe inspected it.\n\nStopping theft and keeping people safe\n\nGood\n\nIt has few thefts.\n",
    }
    for name, source in sources.items():
        (tmp_path / f"{name}.txt").write_text(source, encoding="utf-8")
    register = Register.of([read_document(SourceFile(tmp_path / f"{name}.txt", name)) for name in sources])
    names = {name for judgement in register.judgements for name in judgement.aliases if judgement.document.id == "two"}
    assert names == {"How well is the force stopping theft and keeping people safe and dry?"}


def test_a_statement_on_an_area_that_no_section_is_about_grades_nothing(tmp_path: Path) -> None:
    source = (
        OPENING
        + "Our judgments\n\nWe looked at rowing. We do not give a grade in this area.\n\nCustody\n\nGood\n\nClean.\n"
    )
    assert [judgement.area for judgement in judgements(document(tmp_path, source))] == ["Custody"]


def test_a_row_with_a_column_for_each_inspection_gives_a_grade_for_each(tmp_path: Path) -> None:
    source = (
        "Northmoor Police: an inspection\n\nThe table says how the force was graded when it was inspected and\n"
        "how it was graded before that.\n\n"
        "Area            2019        2023/24\nBoats           Good        Adequate\nBridges         Adequate    Good\n"
    )
    found = judgements(document(tmp_path, source))
    assert [(judgement.area, judgement.grade, judgement.period) for judgement in found] == [
        ("Boats", "good", "2019"),
        ("Boats", "adequate", "2023/24"),
        ("Bridges", "adequate", "2019"),
        ("Bridges", "good", "2023/24"),
    ]


def test_a_paragraph_that_closes_with_an_overall_grade_is_a_judgement(tmp_path: Path) -> None:
    weighed = "The cells are clean. " + "The gaolers know each lock. " * 8
    found = stated_judgements(
        document(
            tmp_path,
            OPENING + f"Custody\n\n{weighed}Given the cold, overall the force requires improvement.\n\n{weighed}\n",
        )
    )
    assert [(judgement.area, judgement.grade) for judgement in found] == [("Custody", "requires improvement")]


def test_the_area_of_an_earlier_grade_may_stand_behind_it(tmp_path: Path) -> None:
    source = (
        OPENING + "Background\n\nSince last year’s inadequate rating for clean cells (CC), a judgement was awaited.\n"
    )
    (found,) = reported_judgements(document(tmp_path, source))
    assert (found.area, found.grade) == ("clean cells", "inadequate")
