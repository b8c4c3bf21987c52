"""Who may sign in: a file of names, roles and password hashes, and the command that changes it.

Owns the file and the checking of passwords. Leaves who is signed in to `sessions`. Hashes are argon2id (RFC 9106) with
the library's own parameters; a password is never kept, printed or taken from the command line.

    python -m ui.accounts add NAME --role reader|editor|evaluator
    python -m ui.accounts remove NAME
    python -m ui.accounts list
"""

import argparse
import getpass
import json
import os
import re
import stat
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock

from errors import AccountsError, AssistantError
from settings import Settings

FILE = Path("accounts.toml")  # where the command writes when no setting names a file
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200  # characters; NIST SP 800-63B asks for 8 at least and 64 to be allowed
_NAME = re.compile(r"[\w][\w.@-]{0,63}")
_HASHER = PasswordHasher()
# Checked when the name is unknown, so that an unknown name takes as long as a wrong password.
_NOBODY = _HASHER.hash(os.urandom(16).hex())


class Role(StrEnum):
    """What somebody who is signed in may do besides reading."""

    READER = "reader"  # nothing more
    EDITOR = "editor"  # add and take out documents
    EVALUATOR = "evaluator"  # settle the review queue


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    role: Role
    password_hash: str


class Accounts:
    """The accounts of a file as it is now: it is read again when it has changed."""

    def __init__(self, file: Path) -> None:
        """Raises AccountsError when the file cannot be used or holds no account."""
        self.file = file
        self._lock = Lock()
        self._read: tuple[tuple[int, int], Mapping[str, Account]] | None = None
        if not self._current():
            raise AccountsError(file, f"there are none. Add one: {_command('add NAME --role reader', file)}")

    def named(self, name: str) -> Account | None:
        """The account, or None. When the file has become unusable there are no accounts, so that nobody gets in."""
        try:
            return self._current().get(name)
        except AccountsError:
            return None

    def check(self, name: str, password: str) -> Account | None:
        """The account when the password is right, else None; as slow for an unknown name as for a wrong password."""
        account = self.named(name)
        try:
            _HASHER.verify(account.password_hash if account else _NOBODY, password[: LONGEST_PASSWORD + 1])
        except (VerificationError, InvalidHashError):
            return None
        return account

    def _current(self) -> Mapping[str, Account]:
        with self._lock:
            try:
                found = self.file.stat()
            except OSError:
                raise AccountsError(
                    self.file, f"the file is not there. Make it: {_command('add NAME --role reader', self.file)}"
                ) from None
            version = (found.st_mtime_ns, found.st_size)
            if self._read is None or self._read[0] != version:
                self._read = version, read_accounts(self.file)
            return self._read[1]


def read_accounts(file: Path) -> dict[str, Account]:
    """Name -> account; empty when there is no file.

    Raises:
        AccountsError: other people on this computer may read it, or it is not what this program writes.
    """
    try:
        text = file.read_text(encoding="utf-8")
        mode = file.stat().st_mode
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as problem:
        raise AccountsError(file, f"the file cannot be read ({problem}).") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise AccountsError(file, f"other people on this computer can read or change the file. Run: chmod 600 {file}")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise AccountsError(file, f"the file is not valid TOML ({problem}).") from None
    return {name: _account(file, name, table) for name, table in tables.items()}


def add_account(file: Path, name: str, role: Role, password: str) -> None:
    """The file holds the account; one of the same name gets the new role and password.

    Raises:
        AccountsError: the name or password will not do, or the file cannot be used.
    """
    if not _NAME.fullmatch(name):
        raise AccountsError(file, "a name is 1 to 64 letters, digits and . @ _ -, and begins with a letter or digit.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountsError(file, f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    account = Account(name, role, _HASHER.hash(password))
    with FileLock(f"{file}.lock"):
        _write(file, read_accounts(file) | {name: account})


def remove_account(file: Path, name: str) -> None:
    """The file no longer holds the account. Raises AccountsError when it did not hold it."""
    with FileLock(f"{file}.lock"):
        accounts = read_accounts(file)
        if accounts.pop(name, None) is None:
            raise AccountsError(file, f"there is none named “{name}”.")
        _write(file, accounts)


def _account(file: Path, name: str, table: object) -> Account:
    match table:
        case {"role": str(role), "password_hash": str(password_hash), **rest} if not rest and role in list(Role):
            if password_hash.startswith("$argon2"):
                return Account(name, Role(role), password_hash)
    roles = ", ".join(Role)
    raise AccountsError(
        file, f"“{name}” needs a role ({roles}) and a password_hash. Write it anew: {_command(f'add {name}', file)}"
    )


def _write(file: Path, accounts: Mapping[str, Account]) -> None:
    """Written whole or not at all, for the owner's eyes only from its first byte on."""
    lines = ["# Accounts of Evidence Desk. Change it with `python -m ui.accounts`.\n"]
    for each in accounts.values():
        # A JSON string is a TOML string too.
        lines.append(
            f"[{json.dumps(each.name)}]\nrole = {json.dumps(each.role.value)}\npassword_hash = {json.dumps(each.password_hash)}\n"
        )
    part = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write("\n".join(lines))
        os.replace(part, file)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise AccountsError(file, f"the file cannot be written ({problem.strerror}).") from None


def _command(what: str, file: Path) -> str:
    return f"python -m ui.accounts {what} --file {file}"


# --- the command ------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done; 2 the file, the name or the password will not do."""
    given = _parser().parse_args(arguments)
    try:
        file = given.file or Path(Settings.load().accounts or FILE)
        match given.command:
            case "add":
                add_account(file, given.name, Role(given.role), _asked_password(file))
                print(f"“{given.name}” may sign in as {given.role}.")
            case "remove":
                remove_account(file, given.name)
                print(f"“{given.name}” can no longer sign in.")
            case "list":
                for account in read_accounts(file).values():
                    print(f"{account.name}  {account.role}")
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _asked_password(file: Path) -> str:
    """Asked twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise AccountsError(file, "the two passwords differ; nothing was changed.")
    return password


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui.accounts", description="Change who may sign in.")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="add an account, or give it another role and password")
    remove = commands.add_parser("remove", help="take an account away; its sessions end at once")
    listing = commands.add_parser("list", help="names and roles")
    for each in (add, remove):
        each.add_argument("name")
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.READER.value)
    for each in (add, remove, listing):
        each.add_argument("--file", type=Path, help=f"the file (default: the setting “accounts”, else {FILE})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
