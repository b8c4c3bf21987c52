import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table
from docx.text.paragraph import Paragraph
from reading_checks import assert_sound, brief, only, own, texts

from errors import UnreadableFileError
from ingest.document import Reading, Role
from ingest.readers import docx as reader

PAPER = Path("paper.docx")
LONG = "Crews now keep a log of every launch, with the time, the weather and the names aboard."


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read(build: Callable[[Document], object]) -> Reading:
    document = docx.Document()
    build(document)
    reading = reader.read(saved(document), PAPER)
    assert_sound(reading)
    return reading


def number_by_word(paragraph: Paragraph, number_id: str, depth: str = "0") -> None:
    """Put a paragraph into one of the document's own lists."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number_id}"/></w:numPr>')
    )


def add_list(document: Document, number_id: str, *levels: tuple[str, str]) -> None:
    """A list definition with a format and a pattern for each depth."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{name}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (name, pattern) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="9{number_id}">{inner}</w:abstractNum>'))
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="9{number_id}"/></w:num>')
    )


def fill(table: Table, *rows: tuple[str, ...]) -> Table:
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return table


def test_headings_keep_their_level_and_the_title_of_the_properties_is_given() -> None:
    def build(document: Document) -> None:
        document.core_properties.title = "Boats of Saltby"
        document.add_heading("Findings", 1)
        document.add_heading("Upkeep", 2)
        document.add_heading("12", 2)
        document.add_heading("", 2)

    reading = read(lambda document: (build(document), document.add_paragraph("Text.")))
    assert reading.title == "Boats of Saltby"
    assert [(block.level, block.text) for block in only(reading, Role.HEADING)] == [(1, "Findings"), (2, "Upkeep")]
    assert texts(reading, Role.FURNITURE) == ["12"]


def test_headings_stand_below_a_title_where_there_is_one() -> None:
    reading = read(lambda d: (d.add_heading("Boats", 0), d.add_heading("Findings", 1), d.add_paragraph("Text.")))
    assert [(block.level, block.text) for block in only(reading, Role.HEADING)] == [(1, "Boats"), (2, "Findings")]
    assert reading.title is None


def test_a_style_based_on_a_heading_is_a_heading() -> None:
    def build(document: Document) -> None:
        style = document.styles.add_style("Saltby Head", 1)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("Upkeep", style="Saltby Head")
        document.add_paragraph("Text.")

    assert [(block.level, block.text) for block in only(read(build), Role.HEADING)] == [(2, "Upkeep")]


def test_points_hang_from_the_sentence_above_and_nested_ones_from_their_parent() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Saltby should:")
        document.add_paragraph("train:", style="List Bullet")
        document.add_paragraph("crews", style="List Bullet 2")
        document.add_paragraph("paint", style="List Bullet")
        document.add_paragraph("Then rest.")
        document.add_paragraph("• typed by hand")

    points = only(read(build), Role.ITEM)
    assert [(point.lead_in, own(point)) for point in points] == [
        ("Saltby should:", "train:"),
        ("train:", "crews"),
        ("Saltby should:", "paint"),
        ("", "typed by hand"),
    ]


def test_word_s_own_numbers_are_counted() -> None:
    def build(document: Document) -> None:
        add_list(document, "77", ("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)"))
        for text, depth in ((LONG, "0"), (LONG, "1"), (LONG, "1"), (LONG, "0"), (LONG, "1"), ("x:", "2"), ("y", "2")):
            number_by_word(document.add_paragraph(text), "77", depth)

    reading = read(build)
    assert [(str(block.role), block.number) for block in reading.blocks] == [
        ("text", "1"),
        ("text", "1.1"),
        ("text", "1.2"),
        ("text", "2"),
        ("text", "2.1"),
        ("item", "i"),
        ("item", "ii"),
    ]


def test_numbers_typed_by_hand_come_off_the_text_and_a_year_does_not() -> None:
    reading = read(
        lambda d: [d.add_paragraph(text) for text in ("8.\tLook.", "8.1 The mast", "12) " + LONG, "2019 was wet.")]
    )
    assert [(block.role, block.number, block.text) for block in reading.blocks] == [
        (Role.TEXT, "8", "Look."),
        (Role.TEXT, "8.1", "The mast"),
        (Role.TEXT, "12", LONG),
        (Role.TEXT, None, "2019 was wet."),
    ]


def test_paragraphs_and_tables_keep_their_order() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Before.")
        fill(document.add_table(2, 3), ("Place", "2018", "2019"), ("Saltby", "", "6"))
        document.add_paragraph("After.")

    assert brief(read(build)) == [
        ("text", "Before."),
        ("furniture", "Place 2018 2019"),
        ("row", "Place: Saltby; 2019: 6"),
        ("text", "After."),
    ]


def test_a_cell_merged_downwards_is_read_in_every_row() -> None:
    def build(document: Document) -> None:
        table = fill(document.add_table(3, 3), ("Place", "Boats", "Vans"), ("Saltby", "1", "2"), ("", "3", "4"))
        table.cell(1, 0).merge(table.cell(2, 0))

    assert texts(read(build), Role.ROW) == ["Place: Saltby; Boats: 1; Vans: 2", "Place: Saltby; Boats: 3; Vans: 4"]


def test_two_columns_are_keys_and_values_unless_the_first_row_is_bold() -> None:
    def build(document: Document) -> None:
        fill(document.add_table(2, 2), ("Grade", "Good"), ("Year", "2019"))
        headed = fill(document.add_table(2, 2), ("Place", "Boats"), ("Saltby", "2"))
        for cell in headed.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True

    assert texts(read(build), Role.ROW) == ["Grade: Good", "Year: 2019", "Place: Saltby; Boats: 2"]


def test_a_table_headed_by_grades_is_read_down_its_columns() -> None:
    def build(document: Document) -> None:
        fill(document.add_table(3, 2), ("Good", "Requires improvement"), ("Boats", "Vans"), ("Dogs", ""))

    assert texts(read(build), Role.ROW) == ["Good: Boats; Dogs", "Requires improvement: Vans"]


def test_a_box_drawn_around_text_is_no_table() -> None:
    assert brief(read(lambda document: fill(document.add_table(1, 1), ("Boxed.",)))) == [("text", "Boxed.")]


def test_heads_and_feet_of_pages_and_contents_are_furniture() -> None:
    def build(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Saltby"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.styles.add_style("TOC 1", 1)
        document.add_paragraph("Findings\t3", style="TOC 1")
        document.add_paragraph("Text.")

    reading = read(build)
    assert texts(reading, Role.TEXT) == ["Text."]
    assert texts(reading, Role.FURNITURE) == ["Findings 3", "Saltby", "Page 1"]


def test_links_insertions_and_text_boxes_are_read_and_deletions_are_not() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("See ")
        for tag, text in (("w:hyperlink", "the log"), ("w:ins", " now"), ("w:del", " never")):
            wrapper = OxmlElement(tag)
            wrapper.append(parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>'))
            paragraph._p.append(wrapper)
        box = parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
            "</w:pict></w:r>"
        )
        paragraph._p.append(box)
        hidden = document.add_paragraph("Shown.").add_run("hidden")
        hidden.font.hidden = True

    assert brief(read(build)) == [("text", "See the log now"), ("text", "In a box."), ("text", "Shown.")]


def test_content_controls_are_read() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("First.")
        document.element.body.insert(
            1,
            parse_xml(
                f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Held.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            ),
        )

    assert brief(read(build)) == [("text", "First."), ("text", "Held.")]


def test_footnotes_follow_the_paragraph_they_belong_to() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("It sank")
        run = paragraph.add_run()
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
        paragraph.add_run(" in 2019.")
        mark = paragraph.add_run("4")
        mark.font.superscript = True
        document.add_paragraph("Next.")
        notes = (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
            '<w:footnote w:id="2"><w:p><w:r><w:t xml:space="preserve"> Log, p. 4</w:t></w:r></w:p></w:footnote></w:footnotes>'
        )
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    reading = read(build)
    assert brief(reading) == [
        ("text", "It sank in 2019."),
        ("furniture", "4"),
        ("footnote", "Log, p. 4"),
        ("text", "Next."),
    ]
    assert only(reading, Role.FOOTNOTE)[0].number == "1"


def test_a_scan_pasted_into_the_file_is_warned_of(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image").new("RGB", (40, 40), "white")
    image.save(tmp_path / "scan.png")

    def build(document: Document) -> None:
        document.add_paragraph("Text.")
        document.add_picture(str(tmp_path / "scan.png"))

    assert read(build).warnings == ("1 image(s) stand alone: words inside them were not read",)
    with pytest.raises(UnreadableFileError, match="only images"):
        read(lambda document: document.add_picture(str(tmp_path / "scan.png")))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b"just words", "is not a .docx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is encrypted, or is an old Word file"),
    ],
)
def test_what_is_no_word_file_is_refused_with_what_to_do(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableFileError, match=problem) as refusal:
        reader.read(data, PAPER)
    assert refusal.value.args[0].startswith("paper.docx: ")


def zipped(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_archive_of_something_else_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="no Word file"):
        reader.read(zipped({"a.txt": b"words"}), PAPER)


def test_a_file_that_unpacks_to_far_more_than_it_holds_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableFileError, match="unpacks to far more"):
        reader.read(zipped({"word/document.xml": bytes(20_000_000)}), PAPER)


def test_a_damaged_file_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph(LONG)
    whole = saved(document)
    with pytest.raises(UnreadableFileError):
        reader.read(whole[: len(whole) // 2], PAPER)
    with pytest.raises(UnreadableFileError, match="damaged"):
        reader.read(zipped(dict.fromkeys(zipfile.ZipFile(BytesIO(whole)).namelist(), b"<broken")), PAPER)


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="holds no text"):
        read(lambda document: document.add_paragraph(" "))
