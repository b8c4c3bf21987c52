"""Which heading stands under which."""

import pytest

from ingest.document import Block, Role
from ingest.sections import heading_levels, is_label, section_paths


def blocks(*drafts: str) -> list[Block]:
    """Blocks of a short notation: "# text" is a heading, "##2 text" one of level 2, "(5) text" one of number 5."""
    made = []
    for place, draft in enumerate(drafts):
        spot = ((place * 10, place * 10 + 5),)
        if draft.startswith("##"):
            level, text = draft[2:].split(" ", 1)
            made.append(Block(Role.HEADING, text, spot, level=int(level)))
        elif draft.startswith("# "):
            made.append(Block(Role.HEADING, draft[2:], spot))
        elif draft.startswith("("):
            number, text = draft[1:].split(") ", 1)
            made.append(Block(Role.HEADING, text, spot, number=number))
        elif draft.startswith("~ "):
            made.append(Block(Role.FURNITURE, draft[2:], spot))
        else:
            made.append(Block(Role.TEXT, draft, spot))
    return made


def paths(*drafts: str, title: int = 0) -> list[tuple[str, ...]]:
    return section_paths(blocks(*drafts), title)


@pytest.mark.parametrize(
    "text", ["Areas for improvement", "Area for improvement", "CAUSE OF CONCERN", "Recommendations:"]
)
def test_headings_that_reports_repeat_are_labels(text: str) -> None:
    assert is_label(text)


def test_a_sentence_about_areas_for_improvement_is_no_label() -> None:
    assert not is_label("Areas for improvement are few")


def test_the_title_opens_no_section() -> None:
    assert paths("# Northmoor: a report", "It begins.", title=1) == [(), ()]


def test_printed_levels_are_kept() -> None:
    found = paths("##1 Custody", "##3 Cells", "Clean.", "##1 Calls", "Quick.")
    assert found[2] == ("Custody", "Cells")
    assert found[4] == ("Calls",)


def test_ranks_below_a_title_of_a_lower_rank_are_sizes_and_points_tell_what_belongs_together() -> None:
    found = paths(
        "##3 Paper on boats",
        "##4 Purpose",
        "To tell of boats.",
        "##2 Areas for improvement and recommendations",
        "All are below.",
        "##3 Oars",
        "AFI1. The club should buy oars.",
        "##2 Sails",
        "Recommendation 1: Mend the sails.",
        "##3 Who oversees it",
        "The board does.",
        title=1,
    )
    assert found[2] == ("Purpose",)
    assert found[6] == ("Areas for improvement and recommendations", "Oars")
    assert found[8] == ("Areas for improvement and recommendations", "Sails")
    assert found[10] == ("Who oversees it",)


def test_a_level_that_a_file_uses_for_every_heading_says_nothing() -> None:
    found = paths("##2 Custody", "Good", "##2 Areas for improvement", "Text.", "##2 Calls", "Good")
    assert found[3] == ("Custody", "Areas for improvement")
    assert found[5] == ("Calls",)


def test_a_heading_with_a_grade_below_it_is_outermost() -> None:
    assert paths("# Custody", "Good", "# Cells are clean", "Very.", "# Calls", "Adequate")[5] == ("Calls",)


def test_a_heading_directly_above_another_is_its_parent() -> None:
    found = paths("# Custody", "Good", "# The county", "# Its towns", "Five.", "# Its rivers", "None.")
    assert found[4] == ("Custody", "The county", "Its towns")
    assert found[6] == ("Custody", "The county", "Its rivers")


def test_a_page_number_between_two_headings_does_not_part_them() -> None:
    assert paths("# Custody", "Good", "# The county", "~ 4", "# Its towns", "Five.")[5] == (
        "Custody",
        "The county",
        "Its towns",
    )


def test_a_label_stands_in_its_section_and_not_in_another_label() -> None:
    found = paths("# Custody", "Good", "# Areas for improvement", "One.", "# Main findings", "Two.")
    assert found[3] == ("Custody", "Areas for improvement")
    assert found[5] == ("Custody", "Main findings")


def test_recommendations_below_a_cause_of_concern_belong_to_it() -> None:
    found = paths(
        "# Custody",
        "Inadequate",
        "# Cause of concern",
        "Dirt.",
        "# Recommendations",
        "Wash.",
        "# Areas for improvement",
        "Paint.",
    )
    assert found[5] == ("Custody", "Cause of concern", "Recommendations")
    assert found[7] == ("Custody", "Areas for improvement")


def test_a_numbered_heading_is_outermost_even_when_it_is_a_label() -> None:
    assert paths("(1) Overview", "Text.", "(2) Cause of concern", "Dirt.")[3] == ("Cause of concern",)


def test_an_annex_is_outermost() -> None:
    assert paths("# Custody", "Good", "# Annex B – words we use", "Cell.")[3] == ("Annex B – words we use",)


def test_a_heading_that_is_printed_twice_is_outermost() -> None:
    found = paths(
        "# Overview", "Text.", "# How are the cells?", "Short.", "# Words", "Text.", "# How are the cells?", "Long."
    )
    assert found[7] == ("How are the cells?",)


def test_grades_below_headings_side_by_side_go_to_one_heading_each() -> None:
    found = paths("# Overview", "Text.", "# How are calls?", "# How are cells?", "Good", "Adequate", "Mixed text.")
    assert found[4] == ("Overview", "How are calls?")
    assert found[5] == ("Overview", "How are cells?")
    assert found[6] == ("Overview",)


def test_the_levels_of_a_text_without_headings_are_none() -> None:
    assert heading_levels(blocks("One.", "Two."), 0) == {}
