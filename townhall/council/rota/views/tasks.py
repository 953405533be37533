"""One's own work, and a task that is taken, handed over or given back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from townhall.council.rota import actions
from townhall.council.rota.forms import BackForm, OverForm
from townhall.council.rota.selectors import pages
from townhall.kernel.cases.models import Task
from townhall.kernel.identity.permissions import allows, check, requires


@require_safe
@requires("cases.see_queue")
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody has to do."""
    person: Any = request.user
    context = {
        "mine": pages.my_work(person, timezone.now()), "may_set_skills": allows(person, "rota.lead_team"),
        "notices": messages.get_messages(request),
    }  # fmt: skip
    return render(request, "rota/mine.html", context)


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """A task: what it is, why it is with whom it is, and where else it can go."""
    shared = Task.objects.filter(is_shared=True, done_at=None).select_related("case", "team", "assignee")
    found = get_object_or_404(shared, pk=task_id)
    check(request.user, "cases.view_case", found.case)
    if request.method != "POST":
        return _page(request, found)
    steps = {"take": _take, "back": _back, "over": _over}
    return steps.get(request.POST.get("do", ""), _page)(request, found)


def _take(request: HttpRequest, found: Task) -> HttpResponse:
    check(request.user, "rota.take_task", found)
    person: Any = request.user
    try:
        actions.take(task_id=found.pk, by=person, at=timezone.now())
    except actions.CannotTake as problem:
        return _refused(request, found, problem)
    messages.success(request, _("The task is yours."))
    return redirect("rota:task", found.pk)


def _back(request: HttpRequest, found: Task) -> HttpResponse:
    check(request.user, "rota.move_task", found)
    form, person = BackForm(request.POST), _me(request)
    if not form.is_valid() or found.assignee_id is None:
        return _page(request, found, back=form)
    reason = form.cleaned_data["back_reason"]
    try:
        actions.give_back(task_id=found.pk, holder=found.assignee_id, reason=reason, by=person, at=timezone.now())
    except actions.CannotTake as problem:
        return _refused(request, found, problem)
    messages.success(request, _("The task waits for somebody else."))
    return redirect("rota:mine")


def _over(request: HttpRequest, found: Task) -> HttpResponse:
    check(request.user, "rota.move_task", found)
    form, person = OverForm(request.POST, people=pages.takers(found)), _me(request)
    if not form.is_valid():
        return _page(request, found, over=form)
    told = {"to": UUID(form.cleaned_data["to"]), "reason": form.cleaned_data["over_reason"]}
    try:
        moved = actions.hand_over(task_id=found.pk, holder=found.assignee_id, by=person, at=timezone.now(), **told)
    except actions.CannotTake as problem:
        return _refused(request, found, problem)
    name = moved.assignee.name if moved.assignee else ""
    messages.success(request, _("The task is with %(name)s now.") % {"name": name})
    return redirect("rota:mine")


def _refused(request: HttpRequest, found: Task, problem: actions.CannotTake) -> HttpResponse:
    why = {
        "over": _("Somebody has done the task or moved it since you opened this page."),
        "skills": _("The task needs skills that are not set down for them."),
        "team": _("They are not given tasks of this team."),
    }[str(problem)]
    fresh = Task.objects.select_related("case", "team", "assignee").filter(pk=found.pk).first()
    return _page(request, fresh or found, errors=[{"text": why, "href": "#main"}], status=409)


def _page(request: HttpRequest, found: Task, *, status: int = 0, **standing: Any) -> HttpResponse:
    bound = [each for each in (standing.get("back"), standing.get("over")) if each is not None]
    context = {
        "notices": messages.get_messages(request), "task": found, "needs": pages.skill_words(found.skills),
        "errors": standing.get("errors", []),
        "bound": bound[0] if bound else None, "back": standing.get("back") or BackForm(),
        "over": standing.get("over") or OverForm(people=pages.takers(found)), "is_mine": found.assignee == request.user,
        "may_move": allows(request.user, "rota.move_task", found),
        "may_take": found.assignee_id is None and allows(request.user, "rota.take_task", found),
        "may_see_board": found.team is not None and allows(request.user, "rota.see_board", found.team),
    }  # fmt: skip
    usual = 422 if request.method == "POST" else 200
    return render(request, "rota/task.html", context, status=status or usual)


def _me(request: HttpRequest) -> Any:
    return request.user
