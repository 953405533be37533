"""A colleague finishes a task of a service's process, with what came of it."""

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
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.selectors import Doing


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def finish(request: HttpRequest, application_id: UUID, task_id: UUID) -> HttpResponse:
    """What the task asks for, and what came of it. A task that is finished already leads back to its case."""
    application = selectors.of_case(application_id)
    person: Any = request.user
    if application is None or application.case is None or not may_view(person, application.case):
        raise Http404
    check(person, "cases.work_case", application.case)
    back = reverse("casework:case", args=[application.case.reference])
    doing = next((each for each in selectors.doings(application) if each.task.pk == task_id), None)
    if doing is None:
        return redirect(back)
    if request.method != "POST":
        return _page(request, doing, back)
    return _take(request, doing, back, person)


def _take(request: HttpRequest, doing: Doing, back: str, person: Person) -> HttpResponse:
    named = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    outcome = "failed" if request.POST.get("_do") == "failed" else "done"
    typed = rules.only_of(selectors.questions_of(doing.form), named)
    found = selectors.result_of(doing.form, typed, timezone.now()) if outcome == "done" else None
    shown = frozenset(request.POST.getlist("_shown"))
    more = selectors.come_up(doing.form, typed, shown, timezone.now()) if shown and found is not None else None
    if found is not None and (found.mistakes or more):
        known = [each for each in found.mistakes if each.question in shown]
        return _page(request, doing, back, typed=typed, mistakes=known, errors=[more] if more else [], status=422)
    result = dict(found.answers) if found else {}
    result |= {name: request.POST.get(f"_{name}", "").strip()[:200] for name in doing.brings}
    reason = request.POST.get("_reason", "").strip()[:500]
    try:
        actions.finish_task(
            application_id=doing.application.pk, task_id=doing.task.pk, outcome=outcome,
            result=doing.with_known(result), by=person, at=timezone.now(), reason=reason,
        )  # fmt: skip
    except actions.Refused as problem:
        told = [{"text": _("The process does not take that: %(why)s") % {"why": problem}, "href": "#main"}]
        return _page(request, doing, back, typed=typed, errors=told, status=409)
    return redirect(back if may_view(person, Case.objects.get(pk=doing.application.pk)) else "casework:queue")


def _page(request: HttpRequest, doing: Doing, back: str, *, status: int = 200, **standing: Any) -> HttpResponse:
    mistakes, typed, version = standing.get("mistakes", []), standing.get("typed", {}), doing.application.version
    context = {
        "doing": doing, "back": back, "case": doing.application.case, "language": selectors.language(),
        "asking": selectors.in_page(version, doing.form_name, typed, mistakes, timezone.now()),
        "errors": [*selectors.told_mistakes(doing.form, mistakes), *standing.get("errors", [])],
    }  # fmt: skip
    response = render(request, "services/task.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
