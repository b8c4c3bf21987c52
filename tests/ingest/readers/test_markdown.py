from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_checks import assert_covered_once, assert_pieces_lead_back, brief, only, own, texts

from errors import UnreadableFileError
from ingest.document import Reading, Role
from ingest.readers import markdown

LINKS = r"\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)|\[\^\w+\]:?|<[^>]*>"
MARKUP = rf"<sup>\d</sup>|{LINKS}|(?<!\\)[*_#`\[\]|>]|\\(?=[|*])|(?m:^\s*(?:[-+]|\d{1, 3}[.)])(?=\s))"
LEFT = rf"{LINKS}|[#|>\-+:=*•]|\d+[.)]"  # what may stand outside every block


def read(source: str) -> Reading:
    reading = markdown.read(source.encode(), Path("paper.md"))
    assert reading.text == source
    assert_pieces_lead_back(reading, MARKUP)
    assert_covered_once(reading, LEFT)
    return reading


def test_headings_keep_their_level_and_lose_their_stars() -> None:
    reading = read("# **Northmoor Police**\n\n### *Calls* from the public ###\n\nTwo\n===\n")
    assert [(block.level, block.text) for block in only(reading, Role.HEADING)] == [
        (1, "Northmoor Police"),
        (3, "Calls from the public"),
        (1, "Two"),
    ]


def test_a_heading_that_is_only_a_number_is_furniture_and_an_empty_one_is_nothing() -> None:
    assert brief(read("## 12\n\n##\n\n## 12 months on\n")) == [("furniture", "12"), ("heading", "12 months on")]


def test_a_long_sentence_above_a_rule_of_dashes_is_a_paragraph() -> None:
    sentence = (
        "Northmoor answered the telephone within ten seconds in nine of every ten cases that were looked at, " * 2
    )
    reading = read(f"{sentence}and nobody was told to ring again.\n---\n")
    assert [block.role for block in reading.blocks] == [Role.TEXT]


def test_wrapped_lines_are_one_paragraph_without_emphasis_links_and_entities() -> None:
    reading = read("The *control room* at\n[Saltby](https://saltby.example/x) answers\n`999` calls \\* texts.\n")
    assert texts(reading, Role.TEXT) == ["The control room at Saltby answers 999 calls * texts."]


def test_a_bullet_begins_with_the_sentence_it_hangs_from() -> None:
    reading = read(
        "Northmoor should:\n\n- train its drivers; and\n- count its\n  vehicles.\n\nIt may wait.\n\n- A stray point\n"
    )
    points = only(reading, Role.ITEM)
    assert [(point.lead_in, own(point)) for point in points] == [
        ("Northmoor should:", "train its drivers; and"),
        ("Northmoor should:", "count its vehicles."),
        ("", "A stray point"),
    ]
    assert points[0].text == "Northmoor should: train its drivers; and"


def test_a_nested_point_hangs_from_its_parent_or_from_what_the_parent_hangs_from() -> None:
    reading = read("The force should:\n- train:\n  - drivers\n  - clerks\n- buy vans\n  - blue ones\n- rest\n")
    assert [(block.lead_in, own(block)) for block in only(reading, Role.ITEM)] == [
        ("The force should:", "train:"),
        ("train:", "drivers"),
        ("train:", "clerks"),
        ("The force should:", "buy vans"),
        ("The force should:", "blue ones"),
        ("The force should:", "rest"),
    ]


def test_a_further_paragraph_of_a_bullet_belongs_to_it_and_does_not_end_the_list() -> None:
    reading = read("They must:\n\n- act.\n\n  At once.\n\n  > a note\n\n- wait.\n")
    assert [(str(block.role), block.text) for block in reading.blocks] == [
        ("text", "They must:"),
        ("item", "They must: act. At once."),
        ("text", "a note"),
        ("item", "They must: wait."),
    ]


def test_printed_bullets_are_bullets() -> None:
    assert texts(read("Saltby has:\n\n• a boat\n• a kennel\n"), Role.ITEM) == [
        "Saltby has: a boat",
        "Saltby has: a kennel",
    ]


def test_numbered_paragraphs_are_text_with_their_number() -> None:
    long = "Problem solving plans are now opened for every street that reports three or more incidents."
    reading = read(f"7. The panel asked four questions:\n\n8. {long}\n\n   It helps.\n\n9. See above.\n")
    assert [(str(block.role), block.number, block.text) for block in reading.blocks] == [
        ("text", "7", "The panel asked four questions:"),
        ("text", "8", long),
        ("text", None, "It helps."),
        ("text", "9", "See above."),
    ]


def test_one_numbered_point_alone_is_a_paragraph() -> None:
    assert [(block.role, block.number) for block in read("3. Read it.\n").blocks] == [(Role.TEXT, "3")]


def test_short_numbered_points_are_items() -> None:
    reading = read("1. Call\n2. Wait\n")
    assert [(block.role, block.number, block.text) for block in reading.blocks] == [
        (Role.ITEM, "1", "Call"),
        (Role.ITEM, "2", "Wait"),
    ]


def test_numbered_points_below_a_sentence_with_a_colon_keep_it_however_long_they_are() -> None:
    long = "open a plan for every street that reports three or more incidents in one month"
    points = only(read(f"The chief constable should:\n\n1. {long}\n2. close it\n"), Role.ITEM)
    assert [point.text for point in points] == [
        f"The chief constable should: {long}",
        "The chief constable should: close it",
    ]


def test_a_year_at_the_start_of_a_paragraph_is_not_its_number() -> None:
    assert brief(read("2015. That was the year of the flood.\n")) == [("text", "2015. That was the year of the flood.")]


def test_a_table_row_is_read_with_the_heads_of_its_columns() -> None:
    reading = read("| Area | 2018 | 2019 |\n|---|---|---|\n| Saltby | 12 | |\n| North \\| South | **3** | 4 |\n")
    assert brief(reading) == [
        ("furniture", "Area 2018 2019"),
        ("row", "Area: Saltby; 2018: 12"),
        ("row", "Area: North | South; 2018: 3; 2019: 4"),
    ]


def test_a_table_headed_by_grades_is_read_down_its_columns() -> None:
    reading = read(
        "| Good | Requires improvement | Inadequate |\n|---|---|---|\n"
        "| Answering calls | Saving boats | |\n| Finding dogs | Counting vans | |\n"
    )
    rows = only(reading, Role.ROW)
    assert [row.text for row in rows] == [
        "Good: Answering calls; Finding dogs",
        "Requires improvement: Saving boats; Counting vans",
    ]
    assert [reading.text[start:end] for start, end in rows[0].pieces] == ["Good", "Answering calls", "Finding dogs"]
    assert texts(reading, Role.FURNITURE) == ["Inadequate"]


def test_ticks_below_grades_are_read_with_the_name_of_their_row() -> None:
    reading = read("| | Good | Adequate |\n|---|---|---|\n| Saving boats | yes | |\n")
    assert texts(reading, Role.ROW) == ["Saving boats; Good: yes"]


def test_two_columns_without_heads_are_keys_and_values() -> None:
    assert texts(read("| | |\n|---|---|\n| Grade: | Good |\n| Year | 2019 |\n"), Role.ROW) == [
        "Grade: Good",
        "Year: 2019",
    ]


def test_front_matter_gives_the_title_and_is_furniture() -> None:
    reading = read('---\ntitle: "Boats of Saltby"\n---\n\nText.\n')
    assert reading.title == "Boats of Saltby"
    assert [block.role for block in reading.blocks] == [Role.FURNITURE, Role.TEXT]


def test_footnotes_and_their_marks_come_off_the_text() -> None:
    reading = read("The boat sank[^1] in 2019<sup>2</sup>.\n\n[^1]: Saltby log, p. 4\n")
    assert brief(reading) == [("text", "The boat sank in 2019."), ("footnote", "Saltby log, p. 4")]
    assert only(reading, Role.FOOTNOTE)[0].number == "1"


def test_an_image_alone_is_warned_of_and_one_in_a_sentence_is_not() -> None:
    reading = read("![page 3](scan3.png)\n\nSee ![logo](x.png) here.\n")
    assert texts(reading, Role.TEXT) == ["See here."]
    assert reading.warnings == ("1 image(s) stand alone: words inside them were not read",)


def test_html_in_markdown_loses_its_tags_and_comments() -> None:
    assert texts(read("<div>\n<b>Saltby</b> lifeboat\n</div>\n\n<!-- draft -->\n\nOne <br>two\n"), Role.TEXT) == [
        "Saltby lifeboat",
        "One two",
    ]


def test_windows_text_is_read_with_a_warning_and_odd_line_ends_do_not_matter() -> None:
    reading = markdown.read("Saltby\u2019s boat\r\n\r\n- one\r- two".encode("cp1252"), Path("a.md"))
    assert reading.text == "Saltby\u2019s boat\n\n- one\n- two"
    assert reading.warnings == ("not UTF-8: read as Windows-1252",)


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b"<!-- nothing -->", b"---\n\n---"])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="a.md"):
        markdown.read(data, Path("a.md"))


WORDS = st.lists(
    st.sampled_from(["Saltby", "boat", "the", "*new*", "[dock](u)", "should:", "2019", "12.", "-", "|"]),
    min_size=1,
    max_size=9,
)
BLOCKS = st.tuples(st.sampled_from(["", "# ", "- ", "3. ", "> ", "  - ", "    "]), WORDS)


@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_every_visible_character_is_in_one_block(blocks: list[tuple[str, list[str]]]) -> None:
    source = "\n\n".join(mark + "Text " + " ".join(words) for mark, words in blocks)
    reading = markdown.read(source.encode(), Path("a.md"))
    assert_covered_once(reading, LEFT)
