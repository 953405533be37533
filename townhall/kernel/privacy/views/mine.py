"""What residents read: what councils like ours hold, and what this one holds about the reader, and who looked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from townhall.kernel.identity.permissions import signed_in
from townhall.kernel.privacy import selectors


def register(request: HttpRequest) -> HttpResponse:
    """Everything that is held about people here, why, and for how long."""
    return render(request, "privacy/register.html", {"register": selectors.register()})


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What we hold about the reader, without what staff wrote among themselves, and who looked at it."""
    person: Any = request.user
    context = {
        "held": selectors.shown_to(person),
        "looks": selectors.looks_at(person),
        "shell": "design/officer.html" if person.roles else "design/resident.html",
    }
    return render(request, "privacy/mine.html", context)
