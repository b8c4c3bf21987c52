from dataclasses import replace

import pytest
from fake_desk import CALLS, FIRST_ITEM, GRADE, REPORT_2015, REPORT_2022, SCRIPT, SECOND_ITEM, FakeDesk, document

from assistant.scope import Scope
from errors import ScopeError
from index.retriever import Hit
from ingest.document import DocumentKind, Kind, Speaker
from ui.evidence import found_html
from ui.filters import report_choice, scope_line
from ui.highlight import highlight_words, shared_words
from ui.searching import NUMBER, Sort, Wanted, hits_html, search, why

DESK = FakeDesk()


def ids(wanted: Wanted, desk: FakeDesk = DESK) -> list[str]:
    return [hit.paragraph.id for hit in search(desk, wanted)]


def test_words_find_and_filters_alone_list_everything_that_fits() -> None:
    assert ids(Wanted("calls to 101")) == [CALLS.id, FIRST_ITEM.id, SCRIPT.id]
    assert ids(Wanted(kind=Kind.AREA_FOR_IMPROVEMENT.value)) == [FIRST_ITEM.id, SECOND_ITEM.id]
    assert ids(Wanted(kind=NUMBER)) == [CALLS.id, FIRST_ITEM.id]
    assert ids(Wanted(document_kind=DocumentKind.DIGEST.value)) == [SCRIPT.id]
    assert ids(Wanted(scope=Scope(documents=("northmoor-2015",)))) == [CALLS.id, GRADE.id]
    assert ids(Wanted(section="PUBLIC responding")) != []
    assert ids(Wanted(section="horses")) == []


def test_a_speaker_can_be_asked_for() -> None:
    spoken = replace(CALLS, speaker=Speaker.BODY)
    desk = FakeDesk(documents=(replace(REPORT_2015, paragraphs=(spoken, GRADE)),))
    assert ids(Wanted(speaker=Speaker.BODY.value), desk) == [CALLS.id]


def test_hits_are_sorted_by_the_date_of_their_document_when_asked() -> None:
    assert ids(Wanted("calls", sort=Sort.NEWEST)) == [FIRST_ITEM.id, SCRIPT.id, CALLS.id]
    assert ids(Wanted("calls", sort=Sort.OLDEST)) == [CALLS.id, SCRIPT.id, FIRST_ITEM.id]


def test_a_scope_that_names_nothing_loaded_is_told_on_the_page() -> None:
    wanted = Wanted(scope=Scope(body="Southmoor Police"))
    with pytest.raises(ScopeError):
        search(DESK, wanted)
    assert 'role="alert"' in found_html(DESK, wanted, ())


def test_words_are_marked_by_their_stems_and_markup_stays_text() -> None:
    assert highlight_words("He called; <b>calling</b> it.", {"call"}) == (
        "He <mark>called</mark>; &lt;b&gt;<mark>calling</mark>&lt;/b&gt; it."
    )
    assert shared_words("Calls were called.", {"call"}) == ("calls",)
    assert highlight_words("Recall", {"call"}) == "Recall"


def test_ten_paragraphs_are_shown_and_the_others_on_demand() -> None:
    hits = [Hit(CALLS, REPORT_2015, 0.5)] * 12
    shown = hits_html(hits, Wanted("calls"), (), DESK.documents)
    before, behind = shown.split("<details>")
    assert (before.count("desk-hit"), behind.count('class="desk-hit"')) == (11, 2)
    assert "Show the next 2" in behind and 'start="11"' in behind
    assert "<details>" not in hits_html(hits[:10], Wanted("calls"), (), DESK.documents)


def test_the_other_places_of_a_finding_are_named_and_fit_the_filters() -> None:
    desk = FakeDesk()
    copied = Hit(CALLS, REPORT_2015, 0.5, also=(GRADE,))
    assert "Also in: " in hits_html([copied], Wanted("calls"), (), desk.documents)
    assert "Also in: " not in hits_html([replace(copied, also=())], Wanted("calls"), (), desk.documents)


def test_why_a_paragraph_was_found_is_said() -> None:
    assert why(Hit(CALLS, REPORT_2015, 0.5), frozenset({"call", "public"})) == (
        "Found because: says “calls”; its section says “public”."
    )
    assert why(Hit(CALLS, REPORT_2015, 0.5, sentence=0.9), frozenset({"hors"})) == (
        "Found because: a sentence is close in meaning."
    )
    assert why(Hit(CALLS, REPORT_2015, 0.0), frozenset()) == "It fits the filters."


def test_hits_name_their_limits_and_show_what_is_kept_already() -> None:
    wanted = Wanted("calls", Scope(period="2015"), kind="finding", section="public")
    html = hits_html([Hit(SCRIPT, DESK.documents[2], 0.5)], wanted, (SCRIPT.id,), DESK.documents)
    assert "period 2015" in html and "section “public”" in html and "finding" in html
    assert 'aria-pressed="true"' in html
    assert "<script" not in html
    assert "Nothing fits" in hits_html([], wanted, (), DESK.documents)


def test_a_long_list_is_cut_and_says_so() -> None:
    many = document(
        "m", DocumentKind.OTHER, "Many", "2020-01-01", *(replace(CALLS, id=f"m#p{n:03}") for n in range(60))
    )
    html = found_html(FakeDesk(documents=(many,)), Wanted(), ())
    assert "60 paragraphs found. The first 50 are shown" in html
    assert html.count('class="desk-hit"') == 50


def test_reports_on_several_bodies_are_listed_under_them_the_newest_first() -> None:
    south = document("south-2019", DocumentKind.INSPECTION_REPORT, "PEEL 2019", "2019-05-01")
    south = replace(south, metadata=replace(south.metadata, body="Southvale <Police>"))
    alone = report_choice("ask", "documents", "Report", "All reports", (REPORT_2015, REPORT_2022))
    assert "optgroup" not in alone and alone.index("PEEL 2022") < alone.index("PEEL 2015")
    both = report_choice("ask", "documents", "Report", "All reports", (south, REPORT_2015, REPORT_2022))
    assert both.index('<optgroup label="Northmoor Police">') < both.index('<optgroup label="Southvale &lt;Police&gt;">')
    assert "Southvale <Police>, PEEL 2019" in scope_line(Scope(documents=("south-2019",)), (south, REPORT_2015))
