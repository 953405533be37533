"""What bookings hold about people: what somebody wished for, and when they come."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal
from townhall.residents.bookings import selectors
from townhall.residents.bookings.models import Booking, Wish

KEPT_DAYS = 730


def find_bookings(person: Person) -> list[Record]:
    """What the person wished for, with each time that was taken for it."""
    found = Wish.objects.filter(case__reporter=person).select_related("case").order_by("id")
    return [_record(each) for each in found]


def _record(wish: Wish) -> Record:
    values = {_("What for"): wish.title(selectors.language()), _("Reference"): wish.case.reference}
    for booking in Booking.objects.filter(wish=wish).select_related("slot").order_by("id"):
        when = selectors.time_words(booking.slot.begins, booking.slot.ends)
        values[f"{selectors.state_words(booking)} ({booking.reference})"] = when
    return Record(_("Booking"), wish.made_at, values)


def old_wishes(moment: datetime) -> "QuerySet[Wish]":
    """Wishes of cases that were finished before a moment."""
    return Wish.objects.filter(case__closed_at__lt=moment)


holding(Holding(
    key="bookings.bookings", title=gettext_lazy("What you booked"),
    lawful_basis=gettext_lazy("Public task (UK GDPR, Article 6(1)(e))"),
    retention=Retention(KEPT_DAYS, gettext_lazy("the case was finished"), old_wishes),
    models=("bookings.Wish", "bookings.Booking"), find=find_bookings,
))  # fmt: skip
not_personal.add("bookings.Resource", "a van, a room or a post, with its week; the calendar says when, not who")
not_personal.add("bookings.Closure", "a day on which something is closed; who closed it is kept with changes of staff")
