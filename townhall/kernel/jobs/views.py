"""The page of a piece of background work."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from townhall.kernel.identity import permissions
from townhall.kernel.jobs.models import Progress


@login_required
def progress(request: HttpRequest, progress_id: UUID) -> HttpResponse:
    """How far the work is; it reloads itself every two seconds until it has ended.

    For whoever started it, and administrators.
    """
    work = get_object_or_404(Progress, pk=progress_id)
    permissions.check(request.user, "jobs.watch", work)
    shell = "design/officer.html" if getattr(request.user, "is_staff", False) else "design/resident.html"
    response = render(request, "jobs/progress.html", {"work": work, "shell": shell})
    if work.ended_at is None:
        response["Refresh"] = "2"
    return response
