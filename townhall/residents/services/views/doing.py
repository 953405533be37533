"""What the applicant may do after sending, by a button: send what was asked for, try again, give it up."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from townhall.residents.services import actions, selectors
from townhall.residents.services.views.flow import private, secret_of, sent_one, signed_in, to
from townhall.residents.services.views.taking import Sender, Sent, shown, take


@require_http_methods(["GET", "POST"])
def do(request: HttpRequest, application_id: UUID, message: str) -> HttpResponse:
    """Ask what is to be said with it, or once whether it is meant, then tell the process. What it does not wait for any
    more leads back.
    """
    application, key = sent_one(request, application_id), request.GET.get("key", "")
    held = selectors.package(application.version)
    if not application.is_sent or message not in held.service.buttons:
        raise Http404
    back = selectors.own_url("services:sent", application, key)
    telling = selectors.telling_of_applicant(application, message)
    sent = Sent()
    if telling is not None and request.method == "POST":
        owner = signed_in(request) or (application.case.reporter if application.case else None)
        whose = str(request.user.pk) if request.user.is_authenticated else actions.owner_of(key or secret_of(request))
        sent = take(request, telling, Sender(whose, owner=owner))
    if telling is None or sent is None or not (telling.is_waited or request.method == "POST"):
        return to(back)
    context = shown(request, telling, sent) | {"back": back, "name": held.service.name.said(selectors.language())}
    return private(render(request, "services/do.html", context, status=sent.status))
