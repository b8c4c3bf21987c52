from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ui.accounts import Accounts, Role, add_account, remove_account
from ui.sessions import WINDOW, Sessions, TooMany, Visitor

PASSWORD = "correct horse battery"
HERE, THERE = "192.0.2.1", "192.0.2.2"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "accounts.toml"
    add_account(file, "clerk", Role.EDITOR, PASSWORD)
    add_account(file, "chair", Role.READER, PASSWORD)
    return file


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(file: Path, clock: Clock) -> Sessions:
    return Sessions(Accounts(file), 3600, clock)


def signed_in(sessions: Sessions, name: str = "clerk") -> str:
    token = sessions.sign_in(name, PASSWORD, HERE)
    assert isinstance(token, str)
    return token


def test_a_session_knows_name_and_role_until_it_expires(sessions: Sessions, clock: Clock) -> None:
    token = signed_in(sessions)
    clock.now = 3599
    assert sessions.visitor(token) == Visitor("clerk", Role.EDITOR)
    clock.now = 3600
    assert sessions.visitor(token) is None


def test_signing_out_ends_one_session_and_no_other(sessions: Sessions) -> None:
    one, other = signed_in(sessions), signed_in(sessions)
    assert one != other
    sessions.sign_out(one)
    assert sessions.visitor(one) is None
    assert sessions.visitor(other) is not None
    assert sessions.visitor("") is None


def test_sessions_end_with_their_account_or_its_password(sessions: Sessions, file: Path) -> None:
    clerk, chair = signed_in(sessions), signed_in(sessions, "chair")
    remove_account(file, "chair")
    assert sessions.visitor(chair) is None
    add_account(file, "clerk", Role.READER, PASSWORD)  # hashed anew
    assert sessions.visitor(clerk) is None


def test_after_five_failures_a_name_is_not_looked_at_from_that_address_for_a_while(
    sessions: Sessions, clock: Clock
) -> None:
    for _ in range(5):
        assert sessions.sign_in("clerk", "wrong", HERE) is None
    assert sessions.failed == 5
    waiting = sessions.sign_in("clerk", PASSWORD, HERE)
    assert waiting == TooMany(int(WINDOW) + 1)
    assert isinstance(sessions.sign_in("clerk", PASSWORD, THERE), str)
    assert isinstance(sessions.sign_in("chair", PASSWORD, HERE), str)
    clock.now = WINDOW
    assert isinstance(sessions.sign_in("clerk", PASSWORD, HERE), str)


def test_an_address_that_fails_under_many_names_is_shut_out(sessions: Sessions) -> None:
    for number in range(20):
        assert sessions.sign_in(f"name-{number}", "wrong", HERE) is None
    assert isinstance(sessions.sign_in("chair", PASSWORD, HERE), TooMany)
    assert isinstance(sessions.sign_in("chair", PASSWORD, THERE), str)


def test_attempts_made_at_the_same_moment_do_not_slip_past_the_limit(sessions: Sessions) -> None:
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda _: sessions.sign_in("clerk", "wrong", HERE), range(12)))
    assert results.count(None) == 5
    assert sum(isinstance(each, TooMany) for each in results) == 7


def test_programs_send_name_and_password_and_are_checked_once(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sessions.visitor_with("chair", PASSWORD, HERE) == Visitor("chair", Role.READER)
    monkeypatch.setattr(sessions.accounts, "check", lambda *_: pytest.fail("was checked again"))
    assert sessions.visitor_with("chair", PASSWORD, HERE) == Visitor("chair", Role.READER)


def test_a_wrong_password_of_a_program_counts_as_a_failure(sessions: Sessions) -> None:
    for _ in range(5):
        assert sessions.visitor_with("chair", "wrong", HERE) is None
    assert isinstance(sessions.visitor_with("chair", "wrong", HERE), TooMany)


def test_what_a_role_may_do() -> None:
    may = {role: (Visitor("x", role).may_edit, Visitor("x", role).may_review) for role in Role}
    assert may == {Role.READER: (False, False), Role.EDITOR: (True, False), Role.EVALUATOR: (False, True)}
    assert (Visitor().may_edit, Visitor().may_review) == (False, False)
