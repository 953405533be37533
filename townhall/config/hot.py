"""What every answer of a hot path has in common with Django's: its headers, an id, and its place in the metrics."""

import logging
import secrets
import time
from collections.abc import MutableMapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from townhall.config import metrics
from townhall.kernel.design.middleware import ContentSecurity
from townhall.kernel.modules.asgi import App, HotPath, Receive, Scope, Send

log = logging.getLogger("townhall.requests")


class Observed:
    """A hot path whose own answers have the site's headers and are counted and timed under `route`."""

    def __init__(self, path: HotPath, route: str) -> None:
        self.path, self.route = path, route

    def wants(self, scope: Scope) -> bool:
        """Whether the path wants it."""
        return self.path.wants(scope)

    async def answer(self, scope: Scope, receive: Receive, send: Send, pages: App) -> None:
        """Let the path answer, measured; what it hands to the pages is measured there."""
        began = time.perf_counter()
        request_id = secrets.token_hex(4).upper()
        shared = [*site_headers(is_secure(scope)), (b"x-request-id", request_id.encode())]

        async def say(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *shared]
                self._note(scope["method"], message["status"], time.perf_counter() - began, request_id)
            await send(message)

        async def hand_over(scope: Scope, receive: Receive, _send: Send) -> None:
            await pages(scope, receive, send)

        await self.path.answer(scope, receive, say, hand_over)

    def _note(self, method: str, status: int, seconds: float, request_id: str) -> None:
        """Count and time it, and log a failure; while the database is away the metrics say so, not a line for each."""
        metrics.REQUESTS.labels(method, self.route, status).inc()
        metrics.SECONDS.labels(self.route).observe(seconds)
        if status >= 500 and status != HTTPStatus.SERVICE_UNAVAILABLE:
            about = {"request_id": request_id, "route": self.route, "status": status}
            log.error("request failed", extra=about)


def is_secure(scope: Scope) -> bool:
    """Whether the browser came by https, which a proxy of ours says."""
    if scope["scheme"] == "https":
        return True
    header = settings.SECURE_PROXY_SSL_HEADER
    name = header[0].removeprefix("HTTP_").replace("_", "-").lower().encode() if header else b""
    said = next((value for key, value in scope["headers"] if key == name), b"") if header else b""
    return bool(header) and said.split(b",")[0].strip().decode("latin-1") == header[1]


@lru_cache(maxsize=2)
def site_headers(secure: bool) -> list[tuple[bytes, bytes]]:
    """The headers that Django's middleware gives every answer."""
    request: Any = HttpRequest()
    request.META = {"wsgi.url_scheme": "https" if secure else "http", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request._get_scheme = lambda: "https" if secure else "http"
    response: Any = HttpResponse()
    for middleware in (SecurityMiddleware, XFrameOptionsMiddleware, ContentSecurity):
        response = middleware(lambda _request, answer=response: answer)(request)
    del response.headers["Content-Type"]
    return [(name.lower().encode(), value.encode()) for name, value in response.items()]
