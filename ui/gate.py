"""Whom a request comes from, and whether it may pass.

Owns the checks before anything answers: the address it was sent to, where it was sent from, and who is signed in. Leaves
sessions to `sessions`, the sign-in page to `login`, and what a role may do to whoever does it.
"""

import base64
import binascii
import ipaddress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote, urlsplit

import gradio as gr
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.sessions import Sessions, TooMany, Visitor

COOKIE = "evidence-desk-session"
OPEN_TO_ALL = ("/login", "/healthz", "/favicon.ico")
_SIGNING = {"/login", "/logout"}
_VISITOR = "evidence_desk.visitor"
_READS = {"GET", "HEAD", "OPTIONS"}
_ANYBODY = Visitor()


class Gate:
    """Around everything. Without `sessions` everybody at this computer may read; with them only who is signed in."""

    def __init__(self, app: ASGIApp, sessions: Sessions | None) -> None:
        self.app, self.sessions = app, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # the page has no use for web sockets
        refused = self._refused(scope) or await self._known(scope)
        await (refused or self.app)(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.sessions is None and not is_loopback(urlsplit(f"//{host}").hostname or ""):
            # A name of somebody else's that leads here (DNS rebinding), or a proxy that would open the page to others.
            return PlainTextResponse("Without accounts, Evidence Desk answers only to localhost and 127.0.0.1.", 403)
        if self.sessions is None and scope["path"].rstrip("/") in _SIGNING:
            return PlainTextResponse("There are no accounts here.", 404)  # Gradio would answer in its own way
        if scope["method"] not in _READS and is_from_elsewhere(headers):
            return PlainTextResponse("This was sent by a page of another site.", 403)
        return None

    async def _known(self, scope: Scope) -> Response | None:
        """Notes the visitor in the scope; the response to send instead when nobody is signed in."""
        if self.sessions is None:
            scope[_VISITOR] = _ANYBODY
            return None
        found = await self._visitor(self.sessions, scope)
        if isinstance(found, Visitor):
            scope[_VISITOR] = found
            return None
        if scope["path"] in OPEN_TO_ALL:
            return None
        if isinstance(found, TooMany):
            return JSONResponse(
                {"detail": "Too many failed attempts."}, 429, headers={"Retry-After": str(found.seconds)}
            )
        headers = Headers(scope=scope)
        if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            query = scope["query_string"].decode("latin-1")
            wanted = scope["path"] + (f"?{query}" if query else "")
            return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)
        return JSONResponse({"detail": "Sign in first: at /login, or with name and password (HTTP Basic)."}, 401)

    async def _visitor(self, sessions: Sessions, scope: Scope) -> Visitor | TooMany | None:
        headers = Headers(scope=scope)
        token = session_token(headers)
        if token:
            return sessions.visitor(token)
        given = _basic(headers.get("authorization", ""))
        if given is None:
            return None
        return await run_in_threadpool(sessions.visitor_with, *given, client_address(scope))


def visitor_of(request: Any) -> Visitor:
    """Who sent the request, be it Gradio's or Starlette's; for a request that did not come through the gate, nobody
    who may do more than read."""
    starlette = request.request if isinstance(request, gr.Request) else request
    scope = getattr(starlette, "scope", None)
    found = scope.get(_VISITOR) if isinstance(scope, dict) else None
    return found if isinstance(found, Visitor) else _ANYBODY


def session_token(headers: Headers) -> str:
    """The token in the cookie; empty when there is none."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def client_address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def is_loopback(host: str) -> bool:
    """Whether the name or address is this computer's own."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that a page of another site sent this. Programs say nothing, and carry no cookie."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")  # of browsers that do not say so
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, code = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(code, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None
