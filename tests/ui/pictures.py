"""The pictures under docs/, taken anew: `PYTHONPATH=. python tests/ui/pictures.py docs --store .store` (from the sample documents).

Owns which state is photographed at which size. Leaves how one comes to a state to `states`. Look at each before it is
committed: a picture is how the page is shown to people who decide whether to try it.
"""

import argparse
import io
import sys
from dataclasses import dataclass
from pathlib import Path

from browsing import PASSWORD, Visitor, chromium, served
from PIL import Image
from playwright.sync_api import Browser
from states import STATES, Words

from ui.accounts import Role, add_account

WORDS = Words(
    "How was serious and organised crime graded in 2015 and 2017?",
    "How many helicopters does the force have?",
    "organised crime intelligence",
)
COLOURS = 128  # of a picture's palette; text stays sharp, and a picture takes some 60 kB


@dataclass(frozen=True)
class Picture:
    name: str
    state: str
    width: int = 1280
    height: int = 1000
    scheme: str = "light"
    whole: bool = False  # the page to its end, not only what the window shows
    at: str = ""  # what stands at the head of the window


PICTURES = (
    Picture("ask", "source_open", at="body"),
    Picture("ask-first", "first_sight", height=860),
    Picture("ask-refusal", "refusal", at="body"),
    Picture("ask-second", "second_question", at=".desk-earlier"),
    Picture("ask-verdict", "verdict_form", at=".desk-actions", height=560),
    Picture("ask-link", "link_made", height=800),
    Picture("ask-phone-dark", "source_open", 360, 760, "dark", at=".desk-turn"),
    Picture("ask-wide-dark", "source_open", 1920, 1080, "dark", at="body"),
    Picture("evidence", "basket_full", at="body"),
    Picture("evidence-phone", "basket_full", 360, 760, at=".desk-basket"),
    Picture("progress", "grades"),
    Picture("progress-ledger", "entry_open", at=".desk-issuer:has(.desk-point details[open])"),
    Picture("progress-phone", "grades", 360, 760, at="#tab-progress h2"),
    Picture("progress-ledger-phone", "grades", 360, 900, at="#tab-progress .desk-timeline"),
    Picture("reports", "reports"),
    Picture("reports-reading", "reading"),
    Picture("reports-reading-tablet-dark", "reading", 768, 1000, "dark"),
    Picture("quality", "quality", height=1200),
    Picture("quality-phone", "quality", 360, 760),
)


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> None:
    visitor = Visitor(browser, address, picture.width, picture.scheme)
    visitor.page.set_viewport_size({"width": picture.width, "height": picture.height})
    STATES[picture.state](visitor, WORDS)
    if picture.at:
        visitor.page.locator(picture.at).first.evaluate("each => each.scrollIntoView({ block: 'start' })")
    keep(visitor, folder / f"{picture.name}.png", whole=picture.whole)
    visitor.leave()


def keep(visitor: Visitor, file: Path, *, whole: bool = False) -> None:
    visitor.page.wait_for_timeout(600)  # scrolling has ended
    taken = Image.open(io.BytesIO(visitor.page.screenshot(full_page=whole)))
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file}: {file.stat().st_size // 1000} kB")


def take_editors(browser: Browser, address: str, folder: Path) -> None:
    """The sign-in page, and what somebody sees who may change the documents."""
    editor = Visitor(browser, address, signs_in=("an-editor", PASSWORD))
    editor.page.set_viewport_size({"width": 1280, "height": 900})
    editor.tab("reports")
    editor.page.locator("[data-upload]").wait_for()
    keep(editor, folder / "reports-editor.png")
    scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"no PDF at all"}
    editor.page.set_input_files("#reports-file", scan)
    editor.click("text=Add it")
    editor.page.wait_for_function("document.querySelector('[data-upload-news]').textContent.startsWith('scan.pdf:')")
    keep(editor, folder / "reports-upload-refused.png")
    editor.page.set_viewport_size({"width": 1280, "height": 560})
    editor.page.goto(f"{address}login")
    keep(editor, folder / "sign-in.png")
    editor.leave()


def take_briefing(browser: Browser, address: str, folder: Path) -> None:
    """The briefing that the page makes of an answer, as its reader opens it."""
    visitor = Visitor(browser, address)
    visitor.ask(WORDS.question)
    visitor.page.set_content(visitor.download("[data-send=brief-html]").decode())
    visitor.page.set_viewport_size({"width": 1000, "height": 1000})
    visitor.page.evaluate("scrollTo(0, 0)")
    keep(visitor, folder / "briefing.png")
    visitor.leave()


def main() -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the page anew.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    given = parser.parse_args()
    chosen = [each for each in PICTURES if not given.only or each.name in given.only]
    with chromium() as browser:
        with served(given.store) as address:
            for picture in chosen:
                take(browser, address, picture, given.folder)
            if not given.only or "briefing" in given.only:
                take_briefing(browser, address, given.folder)
        if not given.only or "editor" in given.only:
            accounts = given.store / "picture-accounts.toml"
            add_account(accounts, "an-editor", Role.EDITOR, PASSWORD)
            with served(given.store, accounts=accounts) as address:
                take_editors(browser, address, given.folder)
            accounts.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
