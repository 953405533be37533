"""Calendar files: of a resource for staff by a secret link, and of one booking for whoever has it."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from townhall.residents.bookings import selectors
from townhall.residents.bookings.models import Booking, State
from townhall.residents.bookings.rules import ical
from townhall.residents.bookings.views.choosing import flow_of

BACK_DAYS = 14


@require_safe
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Who comes, as references: whoever has the link may read it, so no name or address stands in it."""
    resource = selectors.resource_of_feed(token)
    if resource is None:
        raise Http404
    at = timezone.now()
    found = Booking.objects.live().filter(slot__resource=resource, slot__begins__gte=at - timedelta(days=BACK_DAYS))
    found = found.select_related("slot", "wish__case").order_by("slot__begins", "id")
    entries = [
        _entry(each, f"{each.wish.case.reference}: {each.wish.title(selectors.language())}")
        for each in found
        if not each.is_over(at)
    ]
    return _file(entries, resource.title(selectors.language()), "bookings.ics")


@require_safe
def own(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """One's own booking, to put into a calendar."""
    flow = flow_of(request, wish_id)
    booking = flow.booking(timezone.now())
    if booking is None or booking.state == State.OFFERED:
        raise Http404
    title = flow.wish.title(selectors.language())
    url = f"{settings.TOWNHALL_URL}{flow.case_url}"
    text = f"{flow.wish.case.reference}, {booking.reference}"
    return _file([_entry(booking, title, text, flow.wish.case.place, url)], title, "booking.ics")


def _entry(booking: Booking, title: str, text: str = "", place: str = "", url: str = "") -> ical.Entry:
    return ical.Entry(
        uid=str(booking.wish_id), begins=booking.slot.begins, ends=booking.slot.ends, title=title, text=text,
        place=place, url=url, number=int((booking.made_at - booking.wish.made_at).total_seconds()),
        is_firm=booking.state == State.FIRM,
    )  # fmt: skip


def _file(entries: list[ical.Entry], name: str, file: str) -> HttpResponse:
    host = urlsplit(settings.TOWNHALL_URL).hostname or "townhall"
    body = ical.calendar(entries, name=name, at=timezone.now(), host=host)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers["Cache-Control"] = "no-store"
    return response
