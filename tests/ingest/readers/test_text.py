"""Reading .txt: which encoding, and which of three sorts of text."""

from pathlib import Path

import pytest

from errors import UnreadableFileError
from ingest.document import Reading, Role
from ingest.readers import text

PATH = Path("northmoor.txt")
SENTENCE = "The cells cost £4 – or “nothing”."


def read(data: bytes) -> Reading:
    return text.read(data, PATH)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_warning(encoding: str) -> None:
    reading = read(SENTENCE.encode(encoding))
    assert reading.text == SENTENCE
    assert reading.warnings == ()


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_of_either_order_is_known_by_its_mark(mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read(mark + SENTENCE.encode(order)).text == SENTENCE


def test_anything_else_is_read_as_windows_1252_and_said() -> None:
    reading = read(SENTENCE.encode("cp1252"))
    assert reading.text == SENTENCE
    assert reading.warnings == ("not UTF-8: read as Windows-1252",)


def test_a_file_with_null_bytes_is_no_text() -> None:
    with pytest.raises(UnreadableFileError, match=r"northmoor\.txt: is not text"):
        read(b"cells\x00\x01")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_visible_characters_is_empty(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="is empty"):
        read(data)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_three_ways(ending: str) -> None:
    reading = read(f"The cells are clean.{ending}{ending}The beds are old.".encode())
    assert reading.text == "The cells are clean.\n\nThe beds are old."
    assert [block.text for block in reading.blocks] == ["The cells are clean.", "The beds are old."]


def test_three_headings_with_signs_make_it_markdown() -> None:
    reading = read(b"# Cells\n\n## Beds\n\nOld.\n\n## Doors\n\nNew.\n")
    assert [(block.level, block.text) for block in reading.blocks if block.role is Role.HEADING] == [
        (1, "Cells"),
        (2, "Beds"),
        (2, "Doors"),
    ]


def test_a_sign_or_two_in_a_plain_text_do_not() -> None:
    reading = read(b"The sign on the door says\n\n# 4 of the keys is lost.\n")
    assert all(block.role is not Role.HEADING or block.level == 0 for block in reading.blocks)


def test_tags_with_dates_make_it_a_tracker() -> None:
    reading = read(b"Wash the cells.\n\n[on]3 May 2016 [status]open[/status] [/on]")
    assert [block.dated for block in reading.blocks if block.role is Role.ENTRY] == ["2016-05-03"]


def test_a_warning_is_kept_whichever_sort_of_text_it_is() -> None:
    reading = read("# Cells\n\n## Beds\n\nOld – very.\n\n## Doors\n\nNew.\n".encode("cp1252"))
    assert reading.warnings == ("not UTF-8: read as Windows-1252",)
