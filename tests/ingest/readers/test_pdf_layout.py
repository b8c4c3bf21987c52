"""What the layout of real reports asks of the reader: titles, turned pages, white tables, labels, marks."""

from reading_checks import brief, only, texts
from test_pdf import FULL, LEFT, PROSE, WHOLE, Draw, Sheet, made, prose_page, read

from ingest.document import Role
from ingest.readers import pdf as reader

LONG = (*PROSE[:3], *PROSE)


def row(sheet: Sheet, *cells: str, gap: float = 18, step: float = 110, style: str = "") -> None:
    y = sheet.line(cells[0], gap=gap, style=style)
    for place, cell in enumerate(cells[1:], start=1):
        if cell:
            sheet.at(LEFT + step * place, y, cell, style=style)


def test_a_table_without_rules_is_rows_with_their_heads() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        row(sheet, "Place", "2018", "2019", gap=40, style="B")
        row(sheet, "Saltby", "1", "12")
        row(sheet, "Ness", "", "4")
        sheet.prose(("After the table.",), gap=40)

    assert brief(read(draw)) == [
        ("text", WHOLE),
        ("furniture", "Place 2018 2019"),
        ("row", "Place: Saltby; 2018: 1; 2019: 12"),
        ("row", "Place: Ness; 2019: 4"),
        ("text", "After the table."),
    ]


def test_a_list_of_short_and_long_names_is_rows_and_a_wrapped_cell_stays_with_its_row() -> None:
    def draw(sheet: Sheet) -> None:
        row(sheet, "HB", "The harbour board of the coast, which")
        sheet.line("meets four times", x=LEFT + 110, gap=14)
        row(sheet, "NS", "Net store", gap=24)
        row(sheet, "QU", "Quay", gap=24)

    expected = ["HB: The harbour board of the coast, which meets four times", "NS: Net store", "QU: Quay"]
    assert texts(read(draw), Role.ROW) == expected


def test_numbered_paragraphs_are_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        for number in ("1.1.", "1.2.", "1.3.", "1.4."):
            y = sheet.line("Boats were counted in May and again in June.", x=LEFT + 40)
            sheet.at(LEFT, y, number)

    reading = read(draw)
    assert [block.number for block in reading.blocks] == ["1.1", "1.2", "1.3", "1.4"]


def test_the_title_page_opens_no_section_and_its_title_printed_again_is_furniture() -> None:
    def cover(sheet: Sheet) -> None:
        sheet.line("The boats of Saltby", size=30)
        sheet.line("A report by the harbour master", size=16, gap=40)
        sheet.line("HM 18", gap=300)

    def half_title(sheet: Sheet) -> None:
        sheet.line("The boats of Saltby", size=30)
        sheet.line("Laid before the council in May", size=16, gap=40)

    def body(sheet: Sheet) -> None:
        sheet.line("Findings", size=20)
        sheet.prose(LONG)

    reading = read(cover, half_title, body)
    assert [(block.level, block.text) for block in only(reading, Role.HEADING)] == [
        (1, "The boats of Saltby"),
        (1, "A report by the harbour master"),
        (2, "Findings"),
    ]
    assert "The boats of Saltby" in texts(reading, Role.FURNITURE)
    assert "Laid before the council in May" in texts(reading, Role.TEXT)


def test_the_last_entries_of_a_contents_list_on_the_next_page_are_contents_too() -> None:
    def contents(sheet: Sheet) -> None:
        for place in range(8):
            y = sheet.line(f"Part {place} of the harbour")
            sheet.at(480, y, str(3 + place))

    def rest(sheet: Sheet) -> None:
        y = sheet.line("Annex on paint")
        sheet.at(480, y, "12")
        sheet.prose(gap=40)

    assert texts(read(contents, rest), Role.TEXT) == [WHOLE]


def test_a_page_turned_on_its_side_is_read_as_its_text_runs() -> None:
    def turned(sheet: Sheet) -> None:
        with sheet.pdf.rotation(90, 300, 420):
            sheet.prose()

    assert brief(read(prose_page, turned)) == [("text", WHOLE), ("text", WHOLE)]


def test_short_italic_lines_above_upright_text_are_headings_and_quotations_are_not() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose()
        sheet.line("Paint and timber", style="I", gap=30)
        sheet.prose()
        sheet.line("As far as possible, paint in May.\x94", style="I", gap=30)
        sheet.prose()

    assert texts(read(draw), Role.HEADING) == ["Paint and timber"]


def test_a_mark_as_long_as_its_note_does_not_pass_for_the_text() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.prose(FULL)
        sheet.y = 740
        for number, text in (("123", "Q 1."), ("124", "Q 8."), ("125", "Q 703.")):
            y = sheet.line(text, x=LEFT + 12, size=9, gap=14)
            sheet.at(LEFT, y - 2, number, size=6)

    assert [(note.number, note.text) for note in only(read(draw), Role.FOOTNOTE)] == [
        ("123", "Q 1."),
        ("124", "Q 8."),
        ("125", "Q 703."),
    ]


def test_a_justified_line_that_ends_early_ends_its_paragraph_even_if_the_next_word_is_long() -> None:
    def justified(sheet: Sheet, text: str) -> None:
        sheet.y += 15
        sheet.pdf.set_font("Helvetica", "", 11)
        words = text.split()
        gap = (460 - sum(sheet.pdf.get_string_width(word) for word in words)) / (len(words) - 1)
        x = LEFT
        for word in words:
            sheet.at(x, sheet.y, word)
            x += sheet.pdf.get_string_width(word) + gap

    def draw(sheet: Sheet) -> None:
        for text in FULL:
            justified(sheet, text)
        sheet.line("Those who had kept a log of the boats could show it to anybody who asked.")
        justified(sheet, "Notwithstanding-what-had-been-said the crews were asked once more in May how often they")
        for text in FULL[1:]:
            justified(sheet, text)

    assert texts(read(draw), Role.TEXT)[1].startswith("Notwithstanding")


def numbered(label: str) -> Draw:
    return lambda sheet: (sheet.prose(), sheet.at(290, 820, label, size=9))[0]


def test_a_page_before_the_numbered_ones_has_its_place_or_the_label_of_the_file() -> None:
    reading = reader.read(made(prose_page, numbered("1"), numbered("2")), reader.Path("report.pdf"))
    assert [block.page for block in only(reading, Role.TEXT)] == ["1", "1", "2"]
