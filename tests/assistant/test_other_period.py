"""Questions about a report that is not held are refused, unless one that is held speaks of it."""

import pytest
from fakes import document, paragraph

from assistant.gates import other_period
from assistant.holdings import Holdings
from assistant.lexicon import Lexicon
from assistant.question import understand
from assistant.selection import Found
from index.retriever import Hit
from index.tokens import content_stems


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("In 2010 the minister set a priority for ferries.", True),  # a year named in passing
        ("In 2010 inspectors judged the ferries slow.", False),
        ("In 2010 the minister set a priority. We inspected ferries.", True),
        ("Our report of 2010 asked for faster ferries.", False),
    ],
)
def test_a_report_that_is_not_held_is_told_of_by_words_on_inspecting(text: str, is_refused: bool) -> None:
    held = document("held", paragraph("held#p001", text))
    holdings = Holdings.of([held])
    question = understand("What did the 2010 report say about ferries?", [held], Lexicon.of([held], _rarity(text)))
    found = Found((Hit(held.paragraphs[0], held, 0.5),))
    assert (other_period(question, found, holdings) is not None) == is_refused


def _rarity(text: str) -> dict[str, float]:
    return dict.fromkeys(content_stems(text), 1.0)
