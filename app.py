"""`python app.py --store DIR --port N`: the page for panel members, and its API.

Owns the command line and the order of starting. Leaves every decision to the modules it calls.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from errors import AssistantError
from settings import Settings

OFFLINE = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 stopped with Ctrl-C; 2 the index, a setting or the command line is wrong."""
    given = _parser().parse_args(arguments)
    os.environ.update(OFFLINE)
    from ui.desk import live_desk
    from ui.site import build_site, serve  # Gradio reads the environment when it is imported

    try:
        settings = Settings.load()
        settings = replace(settings, port=given.port or settings.port, reranker=given.reranker or settings.reranker)
        print("Opening the index…", flush=True)
        site = build_site(live_desk(given.store, settings), settings)
        serve(site, settings, given.browser, _announce)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    print("\nEvidence Desk has stopped.")
    return 0


def _announce(address: str) -> None:
    print(f"Evidence Desk is at {address} (stop it with Ctrl-C)", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python app.py", description="Ask questions about the indexed reports.")
    parser.add_argument("--store", type=Path, default=Path(".store"), help="folder of the index (default: .store)")
    parser.add_argument("--port", type=int, help="port on this computer (default: the settings', which is 7860)")
    parser.add_argument(
        "--reranker", help="path or cached name of a cross-encoder (default: the settings', which is none)"
    )
    browser = argparse.BooleanOptionalAction
    parser.add_argument("--browser", action=browser, default=False, help="open the page in a browser (default: no)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
