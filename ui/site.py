"""The page, the API, the tools and the checks around them as one application, and how it is served.

Owns the order of the parts, and where the program may listen. Leaves each part to its module.
"""

import errno
import logging
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from errors import AssistantError, InputError, SettingsError
from settings import Settings
from ui.accounts import Accounts
from ui.api import Turnstile, api_routes, explained, service_routes
from ui.audit import FILE, Audit
from ui.desk import Desk
from ui.gate import Gate, is_loopback
from ui.guard import Guard
from ui.login import login_routes
from ui.metrics import Metrics
from ui.page import SCRIPT, build_page, mount
from ui.sessions import Sessions
from ui.watched import WatchedDesk

ABOUT = "Questions about public inspection reports, answered with the paragraph that proves each sentence."
GOODBYE = 2  # seconds that open pages are given when the program stops; they only wait for news
KEPT_ALIVE = (
    75  # seconds; with the usual 5, a reader who asks every 5 s can meet the moment at which a connection is closed
)


def sessions_of(settings: Settings) -> Sessions | None:
    """Who may sign in, as the settings say; None where everybody at this computer may read.

    Raises:
        AccountsError: the file of accounts cannot be used.
        SettingsError: others would reach the page without accounts, or passwords would travel in the clear.
    """
    if not is_loopback(settings.host):
        if not settings.accounts:
            command = "python -m ui.accounts add NAME --role reader"
            raise SettingsError(
                "host",
                f"{settings.host} lets others reach the page, so accounts are needed: {command}; then set accounts.",
            )
        if not settings.certificate:
            raise SettingsError(
                "host",
                f"{settings.host} lets others reach the page, and passwords would travel in the clear. Set certificate, or "
                "leave host as it is and put a proxy with HTTPS in front.",
            )
    if not settings.accounts:
        return None
    return Sessions(Accounts(Path(settings.accounts)), settings.session_hours * 3600)


def build_site(desk: Desk, settings: Settings) -> FastAPI:
    """The whole application over `desk`, not yet served.

    Raises:
        AssistantError: accounts, settings or the audit log will not do.
    """
    sessions = sessions_of(settings)
    audit = Audit(desk.folder / FILE, settings.audit_megabytes) if settings.audit_megabytes else None
    metrics = Metrics(
        lambda: len(desk.documents),
        lambda: len(desk.shelf.places),
        lambda: sessions.failed if sessions else 0,
    )
    watched = WatchedDesk(desk, metrics, audit)
    turnstile = Turnstile()
    app = FastAPI(title="Evidence Desk", description=ABOUT, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(AssistantError, explained)
    app.include_router(api_routes(watched, turnstile))
    app.include_router(service_routes(app, watched, metrics))
    if sessions:
        app.include_router(login_routes(sessions))
    mount(build_page(watched, turnstile), app)
    app.add_middleware(Gate, sessions=sessions)
    app.add_middleware(Guard, scripts=(SCRIPT.read_text(encoding="utf-8"),))  # outermost, so that refusals have headers
    return app


def serve(app: FastAPI, settings: Settings, opens_browser: bool, announce: Callable[[str], None]) -> None:
    """The application answers until it is interrupted. `announce` is given its address as soon as it can be reached.

    Raises:
        InputError: another program has the port, or this computer does not have the address.
        SettingsError: the certificate cannot be used.
    """
    listening = _listen(settings.host, settings.port)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        timeout_keep_alive=KEPT_ALIVE,
        timeout_graceful_shutdown=GOODBYE,
        ssl_certfile=settings.certificate or None,
    )
    try:
        config.load()
    except OSError as problem:  # ssl.SSLError is one
        listening.close()
        raise SettingsError("certificate", f"{settings.certificate} cannot be used ({problem}).") from None
    scheme = "https" if settings.certificate else "http"
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"{scheme}://{shown}:{settings.port}/"
    server = uvicorn.Server(config)

    def greet() -> None:
        # Not before: an interrupt that comes while the server still starts would end in a traceback.
        while not server.started:
            time.sleep(0.02)
        announce(address)
        if opens_browser:
            webbrowser.open(address)

    threading.Thread(target=greet, daemon=True).start()
    # Pages that are open when it stops are cut off, which uvicorn reports with a traceback; to the person it is no fault.
    logging.getLogger("uvicorn.error").addFilter(lambda _: not server.should_exit)
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise InputError(f"Address {host}", "is not one of this computer's. Correct the setting “host”.") from error
        problem = "is taken by another program. Close that program, or choose another port:"
        raise InputError(f"Port {port}", f"{problem} python app.py --port {port + 1}") from error
