"""Numbers that a document gives, with what they count, of when, and against what."""

from pathlib import Path

import pytest

from ingest.corpus import SourceFile, read_document
from ingest.entries import Figure
from ingest.figures import figures


def found(tmp_path: Path, text: str) -> tuple[Figure, ...]:
    path = tmp_path / "northmoor.txt"
    path.write_text(f"Northmoor PEEL 2016\n\nNorthmoor Police was inspected.\n\n{text}\n", encoding="utf-8")
    return figures(read_document(SourceFile(path, "0")))


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("The force spent £41m of capital on boats.", "£41m", "41000000", "GBP"),
        ("It cost £1.5 billion to build.", "£1.5 billion", "1500000000", "GBP"),
        ("We looked at 14 out of 66 serious cases.", "14 out of 66", "14/66", "ratio"),
        ("Only one in five officers had a boat.", "one in five", "1/5", "ratio"),
        ("Fewer than half of the officers had a boat.", "half", "1/2", "ratio"),
        ("Two thirds of forces have boats.", "Two thirds", "2/3", "ratio"),
        ("They row at a rate 5.2 times higher than others.", "5.2 times", "5.2", "times"),
        ("Some 94.1 percent of boats float.", "94.1 percent", "94.1", "percent"),
        ("Some 7 per cent of boats sink.", "7 per cent", "7", "percent"),
        ("The force recorded 45,734 incidents of rowing.", "45,734", "45734", "count"),
        ("There are 21 boats per 10,000 people.", "21 boats per 10,000 people", "21", "rate per 10,000 people"),
        ("Calls are answered after 30 seconds as a rule.", "30 seconds", "30", "seconds"),
        ("The force has five wooden boats.", "five", "5", "count"),
        ("In 2018/19 8 orders were given to crews.", "8", "8", "count"),
        ("The crew met eight times over it.", "eight times", "8", "times"),
        ("Boats are mended after 16 working days on the whole.", "16 working days", "16", "working days"),
        ("It has mended one of its five boats.", "one of its five", "1/5", "ratio"),
        ("There are 4 million oars in store.", "4 million", "4000000", "count"),
        ("A crew took 10 minutes 42 seconds on average.", "10 minutes 42 seconds", "642", "seconds"),
        ("Only one boat club has an oar.", "one", "1", "count"),
        ("That is one oar for every four boats.", "one oar for every four", "1/4", "ratio"),
        ("One launch in six was late.", "One launch in six", "1/6", "ratio"),
        ("Thefts of oars fell by a quarter.", "a quarter", "1/4", "ratio"),
        ("The fleet will grow over the next five years.", "five years", "5", "years"),
        (
            "It keeps 310 boats for every 100,000 adults.",
            "310 boats for every 100,000 adults",
            "310",
            "rate per 100,000 adults",
        ),
    ],
)
def test_a_figure_has_its_value_and_unit(tmp_path: Path, text: str, printed: str, value: str, unit: str) -> None:
    (figure,) = found(tmp_path, text)
    assert (figure.printed, figure.value, figure.unit) == (printed, value, unit)
    start, end = figure.span
    assert figure.paragraph.text[start:end] == printed


@pytest.mark.parametrize(
    "text",
    [
        "The boat was built in 2014 and sold on 3 May 2016.",
        "See paragraph 2.20 and figure 3.",
        "In 2018/19 nothing floated.",
        "The 4Ps plan and the 4 P plan are kept in Outcome 16.",
        "Telephone 01905 844871 for a boat.",
        "Rates are given per 1,000 people.",
        "Nothing was counted.",
        "One of the boats is red, and two of them are blue.",
        "The oars were bought by a third party.",
    ],
)
def test_dates_years_and_names_are_no_figures(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == ()


def test_what_when_and_against_what_are_the_sentences_own_words(tmp_path: Path) -> None:
    first, second = found(
        tmp_path,
        "In the year ending 31 March 2016, the force bought 12 boats, compared with 9 boats across all forces in England.",
    )
    assert (first.measures, first.period) == ("boats", "In the year ending 31 March 2016")
    assert first.comparison == "compared with 9 boats across all forces in England"
    assert second.comparison == "across all forces in England"


def test_months_of_a_period_are_not_counted_as_figures(tmp_path: Path) -> None:
    (figure,) = found(tmp_path, "In the 12 months to 30 June 2015, the force bought 6 percent fewer boats than before.")
    assert (figure.printed, figure.measures, figure.period) == (
        "6 percent",
        "boats than before",
        "In the 12 months to 30 June 2015",
    )


def test_a_lead_in_that_bullets_share_gives_its_figures_once(tmp_path: Path) -> None:
    text = "The force has 7 boats that:\n\n• float on the river in spring; and\n\n• have 3 oars each."
    assert [figure.printed for figure in found(tmp_path, text)] == ["7", "3"]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Of 30 boats that we saw, 27 were dry.", "Of 30 boats that we saw, … were dry"),
        ("In all, women made up 7.8 percent of rowers.", "women … rowers"),
        ("The force spent £12m on 84 boats.", "The force spent … on 84 boats"),
        ("Some (66 percent) of the boats float.", "boats float"),
        ("Its new oars save 40 hours a week.", "Its new oars save"),
        ("In it 81 percent of rowers said that they were dry.", "rowers said that they were dry"),
    ],
)
def test_what_is_measured_may_stand_on_both_sides_of_the_number(tmp_path: Path, text: str, measures: str) -> None:
    assert measures in [figure.measures for figure in found(tmp_path, text)]


@pytest.mark.parametrize(
    ("text", "printed", "comparison"),
    [
        ("Calls took 4 seconds. Across England the average was 9 seconds.", "4 seconds", "Across England the average was 9 seconds"),
        ("Calls took 4 seconds. Across England the average was 9 seconds.", "9 seconds", "Across England the average"),
        ("The average for coastal forces is 19 percent.", "19 percent", "The average for coastal forces"),
        ("The wait rose from 31 minutes in 2022 to 46 minutes in 2023.", "46 minutes", "from 31 minutes in 2022"),
        ("Of 36 boats that we saw, the oars were right in 35.", "35", "Of 36 boats that we saw"),
        ("Turnover was 8.7 percent, half the rate for the coast.", "8.7 percent", "half the rate for the coast"),
        ("It sold 12 boats as well as 4 oars.", "12", None),
        ("The wait had fallen to 7 weeks from nineteen.", "7 weeks", "from nineteen"),
        ("The backlog grew from 3,900 jobs to 6,250 in all.", "6,250", "from 3,900 jobs"),
        ("A repair took 4.6 days as against a promised day.", "4.6 days", "as against a promised day"),
        ("Boats took 9 hours, whereas it takes one elsewhere.", "9 hours", "whereas it takes one elsewhere"),
        ("It was 66 percent at other coastal stations.", "66 percent", "at other coastal stations"),
    ],
)  # fmt: skip
def test_a_comparison_may_stand_in_many_forms(tmp_path: Path, text: str, printed: str, comparison: str | None) -> None:
    assert [each.comparison for each in found(tmp_path, text) if each.printed == printed] == [comparison]


def test_a_sentence_that_goes_on_takes_the_period_of_the_one_before(tmp_path: Path) -> None:
    first, second = found(tmp_path, "In the year ending 31 March 2016, the force sold 3 boats. It also bought 4 oars.")
    assert first.period == second.period == "In the year ending 31 March 2016"


def test_columns_of_another_population_are_compared_and_years_are_periods(tmp_path: Path) -> None:
    flat = (
        "Figure 1: Boats afloat\n\nNorthmoor Police England and Wales\n\nBig boats 52.1 63.0\n\nSmall boats 47.0 56.0"
    )
    assert [each.comparison for each in found(tmp_path, flat)] == [None, "England and Wales"] * 2
    path = tmp_path / "boats.html"
    path.write_text(
        "<h1>Boats 2016</h1><table><tr><th>Boats</th><th>2014/15</th><th>England</th></tr>"
        "<tr><td>Afloat</td><td>52.1</td><td>63.0</td></tr></table>",
        encoding="utf-8",
    )
    own, other = figures(read_document(SourceFile(path, "0")))
    assert (own.period, own.comparison) == ("2014/15", None)
    assert (other.period, other.comparison) == (None, "England")


@pytest.mark.parametrize(
    ("text", "printed", "measures"),
    [
        ("It sank between 200 and 400 boats.", "200", "boats"),
        (
            "There were 9 storms, three of which were caused by moles.",
            "three",
            "There were 9 storms, … were caused by moles",
        ),
    ],
)
def test_a_range_and_a_part_share_the_words_around_them(tmp_path: Path, text: str, printed: str, measures: str) -> None:
    assert [each.measures for each in found(tmp_path, text) if each.printed == printed] == [measures]


def test_a_cell_is_of_its_row_and_its_column(tmp_path: Path) -> None:
    path = tmp_path / "boats.html"
    path.write_text(
        "<h1>Boats 2016</h1><table><tr><th>Harbour</th><th>Boats</th><th>Note</th></tr><tr><td>Old quay</td><td>52</td>"
        "<td>The quay was built for all the boats of the town and now has room for only 7 rafts and a raven.</td></tr></table>",
        encoding="utf-8",
    )
    boats, rafts = figures(read_document(SourceFile(path, "0")))
    assert (boats.measures, rafts.measures) == ("Old quay … Boats", "rafts")


TABLE_OF_RATES = """The boats that the council owns are counted in the spring of each year, and the
harbour is asked for the same count.

Figure 3: Boats let (per 100 berths) in the year to 31 March 2019

Source: The harbour's own count
*Barges are from a survey and the count of rowing boats is the count per 100
members, not berths.

Sailing boats 14.1 20.3

Barges* 2.4 3.1

Rowing boats* 5.2 7.9

Table 4: Visitors by harbour

Number of visitors Rate Number of visitors Rate

Saltby 1,240 3.1 950 2.9

Withern 640 1.8 410 1.2

The harbour has built more berths since then, and lets them to those who wait
the longest.
"""


def test_a_number_of_a_table_has_the_rate_of_its_caption_or_of_its_own_note(tmp_path: Path) -> None:
    units = {figure.printed: figure.unit for figure in found(tmp_path, TABLE_OF_RATES)}
    assert (units["14.1"], units["2.4"]) == ("rate per 100 berths", "rate per 100 berths")
    assert (units["5.2"], units["7.9"]) == ("rate per 100 members", "rate per 100 members")
    assert (units["1,240"], units["410"], units["1.2"]) == ("count", "count", "rate")


@pytest.mark.parametrize(
    ("text", "printed", "comparison", "period"),
    [
        (
            "The club let 9 boats in 2019, three boats fewer than the average of the county's clubs.",
            "9",
            "fewer than the average of the county's clubs",
            "in 2019",
        ),
        ("Thefts rose: an increase of 31% since the last inspection.", "31%", "since the last inspection", None),
        ("It lost 214 oars in the 12 months before our visit.", "214", None, "in the 12 months before our visit"),
    ],
)
def test_a_number_is_held_against_what_it_changed_from_or_differs_from_by_the_next_number(
    tmp_path: Path, text: str, printed: str, comparison: str | None, period: str | None
) -> None:
    figure = next(each for each in found(tmp_path, text) if each.printed == printed)
    assert figure.comparison == comparison
    assert period is None or figure.period == period
