"""What all tests share: the repository on the path, the real embedding model loaded once, and two invented reports."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from fakes import silent, write_northmoor  # noqa: E402  # fakes imports the packages that the line above makes findable

from assistant import Assistant, open_assistant  # noqa: E402
from index import build, store  # noqa: E402
from index.build import build_store  # noqa: E402
from index.embedder import MiniLM  # noqa: E402
from settings import Settings  # noqa: E402

# A deadline in milliseconds says more about a shared computer than about the code.
settings.register_profile("evidence-desk", deadline=None)
settings.load_profile("evidence-desk")


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> Iterator[None]:
    """EVIDENCE_DESK_* of the developer's own shell must not reach the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for key in list(os.environ):
            if key.startswith("EVIDENCE_DESK_"):
                patch.delenv(key)
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_reader_version() -> Iterator[None]:
    """An editor that saves a file of `ingest` while the tests run must not make their indexes out of date."""
    version = store.reader_version()
    with pytest.MonkeyPatch.context() as patch:
        for module in (store, build):
            patch.setattr(module, "reader_version", lambda: version)
        yield


@pytest.fixture(scope="session")
def model() -> MiniLM:
    """The real embedding model; it loads at the first use, once for the whole run."""
    return MiniLM()


@pytest.fixture(scope="session")
def northmoor_store(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Path:
    """An index of the two invented reports, built with the real model. Read it, do not write to it."""
    folder = write_northmoor(tmp_path_factory.mktemp("northmoor") / "reports")
    build_store(folder, folder.parent / "store", model, silent)
    return folder.parent / "store"


@pytest.fixture(scope="session")
def northmoor(northmoor_store: Path, model: MiniLM) -> Assistant:
    """The assistant over that index, without a chat model."""
    return open_assistant(northmoor_store, Settings(), model)


@pytest.fixture(scope="session")
def assistant_on(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Callable[[Mapping[str, str]], Assistant]:
    """Indexes invented files, given as name -> text, with the real model and opens them; once for each set of files."""
    opened: dict[tuple[tuple[str, str], ...], Assistant] = {}

    def of(files: Mapping[str, str]) -> Assistant:
        key = tuple(files.items())
        if key not in opened:
            folder = tmp_path_factory.mktemp("invented") / "reports"
            folder.mkdir()
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8")
            build_store(folder, folder.parent / "store", model, silent)
            opened[key] = open_assistant(folder.parent / "store", Settings(), model)
        return opened[key]

    return of
