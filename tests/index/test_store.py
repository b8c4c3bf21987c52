"""The index is written whole or not at all, and checked before it is used."""

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, silent, write_northmoor
from filelock import FileLock

from errors import EmptyFolderError, StaleStoreError, StoreDamagedError, StoreMissingError
from index import build as build_module
from index import store as store_module
from index.build import Change, build_store
from index.store import MANIFEST, PARTS, TOKENS, Store, open_store


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_northmoor(tmp_path / "reports")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def build(reports: Path, store: Path, embedder: FakeEmbedder | None = None, fresh: bool = False) -> Change | None:
    return build_store(reports, store, embedder or FakeEmbedder(), silent, fresh)


def current(store: Path) -> Path:
    return store / (store / "current").read_text(encoding="utf-8")


def opened(store: Path) -> Store:
    return open_store(store, FakeEmbedder())


def test_a_new_index_holds_every_citable_paragraph(reports: Path, store: Path) -> None:
    change = build(reports, store)
    assert change is not None and change.added == ("northmoor-2016.md", "northmoor-2021.md")
    found = opened(store)
    citable = {paragraph.id for document in found.documents for paragraph in document.citable()}
    assert {passage.paragraph_id for passage in found.passages} == citable
    assert len(found.vectors) == len(found.passages) == change.passages
    assert found.documents == change.documents


def test_building_again_without_a_change_does_nothing(reports: Path, store: Path) -> None:
    build(reports, store)
    before, embedder = current(store), FakeEmbedder()
    assert build(reports, store, embedder) is None
    assert current(store) == before and not embedder.embedded


def test_fresh_embeds_everything_again(reports: Path, store: Path) -> None:
    first = build(reports, store)
    again = build(reports, store, fresh=True)
    assert first and again and again.embedded == first.embedded > 0


def test_only_the_passages_of_a_changed_file_are_embedded_again(reports: Path, store: Path) -> None:
    build(reports, store)
    file = reports / "northmoor-2016.md"
    file.write_text(file.read_text(encoding="utf-8").replace("14 officers", "15 officers"), encoding="utf-8")
    embedder = FakeEmbedder()
    change = build(reports, store, embedder)
    assert change is not None and (change.added, change.changed, change.removed) == ((), ("northmoor-2016.md",), ())
    assert change.embedded == len(embedder.embedded) == 2  # the window and the sentence with the number
    assert all("15 officers" in text for text in embedder.embedded)


def test_vectors_taken_over_are_those_a_fresh_build_makes(reports: Path, store: Path) -> None:
    build(reports, store)
    (reports / "aardvark.md").write_text("# A note on aardvarks\n\nNo aardvark was inspected here.\n", encoding="utf-8")
    build(reports, store)
    grown = opened(store)
    build(reports, store.parent / "other")
    fresh = opened(store.parent / "other")
    assert grown.passages == fresh.passages
    assert np.allclose(grown.vectors.vectors, fresh.vectors.vectors, atol=1e-6)
    numbers = range(len(fresh.windows))
    assert all(np.array_equal(grown.tokens.of_window(n), fresh.tokens.of_window(n)) for n in numbers)


def test_a_deleted_file_is_dropped(reports: Path, store: Path) -> None:
    build(reports, store)
    (reports / "northmoor-2016.md").unlink()
    change = build(reports, store)
    assert change is not None and (change.removed, change.embedded) == (("northmoor-2016.md",), 0)
    assert [document.id for document in opened(store).documents] == ["northmoor-2021"]


def test_a_missing_index_is_reported_with_the_command_that_builds_it(store: Path) -> None:
    with pytest.raises(StoreMissingError, match=f"python -m index FOLDER --store {store}"):
        opened(store)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_with_one_changed_byte_is_refused_with_the_command_that_rebuilds(
    reports: Path, store: Path, part: str
) -> None:
    build(reports, store)
    file = current(store) / part
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(StoreDamagedError, match=f"part {part} is missing or was changed.*python -m index .* --fresh"):
        opened(store)
    assert build(reports, store) is not None
    assert opened(store).documents


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part_is_refused(reports: Path, store: Path, part: str) -> None:
    build(reports, store)
    (current(store) / part).unlink()
    with pytest.raises(StoreDamagedError, match=part):
        opened(store)


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"format_version": 1}', "not json", '{"format_version": 1, "parts": 3}', "\\ud800"]
)
def test_a_manifest_that_makes_no_sense_is_refused(reports: Path, store: Path, manifest: str) -> None:
    build(reports, store)
    (current(store) / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(StoreDamagedError, match="manifest"):
        opened(store)


def change_manifest(store: Path, **values: object) -> None:
    file = current(store) / MANIFEST
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **values}), encoding="utf-8")


def test_another_format_is_refused(reports: Path, store: Path) -> None:
    build(reports, store)
    change_manifest(store, format_version=999)
    with pytest.raises(StoreDamagedError, match="its format is 999, and this program writes 1"):
        opened(store)


def test_a_manifest_without_a_part_is_refused(reports: Path, store: Path) -> None:
    build(reports, store)
    change_manifest(store, parts=[])
    with pytest.raises(StoreDamagedError, match="does not name the parts"):
        opened(store)


def test_an_index_of_another_model_is_refused_and_built_anew(reports: Path, store: Path) -> None:
    build(reports, store)
    other = FakeEmbedder("other-words")
    with pytest.raises(StaleStoreError, match="built with the model fake-words, and other-words is in use"):
        open_store(store, other)
    with pytest.raises(StaleStoreError):
        open_store(store, FakeEmbedder(sha256="1" * 64))
    change = build(reports, store, other)
    assert change is not None and change.embedded > 2
    assert open_store(store, other).documents


def test_an_index_made_by_other_reading_code_is_stale_and_read_again(
    reports: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(reports, store)
    for module in (store_module, build_module):
        monkeypatch.setattr(module, "reader_version", lambda: "another")
    with pytest.raises(StaleStoreError, match=f"reads documents differently.*python -m index {reports}"):
        opened(store)
    change = build(reports, store)
    assert change is not None and change.embedded == 0  # the same text, so the same vectors
    assert opened(store).manifest.reader == "another"


@pytest.mark.parametrize("act", ["change", "add", "remove", "rename"])
def test_an_index_is_stale_once_a_file_of_its_folder_is_not_what_it_was(reports: Path, store: Path, act: str) -> None:
    build(reports, store)
    file = reports / "northmoor-2016.md"
    match act:
        case "change":
            file.write_text(file.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
        case "add":
            shutil.copy(file, reports / "another.md")
        case "remove":
            file.unlink()
        case "rename":
            file.rename(reports / "renamed.md")
    with pytest.raises(StaleStoreError, match=f"the files in {reports} have changed since"):
        opened(store)
    assert open_store(store, FakeEmbedder(), check_folder=False).documents


def test_an_index_may_be_used_where_its_folder_is_not(reports: Path, store: Path) -> None:
    build(reports, store)
    shutil.rmtree(reports)
    assert len(opened(store).documents) == 2


class Unplugged(FakeEmbedder):
    def embed_tokens(self, texts: object) -> list[object]:  # type: ignore[override]  # it never returns
        raise KeyboardInterrupt


def test_a_build_that_is_broken_off_leaves_the_old_index_in_use(
    reports: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(reports, store)
    before = current(store)
    (reports / "new.md").write_text("# A new note\n\nIt has a paragraph of its own.\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        build(reports, store, Unplugged())
    monkeypatch.setattr(build_module, "_publish", lambda *parts: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        build(reports, store)
    assert current(store) == before
    assert [path for path in store.glob("build-*") if path != before] == []
    assert len(open_store(store, FakeEmbedder(), check_folder=False).documents) == 2


def test_what_a_killed_run_left_behind_is_not_read_and_is_cleaned_by_the_next(reports: Path, store: Path) -> None:
    build(reports, store)
    leftover = store / "build-000000000000"
    shutil.copytree(current(store), leftover)
    (leftover / MANIFEST).unlink()
    assert len(opened(store).documents) == 2
    (reports / "new.md").write_text("# A new note\n\nIt has a paragraph of its own.\n", encoding="utf-8")
    build(reports, store)
    assert not leftover.exists()
    assert len(opened(store).documents) == 3


def test_a_pointer_out_of_the_store_is_not_followed(reports: Path, store: Path) -> None:
    build(reports, store)
    shutil.move(current(store), store.parent / "build-elsewhere")
    (store / "current").write_text("build-x/../../build-elsewhere", encoding="utf-8")
    with pytest.raises(StoreMissingError):
        opened(store)


def test_a_second_writer_is_refused_while_one_is_at_work(reports: Path, store: Path) -> None:
    store.mkdir()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with FileLock(store / "lock"):
            held.set()
            done.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    with pytest.raises(StoreDamagedError, match="another run is writing"):
        build(reports, store)
    done.set()
    other.join()
    assert build(reports, store) is not None


def test_a_reader_keeps_its_index_while_a_new_one_is_published(reports: Path, store: Path) -> None:
    build(reports, store)
    reading = opened(store)
    (reports / "northmoor-2016.md").unlink()
    build(reports, store)
    assert reading.lexical.search(["burglary"], 3)
    assert len(reading.tokens.of_window(0))


def test_a_store_holds_no_pickle(reports: Path, store: Path) -> None:
    build(reports, store)
    assert {path.name for path in current(store).iterdir()} == {MANIFEST, *PARTS}
    assert np.load(current(store) / TOKENS, allow_pickle=False).dtype == np.int8
    assert all(path.suffix not in {".pkl", ".pickle", ".joblib"} for path in store.rglob("*"))


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_indexed(reports: Path, store: Path) -> None:
    (reports / "broken.pdf").write_bytes(b"this is no PDF")
    (reports / "photo.jpg").write_bytes(b"\xff\xd8")
    (reports / "empty.txt").write_bytes(b"")
    change = build(reports, store)
    assert change is not None and len(change.documents) == 2
    assert sorted(error.path.name for error in change.unreadable) == ["broken.pdf", "empty.txt", "photo.jpg"]
    assert len(opened(store).documents) == 2
    assert build(reports, store) is None  # they are known, and nothing has changed


def test_two_files_of_one_name_are_not_mixed_up(reports: Path, store: Path) -> None:
    (reports / "old").mkdir()
    shutil.copy(reports / "northmoor-2021.md", reports / "old" / "northmoor-2016.md")
    change = build(reports, store)
    assert change is not None and not change.unreadable
    assert {document.id for document in opened(store).documents} == {
        "northmoor-2016",
        "northmoor-2021",
        "old-northmoor-2016",
    }
    shutil.rmtree(reports / "old")
    again = build(reports, store)
    assert again is not None and again.removed == ("old/northmoor-2016.md",)
    assert len(opened(store).documents) == 2


def test_a_file_that_is_gone_and_one_with_its_content_elsewhere_are_told_apart(reports: Path, store: Path) -> None:
    build(reports, store)
    (reports / "older").mkdir()
    (reports / "northmoor-2016.md").rename(reports / "older" / "northmoor-2016.md")
    change = build(reports, store)
    assert change is not None
    assert (change.added, change.removed, change.embedded) == (("older/northmoor-2016.md",), ("northmoor-2016.md",), 0)


@pytest.mark.parametrize("left", ["nothing", "rubbish", "no folder"])
def test_an_empty_folder_is_an_error_and_the_old_index_stays(reports: Path, store: Path, left: str) -> None:
    build(reports, store)
    shutil.rmtree(reports)
    if left != "no folder":
        reports.mkdir()
    if left == "rubbish":
        (reports / "broken.pdf").write_bytes(b"this is no PDF")
    with pytest.raises(EmptyFolderError, match=r"Put \.txt, \.md, \.html, \.pdf or \.docx reports into it"):
        build(reports, store)
    assert len(open_store(store, FakeEmbedder(), check_folder=False).documents) == 2


def test_a_correction_makes_the_index_stale_and_its_one_document_is_read_again(reports: Path, store: Path) -> None:
    build(reports, store)
    (reports / "documents.toml").write_text('["northmoor-2016.md"]\npublisher = "Audit Office"', encoding="utf-8")
    with pytest.raises(StaleStoreError):
        opened(store)
    change = build(reports, store)
    assert change is not None and change.changed == ("northmoor-2016.md",) and change.embedded == 0
    assert next(iter(opened(store).documents)).metadata.publisher == "Audit Office"
