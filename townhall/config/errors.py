"""Error pages: words for a person, and below /api/ a problem for a program."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from townhall.kernel.design import views
from townhall.kernel.modules.openapi import problem


def _either(status: int, says: str, page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return problem(status, says) if request.path.startswith("/api/") else page(request, *args, **kwargs)

    return answer


bad_request = _either(400, "That cannot be read.", views.bad_request)
permission_denied = _either(403, "You may not do this.", views.permission_denied)
not_found = _either(404, "There is nothing at this address.", views.not_found)
server_error = _either(500, "The fault is ours. Nothing may have been saved.", views.server_error)
