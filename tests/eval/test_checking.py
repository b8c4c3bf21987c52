"""What gold-check proves of a gold file."""

from typing import Any

from northmoor import FORM_2022, GOLD, LINES, NUMBER_2019, PARAGRAPHS

from eval.checking import census, check_gold, copied, words_shared
from eval.gold import question_from_json

GOOD = {**LINES[3], "answer": "Within nine seconds."}


def problems(**changes: Any) -> list[str]:
    return check_gold([question_from_json({**GOOD, **changes})], PARAGRAPHS)


def test_a_sound_question_has_no_problem() -> None:
    assert problems() == []


def test_a_pattern_its_own_answer_does_not_meet_is_unfair_to_a_paraphrase() -> None:
    [problem] = problems(answer="Fast.")
    assert problem.startswith("N-4: its own model answer does not meet")


def test_a_pattern_the_evidence_does_not_meet_is_unfair_to_a_quote() -> None:
    [problem] = problems(must=[["promptly"]], answer="Promptly.")
    assert "the evidence quoted whole does not meet" in problem


def test_evidence_that_says_what_is_forbidden_is_named() -> None:
    found = problems(must_not=["seconds"])
    assert len(found) == 2 and all("must_not" in each for each in found)


def test_an_anchor_on_another_paragraph_is_named() -> None:
    wrong = [[{"paragraph": FORM_2022, "hash": "00000000"}]]
    assert any("does not read as it did" in each for each in problems(evidence=wrong))


def test_a_span_beyond_the_paragraph_is_named() -> None:
    anchor = {**GOOD["evidence"][0][0], "span": [0, 999]}  # type: ignore[index]
    assert "reaches beyond" in problems(evidence=[[anchor]])[0]


def test_a_question_asked_twice_is_named_and_a_follow_up_is_another_question() -> None:
    one = question_from_json(GOOD)
    same, later = ({**GOOD, "id": "N-9"}, {**GOOD, "id": "N-9", "conversation": ["And the vans?"]})
    assert check_gold([one, question_from_json(same)], PARAGRAPHS) == ["N-9: asks what N-4 asks"]
    assert check_gold([one, question_from_json(later)], PARAGRAPHS) == []


def test_twelve_words_of_a_report_in_a_row_are_a_copy() -> None:
    words = PARAGRAPHS[NUMBER_2019].text.split()  # 15 words
    twelve, eleven = ({**GOOD, "answer": " ".join(words[:count])} for count in (12, 11))
    assert copied([question_from_json(eleven)], PARAGRAPHS) == []
    assert copied([question_from_json(twelve)], PARAGRAPHS) == ["N-4: its answer repeats 12 words of a report in a row"]


def test_the_census_counts_kinds_parts_wordings_and_tags() -> None:
    counts = census(GOLD)
    assert counts["kind fact"] == 1 and counts["part dev"] == 3 and counts["wording near"] == 5


def test_how_far_a_question_is_from_the_reports_words_is_measured_by_stem() -> None:
    # evidence: "Calls to the control room were picked up within nine seconds."
    shares = {
        "How soon were calls picked up?": 2 / 3,  # call, pick of call, pick, soon
        "Do they answer the phone fast?": 0.0,
        "and that?": None,  # no content words
    }
    for text, share in shares.items():
        assert words_shared(question_from_json({**GOOD, "question": text}), PARAGRAPHS) == share
    assert words_shared(question_from_json({**GOOD, "conversation": ["And the vans?"]}), PARAGRAPHS) is None
