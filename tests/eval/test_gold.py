"""What a gold file may hold, and how each mistake in one is reported."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from northmoor import GOLD, GRADE_2022, LINES, NUMBER_2019, PARAGRAPHS, write_gold

from errors import InputError
from eval.gold import (
    Part,
    QuestionKind,
    check_anchors,
    paragraph_hash,
    part,
    problems_of,
    question_from_json,
    read_gold,
)
from ingest.document import Kind, Paragraph

ANSWERABLE, UNANSWERABLE = LINES[0], LINES[4]
FOLDER = Path(__file__).resolve().parents[2] / "eval" / "gold"
NAMES = ("reports", "councillors", "blind", "samples")


def changed(**values: Any) -> dict[str, Any]:
    return {**ANSWERABLE, **values}


def test_a_gold_file_is_read_in_its_order(tmp_path: Path) -> None:
    assert read_gold(write_gold(tmp_path / "gold.jsonl")) == GOLD


def test_patterns_ignore_case_and_run_over_line_ends() -> None:
    [[pattern]] = GOLD[0].must
    assert pattern.search("Inadequate\n")


def test_must_not_and_tags_may_be_left_out(tmp_path: Path) -> None:
    line = {name: value for name, value in ANSWERABLE.items() if name not in ("must_not", "tags")}
    [question] = read_gold(write_gold(tmp_path / "gold.jsonl", [line]))
    assert question.must_not == () and question.tags == ()


def test_an_anchor_may_say_which_part_of_its_paragraph_counts(tmp_path: Path) -> None:
    plain = {"paragraph": GRADE_2022, "hash": paragraph_hash(PARAGRAPHS[GRADE_2022].text)}
    line = changed(evidence=[[{**plain, "span": [4, 36]}, plain]])
    [question] = read_gold(write_gold(tmp_path / "gold.jsonl", [line]))
    assert [anchor.span for anchor in question.evidence[0]] == [(4, 36), None]
    for span in ([4], [36, 4], ["4", "36"], "4-36"):
        assert problems_of(changed(evidence=[[{**plain, "span": span}]]))


def test_blank_lines_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n\n{\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl:3: not JSON"):
        read_gold(path)


def test_every_problem_of_every_line_is_reported_at_once(tmp_path: Path) -> None:
    lines = [changed(kind="riddle", wording="odd"), ANSWERABLE, ["a list"], ANSWERABLE]
    with pytest.raises(InputError) as caught:
        read_gold(write_gold(tmp_path / "gold.jsonl", lines))
    message = str(caught.value)
    assert "gold.jsonl:1: unknown kind “riddle”" in message
    assert "gold.jsonl:1: unknown wording “odd”" in message
    assert "gold.jsonl:3: not a JSON object" in message
    assert "gold.jsonl:4: id “N-1” is already on line 2" in message


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (changed(must=[["(14"]]), "regular expression “(14” does not compile"),
        (changed(must=[["(14)?"]]), "regular expression “(14)?” matches an empty answer"),
        (changed(must_not=["["]), "regular expression “[” does not compile"),
        (changed(must="14"), "“must” must be a list of groups"),
        (changed(must=[[]]), "“must” must be a list of groups"),
        (changed(must=[]), "an answerable question needs “must”"),
        (changed(evidence=[]), "an answerable question needs “evidence”"),
        (changed(evidence=[[]]), "“evidence” must be a list of groups"),
        (
            changed(evidence=[[{"paragraph": "northmoor-2019#p002", "hash": "short"}]]),
            "“evidence” must be a list of groups",
        ),
        (
            changed(evidence=[[{"doc": "northmoor-2019.txt", "quote": "a quote"}]]),
            "“evidence” must be a list of groups",
        ),
        (changed(tags="sloppy"), "“tags” must be a list of texts"),
        (changed(question=" "), "“question” must be a text"),
        (changed(evening=None), "unknown name “evening”"),
        ({**UNANSWERABLE, "must": [["dogs"]]}, "an unanswerable question cannot have “must”"),
        ({**UNANSWERABLE, "evidence": ANSWERABLE["evidence"]}, "an unanswerable question cannot have “evidence”"),
        ({name: value for name, value in ANSWERABLE.items() if name != "kind"}, "“kind” is missing"),
    ],
)
def test_each_mistake_has_its_own_words(line: dict[str, Any], problem: str) -> None:
    [found] = problems_of(line)
    assert found.startswith(problem)


def test_a_false_premise_is_answerable_and_only_unanswerable_is_not() -> None:
    kinds = {kind for kind in QuestionKind if not problems_of(changed(kind=kind.value))}
    assert kinds == set(QuestionKind) - {QuestionKind.UNANSWERABLE}


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"\n"])
def test_a_file_that_holds_no_questions_is_an_input_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError):
        read_gold(path)


# --- the project's own files ------------------------------------------------------------------------------------------


def test_every_gold_file_is_in_the_form_and_no_id_is_given_twice() -> None:
    ids = Counter(question.id for name in NAMES for question in read_gold(FOLDER / f"{name}.jsonl"))
    assert [name for name, times in ids.items() if times > 1] == []


def test_blind_questions_are_all_locked_so_that_no_plain_run_asks_them() -> None:
    assert {part(question.id) for question in read_gold(FOLDER / "blind.jsonl")} == {Part.LOCKED}


# --- parts ------------------------------------------------------------------------------------------------------------


def test_parts_follow_the_last_digit_of_the_sha256_of_the_id() -> None:
    # N-1 to N-5: `printf N-1 | sha256sum` and so on end in 3, 4, a, 7 and 2: even is dev; 1, 5, 9, d check; the rest locked.
    assert [part(question.id) for question in GOLD] == [Part.LOCKED, Part.DEV, Part.DEV, Part.LOCKED, Part.DEV]


def test_dev_is_about_a_half_and_the_others_a_quarter_each() -> None:
    counts = Counter(part(f"Q-{number}") for number in range(2000))
    assert 930 <= counts[Part.DEV] <= 1070  # 1000 expected, standard deviation 22
    assert 440 <= counts[Part.CHECK] <= 560 and 440 <= counts[Part.LOCKED] <= 560


@given(st.text())
def test_a_question_is_always_in_the_same_part(name: str) -> None:
    assert part(name) is part(name)


def test_a_conversation_and_a_date_are_read() -> None:
    line = {**LINES[0], "conversation": ["How was it graded in 2019?"], "as_of": "2020-01-31"}
    question = question_from_json(line)
    assert problems_of(line) == [] and question.conversation == ("How was it graded in 2019?",)
    assert question.as_of == "2020-01-31"
    assert problems_of({**line, "as_of": "January"}) == ["“as_of” must be a date as 2019-01-31, not “January”"]


# --- anchors ----------------------------------------------------------------------------------------------------------


def test_white_space_does_not_change_a_hash_and_a_letter_does() -> None:
    assert paragraph_hash("It had  14\nofficers. ") == paragraph_hash("It had 14 officers.")
    assert paragraph_hash("It had 14 officers.") != paragraph_hash("It had 15 officers.")


def test_the_hash_is_the_start_of_the_sha256_of_the_text() -> None:
    assert paragraph_hash("a\n b") == "c8687a08"  # printf 'a b' | sha256sum


def test_anchors_that_fit_are_no_problem() -> None:
    assert check_anchors(GOLD, PARAGRAPHS) == []


def test_missing_changed_and_never_cited_paragraphs_are_problems() -> None:
    now = {each: paragraph for each, paragraph in PARAGRAPHS.items() if each != GRADE_2022}
    now[NUMBER_2019] = Paragraph(NUMBER_2019, "The team had 15 officers.", ((0, 9),), Kind.FINDING)
    assert check_anchors(GOLD[:2], now) == [
        f"N-1: paragraph {GRADE_2022} is not in the index",
        f"N-2: paragraph {NUMBER_2019} does not read as it did",
    ]
    now[NUMBER_2019] = Paragraph(NUMBER_2019, PARAGRAPHS[NUMBER_2019].text, ((0, 9),), Kind.HEADING)
    assert check_anchors(GOLD[1:2], now) == [f"N-2: paragraph {NUMBER_2019} is a heading, never cited"]
