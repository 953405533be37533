"""A copy of the answers to keep: as a page, and as an accessible PDF, for whoever sent them and officers of the case;
and the documents that were made for whoever applied.

A PDF is made while the reader waits: a page takes about ten milliseconds, the length is bounded, and a file
that is made on the spot need not be kept, guarded or forgotten.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townhall.kernel.cases.permissions import may_view
from townhall.kernel.design import paper
from townhall.kernel.identity.actions import within_limit
from townhall.kernel.identity.permissions import allows
from townhall.residents.services import selectors
from townhall.residents.services.models import Application
from townhall.residents.services.views.flow import Flow, application_of, private, sent_one
from townhall.residents.services.views.sending import parts_of

MOST_PDFS = 30
"""PDFs of one application that are made in an hour."""


@require_safe
def copy(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A copy of the answers, as they were sent, to keep or print."""
    application = application_of(request, application_id)
    if not application.is_sent:
        return redirect("services:go_on", application_id)
    return _page(request, application)


@require_safe
def copy_pdf(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The same as PDF; where none can be made, the page with the reason."""
    application, at = _readable(request, application_id), timezone.now()
    if not application.is_sent or application.case is None:
        return redirect("services:go_on", application_id)
    if not within_limit(f"services.pdf:{application.pk}", MOST_PDFS, seconds=3_600, at=at):
        return _page(request, application, _("It was made very often in the last hour. Try again later."), 429)
    try:
        data = selectors.copy_pdf(application, at)
    except selectors.TooLong:
        return _page(request, application, _("Your answers are too long for a PDF. You can print this page."), 413)
    except paper.CannotPrint:
        return _page(request, application, _("PDFs cannot be made here now. You can print this page."), 503)
    return _file(f"{application.case.reference}.pdf", data)


@require_safe
def document(request: HttpRequest, application_id: UUID, document_id: UUID) -> HttpResponse:
    """A document that was made for whoever applied, for them or whoever has the link of a letter."""
    found = selectors.document_file(sent_one(request, application_id), document_id)
    if found is None:
        raise Http404
    return _file(*found)


def _file(name: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return private(response)


def _readable(request: HttpRequest, application_id: UUID) -> Application:
    """The application, for its owner and for officers who may see its case. Raises Http404."""
    found = selectors.of_case(application_id) if allows(request.user, "cases.see_queue") else None
    if found is not None and found.case is not None and may_view(request.user, found.case):
        return found
    return application_of(request, application_id)


def _page(request: HttpRequest, application: Application, problem: str = "", status: int = 200) -> HttpResponse:
    flow, spoken = Flow(request, application), selectors.language()
    if application.case is None:
        raise Http404
    context = {
        "application": application, "case": application.case, "service": flow.package.service, "problem": problem,
        "name": flow.package.service.name.said(spoken), "title_words": _("Your answers"),
        "parts": parts_of(flow, selectors.rows_of(application, timezone.now())), "can_print": paper.can_print(),
    }  # fmt: skip
    return private(render(request, "services/copy.html", context, status=status))
