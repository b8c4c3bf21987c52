import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fake_desk import document
from fakes import paragraph as said

from eval.evaluate import measures
from eval.review import record_feedback
from eval.stages import Stage
from ingest.document import DocumentKind, Kind
from ingest.entries import Basis, Point, PointKind, Respondent, Response
from ingest.register import Judgement, Register
from ui.grid import Inspection, grid_html, inspections, rows, scales
from ui.ledger import NO_STATUS, Asked, excerpts, latest_status, ledger_html, unanswered, wanted_points
from ui.progress import MOST_COLUMNS, about, bodies, first_body, head_html, taken_away
from ui.quality import PLAIN, STAGES, accepted, plain_stage, queue_html, rejected, run_html
from ui.timeline import asked_for, timeline_html

OLD = document(
    "old", DocumentKind.INSPECTION_REPORT, "PEEL 2015 on Northmoor", "2015-12-09",
    said("old#p001", "The force is good at <preventing> crime.", Kind.GRADE, headings=("Preventing crime and keeping people safe",)),
)  # fmt: skip
NEW = document(
    "new", DocumentKind.INSPECTION_REPORT, "PEEL 2022 on Northmoor", "2022-04-14",
    said("new#p001", "Northmoor Police is adequate at preventing crime.", Kind.GRADE, headings=("Keeping people safe and preventing crime",)),
    said("new#p002", "Northmoor Police is inadequate at managing offenders.", Kind.GRADE, headings=("Managing offenders",)),
    said("new#p003", "The inspection of vetting has not yet been completed.", Kind.GRADE, headings=("Vetting",)),
)  # fmt: skip
ASKS = said("old#p002", "The force should answer calls sooner.", Kind.AREA_FOR_IMPROVEMENT)
OTHER = said("old#p003", "The force should count its <vans>.", Kind.AREA_FOR_IMPROVEMENT)
SAYS = said("new#p009", "We are now progressing this.", Kind.STATUS)
POINT = Point("old/1", PointKind.AREA_FOR_IMPROVEMENT, OLD, ASKS.text, (ASKS,))
SILENT = Point("old/2", PointKind.AREA_FOR_IMPROVEMENT, OLD, OTHER.text, (OTHER,))
STATED = Response(
    "r1", NEW, Respondent.BODY, (SAYS,), ("old/1",), "2018-04-09", "being progressed", Basis.STATED, (SAYS.id, (0, 5))
)
LATER = replace(STATED, id="r2", date="2019-01-01", status=None, basis=None, proof=None)
REGISTER = Register((OLD, NEW), (), (POINT, SILENT), (STATED, LATER))


def test_an_area_that_two_reports_name_in_another_order_is_one_row() -> None:
    register = Register.of((NEW, OLD))
    assert [column.period for column in inspections(register)] == ["2015", "2022"]
    first, *others = rows(inspections(register))
    assert [column.period for column in first.cells] == ["2022", "2015"]
    assert [list(row.names) for row in others] == [["Managing offenders"], ["Vetting"]]


def test_a_name_that_a_document_gives_an_area_joins_rows_only_with_that_area() -> None:
    named = Judgement(OLD, "Crime prevention", "good", OLD.paragraphs[0], aliases=("Stopping crime",))
    other = Judgement(NEW, "Stopping crime", "good", NEW.paragraphs[0])
    apart = Judgement(NEW, "Vetting", "good", NEW.paragraphs[2], aliases=("Vetting staff",))
    names = [list(row.names) for row in rows(inspections(Register((OLD, NEW), (other, apart, named), ())))]
    assert names == [["Stopping crime", "Crime prevention"], ["Vetting"]]


def test_documents_on_one_inspection_share_a_column_and_numbers_before_an_area_are_no_name() -> None:
    paper = replace(NEW, id="paper", metadata=replace(NEW.metadata, period="2015", date="2019-06-18"))
    judged = Judgement(OLD, "Vetting", "good", OLD.paragraphs[0])
    retold = Judgement(paper, "3. Vetting", "good", NEW.paragraphs[0])
    register = Register((OLD, paper), (judged, retold), ())
    (column,) = inspections(register)
    assert [document.id for document in column.documents] == ["old", "paper"]
    assert [list(row.names) for row in rows(inspections(register))] == [["Vetting"]]


def test_a_changed_scale_is_marked_in_the_cell_and_explained_below() -> None:
    register = Register.of((OLD, NEW))
    assert list(scales(inspections(register)).values()) == ["four grades", "five grades"]
    html = grid_html(register)
    assert html.count("other scale: not comparable") == 1
    assert "The scale changed between these inspections" in html


def test_every_cell_opens_its_paragraph_and_blanks_are_named() -> None:
    html = grid_html(Register.of((OLD, NEW)))
    assert set(re.findall(r'data-id="(.*?)"', html)) == {"old#p001", "new#p001", "new#p002", "new#p003"}
    assert "Not yet inspected" in html
    assert html.count("Named by one inspection only: not comparable") == 1
    assert "No loaded document gives a grade." in grid_html(Register.of(()))


def test_a_status_is_only_what_a_response_states_however_late_others_speak() -> None:
    assert latest_status(REGISTER, POINT) == STATED
    assert latest_status(REGISTER, SILENT) is None
    html = ledger_html(REGISTER, Asked())
    assert "Latest stated status: <strong>being progressed</strong>" in html
    assert html.count(NO_STATUS) == 1
    assert "<vans>" not in html


def test_a_line_of_the_ledger_says_what_is_asked_for_its_kind_and_its_latest_status_below_who_issued_it_when() -> None:
    html = ledger_html(REGISTER, Asked())
    heading = re.search(r"<h4>(.*?)</h4>", html)
    assert heading and heading[1] == "PEEL 2015 on Northmoor <span>issued 9 December 2015; 2 points</span>"
    lines = [re.sub(r"<.*?>", "", each) for each in re.findall(r"<li class.*?<summary>(.*?)</summary>", html)]
    assert lines == [
        "Answer calls sooner. Area for improvement · latest status: being progressed, 9 April 2018",
        "Count its &lt;vans&gt;. Area for improvement · no response",
    ]
    assert "<details open>" not in html  # of many points none is open; a single one is
    assert "<details open>" in ledger_html(REGISTER, Asked(words="vans"))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), ["old/1", "old/2"]),
        (Asked(words="VANS"), ["old/2"]),
        (Asked(is_answered="answered"), ["old/1"]),
        (Asked(is_answered="unanswered"), ["old/2"]),
        (Asked(kind="recommendation"), []),
        (Asked(document="new"), []),
    ],
)
def test_the_ledger_is_narrowed(asked: Asked, expected: list[str]) -> None:
    assert [point.id for point in wanted_points(REGISTER, asked)] == expected


def test_the_time_line_draws_only_what_was_answered_and_dated() -> None:
    key, plot = timeline_html(REGISTER, REGISTER.points).split("</figcaption>")
    assert plot.count("<rect") == 1
    assert plot.count('class="desk-stated"') == plot.count('class="desk-response"') == 1
    assert ">December 2015<" in plot and ">2017<" in plot and ">January 2019<" in plot
    assert [key.count(f'class="desk-{mark}"') for mark in ("issued", "response", "stated")] == [1, 1, 1]
    assert timeline_html(REGISTER, (SILENT,)) == ""


def test_the_time_line_names_what_is_asked_for_in_few_words() -> None:
    assert asked_for(POINT) == "Answer calls sooner."
    assert asked_for(SILENT, 12) == "Count its…"


def test_plain_words_stand_for_measures_and_stages_that_there_are() -> None:
    assert set(PLAIN) <= {measure.key for measure in measures()}
    assert set(STAGES) == {stage.value for stage in Stage}
    assert plain_stage("not found") == STAGES["not found"] and plain_stage("a new stage") == "a new stage"


def test_a_briefing_from_the_ledger_cites_points_and_their_latest_word_and_names_the_silent() -> None:
    findings, silent = excerpts(REGISTER, REGISTER.points)
    assert [each.paragraph.id for each in findings] == ["old#p002", "new#p009", "old#p003"]
    closing = replace(LATER, paragraphs=(replace(SAYS, id="new#p010"),))
    found, _ = excerpts(replace(REGISTER, responses=(STATED, closing)), (POINT,))
    assert [each.paragraph.id for each in found] == [
        "old#p002",
        "new#p009",
        "new#p010",
    ]  # the status, then the last word
    assert [each.paragraph.id for each in silent] == ["old#p003"]
    assert [each.paragraph.id for each in unanswered(REGISTER, findings)] == ["old#p003"]


def test_an_empty_ledger_says_whether_the_filters_or_the_documents_are_the_reason() -> None:
    assert "No point fits" in ledger_html(REGISTER, Asked(words="horses"))
    assert "asks for anything" in ledger_html(Register((OLD,), (), ()), Asked())


def test_after_the_first_inspection_on_a_scale_of_five_all_are_on_it_even_if_none_shows_its_middle_grade() -> None:
    def column(year: int, *grades: str) -> tuple[Inspection, list[Judgement]]:
        return Inspection("Northmoor Police", str(year), ()), [Judgement(OLD, "Vetting", each, ASKS) for each in grades]

    judged = dict([column(2015, "good"), column(2019, "adequate"), column(2021, "good"), column(2023, "ungraded")])
    assert list(scales(judged).values()) == ["four grades", "five grades", "five grades", "no grades"]


def test_downloads_of_the_ledger_are_files_and_an_unknown_button_does_nothing() -> None:
    for act in ("register-csv", "register-json", "brief-docx", "brief-html"):
        assert "data-download-now" in taken_away(REGISTER, Asked(), act, "0123abcd", "2026-11-22T13:40")
    assert "nothing to take away" in taken_away(REGISTER, Asked(), "format-disk", "0123abcd", "2026-11-22T13:40")
    assert "nothing to take away" in taken_away(REGISTER, Asked("", "no"), "brief-docx", "0123abcd", "2026-11-22T13:40")


def test_of_several_bodies_one_can_be_chosen_and_one_is_when_their_grades_do_not_fit_beside_each_other() -> None:
    def inspected(body: str, year: int) -> Judgement:
        named = document(f"{body}-{year}", DocumentKind.INSPECTION_REPORT, f"PEEL {year}", f"{year}-05-01", ASKS)
        return Judgement(replace(named, metadata=replace(named.metadata, body=body)), "Vetting", "good", ASKS)

    few = [inspected(body, 2019) for body in ("Southvale Police", "Eastvale Police")]
    many = few + [inspected("Southvale Police", year) for year in range(2010, 2010 + MOST_COLUMNS)]
    assert bodies(Register((), tuple(many), ())) == ["Eastvale Police", "Southvale Police"]
    assert first_body(Register((), tuple(few), ())) == "" and first_body(REGISTER) == ""
    assert first_body(Register((), tuple(many), ())) == "Eastvale Police"
    assert about(Register((), tuple(many), ()), "Eastvale Police").judgements == (few[1],)
    assert about(REGISTER, "Eastvale Police").points == () and about(REGISTER, "Northmoor Police").points == (
        POINT,
        SILENT,
    )
    assert "Choose a body" in head_html(Register((), tuple(few), ()), "") and "<form" not in head_html(REGISTER, "")


def test_without_a_run_the_page_says_how_to_make_one() -> None:
    assert "python -m eval" in run_html(None, "0123abcd")


def test_feedback_waits_in_the_queue_until_it_is_turned_down_with_a_reason(tmp_path) -> None:  # type: ignore[no-untyped-def]
    queue = tmp_path / "feedback.jsonl"
    entry = record_feedback(queue, "Is <it> good?", "wrong", "No & never.", "It is.", ["old#p001"])
    html = queue_html(queue)
    assert "Is &lt;it&gt; good?" in html and "No &amp; never." in html
    assert "Say why" in rejected(queue, entry.id, "")
    assert "Turned down" in rejected(queue, entry.id, "It is good.")
    assert "settled already" in rejected(queue, entry.id, "Again.")
    assert "Nothing waits" in queue_html(queue)


def test_an_evaluator_accepts_an_entry_and_it_becomes_a_candidate_with_the_next_number(tmp_path: Path) -> None:
    queue, out = tmp_path / "feedback.jsonl", tmp_path / "candidates.jsonl"
    entries = [record_feedback(queue, f"How {word}?", "wrong", "No.") for word in ("many", "much")]
    said = [accepted(queue, each.id, out) for each in entries]
    assert [words.split()[2] for words in said] == ["R-F-001", "R-F-002"]
    assert [json.loads(line)["question"] for line in out.read_text().splitlines()] == ["How many?", "How much?"]
    assert "settled already" in accepted(queue, entries[0].id, out)
    assert "Nothing waits" in queue_html(queue)


def test_an_entry_stays_in_the_queue_when_its_candidate_cannot_be_kept(tmp_path: Path) -> None:
    queue, out = tmp_path / "feedback.jsonl", tmp_path / "candidates.jsonl"
    entry = record_feedback(queue, "How many?", "wrong")
    out.write_text("no JSON\n")
    assert "Take the line out" in accepted(queue, entry.id, out)
    assert "Review queue (1)" in queue_html(queue)
