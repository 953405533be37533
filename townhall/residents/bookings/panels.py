"""Bookings on the officer's case page, in the officers' shell, and among what administrators set up."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Panel, case_panels
from townhall.kernel.design.registries import NavEntry, officer_nav
from townhall.kernel.identity.permissions import allows
from townhall.kernel.identity.registries import SetUpPage, set_up_pages
from townhall.residents.bookings import selectors
from townhall.residents.bookings.models import Booking, Wish

set_up_pages.add(
    "bookings",
    SetUpPage(
        gettext_lazy("Bookings"), "bookings:resources",
        gettext_lazy("What can be booked, when and how often; the lists of days"), order=44,
    ),
)


def _sees_days(request: HttpRequest) -> bool:
    return allows(request.user, "bookings.see_days")


officer_nav.add(
    "bookings",
    NavEntry(gettext_lazy("Bookings"), "bookings:days", order=30, may=_sees_days, prefix="/bookings/days/"),
)


@case_panels.register("bookings")
def bookings_panel(case: Case, _officer: Any) -> Panel | None:
    """What is booked, what was, and what waits to be chosen."""
    wishes = list(Wish.objects.filter(case=case).order_by("id"))
    if not wishes:
        return None
    found = Booking.objects.filter(wish__case=case).select_related("slot__resource").order_by("-id")
    rows = [
        {
            "when": selectors.time_words(each.slot.begins, each.slot.ends), "state": selectors.state_words(each),
            "resource": each.slot.resource.title(selectors.language()), "reference": each.reference,
            "url": reverse("bookings:day", args=[each.slot.resource_id])
            + f"?day={each.slot.begins.astimezone(selectors.LONDON).date().isoformat()}",
            "until": each.held_until if each.state in ("held", "offered") else None,
        }
        for each in found
    ]  # fmt: skip
    context = {"rows": rows, "waits": any(each.state == Wish.State.OPEN for each in wishes)}
    return Panel(title=_("Bookings"), template="bookings/_panel.html", context=context)
