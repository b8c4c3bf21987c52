"""Blocks become paragraphs with kinds, ids and section paths."""

import pytest

from ingest.document import Block, Kind, Paragraph, Reading, Role
from ingest.paragraphs import build_paragraphs, join_cut_paragraphs, title_length

HEAD = Role.HEADING
SPOT = ((0, 5),)


def heading(text: str, level: int = 0, number: str | None = None) -> Block:
    return Block(HEAD, text, SPOT, level=level, number=number)


def text(words: str, *pieces: tuple[int, int]) -> Block:
    return Block(Role.TEXT, words, pieces or SPOT)


def item(words: str, lead_in: str = "") -> Block:
    return Block(Role.ITEM, f"{lead_in} {words}".strip(), SPOT, lead_in=lead_in)


def kinds(*blocks: Block) -> list[Kind]:
    return [paragraph.kind for paragraph in build_paragraphs(Reading("", (text("Opening."), *blocks)), "report")][1:]


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.FOOTNOTE, Kind.FOOTNOTE),
        (Role.FURNITURE, Kind.FURNITURE),
        (Role.ROW, Kind.TABLE_ROW),
        (Role.ENTRY, Kind.STATUS),
        (Role.ITEM, Kind.LIST_ITEM),
        (Role.TEXT, Kind.FINDING),
    ],
)
def test_a_role_alone_gives_its_kind(role: Role, kind: Kind) -> None:
    assert kinds(Block(role, "The cells are clean.", SPOT)) == [kind]


@pytest.mark.parametrize(
    "words",
    [
        "Good",
        "Requires improvement",
        "Northmoor Police is good at running its cells.",
        "Northmoor Police requires improvement at answering calls.",
        "The force was judged to be inadequate.",
    ],
)
def test_a_grade_or_a_short_sentence_that_gives_one_is_a_grade(words: str) -> None:
    assert kinds(text(words)) == [Kind.GRADE]


@pytest.mark.parametrize(
    "words", ["The force has good cells.", "Good officers stay.", "Improvement is required of nobody."]
)
def test_a_sentence_that_only_holds_a_grade_word_is_a_finding(words: str) -> None:
    assert kinds(text(words)) == [Kind.FINDING]


def test_a_long_paragraph_is_a_finding_though_it_gives_a_grade() -> None:
    assert kinds(text("Northmoor Police is good at running its cells. " + "They are clean. " * 12)) == [Kind.FINDING]


def test_what_stands_below_the_label_is_an_area_for_improvement() -> None:
    label = heading("Areas for improvement")
    assert kinds(label, item("wash the cells"))[1] == Kind.AREA_FOR_IMPROVEMENT
    assert kinds(label, text("The force should wash the cells."))[1] == Kind.AREA_FOR_IMPROVEMENT
    assert kinds(label, heading("The force should wash the cells"), text("They are dirty."))[1:] == [
        Kind.AREA_FOR_IMPROVEMENT,
        Kind.FINDING,
    ]


def test_an_area_for_improvement_named_by_its_mark_needs_no_label() -> None:
    paragraphs = build_paragraphs(Reading("", (text("AFI2. The force should wash."),)), "report")
    assert (paragraphs[0].kind, paragraphs[0].number) == (Kind.AREA_FOR_IMPROVEMENT, "2")


def test_a_recommendation_is_known_by_its_mark_or_its_label() -> None:
    assert kinds(text("Recommendation 4: wash the cells")) == [Kind.RECOMMENDATION]
    assert kinds(heading("Recommendations"), item("wash", "It should:"))[1] == Kind.RECOMMENDATION


def test_the_text_directly_below_the_label_is_the_cause_of_concern() -> None:
    assert kinds(heading("Cause of concern"), text("Nobody washes."), text("It has been so for years."))[1:] == [
        Kind.CAUSE_OF_CONCERN,
        Kind.FINDING,
    ]


def test_a_dated_comment_answers_a_cause_of_concern_and_is_not_one() -> None:
    comment = Block(Role.TEXT, "The cells are washed.", SPOT, dated="2016-05-03")
    assert kinds(heading("Cause of concern"), comment)[1] == Kind.FINDING


def test_a_heading_that_is_a_sentence_can_be_cited_and_a_subject_cannot() -> None:
    found = kinds(
        heading("The force washes its cells every day"), text("It does."), heading("Cells and beds"), text("Clean.")
    )
    assert found[0] == Kind.HEADING_SENTENCE
    assert found[2] == Kind.HEADING


def test_a_question_is_a_heading_and_no_finding() -> None:
    assert kinds(heading("How well does the force wash its cells?"), text("Well."))[0] == Kind.HEADING


def test_ids_count_paragraphs_and_furniture_apart_so_that_furniture_moves_no_id() -> None:
    noise = Block(Role.FURNITURE, "4", SPOT)
    with_noise = build_paragraphs(Reading("", (noise, text("One."), noise, text("Two."))), "report")
    without = build_paragraphs(Reading("", (text("One."), text("Two."))), "report")
    assert [paragraph.id for paragraph in with_noise] == ["report#f001", "report#p001", "report#f002", "report#p002"]
    assert [paragraph.id for paragraph in without] == ["report#p001", "report#p002"]


def test_a_note_of_a_table_and_a_last_sentence_set_apart_move_no_id_behind_them() -> None:
    note = Block(Role.NOTE, "*Boats only.", SPOT, number="*")
    last = Block(Role.TEXT, "This helps.", SPOT, continues=True)
    made = build_paragraphs(Reading("", (text("One."), note, last, text("Two."))), "report")
    assert [paragraph.id for paragraph in made] == ["report#p001", "report#n001", "report#p003"]
    assert [paragraph.text for paragraph in made] == ["One. This helps.", "*Boats only.", "Two."]
    assert made[1].kind is Kind.FOOTNOTE


def test_the_same_blocks_always_give_the_same_paragraphs() -> None:
    reading = Reading("", (heading("Cells"), text("One."), item("two", "It has:")))
    assert build_paragraphs(reading, "report") == build_paragraphs(reading, "report")


def test_a_heading_is_not_in_its_own_section_path() -> None:
    blocks = (text("Opening."), heading("Cells"), text("Clean."))
    assert [paragraph.headings for paragraph in build_paragraphs(Reading("", blocks), "r")] == [(), (), ("Cells",)]


def test_a_paragraph_cut_by_a_page_is_joined_and_keeps_both_places() -> None:
    joined = join_cut_paragraphs([text("The cells in Saltby are washed", (0, 30)), text("every day.", (40, 50))])
    assert joined == [text("The cells in Saltby are washed every day.", (0, 30), (40, 50))]


def test_what_stands_between_the_halves_stays_where_it_was() -> None:
    page = Block(Role.FURNITURE, "4", SPOT)
    note = Block(Role.FOOTNOTE, "Of May.", SPOT, number="1")
    joined = join_cut_paragraphs([text("The cells in Saltby are washed"), page, note, text("every day.")])
    assert [block.text for block in joined] == ["The cells in Saltby are washed every day.", "4", "Of May."]


def test_a_bracket_at_the_end_of_a_text_is_no_heading_and_one_that_a_heading_opens_is_closed_in_it() -> None:
    joined = join_cut_paragraphs(
        [
            text("We recommend that oars be bought."),
            heading("(Recommendation 4)"),
            heading("Annex 7: Oars (Recommendation"),
            Block(Role.FURNITURE, "7)", SPOT),
            text("We agree."),
        ]
    )
    assert [(block.role, block.text) for block in joined] == [
        (Role.TEXT, "We recommend that oars be bought. (Recommendation 4)"),
        (Role.HEADING, "Annex 7: Oars (Recommendation 7)"),
        (Role.TEXT, "We agree."),
    ]


def test_a_compound_cut_at_its_hyphen_is_joined_without_a_space() -> None:
    joined = join_cut_paragraphs([text("The officers of Saltby are well-"), text("trained people.")])
    assert joined[0].text == "The officers of Saltby are well-trained people."


def test_a_number_goes_on_only_with_the_text_directly_above_it() -> None:
    assert len(join_cut_paragraphs([text("The cells in Saltby were washed"), text("40 times.")])) == 1
    assert len(join_cut_paragraphs([text("The cells in Saltby were washed"), text("Good."), text("40 times.")])) == 3


def test_a_finished_paragraph_a_short_label_and_a_numbered_one_are_not_joined() -> None:
    assert len(join_cut_paragraphs([text("The cells in Saltby are washed."), text("every day.")])) == 2
    assert len(join_cut_paragraphs([text("Cells"), text("every day.")])) == 2
    numbered = Block(Role.TEXT, "every day.", SPOT, number="4")
    assert len(join_cut_paragraphs([text("The cells in Saltby are washed"), numbered])) == 2


def test_the_title_is_the_headings_before_the_first_text_of_one_level() -> None:
    assert title_length([heading("Northmoor"), heading("An inspection"), text("Text.")]) == 2
    assert title_length([heading("Northmoor", 1), heading("Cells", 2), text("Text.")]) == 1
    assert title_length([heading("Northmoor"), heading("Recommendations"), text("Text.")]) == 1
    assert title_length([heading("Northmoor"), Block(Role.FURNITURE, "Contents", SPOT), heading("Cells")]) == 1
    assert title_length([heading("How are the cells?", number="1"), text("Clean.")]) == 0
    assert title_length([]) == 0


def test_a_paragraph_without_text_places_or_its_lead_in_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="some text"):
        Paragraph("r#p001", " ", SPOT, Kind.FINDING)
    with pytest.raises(ValueError, match="lead-in"):
        Paragraph("r#p001", "wash", SPOT, Kind.LIST_ITEM, lead_in="It should:")
    with pytest.raises(ValueError, match="spans"):
        Paragraph("r#p001", "wash", (), Kind.FINDING)
    with pytest.raises(ValueError, match="spans"):
        Paragraph("r#p001", "wash", ((4, 4),), Kind.FINDING)
