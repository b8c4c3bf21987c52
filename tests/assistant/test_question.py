"""What a question asks for is read from its words and from the documents that are loaded."""

from dataclasses import replace

import pytest
from fakes import document, paragraph

from assistant.lexicon import Lexicon, asked_for, unknown_names
from assistant.question import Question, asked_about, full_years, understand, years_in
from assistant.subject import subject_of
from assistant.wants import QuestionKind
from index.query import Want
from index.tokens import content_stems
from ingest.document import Document, DocumentKind

WORDS = "Detectives investigated burglaries; vulnerability was recorded in Northmoor by Amara Velloso in Thornbeck."
ONE = paragraph("p", WORDS)
OLD = document("old", ONE, acronyms=(("MDT", "mobile data terminal"), ("AFI", "area for improvement")))
NEW = document("new", ONE, title="PEEL 2021/22: Northmoor Police", period="2021/22", date="2022-04-14")
TRACKER = document("tracker", ONE, kind=DocumentKind.TRACKER_ENTRY, title="Tracker", period=None, date="2018-09-25")
PAPER = document("paper", ONE, kind=DocumentKind.PANEL_PAPER, title="Panel paper", period=None, date="2019-06-04")
DOCUMENTS: tuple[Document, ...] = (OLD, NEW, TRACKER, PAPER)
LEXICON = Lexicon.of(DOCUMENTS, dict.fromkeys(content_stems(WORDS), 1.0))


def read(asked: str) -> Question:
    return understand(asked, DOCUMENTS, LEXICON)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in 2016", {2016}),
        ("PEEL 2021/22", {2021, 2022}),
        ("in 2020-21", {2020, 2021}),
        ("from 2019 – 2021", {2019, 2021}),
        ("the 1999/2000 report", {1999, 2000}),
        ("call 20165, £20000 or £2,016", set()),
        ("no year", set()),
    ],
)
def test_years_are_read_in_every_usual_spelling(text: str, years: set[int]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("How many burglaries were solved in 2016?", "How many burglaries were solved?"),
        ("According to the PEEL 2021/22 report, how many burglaries were solved?", "how many burglaries were solved?"),
        ("How many burglaries were solved in the latest inspection?", "How many burglaries were solved?"),
        ("Were burglaries solved by Northmoor Police detectives?", "Were burglaries solved by the force detectives?"),
        ("Compare 2015, 2017 and 2021/22 - how many search dogs were there?", "how many search dogs were there?"),
        ("How many search dogs were there: 2015 compared with 2017?", "How many search dogs were there?"),
        ("Were there search dogs, going by the 2015 and the 2017 reports?", "Were there search dogs?"),
        ("What was said in 2015 of dogs and by 2017 of cats?", "What was said of dogs and of cats?"),
    ],
)
def test_the_subject_is_without_report_year_and_body(text: str, subject: str) -> None:
    assert subject_of(text, {"Northmoor Police"}) == subject


def test_a_question_of_nothing_but_a_report_keeps_its_words() -> None:
    assert subject_of("the 2016 PEEL report", {"Northmoor Police"}) == "the 2016 PEEL report"


@pytest.mark.parametrize(
    ("asked", "expansion"),
    [
        ("What are MDTs for?", "mobile data terminal"),
        ("what is an mdt", "mobile data terminal"),
        ("Who has a mobile data terminal?", "mdt"),
    ],
)
def test_acronyms_are_read_both_ways(asked: str, expansion: str) -> None:
    assert expansion in read(asked).query.expansions


def test_a_word_that_holds_an_acronym_is_none() -> None:
    assert read("Is the mdtx good?").query.expansions == ()


def test_a_slip_in_a_word_of_the_documents_is_corrected_and_said() -> None:
    question = read("how many burglarys and vulnerabilty checks?")
    assert ("vulnerabilty", "vulnerability") in question.corrected
    assert "vulnerability checks" in question.query.text
    assert question.asked == "how many burglarys and vulnerabilty checks?"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("recroded", "recorded"),  # two letters swapped
        ("recoded", "recoded"),  # an English word
        ("Thornebck", "Thornbeck"),  # of the documents' own names too
        ("Thorbeck", "Thornbeck"),  # a letter left out
        ("Thornbec", "Thornbec"),  # not the last: it may be another name
        ("Tornbeck", "Thornbeck"),
        ("Thornbick", "Thornbick"),
    ],
)
def test_swapped_and_missing_letters_are_put_right(typed: str, read_as: str) -> None:
    assert f" {read_as} " in read(f"What was {typed} about?").query.text


@pytest.mark.parametrize(
    "asked",
    [
        "What did Amira Vellosa say about Thornback?",  # names, one letter off
        "Who investigates burgundy curtains and recording studios?",  # ordinary English close to the documents' words
        "What about £1,200 and mdt2x?",
        "does vulnerability matter",
    ],
)
def test_names_and_ordinary_english_are_left_alone(asked: str) -> None:
    assert read(asked).corrected == ()
    assert read(asked).query.text == asked


@pytest.mark.parametrize(
    ("asked", "bodies"),
    [
        ("How is Eastvale Police graded?", ("Eastvale Police",)),
        ("Is Eastvale and Marsh Constabulary better?", ("Eastvale and Marsh Constabulary",)),
        ("How is Northmoor Police graded?", ()),
        ("What does Northmoor do?", ()),
        ("What does the Police and Crime Panel do?", ()),
        ("Did the police answer?", ()),
    ],
)
def test_only_bodies_that_no_document_inspects_are_other_bodies(asked: str, bodies: tuple[str, ...]) -> None:
    assert read(asked).other_bodies == bodies


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("What is the status in the tracker?", {"tracker"}),
        ("What did the panel paper say?", {"paper"}),
        ("What did the report say?", set()),
    ],
)
def test_documents_are_known_by_their_kind(asked: str, named: set[str]) -> None:
    assert read(asked).query.documents == named


@pytest.mark.parametrize(
    ("asked", "periods"),
    [
        ("What changed between 2016 and 2021?", [{"old"}, {"new"}]),
        ("What changed between 2022 and 2016?", [{"old"}, {"new"}]),
        ("What was said in 2019?", [{"paper"}]),
        ("What was done after 2016?", [{"old"}, {"new"}]),
        ("What was done after the 2016 inspection?", [{"old"}]),
        ("What was said in 1987?", []),
        ("What was said?", []),
    ],
)
def test_periods_are_the_documents_of_each_year_oldest_first(asked: str, periods: list[set[str]]) -> None:
    assert [set(ids) for ids in read(asked).periods] == periods


def test_a_year_of_no_document_is_unknown() -> None:
    assert read("What was said in 2016 and 2013?").unknown_years == {2013}


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("How many burglaries were there?", QuestionKind.NUMBER),
        ("What grade did the force get?", QuestionKind.GRADE),
        ("Did detectives visit?", QuestionKind.YES_NO),
        ("What are the areas for improvement?", QuestionKind.LIST),
        ("What changed from 2016 to 2021/22?", QuestionKind.CHANGE),
        ("What does MDT stand for?", QuestionKind.DEFINITION),
        ("Describe the control room.", QuestionKind.FACT),
    ],
)
def test_the_kind_of_question_is_read_from_its_words(asked: str, kind: QuestionKind) -> None:
    assert read(asked).kind is kind


def test_wants_and_the_latest_report_are_read_from_the_words() -> None:
    assert Want.DATE in read("When were burglaries counted?").query.wants
    assert Want.AREA_FOR_IMPROVEMENT in read("What are the AFIs?").query.wants
    assert read("What did the latest inspection find?").query.is_latest
    assert not read("What did inspectors find?").query.is_latest


@pytest.mark.parametrize(
    "asked", ["?", "a", "[](){}\\", "(((", "\x00", "🚓" * 50, "£" * 900, "in in in 2016 2016 2016"]
)
def test_no_words_break_the_reading(asked: str) -> None:
    assert read(asked).asked == asked


def test_short_spans_of_two_following_years_are_written_out_and_other_pairs_are_left() -> None:
    assert full_years("PEEL 21/22") == "PEEL 2021/22"
    assert full_years("24/7 cover, 12/15 cases, 22/03/2018") == "24/7 cover, 12/15 cases, 22/03/2018"


def test_a_name_that_no_document_has_is_told_from_one_that_is_only_misspelt() -> None:
    lexicon = Lexicon({}, frozenset({"telford", "worcestershire"}), {})
    assert unknown_names(("Telford", "Worcestershir", "Kent"), lexicon) == ("Kent",)


@pytest.mark.parametrize(
    ("text", "names", "said", "are_of_bodies", "expected"),
    [
        ("How many officers are there in Kent?", ("Kent",), (), True, ("Kent",)),
        ("Is it the best in Britain?", ("Britain",), (), True, ()),
        ("My aunt Mabel lives in Kent. Can she appeal?", ("Mabel", "Kent"), (), True, ()),
        ("Can I keep a boat in Kent?", ("Kent",), (), False, ()),
        ("Who is Mabel?", ("Mabel",), (), False, ("Mabel",)),
        ("Does the Bosko agreement allow it?", ("Bosko",), ("bosko agreement",), True, ()),
    ],
)
def test_only_names_that_the_question_is_about_are_missed(
    text: str, names: tuple[str, ...], said: tuple[str, ...], are_of_bodies: bool, expected: tuple[str, ...]
) -> None:
    assert asked_for(names, text, said, are_of_bodies) == expected


def test_a_question_that_names_one_of_many_documents_is_limited_to_it_and_its_subject_is_the_rest() -> None:
    kennels = tuple(document(f"kennel-{name}", ONE) for name in "abcdefghijk")
    kennels += (document("bosko-agreement", ONE),)
    lexicon = Lexicon.of(kennels, {})
    question = understand("Does the Agreement with Bosko let the dogs run about?", kennels, lexicon)
    assert asked_about(question, kennels) == {"bosko-agreement"}
    assert (question.reference.said, dict(question.query.named)) == ("agreement bosko", {"bosko-agreement": 1.0})
    assert "Bosko" not in question.query.subject
    assert "dogs" in question.query.subject
    assert not understand("Does the dogs' Agreement let them run about?", kennels[:-1], lexicon).reference.documents


@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        ("Were burglaries solved by June 2019?", {"old", "tracker", "paper"}),  # nothing newer than the date
        ("Were burglaries solved in the year to March 2019?", None),  # no document is of that month
        ("Were burglaries solved by June 2019 and in 2021/22?", None),
    ],
)
def test_a_question_about_the_date_of_a_document_is_not_answered_from_newer_ones(
    asked: str, documents: set[str] | None
) -> None:
    assert asked_about(read(asked), DOCUMENTS) == documents


def test_entries_of_two_months_of_one_document_are_two_sides_each_with_its_own_words() -> None:
    entries = (replace(ONE, id="e1", dated="2018-04-09"), replace(ONE, id="e2", dated="2018-09-25"))
    diary = document("diary", *entries, kind=DocumentKind.TRACKER_ENTRY, period="2016", date="2018-09-25")
    question = understand(
        "What did the force say on burglaries in April 2018, and who was told of them in September 2018?",
        (OLD, diary),
        LEXICON,
    )
    assert [(side.months, side.own) for side in question.sides] == [
        (("2018-04",), "What did the force say on burglaries in April 2018?"),
        (("2018-09",), "who was told of them in September 2018?"),
    ]


def test_a_label_with_its_number_is_no_name() -> None:
    assert read("What became of Zek 2?").unknown_names == ()
    assert read("What became of Zek?").unknown_names == ("Zek",)
