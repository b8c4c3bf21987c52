"""What several scanned pages together show."""

from ingest.readers.pdf_lines import Line, Word
from ingest.readers.pdf_ocr_pages import mended

HEIGHT, BODY = 842.0, 12.0


def line(text: str, base: float = 400, size: float = BODY, gap: float = 20) -> Line:
    """A line whose first word stands `gap` points before the others."""
    words, x = [], 72.0
    for place, word in enumerate(text.split()):
        words.append(Word(word, x, x + 5 * len(word)))
        x += 5 * len(word) + (gap if place == 0 else 3)
    return Line(tuple(words), 72, x, base, size, (False, False, None))


def firsts(*texts: str, size: float = BODY, gap: float = 20) -> list[str]:
    [page] = mended([[line("2.9 Boats"), *(line(text, size=size, gap=gap) for text in texts)]], [HEIGHT], BODY)
    return [each.words[0].text for each in page[1:]]


def test_a_paragraph_s_number_gets_its_point_back_where_it_is_the_next_one() -> None:
    assert firsts("210 Crews", "2.11 Vans", "213. Dogs", "31 Cats", "3.2 Ducks") == [
        "2.10",
        "2.11",
        "2.13",
        "3.1",
        "3.2",
    ]


def test_a_number_whose_chapter_alone_was_misread_gets_that_of_the_one_before() -> None:
    assert firsts("7.10 Crews", "2.11 Vans", "3.1 Dogs", "4.1 Cats") == ["2.10", "2.11", "3.1", "4.1"]


def test_a_number_that_is_not_the_next_one_stays_as_it_was_read() -> None:
    assert firsts("2100 Crews", "29 Vans", "412") == ["2100", "29", "412"]


def test_a_number_within_a_sentence_or_of_a_footnote_stays_as_it_was_read() -> None:
    assert firsts("210 crews came", gap=3) == ["210"]
    assert firsts("210 See the log.", size=9) == ["210"]


def test_running_heads_that_the_scanner_moved_are_level_again() -> None:
    heads = [line("Boats of Saltby 3", 38, 9), line("4 Boats of Saltby", 47, 9.5), line("Boats of Saltby 5", 43, 9)]
    pages = mended([[head, line("Prose.", 300)] for head in heads], [HEIGHT] * 3, BODY)
    assert {(page[0].base, page[0].size) for page in pages} == {(43, 9)}
    assert {page[1].base for page in pages} == {300}


def test_lines_in_the_margin_that_only_two_pages_share_stay_where_they_are() -> None:
    pages = mended([[line("Boats", 38)], [line("Boats", 44)], [line("Crews", 44)]], [HEIGHT] * 3, BODY)
    assert [page[0].base for page in pages] == [38, 44, 44]
