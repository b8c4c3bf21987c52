"""A document survives the way through JSON unchanged."""

import json
from dataclasses import replace

import pytest
from fakes import document, paragraph
from hypothesis import given
from hypothesis import strategies as st

from index.records import document_from_json, document_to_json
from ingest.document import DocumentKind, Kind, Metadata, Speaker

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@given(text, text, st.sampled_from(Kind), st.sampled_from(DocumentKind), st.none() | text, st.booleans())
def test_a_document_comes_back_equal(
    lead_in: str, words: str, kind: Kind, document_kind: DocumentKind, period: str | None, has_acronym: bool
) -> None:
    one = paragraph("r#p001", lead_in + words, kind, lead_in, headings=(words, lead_in))
    acronyms = ((words, lead_in),) if has_acronym else ()
    whole = document("r", one, kind=document_kind, period=period, acronyms=acronyms)
    line = json.dumps(document_to_json(whole), ensure_ascii=False)
    assert "\n" not in line
    assert document_from_json(json.loads(line)) == whole


@pytest.mark.parametrize("missing", ["id", "text", "metadata", "paragraphs", "acronyms"])
def test_a_record_without_a_field_is_refused(missing: str) -> None:
    raw = document_to_json(document("r", paragraph("r#p001", "Some words.")))
    del raw[missing]
    with pytest.raises(KeyError):
        document_from_json(raw)


@given(st.sampled_from(Speaker), st.tuples(st.integers(0, 9), st.integers(10, 99)))
def test_speakers_and_the_places_of_metadata_come_back(speaker: Speaker, span: tuple[int, int]) -> None:
    metadata = Metadata(
        "Cells",
        DocumentKind.RESPONSE,
        body="Northmoor Police",
        other_bodies=("Withern Constabulary",),
        fieldwork=("2016-05-03", "2016-07"),
        spans=(("title", span),),
        corrected=("period",),
    )
    one = replace(paragraph("r#p001", "Some words."), speaker=speaker)
    whole = replace(document("r", one), metadata=metadata)
    assert document_from_json(json.loads(json.dumps(document_to_json(whole)))) == whole


def test_a_metadata_field_knows_its_place_in_the_text_where_it_has_one() -> None:
    metadata = Metadata("Cells", DocumentKind.OTHER, body="A", other_bodies=("B",), spans=(("title", (3, 8)),))
    assert (metadata.span("title"), metadata.span("date")) == ((3, 8), None)
    assert metadata.bodies == ("A", "B")
    assert Metadata("Cells", DocumentKind.OTHER).bodies == ()
