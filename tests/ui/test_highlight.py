import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.highlight import highlight

TEXT = "Calls were slow. Staff were kind. Calls were slow."


def visible(html: str) -> str:
    return unescape(re.sub(r"</?mark>", "", html))


def marked(html: str) -> set[int]:
    """The places of the characters inside a mark, as a reader counts them."""
    places: set[int] = set()
    position = 0
    for piece in re.split(r"(<mark>.*?</mark>)", html, flags=re.DOTALL):
        length = len(visible(piece))
        if piece.startswith("<mark>"):
            places.update(range(position, position + length))
        position += length
    return places


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (["Staff were kind."], "Calls were slow. <mark>Staff were kind.</mark> Calls were slow."),
        (["Calls were slow."], "<mark>Calls were slow.</mark> Staff were kind. Calls were slow."),
        (["Staff were", "were kind."], "Calls were slow. <mark>Staff were kind.</mark> Calls were slow."),
        (["Staff ", "were kind"], "Calls were slow. <mark>Staff were kind</mark>. Calls were slow."),
        (["Staff", "kind", "Staff"], "Calls were slow. <mark>Staff</mark> were <mark>kind</mark>. Calls were slow."),
        ([TEXT, "Staff"], f"<mark>{TEXT}</mark>"),
    ],
)
def test_the_quoted_words_are_marked_where_they_first_stand_and_marks_that_meet_become_one(
    quotes: list[str], expected: str
) -> None:
    assert highlight(TEXT, quotes) == expected


@pytest.mark.parametrize("quotes", [[], [""], [" "], ["Staff was kind."], ["staff were kind."]])
def test_nothing_is_marked_where_the_words_are_not_in_the_text(quotes: list[str]) -> None:
    assert highlight(TEXT, quotes) == TEXT


def test_markup_in_the_text_is_shown_and_not_obeyed() -> None:
    html = highlight("A <script>alert('x')</script> & <mark>b</mark>", ["<script>"])
    assert html == ("A <mark>&lt;script&gt;</mark>alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &lt;mark&gt;b&lt;/mark&gt;")


TRICKY = st.text(alphabet="ab <>&\"'/;mark£é\n", max_size=40)


@given(TRICKY, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4), TRICKY)
def test_the_visible_text_never_changes_and_no_other_words_are_marked(
    text: str, cuts: list[tuple[int, int]], stranger: str
) -> None:
    quotes = [text[start : start + length] for start, length in cuts]
    quotes += [stranger] if stranger not in text else []
    expected = {
        place
        for quote in quotes
        if quote.strip() and quote in text
        for place in range(text.index(quote), text.index(quote) + len(quote))
    }
    html = highlight(text, quotes)
    assert visible(html) == text
    assert marked(html) == expected
    assert re.fullmatch(r"(?:[^<>]|</?mark>)*", html)
