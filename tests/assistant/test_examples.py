"""Which questions the page offers to begin with."""

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
