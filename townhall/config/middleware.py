"""Every request has an id, is counted, timed and, where it failed, logged without personal data."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from townhall.config import metrics
from townhall.kernel.modules.readable import must_be_readable

log = logging.getLogger("townhall.requests")
LONGEST_QUERY, MOST_PARTS = 16_000, 400


class Observed:
    """Gives each request an id (also in `X-Request-ID`), and keeps its route, status and time for the metrics."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, measured."""
        request.request_id = secrets.token_hex(4).upper()  # pyright: ignore[reportAttributeAccessIssue]
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        route = request.resolver_match.route if request.resolver_match else "(none)"
        metrics.REQUESTS.labels(request.method or "", route, response.status_code).inc()
        metrics.SECONDS.labels(route).observe(seconds)
        response["X-Request-ID"] = request.request_id  # pyright: ignore[reportAttributeAccessIssue]
        if response.status_code >= 500:
            log.error(
                "request failed",
                extra={"request_id": response["X-Request-ID"], "route": route, "status": response.status_code},
            )
        return response


class Addresses:
    """Refuses addresses that are too long or have too many parts: 400.

    The query is put aside first, or the page that says so could not be made.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, without a query that cannot be read."""
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARTS:
            request.META["QUERY_STRING"] = ""
            request.has_long_query = True  # pyright: ignore[reportAttributeAccessIssue]
        return self.get_response(request)


class NoZeroBytes:
    """Refuses what cannot be read, for every module at once: 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_given: Any) -> None:
        """Look at the address, and at a form after it has been checked that it is ours."""
        if not getattr(view, "refuses_itself", False):
            must_be_readable(request)
