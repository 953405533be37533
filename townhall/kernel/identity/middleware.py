"""Keeps the list of where people are signed in up to date, without a write per request."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from townhall.kernel.identity.actions import signing_in


class Sessions:
    """Notes when and from where a signed-in session is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; where the answer looked into the session of somebody signed in, note that it is in use."""
        response = self.get_response(request)
        if request.session.accessed and SESSION_KEY in request.session and request.user.is_authenticated:
            signing_in.note_seen(request)
        return response
