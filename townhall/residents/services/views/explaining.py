"""Why a decision of a process came out as it did, and why not otherwise, for whoever works the case."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from townhall.kernel.cases.permissions import may_view
from townhall.kernel.identity.permissions import check, requires
from townhall.residents.services import selectors
from townhall.residents.services.views.flow import private


@require_safe
@requires("cases.see_queue")
def why(request: HttpRequest, application_id: UUID, number: int) -> HttpResponse:
    """Each rule of the tables that were looked at, with what it would have needed."""
    application = selectors.of_case(application_id)
    person: Any = request.user
    if application is None or application.case is None or not may_view(person, application.case):
        raise Http404
    check(person, "cases.work_case", application.case)
    decision = next((each for each in selectors.decisions_of(application) if each.number == number), None)
    if decision is None:
        raise Http404
    context = {
        "decision": decision, "tables": selectors.explanation(application, number), "case": application.case,
        "back": reverse("casework:case", args=[application.case.reference]), "language": selectors.language(),
    }  # fmt: skip
    return private(render(request, "services/why.html", context))
