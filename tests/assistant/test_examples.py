"""Which questions the page offers to begin with."""

from dataclasses import replace

from fakes import document, paragraph

from assistant.examples import examples
from assistant.holdings import Holdings
from ingest.document import Kind


def test_no_example_asks_which_grade_an_ungraded_area_got() -> None:
    report = document(
        "northmoor",
        paragraph("p1", "This area is ungraded.", Kind.GRADE, headings=("Our service to victims",)),
        paragraph("p2", "Northmoor Police is good at preventing crime.", Kind.GRADE, headings=("Preventing crime",)),
        period="2021/22",
    )
    holdings = Holdings.of([report])
    assert [each.grade for each in holdings.judgements["northmoor"]] == ["ungraded", "good"]
    assert examples(holdings) == ("What grade did preventing crime get in 2021/22?",)


def test_an_example_names_its_body_where_documents_on_several_are_loaded() -> None:
    paragraphs = (
        paragraph("p1", "The force is good at preventing crime.", Kind.GRADE, headings=("Preventing crime",)),
        paragraph("p2", "Calls are lost.", Kind.CAUSE_OF_CONCERN, headings=("Responding",)),
    )
    north = document("northmoor", *paragraphs, period="2022", date="2023-01-01")
    south = replace(north, id="southvale", metadata=replace(north.metadata, body="Southvale Police", date="2022-01-01"))
    assert examples(Holdings.of([north, south])) == (
        "What grade did preventing crime get for Northmoor Police in 2022?",
        "What was the cause of concern for Northmoor Police in 2022?",
    )
