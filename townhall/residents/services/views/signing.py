"""A second person signs by a mailed link, with no account: sees what the package shows them, says yes or no."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.kernel.identity.actions import within_limit
from townhall.residents.services import actions, selectors
from townhall.residents.services.forms import SigningForm
from townhall.residents.services.models import Signing
from townhall.residents.services.views.keeping import secret_page

FROM_ONE_PLACE = 60
"""Times that one visitor may open or answer such links in an hour."""


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, secret: str) -> HttpResponse:
    """What is to be signed; opening it changes nothing, so that a mail scanner signs nothing. Answered once."""
    at = timezone.now()
    place = request.META.get("REMOTE_ADDR", "")
    if not within_limit(f"services.signing:{place}", FROM_ONE_PLACE, seconds=3_600, at=at):
        return _page(request, None, status=429)
    signing = selectors.signing_of_link(actions.owner_of(secret))
    if signing is None or not selectors.is_open_at(signing, at):
        return _page(request, signing, status=404 if signing is None else 200)
    if request.method != "POST":
        return _page(request, signing, SigningForm())
    form = SigningForm(request.POST)
    if not form.is_valid():
        return _page(request, signing, form, status=422)
    try:
        done = _answer(signing, secret, form.cleaned_data)
    except actions.TooLate:
        done = selectors.signing_of_link(actions.owner_of(secret))
    return _page(request, done)


def _answer(signing: Signing, secret: str, said: dict[str, Any]) -> Signing:
    """Keep the answer. Raises TooLate."""
    at = timezone.now()
    if said["answer"] == "yes":
        return actions.sign(signing_id=signing.pk, secret=secret, at=at)
    return actions.refuse_to_sign(signing_id=signing.pk, secret=secret, reason=said["reason"], at=at)


def _page(
    request: HttpRequest, signing: Signing | None, form: SigningForm | None = None, status: int = 200
) -> HttpResponse:
    """The page; what was answered shows no answers any more, and what is unknown says nothing."""
    spoken = selectors.language()
    context: dict[str, Any] = {"signing": signing, "form": form, "headline": _headline(signing, form)}
    context["is_too_often"] = status == 429
    if signing is not None:
        context["name"] = signing.application.version.title(spoken)
    if signing is not None and form is not None:
        context["says"] = selectors.signed_by(signing).says.said(spoken)
        context["rows"] = selectors.shown_to_signer(signing, timezone.now())
        context["until"] = signing.until
    return secret_page(render(request, "services/sign.html", context, status=status))


def _headline(signing: Signing | None, form: SigningForm | None) -> str:
    if form is not None:
        return _("You are asked to sign")
    if signing is not None and signing.state == Signing.State.SIGNED:
        return _("You have signed")
    if signing is not None and signing.state == Signing.State.REFUSED:
        return _("You have said no")
    return _("This link does not work any more")
