"""Save for later: on this device, and by a mailed link on any other."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from townhall.kernel.identity.actions import within_limit
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.forms import EmailForm
from townhall.residents.services.models import Application
from townhall.residents.services.views.flow import (
    Flow,
    of_application,
    private,
    secret_of,
    signed_in,
    with_cookie,
)

FROM_ONE_PLACE = 10
"""Links that one visitor may have us mail in an hour."""
TO_ONE_ADDRESS = 5
"""Links that may be mailed to one address in a day, whoever asks."""


@require_safe
@of_application
def kept(request: HttpRequest, flow: Flow) -> HttpResponse:
    """It is kept for later: until when, and how to come back to it, here or on another device."""
    told = rules.contact_of(flow.package.service.applicant, flow.application.answers)
    person = signed_in(request)
    known = told.email or ((person.email or "") if person else "")
    said = request.session.pop(_said(flow.application.pk), "")
    return _page(flow, EmailForm(initial={"email": known}), mailed_to=said)


def _said(application_id: UUID) -> str:
    """Where the address that was just written to is kept until the page has said so."""
    return f"kept_{application_id}"


def _page(flow: Flow, form: forms.Form, *, status: int = 200, mailed_to: str = "") -> HttpResponse:
    return flow.show(
        "kept.html", status=status, until=flow.application.gone_at, form=form, mailed_to=mailed_to,
        next_url=flow.url("go_on"),
    )  # fmt: skip


@require_POST
@of_application
def mail_link(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Mail a link to the application. What a caller tells is not mailed: the officer finishes it."""
    if flow.application.taken_by_id:
        return redirect("services:kept", flow.application.pk)
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _page(flow, form, status=422)
    email = form.cleaned_data["email"]
    try:
        _must_be_few(request, email)
        actions.mail_link(
            application=flow.application, email=email, language=selectors.language(), at=timezone.now()
        )  # fmt: skip
    except actions.TooManyLinks:
        form.add_error("email", _("We have mailed enough links for now. Try again tomorrow."))
        return _page(flow, form, status=429)
    except actions.CannotMail:
        form.add_error("email", _("We cannot send e-mail now. What you typed is still kept on this device."))
        return _page(flow, form, status=503)
    request.session[_said(flow.application.pk)] = email
    return redirect("services:kept", flow.application.pk)


def _must_be_few(request: HttpRequest, email: str) -> None:
    """Raise TooManyLinks where this visitor, or anyone for this address, has had too many."""
    source, at = request.META.get("REMOTE_ADDR", ""), timezone.now()
    within = within_limit(f"services.saved:{source}", FROM_ONE_PLACE, seconds=3_600, at=at)
    if not (within and within_limit(f"services.saved.to:{email}", TO_ONE_ADDRESS, seconds=86_400, at=at)):
        raise actions.TooManyLinks


@require_http_methods(["GET", "POST"])
def open_saved(request: HttpRequest, secret: str) -> HttpResponse:
    """A mailed link: pressing the button opens it on this device, so that a mail scanner's visit does not."""
    application = actions.application_of_link(secret)
    if application is None:
        return secret_page(render(request, "services/saved.html", {"application": None}, status=404))
    if request.method == "POST" and not application.is_sent:
        return _opened(request, application)
    context = {"application": application, "name": application.version.title(selectors.language())}
    return secret_page(render(request, "services/saved.html", context | {"until": application.gone_at}))


def _opened(request: HttpRequest, application: Application) -> HttpResponse:
    device = secret_of(request)
    actions.open_on(application=application, secret=device)
    return with_cookie(redirect("services:go_on", application.pk), device)


def secret_page(response: HttpResponse) -> HttpResponse:
    """The answer, kept by nobody: its address is a secret, told to no other site. With no referrer a browser would
    send its form from nowhere, and that is refused.
    """
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return private(response)
