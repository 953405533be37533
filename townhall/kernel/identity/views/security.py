"""My sign-in and security: addresses, passkeys, app, recovery codes, and where I am signed in."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from townhall.kernel.identity import rules, selectors
from townhall.kernel.identity.actions import factors, signing_in
from townhall.kernel.identity.forms import AddressForm, NewPasswordForm
from townhall.kernel.identity.models import Code
from townhall.kernel.identity.permissions import proved_lately, signed_in
from townhall.kernel.identity.views.signing_in import send


@signed_in
def security(request: HttpRequest) -> HttpResponse:
    """Everything by which the reader signs in, and where they are signed in now."""
    person: Any = request.user
    held = selectors.factors(person)
    recovery = selectors.recovery_codes(person)
    context = {
        "passkeys": [each for each in held if each.type == "webauthn"],
        "app": next((each for each in held if each.type == "totp"), None),
        "recovery_left": len(recovery.wrap().get_unused_codes()) if recovery else None,
        "phone": rules.national(person.phone or ""),
        "sessions": selectors.open_sessions(request),
        "shell": "design/officer.html" if person.roles else "design/resident.html",
    }
    return render(request, "identity/security.html", context)


@proved_lately
def add_address(request: HttpRequest) -> HttpResponse:
    """Add or change the reader's e-mail address or number: nothing changes until the code sent there is typed."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return send(request, Code.Purpose.ADD, form.cleaned_data["address"], form, page="identity/add_address.html")
    return render(request, "identity/add_address.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@proved_lately
def change_password(request: HttpRequest) -> HttpResponse:
    """Another password, for whoever works here; every other session ends."""
    person: Any = request.user
    if not person.roles:
        return redirect("identity:security")
    form = NewPasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        signing_in.end_sessions(person)
        signing_in.sign_in(request, person, how="password", at=timezone.now())
        return redirect("identity:security")
    return render(request, "identity/new_password.html", {"form": form}, status=422 if form.errors else 200)


@proved_lately
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once; the old ones end."""
    person: Any = request.user
    if not any(each.type == "totp" for each in selectors.factors(person)):
        return redirect("identity:security")
    if request.method != "POST":
        return render(request, "identity/new_recovery_codes.html")
    codes = factors.new_recovery_codes(person)
    return render(request, "identity/recovery_codes.html", {"codes": codes, "onwards": ""})


@require_POST
@signed_in
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of the reader's own sessions."""
    session = get_object_or_404(UserSession, pk=number, user=request.user)
    if session.session_key == request.session.session_key:
        logout(request)
        return redirect("identity:sign_in")
    session.end()
    return redirect("identity:security")


@require_POST
@signed_in
def end_all_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    person: Any = request.user
    signing_in.end_sessions(person)
    logout(request)
    return redirect("identity:sign_in")
