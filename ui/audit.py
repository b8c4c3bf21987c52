"""The audit log: every question, what was answered from which index, and how long it took.

Owns the SQLite file and its export. Leaves what is noted to `watched`. It holds no names, addresses or sessions.

    python -m ui.audit export --store DIR --out FILE     as JSON lines, or as CSV when FILE ends in .csv

Columns: `id` (rising, never used twice), `asked` (UTC, ISO), `act` ("ask" or "find"), `question`, `understood` (a follow-up as
it stands alone), `outcome` ("answered", the reason of a refusal, "found", or "error"), `answer` (the words shown), `cited`
(paragraph ids), `index_fingerprint`, `seconds`, and the scope: `body`, `documents`, `period`, `as_of`.
"""

import argparse
import csv
import json
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from errors import AssistantError, AuditError

FILE = "audit.sqlite"  # in the folder of the index
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # source: OWASP, as for the basket
DROPPED_AT_ONCE = 10  # the oldest tenth of the entries goes when the log is full
_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, asked TEXT NOT NULL, act TEXT NOT NULL, question TEXT NOT NULL, understood TEXT,
    outcome TEXT NOT NULL, answer TEXT NOT NULL, cited TEXT NOT NULL, index_fingerprint TEXT NOT NULL, seconds REAL NOT NULL,
    body TEXT, documents TEXT NOT NULL, period TEXT, as_of TEXT
)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One question. The fields are the columns, in order, after `id`."""

    asked: str
    act: str
    question: str
    understood: str | None
    outcome: str
    answer: str
    cited: tuple[str, ...]
    index_fingerprint: str
    seconds: float
    body: str | None = None
    documents: tuple[str, ...] = ()
    period: str | None = None
    as_of: str | None = None


COLUMNS = tuple(field.name for field in fields(Entry))
_LISTS = ("cited", "documents")
_INSERT = f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608  # own names


class Audit:
    """One file, written by any number of threads; other processes may read it at the same time."""

    def __init__(self, file: Path, megabytes: int) -> None:
        """Raises AuditError when the file cannot be written or is no audit log."""
        self.file, self._most, self._lock = file, megabytes * 1_000_000, Lock()
        try:
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute(_TABLE)
        except (OSError, sqlite3.Error) as problem:
            raise AuditError(file, str(problem)) from None

    def note(self, entry: Entry) -> None:
        """The entry is in the log. Beyond the limit the oldest tenth is dropped; ids are not used again, so that an
        export shows how many are gone.

        Raises:
            AuditError: it could not be written.
        """
        values = [json.dumps(value) if isinstance(value, tuple) else value for value in astuple(entry)]
        with self._lock:
            try:
                self._connection.execute(_INSERT, values)
                if self._size() > self._most:
                    self._drop()
            except sqlite3.Error as problem:
                raise AuditError(self.file, str(problem)) from None

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _size(self) -> int:
        """Bytes that hold entries; pages set free by dropping are used again before the file grows."""
        pages, free, size = (self._pragma(name) for name in ("page_count", "freelist_count", "page_size"))
        return (pages - free) * size

    def _pragma(self, name: str) -> int:
        found: int = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return found

    def _drop(self) -> None:
        self._connection.execute(
            "DELETE FROM entries WHERE id IN (SELECT id FROM entries ORDER BY id LIMIT (SELECT count(*) / ? + 1 FROM entries))",
            (DROPPED_AT_ONCE,),
        )


def now() -> str:
    """This second, as ISO in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def entries(file: Path) -> Iterator[dict[str, Any]]:
    """All entries with their ids, oldest first.

    Raises:
        AuditError: there is no such file, or it is no audit log.
    """
    if not file.is_file():
        raise AuditError(file, "there is none, so nothing was asked yet or the log is off")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            for row in connection.execute("SELECT * FROM entries ORDER BY id"):
                yield {**dict(row), **{name: json.loads(row[name]) for name in _LISTS}}
    except sqlite3.Error as problem:
        raise AuditError(file, str(problem)) from None


def export(file: Path, out: Path) -> int:
    """How many entries were written to `out`, which is whole or not there; for the owner's eyes only."""
    found = list(entries(file))
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
            if out.suffix == ".csv":
                writer = csv.writer(target)
                writer.writerow(["id", *COLUMNS])
                writer.writerows([_cell(entry[name]) for name in ("id", *COLUMNS)] for entry in found)
            else:
                target.writelines(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in found)
        os.replace(part, out)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise AuditError(out, f"the export cannot be written ({problem.strerror})") from None
    return len(found)


def _cell(value: object) -> object:
    """As a spreadsheet may have it: no cell begins a formula."""
    text = " ".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA_SIGNS) else text


# --- the command ------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 exported; 2 the log or the target cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m ui.audit", description="Take the audit log away.")
    commands = parser.add_subparsers(dest="command", required=True)
    exporting = commands.add_parser("export", help="all entries as JSON lines, or as CSV when FILE ends in .csv")
    exporting.add_argument("--store", type=Path, default=Path(".store"), help="folder of the index (default: .store)")
    exporting.add_argument("--out", type=Path, required=True, metavar="FILE")
    given = parser.parse_args(arguments)
    try:
        number = export(given.store / FILE, given.out)
        print(f"{number} {'entry' if number == 1 else 'entries'} written to {given.out}.")
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
