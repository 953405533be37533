"""Pages on which administrators say what can be booked, when, and how often."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from townhall.kernel.identity.permissions import requires
from townhall.residents.bookings import actions, selectors
from townhall.residents.bookings.forms import ResourceForm, initial_of
from townhall.residents.bookings.models import Resource

set_up = requires("bookings.set_up")
USUAL = {"capacity": 1, "slot_minutes": 0, "notice_days": 1, "ahead_days": 42, "hold_minutes": 30, "change_days": 1,
         "is_active": True}  # fmt: skip


@set_up
def listing(request: HttpRequest) -> HttpResponse:
    """Everything that can be booked."""
    rows = [
        {"resource": each, "name": each.title(selectors.language()), "week": selectors.week_words(each)}
        for each in Resource.objects.all()
    ]
    return render(request, "bookings/resources.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@set_up
def new(request: HttpRequest) -> HttpResponse:
    """Something new to book."""
    form = ResourceForm(request.POST or None, initial=USUAL)
    if request.method == "POST" and form.is_valid():
        actions.make_resource(values=form.cleaned_data, by=_me(request), at=timezone.now())
        return redirect("bookings:resources")
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
@set_up
def resource(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Its week and numbers."""
    found = get_object_or_404(Resource, pk=resource_id)
    form = ResourceForm(request.POST or None, initial=initial_of(found), resource=found)
    if request.method == "POST" and form.is_valid():
        actions.change_resource(resource=found, values=form.cleaned_data, by=_me(request), at=timezone.now())
        return redirect("bookings:resources")
    return _page(request, form, found)


@require_POST
@set_up
def new_link(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Another secret link for its calendar."""
    found = get_object_or_404(Resource, pk=resource_id)
    actions.new_feed_link(resource=found, by=_me(request), at=timezone.now())
    return redirect("bookings:resource", found.pk)


def _page(request: HttpRequest, form: ResourceForm, found: Resource | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "bookings/resource.html", {"form": form, "resource": found}, status=status)


def _me(request: HttpRequest) -> Any:
    return request.user
