"""Check your answers, send, and what happens next."""
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from townhall.kernel.cases.registries import ON_BEHALF
from townhall.residents.reports import actions, rules, selectors
from townhall.residents.reports.models import Category
from townhall.residents.reports.rules import steps
from townhall.residents.reports.views.adding import photos_of
from townhall.residents.reports.views.flow import Flow, draft_of, page_of, signed_in


@page_of("check")
def check(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Everything that was answered, each with a way to change it; sent from here, once, however often it is pressed."""
    if request.method == "POST":
        return _send(request, flow)
    language = selectors.language()
    given = flow.answers.get("questions", {})
    answered = [
        (question.words(language), question.answer_words(given[question.code], language, yes=_("Yes"), no=_("No")))
        for question in flow.questions
        if question.code in given
    ]
    known = flow.draft.person if flow.draft.taken_by_id else signed_in(request)
    owner = selectors.owner_name(flow.category.owner_gss) if flow.category and flow.category.owner_gss else ""
    return flow.page("check.html", answered=answered, photos=photos_of(flow), known=known, owner=owner)


def _send(request: HttpRequest, flow: Flow) -> HttpResponse:
    try:
        actions.send_draft(
            draft=flow.draft, at=timezone.now(), language=selectors.language(), signed_in=signed_in(request),
            category=flow.category,
        )  # fmt: skip
    except rules.OutsideCouncil:
        return redirect(flow.url("where"))
    except rules.BadAnswer:
        return redirect(flow.url("questions"))
    except rules.NotAccepted:
        return redirect(flow.url("contact"))
    except Category.DoesNotExist:
        return redirect(flow.url("category"))
    return redirect("reports:sent", flow.draft.pk)


def sent(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The reference, who has it and why, what happens next and by when."""
    flow = Flow(request, draft_of(request, draft_id), "check")
    if flow.draft.report is None:
        return redirect(flow.url(steps.next_step(flow.answers, flow.asks)))
    at, report = timezone.now(), flow.draft.report
    page = selectors.report_page(report, request.user, at, is_own=True)
    response = flow.page(
        "sent.html", page=page, report=report, case=report.case, key=actions.reporter_key(report),
        reached=flow.answers.get("contact", {}), taken_by=flow.draft.taken_by_id and request.session.get(ON_BEHALF),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def go_on(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go on with a report where it was left."""
    flow = Flow(request, draft_of(request, draft_id), "what")
    if flow.draft.report_id:
        return redirect("reports:sent", draft_id)
    return redirect(flow.url(steps.next_step(flow.answers, flow.asks)))
