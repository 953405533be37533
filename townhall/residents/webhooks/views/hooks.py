"""Pages on which administrators make, try, stop and start webhooks, and see what was delivered."""

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
from townhall.residents.webhooks.forms import HookForm, NewHookForm
from townhall.residents.webhooks.models import Delivery, Hook, System

set_up = requires("identity.set_up")
SHOWN = 50


@set_up
def listing(request: HttpRequest) -> HttpResponse:
    """All webhooks, and all systems that processes call."""
    return render(request, "webhooks/hooks.html", {"hooks": Hook.objects.all(), "systems": System.objects.all()})


@never_cache
@set_up
def new(request: HttpRequest) -> HttpResponse:
    """Make a webhook; its secret is shown on the page that follows, this once."""
    form = NewHookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_hook(**form.cleaned_data, by=_me(request), at=timezone.now())
        return render(request, "webhooks/made.html", {"made": made, "back": reverse("webhooks:hook", args=[made.pk])})
    return render(request, "webhooks/new.html", {"form": form}, status=422 if form.errors else 200)


@set_up
def hook(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """One webhook: its address, what can be done with it, and its last deliveries."""
    found = get_object_or_404(Hook, pk=hook_id)
    form = HookForm(request.POST or None, initial={"address": found.address})
    if request.method == "POST" and form.is_valid():
        actions.change_hook(hook=found, **form.cleaned_data, by=_me(request), at=timezone.now())
        return redirect("webhooks:hook", found.pk)
    shown = {"form": form, "hook": found, "deliveries": Delivery.objects.filter(hook=found)[:SHOWN]}
    return render(request, "webhooks/hook.html", shown, status=422 if form.errors else 200)


@require_POST
@set_up
def test(_request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Send an event that tells of nothing; the list of deliveries says how it went."""
    actions.test(hook=get_object_or_404(Hook, pk=hook_id), at=timezone.now())
    response = redirect("webhooks:hook", hook_id)
    response["Location"] += "#deliveries"
    return response


@require_POST
@set_up
def stop(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Send nothing more."""
    actions.stop_hook(hook=get_object_or_404(Hook, pk=hook_id), by=_me(request), at=timezone.now())
    return redirect("webhooks:hook", hook_id)


@require_POST
@set_up
def start(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Send again."""
    actions.start_hook(hook=get_object_or_404(Hook, pk=hook_id), by=_me(request), at=timezone.now())
    return redirect("webhooks:hook", hook_id)


def _me(request: HttpRequest) -> Person:
    return cast("Person", request.user)
