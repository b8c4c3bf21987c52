import io
import os
import stat
from pathlib import Path

import pytest

from errors import AccountsError
from ui.accounts import Accounts, Role, add_account, main, read_accounts

PASSWORD = "correct horse battery"


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_an_added_account_is_kept_as_a_hash_that_only_the_owner_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "accounts.toml"
    type_in(monkeypatch, f"{PASSWORD}\n")
    assert main(["add", "clerk", "--role", "editor", "--file", str(file)]) == 0
    assert capsys.readouterr().out == "“clerk” may sign in as editor.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text()
    account = read_accounts(file)["clerk"]
    assert account.role is Role.EDITOR
    assert account.password_hash.startswith("$argon2id$")
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == ["accounts.toml"]


def test_only_the_right_password_of_a_known_name_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    add_account(file, "chair@council.example", Role.READER, PASSWORD)
    accounts = Accounts(file)
    found = accounts.check("chair@council.example", PASSWORD)
    assert found is not None and found.name == "chair@council.example"
    assert accounts.check("chair@council.example", PASSWORD + "x") is None
    assert accounts.check("chair@council.example", "") is None
    assert accounts.check("nobody", PASSWORD) is None


def test_a_change_of_the_file_counts_at_once_and_a_spoilt_file_lets_nobody_in(tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    add_account(file, "one", Role.READER, PASSWORD)
    accounts = Accounts(file)
    add_account(file, "two", Role.EVALUATOR, PASSWORD)
    assert accounts.check("two", PASSWORD) is not None
    main(["remove", "two", "--file", str(file)])
    assert accounts.check("two", PASSWORD) is None
    file.write_text("not = [toml")
    assert accounts.check("one", PASSWORD) is None


def test_listing_shows_names_and_roles_and_no_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "accounts.toml"
    add_account(file, "one", Role.READER, PASSWORD)
    assert main(["list", "--file", str(file)]) == 0
    assert capsys.readouterr().out == "one  reader\n"


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("short", "elevenchars", "12 to 200 characters"),
        ("long", "x" * 201, "12 to 200 characters"),
        ('bad"]\nrole', PASSWORD, "a name is 1 to 64"),
        ("", PASSWORD, "a name is 1 to 64"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_written(
    name: str,
    password: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "accounts.toml"
    type_in(monkeypatch, password)
    assert main(["add", name, "--file", str(file)]) == 2
    complained = capsys.readouterr().err
    assert said in complained
    assert "Traceback" not in complained
    assert not file.exists()


def test_removing_a_name_that_is_not_there_ends_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remove", "nobody", "--file", str(tmp_path / "accounts.toml")]) == 2
    assert "there is none named “nobody”" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX systems")
def test_a_file_that_others_can_read_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    add_account(file, "one", Role.READER, PASSWORD)
    file.chmod(0o640)
    with pytest.raises(AccountsError, match=f"Run: chmod 600 {file}"):
        Accounts(file)


@pytest.mark.parametrize(
    "text",
    [
        '["one"]\nrole = "owner"\npassword_hash = "$argon2id$x"\n',
        '["one"]\nrole = "reader"\npassword_hash = "plain words"\n',
        '["one"]\nrole = "reader"\n',
        '["one"]\nrole = "reader"\npassword_hash = "$argon2id$x"\nadmin = true\n',
        'one = "reader"\n',
    ],
)
def test_an_account_that_is_not_whole_is_refused_by_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    file.touch(mode=0o600)
    file.write_text(text)
    with pytest.raises(AccountsError, match="“one” needs a role"):
        Accounts(file)


@pytest.mark.parametrize("exists", [True, False])
def test_a_missing_or_empty_file_does_not_open_the_page_to_all(exists: bool, tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    if exists:
        file.touch(mode=0o600)
    with pytest.raises(AccountsError, match="python -m ui.accounts add NAME"):
        Accounts(file)
