"""What a scope allows of the loaded documents."""

import pytest
from fakes import document, paragraph

from assistant import Answer, Assistant, Refusal, Scope
from assistant.render import answer_text
from assistant.scope import allowed, last_day, published, short_name
from errors import ScopeError

OLD = document("old", paragraph("old#p1", "Text."), period="2016", date=None)
NEW = document("new", paragraph("new#p1", "Text."), period="2021/22", date="2022-04")
BOTH = (OLD, NEW)


def ids(scope: Scope) -> list[str]:
    return [item.id for item in allowed(scope, BOTH).documents]


def test_an_open_scope_allows_everything() -> None:
    assert allowed(Scope(), BOTH).is_everything and ids(Scope()) == ["old", "new"]


def test_a_document_is_named_by_its_id_file_name_or_title() -> None:
    assert ids(Scope(documents=("new",))) == ids(Scope(documents=("new.md",))) == ["new"]


@pytest.mark.parametrize(("period", "kept"), [("2016", "old"), ("2021/22", "new"), ("2021", "new"), ("2022", "new")])
def test_a_year_means_the_period_that_holds_it(period: str, kept: str) -> None:
    assert ids(Scope(period=period)) == [kept]


@pytest.mark.parametrize("body", ["Northmoor Police", "northmoor", "NORTHMOOR CONSTABULARY"])
def test_a_body_is_known_without_its_kind(body: str) -> None:
    assert len(ids(Scope(body=body))) == 2


def test_an_undated_document_counts_from_the_end_of_its_period() -> None:
    assert published(OLD) == "2016-12-31"
    assert ids(Scope(as_of="2016-12-31")) == ["old"]
    with pytest.raises(ScopeError, match="the oldest is of 31 December 2016"):
        ids(Scope(as_of="2016-12-30"))


def test_a_month_counts_from_its_last_day_and_says_what_was_left_out() -> None:
    assert ids(Scope(as_of="2022-04-29")) == ["old"]
    assert ids(Scope(as_of="2022-04")) == ["old", "new"]
    assert [item.id for item in allowed(Scope(as_of="2022-03"), BOTH).later] == ["new"]


def test_dates_are_read_as_people_write_them() -> None:
    assert [last_day(text) for text in ("2018-02", "2018", "31 January 2019", "2019-01-31")] == [
        "2018-02-28",
        "2018-12-31",
        "2019-01-31",
        "2019-01-31",
    ]


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (Scope(body="Eastvale"), "body “Eastvale”.*Northmoor Police"),
        (Scope(documents=("none",)), "document “none”.*new, old"),
        (Scope(period="2018"), "period “2018”.*2016, 2021/22"),
        (Scope(period="soon"), "period “soon”"),
        (Scope(as_of="31/31/2019"), "Write a date as 2019-01-31"),
    ],
)
def test_what_is_not_loaded_is_an_error_that_says_what_is(scope: Scope, said: str) -> None:
    with pytest.raises(ScopeError, match=said):
        ids(scope)


def test_bodies_are_told_apart_by_their_names_without_their_kind() -> None:
    assert short_name("Northmoor Police") == short_name("Northmoor Constabulary") == "northmoor"


# --- with the real index ----------------------------------------------------------------------------------------------

RURAL = "How many officers did the rural crime team have?"


def test_an_answer_as_of_a_date_uses_no_later_report_and_says_so(northmoor: Assistant) -> None:
    reply = northmoor.ask(RURAL, Scope(as_of="2019-01-01"))
    assert isinstance(reply, Answer) and "14 officers" in answer_text(reply)
    assert {item.document.id for item in reply.citations} == {"northmoor-2016"}
    assert "As of 1 January 2019: one later document was left out" in " ".join(reply.notes)
    assert [item.id for item in reply.searched.documents] == ["northmoor-2016"]
    assert reply.scope == Scope(as_of="2019-01-01")


def test_a_refusal_as_of_a_date_says_so_too(northmoor: Assistant) -> None:
    reply = northmoor.ask("What did the harbour project cost?", Scope(as_of="2019-01-01"))
    assert isinstance(reply, Refusal) and "As of 1 January 2019" in reply.explanation


def test_searching_keeps_to_the_scope(northmoor: Assistant) -> None:
    found = northmoor.find(RURAL, 5, Scope(period="2016"))
    assert {hit.document.id for hit in found} == {"northmoor-2016"}
