"""The five published reports, read as they are, against counts that were checked by eye.

The reports are not part of this repository. `real_reports.toml` holds figures and hashes only, no words of theirs;
after a change that is meant to alter them, look at the reports with `python -m ingest` and write the table anew:
`python tests/ingest/test_real_reports.py FOLDER`.
"""

import hashlib
import os
import sys
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from visible import lost_characters, printed

from ingest.corpus import SourceFile, read_document
from ingest.document import Document, Kind

TABLE = Path(__file__).with_name("real_reports.toml")
FOLDER = Path(os.environ.get("PUBLISHED_REPORTS") or "no folder named")
EXPECTED = tomllib.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
SAMPLES = 20

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published reports are not here: set PUBLISHED_REPORTS to their folder"
)

COUNTED = {
    "areas_for_improvement": Kind.AREA_FOR_IMPROVEMENT,
    "recommendations": Kind.RECOMMENDATION,
    "causes_of_concern": Kind.CAUSE_OF_CONCERN,
    "grades": Kind.GRADE,
    "statuses": Kind.STATUS,
    "footnotes": Kind.FOOTNOTE,
    "table_rows": Kind.TABLE_ROW,
}


@cache
def document(name: str, folder: Path = FOLDER) -> Document:
    path = folder / f"{name}.txt"
    return read_document(SourceFile(path, hashlib.sha256(path.read_bytes()).hexdigest()))


def described(found: Document) -> dict[str, object]:
    """Counts and metadata, without a word of the report."""
    kinds = Counter(paragraph.kind for paragraph in found.paragraphs)
    facts = {
        "kind": found.metadata.kind.value,
        "body": found.metadata.body,
        "period": found.metadata.period,
        "date": found.metadata.date,
        "title_words": len(found.metadata.title.split()),
        "citable": sum(1 for _ in found.citable()),
        **{name: kinds[kind] for name, kind in COUNTED.items()},
    }
    return {name: value for name, value in facts.items() if value is not None}


def sampled(found: Document) -> dict[str, str]:
    """Twenty paragraphs spread over the document: the end of the id, the hash of the text, the number of headings."""
    paragraphs = list(found.citable())
    chosen = [paragraphs[place * len(paragraphs) // SAMPLES] for place in range(SAMPLES)]
    return {
        paragraph.id.rpartition("#")[
            2
        ]: f"{hashlib.sha256(paragraph.text.encode()).hexdigest()[:8]} {len(paragraph.headings)}"
        for paragraph in chosen
    }


def test_the_table_names_five_reports() -> None:
    assert len(EXPECTED) == 5


@pytest.mark.parametrize("name", EXPECTED)
def test_no_visible_character_is_lost(name: str) -> None:
    found = document(name)
    assert lost_characters(found.text, found.paragraphs) == ""


@pytest.mark.parametrize("name", EXPECTED)
def test_every_paragraph_leads_back_to_its_place_in_the_file(name: str) -> None:
    """Its letters stand where its pieces say, in order; only footnote marks, link addresses and tags lie between."""
    found = document(name)
    source = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert found.text == source.replace("\r\n", "\n").removeprefix("\ufeff")
    for paragraph in found.paragraphs:
        own, shown = letters(paragraph.own_text), letters(printed(found.text, paragraph))
        is_labelled = paragraph.kind is Kind.TABLE_ROW or paragraph.dated  # column heads or a word such as "status"
        assert is_within(own, shown) or (is_labelled and is_within(shown, own)), paragraph.id


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def is_within(inner: str, outer: str) -> bool:
    """Whether the letters of `inner` stand in `outer` in the same order."""
    rest = iter(outer)
    return all(letter in rest for letter in inner)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_counts_and_what_it_says_of_itself_are_as_checked(name: str) -> None:
    expected = {key: value for key, value in EXPECTED[name].items() if key != "sample"}
    assert described(document(name)) == expected


@pytest.mark.parametrize("name", EXPECTED)
def test_the_sampled_paragraphs_keep_their_ids_words_and_sections(name: str) -> None:
    assert sampled(document(name)) == EXPECTED[name]["sample"]


def main(folder: Path) -> None:
    lines = ["# Figures of the published reports; written by test_real_reports.py, checked by eye. No words of theirs."]
    for path in sorted(folder.glob("*.txt")):
        found = document(path.stem, folder)
        lines += ["", f"[{path.stem}]"]
        lines += [
            f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"'
            for key, value in described(found).items()
        ]
        lines += ["", f"[{path.stem}.sample] # paragraph: hash of its text, number of headings above it"]
        lines += [f'{key} = "{value}"' for key, value in sampled(found).items()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
