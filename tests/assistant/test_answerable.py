"""Whether what was found answers: subjects that the documents never name are refused, in words that say so."""

from collections.abc import Sequence

import numpy as np
import pytest
from fakes import document, paragraph

from assistant.answerable import FEATURES, answerable_row, why_not
from assistant.expectation import expectation
from assistant.lexicon import Lexicon, rareness
from assistant.question import understand
from assistant.sentences import score_sentences
from index.late import Met
from index.query import Query
from index.retriever import Hit

TEXT = "The rural crime team has 14 officers. It meets farmers each month."
HIT = Hit(paragraph("a#p1", TEXT), document("a", paragraph("a#p1", TEXT)), 0.6)
RARITY = {"rural": 3.0, "crime": 1.0, "team": 2.0, "offic": 1.0, "meet": 2.0, "farmer": 4.0, "month": 3.0}
LEXICON = Lexicon.of([HIT.document], RARITY)


def features(asked: str, nearness: dict[str, float]) -> dict[str, float]:
    """The features of a question, its words as near to everything as is given."""

    def meets(query: Query, sentence: str, keys: Sequence[str]) -> tuple[Met, ...]:
        return tuple(Met(word, near, near) for word, near in nearness.items())

    question = understand(asked, [HIT.document], LEXICON)
    expected = expectation(asked)
    sentences = score_sentences(question, expected, [HIT], RARITY)
    row = answerable_row(question, expected, sentences, [HIT], RARITY, meets)
    assert np.isfinite(row).all()
    return dict(zip(FEATURES, row, strict=True))


def test_a_subject_that_no_document_names_and_nothing_comes_near_is_absent() -> None:
    row = features("Are tractor thefts going up?", {"tractor": 0.1, "thefts": 0.3, "going": 0.3})
    assert row["absent"] == 1.0 and row["worst_met"] > 0.7


@pytest.mark.parametrize(
    "nearness",
    [
        {"tractor": 0.7, "farmers": 0.9},  # something found comes near to it
        {"tractor": 0.1, "farmers": 0.9},  # another word, rare in the documents, tells what the question is about
    ],
)
def test_a_word_of_the_readers_own_is_no_absent_subject(nearness: dict[str, float]) -> None:
    assert features("Do farmers with a tractor meet the team?", nearness)["absent"] == 0.0


def test_an_ordinary_word_that_is_not_met_weighs_next_to_nothing() -> None:
    ordinary = features("What do farmers want?", {"farmers": 0.9, "want": 0.1})
    telling = features("What do farmers harvest?", {"farmers": 0.9, "harvest": 0.1})
    assert ordinary["worst_met"] < 0.1 < telling["worst_met"]
    assert ordinary["met"] > telling["met"]


def test_a_form_that_no_sentence_has_is_missing() -> None:
    assert features("How much did the rural crime team cost?", {})["missing"] == 1.0
    assert features("How many officers has the rural crime team?", {})["missing"] == 0.0


def test_a_refusal_names_the_words_that_no_document_uses_and_the_form_that_was_not_found() -> None:
    asked = "What does the force's helicopter cost?"
    said = why_not(understand(asked, [HIT.document], LEXICON), expectation(asked), RARITY)
    assert said.startswith("The question asks for a sum of money.") and said.endswith(
        "uses the words “helicopter” or “cost”."
    )
    asked = "What do farmers say?"
    assert "uses the word" not in why_not(understand(asked, [HIT.document], LEXICON), expectation(asked), RARITY)


def test_rareness_is_of_english_and_not_of_the_documents() -> None:
    assert rareness("want") < 4 < rareness("tractor") < rareness("zzyzxq")
