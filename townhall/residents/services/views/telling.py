"""A colleague tells a process what has come in, or puts it into another state."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.permissions import may_view
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check, requires
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Application
from townhall.residents.services.views.taking import Sender, Sent, seen_number, shown, take

LONGEST_REASON = 500


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def tell(request: HttpRequest, application_id: UUID, message: str) -> HttpResponse:
    """What has come in, told to the process by a colleague. What it does not wait for any more leads back."""
    application = worked_on(request, application_id)
    person: Any = request.user
    telling = selectors.telling_of(application, message)
    if telling is None or not (telling.is_waited or request.method == "POST"):
        return _back(application, person)
    sent = take(request, telling, Sender(str(person.pk), by=person)) if request.method == "POST" else Sent()
    if sent is None:
        return _back(application, person)
    context = shown(request, telling, sent) | {"back": address_of(application)}
    return _page(request, "services/tell.html", context, sent.status)


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def jump(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Put the process into another state: which, and why; then what would come of it; then it is done."""
    application = worked_on(request, application_id)
    person: Any = request.user
    targets = selectors.targets(application, timezone.now())
    if not targets:
        return _back(application, person)
    path, reason = request.POST.get("state", ""), request.POST.get("reason", "").strip()[:LONGEST_REASON]
    chosen = next((each for each in targets if each.path == path), None)
    errors = list[dict[str, str]]()
    if request.method == "POST" and chosen is None:
        errors.append({"text": _("Choose a state"), "href": "#state-1"})
    if request.method == "POST" and not reason:
        errors.append({"text": _("Say why it is put there by hand"), "href": "#reason"})
    if chosen and not errors and request.POST.get("_do") == "jump":
        refused = _jumped(request, application, chosen.path, reason)
        if not refused:
            return _back(application, person)
        errors.append({"text": refused, "href": "#main"})
    ahead = selectors.ahead(application, chosen.path, timezone.now()) if chosen and not errors else None
    context = {
        "targets": targets, "chosen": chosen, "reason": reason, "errors": errors, "ahead": ahead,
        "now": selectors.state_words(application), "case": application.case, "back": address_of(application),
        "number": selectors.number_of(application),
    }  # fmt: skip
    return _page(request, "services/jump.html", context, 422 if errors else 200)


def _jumped(request: HttpRequest, application: Application, path: str, reason: str) -> str:
    """Put it there; why that cannot be, or nothing."""
    by: Any = request.user
    try:
        actions.jump(
            application=application, path=path, reason=reason, by=by, at=timezone.now(), seen=seen_number(request)
        )
    except actions.MovedOn:
        return _("Something else has happened meanwhile. Look again where it is and what will come of it.")
    except (actions.Refused, actions.Unreadable) as problem:
        return _("The process does not take that: %(why)s") % {"why": problem}
    return ""


def worked_on(request: HttpRequest, application_id: UUID) -> Application:
    """The application, for a colleague who may work its case. Raises Http404, PermissionDenied."""
    application = selectors.of_case(application_id)
    person: Any = request.user
    if application is None or application.case is None or not may_view(person, application.case):
        raise Http404
    check(person, "cases.work_case", application.case)
    return application


def address_of(application: Application) -> str:
    """The page of its case."""
    return reverse("casework:case", args=[application.case.reference]) if application.case else ""


def _back(application: Application, person: Person) -> HttpResponse:
    """To the case; or to the queue, where the process has given the case to others."""
    case = Case.objects.get(pk=application.pk)
    return redirect(address_of(application) if may_view(person, case) else "casework:queue")


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
