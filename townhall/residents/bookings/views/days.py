"""The day of a resource for officers: who comes, to print or as a sheet; and closing a day."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townhall.kernel.cases.permissions import may_view
from townhall.kernel.identity.permissions import allows, requires
from townhall.kernel.modules import cells
from townhall.residents.bookings import actions, selectors
from townhall.residents.bookings.forms import DayForm
from townhall.residents.bookings.models import Closure, Resource
from townhall.residents.bookings.rules import LONDON

see = requires("bookings.see_days")


def day_of(request: HttpRequest) -> date:
    """The day that is asked for; today where none is."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()


def rows_of(resource: Resource, day: date, person: Any) -> list[dict[str, Any]]:
    """Who comes, each with as much as the reader may see of its case."""
    found = list[dict[str, Any]]()
    at = timezone.now()
    for booking in selectors.on_day(resource, day):
        case = booking.wish.case
        sees, name = may_view(person, case), case.reporter.name if case.reporter else ""
        begins, ends = (each.astimezone(LONDON) for each in (booking.slot.begins, booking.slot.ends))
        if not booking.is_over(at):
            found.append({
                "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}", "places": booking.places,
                "reference": case.reference, "url": reverse("casework:case", args=[case.reference]) if sees else "",
                "name": name if sees else "", "place": case.place if sees else "", "about": booking.wish.about,
                "state": selectors.state_words(booking),
            })  # fmt: skip
    return found


@require_safe
@see
def index(request: HttpRequest) -> HttpResponse:
    """Everything that can be booked, with how many come today."""
    today = timezone.localdate()
    listed = [
        {"resource": each, "today": len(selectors.on_day(each, today)), "name": each.title(selectors.language())}
        for each in Resource.objects.filter(is_active=True)
    ]
    return render(request, "bookings/days.html", {"listed": listed, "today": today})


@require_safe
@see
def day(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Who comes on a day."""
    return _page(request, get_object_or_404(Resource, pk=resource_id), day_of(request))


def _page(request: HttpRequest, resource: Resource, on: date, form: DayForm | None = None) -> HttpResponse:
    closed = Closure.objects.filter(resource=resource, on=on).first()
    context = {
        "resource": resource, "day": on, "rows": rows_of(resource, on, request.user), "closed": closed,
        "name": resource.title(selectors.language()), "form": form or DayForm(initial={"day": on.isoformat()}),
        "before": on - timedelta(days=1), "after": on + timedelta(days=1), "title_words": selectors.day_words(on),
        "may_close": allows(request.user, "bookings.close_days") and on >= timezone.localdate(),
        "feed": request.build_absolute_uri(reverse("bookings:feed", args=[selectors.feed_token(resource)])),
    }  # fmt: skip
    return render(request, "bookings/day.html", context, status=422 if form is not None else 200)


@require_safe
@see
def sheet(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """The list of a day as CSV."""
    resource, on = get_object_or_404(Resource, pk=resource_id), day_of(request)
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow([_("Begins"), _("Ends"), _("Reference"), _("Name"), _("Place"), _("What for"), _("State")])
    for row in rows_of(resource, on, request.user):
        names = ("begins", "ends", "reference", "name", "place", "about", "state")
        lines.writerow([cells.safe(str(row[name])) for name in names])
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="bookings-{on.isoformat()}.csv"'
    return response


@require_POST
@requires("bookings.close_days")
def close(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Close a day: whoever is booked is told."""
    resource, form, person = get_object_or_404(Resource, pk=resource_id), DayForm(request.POST), _me(request)
    if not form.is_valid():
        return _page(request, resource, day_of(request), form)
    on, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
    actions.close_day(resource=resource, on=on, reason=reason, by=person, at=timezone.now())
    return _back(resource, on)


@require_POST
@requires("bookings.close_days")
def open_again(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Let a closed day be booked again."""
    resource, on = get_object_or_404(Resource, pk=resource_id), day_of(request)
    actions.open_day(resource=resource, on=on, by=_me(request), at=timezone.now())
    return _back(resource, on)


def _back(resource: Resource, on: date) -> HttpResponse:
    response = redirect("bookings:day", resource.pk)
    response["Location"] += f"?day={on.isoformat()}"
    return response


def _me(request: HttpRequest) -> Any:
    return request.user
