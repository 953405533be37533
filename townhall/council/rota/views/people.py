"""What one person can do and when they work, for those who lead them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from townhall.council.rota import actions
from townhall.council.rota.forms import ChangeForm, WorkerForm
from townhall.council.rota.models import Change, Worker
from townhall.council.rota.selectors import pages
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check, requires


@require_http_methods(["GET", "POST"])
@requires("rota.lead_team")
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Their skills, their week and how much they are given."""
    found, worker = _led(request, person_id)
    form = WorkerForm(request.POST or None, language=pages.language(), worker=worker)
    if request.method == "POST" and form.is_valid():
        actions.set_worker(found, by=_me(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("rota:person", found.pk)
    return _page(request, found, worker, form=form)


@require_POST
@requires("rota.lead_team")
def change(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """They are away, or work a shift on top."""
    found, worker = _led(request, person_id)
    form, by = ChangeForm(request.POST), _me(request)
    if worker is None or not form.is_valid():
        return _page(request, found, worker, change=form)
    held, at = form.cleaned_data, timezone.now()
    if held["kind"] == Change.Kind.EXTRA:
        begins, ends = held["span"]
        actions.put_on_top(worker, day=held["since"], begins=begins, ends=ends, by=by, at=at)
        messages.success(request, _("Kept."))
    else:
        actions.call_away(worker, kind=held["kind"], since=held["since"], until=held["until"], by=by, at=at)
        messages.success(request, _("Kept. From the first day on, what they have goes to others within a minute."))
    return redirect("rota:person", found.pk)


@require_POST
@requires("rota.lead_team")
def end(request: HttpRequest, person_id: UUID, change_id: UUID) -> HttpResponse:
    """They are back, or it was a mistake."""
    found, worker = _led(request, person_id)
    row = get_object_or_404(Change.objects.select_related("worker__person"), pk=change_id, worker=worker)
    actions.end_change(row, by=_me(request), at=timezone.now())
    messages.success(request, _("Kept."))
    return redirect("rota:person", found.pk)


def _led(request: HttpRequest, person_id: UUID) -> tuple[Person, Worker | None]:
    """Somebody who works here and whom the reader leads. Raises Http404, PermissionDenied."""
    found = get_object_or_404(Person.objects.staff(), pk=person_id)
    check(request.user, "rota.lead_person", found)
    return found, Worker.objects.filter(pk=found.pk).select_related("person").first()


def _page(request: HttpRequest, found: Person, worker: Worker | None, **forms: Any) -> HttpResponse:
    language, at = pages.language(), timezone.now()
    context = {
        "found": found, "worker": worker, "changes": pages.changes_of(worker, at) if worker else [],
        "form": forms.get("form") or WorkerForm(language=language, worker=worker),
        "change": forms.get("change") or ChangeForm(), "bound": forms.get("change") or forms.get("form"),
        "teams": pages.boards_of(found), "notices": messages.get_messages(request),
    }  # fmt: skip
    return render(request, "rota/person.html", context, status=422 if request.method == "POST" else 200)


def _me(request: HttpRequest) -> Any:
    return request.user
