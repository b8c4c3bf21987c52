"""A document is told from its look-alikes by its file's name, its title and the parties in its first lines."""

from dataclasses import replace

import pytest
from fakes import document, paragraph

from index.naming import NOTHING, DocumentNames, without_names
from index.passages import file_words, header, searched_title
from ingest.document import Document

ORDINARY = frozenset(
    ["agreement", "audit", "contract", "deal", "dogs", "hosting", "insurance", "parking", "service", "transport"]
)


def agreement(source: str, opening: str, title: str = "Service Level Agreement", body: str | None = None) -> Document:
    name = source.rsplit(".", 1)[0].lower()
    held = document(name, paragraph(f"{name}#p001", opening), paragraph(f"{name}#p002", "Dogs are kept."), title=title)
    return replace(held, source=source, metadata=replace(held.metadata, body=body))


PARTIES = "This agreement is made between {} Limited (the Supplier) and {} (the Customer)."
FILES = (
    ("brackenholt-hosting-service-level-agreement.txt", "Brackenholt Hosting", "Marrowby Council"),
    ("Contract_1407.docx", "Brackenholt Telecare", "Tidewell Harbour Board"),
    ("quillmeresla2012.txt", "Quillmere Data Centres", "Marrowby Council"),
    ("pellaby-transport.txt", "Pellaby Transport", "Umberley Schools"),
    ("pellaby-parking.txt", "Pellaby Parking", "Plashett Hospital Group"),
    ("olg-service-level-agreement.txt", "Ostley Lake Grid", "Umberley Schools"),
    ("contract-9.txt", "Dunmarsh Print Works", "Marrowby Council"),
    ("a97813d2030a329e.txt", "Hexwell Payroll", "Tidewell Harbour Board"),
    ("ict-service-level-agreement.txt", "Inverlathe Software", "Castlewray Housing Trust"),
    ("kestwick.txt", "Kestwick Courier", "Castlewray Housing Trust"),
    ("greatmoss.txt", "Greatmoss Waste", "Plashett Hospital Group"),
    ("jesperley.txt", "Jesperley Archives", "Lindquarry Parks"),
)  # fmt: skip
DOCUMENTS = tuple(agreement(source, PARTIES.format(*parties)) for source, *parties in FILES)
NAMES = DocumentNames.of(DOCUMENTS, lambda word: word in ORDINARY)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Consider Brackenholt Hosting's Service Level Agreement; who must pay?", "brackenholt-hosting-service"),
        ("Must the Brackenholt Telecare service pay?", "contract_1407"),
        ("Does the agreement between Pellaby Parking and Plashett Hospital Group let dogs in?", "pellaby-parking"),
        ("who must pay in the pellaby transport agreement?", "pellaby-transport"),
        ("Consider the Quillmere contract: who must pay?", "quillmeresla2012"),
        ("Who must pay by the OLG agreement?", "olg-service"),  # initials in the file's name
        ("Who must pay by the DPW agreement?", "contract-9"),  # initials of a party in the first lines
        (
            "Does the Inner City Tram agreement let dogs in?",
            "ict-service",
        ),  # a file's initials, spelled by the question
        ("Does Hexwell let dogs in?", "a97813d2030a329e"),
    ],
)
def test_the_document_that_a_question_names_is_told_from_its_look_alikes(asked: str, meant: str) -> None:
    found = NAMES.read(asked)
    assert (found.sure or "").startswith(meant)
    assert found.scores[found.sure or ""] == max(found.scores.values()) == 1.0


@pytest.mark.parametrize(
    "asked",
    [
        "Does the Service Level Agreement let the dogs in?",  # all of them are one
        "Does the Supplier pay insurance?",
        "who must pay for the hosting?",  # an ordinary word that happens to be in a file's name
        "Does Pellaby pay?",  # there are two
        "Does the agreement with Umberley Schools let dogs in?",  # there are two as well
    ],
)
def test_a_question_that_names_none_or_several_is_not_tied_to_one(asked: str) -> None:
    assert NAMES.read(asked).sure is None


WITH_OTHERS = (
    *DOCUMENTS,
    agreement("tsla-pricing.txt", PARTIES.format("Zennorby Mapping", "Umberley Schools")),
    agreement("si.txt", PARTIES.format("Yarrowdene Fuels", "Lindquarry Parks")),
    agreement("rp.txt", PARTIES.format("Wexcombe Glass", "Lindquarry Parks"), title="Renewing London Licences"),
    agreement("european-licences.txt", PARTIES.format("Vellacott Inks", "Umberley Schools")),
)


@pytest.mark.parametrize(
    ("asked", "not_meant"),
    [
        ("Consider Pellaby Transport's Service Level Agreement", "tsla-pricing"),  # an owner is no part of the name
        ("Since I must pay, who is told?", "si"),  # nobody is called "I"
        ("Are the Wexcombe works insured?", "rp"),  # its title tells it apart, so its first lines do not
        ("Do Europe and its dogs pay?", "european-licences"),  # a word within another word
    ],
)
def test_what_is_like_a_documents_name_by_chance_names_it_not(asked: str, not_meant: str) -> None:
    names = DocumentNames.of(WITH_OTHERS, lambda word: word in {*ORDINARY, "since", "european", "must"})
    assert not_meant not in names.read(asked).scores


def test_a_single_word_of_plain_english_hints_at_a_document_but_is_never_sure() -> None:
    names = DocumentNames.of(WITH_OTHERS, lambda word: word in {*ORDINARY, "london"})
    found = names.read("I live in London. May dogs come to London?")
    assert found.sure is None
    assert 0 < found.scores["rp"] < 1
    assert DocumentNames.of(WITH_OTHERS).read("May dogs come to London?").sure == "rp"


def test_police_lends_its_initial_to_a_name() -> None:
    held = (*DOCUMENTS, agreement("paper-3.txt", PARTIES.format("Police Cadet Charity", "Umberley Schools")))
    assert DocumentNames.of(held, lambda word: word in ORDINARY).read("Must the PCC pay?").sure == "paper-3"


def test_documents_that_share_a_name_are_all_preferred() -> None:
    found = NAMES.read("Does the agreement with Umberley Schools let dogs in?")
    assert set(found.scores) == {"pellaby-transport", "olg-service-level-agreement"}
    assert set(found.said) >= {"umberley", "schools"}


def test_among_few_documents_none_is_named_by_its_file() -> None:
    assert DocumentNames.of(DOCUMENTS[:9]).read("Consider the Quillmere contract") == NOTHING


def test_names_in_the_first_lines_of_an_inspection_report_are_subjects_and_not_names_of_it() -> None:
    reports = tuple(agreement(f"report-{n}.txt", "Operation Darwen began.", body=f"Body {n}") for n in range(12))
    assert DocumentNames.of(reports).read("What came of Operation Darwen?") == NOTHING


def test_the_name_is_taken_off_a_question_and_its_subject_stays() -> None:
    asked = "Consider Pellaby Parking's Service Level Agreement; must the Supplier pay?"
    assert without_names(asked, ("pellaby", "parking")) == "must the Supplier pay?"
    assert without_names("who must pay in the pellaby deal?", ("pellaby",)) == "who must pay in the deal?"
    assert without_names(asked, ()) == asked


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("01_Bosch-services-7-12-17.txt", ("bosch", "services")),
        ("CamelCaseBTReport2019.docx", ("camel", "case", "bt", "report")),
        ("quillmeresla2012.pdf", ("quillmeresla",)),
        ("000_a97813d2030a329e.txt", ()),
        ("a.txt", ()),
    ],
)
def test_the_words_of_a_files_name_leave_numbers_and_codes_out(source: str, words: tuple[str, ...]) -> None:
    assert file_words(source) == words


def test_a_files_words_that_the_title_lacks_are_searched_with_it() -> None:
    assert searched_title(DOCUMENTS[0]) == "Service Level Agreement (brackenholt hosting)"
    assert searched_title(DOCUMENTS[7]) == "Service Level Agreement"
    top = header(DOCUMENTS[0], DOCUMENTS[0].paragraphs[0], lambda text: len(text.split()))
    assert top == "Service Level Agreement (brackenholt hosting) | Responding to the public"


def test_a_word_that_all_documents_use_names_none_even_where_one_files_name_has_it() -> None:
    documents = (*DOCUMENTS[:11], agreement("dogs.txt", PARTIES.format("Zennorby Mapping", "Tidewell Harbour Board")))
    names = DocumentNames.of(documents)
    assert names.read("Are Dogs allowed?") == NOTHING
    assert names.read("Does Zennorby allow Dogs?").sure == "dogs"
