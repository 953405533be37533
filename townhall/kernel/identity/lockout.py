"""The page of somebody who has tried too often."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *_answer_and_credentials: Any) -> HttpResponse:
    """Too many wrong passwords: how long it lasts, and the other ways in. Django-axes calls it."""
    return too_many(request, minutes=int(settings.AXES_COOLOFF_TIME * 60))


def too_many(request: HttpRequest, *, minutes: int) -> HttpResponse:
    """Answer 429 with a page that says when to try again and whom to ring."""
    response = render(request, "identity/locked.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
