"""The page of one case, and the steps taken on it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from townhall.council.casework.actions import Outcome
from townhall.council.casework.forms import StepForm, TaskForm
from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import case_page, lists, queue, replies, timeline
from townhall.council.casework.views.steps import STEPS, Step
from townhall.council.casework.views.undoing import remember, toast
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Task
from townhall.kernel.cases.rules import ChangedMeanwhile, StatusRefused
from townhall.kernel.identity.permissions import allows, check, requires
from townhall.kernel.identity.rules import national
from townhall.kernel.modules.keys import tidy_reference
from townhall.kernel.notify import selectors as notify
from townhall.kernel.privacy import actions as privacy

OPEN_TABS = ("reply", "note", "pass", "resolve", "status")
DONE_TABS = ("reply", "note", "reopen")
ASIDE = ("assign", "pause", "resume", "category")


@dataclass(frozen=True, slots=True)
class Pane:
    """A step's form on the page; one is shown at a time."""

    step: Step
    form: StepForm
    is_shown: bool
    is_tab: bool


@require_GET
@requires("cases.see_queue")
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about a case on one page."""
    if reference != (tidy := tidy_reference(reference)) and tidy:
        return redirect("casework:case", tidy)
    case = found(request, reference)
    person: Any = request.user
    if case.reporter_id:
        privacy.note_look(case.reporter_id, person, case.pk, timezone.now())
    return page(request, case, asked=request.GET.get("do", ""))


def found(request: HttpRequest, reference: str) -> Case:
    """The case, where this person may see it. Raises Http404, PermissionDenied."""
    case = case_page.find(reference)
    if case is None:
        raise Http404(reference)
    check(request.user, "cases.view_case", case)
    return case


def chosen_list(request: HttpRequest) -> Filter:
    """The list that the case was opened from."""
    person: Any = request.user
    if request.method == "POST":
        return queue.filter_of(request.POST.get("query", "")[:500])
    return Filter.parse(request.GET, default=queue.usual(person))


def page(
    request: HttpRequest,
    case: Case,
    *,
    asked: str = "",
    bound: StepForm | None = None,
    since: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with a `bound` form where what was typed could not be done, and what changed `since` a version."""
    person: Any = request.user
    now = timezone.now()
    chosen = chosen_list(request)
    shown = case_page.case_page(case, chosen, person, now)
    which = request.GET.get("show", "all")
    context = {
        "page": shown, "case": case, "query": chosen.query, "show": which if which in timeline.SHOWN else "all",
        "lines": timeline.shown(shown.lines, which), "public_count": len(timeline.shown(shown.lines, "public")),
        "notes_count": len(timeline.shown(shown.lines, "notes")), "toast": toast(request),
        "panes": panes(request, case, asked, bound),
        "panels": [(panel.title, render_to_string(panel.template, panel.context, request)) for panel in shown.panels],
        "task_form": TaskForm(person=person, auto_id="task_%s"), "may_work": allows(person, "cases.work_case", case),
        "meanwhile": [line for line in shown.lines if since is not None and line.number > since],
        "letters": [(letter, notify.as_text(letter)) for letter in notify.letters_of_case(case.pk)[:20]],
        "replies": replies.ready(), "national": national,
        "may_see_person": case.reporter is not None and allows(person, "identity.see_person", case.reporter),
        "may_set_up": allows(person, "identity.set_up"),
    }  # fmt: skip
    return render(request, "casework/case.html", context, status=status)


def panes(request: HttpRequest, case: Case, asked: str, bound: StepForm | None) -> list[Pane]:
    """The forms of the steps that this person may take on the case now."""
    tabs = OPEN_TABS if case.is_open else DONE_TABS
    aside = [code for code in ASIDE if case.is_open and code != ("pause" if case.paused_at else "resume")]
    codes = [code for code in (*tabs, *aside) if allows(request.user, STEPS[code].permission, case)]
    chosen = asked if asked in codes else next(iter(codes), "")
    return [
        Pane(STEPS[code], _form(request, case, code, bound, chosen), code == chosen, code in tabs) for code in codes
    ]


def _form(request: HttpRequest, case: Case, code: str, bound: StepForm | None, chosen: str) -> StepForm:
    person: Any = request.user
    if bound is not None and code == chosen:
        return bound
    initial: dict[str, Any] = {}
    template = request.GET.get("template", "")
    if code == "reply" and template:
        initial = {"text": replies.filled(template, case, person), "template": template}
    return STEPS[code].form(case=case, person=person, auto_id=f"{code}_%s", initial=initial)


@require_POST
@requires("cases.see_queue")
def step(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Take a step on the case. What was typed is kept where the step is refused or somebody else was quicker."""
    case = found(request, reference)
    if code not in STEPS:
        raise Http404(code)
    chosen = STEPS[code]
    check(request.user, chosen.permission, case)
    person: Any = request.user
    form = chosen.form(request.POST, case=case, person=person, auto_id=f"{code}_%s")
    if not form.is_valid():
        return page(request, case, asked=code, bound=form, status=422)
    return _take(request, case, chosen, form)


def _take(request: HttpRequest, case: Case, chosen: Step, form: StepForm) -> HttpResponse:
    person: Any = request.user
    version = _version(request, case)
    _before, after = lists.beside(case, chosen_list(request), person, timezone.now())
    try:
        entry = chosen.act(case, form.cleaned_data, person, timezone.now(), version)
    except ChangedMeanwhile:
        again = found(request, case.reference)
        return page(request, again, asked=chosen.code, bound=form, since=version, status=409)
    except StatusRefused:
        form.add_error(None, _("The case cannot take this step as it stands now"))
        return page(request, found(request, case.reference), asked=chosen.code, bound=form, status=409)
    remember(request, Outcome(((str(case.pk), entry.number),), ()), str(chosen.told), undoable=chosen.undoable)
    to_next = request.POST.get("then") == "next" and after
    return _on(request, after if to_next else case.reference)


def _version(request: HttpRequest, case: Case) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else case.version


def _on(request: HttpRequest, reference: str) -> HttpResponse:
    query = chosen_list(request).query
    return redirect(reverse("casework:case", args=[reference]) + (f"?{query}" if query else ""))


@require_POST
@requires("cases.see_queue")
def set_task(request: HttpRequest, reference: str) -> HttpResponse:
    """Set something to be done in the case."""
    case = found(request, reference)
    check(request.user, "cases.work_case", case)
    person: Any = request.user
    form = TaskForm(request.POST, case=case, person=person, auto_id="task_%s")
    if form.is_valid():
        data = form.cleaned_data
        cases.add_task(case_id=case.pk, title=data["title"], due_on=data["due_on"], by=person, at=timezone.now())
    return _on(request, case.reference)


@require_POST
@requires("cases.see_queue")
def tick_task(request: HttpRequest, reference: str, task_id: UUID) -> HttpResponse:
    """Mark a task as done, or as not done after all."""
    case = found(request, reference)
    check(request.user, "cases.work_case", case)
    task = get_object_or_404(Task, pk=task_id, case=case, is_asked=False)
    person: Any = request.user
    cases.do_task(task_id=task.pk, by=person, at=timezone.now(), done=request.POST.get("done") == "yes")
    return _on(request, case.reference)


@require_POST
@requires("cases.see_queue")
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Join the case to another that is about the same thing; this one then follows that one."""
    case, other = found(request, reference), found(request, tidy_reference(request.POST.get("to", "")))
    for each in (case, other):
        check(request.user, "cases.work_case", each)
    person: Any = request.user
    try:
        entry = cases.join(case_id=case.pk, to=other.pk, by=person, at=timezone.now())
    except StatusRefused:
        remember(
            request, Outcome((), (case.reference,)), _("One of the two is joined to another already."), undoable=False
        )
    else:
        told = _("Joined to %(reference)s.") % {"reference": other.reference}
        remember(request, Outcome(((str(case.pk), entry.number),), ()), told, undoable=False)
    return _on(request, case.reference)
