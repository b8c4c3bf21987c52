from dataclasses import replace

from fake_desk import REPORT_2015, paragraph

from ingest.document import Kind
from ui.reading import read_html


def test_front_matter_and_furniture_are_shown_with_what_can_be_cited_and_escaped() -> None:
    front = paragraph("northmoor-2015#p000", "Published: <9> December 2015", Kind.FRONT_MATTER)
    foot = paragraph("northmoor-2015#f001", "Page 3 of 9", Kind.FURNITURE)
    shown = read_html(replace(REPORT_2015, paragraphs=(front, *REPORT_2015.paragraphs, foot)))
    assert shown.index("Published: &lt;9&gt; December 2015") < shown.index("answered in nine seconds")
    assert shown.index("answered in nine seconds") < shown.index("Page 3 of 9")
    assert "says of itself" not in read_html(REPORT_2015)
