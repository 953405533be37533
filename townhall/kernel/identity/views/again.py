"""Showing again who one is, before something sensitive."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from townhall.kernel.identity import rules, selectors
from townhall.kernel.identity.actions import factors, signing_in
from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.forms import CodeForm, OnlyPasswordForm
from townhall.kernel.identity.lockout import too_many
from townhall.kernel.identity.models import Code, Person
from townhall.kernel.identity.permissions import BACK_TO, signed_in
from townhall.kernel.identity.views.signing_in import send


def go_back(request: HttpRequest) -> HttpResponse:
    """To the page that asked for the proof."""
    return redirect(rules.path_here(request.session.pop(BACK_TO, "")) or "identity:security")


@sensitive_post_parameters("password")
@signed_in
def again(request: HttpRequest) -> HttpResponse:
    """Ask for the app's digits, else the password, else send a code to an address that was proved."""
    person: Any = request.user
    kinds = {each.type for each in selectors.factors(person)}
    way = "app" if "totp" in kinds else "password" if person.has_usable_password() else "code"
    kind = OnlyPasswordForm if way == "password" else CodeForm
    form = kind(request.POST if request.method == "POST" else None)
    contact = proved_contact(person)
    context = {"form": form, "way": way, "contact": contact, "has_passkey": "webauthn" in kinds}
    if request.method != "POST":
        return render(request, "identity/again.html", context)
    if way == "code":
        return _send_again(request, contact, context)
    at = timezone.now()
    if not within_limit(f"second step of {person.pk}", 8, seconds=900, at=at):
        return too_many(request, minutes=15)
    if form.is_valid() and _is_right(request, person, way, form.cleaned_data):
        signing_in.prove_again(request, way, at)
        return go_back(request)
    if not form.errors:
        form.add_error(None, _("That is not right. Try again"))
    return render(request, "identity/again.html", context, status=422)


def proved_contact(person: Person) -> rules.Contact | None:
    """An address that the person has proved, e-mail first."""
    if person.email and person.email_verified_at:
        return rules.Contact("email", person.email)
    if person.phone and person.phone_verified_at:
        return rules.Contact("sms", person.phone)
    return None


def _send_again(request: HttpRequest, contact: rules.Contact | None, context: dict[str, Any]) -> HttpResponse:
    if contact is None:
        return render(request, "identity/again.html", context, status=403)
    return send(request, Code.Purpose.AGAIN, contact, CodeForm({}), page="identity/again.html")


def _is_right(request: HttpRequest, person: Person, way: str, typed: dict[str, str]) -> bool:
    if way == "password":
        return authenticate(request, email=person.email, password=typed["password"]) == person
    try:
        factors.check_second_step(person, typed["code"], timezone.now())
    except factors.Wrong:
        return False
    return True
