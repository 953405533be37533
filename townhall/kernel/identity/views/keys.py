"""A colleague's own keys to the API: made after showing again who one is, seen once, ended."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from townhall.kernel.identity.actions.keys import end_key, make_key
from townhall.kernel.identity.forms import PersonKeyForm
from townhall.kernel.identity.models import PersonKey
from townhall.kernel.identity.permissions import check, proved_lately, requires, signed_in


@require_safe
@signed_in
@requires("identity.have_key")
def listing(request: HttpRequest) -> HttpResponse:
    """The reader's keys, newest first."""
    keys = PersonKey.objects.filter(person=request.user.pk)
    return render(request, "identity/keys.html", {"keys": keys, "now": timezone.now()})


@proved_lately
def new(request: HttpRequest) -> HttpResponse:
    """Make a key, and show it this once."""
    check(request.user, "identity.have_key")
    person: Any = request.user
    form = PersonKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, secret = make_key(person=person, **form.cleaned_data, at=timezone.now())
        return render(request, "identity/made_key.html", {"api_key": key, "secret": secret})
    return render(request, "identity/new_key.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@requires("identity.have_key")
def end(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """End one of the reader's own keys."""
    person: Any = request.user
    key = get_object_or_404(PersonKey, pk=key_id, person=person)
    end_key(key=key, by=person, at=timezone.now())
    return redirect("identity:keys")
