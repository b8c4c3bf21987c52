import re
from dataclasses import replace

from fake_desk import REPORT_2015, paragraph

from ingest.document import Kind
from ui.reading import plural, read_html


def test_front_matter_and_furniture_are_shown_with_what_can_be_cited_and_escaped() -> None:
    front = paragraph("northmoor-2015#p000", "Published: <9> December 2015", Kind.FRONT_MATTER)
    foot = paragraph("northmoor-2015#f001", "Page 3 of 9", Kind.FURNITURE)
    shown = read_html(replace(REPORT_2015, paragraphs=(front, *REPORT_2015.paragraphs, foot)))
    assert shown.index("Published: &lt;9&gt; December 2015") < shown.index("answered in nine seconds")
    assert shown.index("answered in nine seconds") < shown.index("Page 3 of 9")
    assert "says of itself" not in read_html(REPORT_2015)


def test_a_long_document_begins_with_links_to_its_sections_and_a_short_one_does_not() -> None:
    parts = [
        replace(paragraph(f"northmoor-2015#p{number:03}", "Calls were slow."), headings=(f"Part <{number}>",))
        for number in range(5)
    ]
    shown = read_html(replace(REPORT_2015, paragraphs=tuple(parts)))
    assert re.findall(r'href="#(section-\d)">(.*?)</a>', shown) == re.findall(r'<h4 id="(.*?)">(.*?)</h4>', shown)
    assert shown.count("Part &lt;3&gt;") == 2
    assert "desk-contents" not in read_html(REPORT_2015)


def test_kinds_are_counted_in_plain_words() -> None:
    kinds = ["grade", "area for improvement", "cause of concern", "status", "heading sentence"]
    assert [plural(kind) for kind in kinds] == [
        "grades",
        "areas for improvement",
        "causes of concern",
        "statuses",
        "heading sentences",
    ]
