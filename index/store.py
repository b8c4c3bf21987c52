"""The index on disk: written whole or not at all, and checked before it is used.

Owns the folder's layout, its manifest and what makes it unusable. Leaves reading documents to `ingest`, vectors to
`dense` and words to `lexical`. No pickle: JSON, a FAISS file and an SQLite file, each with its hash in the manifest.

    STORE/current            the name of the build in use; replaced by one atomic rename
    STORE/build-.../         manifest.json documents.jsonl passages.jsonl vectors.faiss tokens.npy lexical.sqlite
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from errors import StaleStoreError, StoreDamagedError, StoreMissingError, UnreadableFileError
from index.dense import VectorIndex
from index.embedder import Embedder
from index.late import TokenIndex
from index.lexical import LexicalIndex
from index.passages import Level, Passage
from index.records import document_from_json
from ingest.corpus import SourceFile, list_files
from ingest.document import Document, Paragraph

FORMAT_VERSION = 1
CURRENT, MANIFEST = "current", "manifest.json"
DOCUMENTS, PASSAGES = "documents.jsonl", "passages.jsonl"
VECTORS, TOKENS, LEXICAL = "vectors.faiss", "tokens.npy", "lexical.sqlite"
PARTS = (DOCUMENTS, PASSAGES, VECTORS, TOKENS, LEXICAL)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and with."""

    format_version: int
    model: str
    model_sha256: str
    reader: str  # hash of the reading and cutting code, so that a change of either reads everything again
    folder: str
    fingerprint: str  # of the files below
    files: tuple[tuple[str, str], ...]  # (file name, SHA-256) of each file indexed
    unreadable: tuple[tuple[str, str, str], ...]  # (file name, SHA-256 or "", why)
    parts: tuple[tuple[str, str], ...]  # (part name, SHA-256)


@dataclass(frozen=True, slots=True)
class Store:
    """An opened index."""

    path: Path
    manifest: Manifest
    documents: tuple[Document, ...] = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)  # row i of `vectors` is passage i
    vectors: VectorIndex = field(repr=False)
    tokens: TokenIndex = field(repr=False)  # window i of `windows`
    lexical: LexicalIndex = field(repr=False)
    windows: tuple[int, ...] = field(default=(), repr=False)  # rows of the passages that are windows
    paragraphs: dict[str, Paragraph] = field(default_factory=dict, repr=False)
    document_of: dict[str, Document] = field(default_factory=dict, repr=False)  # paragraph id -> its document


def reader_version() -> str:
    """Hash of the code that decides what is read and embedded."""
    root = Path(__file__).resolve().parent.parent
    sources = sorted([*(root / "ingest").rglob("*.py"), root / "index" / "passages.py", root / "index" / "tokens.py"])
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def is_current(
    manifest: Manifest, folder: Path, files: Sequence[SourceFile], problems: Sequence[UnreadableFileError]
) -> bool:
    known = set(manifest.files) | {(name, sha) for name, sha, _ in manifest.unreadable if sha}
    refused = {name for name, sha, _ in manifest.unreadable if not sha}
    return known == relative_names(folder, files) and refused == {problem.path.name for problem in problems}


def relative_names(folder: Path, files: Iterable[SourceFile]) -> set[tuple[str, str]]:
    return {(file.path.relative_to(folder).as_posix(), file.sha256) for file in files}


def open_store(store: Path, embedder: Embedder, check_folder: bool = True) -> Store:
    """Open an index after checking it.

    Raises:
        StoreMissingError: there is none.
        StoreDamagedError: a part is missing or changed, or the format is another one.
        StaleStoreError: another model or another reading code built it, or the folder's files have changed since
            (only looked at when `check_folder` and the folder can be found).
    """
    build = current_build(store)
    if build is None:
        raise StoreMissingError(store)
    manifest = _read_manifest(store, build)
    for part, sha in manifest.parts:
        if not (build / part).is_file() or sha256_of(build / part) != sha:
            raise StoreDamagedError(store, f"its part {part} is missing or was changed")
    if (manifest.model, manifest.model_sha256) != (embedder.name, embedder.sha256):
        raise StaleStoreError(
            store, f"it was built with the model {manifest.model}, and {embedder.name} is in use", manifest.folder
        )
    if check_folder:
        _check_folder(store, manifest)
    return _load(store, build, manifest)


def _check_folder(store: Path, manifest: Manifest) -> None:
    if manifest.reader != reader_version():
        raise StaleStoreError(store, "this version of the program reads documents differently", manifest.folder)
    folder = Path(manifest.folder)
    if not folder.is_dir():
        return
    files, problems = list_files(folder)
    if not is_current(manifest, folder, files, problems):
        raise StaleStoreError(store, f"the files in {folder} have changed since", manifest.folder)


def current_build(store: Path) -> Path | None:
    pointer = store / CURRENT
    if not pointer.is_file():
        return None
    name = pointer.read_text(encoding="utf-8").strip()
    build = store / name
    return build if name.startswith("build-") and "/" not in name and build.is_dir() else None


def _read_manifest(store: Path, build: Path) -> Manifest:
    try:
        raw = json.loads((build / MANIFEST).read_text(encoding="utf-8"))
        if raw["format_version"] != FORMAT_VERSION:
            raise StoreDamagedError(
                store, f"its format is {raw['format_version']}, and this program writes {FORMAT_VERSION}"
            )
        pairs = {key: tuple(tuple(entry) for entry in raw[key]) for key in ("files", "unreadable", "parts")}
        manifest = Manifest(**{**raw, **pairs})
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise StoreDamagedError(store, f"its manifest cannot be read ({problem})") from None
    if {part for part, _ in manifest.parts} != set(PARTS):
        raise StoreDamagedError(store, "its manifest does not name the parts it should have")
    return manifest


def _load(store: Path, build: Path, manifest: Manifest) -> Store:
    try:
        lines = (build / DOCUMENTS).read_text(encoding="utf-8").split("\n")
        documents = tuple(document_from_json(json.loads(line)) for line in lines if line)
        rows = [json.loads(line) for line in (build / PASSAGES).read_text(encoding="utf-8").split("\n") if line]
        cut = tuple(Passage(row[0], Level(row[1]), row[2], row[3], row[4]) for row in rows)
        vectors = VectorIndex.load(build / VECTORS)
        windows = tuple(place for place, passage in enumerate(cut) if passage.level is Level.WINDOW)
        tokens = TokenIndex(build / TOKENS, [rows[place][5] for place in windows])
    except (OSError, ValueError, KeyError, TypeError, IndexError, RuntimeError) as problem:
        raise StoreDamagedError(store, f"a part cannot be read ({problem})") from None
    if len(vectors) != len(cut):
        raise StoreDamagedError(store, "its passages and vectors do not match")
    opened = Store(store, manifest, documents, cut, vectors, tokens, LexicalIndex(build / LEXICAL), windows)
    for document in documents:
        for paragraph in document.paragraphs:
            opened.paragraphs[paragraph.id] = paragraph
            opened.document_of[paragraph.id] = document
    return opened


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
