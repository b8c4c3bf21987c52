from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from reading_checks import assert_sound, brief, only, own, texts

from errors import UnreadableFileError
from ingest.document import Reading, Role
from ingest.readers import html

PAGE = Path("page.html")


def read(body: str, head: str = "") -> Reading:
    source = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    reading = html.read(source.encode(), PAGE)
    soup = BeautifulSoup(source, "lxml")
    for tag in soup.find_all(["script", "style", "head", "template", "svg", "noscript"]) + soup.find_all(hidden=True):
        tag.decompose()
    assert_sound(reading, soup.get_text())
    return reading


def test_the_title_comes_from_the_head_and_headings_from_the_body() -> None:
    reading = read("<h1>Boats <em>of</em> Saltby</h1><h3>Upkeep</h3>", "<title>Saltby\n boats</title>")
    assert reading.title == "Saltby boats"
    assert [(block.level, block.text) for block in reading.blocks] == [(1, "Boats of Saltby"), (3, "Upkeep")]


def test_scripts_styles_and_hidden_parts_are_not_text() -> None:
    reading = read(
        "<p>Seen</p><script>var a;</script><style>p{}</style><template>no</template><noscript>no</noscript>"
        "<svg><text>no</text></svg><p hidden>no</p><!-- no --><p style='display: none'></p>"
    )
    assert reading.text == "Seen"


def test_everything_outside_main_is_furniture() -> None:
    reading = read(
        "<header>Saltby</header><p>Cookies?</p><main><header><h1>Boats</h1></header><p>Two.</p></main><div>x</div>"
    )
    assert brief(reading) == [
        ("furniture", "Saltby"),
        ("furniture", "Cookies?"),
        ("heading", "Boats"),
        ("text", "Two."),
        ("furniture", "x"),
    ]


def test_navigation_asides_forms_and_feet_are_furniture_without_a_main_too() -> None:
    reading = read(
        "<header>Head</header><nav><ul><li>Home</li></ul></nav><div role='search'>Find</div><p>Prose.</p>"
        "<aside><h2>Related</h2></aside><form><label>Name</label><button>Go</button></form><footer>Foot</footer>"
    )
    assert texts(reading, Role.TEXT) == ["Prose."]
    assert texts(reading, Role.FURNITURE) == ["Head", "Home", "Find", "Related", "Name", "Go", "Foot"]


def test_a_form_around_the_whole_page_is_not_furniture() -> None:
    assert texts(read("<form><h1>Boats</h1><p>Two.</p><button>Go</button></form>"), Role.TEXT) == ["Two."]


def test_bare_text_line_breaks_and_nested_divs_become_paragraphs() -> None:
    reading = read("bare<br>still bare<br><br>next<div>a <span>b</span><div>c</div>d</div><p>e&nbsp;&amp; f</p>")
    assert texts(reading, Role.TEXT) == ["bare still bare", "next", "a b", "c", "d", "e & f"]


def test_points_hang_from_the_sentence_above_them_and_nested_ones_from_their_parent() -> None:
    reading = read(
        "<p>Saltby should:</p><ul><li>train:<ol><li>crews</li><li>clerks</li></ol></li>"
        "<li><p>paint.</p><p>Twice.</p></li></ul><h2>Next</h2><ul><li>alone</li></ul>"
    )
    assert [(block.lead_in, own(block), block.number) for block in only(reading, Role.ITEM)] == [
        ("Saltby should:", "train:", None),
        ("train:", "crews", "1"),
        ("train:", "clerks", "2"),
        ("Saltby should:", "paint. Twice.", None),
        ("", "alone", None),
    ]


def test_text_behind_a_nested_list_does_not_end_the_list_around_it() -> None:
    reading = read("<p>Do:</p><ul><li>one<ul><li>inner</li></ul>tail</li><li>two</li></ul>")
    assert [(str(block.role), block.text) for block in reading.blocks][2:] == [
        ("item", "Do: inner"),
        ("text", "tail"),
        ("item", "Do: two"),
    ]


def test_long_numbered_points_are_paragraphs_with_their_number() -> None:
    long = "Crews now keep a log of every launch, with the time, the weather and the names aboard."
    reading = read(
        f"<ol start='8'><li>{long}</li><li value='12'>Short.</li></ol><ol type='a'><li>x</li><li>y</li></ol>"
    )
    assert [(block.role, block.number) for block in reading.blocks] == [
        (Role.TEXT, "8"),
        (Role.TEXT, "12"),
        (Role.ITEM, "a"),
        (Role.ITEM, "b"),
    ]


def test_a_list_of_cards_is_read_like_the_rest_of_the_page() -> None:
    reading = read("<ul><li><h3>Boats</h3><p>Two.</p></li><li><h3>Vans</h3><p>Six.</p></li></ul>")
    assert brief(reading) == [("heading", "Boats"), ("text", "Two."), ("heading", "Vans"), ("text", "Six.")]


def test_spanning_heads_and_cells_reach_every_row_they_cover() -> None:
    reading = read(
        "<table><caption>Launches</caption><thead><tr><th>Place</th><th colspan='2'>Launches</th></tr>"
        "<tr><th></th><th>2018</th><th>2019</th></tr></thead>"
        "<tbody><tr><td rowspan='2'>Saltby</td><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr></tbody></table>"
    )
    assert texts(reading, Role.ROW) == [
        "Place: Saltby; Launches 2018: 1; Launches 2019: 2",
        "Place: Saltby; Launches 2018: 3",
    ]
    assert texts(reading, Role.FURNITURE) == ["Place Launches", "2018 2019"]
    assert texts(reading, Role.TEXT) == ["Launches"]


def test_a_table_without_marked_heads_takes_its_first_row_and_two_columns_are_pairs() -> None:
    reading = read(
        "<table><tr><td>Place</td><td>Boats</td><td>Vans</td></tr><tr><td>Saltby</td><td>2</td><td>6</td></tr></table>"
        "<table><tr><td>Grade</td><td>Good</td></tr><tr><td>Year</td><td>2019</td></tr></table>"
        "<table><tr><th>Saltby</th><td>2</td><td>6</td></tr><tr><th>Ness</th><td>1</td><td></td></tr></table>"
    )
    assert texts(reading, Role.ROW) == [
        "Place: Saltby; Boats: 2; Vans: 6",
        "Grade: Good",
        "Year: 2019",
        "Saltby; 2; 6",
        "Ness; 1",
    ]


def test_a_table_headed_by_grades_lists_what_stands_under_each() -> None:
    reading = read(
        "<table><tr><th>Good</th><th>Requires improvement</th></tr>"
        "<tr><td><ul><li>Finding boats</li><li>Saving dogs</li></ul></td><td>Counting vans</td></tr></table>"
    )
    assert texts(reading, Role.ROW) == [
        "Good: Finding boats; Saving dogs",
        "Requires improvement: Counting vans",
    ]


def test_a_table_that_only_places_things_is_no_table() -> None:
    reading = read(
        "<table><tr><td><h2>Boats</h2></td><td>Two.</td></tr></table><table><tr><td>Boxed.</td></tr></table>"
    )
    assert brief(reading) == [("heading", "Boats"), ("text", "Two."), ("text", "Boxed.")]


def test_terms_and_descriptions_are_keys_and_values() -> None:
    reading = read(
        "<dl><dt>Grade</dt><dd>Good</dd><dd>for boats</dd><div><dt>Year:</dt><dd>2019</dd></div><dt>Open</dt></dl>"
    )
    assert texts(reading, Role.ROW) == ["Grade: Good", "Grade: for boats", "Year: 2019", "Open"]


def test_footnotes_are_told_apart_and_their_marks_taken_off() -> None:
    reading = read(
        "<p>It sank<sup><a href='#fn1'>1</a></sup> in km<sup>2</sup> of mud in 2019<a href='#fn2'>[2]</a>.</p>"
        "<section class='footnotes'><ol><li id='fn1'>Log, p. 4 <a href='#fnref1' class='footnote-backref'>↩</a></li></ol>"
        "<p id='fn2'><sup>2</sup> Chart 7.</p></section>"
    )
    assert texts(reading, Role.TEXT) == ["It sank in km2 of mud in 2019."]
    assert [(note.number, note.text) for note in only(reading, Role.FOOTNOTE)] == [
        ("1", "Log, p. 4"),
        ("2", "Chart 7."),
    ]
    assert texts(reading, Role.FURNITURE) == ["1", "[2]", "↩"]


def test_images_that_stand_alone_are_warned_of_but_not_decoration() -> None:
    reading = read(
        "<p>Text <img src='a.png' alt='logo'> here</p><p><img src='scan.png' alt='page 1'></p><img src='b' alt=''>"
    )
    assert reading.warnings == ("1 image(s) stand alone: words inside them were not read",)


def test_the_declared_character_set_is_respected() -> None:
    source = "<html><head><meta charset='iso-8859-2'></head><body><p>Łódź</p></body></html>"
    reading = html.read(source.encode("iso-8859-2"), PAGE)
    assert (reading.text, reading.warnings) == ("Łódź", ())


@pytest.mark.parametrize("declared", ["utf-8", "no-such-set"])
def test_a_wrong_character_set_is_warned_of(declared: str) -> None:
    reading = html.read(f"<meta charset='{declared}'><p>It’s</p>".encode("cp1252"), PAGE)
    assert reading.text == "It’s"
    assert any(declared in warning for warning in reading.warnings)


def test_nothing_is_fetched_and_no_entity_is_taken_from_elsewhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    source = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><p>a&x;b</p><img src="file://{secret}">'
    assert "SECRET" not in html.read(source.encode(), PAGE).text


@pytest.mark.parametrize("source", ["", "<p></p>", "<script>load()</script>", "<nav>Home</nav><footer>Foot</footer>"])
def test_a_page_without_text_of_its_own_is_refused(source: str) -> None:
    with pytest.raises(UnreadableFileError):
        html.read(source.encode(), PAGE)


def test_a_page_nested_without_end_is_refused_and_not_a_crash() -> None:
    with pytest.raises(UnreadableFileError, match="nested too deeply"):
        html.read(("<div>" * 2_000 + "x").encode(), PAGE)
