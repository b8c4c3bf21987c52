"""The folder of reports, changed by people who may: a file is added or taken out, and the index follows.

Owns what a file must be before it gets into the folder, and that nothing is lost when one leaves it. Leaves reading to
`ingest` and indexing to `index.build`.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from errors import AssistantError, InputError
from index.build import Change
from ingest.corpus import READERS, read_document, source_file
from ui.desk import Report

LARGEST = 50_000_000  # bytes of one file sent through the page; the five published reports together have under 1 MB
REMOVED, ARRIVING = ".removed", ".arriving"  # hidden folders, which indexing passes over
_NAME = re.compile(r"[\w][\w .,()&'’–-]{0,150}\.[A-Za-z]{2,8}")


def add_file(folder: Path, name: str, content: bytes) -> None:
    """The file stands in the folder, after it was seen that it can be read. One of the same name is put aside first.

    Raises:
        InputError: the name, kind or size will not do.
        UnreadableFileError: it cannot be read; the folder stays as it is.
    """
    suffix = Path(name).suffix.lower()
    if not _NAME.fullmatch(name) or suffix not in READERS or Path(name).stem.lower() == "readme":
        kinds = ", ".join(sorted(READERS))
        raise InputError(name[:80] or "file", f"cannot be taken. Give it a plain name that ends in one of {kinds}.")
    if not 0 < len(content) <= LARGEST:
        raise InputError(name, f"has {len(content):,} bytes. Send a file of 1 to {LARGEST:,} bytes.")
    if not folder.is_dir():
        raise InputError(str(folder), "is not there. Build the index again from a folder that is.")
    arriving = folder / ARRIVING
    arriving.mkdir(exist_ok=True)
    part = arriving / name
    try:
        part.write_bytes(content)
        read_document(source_file(part, {}))
        if (folder / name).exists():
            _put_aside(folder, folder / name)
        os.replace(part, folder / name)
    finally:
        part.unlink(missing_ok=True)


def remove_file(folder: Path, name: str) -> None:
    """The file is no longer in the folder, but kept in its hidden folder `.removed`.

    Raises:
        InputError: there is no such file, or it is the last one.
    """
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in READERS]
    shown = [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    by_path = {path.relative_to(folder).as_posix(): path for path in shown}
    found = by_path.get(name) or next((path for path in shown if path.name == name), None)
    if found is None:
        raise InputError(name, "is not in the folder. Reload the page to see what is.")
    if len(shown) == 1:
        raise InputError(name, "is the last report. Add another one before taking it out.")
    _put_aside(folder, found)


def changing(update: Callable[[Report], Change | None]) -> Iterator[tuple[str, Change | None]]:
    """Runs `update` in a thread: (what it does now, None) as it goes on, then (what came of it, the change).

    Raises:
        AssistantError: the index could not be written; the earlier one stays in use.
    """
    news: SimpleQueue[tuple[str, Change | None] | AssistantError] = SimpleQueue()

    def work() -> None:
        try:
            change = update(lambda what, done, total: news.put((f"{what}: {done} of {total}", None)))
            news.put(("", change) if change else ("Nothing had changed.", None))
        except AssistantError as error:
            news.put(error)
        news.put(("end", None))

    Thread(target=work, daemon=True).start()
    while (said := news.get()) != ("end", None):
        if isinstance(said, AssistantError):
            raise said
        yield said


def changed_words(change: Change) -> str:
    """What an indexing run did, in one line."""
    parts = [
        f"{word} {', '.join(names)}"
        for word, names in (("added", change.added), ("changed", change.changed), ("removed", change.removed))
        if names
    ]
    parts += [f"not read: {error}" for error in change.unreadable]
    used = " Answers use it from now on." if change.added or change.changed else ""
    return f"Done: {'; '.join(parts) or 'nothing changed'}.{used}"


def _put_aside(folder: Path, path: Path) -> None:
    aside = folder / REMOVED
    aside.mkdir(exist_ok=True)
    os.replace(path, aside / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{path.name}")
