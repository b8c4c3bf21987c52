"""Pages of real inquiry reports, against what a person saw on them: see `inquiries_pages.toml`."""

import hashlib
import os
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.corpus import SourceFile, read_document
from ingest.document import Kind, Paragraph

TRUTH = tomllib.loads((Path(__file__).parents[1] / "inquiries_pages.toml").read_text(encoding="utf-8"))
FOLDER = os.environ.get("PUBLISHED_INQUIRIES", "")
GROUPS = {Kind.HEADING_SENTENCE: "headings", Kind.HEADING: "headings", Kind.FOOTNOTE: "notes", Kind.TABLE_ROW: "rows"}

pytestmark = pytest.mark.skipif(
    not FOLDER or not Path(FOLDER).is_dir(), reason="PUBLISHED_INQUIRIES names no folder with the inquiries' PDFs"
)


@cache
def paragraphs(name: str) -> tuple[Paragraph, ...]:
    path = Path(FOLDER) / name
    return read_document(SourceFile(path, hashlib.sha256(path.read_bytes()).hexdigest())).paragraphs


def section_hash(paragraph: Paragraph) -> str:
    return hashlib.sha256(" > ".join(paragraph.headings).encode()).hexdigest()[:12]


def seen_on(name: str, label: str) -> dict[str, Any]:
    """What begins on the page with this label: counts, printed numbers, and sections of the first and last text."""
    here = [p for p in paragraphs(name) if p.page == label and p.kind is not Kind.FURNITURE]
    counts = Counter(GROUPS.get(p.kind, "items" if p.lead_in else "texts") for p in here)
    cited = [p for p in here if p.is_citable and p.kind is not Kind.FOOTNOTE]
    return {
        "label": label,
        **{name: counts[name] for name in ("headings", "texts", "items", "rows", "notes")},
        "numbers": [p.number for p in here if p.number and p.kind is not Kind.FOOTNOTE and not p.lead_in],
        "first_note": next((p.number for p in here if p.kind is Kind.FOOTNOTE), ""),
        "sections": [section_hash(p) for p in (cited[:1] + cited[-1:])],
    }


@pytest.mark.parametrize("name", sorted({page["file"] for page in TRUTH["page"]}))
def test_the_file_is_the_one_that_was_looked_at(name: str) -> None:
    assert hashlib.sha256((Path(FOLDER) / name).read_bytes()).hexdigest() == TRUTH["sha256"][name]


@pytest.mark.parametrize("page", TRUTH["page"], ids=lambda page: f"{page['file']}-{page['label']}")
def test_a_page_is_read_as_a_person_sees_it(page: dict[str, Any]) -> None:
    expected = {key: value for key, value in page.items() if key not in ("file", "wrong")}
    assert seen_on(page["file"], page["label"]) == expected
