"""documents.toml corrects what a document is taken to say of itself."""

from pathlib import Path

import pytest

from errors import CorrectionsError
from ingest.corpus import fingerprint, list_files, read_document
from ingest.corrections import FILE, correct, parse_corrections
from ingest.document import Document, DocumentKind, Metadata, Speaker

REPORT = (
    "Northmoor PEEL 2016\n\nLast updated 03/05/2016\n\nNorthmoor Police was inspected by HMIC. Its cells are clean.\n"
)
READ = Metadata(
    "Cells",
    DocumentKind.OTHER,
    "HMIC",
    "Northmoor Police",
    "2016",
    "2016-05-03",
    spans=(("title", (0, 5)), ("date", (6, 9))),
)


def corrected(lines: str) -> Metadata:
    return correct(READ, parse_corrections(f'["a.txt"]\n{lines}', Path(FILE), {"a.txt"})["a.txt"])


def folder(path: Path, corrections: str | None, report: str = REPORT) -> Path:
    (path / "a.txt").write_text(report, encoding="utf-8")
    (path / "b.txt").write_text(report, encoding="utf-8")
    if corrections is not None:
        (path / FILE).write_text(corrections, encoding="utf-8")
    return path


def read(path: Path) -> list[Document]:
    return [read_document(file) for file in list_files(path)[0]]


def test_every_field_can_be_corrected() -> None:
    found = corrected(
        'title = "Clean cells"\npublisher = "Audit Office"\nbodies = ["Withern Constabulary", "Saltby Police"]\n'
        'period = "2017/18"\nfieldwork = [2017-09-04, "2017-10"]\ndate = 2018-02-01\nkind = "inspection report"'
    )
    assert found == Metadata(
        "Clean cells",
        DocumentKind.INSPECTION_REPORT,
        "Audit Office",
        "Withern Constabulary",
        "2017/18",
        "2018-02-01",
        ("Saltby Police",),
        ("2017-09-04", "2017-10"),
        corrected=("bodies", "date", "fieldwork", "kind", "period", "publisher", "title"),
    )


def test_a_corrected_field_has_no_place_in_the_text_and_the_others_keep_theirs() -> None:
    found = corrected('title = "Clean cells"')
    assert (found.span("title"), found.span("date")) == (None, (6, 9))
    assert found.corrected == ("title",)


def test_an_empty_value_says_that_the_document_does_not_state_the_field() -> None:
    found = corrected('publisher = ""\nperiod = ""\ndate = ""\nbodies = []\nfieldwork = []')
    assert (found.publisher, found.period, found.date, found.bodies, found.fieldwork) == (None, None, None, (), None)


def test_a_file_without_an_entry_is_left_as_it_was_read() -> None:
    assert correct(READ, None) is READ


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('colour = "red"', "“a.txt”: colour is unknown; the keys are title, publisher, bodies"),
        ("title = 3", "“a.txt”: title must be words, not 3."),
        ('title = " "', "title must be words"),
        ('bodies = "Northmoor Police"', "bodies must be a list of names"),
        ("bodies = [1]", "bodies must be a list of names"),
        ('period = "May"', "period must be one year or two"),
        ("period = 2016", "period must be one year or two"),
        ('fieldwork = ["2016-05"]', "fieldwork must be the first and the last day or month"),
        ('fieldwork = ["2016-06", "2016-05"]', "fieldwork must be the first and the last day or month"),
        ('date = "3 May 2016"', "date must be a day or month"),
        ('date = "2016-02-30"', "date must be a day or month"),
        ("date = 2016-02-03T10:00:00", "date must be a day or month"),
        (
            'kind = "story"',
            "kind must be one of inspection report, tracker entry, panel paper, digest, response, other",
        ),
    ],
)
def test_an_unknown_key_or_a_wrong_value_is_refused_by_name(line: str, message: str) -> None:
    with pytest.raises(CorrectionsError) as caught:
        corrected(line)
    assert message in str(caught.value)
    assert str(caught.value).startswith("documents.toml: ")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('["c.txt"]\ntitle = "Cells"', "“c.txt” is not a file in the same folder."),
        ('title = "Cells"', "“title” stands outside a file"),
        ("[a.txt", "is not valid TOML"),
    ],
)
def test_an_unknown_file_or_a_torn_list_is_refused(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(CorrectionsError) as caught:
        list_files(folder(tmp_path, source))
    assert message in str(caught.value)


def test_corrections_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    (folder(tmp_path, "") / FILE).write_bytes(b'["a.txt"]\ntitle = "\xff"')
    with pytest.raises(CorrectionsError, match="is not UTF-8"):
        list_files(tmp_path)


def test_the_list_of_corrections_is_no_report(tmp_path: Path) -> None:
    files, problems = list_files(folder(tmp_path, ""))
    assert ([file.path.name for file in files], problems) == (["a.txt", "b.txt"], [])


def test_a_correction_changes_its_document_and_no_other(tmp_path: Path) -> None:
    first, second = read(folder(tmp_path, '["a.txt"]\ntitle = "Clean cells"'))
    assert (first.metadata.title, second.metadata.title) == ("Clean cells", "Northmoor PEEL 2016")


def test_a_corrected_kind_decides_who_speaks(tmp_path: Path) -> None:
    report = "Cells\n\nNorthmoor Police has washed the cells.\n"
    first, second = read(
        folder(tmp_path, '["a.txt"]\nkind = "panel paper"\n["b.txt"]\nkind = "inspection report"', report)
    )
    assert (first.paragraphs[-1].speaker, second.paragraphs[-1].speaker) == (Speaker.BODY, Speaker.INSPECTOR)


def prints(path: Path) -> tuple[str, list[str]]:
    files = list_files(path)[0]
    return fingerprint([(file.path.name, file.sha256) for file in files]), [file.sha256 for file in files]


def test_an_edit_of_the_corrections_changes_the_fingerprint_and_only_the_hash_of_its_file(tmp_path: Path) -> None:
    before, (a, b) = prints(folder(tmp_path, None))
    after, (corrected_a, same_b) = prints(folder(tmp_path, '["a.txt"]\ntitle = "Clean cells"'))
    edited, (edited_a, still_b) = prints(folder(tmp_path, '["a.txt"]\ntitle = "Cleaner cells"'))
    assert len({before, after, edited}) == 3
    assert len({a, corrected_a, edited_a}) == 3
    assert b == same_b == still_b


def test_the_order_of_keys_and_a_comment_change_nothing(tmp_path: Path) -> None:
    one = prints(folder(tmp_path, '["a.txt"]\ntitle = "Cells"\nperiod = "2016"'))
    other = prints(folder(tmp_path, '# by hand\n["a.txt"]\nperiod = "2016"\ntitle = "Cells"'))
    assert one == other


def test_each_folder_has_its_own_corrections(tmp_path: Path) -> None:
    folder(tmp_path, None)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "c.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "old" / FILE).write_text('["c.txt"]\ntitle = "Old cells"', encoding="utf-8")
    assert [each.metadata.title for each in read(tmp_path)][-1] == "Old cells"
