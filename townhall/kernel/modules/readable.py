"""Requests that cannot be read: refused once for every module, or by a view that has its own way to say so."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def refuses_itself(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that calls `must_be_readable` and answers in a format of its own."""
    view.refuses_itself = True  # pyright: ignore[reportFunctionMemberAccess]
    return view


def must_be_readable(request: HttpRequest) -> None:
    """Raise SuspiciousOperation for a zero byte, which PostgreSQL cannot keep, or an address that was too long."""
    if getattr(request, "has_long_query", False):
        raise SuspiciousOperation("the address is too long")
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise SuspiciousOperation("a zero byte in the address")
    fields = request.POST.lists() if request.method == "POST" and request.content_type in FORMS else []
    if any("\0" in value for _name, values in fields for value in values):
        raise SuspiciousOperation("a zero byte in a form")
