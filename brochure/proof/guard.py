"""Access control of the live proof: who may talk to the server, and what its pages may do.

The server listens on the loopback address. Every address starts with a random token, so other users of the machine and other
web pages cannot guess it. `Host` must name the loopback address, which defeats DNS rebinding; requests that change something
must come from the proof's own page (`Origin`, Fetch Metadata). The Content-Security-Policy lets pages load what this server
serves and nothing else, and run no inline script.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SAFE_METHODS = ("GET", "HEAD")
MAX_BODY = 2_000_000
"""Size of a request in bytes."""


class Guard:
    """Middleware that refuses requests from elsewhere, and adds the headers of `HEADERS` to every response."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._find_refusal(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *own]
            await send(message)

        app = PlainTextResponse(refusal[1], refusal[0]) if refusal else self._app
        await app(scope, receive, send_with_headers)

    def _find_refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason for which a request is refused, or None."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return 421, "this server is for the address that 'brochure proof' prints"
        token = scope["path"].split("/")[1]
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return 404, "not found: open the whole address that 'brochure proof' prints"
        if scope["method"] not in SAFE_METHODS:
            return self._find_foreign_origin(headers)
        return None

    def _find_foreign_origin(self, headers: Headers) -> tuple[int, str] | None:
        origin = headers.get("origin", "")
        if origin.removeprefix("http://") not in self._hosts or not origin.startswith("http://"):
            return 403, "changes are accepted from the proof's own page only"
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, "changes are accepted from the proof's own page only"
        if headers.get("content-type", "").partition(";")[0] != "application/json":
            return 415, "expected application/json"
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            return 413, "the request is too large"
        return None
