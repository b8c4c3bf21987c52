"""Answers cannot be built without citations; replies are written alike for people and programs."""

import json
from dataclasses import FrozenInstanceError

import pytest
from fakes import document, paragraph

from assistant.answer import Answer, Citation, Reason, Refusal, Searched, Statement
from assistant.render import (
    answer_text,
    describe_document,
    describe_place,
    numbered,
    reply_json,
    short_title,
    terminal_text,
)
from ingest.document import DocumentKind, Kind

LEAD_IN = "We found that the force does not:"
FIRST = paragraph("r#p001", f"{LEAD_IN} record calls;", Kind.LIST_ITEM, LEAD_IN, start=5)
SECOND = paragraph("r#p002", f"{LEAD_IN} visit victims.", Kind.LIST_ITEM, LEAD_IN)
PLAIN = paragraph("n#p001", "Calls were lost. Nobody counted them.")
OLD = document("r", FIRST, SECOND)
NEW = document(
    "n", PLAIN, title="PEEL 2021/22 – an inspection of Northmoor Police", period="2021/22", date="2022-04-14"
)
SEARCHED = Searched((OLD, NEW), 3)


def said(item: Citation) -> Statement:
    return Statement(item.quote, (item,))


CITED = [Citation(FIRST, OLD, FIRST.text), Citation(SECOND, OLD, SECOND.text), Citation(PLAIN, NEW, "Calls were lost.")]
MORE = Citation(PLAIN, NEW, "Nobody counted them.")
ANSWER = Answer("What is missing?", tuple(map(said, [*CITED, MORE])), SEARCHED, notes=("“cals” was read as “calls”.",))
REFUSAL = Refusal("Who?", Reason.NOT_ANSWERED, "The documents do not say.", SEARCHED, (CITED[2],))


def test_a_statement_without_words_or_citation_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="needs words and a citation"):
        Statement("Calls were lost.", ())
    with pytest.raises(ValueError, match="needs words and a citation"):
        Statement(" ", (CITED[0],))


def test_an_answer_without_statements_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="with none it is a refusal"):
        Answer("What?", (), SEARCHED)


def test_an_answer_cannot_be_changed_once_it_is_built() -> None:
    with pytest.raises(FrozenInstanceError):
        ANSWER.question = "Another?"  # type: ignore[misc]  # the point of the test


def test_every_citation_of_an_answer_comes_once_in_order() -> None:
    twice = Answer("What?", (said(CITED[0]), said(CITED[2]), said(CITED[0])), SEARCHED)
    assert twice.citations == (CITED[0], CITED[2])


def test_a_shared_lead_in_is_printed_once_and_each_document_is_named() -> None:
    assert answer_text(ANSWER).splitlines() == [
        "PEEL 2016: Northmoor Police (8 December 2016):"
        if "Northmoor" in describe_document(OLD)
        else f"{describe_document(OLD)}:",
        LEAD_IN,
        "- record calls;",
        "- visit victims.",
        f"{describe_document(NEW)}:",
        "Calls were lost. Nobody counted them.",
    ]


def test_markers_number_the_sources_by_paragraph() -> None:
    text = answer_text(ANSWER, with_markers=True)
    assert "- record calls; [1]" in text and "- visit victims. [2]" in text
    assert "Calls were lost. [3] Nobody counted them. [3]" in text
    assert numbered(ANSWER) == {"r#p001": 1, "r#p002": 2, "n#p001": 3}


def test_a_document_is_called_by_title_and_date_and_a_digest_by_what_it_is() -> None:
    assert describe_document(NEW) == "PEEL 2021/22 (14 April 2022)"
    digest = document("d", PLAIN, title="Digest of PEEL 2016: Northmoor", kind=DocumentKind.DIGEST)
    assert "a digest, not the report itself" in describe_document(digest)


def test_a_place_is_section_paragraph_number_and_page() -> None:
    assert describe_place(PLAIN) == "Responding to the public, paragraph 4.7, page 22"


def test_a_terminal_shows_the_sources_or_why_there_are_none() -> None:
    text = terminal_text(ANSWER)
    assert text.count("(n#p001)") == 1 and "[3] PEEL 2021/22 (14 April 2022), Responding to the public" in text
    assert "Note: “cals” was read as “calls”." in text
    refused = terminal_text(REFUSAL)
    assert refused.startswith(
        "Not answered: related but not answered.\nThe documents do not say.\nSearched 3 paragraphs"
    )
    assert "Nearest paragraphs, which are not an answer" in refused


REPLY_KEYS = [
    "id",
    "question",
    "answer",
    "abstained",
    "reason",
    "seconds",
    "citations",
    "notes",
    "nearest",
    "rewritten",
]
CITATION_TYPES = {
    "source": str,
    "document": str,
    "date": str,
    "section": list,
    "paragraph_id": str,
    "page": str,
    "start": int,
    "end": int,
    "paragraph": str,
    "quote": str,
}


def test_an_answer_as_json_has_exactly_the_keys_and_types_of_the_contract() -> None:
    raw = json.loads(json.dumps(reply_json(ANSWER, "Q-1", 0.123456)))
    assert list(raw) == REPLY_KEYS
    assert (raw["id"], raw["question"], raw["abstained"], raw["reason"]) == ("Q-1", "What is missing?", False, None)
    assert raw["answer"] == answer_text(ANSWER) and raw["seconds"] == 0.1235
    assert raw["notes"] == list(ANSWER.notes) and raw["nearest"] == []
    assert len(raw["citations"]) == 4
    for citation in raw["citations"]:
        assert {key: type(value) for key, value in citation.items()} == CITATION_TYPES
        assert citation["quote"] in citation["paragraph"]
    assert raw["citations"][0]["start"] == 5 and raw["citations"][0]["source"] == "r.md"


def test_a_refusal_as_json_has_the_same_keys_and_says_why() -> None:
    raw = json.loads(json.dumps(reply_json(REFUSAL, None, 1.0)))
    assert list(raw) == REPLY_KEYS
    assert (raw["id"], raw["answer"], raw["abstained"], raw["citations"]) == (None, "", True, [])
    assert raw["reason"] == "related but not answered"
    assert raw["notes"][0] == "The documents do not say." and raw["notes"][1].startswith("Searched 3 paragraphs")
    assert [set(citation) for citation in raw["nearest"]] == [set(CITATION_TYPES)]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("PEEL 2016: Northmoor Police – Effectiveness", "Northmoor Police, PEEL 2016"),
        ("Northmoor PEEL 2016 – Effectiveness", "Northmoor PEEL 2016"),
        (
            "HOUSE OF LORDS – Rivers Committee – 3rd Report of Session 2011–12 – Northmoor floods – Report",
            "Northmoor floods",
        ),
        ("Northmoor Committee – First Report", "Northmoor Committee"),
    ],
)
def test_a_title_is_shortened_to_what_tells_it_from_others_and_names_its_body(title: str, short: str) -> None:
    assert short_title(document("t", PLAIN, title=title), is_body_named=True) == short
