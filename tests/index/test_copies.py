"""A finding that a report says in several places is shown once, where it is clearest."""

from dataclasses import replace

from fakes import document, paragraph

from index.copies import fold, is_copy
from index.retriever import Hit, folded
from ingest.document import Kind, Paragraph

CALLS = "The control room lost 31 percent of its non-emergency calls before an operator could pick them up."
SHORTER = "Control room lost 31 percent of its non-emergency calls before an operator could pick them up"
LONGER = f"{CALLS} Callers were not told how long they would wait, and nobody rang them back on the same day."
OTHER = "Detectives write a plan for each investigation, and supervisors read it within three working days."
FRAME = "In this chapter we set out what we found on how well the force {} in the year of inspection."


def at(place: int, text: str, kind: Kind = Kind.FINDING, headings: tuple[str, ...] = ("Summary",)) -> Paragraph:
    return paragraph(f"r#p{place:03d}", text, kind, headings=headings)


def test_copies_are_taken_into_the_first_of_them_and_the_rest_keeps_its_order() -> None:
    assert fold([at(1, CALLS), at(2, OTHER), at(3, CALLS)]) == [(0, 2), (1,)]


def test_the_clearest_copy_is_shown_whole_before_fragment_and_in_its_section_before_a_summary() -> None:
    assert fold([at(1, SHORTER), at(2, CALLS)]) == [(1, 0)]
    assert fold([at(1, CALLS), at(2, CALLS, headings=("Responding", "Answering calls"))]) == [(1, 0)]
    assert fold([at(1, CALLS, headings=("Responding", "Answering calls")), at(2, CALLS)]) == [(0, 1)]


def test_a_paragraph_that_says_more_is_no_copy_and_swallows_only_what_follows_it() -> None:
    assert fold([at(1, CALLS), at(2, LONGER)]) == [(0,), (1,)]
    assert fold([at(1, LONGER), at(2, CALLS)]) == [(0, 1)]


def test_another_number_another_subject_another_report_or_a_table_row_is_no_copy() -> None:
    one = at(1, CALLS)
    assert is_copy(one, at(2, SHORTER))
    assert not is_copy(one, at(2, CALLS.replace("31", "13")))
    assert not is_copy(one, replace(at(2, CALLS), id="other-report#p002"))
    assert not is_copy(one, at(2, CALLS, Kind.TABLE_ROW))
    assert not is_copy(at(1, FRAME.format("answers its callers")), at(2, FRAME.format("manages known offenders")))
    assert not is_copy(at(1, "Good progress was made."), at(2, "Good progress was made."))  # too short to tell


def test_items_of_one_list_that_share_only_their_lead_in_are_no_copies() -> None:
    lead = "Since the inspection of the previous year the alliance has taken all of the following actions:"
    one, other = (
        replace(at(place, f"{lead} {text}"), lead_in=lead)
        for place, text in (
            (1, "officers carry cameras on every late patrol"),
            (2, "two vans were bought for the coast"),
        )
    )
    assert not is_copy(one, other)


def test_a_folded_hit_has_the_best_score_of_its_copies_and_lists_the_others() -> None:
    held = (at(1, CALLS), at(2, OTHER), at(3, CALLS, headings=("Responding", "Answering calls")))
    report = document("r", *held)
    hits = [Hit(each, report, score, window=score) for each, score in zip(held, (0.9, 0.5, 0.4), strict=True)]
    found = folded(hits, 5)
    assert [(hit.paragraph.id, hit.score, hit.window) for hit in found] == [("r#p003", 0.9, 0.4), ("r#p002", 0.5, 0.5)]
    assert [each.id for each in found[0].also] == ["r#p001"]
    assert found[1].also == ()
    assert folded(hits, 1) == found[:1]
