"""Brings the index on disk up to date with a folder.

Owns reading what changed, embedding what is new, and publishing the result by one rename. Leaves the layout of the
folder and opening it to `store`.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from errors import EmptyFolderError, StaleStoreError, StoreDamagedError, StoreMissingError, UnreadableFileError
from index import lexical
from index.dense import VectorIndex
from index.embedder import Embedder
from index.late import content_tokens, pack
from index.passages import Level, Passage, passages, searched_title, under_heading
from index.records import document_to_json
from index.store import (
    CURRENT,
    DOCUMENTS,
    FORMAT_VERSION,
    LEXICAL,
    MANIFEST,
    PARTS,
    PASSAGES,
    TOKENS,
    VECTORS,
    Manifest,
    Store,
    current_build,
    is_current,
    open_store,
    reader_version,
    sha256_of,
)
from index.tokens import count_tokens
from ingest.corpus import SourceFile, fingerprint, list_files, read_files
from ingest.document import Document

EMBED_AT_ONCE = 256  # texts between two progress reports


@dataclass(frozen=True, slots=True)
class Change:
    """What one indexing run did."""

    store: Path
    documents: tuple[Document, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unreadable: tuple[UnreadableFileError, ...]
    embedded: int  # passages that were not in the previous index
    passages: int


def build_store(
    folder: Path,
    store: Path,
    embedder: Embedder,
    report: Callable[[str, int, int], None],
    fresh: bool = False,
) -> Change | None:
    """Bring the index in `store` up to date with the reports in `folder`; None when it already is.

    Documents and vectors of the previous index are kept where the file's content and the reading code are the same.
    The new index is written to a new folder and published by one rename, so a reader sees the old one or the new one.
    `report(what, done, total)` is called as the work goes on; `fresh` ignores the previous index.

    Raises:
        EmptyFolderError: nothing in the folder can be read; the previous index stays as it is.
        StoreDamagedError: another run is writing to the same store.
    """
    files, problems = list_files(folder)
    store.mkdir(parents=True, exist_ok=True)
    lock = FileLock(store / "lock")
    try:
        with lock.acquire(timeout=0):
            previous = None if fresh else _previous(store, embedder)
            is_same_reader = previous is not None and previous.manifest.reader == reader_version()
            if previous is not None and is_same_reader and is_current(previous.manifest, folder, files, problems):
                return None
            return _write(folder, store, files, problems, embedder, report, previous)
    except Timeout:
        raise StoreDamagedError(store, "another run is writing to it now; wait for it to end") from None


def _previous(store: Path, embedder: Embedder) -> Store | None:
    try:
        return open_store(store, embedder, check_folder=False)
    except (StoreMissingError, StoreDamagedError, StaleStoreError):
        return None


def _write(
    folder: Path,
    store: Path,
    files: Sequence[SourceFile],
    problems: Sequence[UnreadableFileError],
    embedder: Embedder,
    report: Callable[[str, int, int], None],
    previous: Store | None,
) -> Change:
    documents, unreadable = _read(files, previous, report)
    if not documents:
        raise EmptyFolderError(folder, f"none of its {len(files) + len(problems)} files could be read.")
    cut = [passage for document in documents for passage in passages(document, count_tokens)]
    vectors, embedded = _embed(cut, embedder, previous, report)
    tokens = _embed_tokens(documents, cut, embedder, previous, report)
    build = store / f"build-{secrets.token_hex(6)}"
    build.mkdir()
    try:
        _write_parts(build, documents, cut, vectors, tokens)
        refused = [(problem.path.name, "", str(problem)) for problem in problems]
        names = dict(
            (path, name) for name, path in ((file.path.relative_to(folder).as_posix(), file.path) for file in files)
        )
        manifest = Manifest(
            FORMAT_VERSION,
            embedder.name,
            embedder.sha256,
            reader_version(),
            str(folder),
            fingerprint([(document.source, document.sha256) for document in documents]),
            tuple(
                (names[file.path], file.sha256)
                for file in files
                if file.path not in {error.path for _, error in unreadable}
            ),
            tuple((names[file.path], file.sha256, str(error)) for file, error in unreadable) + tuple(refused),
            tuple((part, sha256_of(build / part)) for part in PARTS),
        )
        _write_synced(build / MANIFEST, json.dumps(_manifest_json(manifest), indent=1, ensure_ascii=False))
        _publish(store, build)
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise
    before = dict(previous.manifest.files) if previous else {}
    after = dict(manifest.files)
    return Change(
        store,
        documents,
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        tuple(sorted(before.keys() - after.keys())),
        (*(error for _, error in unreadable), *problems),
        embedded,
        len(cut),
    )


def _read(
    files: Sequence[SourceFile], previous: Store | None, report: Callable[[str, int, int], None]
) -> tuple[tuple[Document, ...], list[tuple[SourceFile, UnreadableFileError]]]:
    kept = {(document.source, document.sha256): document for document in previous.documents} if previous else {}
    if previous and previous.manifest.reader != reader_version():
        kept = {}
    documents: list[Document] = []
    unreadable: list[tuple[SourceFile, UnreadableFileError]] = []
    taken: set[str] = set()
    for number, file in enumerate(files, start=1):
        report(f"reading {file.path.name}", number, len(files))
        known = kept.get((file.name, file.sha256))
        for source, result in [(file, known)] if known else read_files([file]):
            if isinstance(result, UnreadableFileError):
                unreadable.append((source, result))
            elif result.id in taken:
                same = UnreadableFileError(file.path, "has the same name as another file.", "Rename one of them.")
                unreadable.append((source, same))
            else:
                taken.add(result.id)
                documents.append(result)
    return tuple(documents), unreadable


def _embed(
    cut: Sequence[Passage], embedder: Embedder, previous: Store | None, report: Callable[[str, int, int], None]
) -> tuple[NDArray[np.float32], int]:
    """Vectors of all passages in order, and how many of them are new."""
    old = previous.vectors.vectors if previous else None
    rows = {passage.text: row for row, passage in enumerate(previous.passages)} if previous else {}
    missing = list(dict.fromkeys(passage.text for passage in cut if passage.text not in rows))
    fresh: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(missing), EMBED_AT_ONCE):
        report("embedding", start, len(missing))
        batch = missing[start : start + EMBED_AT_ONCE]
        fresh.update(zip(batch, embedder.embed(batch), strict=True))
    report("embedding", len(missing), len(missing))
    vectors = [fresh[passage.text] if passage.text in fresh else old[rows[passage.text]] for passage in cut]  # type: ignore[index]  # rows is empty without old
    return np.stack(vectors), len(missing)


def _embed_tokens(
    documents: Sequence[Document],
    cut: Sequence[Passage],
    embedder: Embedder,
    previous: Store | None,
    report: Callable[[str, int, int], None],
) -> list[NDArray[np.int8]]:
    """Packed token vectors of every window, in order; those of unchanged windows are taken from the previous index."""
    known = {previous.passages[row].text: number for number, row in enumerate(previous.windows)} if previous else {}
    paragraphs = {paragraph.id: paragraph for document in documents for paragraph in document.citable()}
    windows = [passage for passage in cut if passage.level is Level.WINDOW]
    missing = [number for number, window in enumerate(windows) if window.text not in known]
    fresh: dict[int, NDArray[np.int8]] = {}
    for start in range(0, len(missing), EMBED_AT_ONCE):
        report("comparing words", start, len(missing))
        batch = missing[start : start + EMBED_AT_ONCE]
        texts = [under_heading(paragraphs[windows[n].paragraph_id], windows[n].start, windows[n].end) for n in batch]
        fresh.update(
            (number, pack(content_tokens(found)))
            for number, found in zip(batch, embedder.embed_tokens(texts), strict=True)
        )
    report("comparing words", len(missing), len(missing))
    return [
        fresh[number] if number in fresh else previous.tokens.of_window(known[window.text])  # type: ignore[union-attr]  # known is empty without previous
        for number, window in enumerate(windows)
    ]


def _write_parts(
    build: Path,
    documents: Sequence[Document],
    cut: Sequence[Passage],
    vectors: NDArray[np.float32],
    tokens: Sequence[NDArray[np.int8]],
) -> None:
    lines = [json.dumps(document_to_json(document), ensure_ascii=False) for document in documents]
    _write_synced(build / DOCUMENTS, "\n".join(lines) + "\n")
    lengths = iter([len(rows) for rows in tokens])
    rows = [
        [
            passage.paragraph_id,
            passage.level.value,
            passage.text,
            passage.start,
            passage.end,
            next(lengths) if passage.level is Level.WINDOW else 0,
        ]
        for passage in cut
    ]
    _write_synced(build / PASSAGES, "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")
    VectorIndex(vectors).save(build / VECTORS)
    np.save(build / TOKENS, np.concatenate(list(tokens)), allow_pickle=False)
    lexical.build(
        build / LEXICAL,
        [
            (paragraph.id, paragraph.text, " ".join([searched_title(document), *paragraph.headings]))
            for document in documents
            for paragraph in document.citable()
        ],
    )


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _publish(store: Path, build: Path) -> None:
    old = current_build(store)
    pointer = store / f"{CURRENT}.{build.name}"
    _write_synced(pointer, build.name)
    os.replace(pointer, store / CURRENT)
    for leftover in store.glob("build-*"):
        if leftover != build and leftover != old:  # one old build stays for readers that are opening it just now
            shutil.rmtree(leftover, ignore_errors=True)


def _manifest_json(manifest: Manifest) -> dict[str, object]:
    return {name: getattr(manifest, name) for name in Manifest.__slots__}
