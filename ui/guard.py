"""What the page may fetch and run, and which of Gradio's doors are shut.

Owns the response headers and the closed addresses. Leaves serving to Gradio, and who may come in to `gate`.
"""

import base64
import hashlib
import re
from html.parser import HTMLParser

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.gate import is_loopback

# Nothing may come from, or go to, another host. Scripts are files of this program, or stand in the page as it leaves the
# server, each named by its hash; a script that words of a document would bring, and any onclick, has none and is not run.
# Gradio compiles templates in the browser, hence 'unsafe-eval', and sets styles in the page, hence that 'unsafe-inline'.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-DNS-Prefetch-Control": "off",
}
# What others may read of a response, which is nothing: Gradio would allow other programs' pages on this computer.
TAKEN_OUT = ("access-control-allow-origin", "access-control-allow-credentials", "server")
# Gradio's doors that the page does not use: it takes and serves no files, and is not an app to install.
CLOSED = (
    "/gradio_api/upload",
    "/gradio_api/file",
    "/gradio_api/proxy",
    "/gradio_api/stream",
    "/gradio_api/deep_link",
    "/gradio_api/component_server",
    "/gradio_api/custom_component",
    "/gradio_api/dev",
    "/gradio_api/vibe",
    "/gradio_api/undo-vibe",
    "/gradio_api/process_recording",
    "/gradio_api/runs",
    "/gradio_api/openapi.json",
    "/gradio_api/token",
    "/gradio_api/profiling",
    "/manifest.json",
    "/pwa_icon",
    "/monitoring",
)
PAGE = "/"
# Gradio's page names an app manifest that is not served, and describes itself to other sites with a picture from elsewhere.
_GRADIOS_OWN = re.compile(r'<link\s[^>]*rel="manifest"[^>]*>|<meta\s[^>]*(?:property="og:|name="twitter:)[^>]*>')
# Gradio's files carry a hash of their content in their names, so a browser need never ask for them again.
UNCHANGING = "/assets/"
FOR_EVER = "private, max-age=31536000, immutable"


class Guard:
    """Around the page: every response carries the headers, and every address under `CLOSED` is not found.

    `scripts` are the inline scripts that Gradio itself adds in the browser: those of the page's head.
    """

    def __init__(self, app: ASGIApp, scripts: tuple[str, ...] = ()) -> None:
        self.app, self.scripts = app, scripts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith(CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, _with_headers(send, ()))
        elif scope["path"] == PAGE and scope["method"] == "GET":
            await self._page(scope, receive, send)
        else:
            kept = FOR_EVER if scope["path"].startswith(UNCHANGING) else "no-store"
            is_near = is_loopback((scope.get("client") or ("",))[0])
            asked = _uncompressed(scope) if is_near else scope  # packing costs more than it saves on the same computer
            await self.app(asked, receive, _with_headers(send, (), kept))

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page is held back until it is whole, so that its scripts can be named in its headers."""
        begun: list[Message] = []
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                html = without_gradios_own(body.decode("utf-8", "replace"))
                whole = html.encode()
                MutableHeaders(scope=begun[0])["Content-Length"] = str(len(whole))
                out = _with_headers(send, (*inline_scripts(html), *self.scripts))
                await out(begun[0])
                await out({"type": "http.response.body", "body": whole})

        await self.app(_uncompressed(scope), receive, hold)


def without_gradios_own(html: str) -> str:
    """The page without what Gradio's template says of Gradio: its manifest, and its card for other sites."""
    return _GRADIOS_OWN.sub("", html)


def inline_scripts(html: str) -> tuple[str, ...]:
    """The text of every script that stands in the page itself."""
    parser = _Scripts()
    parser.feed(html)
    parser.close()
    return tuple(parser.found)


def policy(scripts: tuple[str, ...] = ()) -> str:
    """The content security policy that lets exactly these inline scripts run."""
    names = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return POLICY.format(hashes="".join(f" 'sha256-{name}'" for name in dict.fromkeys(names)))


def _uncompressed(scope: Scope) -> Scope:
    """The same request from a browser that takes nothing packed."""
    return {
        **scope,
        "headers": [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"],
    }


def _with_headers(send: Send, scripts: tuple[str, ...], kept: str = "no-store") -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in TAKEN_OUT:
                if name in headers:
                    del headers[name]
            headers.update(HEADERS)
            headers["Content-Security-Policy"] = policy(scripts)
            headers["Cache-Control"] = kept if message["status"] == 200 else "no-store"
        await send(message)

    return sending


class _Scripts(HTMLParser):
    """HTMLParser takes a script's text as it stands, as browsers do."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and "src" not in dict(attrs):
            self._parts = []

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._parts is not None:
            self.found.append("".join(self._parts))
            self._parts = None
