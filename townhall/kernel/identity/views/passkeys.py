"""Passkeys: made on the security page, and shown instead of a code, a password or the second step."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from townhall.kernel.identity.actions import factors, signing_in
from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.forms import AddressForm, PasskeyForm
from townhall.kernel.identity.lockout import too_many
from townhall.kernel.identity.permissions import has_proved_lately, proved_lately, signed_in
from townhall.kernel.identity.views.again import go_back


@require_GET
@never_cache
def to_show(request: HttpRequest) -> HttpResponse:
    """What the browser needs to ask for a passkey."""
    return JsonResponse(factors.passkey_to_show(request))


@require_POST
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey, or show again who one is. It stands for both steps: the device has checked its owner."""
    at = timezone.now()
    if not within_limit(f"passkeys from {signing_in.came_from(request)}", 60, seconds=3600, at=at):
        return too_many(request, minutes=60)
    form = PasskeyForm(request.POST)
    try:
        person = factors.check_passkey(request, form.cleaned_data["credential"]) if form.is_valid() else None
    except factors.Wrong:
        person = None
    if person is None or (request.user.is_authenticated and request.user != person):
        return _refused(request)
    if request.user.is_authenticated:
        signing_in.prove_again(request, "passkey", at)
        return go_back(request)
    return redirect(signing_in.finish(request, person, how="passkey", at=at))


@proved_lately
def make(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this device."""
    person: Any = request.user
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"].strip() or _("Passkey")
        try:
            factors.add_passkey(request, person, form.cleaned_data["credential"], name)
        except factors.Wrong:
            form.add_error(None, _("The passkey was not made. Try again"))
        else:
            return redirect("identity:security")
    options = json.dumps(factors.passkey_to_make(request, person))
    context = {"form": form, "options": options}
    return render(request, "identity/make_passkey.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a passkey or the app; whoever works here keeps at least one."""
    person: Any = request.user
    if not has_proved_lately(request, timezone.now()):
        return redirect("identity:again")
    held = person.authenticator_set.exclude(type="recovery_codes").filter(pk=number).first()
    if held is not None and not factors.remove_factor(person, held):
        return render(request, "identity/last_factor.html", status=409)
    return redirect("identity:security")


def _refused(request: HttpRequest) -> HttpResponse:
    form = AddressForm({})
    form.errors.clear()
    form.add_error(None, _("That passkey did not work here. Sign in another way"))
    return render(request, "identity/sign_in.html", {"form": form}, status=422)
