"""What officers decide about held reports and notes, from the case's page."""
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check, requires
from townhall.residents.reports import actions, selectors
from townhall.residents.reports.models import Note, Report


def _report(request: HttpRequest, reference: str) -> tuple[Report, Person]:
    """The report and the officer, who may decide about it. Raises Http404, PermissionDenied."""
    report = selectors.report_of(reference)
    if report is None or not isinstance(request.user, Person):
        raise Http404
    check(request.user, "reports.release", report)
    return report, request.user


def _to_case(report: Report) -> HttpResponse:
    return HttpResponseRedirect(reverse("casework:case", args=[report.case.reference]))


@require_POST
@requires("cases.see_queue")
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the public see a held report."""
    report, officer = _report(request, reference)
    actions.release(report=report, by=officer, at=timezone.now())
    return _to_case(report)


@require_POST
@requires("cases.see_queue")
def look_at_note(request: HttpRequest, reference: str, note_id: UUID) -> HttpResponse:
    """Show a held note to the public, or refuse it."""
    report, officer = _report(request, reference)
    note = get_object_or_404(Note, pk=note_id, report=report)
    actions.look_at_note(note=note, is_shown=request.POST.get("do") == "show", by=officer, at=timezone.now())
    return _to_case(report)
