"""What the tests of the page share: one browser, and one program over the two invented reports, for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import chromium, served
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def address(northmoor_store: Path) -> Iterator[str]:
    """Of the program over the two invented reports. What a test asks of it stays in its audit log and review queue."""
    with served(northmoor_store) as found:
        yield found
