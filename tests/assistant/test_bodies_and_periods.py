"""The body, period and report asked about are those of the evidence: three look-alike forces, two years each."""

import pytest
from fakes import silent
from three_forces import FACTS, says, write_three_forces

from assistant import Answer, Assistant, Reason, Refusal, Reply, Turn, open_assistant
from assistant.render import answer_text
from index.build import build_store
from index.embedder import MiniLM
from settings import Settings


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Assistant:
    folder = write_three_forces(tmp_path_factory.mktemp("three") / "reports")
    build_store(folder, folder.parent / "store", model, silent)
    return open_assistant(folder.parent / "store", Settings(), model)


def cited(reply: Reply) -> set[str]:
    return {citation.document.id for citation in reply.citations} if isinstance(reply, Answer) else set()


def document_id(force: str, year: str) -> str:
    return f"{force.split(maxsplit=1)[0].lower()}-{year[:4]}"


# --- right document first, for every force and year -------------------------------------------------------------------

EVERY = [(force, year) for force in FACTS for year in FACTS[force]]


@pytest.mark.parametrize(("force", "year"), EVERY)
def test_a_grade_is_that_of_the_force_and_year_asked_about(three: Assistant, force: str, year: str) -> None:
    reply = three.ask(f"What grade did {force} get for preventing crime in {year}?")
    assert cited(reply) == {document_id(force, year)}
    assert f"{says(FACTS[force][year][0])} preventing crime" in answer_text(reply)


@pytest.mark.parametrize(("force", "year"), EVERY)
def test_a_number_is_that_of_the_force_and_report_asked_about(three: Assistant, force: str, year: str) -> None:
    reply = three.ask(
        f"How many officers did {force.split(maxsplit=1)[0]}'s rural crime team have in the {year} report?"
    )
    assert cited(reply) == {document_id(force, year)}
    assert f"{FACTS[force][year][2]} officers" in answer_text(reply)


@pytest.mark.parametrize(("force", "year"), EVERY)
def test_the_first_paragraph_found_is_of_the_force_and_period_asked_about(
    three: Assistant, force: str, year: str
) -> None:
    found = three.find(f"{force}, PEEL {year}: what share of non-emergency calls did the control room lose?", 1)
    assert [hit.document.id for hit in found] == [document_id(force, year)]


# --- refused by name --------------------------------------------------------------------------------------------------

NOT_LOADED = [
    "What grade did Westbrook Police get for preventing crime?",
    "What grade did Westbrook get for preventing crime in 2016?",
    "How many officers does Westbrook Police have in its rural crime team?",
    "What share of calls did Westbrook lose?",
    "Is Westbrook Police good at investigating crime?",
    "What grade did Warks police get for preventing crime?",
    "How good is the Met at preventing crime?",
    "How did GMP do at investigating crime in 2016?",
    "What grade did Kent get for preventing crime?",
    "What grade did kent police get for preventing crime?",
    "Was West Mids graded good for investigating crime?",
    "How many officers does Thames Valley have in the rural crime team?",
    "What share of calls did Police Scotland lose in 2016?",
    "What grade did Devon & Cornwall get for preventing crime?",
    "How do neighbouring forces do at preventing crime?",
    "What grades did the neighbouring force get?",
    "What grade did the force next door get for investigating crime?",
    "What grade did Birmingham police get for preventing crime?",
    "How good are the police in Manchester at investigating crime?",
    "What grade did Eastdale Constabulary get for preventing crime?",
    "What grade did Southmoor Police get for preventing crime?",
    "What grade did Northdale Police get in 2016?",
    "What grade did Northmoor Fire and Rescue Service get for prevention?",
    "How many officers does Merseyside have in its rural crime team?",
    "Is Surrey adequate at investigating crime?",
    "What did PSNI get for preventing crime?",
    "What grade did BTP get for preventing crime?",
    "Who chairs the demand board at Sussex Police?",
    "Who chairs West Yorkshire's demand board?",
    "Did Cleveland lose more calls than it answered?",
]
NOT_THEN = [
    "What grade did Northmoor Police get for preventing crime in 2018?",
    "What grade did Eastvale get for investigating crime in 2014?",
    "What grade did Southdale Police get for preventing crime in 2019/20?",
    "How many officers did Northmoor's rural crime team have in 2012?",
    "What did the 2018 PEEL report on Northmoor say about preventing crime?",
    "What share of calls did Eastvale lose in 2023?",
    "Who chaired Southdale's demand board in 2010?",
    "Was Northmoor good at preventing crime in 2025?",
    "How was investigating crime graded in 2013?",
    "In PEEL 2018, how many officers did the rural crime team of Southdale have?",
    "What grade did Northmoor get in the 2019 inspection?",
    "How many officers did Eastvale's rural crime team have three years before the 2016 report?",
]


@pytest.mark.parametrize("question", NOT_LOADED)
def test_a_force_that_is_not_loaded_is_refused_by_name(three: Assistant, question: str) -> None:
    reply = three.ask(question)
    assert isinstance(reply, Refusal), answer_text(reply)
    assert reply.reason is Reason.OTHER_BODY, reply.explanation


@pytest.mark.parametrize("question", NOT_THEN)
def test_a_year_or_report_that_is_not_loaded_is_refused(three: Assistant, question: str) -> None:
    reply = three.ask(question)
    assert isinstance(reply, Refusal), answer_text(reply)
    assert reply.reason is Reason.OTHER_PERIOD, reply.explanation


# --- names as people write them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "force"),
    [
        ("northmoor", "Northmoor Police"),
        ("Northmor Police", "Northmoor Police"),
        ("Norhtmoor", "Northmoor Police"),
        ("EASTVALE", "Eastvale Constabulary"),
        ("Eastvale Police", "Eastvale Constabulary"),
        ("Eastvael constabulary", "Eastvale Constabulary"),
        ("southdale's police", "Southdale Police"),
        ("Soutdale", "Southdale Police"),
    ],
)
@pytest.mark.parametrize("year", ["2016", "2021/22"])
def test_a_loaded_force_is_known_as_people_write_it(three: Assistant, written: str, force: str, year: str) -> None:
    reply = three.ask(f"How many officers did {written} have in the rural crime team in {year}?")
    assert cited(reply) == {document_id(force, year)}, reply


# --- reports as people call them --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("How many officers did Northmoor's rural crime team have at the last inspection?", "northmoor-2021"),
        ("How many officers did Northmoor's rural crime team have at the previous inspection?", "northmoor-2016"),
        ("How many officers did Eastvale's rural crime team have according to the latest report?", "eastvale-2021"),
        ("PEEL 2021: how many officers had Southdale's rural crime team?", "southdale-2021"),
        ("How was Southdale's preventing crime rated in the 2022 grading?", "southdale-2021"),
        ("At the time of the 2016 report, who chaired Eastvale's demand board?", "eastvale-2016"),
        ("How many officers had Eastvale's rural crime team five years before 2021?", "eastvale-2016"),
    ],
)
def test_a_report_is_known_by_what_people_call_it(three: Assistant, question: str, document: str) -> None:
    assert cited(three.ask(question)) == {document}


def test_two_forces_named_are_both_answered_for(three: Assistant) -> None:
    reply = three.ask("Which has more officers in its rural crime team, Northmoor or Southdale?")
    assert cited(reply) == {"northmoor-2021", "southdale-2021"}


def test_a_question_that_names_no_force_names_the_force_of_each_statement(three: Assistant) -> None:
    reply = three.ask("How many officers did the rural crime team have in 2016?")
    assert isinstance(reply, Answer)
    assert any("names no body" in note for note in reply.notes)
    for citation in reply.citations:
        assert citation.document.metadata.body and citation.document.metadata.body in answer_text(reply)
        assert citation.document.metadata.period == "2016"


# --- conversations ----------------------------------------------------------------------------------------------------

CONVERSATIONS = [
    [
        ("What grade did Northmoor Police get for preventing crime in 2016?", {"northmoor-2016"}, "good at preventing"),
        ("what about in 2021?", {"northmoor-2021"}, "adequate at preventing"),
        ("And for investigating crime?", {"northmoor-2021"}, "good at investigating"),
        ("what about Eastvale?", {"eastvale-2021"}, "adequate at investigating"),
        ("and at the previous inspection?", {"eastvale-2016"}, "good at investigating"),
        ("who said that?", {"eastvale-2016"}, "good at investigating"),
    ],
    [
        ("How many officers did Southdale's rural crime team have in 2021/22?", {"southdale-2021"}, "28 officers"),
        ("and in 2016?", {"southdale-2016"}, "31 officers"),
        ("what about Northmoor?", {"northmoor-2016"}, "14 officers"),
        ("and now?", {"northmoor-2021"}, "22 officers"),
    ],
    [
        ("Who chairs the demand board at Eastvale Constabulary?", {"eastvale-2021"}, "Joe Heath"),
        ("and in 2016?", {"eastvale-2016"}, "Lin Marsh"),
        ("what about Southdale in 2021/22?", {"southdale-2021"}, "Max Field"),
    ],
    [
        ("What share of non-emergency calls did Eastvale lose in 2016?", {"eastvale-2016"}, "44 percent"),
        ("what about in 2018?", set(), ""),
        ("and in 2021/22?", {"eastvale-2021"}, "27 percent"),
        ("and Kent?", set(), ""),
        ("and Northmoor?", {"northmoor-2021"}, "12 percent"),
    ],
    [
        ("How was Northmoor graded for preventing crime in 2021/22?", {"northmoor-2021"}, "adequate"),
        (
            "How many officers does the rural crime team of the force have in 2021/22?",
            {"northmoor-2021"},
            "22 officers",
        ),
        ("And who chairs the demand board?", {"northmoor-2021"}, "Tom Brook"),
    ],
]


@pytest.mark.parametrize("turns", CONVERSATIONS, ids=lambda turns: turns[0][0][:40])
def test_a_conversation_keeps_to_its_force_and_period(three: Assistant, turns: list[tuple[str, set[str], str]]) -> None:
    earlier: tuple[Turn, ...] = ()
    for question, documents, words in turns:
        reply = three.ask(question, turns=earlier)
        assert cited(reply) == documents, (question, reply.rewritten, cited(reply), answer_text(reply))
        assert words in answer_text(reply)
        earlier = (*earlier, Turn.of(reply))
    assert earlier[0].question == turns[0][0]  # the first question stands alone


def test_the_other_force_is_the_one_of_two_that_was_not_asked_about_last(three: Assistant) -> None:
    first = three.ask("What grade did Northmoor Police get for preventing crime in 2016?")
    second = three.ask("What about Southdale?", turns=(Turn.of(first),))
    third = three.ask("And the other force in 2021/22?", turns=(Turn.of(first), Turn.of(second)))
    assert third.rewritten == "What grade did Northmoor Police get for preventing crime in 2021/22?"
    assert cited(third) == {"northmoor-2021"}
