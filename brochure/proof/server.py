"""The web server of the live proof: addresses, and the answers of `scene` and `messages` as JSON.

Starlette routes the requests and uvicorn serves them. Setting pages takes a thread, so that the server answers meanwhile.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from brochure.errors import BrochureError, InputError, UsageError
from brochure.proof.drawings import PageDrawings
from brochure.proof.editing import Conflict, save_translation
from brochure.proof.events import Events
from brochure.proof.fit import measure_draft_fit, measure_fit
from brochure.proof.interface import MEDIA_TYPES, read_interface, read_web_file
from brochure.proof.messages import find_warnings, finding_data, fit_data, message_data
from brochure.proof.pictures import media_type
from brochure.proof.reviewing import (
    add_comment,
    approvals_data,
    approve,
    comments_data,
    resolve_comment,
)
from brochure.proof.scene import (
    edition_data,
    page_data,
    plan_pages,
    preflight_data,
    project_data,
)
from brochure.proof.session import OpenEdition, ProofSession
from brochure.system.editor import find_file, start_editor

Answer = dict[str, Any]
FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}


class ProofServer:
    """The application that serves a proof. `read_only` refuses to save."""

    def __init__(self, session: ProofSession, events: Events, *, read_only: bool = False) -> None:
        self.session, self.events, self.read_only = session, events, read_only
        self.drawings = PageDrawings(session)

    def application(self, token: str) -> Starlette:
        """Return the ASGI application, with all addresses below the token."""
        base = f"/{token}"
        get = partial(self._route, base, ("GET",))
        post = partial(self._route, base, ("POST",))
        return Starlette(
            routes=[
                Route(f"{base}/", self._index),
                Route(f"{base}/web/{{file:path}}", self._web_file),
                Route(f"{base}/interface/{{language}}.json", self._interface),
                Route(f"{base}/pictures/{{name}}", self._picture),
                Route(f"{base}/api/events", self._events),
                get("/api/project", self._project),
                get("/api/edition/{edition:path}/page/{number:int}.svg", self._page),
                get("/api/edition/{edition:path}/message", self._message),
                get("/api/edition/{edition:path}/fit", self._fit),
                get("/api/edition/{edition:path}/preflight", self._preflight),
                post("/api/edition/{edition:path}/preview", self._preview),
                post("/api/edition/{edition:path}/save", self._save),
                get("/api/edition/{edition:path}", self._edition),
                post("/api/open", self._open),
                post("/api/comments", self._add_comment),
                post("/api/comments/resolve", self._resolve_comment),
                get("/api/approvals", self._approvals),
                post("/api/approve", self._approve),
            ]
        )

    def _route(
        self,
        base: str,
        methods: tuple[str, ...],
        path: str,
        handle: Callable[[Request], Awaitable[Response]],
    ) -> Route:
        return Route(base + path, _with_errors(handle), methods=list(methods))

    # The web interface

    async def _index(self, request: Request) -> Response:
        return Response(read_web_file("index.html"), media_type="text/html; charset=utf-8")

    async def _web_file(self, request: Request) -> Response:
        name = request.path_params["file"]
        data = read_web_file(name)
        if data is None:
            return Response("not found", 404, media_type="text/plain")
        return Response(
            data,
            media_type=MEDIA_TYPES[name.rpartition(".")[2]],
            headers={"Cache-Control": "no-cache"},
        )

    async def _interface(self, request: Request) -> Response:
        return JSONResponse(read_interface(request.path_params["language"]))

    # Editions and pages

    async def _project(self, request: Request) -> Response:
        return JSONResponse(project_data(self.session, live=True, read_only=self.read_only))

    async def _edition(self, request: Request) -> Response:
        opened = await self._opened(request)
        return JSONResponse(await run_in_threadpool(self._edition_data, opened))

    def _edition_data(self, opened: OpenEdition) -> Answer:
        data = edition_data(self.session, opened)
        threads, faults = comments_data(self.session, opened)
        data["comments"] = threads
        data["faults"] += [finding_data(one) for one in faults]
        for page in data["pages"]:
            page["svg"] = f"api/edition/{opened.id}/page/{page['number']}.svg?v={page['version']}"
        return data

    async def _page(self, request: Request) -> Response:
        opened = await self._opened(request)
        number, ink = request.path_params["number"], request.query_params.get("ink", "")
        svg = await run_in_threadpool(self.drawings.draw, opened, number, ink)
        current = request.query_params.get("v") == str(opened.versions[number - 1])
        return Response(svg, media_type="image/svg+xml", headers=FOREVER if current else None)

    async def _picture(self, request: Request) -> Response:
        data = await run_in_threadpool(self.drawings.picture, request.path_params["name"])
        if data is None:
            return Response("not found", 404, media_type="text/plain")
        return Response(data, media_type=media_type(data), headers=FOREVER)

    async def _preflight(self, request: Request) -> Response:
        opened = await self._opened(request)
        return JSONResponse(await run_in_threadpool(self._preflight_data, opened))

    def _preflight_data(self, opened: OpenEdition) -> Answer:
        return {"findings": preflight_data(opened, self.session.preflight(opened))}

    async def _opened(self, request: Request) -> OpenEdition:
        return await run_in_threadpool(self.session.edition, request.path_params["edition"])

    # Messages

    async def _message(self, request: Request) -> Response:
        opened = await self._opened(request)
        key = _known_key(opened, request.query_params.get("key", ""))
        return JSONResponse(await run_in_threadpool(message_data, self.session.job, opened, key))

    async def _fit(self, request: Request) -> Response:
        opened = await self._opened(request)
        key = _known_key(opened, request.query_params.get("key", ""))
        edition = opened.made.edition
        fit = await run_in_threadpool(measure_fit, self.session.job, edition, key)
        return JSONResponse(fit_data(fit))

    async def _preview(self, request: Request) -> Response:
        body = await _body(request, key=str, text=(str, type(None)))
        wanted = request.path_params["edition"]
        return JSONResponse(
            await run_in_threadpool(self._set_draft, wanted, body["key"], body["text"])
        )

    def _set_draft(self, wanted: str, key: str, text: str | None) -> Answer:
        opened, changed = self.session.set_draft(wanted, key, text)
        edition = opened.made.edition
        planned = plan_pages(edition.layout, edition.left_to_right)
        pages = [
            {**page_data(opened, at, planned), "svg": self.drawings.draw(opened, at + 1, "")}
            for at in changed
        ]
        shown = opened.drafts.get(key, "")
        return {
            "pages": pages,
            "page_count": len(opened.made.pages),
            "version": max(opened.versions, default=0),
            "fit": fit_data(measure_draft_fit(self.session.job, opened.made, key)),
            "warnings": [finding_data(one) for one in find_warnings(opened, key, shown)],
        }

    async def _save(self, request: Request) -> Response:
        self._check_writable()
        body = await _body(request, key=str, text=str, fuzzy=bool, seen=dict)
        wanted = request.path_params["edition"]
        try:
            message = await run_in_threadpool(save_translation, self.session, wanted, body)
        except Conflict as conflict:
            return JSONResponse({"conflict": conflict.data}, 409)
        return JSONResponse({"message": message})

    async def _open(self, request: Request) -> Response:
        body = await _body(request, file=str, line=int, column=int)
        path = await run_in_threadpool(find_file, self.session.project.root, body["file"])
        if path is None:
            raise UsageError(f"{body['file']}: not a file of the project")
        started = await run_in_threadpool(start_editor, path, body["line"], body["column"])
        return JSONResponse({"started": started})

    # Comments and approvals

    async def _add_comment(self, request: Request) -> Response:
        self._check_writable()
        body = await _body(request, edition=str, page=int, text=str, author=str)
        added = await run_in_threadpool(add_comment, self.session, body)
        return JSONResponse({"added": added})

    async def _resolve_comment(self, request: Request) -> Response:
        self._check_writable()
        body = await _body(request, key=str, id=str, resolved=bool)
        return JSONResponse(
            {"changed": await run_in_threadpool(resolve_comment, self.session, body)}
        )

    async def _approvals(self, request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(approvals_data, self.session))

    async def _approve(self, request: Request) -> Response:
        self._check_writable()
        body = await _body(request, edition=str, pages=list, name=str)
        return JSONResponse(await run_in_threadpool(approve, self.session, body))

    def _check_writable(self) -> None:
        if self.read_only:
            raise UsageError("this proof is read-only: start it without --read-only to save")

    # Events

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(
            _stream(self.events, request),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )


async def _stream(events: Events, request: Request) -> AsyncIterator[str]:
    with events.subscribe() as queue:
        yield ": connected\n\n"
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event is None:
                return
            yield f"data: {json.dumps(event)}\n\n"


KEEP_ALIVE = 15.0
"""Seconds without an event after which a comment is sent, to find out whether the browser is still there."""


def _known_key(opened: OpenEdition, key: str) -> str:
    if key not in opened.saved.source.entries:
        raise UsageError(f"the source copy has no message '{key}'")
    return key


Types = type | tuple[type, ...]


async def _body(request: Request, **fields: Types) -> Mapping[str, Any]:
    """Return the JSON object that was sent; raise UsageError if a field is missing or of another type."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise UsageError("the request is not JSON") from None
    if not isinstance(body, dict):
        raise UsageError("the request is not a JSON object")
    for name, types in fields.items():
        if name not in body or not isinstance(body[name], types):
            raise UsageError(f"the request has no valid '{name}'")
    return body


def _with_errors(
    handle: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Return the handler with errors as answers: 422 with findings, 400 for a wrong request, 500 for others."""

    async def handled(request: Request) -> Response:
        try:
            return await handle(request)
        except InputError as failure:
            findings = [finding_data(one) for one in failure.findings]
            return JSONResponse({"error": "the files have errors", "findings": findings}, 422)
        except UsageError as failure:
            return JSONResponse({"error": str(failure), "findings": []}, 400)
        except BrochureError as failure:
            return JSONResponse({"error": str(failure), "findings": []}, 500)

    return handled
