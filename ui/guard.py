"""What the page may fetch, and which of Gradio's doors are shut.

Owns the response headers and the closed addresses. Leaves serving to Gradio.
"""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio writes scripts and styles into the page and compiles templates in the browser, hence the two "unsafe" words.
# Nothing may come from, or go to, another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
# The page takes no files, serves none, and is not an app to install.
CLOSED = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/manifest.json", "/monitoring")


class Guard:
    """Around the page: every response carries `HEADERS`, and every address under `CLOSED` is not found."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = PlainTextResponse("Not found", 404) if scope["path"].startswith(CLOSED) else self.app
        await app(scope, receive, send_with_headers)
