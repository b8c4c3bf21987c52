"""The same calls as JSON: ask, find, progress, adding a document; and what whoever runs the program looks at.

Owns addresses, status codes and how many questions are answered at once. Leaves shapes to `contract`, and answering to
the desk. Who may call is decided before, in `gate`.
"""

import time
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Searched, Statement
from assistant.render import citation_json, reply_json
from errors import AssistantError, AuditError, InputError, ScopeError, UnreadableFileError
from index.retriever import Hit
from ingest.register_records import records, without_gaps
from ui.apidocs import documentation_html
from ui.contract import (
    AskRequest,
    AskResponse,
    EarlierTurn,
    FindRequest,
    FindResponse,
    Found,
    Place,
    Problem,
    ProgressResponse,
    ReplyFields,
    ScopeFields,
    Stored,
)
from ui.desk import Desk
from ui.documents import LARGEST, add_file
from ui.gate import visitor_of
from ui.metrics import Metrics

AT_ONCE = 2  # as on the page: a question keeps one core busy
WAITING = 64  # further questions that wait; the next is told to come again
NOT_EDITOR = "Only somebody who is signed in as an editor can change the documents."
PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "Not signed in, where accounts are set up."},
    422: {"description": "A field is missing, unknown or wrong, or the scope names what is not loaded."},
    503: {"model": Problem, "description": "Too many are asking at once, or the audit log cannot be written."},
}
_ByStatus = dict[type[AssistantError], int]
STATUS: _ByStatus = {ScopeError: 422, InputError: 422, UnreadableFileError: 422, AuditError: 503}
Result = TypeVar("Result")


class Turnstile:
    """Lets `AT_ONCE` calls work, in threads, and `WAITING` wait."""

    def __init__(self) -> None:
        self._limiter: CapacityLimiter | None = None

    async def run(self, work: Callable[[], Result]) -> Result:
        """Raises HTTPException 503 when too many are waiting."""
        if self._limiter is None:  # made here, as it belongs to the loop that runs
            self._limiter = CapacityLimiter(AT_ONCE)
        if self._limiter.statistics().tasks_waiting >= WAITING:
            raise HTTPException(503, "Too many questions at once. Ask again in a few seconds.", {"Retry-After": "5"})
        return await to_thread.run_sync(work, limiter=self._limiter)


def api_routes(desk: Desk, turnstile: Turnstile) -> APIRouter:
    """Everything below `/api`."""
    router = APIRouter(prefix="/api", responses=PROBLEMS)

    @router.post("/ask")
    async def ask(request: AskRequest) -> AskResponse:
        """Answers a question; every sentence of the answer is cited. Without an answer, says why and what stands nearest."""
        return await turnstile.run(lambda: asked(desk, request))

    @router.post("/find")
    async def find(request: FindRequest) -> FindResponse:
        """Finds the paragraphs most likely to hold an answer, best first, without answering."""
        return await turnstile.run(lambda: found(desk, request))

    @router.get("/progress")
    async def progress(
        kind: Annotated[
            str, Query(description="Only records of this kind, such as “judgement” or “recommendation”.")
        ] = "",
        body: Annotated[str, Query(description="Only records of this body, as the records name it.")] = "",
        document: Annotated[str, Query(description="Only records of the document with this id.")] = "",
    ) -> ProgressResponse:
        """The grade history and the ledger: judgements, points asked for, responses and statuses, and figures."""
        wanted = {"kind": kind, "body": body, "document": document}
        return await turnstile.run(lambda: progressed(desk, wanted))

    @router.put(
        "/documents/{name}", responses={403: {"model": Problem, "description": "Not an editor."}}, status_code=201
    )
    async def put_document(name: str, request: Request) -> Stored:
        """Puts a report into the folder, for editors; the body of the request is the file. The page then indexes it."""
        if not visitor_of(request).may_edit:
            raise HTTPException(403, NOT_EDITOR)
        content = await _content(request)
        await to_thread.run_sync(lambda: add_file(desk.reports_folder, name, content))
        return Stored(name=name)

    return router


def service_routes(app: FastAPI, desk: Desk, metrics: Metrics) -> APIRouter:
    """`/healthz`, `/metrics`, and the description of the API, which loads nothing from elsewhere."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "ok" if desk.documents else "no documents"}, 200 if desk.documents else 503)

    @router.get("/metrics")
    def figures() -> Response:
        return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4")

    @router.get("/api/openapi.json")
    async def description() -> JSONResponse:
        return JSONResponse(app.openapi())

    @router.get("/api/docs")
    async def documentation() -> HTMLResponse:
        return HTMLResponse(documentation_html(app.openapi()))

    return router


async def explained(_: Request, error: Exception) -> JSONResponse:
    """A person's mistake as JSON: what happened and what to do."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    return JSONResponse({"detail": str(error)}, status)


def asked(desk: Desk, request: AskRequest) -> AskResponse:
    """The reply to one question. Raises as `Desk.ask` does."""
    begun = time.perf_counter()
    fingerprint = desk.fingerprint
    reply = desk.ask(request.question.strip(), request.scope(), earlier(desk, request.turns))
    fields = ReplyFields.model_validate(reply_json(reply, None, time.perf_counter() - begun))
    return AskResponse(index_fingerprint=fingerprint, scope=_scope(request), reply=fields)


def earlier(desk: Desk, turns: Sequence[EarlierTurn]) -> list[Reply]:
    """The turns as replies that cite what is still loaded; one that cites nothing counts as not answered."""
    replies: list[Reply] = []
    for turn in turns:
        places = [place for key in turn.cited if (place := desk.shelf.find(key))]
        said = tuple(Statement(each.text, (Citation(each, document, each.text),)) for each, document in places)
        searched = Searched((), 0)
        if said:
            replies.append(Answer(turn.question.strip(), said, searched))
        else:
            replies.append(Refusal(turn.question.strip(), Reason.NOT_ANSWERED, "", searched))
    return replies


def found(desk: Desk, request: FindRequest) -> FindResponse:
    """The paragraphs found. Raises as `Desk.find` does."""
    fingerprint = desk.fingerprint
    hits = desk.find(request.question.strip(), request.k, request.scope())
    return FindResponse(index_fingerprint=fingerprint, scope=_scope(request), found=tuple(map(_found, hits)))


def progressed(desk: Desk, wanted: dict[str, str]) -> ProgressResponse:
    """The records whose fields are as wanted; an empty string wants anything."""
    limits = {name: value for name, value in wanted.items() if value}
    kept = (each for each in records(desk.register) if all(each.get(name) == value for name, value in limits.items()))
    return ProgressResponse(index_fingerprint=desk.fingerprint, records=tuple(without_gaps(each) for each in kept))


def _scope(request: ScopeFields) -> ScopeFields:
    return ScopeFields(body=request.body, documents=request.documents, period=request.period, as_of=request.as_of)


def _found(hit: Hit) -> Found:
    paragraph = hit.paragraph
    place = citation_json(Citation(paragraph, hit.document, paragraph.text))
    own = {name: place[name] for name in Place.model_fields}
    also = tuple(each.id for each in hit.also)
    kind, speaker = paragraph.kind.value, paragraph.speaker.value
    return Found(**own, kind=kind, speaker=speaker, score=round(hit.score, 4), also=also)


async def _content(request: Request) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > LARGEST:
            raise HTTPException(413, f"The file is larger than {LARGEST:,} bytes.")
    return bytes(parts)
