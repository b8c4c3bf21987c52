"""What the tests of the page share: one browser, and over the two invented reports two programs, for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import PASSWORD, chromium, served
from fakes import silent, write_northmoor
from panel import CONCERN, TRACKER
from playwright.sync_api import Browser

from index.build import build_store
from index.embedder import MiniLM
from ui.accounts import Role, add_account


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def address(northmoor_store: Path) -> Iterator[str]:
    """Of the program over the two invented reports. What a test asks of it stays in its audit log and review queue."""
    with served(northmoor_store) as found:
        yield found


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of reports of `with_accounts`. Whoever changes it leaves it as it was."""
    return write_northmoor(tmp_path_factory.mktemp("edited") / "reports")


@pytest.fixture(scope="session")
def with_accounts(edited: Path, model: MiniLM) -> Iterator[str]:
    """Address of a program with an account for each role: "the-reader", "the-editor", "the-evaluator"."""
    accounts, store = edited.parent / "accounts.toml", edited.parent / "store"
    for role in Role:
        add_account(accounts, f"the-{role}", role, PASSWORD)
    build_store(edited, store, model, silent)
    with served(store, accounts=accounts) as found:
        yield found


@pytest.fixture(scope="session")
def panel_store(tmp_path_factory: pytest.TempPathFactory, model: MiniLM) -> Path:
    """Index of the two reports, a third with a cause of concern, and the tracker of that concern."""
    folder = write_northmoor(tmp_path_factory.mktemp("panel") / "reports")
    (folder / "northmoor-2018.md").write_text(CONCERN, encoding="utf-8")
    (folder / "tracker-2018.txt").write_text(TRACKER, encoding="utf-8")
    build_store(folder, folder.parent / "store", model, silent)
    return folder.parent / "store"


@pytest.fixture(scope="session")
def panel(panel_store: Path) -> Iterator[str]:
    """Address of the program over it."""
    with served(panel_store) as found:
        yield found
