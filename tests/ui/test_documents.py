from pathlib import Path

import pytest
from fake_desk import FakeDesk
from fakes import silent, write_northmoor

from assistant import open_assistant
from errors import AssistantError, InputError, StoreDamagedError, UnreadableFileError
from index.build import Change, build_store
from index.embedder import MiniLM
from settings import Settings
from ui.desk import LiveDesk, Report
from ui.documents import LARGEST, REMOVED, add_file, changed_words, changing, remove_file
from ui.reports import changed, list_html

REPORT = b"# PEEL 2023: Northmoor Police\n\nThe force answers calls sooner than it did, and it records why.\n"


def test_a_readable_file_stands_in_the_folder(tmp_path: Path) -> None:
    add_file(tmp_path, "peel-2023.md", REPORT)
    assert (tmp_path / "peel-2023.md").read_bytes() == REPORT


@pytest.mark.parametrize(
    "name", ["../x.md", "a/b.md", ".hidden.md", "x.exe", "x", "README.md", "", "documents.toml", "a\x00.md", "x.md\n"]
)
def test_a_name_that_leads_elsewhere_or_is_no_report_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        add_file(tmp_path, name, REPORT)
    assert not list(tmp_path.rglob("*.md"))


def test_what_cannot_be_read_never_reaches_the_folder(tmp_path: Path) -> None:
    for content in (b"", b"x" * (LARGEST + 1)):
        with pytest.raises(InputError):
            add_file(tmp_path, "peel.txt", content)
    with pytest.raises(UnreadableFileError):
        add_file(tmp_path, "peel.pdf", b"no PDF at all")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_of_the_same_name_is_put_aside_and_not_lost(tmp_path: Path) -> None:
    add_file(tmp_path, "peel.md", REPORT)
    add_file(tmp_path, "peel.md", REPORT + b"More was found later.\n")
    (kept,) = (tmp_path / REMOVED).iterdir()
    assert kept.read_bytes() == REPORT


def test_taking_a_file_out_keeps_it_and_the_last_one_stays(tmp_path: Path) -> None:
    add_file(tmp_path, "one.md", REPORT)
    add_file(tmp_path, "two.md", REPORT)
    remove_file(tmp_path, "one.md")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["two.md"]
    assert [path.read_bytes() for path in (tmp_path / REMOVED).iterdir()] == [REPORT]
    for name in ("one.md", "two.md", "../two.md"):
        with pytest.raises(InputError):
            remove_file(tmp_path, name)


def test_progress_is_told_as_it_goes_on_and_errors_end_it(tmp_path: Path) -> None:
    done = Change(tmp_path, (), ("peel.md",), (), ("old.md",), (), 12, 1_340)

    def works(report: Report) -> Change | None:
        report("embedding", 1, 2)
        return done

    def fails(report: Report) -> Change | None:
        raise StoreDamagedError(tmp_path, "another run is writing to it now")

    assert list(changing(works)) == [("embedding: 1 of 2", None), ("", done)]
    assert list(changing(lambda report: None)) == [("Nothing had changed.", None)]
    with pytest.raises(AssistantError):
        list(changing(fails))
    assert changed_words(done) == "Done: added peel.md; removed old.md. Answers use it from now on."


def test_a_mistake_is_told_on_the_page(tmp_path: Path) -> None:
    desk = FakeDesk(folder=tmp_path)
    assert list(changed(desk, "nowhere.md")) == ["nowhere.md: is not in the folder. Reload the page to see what is."]
    assert list(changed(desk, "")) == ["embedding: 1 of 1", "Nothing had changed."]


def test_only_an_editor_is_offered_to_take_a_document_out() -> None:
    assert "Take northmoor-2015.pdf out" in list_html(FakeDesk(), may_edit=True)
    assert "Take northmoor-2015.pdf out" not in list_html(FakeDesk(), may_edit=False)
    assert "&lt;Northmoor&gt;" in list_html(FakeDesk(), may_edit=False)


def test_the_desk_answers_from_a_document_as_soon_as_the_index_has_it_and_keeps_the_old_index_when_nothing_can_be_read(
    tmp_path: Path, model: MiniLM
) -> None:
    folder, store = write_northmoor(tmp_path / "reports"), tmp_path / "store"
    build_store(folder, store, model, silent)
    desk = LiveDesk(
        lambda: open_assistant(store, Settings(), model), lambda where, report: build_store(where, store, model, report)
    )
    before = desk.fingerprint
    assert desk.update(silent) is None
    add_file(desk.reports_folder, "peel-2023.md", REPORT)
    told = list(changed(desk, ""))
    assert told[-1].startswith("Done: added peel-2023.md.")
    assert desk.fingerprint != before
    assert "peel-2023" in desk.shelf.by_id
    assert list(changed(desk, "peel-2023.md"))[-1].startswith("Done: removed peel-2023.md.")
    assert desk.fingerprint == before
