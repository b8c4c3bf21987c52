"""Signing in and out.

Owns the sign-in page, the cookie, and the line that says who is signed in. Leaves checking to `sessions`.
"""

from html import escape
from pathlib import Path
from urllib.parse import parse_qs

import gradio as gr
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ui.gate import COOKIE, client_address, session_token, visitor_of
from ui.sessions import Sessions, TooMany, Visitor

LARGEST_FORM = 4_096  # bytes; a name, a password and an address to go back to
STYLE = Path(__file__).with_name("style.css")
WRONG = "The name or the password is wrong."
TOO_MANY = "Too many failed attempts. Try again in {minutes} minutes."
SIGNED_OUT = "You are signed out."
ENDED = "Your session has ended. Sign in again to go on where you were."


def login_routes(sessions: Sessions) -> APIRouter:
    """`/login` and `/logout`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    async def show(request: Request) -> Response:
        asked = request.query_params
        said = SIGNED_OUT if "out" in asked else ENDED if "ended" in asked else ""
        return HTMLResponse(page_html(said, local(request.query_params.get("next", ""))))

    @router.post("/login")
    async def sign_in(request: Request) -> Response:
        form = await _form(request)
        goes_to = local(form.get("next", ""))
        name, password = form.get("name", ""), form.get("password", "")
        found = await run_in_threadpool(sessions.sign_in, name, password, client_address(request.scope))
        if isinstance(found, TooMany):
            minutes = -(-found.seconds // 60)
            waiting = {"Retry-After": str(found.seconds)}
            return HTMLResponse(page_html(TOO_MANY.format(minutes=minutes), goes_to), 429, waiting)
        if found is None:
            return HTMLResponse(page_html(WRONG, goes_to), 401)
        sessions.sign_out(session_token(request.headers))  # an older session of this browser, if there is one
        response = RedirectResponse(goes_to, 303)
        # Never for scripts; only over HTTPS where the page is served so; not with what other sites send.
        is_https = request.url.scheme == "https"
        life = int(sessions.seconds)
        response.set_cookie(COOKIE, found, max_age=life, path="/", httponly=True, samesite="lax", secure=is_https)
        return response

    @router.post("/logout")
    async def sign_out(request: Request) -> Response:
        sessions.sign_out(session_token(request.headers))
        response = RedirectResponse("/login?out", 303)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        # The browser also forgets the conversation and the basket that it keeps for the page.
        response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return router


def local(address: str) -> str:
    """The address when it leads into this page, else the page itself."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_path and not address.startswith(("/login", "/logout")) else "/"


def who_html(visitor: Visitor) -> str:
    """Who is signed in, with a button to sign out; nothing where there are no accounts."""
    if not visitor.name:
        return ""
    return (
        f'<form class="desk-who" method="post" action="logout"><p class="desk-small">Signed in as '
        f"<strong>{escape(visitor.name)}</strong> ({escape(visitor.role)}) "
        '<button type="submit" class="desk-link">Sign out</button></p></form>'
    )


def add_who(page: gr.Blocks) -> None:
    """The line of `who_html` stands at this place of the Blocks now open."""
    line = gr.HTML("", apply_default_css=False, js_on_load=None)

    def show(request: gr.Request) -> str:
        return who_html(visitor_of(request))

    page.load(show, None, line, queue=False, show_progress="hidden", api_visibility="private")


def page_html(said: str, goes_to: str) -> str:
    problem = f'<section class="desk-problem" role="alert"><p>{escape(said)}</p></section>' if said else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in – Evidence Desk</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<style>{STYLE.read_text(encoding='utf-8')}"
        "*{box-sizing:border-box}body{margin:0;font-family:system-ui,sans-serif}.desk-login{max-width:24rem;margin-top:28px}"
        ".desk-login label{display:block;margin-top:16px}"
        ".gradio-container .desk-login input{display:block;width:100%;height:44px;margin-top:4px;"
        "padding:4px 10px;font-size:19px}.gradio-container button.desk-button{margin-top:24px}</style></head>"
        '<body><div class="gradio-container"><main class="main"><header class="desk-head"><h1>Evidence Desk</h1>'
        "<p>Answers about public inspection reports, every sentence with its source.</p></header>"
        f'{problem}<form class="desk-login" method="post" action="/login"><h2>Sign in</h2>'
        f'<input type="hidden" name="next" value="{escape(goes_to)}">'
        '<label for="name">Name</label><input type="text" id="name" name="name" autocomplete="username" required autofocus>'
        '<label for="password">Password</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required>'
        '<button type="submit" class="desk-button">Sign in</button></form></main></div></body></html>'
    )


async def _form(request: Request) -> dict[str, str]:
    """The fields of a short form; empty when it is longer or no text."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_FORM:
                return {}
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=10)
    except (ClientDisconnect, UnicodeDecodeError, ValueError):
        return {}
    return {name: values[0] for name, values in fields.items()}
