"""The list of tasks, check your answers, send, and what became of it."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from townhall.kernel.cases.registries import ON_BEHALF
from townhall.kernel.catalogue.forms.engine import Row, summary
from townhall.kernel.catalogue.forms.engine import tasks as tasks_of
from townhall.residents.services import actions, selectors
from townhall.residents.services.views.flow import (
    Flow,
    of_application,
    on_device,
    private,
    sent_one,
    signed_in,
    to,
)

log = logging.getLogger(__name__)


@require_safe
@of_application
def tasks(_request: HttpRequest, flow: Flow) -> HttpResponse:
    """The parts of a long form, each with how far it is."""
    if not flow.form.sections:
        return to(flow.next_url())
    spoken, found = selectors.language(), tasks_of(flow.form, flow.application.answers, facts=flow.facts)
    done = sum(each.status == "done" for each in found)
    shown = [
        {"title": one.title.said(spoken), "status": one.status, "url": flow.page_url(one.pages[0]) if one.pages else ""}
        for one in found
    ]
    return flow.show("tasks.html", tasks=shown, done_tasks=done, is_complete=done == len(found))


@require_http_methods(["GET", "POST"])
@of_application
def check(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Everything that was answered, each with a way to change it; sent from here, once, however often it is pressed."""
    address = flow.next_url()
    if address != flow.url("check"):
        return to(flow.url("tasks") if flow.form.sections else address)
    if request.method == "POST":
        return _send(request, flow)
    return _answers(flow)


def _answers(flow: Flow, *, is_changed: bool = False, status: int = 200) -> HttpResponse:
    rows = summary(flow.form, flow.application.answers, facts=flow.facts)
    shown = {"parts": parts_of(flow, rows), "known": _known(flow), "is_changed": is_changed}
    return flow.show("check.html", status=status, **shown)


def _known(flow: Flow) -> set[str]:
    kept, known = flow.application.answers, flow.application.prefilled
    return {name for name, value in known.items() if kept.get(name) == value}


def parts_of(flow: Flow, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows of the answers, by section and in the reader's language."""
    spoken, found = selectors.language(), dict[str, list[dict[str, Any]]]()
    for row in rows:
        found.setdefault(row.section, []).append({
            "label": row.label.said(spoken), "answer": row.answer.said(spoken) if row.answer else "",
            "question": row.question, "url": f"{flow.page_url(row.page)}?from=check#{row.question.replace('.', '-')}",
            "is_computed": flow.form.questions[row.question.rpartition(".")[2]].is_computed,
        })  # fmt: skip
    titles = flow.form.sections
    return [{"title": titles[name].said(spoken) if name else "", "rows": held} for name, held in found.items()]


def _send(request: HttpRequest, flow: Flow) -> HttpResponse:
    at, number = timezone.now(), request.POST.get("_number", "")
    seen = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else None
    try:
        sent = actions.send_application(application=flow.application, at=at, signed_in=signed_in(request), seen=seen)
    except actions.NotReady:
        return to(flow.url("go_on"))
    except actions.ChangedMeanwhile:
        flow.application.refresh_from_db()
        flow.forget()
        return _answers(flow, is_changed=True, status=409)
    _begin(sent.pk, at)
    return redirect("services:sent", flow.application.pk)


def _begin(application_id: UUID, at: datetime) -> None:
    """Begin the process at once, so that the next page has the next step; where that fails the event does it."""
    try:
        actions.begin_course(application_id=application_id, at=at)
        actions.ask_signatures(application_id=application_id, at=at)
    except Exception:
        log.exception("a process did not begin with the request", extra={"application": str(application_id)})


@require_safe
def sent(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The reference, what happens next and by when, and how it stands."""
    application = sent_one(request, application_id)
    if not application.is_sent:
        return redirect("services:go_on", application_id)
    flow = Flow(request, application)
    standing = selectors.standing(application, timezone.now())
    context = {
        "application": application, "service": flow.package.service, "case": application.case, "standing": standing,
        "name": flow.package.service.name.said(selectors.language()), "language": selectors.language(),
        "is_own": not request.GET.get("key"), "is_again": "again" in request.GET,
        "on_device": on_device(request, application),
        "signings": selectors.signings_of(application),
        "decisions": selectors.decisions_told(application),
        "documents": selectors.documents_for_applicant(application),
        "to_do": selectors.to_do(application, request.GET.get("key", ""), timezone.now()),
        "taken_by": application.taken_by_id and request.session.get(ON_BEHALF),
    }  # fmt: skip
    return private(render(request, "services/sent.html", context))
