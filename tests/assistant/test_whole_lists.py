"""Whole lists: the length and kind that a question asks for choose among them."""

import pytest
from fakes import document, paragraph

from assistant.holdings import Holdings
from assistant.lexicon import Lexicon
from assistant.lists import asked_count, whole_list
from assistant.question import understand
from index.retriever import Hit
from ingest.document import Kind

PRAISE, BLAME = "Most positively, on dredging the board:", "However, on dredging the board:"
REPORT = document(
    "harbour",
    *(paragraph(f"p{n}", f"{PRAISE} {text}", lead_in=PRAISE) for n, text in enumerate(("tests depth;", "has a plan."))),
    *(
        paragraph(f"p{n + 2}", f"{BLAME} {text}", lead_in=BLAME)
        for n, text in enumerate(("hides its silt;", "is slow;", "has one crew."))
    ),
    *(
        paragraph(f"p{n + 5}", f"The board should {text}", Kind.AREA_FOR_IMPROVEMENT)
        for n, text in enumerate(("dredge at night.", "tell the fishing fleet."))
    ),
)
HOLDINGS = Holdings.of([REPORT])
LEXICON = Lexicon.of([REPORT], {})


def found(question: str, *places: int) -> list[str]:
    """Ids of the list chosen when these paragraphs of the report are the hits, best first."""
    hits = [Hit(REPORT.paragraphs[place], REPORT, 0.5 - rank / 20) for rank, place in enumerate(places)]
    return [item.id for item in whole_list(understand(question, [REPORT], LEXICON), hits, HOLDINGS)]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("What two criticisms were there of the dredging?", 2),
        ("What are the six big risks to the harbour?", 6),
        ("Name the 3 piers that were closed", 3),
        ("Which piers were closed in the two years before?", 0),
        ("What was said of dredging?", 0),
    ],
)
def test_how_many_things_are_asked_for(question: str, count: int) -> None:
    assert asked_count(question) == count


def test_the_list_with_as_many_items_as_are_asked_for_is_chosen() -> None:
    assert found("What were the findings on dredging?", 0, 2) == ["p0", "p1"]
    assert found("What were the three findings on dredging?", 0, 1, 2) == ["p2", "p3", "p4"]
    assert found("What were the four findings on dredging?", 0, 1, 2) == []


def test_what_ought_to_be_done_is_listed_only_where_that_is_asked_about() -> None:
    assert found("Which boats were late to dredge?", 5, 6) == []
    assert found("What things should the board do at night?", 5, 6) == ["p5", "p6"]
