"""Pages on which administrators set up the systems that processes of services call, try them, and see each call."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import requires
from townhall.residents.webhooks import actions
from townhall.residents.webhooks.forms import HookForm, NewSystemForm
from townhall.residents.webhooks.models import Call, System

set_up = requires("identity.set_up")
SHOWN = 50


@never_cache
@set_up
def new(request: HttpRequest) -> HttpResponse:
    """Set up a system; its secret is shown on the page that follows, this once."""
    form = NewSystemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_system(**form.cleaned_data, by=_me(request), at=timezone.now())
        shown = {"made": made, "back": reverse("webhooks:system", args=[made.pk])}
        return render(request, "webhooks/made.html", shown)
    return render(request, "webhooks/new_system.html", {"form": form}, status=422 if form.errors else 200)


@set_up
def system(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """One system: its address, what can be done with it, and its last calls, without what they said."""
    found = get_object_or_404(System, pk=system_id)
    form = HookForm(request.POST or None, initial={"address": found.address})
    if request.method == "POST" and form.is_valid():
        actions.change_system(system=found, **form.cleaned_data, by=_me(request), at=timezone.now())
        return redirect("webhooks:system", found.pk)
    calls = Call.objects.filter(system=found).select_related("case").defer("body")[:SHOWN]
    shown = {"form": form, "system": found, "calls": calls}
    return render(request, "webhooks/system.html", shown, status=422 if form.errors else 200)


@require_POST
@set_up
def test(_request: HttpRequest, system_id: UUID) -> HttpResponse:
    """Send a call that orders nothing; the list of calls says how it went."""
    actions.test_system(system=get_object_or_404(System, pk=system_id), at=timezone.now())
    response = redirect("webhooks:system", system_id)
    response["Location"] += "#calls"
    return response


@require_POST
@set_up
def stop(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """Call it no more."""
    actions.stop_system(system=get_object_or_404(System, pk=system_id), by=_me(request), at=timezone.now())
    return redirect("webhooks:system", system_id)


@require_POST
@set_up
def start(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """Call it again."""
    actions.start_system(system=get_object_or_404(System, pk=system_id), by=_me(request), at=timezone.now())
    return redirect("webhooks:system", system_id)


def _me(request: HttpRequest) -> Person:
    return cast("Person", request.user)
