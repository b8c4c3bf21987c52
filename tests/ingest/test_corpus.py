"""A folder becomes documents, and one bad file does not stop the others."""

import hashlib
from pathlib import Path

import pytest

from errors import EmptyFolderError, UnreadableFileError
from ingest.corpus import Corpus, SourceFile, fingerprint, list_files, read_document, read_files, slug
from ingest.document import Document


def written(folder: Path, name: str, data: str | bytes = "The cells in Northmoor are clean.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def names(files: list[SourceFile]) -> list[str]:
    return [file.path.name for file in files]


def read_folder(folder: Path) -> list[Document | UnreadableFileError]:
    return [found for _, found in read_files(list_files(folder)[0])]


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyFolderError, match="there is no such folder"):
        list_files(tmp_path / "nothing")


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyFolderError, match="holds no reports"):
        list_files(tmp_path)


def test_a_folder_with_only_a_readme_and_hidden_files_is_empty(tmp_path: Path) -> None:
    written(tmp_path, "README.md")
    written(tmp_path, ".notes.txt")
    written(tmp_path, ".source/old.txt")
    with pytest.raises(EmptyFolderError):
        list_files(tmp_path)


def test_files_are_listed_by_name_from_sub_folders_too(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "2016/c.TXT"):
        written(tmp_path, name)
    files, problems = list_files(tmp_path)
    assert names(files) == ["c.TXT", "a.md", "b.txt"]
    assert problems == []


def test_a_listed_file_carries_the_hash_of_its_bytes(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", b"clean")
    assert list_files(tmp_path)[0][0].sha256 == hashlib.sha256(b"clean").hexdigest()


def test_a_file_of_an_unknown_kind_is_named_with_what_to_do(tmp_path: Path) -> None:
    written(tmp_path, "a.txt")
    written(tmp_path, "b.xls")
    files, problems = list_files(tmp_path)
    assert names(files) == ["a.txt"]
    assert "b.xls: is of a kind that cannot be read. Save it as one of" in str(problems[0])


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.corpus.MAX_BYTES", 10)
    written(tmp_path, "a.txt")
    files, problems = list_files(tmp_path)
    assert files == []
    assert "is larger than" in str(problems[0])


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", b"\x00\x01")
    written(tmp_path, "b.docx", "no archive")
    written(tmp_path, "c.pdf", "no pdf")
    written(tmp_path, "d.txt", "   \n")
    written(tmp_path, "e.txt")
    found = read_folder(tmp_path)
    assert [type(each) for each in found] == [UnreadableFileError] * 4 + [Document]


def test_a_text_with_nothing_to_cite_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "https://www.example.org/northmoor\n")
    with pytest.raises(UnreadableFileError, match="no paragraph that could be cited"):
        read_document(SourceFile(path, "0"))


def test_two_files_of_one_name_would_share_ids_so_the_second_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "Cells 2016.txt")
    written(tmp_path, "cells-2016.md")
    first, second = read_folder(tmp_path)
    assert isinstance(first, Document)
    assert "has the same name as Cells 2016.txt. Rename one of them." in str(second)


def test_files_of_one_name_in_several_folders_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("west/2017", "north"):
        (tmp_path / folder).mkdir(parents=True)
        written(tmp_path / folder, "report.txt", f"Cells\n\nThe cells of {folder} are clean and dry.\n")
    written(tmp_path, "other.txt")
    found = [each for each in read_folder(tmp_path) if isinstance(each, Document)]
    assert [(each.id, each.source) for each in found] == [
        ("north-report", "north/report.txt"),
        ("other", "other.txt"),
        ("west-2017-report", "west/2017/report.txt"),
    ]
    assert found[0].paragraphs[0].id == "north-report#p001"
    written(tmp_path, "report.txt")
    assert {each.id for each in read_folder(tmp_path) if isinstance(each, Document)} == {
        "north-report", "other", "report", "west-2017-report",
    }  # fmt: skip


def test_a_file_alone_with_its_name_keeps_it_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "west").mkdir()
    written(tmp_path / "west", "report.txt")
    (found,) = read_folder(tmp_path)
    assert isinstance(found, Document)
    assert (found.id, found.source) == ("report", "report.txt")


def test_a_name_that_only_an_unreadable_file_had_is_free(tmp_path: Path) -> None:
    written(tmp_path, "a.md", "  ")
    written(tmp_path, "a.txt")
    assert [type(each) for each in read_folder(tmp_path)] == [UnreadableFileError, Document]


def test_a_document_carries_what_was_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Cells 2016.txt",
        "The night response team (NRT) of Northmoor Police rests.".encode("cp1252") + b" \x96 Often.",
    )
    found = read_document(SourceFile(path, "abc"))
    assert (found.id, found.source, found.sha256) == ("cells-2016", "Cells 2016.txt", "abc")
    assert found.acronyms == (("NRT", "night response team"),)
    assert found.warnings == ("not UTF-8: read as Windows-1252",)
    assert found.paragraphs[0].id == "cells-2016#p001"


def test_the_fingerprint_changes_when_a_file_is_added_renamed_or_edited() -> None:
    base = [("a.txt", "1"), ("b.txt", "2")]
    others = [base[:1], [*base, ("c.txt", "3")], [("a.txt", "1"), ("c.txt", "2")], [("a.txt", "1"), ("b.txt", "3")]]
    assert len({fingerprint(files) for files in (base, *others)}) == 5


def test_the_fingerprint_does_not_depend_on_order() -> None:
    assert fingerprint([("a.txt", "1"), ("b.txt", "2")]) == fingerprint([("b.txt", "2"), ("a.txt", "1")])


def test_a_corpus_has_the_fingerprint_of_its_documents(tmp_path: Path) -> None:
    written(tmp_path, "a.txt")
    found = [each for each in read_folder(tmp_path) if isinstance(each, Document)]
    assert Corpus(tuple(found)).fingerprint == fingerprint([("a.txt", found[0].sha256)])


@pytest.mark.parametrize(
    ("stem", "made"),
    [("PEEL 2021/22 – Northmoor", "peel-2021-22-northmoor"), ("__a__b__", "a-b"), ("№", "document"), ("a1", "a1")],
)
def test_an_id_is_the_name_in_lower_case_with_single_hyphens(stem: str, made: str) -> None:
    assert slug(stem) == made
