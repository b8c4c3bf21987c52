from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from fpdf import FPDF
from reading_checks import assert_sound, brief, only, own, printed, texts

from errors import UnreadableFileError
from ingest.document import Reading, Role
from ingest.readers import pdf as reader

REPORT = Path("report.pdf")
LEFT, TOP, LEADING = 72.0, 110.0, 15.0  # points
BULLET, DASH = "\x95", "\x96"  # in the encoding of the standard fonts

# Three lines that fill the width, and one that does not.
FULL = (
    "The harbour crews of Saltby were asked in May how often they had been called out at",
    "night, and nearly all of them answered that it was more often than in the year before.",
    "Those who had kept a log could show it, and the others said that a log should be kept",
)
SHORT = "by every crew."
PROSE = (*FULL, SHORT)
WHOLE = " ".join(PROSE)

Draw = Callable[["Sheet"], None]


class Sheet:
    """A page to draw lines on, from the top."""

    def __init__(self, pdf: FPDF) -> None:
        self.pdf, self.y = pdf, TOP

    def line(self, text: str, x: float = LEFT, size: float = 11, style: str = "", gap: float = LEADING) -> float:
        """Draw one line `gap` points below the one before; its baseline."""
        self.y += gap
        self.at(x, self.y, text, size, style)
        return self.y

    def at(self, x: float, y: float, text: str, size: float = 11, style: str = "") -> None:
        self.pdf.set_font("Helvetica", style, size)
        self.pdf.text(x, y, text)

    def prose(self, lines: Sequence[str] = PROSE, x: float = LEFT, first: float | None = None, gap: float = 26) -> None:
        """A paragraph, set off by a gap; `first` is where its first line begins."""
        for number, text in enumerate(lines):
            self.line(text, first if first is not None and number == 0 else x, gap=gap if number == 0 else LEADING)

    def grid(self, rows: Sequence[Sequence[str]], widths: Sequence[float], bold_head: bool = False) -> None:
        """A table with rules around its cells."""
        self.y += 20
        for place, row in enumerate(rows):
            x = LEFT
            for text, width in zip(row, widths, strict=True):
                self.pdf.rect(x, self.y, width, 20)
                self.at(x + 4, self.y + 14, text, style="B" if bold_head and place == 0 else "")
                x += width
            self.y += 20


def made(*pages: Draw, title: str = "", encryption: str = "") -> bytes:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(title)
    if encryption:
        pdf.set_encryption(owner_password="owner", user_password=encryption)
    for draw in pages:
        pdf.add_page()
        draw(Sheet(pdf))
    return bytes(pdf.output())


def read(*pages: Draw, title: str = "") -> Reading:
    data = made(*pages, title=title)
    reading = reader.read(data, REPORT)
    with pdfplumber.open(BytesIO(data)) as pdf:
        visible = "".join(char["text"] for page in pdf.pages for char in page.chars)
    assert_sound(reading, visible)
    return reading


def prose_page(sheet: Sheet) -> None:
    sheet.prose()


def test_wrapped_lines_are_one_paragraph_and_gaps_part_paragraphs() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        sheet.prose(("A second paragraph.",))

    assert brief(read(draw)) == [("text", WHOLE), ("text", "A second paragraph.")]


def test_a_hyphen_at_the_end_of_a_line_belongs_to_a_compound_and_stays() -> None:
    reading = read(
        lambda sheet: sheet.prose(("Saltby reports less anti-", "social behaviour than in the year", "before that."))
    )
    assert reading.text == "Saltby reports less anti-social behaviour than in the year before that."


def test_paragraphs_without_a_gap_part_where_a_line_ends_early_or_the_next_is_indented() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose(PROSE)
        sheet.prose(PROSE, gap=LEADING)
        sheet.prose(
            (*FULL[:2], "The log was kept by each of the crews, and it was read every month by their officer."),
            gap=LEADING,
        )
        sheet.prose(PROSE, first=LEFT + 18, gap=LEADING)

    assert len(texts(read(draw), Role.TEXT)) == 4


def test_larger_and_bold_lines_are_headings_by_rank_and_their_lines_are_joined() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.line("The boats of Saltby and", size=24)
        sheet.line("their crews", size=24, gap=29)
        sheet.line("Findings", size=16, style="B", gap=40)
        sheet.prose()
        sheet.line("UPKEEP OF BOATS", style="B", gap=30)
        sheet.line("Paint", style="B", gap=24)
        sheet.prose()
        sheet.line("Every boat is painted in May.", style="B", gap=30)
        sheet.prose()

    reading = read(draw)
    assert [(block.level, block.text) for block in only(reading, Role.HEADING)] == [
        (1, "The boats of Saltby and their crews"),
        (2, "Findings"),
        (3, "UPKEEP OF BOATS"),
        (4, "Paint"),
    ]
    assert texts(reading, Role.TEXT) == [WHOLE, WHOLE, "Every boat is painted in May.", WHOLE]


def test_underlined_lines_are_headings_and_long_bold_paragraphs_are_not() -> None:
    def draw(sheet: Sheet) -> None:
        y = sheet.line("Recommendation 1: a log")
        sheet.pdf.line(LEFT, y + 1.5, LEFT + sheet.pdf.get_string_width("Recommendation 1: a log"), y + 1.5)
        sheet.prose()
        sheet.y += 12
        for text in PROSE:
            sheet.line(text, style="B", size=10.5)

    assert [str(block.role) for block in read(draw).blocks] == ["heading", "text", "text"]


def test_a_number_alone_in_large_type_is_no_heading() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.line("2", size=30, gap=60)
        sheet.prose()

    assert brief(read(draw)) == [("furniture", "2"), ("text", WHOLE)]


def test_a_chapter_s_number_and_its_name_are_one_heading() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.line("Chapter 2:", size=20)
        sheet.line("The crews", size=20, gap=50)
        sheet.prose()

    assert texts(read(draw), Role.HEADING) == ["Chapter 2: The crews"]


def test_a_paragraph_cut_by_a_page_is_whole_and_has_the_label_of_its_first_page() -> None:
    def first(sheet: Sheet) -> None:
        sheet.prose(FULL)
        sheet.at(290, 820, "4")

    def second(sheet: Sheet) -> None:
        sheet.prose((SHORT,))
        sheet.prose(("Another paragraph stands here.",))
        sheet.at(290, 820, "5")

    reading = read(first, second)
    cut, other = only(reading, Role.TEXT)
    assert (cut.text, len(cut.pieces), cut.page) == (WHOLE, 2, "4")
    assert (other.text, other.page) == ("Another paragraph stands here.", "5")
    assert texts(reading, Role.FURNITURE) == ["4", "5"]


def test_a_compound_cut_by_a_page_stays_whole() -> None:
    reading = read(
        lambda sheet: sheet.prose((*FULL, "by every crew, because of the anti-")),
        lambda sheet: sheet.prose(("social behaviour at night.",)),
    )
    (block,) = reading.blocks
    assert block.text.endswith("because of the anti-social behaviour at night.")
    assert [reading.text[start:end].split()[-1] for start, end in block.pieces] == ["anti-social", "night."]


def test_a_finished_paragraph_is_not_joined_to_the_next_page() -> None:
    assert len(read(prose_page, lambda sheet: sheet.prose(("and so on.",))).blocks) == 2


def test_running_heads_and_feet_are_furniture_and_give_the_printed_page() -> None:
    def page(number: int, chapter: str) -> Draw:
        def draw(sheet: Sheet) -> None:
            sheet.at(LEFT, 40, f"{number}    Boats of Saltby" if number % 2 == 0 else chapter, size=9)
            if number % 2:
                sheet.at(500, 40, str(number), size=9)
            sheet.prose()

        return draw

    chapters = ["One", "One", "One", "One", "Two", "Two", "Three", "Three"]
    reading = read(*(page(number, chapter) for number, chapter in enumerate(chapters, start=11)))
    assert {block.page for block in reading.blocks} == {str(number) for number in range(11, 19)}
    assert texts(reading, Role.FURNITURE)[:3] == ["One 11", "12 Boats of Saltby", "One 13"]
    assert set(texts(reading, Role.TEXT)) == {WHOLE}


def test_pages_without_a_printed_number_are_counted_from_their_neighbours_or_from_the_file() -> None:
    def numbered(label: str) -> Draw:
        return lambda sheet: (sheet.prose(), sheet.at(290, 820, label, size=9))[0]

    pages = [prose_page, numbered("ii"), numbered("iii"), prose_page, numbered("2"), prose_page, numbered("4")]
    labels = [block.page for block in only(read(*pages), Role.TEXT)]
    assert labels == ["1", "ii", "iii", "1", "2", "3", "4"]


def test_bullets_hang_from_the_sentence_above_them_across_pages() -> None:
    def first(sheet: Sheet) -> None:
        sheet.prose(("The harbour master should:",))
        sheet.line(f"{BULLET}  train:", x=90, gap=20)
        sheet.line(f"{DASH}  crews; and", x=108)
        sheet.line(f"{DASH}  clerks who answer the telephone in the harbour office at night and have", x=108)
        sheet.line("done so for long;", x=121)
        sheet.at(290, 820, "1")

    def second(sheet: Sheet) -> None:
        sheet.line(f"{BULLET}  paint.", x=90)
        sheet.prose(("That is all.",))
        sheet.line(f"{BULLET}  A stray point", x=90, gap=24)
        sheet.at(290, 820, "2")

    points = only(read(first, second), Role.ITEM)
    assert [(point.lead_in, own(point), point.page) for point in points] == [
        ("The harbour master should:", "train:", "1"),
        ("train:", "crews; and", "1"),
        ("train:", "clerks who answer the telephone in the harbour office at night and have done so for long;", "1"),
        ("The harbour master should:", "paint.", "2"),
        ("", "A stray point", "2"),
    ]


def test_bullets_that_are_drawn_are_bullets_too() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose(("The harbour master should:",))
        for text in ("train crews", "paint boats"):
            y = sheet.line(text, x=100, gap=20)
            sheet.pdf.ellipse(82, y - 7, 5, 5, style="F")

    assert texts(read(draw), Role.ITEM) == [
        "The harbour master should: train crews",
        "The harbour master should: paint boats",
    ]


def test_numbered_paragraphs_keep_their_number_and_their_further_lines() -> None:
    def draw(sheet: Sheet) -> None:
        for number in ("1.14.", "1.15."):
            sheet.prose(FULL, x=108)
            sheet.at(LEFT, sheet.y - 2 * LEADING, number)
        sheet.prose(("2019 was a wet year, and 12 boats were lost.",))
        sheet.prose((f"{FULL[0]} part",))
        sheet.line("30. It was a long night for all of them, and nobody was hurt.")

    assert [(block.number, block.text) for block in read(draw).blocks] == [
        ("1.14", " ".join(FULL)),
        ("1.15", " ".join(FULL)),
        (None, "2019 was a wet year, and 12 boats were lost."),
        (None, f"{FULL[0]} part 30. It was a long night for all of them, and nobody was hurt."),
    ]


def test_footnotes_are_told_apart_and_their_marks_taken_off_the_text() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose(FULL)
        width = sheet.pdf.get_string_width("by every crew")
        sheet.line("by every crew")
        sheet.at(LEFT + width, sheet.y - 4, "1", size=6)
        sheet.at(LEFT + width + 4, sheet.y, ". It covers 4 km")
        end = LEFT + width + 4 + sheet.pdf.get_string_width(". It covers 4 km")
        sheet.at(end, sheet.y - 4, "2", size=6)
        sheet.y = 740
        sheet.line("1   Log of the harbour crew, read in the harbour office,", size=8, gap=10)
        sheet.line("12 May 2019.", size=8, gap=10)
        sheet.line("2   Chart 7.", size=8, gap=10)

    reading = read(draw)
    assert texts(reading, Role.TEXT) == [f"{' '.join(FULL)} by every crew. It covers 4 km2"]
    assert [(note.number, note.text) for note in only(reading, Role.FOOTNOTE)] == [
        ("1", "Log of the harbour crew, read in the harbour office, 12 May 2019."),
        ("2", "Chart 7."),
    ]
    assert texts(reading, Role.FURNITURE) == ["1"]


def test_a_ruled_table_becomes_rows_and_its_text_is_not_repeated() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        sheet.grid((("Place", "2018", "2019"), ("Saltby", "1", ""), ("Ness", "3", "4")), (100, 60, 60))
        sheet.prose(("After the table.",), gap=40)

    assert brief(read(draw)) == [
        ("text", WHOLE),
        ("furniture", "Place 2018 2019"),
        ("row", "Place: Saltby; 2018: 1"),
        ("row", "Place: Ness; 2018: 3; 2019: 4"),
        ("text", "After the table."),
    ]


def test_two_ruled_columns_are_keys_and_values_unless_their_heads_look_different() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        sheet.grid((("Grade", "Good"), ("Year", "2019")), (100, 100))
        sheet.grid((("Place", "Boats"), ("Saltby", "2")), (100, 100), bold_head=True)

    assert texts(read(draw), Role.ROW) == ["Grade: Good", "Year: 2019", "Place: Saltby; Boats: 2"]


def test_a_table_that_goes_on_keeps_its_heads_whether_they_are_printed_again_or_not() -> None:
    head, widths = ("Place", "2018", "2019"), (100, 60, 60)
    reading = read(
        lambda sheet: (sheet.prose(), sheet.grid((head, ("Saltby", "1", "2")), widths))[0],
        lambda sheet: sheet.grid((("Ness", "3", "4"), ("Holm", "5", "6")), widths),
        lambda sheet: sheet.grid((head, ("Wick", "7", "8")), widths),
    )
    assert texts(reading, Role.ROW) == [
        "Place: Saltby; 2018: 1; 2019: 2",
        "Place: Ness; 2018: 3; 2019: 4",
        "Place: Holm; 2018: 5; 2019: 6",
        "Place: Wick; 2018: 7; 2019: 8",
    ]


def test_a_table_headed_by_grades_is_read_down_its_columns() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        sheet.grid((("Good", "Requires improvement"), ("Boats", "Vans"), ("Dogs", "")), (130, 130))

    assert texts(read(draw), Role.ROW) == ["Good: Boats; Dogs", "Requires improvement: Vans"]


def test_a_box_drawn_around_text_is_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.pdf.rect(LEFT - 8, TOP + 4, 460, 90)
        sheet.prose()

    assert brief(read(draw)) == [("text", WHOLE)]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Left line {number} fills its column of the page" for number in range(1, 9)]
    right = [f"right line {number} fills its column as well" for number in range(1, 8)]

    def draw(sheet: Sheet) -> None:
        sheet.line("A heading across both of the columns of this page", size=18)
        for place in range(8):
            y = sheet.line(left[place], size=10, gap=30 if place == 0 else 13)
            if place < 7:
                sheet.at(315, y, right[place], size=10)

    reading = read(draw)
    assert brief(reading) == [
        ("heading", "A heading across both of the columns of this page"),
        ("text", " ".join(left + right)),
    ]
    assert len(reading.blocks[1].pieces) == 2


def test_contents_lists_are_furniture() -> None:
    def contents(sheet: Sheet) -> None:
        sheet.line("Contents", size=16)
        for place, title in enumerate(("Foreword", "Boats", "Crews", "Upkeep of the boats and", "of the vans", "Vans")):
            y = sheet.line(title)
            if title != "Upkeep of the boats and":
                sheet.at(480, y, str(3 + 4 * place))

    reading = read(contents, prose_page)
    assert texts(reading, Role.TEXT) == [WHOLE]
    assert len(only(reading, Role.FURNITURE)) == 7


def test_the_labels_of_a_drawing_are_furniture_and_so_is_its_caption() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        sheet.line("Figure 1: Who answers to whom", style="B", gap=30)
        for place in range(12):
            sheet.at(LEFT + 37 * (place % 4) + 90, sheet.y + 30 + 11 * place, "Harbour", size=6)
        sheet.y += 200
        sheet.prose()

    reading = read(draw)
    assert texts(reading, Role.TEXT) == [WHOLE, WHOLE]
    assert texts(reading, Role.FURNITURE) == ["Figure 1: Who answers to whom", *["Harbour"] * 12]


def test_the_title_of_a_numbered_box_opens_no_section() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        sheet.line("BOX 3", style="B", gap=30)
        sheet.line("Boats of the year", style="B", gap=20)
        sheet.prose()
        sheet.line("Upkeep", style="B", gap=30)
        sheet.prose()

    assert [str(block.role) for block in read(draw).blocks] == [
        "text",
        "furniture",
        "furniture",
        "text",
        "heading",
        "text",
    ]


def test_text_turned_on_its_side_is_furniture() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        with sheet.pdf.rotation(90, 40, 400):
            sheet.at(40, 400, "Sideways")

    assert brief(read(draw)) == [("text", WHOLE), ("furniture", "Sideways")]


def test_bold_printed_by_drawing_twice_is_read_once() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose(("Saltby will call the officer",))
        sheet.at(LEFT + 0.3, sheet.y, "Saltby will call the officer")

    assert reader.read(made(draw), REPORT).text == "Saltby will call the officer"


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Boats of Saltby", "Boats of Saltby"), ("Microsoft Word - final v3.docx", None), ("", None), ("untitled", None)],
)
def test_the_title_is_that_of_the_properties_unless_it_is_a_file_name(title: str, expected: str | None) -> None:
    assert read(prose_page, title=title).title == expected


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="is encrypted. Open it with its password"):
        reader.read(made(prose_page, encryption="secret"), REPORT)


@pytest.mark.parametrize("data", [b"", b"\n", b"just words", b"%PDF-1.7\n%%EOF", made(prose_page)[:400]])
def test_what_is_no_pdf_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"report\.pdf: (?:is empty|is damaged|has no pages).* Copy it again"):
        reader.read(data, REPORT)


def test_pages_without_anything_on_them_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="has no text layer"):
        reader.read(made(lambda sheet: None), REPORT)


def test_pieces_say_where_the_text_stands() -> None:
    reading = read(prose_page, prose_page)
    assert [printed(reading, block) for block in reading.blocks] == [WHOLE, WHOLE]
