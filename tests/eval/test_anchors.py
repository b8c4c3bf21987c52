"""Which paragraphs a quote stands for, and what becomes of quotes that stand nowhere."""

from dataclasses import replace
from typing import Any

import pytest
from northmoor import CALLS_2019, DOCUMENTS, GOLD, GRADE_2019, NUMBER_2019, PARAGRAPHS

from eval.anchors import Wording, anchor, covers, span_of, wordings
from eval.gold import paragraph_hash, question_from_json

INDEX = wordings(DOCUMENTS)


def author_line(*groups: list[tuple[str, str]], **values: Any) -> dict[str, Any]:
    line = {"id": "N-9", "question": "How big?", "kind": "fact", "answer": "14", "must": [["14"]], "wording": "far"}
    return {**line, "evidence": [[{"doc": doc, "quote": quote} for doc, quote in group] for group in groups], **values}


# --- the covering rule of the scorer of the held-out questions, case by case ------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "quote", "is_covered"),
    [
        ("It had **14** officers – no more.", "14 officers - no", True),  # markup and dashes do not count
        ("It had 14 officers.", "IT HAD  14", True),  # nor do case and white space
        ("one two three", "one two three four", True),  # 13 of 18 characters: at least half of the quote
        ("one", "one two three four", False),  # 3 of 18 characters
        ("zero one two three four five zero", "one two three four five six", True),  # 2 of the 3 runs of four words
        ("zero one two three four zero", "one two three four five six", False),  # 1 of the 3 runs of four words
        ("one two three four zero", "one two, three four", False),  # four words: only as they are
    ],
)
def test_a_paragraph_covers_a_quote_when_it_holds_most_of_it(paragraph: str, quote: str, is_covered: bool) -> None:
    assert covers(Wording.of(paragraph), Wording.of(quote)) is is_covered


# --- lines ------------------------------------------------------------------------------------------------------------


def test_a_quote_becomes_id_hash_and_span_of_its_paragraph() -> None:
    anchored = anchor(author_line([("northmoor-2019.txt", "rural crime team had 14 officers")]), INDEX)
    # “The ” takes characters 0 to 4, and the six words of the quote 32 more.
    expected = {"paragraph": NUMBER_2019, "hash": paragraph_hash(PARAGRAPHS[NUMBER_2019].text), "span": [4, 36]}
    assert anchored.line["evidence"] == [[expected]]
    assert anchored.dropped == anchored.unmatched == ()


def test_the_line_that_is_written_can_be_read_and_holds_no_quote() -> None:
    line = anchor(author_line([("northmoor-2019.txt", "had 14 officers")], as_of=None), INDEX).line
    question = question_from_json(line)
    assert question.groups == (frozenset({NUMBER_2019}),)
    assert "quote" not in str(line) and "as_of" not in line and "14 officers" not in str(line)


def test_every_covering_paragraph_of_the_document_counts_once() -> None:
    line = author_line([("northmoor-2019.txt", "to"), ("northmoor-2019.pdf", "the control room")])
    [group] = anchor(line, INDEX).line["evidence"]
    assert [each["paragraph"] for each in group] == [GRADE_2019, CALLS_2019]


def test_only_the_named_document_and_its_citable_paragraphs_are_looked_at() -> None:
    assert anchor(author_line([("northmoor-2022.txt", "had 14 officers")]), INDEX).unmatched
    assert anchor(author_line([("northmoor-2019.txt", "Overall summary")]), INDEX).unmatched  # a bare heading


def test_an_alternative_without_a_paragraph_is_dropped_with_a_warning() -> None:
    line = author_line([("northmoor-2019.txt", "It had a secret kennel"), ("northmoor-2019.txt", "had 14 officers")])
    anchored = anchor(line, INDEX)
    assert anchored.dropped == ("N-9: evidence group 1: alternative 1 has no paragraph and is left out",)
    assert anchored.unmatched == ()


def test_a_group_without_a_paragraph_is_an_error_that_does_not_repeat_the_quote() -> None:
    line = author_line([("northmoor-2019.txt", "had 14 officers")], [("northmoor-2031.txt", "It had a secret kennel")])
    anchored = anchor(line, INDEX)
    assert anchored.unmatched == ("N-9: evidence group 2 has no paragraph in northmoor-2031.txt",)
    assert anchored.dropped == ()


@pytest.mark.parametrize("evidence", [None, "text", ["text"], [[]], [[{"doc": "northmoor-2019.txt"}]]])
def test_evidence_that_is_not_quotes_is_an_error(evidence: object) -> None:
    [problem] = anchor(author_line(evidence=evidence), INDEX).unmatched
    assert problem.startswith("“evidence” must be a list of groups")


@pytest.mark.parametrize(
    ("paragraph", "quote", "part"),
    [
        ("In all, it had **14** officers.", "It had 14 officers", "it had **14** officers"),
        ("It had 14 officers.", "officers", "officers"),
        ("It had 14 officers.", "Long ago it had 14 vans", "It had 14"),
        ("It had 14 officers.", "It was good", None),
    ],
)
def test_a_span_runs_from_the_first_to_the_last_shared_run_of_words(
    paragraph: str, quote: str, part: str | None
) -> None:
    span = span_of(paragraph, quote)
    assert (paragraph[slice(*span)] if span else None) == part


def test_an_unanswerable_question_has_nothing_to_anchor() -> None:
    assert anchor(author_line(kind="unanswerable", must=[]), INDEX).line["evidence"] == []


def test_whole_paragraphs_as_quotes_give_back_the_gold() -> None:
    for question in GOLD:
        group_quotes = [
            [(f"{a.paragraph[:14]}.txt", PARAGRAPHS[a.paragraph].text) for a in group] for group in question.evidence
        ]
        line = anchor(author_line(*group_quotes), INDEX).line
        assert [frozenset(each["paragraph"] for each in group) for group in line["evidence"]] == list(question.groups)


def test_a_short_quote_that_stands_somewhere_does_not_draw_in_a_paragraph_that_only_begins_like_it() -> None:
    # Seven words, four runs of four. Three of them begin the judgment on calls as well: 0.75 is above 0.6.
    texts = ["The force was good at preventing crime.", "The force was good at preventing delays on the line."]
    paragraphs = tuple(
        replace(DOCUMENTS[0].paragraphs[2], id=f"a#p{number}", text=text) for number, text in enumerate(texts)
    )
    index = wordings([replace(DOCUMENTS[0], paragraphs=paragraphs)])
    quoted = anchor(author_line([("northmoor-2019.txt", texts[0])]), index).line["evidence"]
    assert [[each["paragraph"] for each in group] for group in quoted] == [["a#p0"]]
    changed = anchor(author_line([("northmoor-2019.txt", "The force was good at preventing theft")]), index)
    assert len(changed.line["evidence"][0]) == 2  # it stands nowhere as it is, so near text has to do
