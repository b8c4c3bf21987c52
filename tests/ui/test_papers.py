import io
import json
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from fake_desk import CALLS, FIRST_ITEM, GRADE, REPORT_2015, REPORT_2022, SCRIPT, SHELF, FakeDesk, answer, refusal, say
from lxml import etree

from assistant.answer import Reason
from ingest.document import Kind
from ui.basket import FIELDS, acquired, as_csv, exported, from_browser, panel_html, rows, safe_cell
from ui.briefing import Excerpt, briefing, of_answer, question
from ui.copying import committee, markdown, plain, plain_markdown
from ui.paper import Footnotes, Line, Paper, Style, paper_markdown
from ui.webpage import paper_html
from ui.word import paper_docx

MADE = "2026-11-22T13:40"
FOUND = (Excerpt(CALLS.text, CALLS, REPORT_2015), Excerpt(FIRST_ITEM.text, FIRST_ITEM, REPORT_2022))
BRIEF = briefing("A <brief>", FOUND, FOUND[1:], "0123abcd", MADE)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_no_line_but_a_heading_can_be_made_without_a_footnote() -> None:
    Line(Style.HEADING, "Findings")
    with pytest.raises(ValueError, match="footnote"):
        Line(Style.ITEM, "All is well.")


@pytest.mark.parametrize("notes", [(), (2,), (1, 2)])
def test_a_paper_whose_references_and_footnotes_do_not_match_cannot_be_made(notes: tuple[int, ...]) -> None:
    lines = (Line(Style.ITEM, "Calls were slow.", notes),) if notes else ()
    with pytest.raises(ValueError, match="do not match"):
        Paper("A paper", lines, ("a source",), ())


def test_one_paragraph_has_one_footnote_however_often_it_is_cited() -> None:
    notes = Footnotes()
    assert [notes.number(CALLS, REPORT_2015), notes.number(GRADE, REPORT_2015), notes.number(CALLS, REPORT_2015)] == [
        1,
        2,
        1,
    ]
    assert len(notes.texts) == 2


def test_a_briefing_has_findings_what_is_unanswered_and_a_question_on_each_finding() -> None:
    headings = [line.words for line in BRIEF.lines if line.style is Style.HEADING]
    assert headings[-2:] == ["What is unanswered", "Questions to put"]
    asked = BRIEF.lines[-2:]
    assert [line.notes for line in asked] == [(1,), (2,)]
    assert all(line.words.endswith("?") for line in asked)
    assert "0123abcd" in " ".join(BRIEF.colophon)


def test_questions_speak_of_what_the_finding_is() -> None:
    assert question(Excerpt(GRADE.text, GRADE, REPORT_2015)).startswith("What has changed since 9 December 2015")
    assert question(FOUND[1]).startswith("What has been done since April 2022 about")
    number = replace(CALLS, text="It took 9 minutes.")
    assert question(Excerpt(number.text, number, REPORT_2015)).startswith("What is the figure today")
    numbered = "Question 4 was graded inadequate in 2017/18 (Section 12)."
    assert question(Excerpt(numbered, replace(CALLS, text=numbered), REPORT_2015)).startswith("Is it still so")
    plain_finding = replace(CALLS, text="Staff were kind.", kind=Kind.FINDING)
    assert question(Excerpt("Staff were kind.", plain_finding, REPORT_2022)).startswith(
        "Is it still so, as was found in April"
    )


def test_in_word_every_footnote_is_referred_to_and_every_reference_has_its_footnote() -> None:
    content = paper_docx(BRIEF)
    files = zipfile.ZipFile(io.BytesIO(content))
    main, notes = (etree.fromstring(files.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    referred = {each.get(f"{W}id") for each in main.iter(f"{W}footnoteReference")}
    noted = {each.get(f"{W}id") for each in notes.iter(f"{W}footnote") if each.get(f"{W}type") is None}
    assert referred == noted
    assert len(noted) == len(BRIEF.footnotes) == 2
    words = [each.text for each in docx.Document(io.BytesIO(content)).paragraphs]
    assert CALLS.text in words
    assert "A <brief>" in words


def test_control_characters_in_a_document_do_not_break_the_word_file() -> None:
    odd = Excerpt("Calls\x0b were\x00 slow.", replace(CALLS, text="Calls\x0b were\x00 slow."), REPORT_2015)
    words = [
        each.text for each in docx.Document(io.BytesIO(paper_docx(briefing("B", [odd], [], "x", MADE)))).paragraphs
    ]
    assert "Calls were slow." in words


def test_on_the_web_page_every_number_leads_to_its_note_and_back() -> None:
    html = paper_html(BRIEF)
    anchors = re.findall(r' id="(.*?)"', html)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#(.*?)"', html)) == set(anchors)
    assert "<brief>" not in html
    assert "default-src &#x27;none&#x27;" in html or "default-src 'none'" in html


def test_in_markdown_every_footnote_is_defined_once_and_used() -> None:
    text = paper_markdown(BRIEF)
    assert (
        set(re.findall(r"\[\^(\d)\](?!:)", text)) == set(re.findall(r"^\[\^(\d)\]:", text, re.MULTILINE)) == {"1", "2"}
    )


def test_markup_in_documents_is_shown_and_not_obeyed_in_every_form() -> None:
    excerpt = Excerpt(SCRIPT.text, SCRIPT, REPORT_2015)
    paper = briefing("B", [excerpt], [], "x", MADE)
    assert "<script" not in paper_html(paper)
    assert "<script" not in paper_markdown(paper)
    for form in (markdown,):
        assert "<script" not in form(answer(say(SCRIPT)), "stamp")
    assert plain_markdown("1. *a* [b](c) <i> & d") == "1\\. \\*a\\* \\[b\\](c) &lt;i&gt; &amp; d"


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    for value in ("=1+1", "+1", "-1", "@x", "\t=1", "  =1"):
        assert safe_cell(value).startswith("'")
    assert safe_cell("nine = 9") == "nine = 9"
    formula = replace(CALLS, text='=HYPERLINK("http://x")')
    text = as_csv(rows([Excerpt(formula.text, formula, REPORT_2015)], "x", MADE, ""))
    assert "\"'=HYPERLINK" in text


def test_every_row_says_where_from_as_of_when_and_that_a_machine_made_it() -> None:
    (first, _) = rows(FOUND, "0123abcd", MADE, "2016-01-31")
    assert tuple(first) == FIELDS
    assert first["as_of"] == "2016-01-31"
    assert first["index_fingerprint"] == "0123abcd"
    assert "machine" in first["note"]
    assert json.loads(json.dumps(first)) == first


def test_a_basket_takes_a_paragraph_once_and_refuses_what_is_not_there() -> None:
    desk = FakeDesk()
    assert acquired(desk.shelf, (), CALLS.id) == (CALLS.id,)
    assert acquired(desk.shelf, (CALLS.id,), CALLS.id) == (CALLS.id,)
    assert acquired(desk.shelf, (), "nowhere#p001") is None
    assert from_browser([CALLS.id, CALLS.id, "nowhere#p001", 3, None], SHELF) == (CALLS.id,)
    assert from_browser("nonsense", SHELF) == ()


def test_the_basket_panel_escapes_what_documents_say() -> None:
    assert "<script" not in panel_html(SHELF, (SCRIPT.id,))


@pytest.mark.parametrize("form", ["export-docx", "export-md", "export-csv", "export-json", "brief-docx", "brief-html"])
def test_each_export_is_a_file_inside_the_page(form: str) -> None:
    html = exported(FakeDesk(), (CALLS.id, FIRST_ITEM.id), form, MADE)
    assert re.search(r'<a download="[a-z]+\.[a-z]+" data-download-now href="data:[^"]+;base64,[A-Za-z0-9+/=]+">', html)
    assert "empty" in exported(FakeDesk(), (), form, MADE)


def test_an_answer_is_copied_in_three_forms_with_every_source() -> None:
    reply = answer(say(CALLS, "Calls to 101 took far longer."), say(GRADE))
    for form in (plain, markdown, committee):
        text = form(reply, "Index 0123abcd.")
        assert "PEEL 2015 on Northmoor" in text
        assert "4.7" in text and "Index 0123abcd." in text
    assert of_answer(reply)[0].paragraph is CALLS
    refused = refusal(Reason.NOT_ANSWERED)
    assert all(
        "None of them speaks of horses." in form(refused, "") or "none of them" in form(refused, "")
        for form in (plain, markdown, committee)
    )
