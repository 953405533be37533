"""One step on the ticked cases of a list: first its form, then the step, then the list again with a way to undo it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from townhall.council.casework import actions
from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import queue, rows
from townhall.council.casework.views.steps import STEPS, Step
from townhall.council.casework.views.undoing import remember
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.permissions import allows, requires

MOST = 200


@require_POST
@requires("cases.see_queue")
def several(request: HttpRequest) -> HttpResponse:
    """Show the form of a step for the ticked cases, or take the step on each where the form is filled in."""
    chosen = queue.filter_of(request.POST.get("query", "")[:500])
    step = STEPS.get(request.POST.get("do", ""))
    cases = ticked(request, step) if step and step.for_several else []
    if step is None or not cases:
        return redirect(f"/work/?{chosen.query}")
    is_sent = request.POST.get("sure") == "yes"
    person: Any = request.user
    form = step.form(request.POST if is_sent else None, person=person)
    if is_sent and form.is_valid():
        return _take(request, step, cases, form.cleaned_data, chosen)
    return _ask(request, step, cases, form, chosen)


def ticked(request: HttpRequest, step: Step) -> list[Case]:
    """The ticked cases that this person may take the step on, soonest due first."""
    person: Any = request.user
    keys = [key for key in request.POST.getlist("case")[:MOST] if len(key) == 36]
    cases = Case.objects.filter(pk__in=keys).select_related("team", "assignee").defer("search").order_by("due_at", "id")
    return [case for case in cases if allows(person, step.permission, case)]


def _ask(request: HttpRequest, step: Step, cases: list[Case], form: Any, chosen: Filter) -> HttpResponse:
    shown = rows.rows(cases, chosen, request.user, timezone.now())  # pyright: ignore[reportArgumentType]
    status = 422 if form.is_bound else 200
    return render(
        request,
        "casework/several.html",
        {"step": step, "rows": shown, "form": form, "query": chosen.query},
        status=status,
    )


def _take(request: HttpRequest, step: Step, cases: list[Case], data: dict[str, Any], chosen: Filter) -> HttpResponse:
    person: Any = request.user
    now = timezone.now()
    outcome = actions.each(cases, lambda case: step.act(case, data, person, now, case.version))
    number = len(outcome.done)
    many = ngettext("%(number)s case.", "%(number)s cases.", number) % {"number": number}
    remember(request, outcome, f"{step.told} {many}" if number else "", undoable=step.undoable)
    return redirect(f"/work/?{chosen.query}")
