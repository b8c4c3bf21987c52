"""A document survives the way through JSON unchanged."""

import json

import pytest
from fakes import document, paragraph
from hypothesis import given
from hypothesis import strategies as st

from index.records import document_from_json, document_to_json
from ingest.document import DocumentKind, Kind

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
