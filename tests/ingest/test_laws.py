"""What must hold of any text, found by trying many."""

import textwrap
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from visible import lost_characters, printed

from ingest.document import Kind, Paragraph
from ingest.paragraphs import build_paragraphs
from ingest.readers import text

WORDS = "the force Northmoor Police answers calls quickly and keeps its cells clean for people who stay"
LINES = """Good
Requires
improvement
Custody
Areas for improvement
• wash the cells;
- mend
1. Where are you?
4
2016
 and so on the next page
1 A note below the line.
Figure 2: Cells
Cells 1.5 2,000 -3%
Beds 40%
Doors 60%
a
b1
Good\tAdequate
Custody\tCalls\t4
Custody ..... 4
How are the cells?
It should:
https://www.example.org
Kind: digest
====
[a](#)
well-
•
—"""
word = st.sampled_from(WORDS.split())
prose = st.lists(word, min_size=4, max_size=30).map(lambda words: f"The {' '.join(words)}.")
line = st.one_of(
    prose,
    st.sampled_from([*LINES.split("\n"), "", "", "", " " * 40, "\f"]),
    st.text(alphabet="aB1.•-–*#\t []()?:£\u00a0\ue000", max_size=12),
)
report = st.lists(line, min_size=1, max_size=25).map("\n".join).filter(lambda made: bool(made.strip()))
tags = st.sampled_from(
    ["[on]3 May 2016 ", "[status]open[/status]", "[/on]", "[comment]", "[/comment]", "[on]soon ", "\n"]
)
tracker = st.tuples(prose, st.lists(st.one_of(tags, prose), max_size=12)).map(
    lambda parts: f"{parts[0]}\n\n[on]2 May 2016 [status]new[/status] [/on] {''.join(parts[1])}"
)


def paragraphs_of(source: str) -> tuple[str, tuple[Paragraph, ...]]:
    reading = text.read(source.encode(), Path("report.txt"))
    return reading.text, build_paragraphs(reading, "report")


@settings(max_examples=60, deadline=None)
@given(st.lists(prose, min_size=1, max_size=8))
def test_every_paragraph_is_found_again_where_its_pieces_say(blocks: list[str]) -> None:
    read, paragraphs = paragraphs_of("\n\n".join(blocks))
    assert [paragraph.text for paragraph in paragraphs] == blocks
    assert all(printed(read, paragraph) == paragraph.text for paragraph in paragraphs)


@settings(max_examples=40, deadline=None)
@given(st.lists(prose, min_size=1, max_size=5), st.integers(min_value=30, max_value=90))
def test_wrapping_a_text_changes_nothing_in_it(blocks: list[str], width: int) -> None:
    read, paragraphs = paragraphs_of("\n\n".join(textwrap.fill(block, width) for block in blocks))
    assert " ".join(paragraph.text for paragraph in paragraphs) == " ".join(blocks)
    assert all(printed(read, paragraph) == paragraph.text for paragraph in paragraphs)


@settings(max_examples=150, deadline=None)
@given(report)
@example("The force answers calls quickly.\nGood\tAdequate\nCustody\tCalls\t4")  # a cell beyond the last grade
def test_no_visible_character_of_a_report_is_lost(source: str) -> None:
    read, paragraphs = paragraphs_of(source)
    assert lost_characters(read, paragraphs) == ""


@settings(max_examples=60, deadline=None)
@given(tracker)
def test_no_visible_character_of_a_tracker_is_lost(source: str) -> None:
    read, paragraphs = paragraphs_of(source)
    assert lost_characters(read, paragraphs) == ""


@settings(max_examples=60, deadline=None)
@given(report)
def test_ids_are_unique_and_pieces_lie_in_the_text(source: str) -> None:
    read, paragraphs = paragraphs_of(source)
    assert len({paragraph.id for paragraph in paragraphs}) == len(paragraphs)
    assert all(0 <= start < end <= len(read) for paragraph in paragraphs for start, end in paragraph.pieces)


@settings(max_examples=60, deadline=None)
@given(report)
def test_every_paragraph_is_set_in_single_spaces_below_headings_of_the_document(source: str) -> None:
    _, paragraphs = paragraphs_of(source)
    headings = {
        paragraph.text
        for paragraph in paragraphs
        if paragraph.kind in (Kind.HEADING, Kind.HEADING_SENTENCE, Kind.AREA_FOR_IMPROVEMENT)
    }
    for paragraph in paragraphs:
        assert paragraph.text == " ".join(paragraph.text.split())
        assert set(paragraph.headings) <= headings
