"""Drawings that need no library."""

import xml.etree.ElementTree as xml

from eval.curves import HEIGHT, WIDTH, bar, chart, interval, round_up


def test_a_chart_is_well_formed_and_says_its_values_to_a_reader_without_eyes() -> None:
    figure = xml.fromstring(chart("Risk & coverage", "share", "wrong", [(0.1, 0.0), (0.8, 0.25)], 1, 1))
    assert figure.find("svg").attrib["aria-label"] == "Risk & coverage: 10% 0%; 80% 25%"  # type: ignore[union-attr]


def test_points_stay_in_the_frame() -> None:
    drawn = xml.fromstring(chart("Latency", "s", "share", [(9.0, 2.0), (0.0, 0.0)], 1, 1))
    dots = drawn.findall(".//circle")
    assert all(0 <= float(dot.attrib["cx"]) <= WIDTH and 0 <= float(dot.attrib["cy"]) <= HEIGHT for dot in dots)


def test_nothing_to_draw_is_nothing() -> None:
    assert chart("Empty", "x", "y", [], 1, 1) == ""


def test_an_interval_is_a_bar_around_its_dot_and_a_count_a_bar_alone() -> None:
    drawn = xml.fromstring(interval(0.5, 0.4, 0.6))
    assert drawn.find("rect").attrib["width"] == "32.0" and drawn.find("circle").attrib["cx"] == "80.0"  # type: ignore[union-attr]
    assert xml.fromstring(interval(0.5, None, None)).find("rect") is None
    assert xml.fromstring(bar(1, 2)).find("rect").attrib["width"] == "80.0"  # type: ignore[union-attr]


def test_a_frame_ends_where_its_quarters_read_well() -> None:
    assert [round_up(value) for value in (0.75, 0.163, 1.0, 3.1, 12.0, 0.0)] == [0.8, 0.2, 2.0, 4.0, 20.0, 1.0]
    drawn = xml.fromstring(chart("Recall", "k", "found", [(1, 0.5), (10, 1.0)], 10, 1, ticks=(1, 3, 5, 10)))
    assert [each.text for each in drawn.iter("text")][5:9] == ["1", "3", "5", "10"]
