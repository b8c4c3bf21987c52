import re
from dataclasses import replace
from html import escape

import pytest
from fake_desk import (
    CALLS,
    DIGEST,
    DOCUMENTS,
    FIRST_ITEM,
    GRADE,
    LEAD_IN,
    REPORT_2015,
    REPORT_2022,
    SCRIPT,
    SECOND_ITEM,
    SHELF,
    answer,
    cite,
    refusal,
    say,
)

from assistant.answer import Reason, Searched, Statement
from assistant.render import numbered
from ingest.document import DocumentKind
from ui.reply import BY_MODEL, MOST_LISTED, NEXT_STEPS, REFUSAL_HEADINGS, loaded_line, reply_html, status_line
from ui.source import number_sources

FAST, SLOW = "Calls to 999 were answered in nine seconds.", "Calls to 101 took far longer."
FULL = answer(say(CALLS, FAST), say(CALLS, SLOW), say(GRADE), say(FIRST_ITEM), say(SECOND_ITEM))


def headings(html: str) -> list[str]:
    return re.findall(r'<section class="desk-report"><h3>(.*?)</h3>', html)


def cards(html: str) -> list[str]:
    return re.findall(r'<article class="desk-card".*?</article>', html, re.DOTALL)


def test_statements_stand_under_their_report_in_the_order_given() -> None:
    html = reply_html(FULL, "turn-1", SHELF)
    assert headings(html) == [
        "PEEL 2015 on Northmoor <span>(9 December 2015)</span>",
        "PEEL 2022 on Northmoor <span>(April 2022)</span>",
    ]
    assert html.index(f"<p>{FAST}") < html.index(SLOW) < html.index(f"<p>{GRADE.text}") < html.index("PEEL 2022")


def test_sentences_of_one_paragraph_stand_together() -> None:
    html = reply_html(answer(say(CALLS, FAST), say(CALLS, SLOW), say(GRADE)), "turn-1", SHELF)
    assert re.findall(r"<p>(Calls.*?|The force.*?)</p>", re.sub(r"<span.*?</span>", "", html)) == [
        f"{FAST} {SLOW}",
        GRADE.text,
    ]


def test_a_report_that_speaks_again_later_is_headed_again() -> None:
    html = reply_html(answer(say(CALLS, FAST), say(FIRST_ITEM), say(GRADE)), "turn-1", SHELF)
    assert len(headings(html)) == 3


def test_a_shared_lead_in_is_shown_once_above_a_list() -> None:
    html = reply_html(FULL, "turn-1", SHELF).split('<aside class="desk-sources"')[0]
    assert html.count(LEAD_IN) == 1
    assert re.findall(r"<li>(.*?)<span", html) == ["answers calls to 101 sooner; and", "records who is vulnerable."]


def test_an_item_quoted_without_its_lead_in_still_gets_it() -> None:
    html = reply_html(answer(say(SECOND_ITEM, "records who is vulnerable.")), "turn-1", SHELF)
    assert f'<p class="desk-lead-in">{LEAD_IN}</p><ul><li>records who is vulnerable.' in html


def test_a_lead_in_quoted_alone_is_a_sentence_and_not_an_empty_list() -> None:
    html = reply_html(answer(say(FIRST_ITEM, LEAD_IN)), "turn-1", SHELF)
    assert f"<p>{LEAD_IN}<span" in html
    assert "<li>" not in html


def test_each_marker_leads_to_the_card_of_its_paragraph_and_the_card_leads_back() -> None:
    html = reply_html(FULL, "turn-3", SHELF)
    assert re.findall(r'href="#turn-3-source-(\d)" aria-label="Source \d">\[(\d)\]', html) == [
        ("1", "1"),
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
        ("4", "4"),
    ]
    anchors = re.findall(r' id="(.*?)"', html)
    assert len(anchors) == len(set(anchors)) == 8  # four cards, and the first marker of each
    assert set(re.findall(r'href="#(.*?)"', html)) == set(anchors)


def test_a_statement_with_two_sources_has_two_markers() -> None:
    html = reply_html(answer(Statement(FAST, (cite(CALLS, FAST), cite(GRADE)))), "turn-1", SHELF)
    assert re.findall(r"\[\d\]", html) == ["[1]", "[2]"]


def test_sources_have_the_same_numbers_as_everywhere_else() -> None:
    sources = number_sources(FULL.citations)
    assert {key: source.number for key, source in sources.items()} == numbered(FULL)


def test_a_card_holds_the_whole_paragraph_with_every_quoted_word_marked() -> None:
    card = cards(reply_html(answer(say(CALLS, FAST)), "turn-1", SHELF))[0]
    assert f"<mark>{FAST}</mark> {SLOW}" in card
    for expected in ("PEEL 2015 on Northmoor", "9 December 2015", "Responding to the public", "4.7", "22", "Finding"):
        assert expected in card
    both = cards(reply_html(FULL, "turn-1", SHELF))[0]
    assert f"<mark>{FAST}</mark> <mark>{SLOW}</mark>" in both


def test_a_digest_is_never_passed_off_as_the_report() -> None:
    html = reply_html(answer(say(SCRIPT)), "turn-1", SHELF)
    assert html.count("digest, not the report itself") == 2  # over the statement, and on the card


def test_markup_in_documents_is_shown_and_not_obeyed() -> None:
    for html in (
        reply_html(answer(say(SCRIPT), notes=("<b>note</b>",)), "turn-1", SHELF),
        reply_html(refusal(Reason.NOT_ANSWERED, cite(SCRIPT)), "turn-1", SHELF),
    ):
        assert "<script" not in html
        assert "<Northmoor>" not in html
        assert "<b>" not in html
        assert escape(SCRIPT.text) in html.replace("<mark>", "").replace("</mark>", "")


def test_notes_are_shown_and_what_a_model_did_is_told() -> None:
    plain = answer(say(GRADE), notes=("Grades of 2015 and 2022 cannot be compared.",))
    drafted = replace(plain, written_by_model=True, dropped=("It has horses.",))
    assert "Grades of 2015 and 2022 cannot be compared." in reply_html(plain, "turn-1", SHELF)
    assert BY_MODEL not in reply_html(plain, "turn-1", SHELF)
    assert BY_MODEL in reply_html(drafted, "turn-1", SHELF)
    assert "1 sentence was left out" in reply_html(drafted, "turn-1", SHELF)
    assert "horses" not in reply_html(drafted, "turn-1", SHELF)
    assert status_line(plain) == "Answered word for word from 1 paragraph of 1 document."
    assert status_line(drafted) == "Answered by a language model from 1 paragraph of 1 document."


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_says_why_and_what_to_do_and_lists_what_was_searched(reason: Reason) -> None:
    html = reply_html(refusal(reason), "turn-1", SHELF)
    assert escape(REFUSAL_HEADINGS[reason]) in html
    assert escape(NEXT_STEPS[reason]) in html
    assert "None of them speaks of horses." in html
    assert "1,234 paragraphs" in html
    for expected in ("PEEL 2015 on Northmoor", "9 December 2015", "PEEL 2022 on Northmoor", "April 2022"):
        assert expected in html
    assert "Nearest paragraphs" not in html


def test_every_reason_has_words_of_its_own() -> None:
    assert len(set(REFUSAL_HEADINGS.values())) == len(set(NEXT_STEPS.values())) == len(Reason)
    assert REFUSAL_HEADINGS[Reason.NOT_ANSWERED] == "The reports do not say"


def test_the_nearest_paragraphs_are_not_dressed_as_an_answer() -> None:
    html = reply_html(refusal(Reason.NOT_ANSWERED, cite(CALLS, FAST)), "turn-1", SHELF)
    assert "Nearest paragraphs <span>(not an answer)</span>" in html
    assert CALLS.text in html
    assert "<mark>" not in html
    assert "desk-marker" not in html
    assert status_line(refusal()) == "Not answered. 3 documents searched."


def test_the_head_line_counts_documents_by_what_they_are() -> None:
    tracker = replace(DIGEST, metadata=replace(DIGEST.metadata, kind=DocumentKind.TRACKER_ENTRY))
    undated = replace(DIGEST, metadata=replace(DIGEST.metadata, period=None, date=None))
    assert loaded_line(DOCUMENTS) == "2 inspection reports and 1 digest, 2015 to 2022"
    assert (
        loaded_line([REPORT_2015, tracker, DIGEST]) == "1 inspection report, 1 tracker entry and 1 digest, 2015 to 2019"
    )
    assert loaded_line([REPORT_2022]) == "1 inspection report, 2022"
    assert loaded_line([undated]) == "1 digest"


def test_a_refusal_folds_a_long_list_of_what_was_searched() -> None:
    many = tuple(replace(REPORT_2015, id=f"report-{number}") for number in range(MOST_LISTED + 1))
    folded = reply_html(replace(refusal(), searched=Searched(many, 9)), "turn-1", SHELF)
    assert f"<summary>All {len(many)} documents</summary>" in folded
    assert "<summary>All" not in reply_html(refusal(), "turn-1", SHELF)
