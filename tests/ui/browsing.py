"""A real browser on the real page: the program in a process of its own over the two invented reports, and Chromium."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fake_desk import ROOT, free_port
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)")
PASSWORD = "correct horse battery"  # of every account in these tests
PATIENCE = 30_000  # milliseconds; a shared computer is slow at times


@contextmanager
def served(store: Path, **settings: object) -> Iterator[str]:
    """The address of `python app.py --store STORE` with these settings, until the block ends."""
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("EVIDENCE_DESK_")}
    environment |= {f"EVIDENCE_DESK_{name.upper()}": str(value) for name, value in settings.items()}
    command = [sys.executable, str(ROOT / "app.py"), "--store", str(store), "--port", str(port)]
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("Evidence Desk is at"):
                break
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=en-GB"])
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Somebody at the page. Counts what they do, and keeps what the browser complains of and whom it asks."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        width: int = 1280,
        scheme: str = "light",
        signs_in: tuple[str, str] | None = None,
    ) -> None:
        viewport = {"width": width, "height": 800}
        self._browser = browser
        self._context = browser.new_context(
            viewport=viewport, color_scheme=scheme, locale="en-GB", reduced_motion="reduce", accept_downloads=True
        )  # type: ignore[arg-type]  # Playwright wants literals
        self._context.set_default_timeout(PATIENCE)
        self.address = address
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.actions = 0
        self.page = self._context.new_page()
        self.page.on("console", lambda said: self._complain(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("request", self._note)
        if signs_in:
            self._sign_in(*signs_in)
        self.open("")

    def _sign_in(self, name: str, password: str) -> None:
        self.page.goto(self.address)
        self.page.fill("#name", name)
        self.page.fill("#password", password)
        self.page.press("#password", "Enter")
        self.page.get_by_text(f"Signed in as {name}").wait_for()

    def _note(self, request) -> None:  # type: ignore[no-untyped-def]  # Playwright's own type is not exported
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.strangers.append(request.url)

    def _complain(self, words: str) -> None:
        """Gradio's own script says that its stream was cut when a page is left; that is no fault of this page."""
        if "AbortError" not in words and "errored out" not in words:
            self.complaints.append(words)

    def open(self, query: str) -> Page:
        self.page.goto(self.address + query)
        self.page.wait_for_selector(".desk-nav [aria-current]")
        self.page.wait_for_selector(".desk-basket", state="attached")  # arrives when the browser's memory was read
        return self.page

    def tab(self, name: str) -> None:
        self.actions += 1
        self.page.click(f".desk-nav a[data-tab={name}]")

    def click(self, what: str) -> None:
        self.actions += 1
        self.page.locator(what).locator("visible=true").first.click()

    def choose(self, what: str, value: str) -> None:
        self.actions += 1
        self.page.select_option(what, value)

    def type(self, what: str, words: str) -> None:
        self.actions += 1
        self.page.fill(what, words)

    def ask(self, question: str) -> None:
        """Type a question and press Enter: two actions."""
        self.type("#ask-question", question)
        self.actions += 1
        self.page.evaluate("document.querySelectorAll('.desk-turn').forEach((turn) => { turn.dataset.before = ''; })")
        self.page.press("#ask-question", "Enter")
        self.page.wait_for_function(
            "words => [...document.querySelectorAll('.desk-turn:not([data-before])')].some((turn) =>"
            " turn.querySelector('.desk-question').textContent === words && turn.querySelector('.desk-actions'))",
            arg=question,
        )

    def download(self, what: str) -> bytes:
        """Click, and the bytes of the file that comes of it."""
        self.actions += 1
        with self.page.expect_download() as coming:
            self.page.locator(what).locator("visible=true").first.click()
        path = coming.value.path()
        return Path(path).read_bytes()

    def shown(self, what: str) -> str:
        """The visible text of the first element that fits."""
        return self.page.locator(what).locator("visible=true").first.inner_text()

    def see(self, words: str) -> None:
        """Wait until the words can be read."""
        self.page.get_by_text(words).locator("visible=true").first.wait_for()

    def may_read_the_clipboard(self) -> None:
        self._context.grant_permissions(["clipboard-read", "clipboard-write"])

    def forget_the_session(self) -> None:
        """As when it has ended: the browser is no longer known."""
        self._context.clear_cookies()

    def somebody_else(self) -> "Visitor":
        """Another person, in a browser that knows nothing of this one."""
        return Visitor(self._browser, self.address)

    def leave(self) -> None:
        self._context.close()


def seconds_since(start: float) -> float:
    return time.monotonic() - start
