"""What a government said to an invented committee's recommendations: to one that is described, and to all of a kind."""

from collections.abc import Callable, Mapping

import pytest

from assistant import Answer, Assistant
from assistant.render import answer_text

REPORT = """# Select Committee on Lighthouses: Lamps and Keepers, First Report

Published: 3 March 2020

## Conclusions and recommendations

1. We recommend that the Government appoint a chief keeper who answers for every lamp on the coast (paragraph 2.4).

2. We recommend that the Government fund a yearly survey of fog horns by the harbour boards (paragraph 3.1).

3. We recommend that the Government ban paraffin from every lamp room within two years (paragraph 4.9).
"""
RESPONSE = """# Government Response to the Select Committee on Lighthouses Report on Lamps and Keepers

Published: 8 September 2020

## Recommendation 1

*We recommend that the Government appoint a chief keeper who answers for every lamp on the coast (paragraph 2.4).*

The Government accepts this recommendation. A chief keeper will take office in May.

## Recommendation 2

*We recommend that the Government fund a yearly survey of fog horns by the harbour boards (paragraph 3.1).*

The Government does not accept this recommendation. Surveys of fog horns are a matter for the boards.

## Recommendation 3

*We recommend that the Government ban paraffin from every lamp room within two years (paragraph 4.9).*

The Government accepts this recommendation in part. New lamp rooms will burn no paraffin.
"""


@pytest.fixture(scope="module")
def lighthouses(assistant_on: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_on({"report.md": REPORT, "response.md": RESPONSE})


def words(assistant: Assistant, question: str) -> str:
    reply = assistant.ask(question)
    assert isinstance(reply, Answer), reply
    return answer_text(reply)


def test_whether_it_was_agreed_is_told_by_the_response_and_then_by_what_it_answers(lighthouses: Assistant) -> None:
    said = words(lighthouses, "Did the government agree to fund a yearly survey of fog horns?")
    assert said.index("does not accept this recommendation") < said.index("We recommend that the Government fund")
    assert said.count("We recommend") == 1 and "chief keeper" not in said


@pytest.mark.parametrize(
    ("question", "given", "left_out"),
    [
        ("Which recommendations did the government reject?", ["fog horns", "does not accept"], ["paraffin", "keeper"]),
        ("Which recommendations were accepted in part?", ["ban paraffin", "in part"], ["fog horns", "keeper"]),
    ],
)
def test_recommendations_are_listed_by_what_was_said_to_them(
    lighthouses: Assistant, question: str, given: list[str], left_out: list[str]
) -> None:
    said = words(lighthouses, question)
    assert all(part in said for part in given)
    assert not any(part in said for part in left_out)
