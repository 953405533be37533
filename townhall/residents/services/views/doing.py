"""What the applicant may do after sending, by a button: try again, give it up."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from townhall.kernel.catalogue.processes.engine import Event
from townhall.residents.services import actions, selectors
from townhall.residents.services.views.flow import private, sent_one, to


@require_http_methods(["GET", "POST"])
def do(request: HttpRequest, application_id: UUID, message: str) -> HttpResponse:
    """Ask once whether it is meant, then tell the process. What it does not wait for any more leads back."""
    application, key = sent_one(request, application_id), request.GET.get("key", "")
    if not application.is_sent or message not in selectors.package(application.version).service.buttons:
        raise Http404
    back = selectors.own_url("services:sent", application, key)
    button = next((each for each in selectors.buttons(application, key) if each.message == message), None)
    if button is None:
        return to(back)
    if request.method != "POST":
        held = selectors.package(application.version)
        context = {
            "button": button, "back": back, "case": application.case,
            "name": held.service.name.said(selectors.language()),
        }  # fmt: skip
        return private(render(request, "services/do.html", context))
    with suppress(actions.Refused):
        actions.move_on(application_id=application.pk, event=Event("message", message), at=timezone.now())
    return to(back)
