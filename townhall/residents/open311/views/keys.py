"""Pages on which administrators make, change and end keys. A key is shown once, on the page that made it."""
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import requires
from townhall.residents.open311.actions.keys import change_key, end_key, make_key
from townhall.residents.open311.forms import SCOPES, KeyForm, NewKeyForm
from townhall.residents.open311.models import ApiKey

set_up = requires("identity.set_up")


@set_up
def listing(request: HttpRequest) -> HttpResponse:
    """All keys, those in use first."""
    rows = ApiKey.objects.order_by("-ended_at", "name")
    return render(request, "open311/keys.html", {"keys": rows, "scopes": dict(SCOPES)})


@never_cache
@set_up
def new(request: HttpRequest) -> HttpResponse:
    """Make a key, and show it this once."""
    form = NewKeyForm(request.POST or None, initial={"per_minute": 60, "scopes": ["read"]})
    if request.method == "POST" and form.is_valid():
        key, secret = make_key(**form.cleaned_data, by=_me(request), at=timezone.now())
        return render(request, "open311/made.html", {"api_key": key, "secret": secret})
    return render(request, "open311/key.html", {"form": form, "api_key": None}, status=422 if form.errors else 200)


@set_up
def change(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Let a key do more or less."""
    key = get_object_or_404(ApiKey, pk=key_id)
    initial = {name: getattr(key, name) for name in ("scopes", "per_minute", "authority_gss", "jurisdiction")}
    form = KeyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_key(key=key, **form.cleaned_data, by=_me(request), at=timezone.now())
        return redirect("open311:keys")
    return render(request, "open311/key.html", {"form": form, "api_key": key}, status=422 if form.errors else 200)


@require_POST
@set_up
def end(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """End a key at once."""
    end_key(key=get_object_or_404(ApiKey, pk=key_id), by=_me(request), at=timezone.now())
    return redirect("open311:keys")


def _me(request: HttpRequest) -> Person:
    return cast("Person", request.user)
