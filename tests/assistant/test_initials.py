"""Abbreviations that no document defines are read as words of the documents that begin with their letters."""

import pytest

from assistant.initials import spelled_out, unspelled

TEXTS = [
    "Officers wear head-mounted lamps at night.",
    "Head-mounted lamps were bought in May.",
    "Applicants were of Brown, Amber and mixed estates; Brown, Amber and mixed estates did well.",
    "The lamp was left on.",
]


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("HML", "head-mounted lamps"),
        ("BAME", "Brown, Amber and mixed estates"),
        ("TLW", None),  # "The lamp was": once is chance
        ("XYZ", None),
    ],
)
def test_the_words_that_stand_together_more_than_once_are_what_it_stands_for(short: str, words: str | None) -> None:
    assert spelled_out(short, TEXTS) == words


def test_abbreviations_that_a_document_defines_are_left_to_it() -> None:
    assert unspelled("Do HML and OCG and HML differ, or OK?", {"ocg": "organised crime group"}) == ("HML",)
