"""Signing in by a code sent to an e-mail address or mobile telephone, or posted; signing out."""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townhall.kernel.identity import rules
from townhall.kernel.identity.actions import codes, people, signing_in
from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.forms import AddressForm, CodeForm, PostedCodeForm
from townhall.kernel.identity.lockout import too_many
from townhall.kernel.identity.models import Code, Person
from townhall.kernel.identity.permissions import signed_in

log = logging.getLogger("townhall.identity")
SENT = "identity.sent"
HOUR = 3600


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask where to send a code. What follows is the same whether or not we know the address."""
    if request.method == "POST":
        form = AddressForm(request.POST)
        if form.is_valid():
            return send(request, Code.Purpose.SIGN_IN, form.cleaned_data["address"], form)
        return render(request, "identity/sign_in.html", {"form": form}, status=422)
    signing_in.remember_onwards(request)
    return render(request, "identity/sign_in.html", {"form": AddressForm()})


def send(
    request: HttpRequest, purpose: str, contact: rules.Contact, form: Any, page: str = "identity/sign_in.html"
) -> HttpResponse:
    """Send a code, within the limits per address and per place, and go on to type it in."""
    at = timezone.now()
    place = signing_in.came_from(request)
    is_within = within_limit(f"codes from {place}", 30, seconds=HOUR, at=at)
    if not (within_limit(f"codes to {contact.address}", 5, seconds=HOUR, at=at) and is_within):
        return too_many(request, minutes=60)
    person = request.user if isinstance(request.user, Person) else None
    browser = signing_in.browser_secret(request)
    try:
        code = codes.send_code(
            purpose=purpose, contact=contact, browser=browser, language=_language(), at=at, person=person
        )  # fmt: skip
    except Exception as problem:  # whatever the sender's reason, the person must hear that nothing was sent
        log.error("a code could not be sent: %s", type(problem).__name__)
        form.add_error(
            "address" if "address" in form.fields else None, _("We could not send a code. Try again, or ring us")
        )
        return render(request, page, {"form": form}, status=503)
    request.session[SENT] = {
        "code": str(code.pk),
        "purpose": purpose,
        "channel": contact.channel,
        "address": contact.address,
    }
    return redirect("identity:code")


def sent_code(request: HttpRequest) -> tuple[dict[str, str], rules.Contact] | None:
    """What was sent in this session, and where to; None where nothing was."""
    sent: dict[str, str] | None = request.session.get(SENT)
    if not sent:
        return None
    return sent, rules.Contact("email" if sent["channel"] == "email" else "sms", sent["address"])


def right_code(request: HttpRequest, sent: dict[str, str], digits: str) -> bool:
    """Whether the digits are those that were sent; they are used up."""
    taken = codes.take_code(
        code_id=UUID(sent["code"]), purpose=sent["purpose"], browser=signing_in.browser_secret(request), digits=digits,
        at=timezone.now(),
    )  # fmt: skip
    if taken is not None:
        request.session.pop(SENT, None)
    return taken is not None


def no_longer_works() -> str:
    """Why a code was refused, without saying which of the reasons it was."""
    return _("That code is wrong, or no longer works. Check the digits, or ask for a new code")


def sign_in_proved(request: HttpRequest, contact: rules.Contact) -> HttpResponse:
    """Go on with a person who has proved an address: in, or to the staff's page for those who work here."""
    at = timezone.now()
    person = people.prove(contact, language=_language(), at=at)
    if not person.is_active:
        return render(request, "identity/ended.html", status=403)
    if person.roles:
        return redirect("identity:staff")
    return redirect(signing_in.finish(request, person, how=contact.channel, at=at))


@never_cache
def posted_code(request: HttpRequest) -> HttpResponse:
    """Sign in with the code of a letter."""
    form = PostedCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at, place = timezone.now(), signing_in.came_from(request)
        postcode = form.cleaned_data["postcode"]
        is_within = within_limit(f"posted codes from {place}", 10, seconds=HOUR, at=at)
        if not (
            within_limit(f"posted codes of {rules.tidy_postcode(postcode)}", 20, seconds=HOUR, at=at) and is_within
        ):
            return too_many(request, minutes=60)
        person = codes.take_posted_code(postcode=postcode, typed=form.cleaned_data["code"], at=at)
        if person is not None and person.is_active and not person.roles:
            return redirect(signing_in.finish(request, person, how="post", at=at))
        form.add_error(
            "code", _("That code is wrong, or no longer works. Check the letter and the postcode it came to")
        )
    return render(request, "identity/posted_code.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@signed_in
def stay(request: HttpRequest) -> JsonResponse:
    """Stay signed in; for how many seconds."""
    signing_in.stay(request, timezone.now())
    return JsonResponse({"seconds": settings.SESSION_COOKIE_AGE})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, and go to the front page."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def code_page(request: HttpRequest, form: CodeForm, contact: rules.Contact, status: int = 200) -> HttpResponse:
    """The page on which a code is typed."""
    context = {"form": form, "contact": contact, "minutes": codes.CODE_MINUTES}
    return render(request, "identity/code.html", context, status=status)


def _language() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en"
