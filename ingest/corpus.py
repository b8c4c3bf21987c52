"""A folder becomes a Corpus of Documents.

Owns which reader reads which file, document ids, and the fingerprint of a folder. Leaves reading to the readers.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from errors import CorrectionsError, EmptyFolderError, UnreadableFileError
from ingest.acronyms import find_acronyms
from ingest.corrections import FILE as CORRECTIONS
from ingest.corrections import Correction, correct, parse_corrections
from ingest.document import Document, Reading
from ingest.metadata import read_metadata
from ingest.paragraphs import build_paragraphs
from ingest.readers import docx, html, markdown, pdf, text
from ingest.readers.signature import ending_by_content, foreign_format, mismatch
from ingest.speakers import speakers

READERS: dict[str, Callable[[bytes, Path], Reading]] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
}
MAX_BYTES = 200_000_000  # a larger file is no report; the five reports together have under 1 MB


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be read, the hash of what is in it, and what documents.toml says of it.

    With a correction the hash is of both, so that an edit of either makes a new document.
    """

    path: Path
    sha256: str
    correction: Correction | None = None
    below: str = ""  # its folder within that of the reports ("west/2017"), where it shares its name with another file

    @property
    def name(self) -> str:
        """What the file is called among the reports: its name, or its path where the name alone would not tell it."""
        return f"{self.below}/{self.path.name}" if self.below else self.path.name


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in order of their file names, and what could not be read."""

    documents: tuple[Document, ...]
    unreadable: tuple[UnreadableFileError, ...] = ()

    @property
    def fingerprint(self) -> str:
        return fingerprint([(document.source, document.sha256) for document in self.documents])


def fingerprint(files: Sequence[tuple[str, str]]) -> str:
    """A hash of (file name, file hash) pairs; it changes when any file is added, removed, renamed or edited."""
    lines = "\n".join(f"{name} {sha}" for name, sha in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def list_files(folder: Path) -> tuple[list[SourceFile], list[UnreadableFileError]]:
    """The readable files of a folder and its sub-folders, by name; hidden ones and README files are left alone.

    A documents.toml in any of these folders corrects the files beside it.

    Raises:
        CorrectionsError: a documents.toml cannot be used.
        EmptyFolderError: the folder does not exist or holds no file of a known kind.
    """
    if not folder.is_dir():
        raise EmptyFolderError(folder, "there is no such folder.")
    files, problems = [], []
    corrections: dict[Path, Mapping[str, Correction]] = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not path.is_file() or any(part.startswith(".") for part in parts) or path.stem.lower() == "readme":
            continue
        if path.parent not in corrections:
            corrections[path.parent] = corrections_beside(path)
        if path.name == CORRECTIONS:
            continue
        problem = _refuse(path)
        if problem:
            problems.append(problem)
        else:
            files.append(source_file(path, corrections[path.parent]))
    if not files and not problems:
        raise EmptyFolderError(folder, "it holds no reports.")
    return _told_apart(folder, files), problems


def _told_apart(folder: Path, files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files, those with their folder in their name that would share an id with a file of another folder.

    All such files get it but one that lies in the outermost folder, so that no id passes from one file to another when
    a folder is added.
    """
    folders: dict[str, set[Path]] = {}
    for file in files:
        folders.setdefault(slug(file.path.stem), set()).add(file.path.parent)
    return [
        replace(file, below=file.path.parent.relative_to(folder).as_posix())
        if len(folders[slug(file.path.stem)]) > 1 and file.path.parent != folder
        else file
        for file in files
    ]


def source_file(path: Path, corrections: Mapping[str, Correction]) -> SourceFile:
    """The file with its hash and its correction, if it has one."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    correction = corrections.get(path.name)
    if correction is None:
        return SourceFile(path, sha256)
    return SourceFile(path, hashlib.sha256(f"{sha256} {correction.fields}".encode()).hexdigest(), correction)


def corrections_beside(path: Path) -> Mapping[str, Correction]:
    """The corrections in the documents.toml of the file's folder; none where there is no such file.

    Raises:
        CorrectionsError: the documents.toml cannot be used.
    """
    file = path.parent / CORRECTIONS
    if not file.is_file():
        return {}
    try:
        source = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CorrectionsError(file, "is not UTF-8.") from None
    return parse_corrections(source, file, {each.name for each in path.parent.iterdir() if each.name != CORRECTIONS})


def _refuse(path: Path) -> UnreadableFileError | None:
    if path.suffix.lower() not in READERS:
        kinds = ", ".join(sorted(READERS))
        return UnreadableFileError(path, "is of a kind that cannot be read.", f"Save it as one of {kinds}.")
    if path.stat().st_size > MAX_BYTES:
        return UnreadableFileError(path, f"is larger than {MAX_BYTES // 1_000_000} MB.", "Split it or save its text.")
    return None


def read_document(file: SourceFile) -> Document:
    """Read one file.

    Raises:
        UnreadableFileError: the file is damaged, encrypted, empty or not what its ending says.
    """
    reading = _read(file.path.read_bytes(), file.path)
    document_id = slug(f"{file.below} {file.path.stem}")
    paragraphs = build_paragraphs(reading, document_id)
    if not any(paragraph.is_citable for paragraph in paragraphs):
        raise UnreadableFileError(file.path, "holds no paragraph that could be cited.", "Check that it has text.")
    prose = "\n".join(paragraph.text for paragraph in paragraphs if paragraph.is_citable)
    metadata = correct(read_metadata(reading, file.path.stem), file.correction)
    spoken = speakers(paragraphs, metadata, reading.text)
    return Document(
        id=document_id,
        source=file.name,
        sha256=file.sha256,
        text=reading.text,
        metadata=metadata,
        paragraphs=tuple(replace(each, speaker=who) for each, who in zip(paragraphs, spoken, strict=True)),
        acronyms=find_acronyms(prose),
        warnings=reading.warnings,
    )


def _read(data: bytes, path: Path) -> Reading:
    """The file read as what its bytes say it is, with a warning where its ending says something else."""
    ending = path.suffix.lower()
    foreign = foreign_format(data)
    if foreign:
        remedy = "Open it in Word or LibreOffice, without its password if it has one, and save it as .docx."
        raise UnreadableFileError(path, f"is {foreign}.", remedy)
    content = ending_by_content(data, ending)
    reading = READERS[content](data, path)
    return reading if content == ending else replace(reading, warnings=(mismatch(ending, content), *reading.warnings))


def read_files(files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Document | UnreadableFileError]]:
    """Each file with its document or the reason why there is none, in order. Two files may not share an id: the
    second of one folder whose names differ only in their ending, case or punctuation is refused."""
    seen: dict[str, str] = {}
    for file in files:
        try:
            document = read_document(file)
        except UnreadableFileError as error:
            yield file, error
            continue
        if document.id in seen:
            remedy = "Rename one of them."
            yield file, UnreadableFileError(file.path, f"has the same name as {seen[document.id]}.", remedy)
            continue
        seen[document.id] = document.source
        yield file, document


def slug(stem: str) -> str:
    """A file's name as an id: lower case, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "document"
