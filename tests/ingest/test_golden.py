"""What a .txt file becomes, shown in golden files: one entry for each thing that has tripped a reader.

An entry is a title ("# ..."), the input, a line with a single ".", and the paragraphs that must come out, one per line:

    kind (page 4, number 2) [lead-in] | text

indented by two spaces for each heading above it, and "<" at the end where the paragraph was put together from several
places of the file. A line with a single "=" ends the entry. In the input "␣" is a space and "→" a tab, so that what
matters can be seen.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from visible import lost_characters

from ingest.document import Paragraph
from ingest.paragraphs import build_paragraphs
from ingest.readers import text

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    source: str
    expected: str


def read_entries(path: Path) -> list[Entry]:
    entries = []
    for chunk in path.read_text(encoding="utf-8").split("\n=\n"):
        if chunk.strip():
            title, body = chunk.lstrip("\n").split("\n", 1)
            source, expected = body.split("\n.\n")
            entries.append(
                Entry(title.removeprefix("# "), source.replace("␣", " ").replace("→", "\t"), expected.rstrip("\n"))
            )
    return entries


def shown(paragraph: Paragraph) -> str:
    facts = {"page": paragraph.page, "number": paragraph.number, "dated": paragraph.dated}
    known = ", ".join(f"{name} {value}" for name, value in facts.items() if value)
    marks = [paragraph.kind.value, f"({known})" if known else "", f"[{paragraph.lead_in}]" if paragraph.lead_in else ""]
    cut = " <" if len(paragraph.pieces) > 1 else ""
    return f"{'  ' * len(paragraph.headings)}{' '.join(filter(None, marks))} | {paragraph.own_text}{cut}"


def entries() -> list[object]:
    return [
        pytest.param(entry, id=f"{path.stem}: {entry.title}")
        for path in sorted(FOLDER.glob("*.txt"))
        for entry in read_entries(path)
    ]


@pytest.mark.parametrize("entry", entries())
def test_the_text_becomes_these_paragraphs(entry: Entry) -> None:
    reading = text.read(entry.source.encode(), Path("report.txt"))
    paragraphs = build_paragraphs(reading, "report")
    assert "\n".join(shown(paragraph) for paragraph in paragraphs) == entry.expected
    assert lost_characters(reading.text, paragraphs) == ""


def test_no_two_entries_have_the_same_title() -> None:
    titles = [entry.title for path in FOLDER.glob("*.txt") for entry in read_entries(path)]
    assert len(set(titles)) == len(titles)
