"""What is free, what a wish came to, and the day of a resource."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.registries import askers
from townhall.kernel.design import dates
from townhall.residents.bookings import rules
from townhall.residents.bookings.models import FOR_A_WHILE, Booking, Closure, Resource, State, Wish
from townhall.residents.bookings.rules import LONDON, Span

FEED_SALT = "bookings.feed"


def language() -> str:
    """The reader's language: en or cy."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def is_bookable(code: str) -> bool:
    """Whether there is something of a code to book here; else officers book it."""
    return Resource.objects.filter(code=code, is_active=True).exclude(openings=[]).exists()


@dataclass(frozen=True, slots=True)
class Free:
    """A time at which somebody could come, whichever resource it is of. `left` is how many more could."""

    begins: datetime
    ends: datetime
    left: int

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return self.begins.isoformat()

    @property
    def day(self) -> date:
        """Its day here."""
        return self.begins.astimezone(LONDON).date()


def closed_days(resource: Resource) -> set[date]:
    """The days on which a resource is closed: the nation's bank holidays, and those that an officer has closed."""
    own = set(Closure.objects.filter(resource=resource).values_list("on", flat=True))
    return own | set(working_calendar(authority.ours().nation).holidays)


def spans(resource: Resource, at: datetime) -> Iterator[Span]:
    """All slots of a resource that can be booked now, free or not."""
    today = at.astimezone(LONDON).date()
    for day in rules.days_open(resource.pattern, today, closed_days(resource)):
        yield from rules.slots_on(resource.pattern, day)


def taken(resource: Resource, at: datetime) -> Mapping[datetime, int]:
    """How many places of each slot are taken; a hold that has run out takes none."""
    found = Booking.objects.live().filter(slot__resource=resource, slot__begins__gte=at)
    found = found.exclude(Q(state__in=FOR_A_WHILE, held_until__lte=at))
    return dict(found.values_list("slot__begins").annotate(total=Sum("places")))


def free(code: str, places: int, at: datetime) -> list[Free]:
    """The times at which so many places are free, the earliest first; three statements for each resource."""
    found: dict[datetime, Free] = {}
    for resource in Resource.objects.filter(code=code, is_active=True):
        gone = taken(resource, at)
        for span in spans(resource, at):
            left = resource.capacity - gone.get(span.begins, 0)
            best = found.get(span.begins)
            if left >= places and (best is None or best.left < left):
                found[span.begins] = Free(span.begins, span.ends, left)
    return [found[begins] for begins in sorted(found)]


def live_booking(wish: Wish, at: datetime) -> Booking | None:
    """The place that a wish has now."""
    found = Booking.objects.live().filter(wish=wish).select_related("slot__resource").first()
    return None if found is None or found.is_over(at) else found


@dataclass(frozen=True, slots=True)
class Place:
    """A wish as the page of its case shows it: `is_open` where a day is to be chosen, `is_offer` where one waits."""

    title: str
    words: str
    state: str
    url: str
    is_open: bool
    is_offer: bool


def places(case_id: UUID, at: datetime) -> list[Place]:
    """What is to choose on a case, and what is booked."""
    found = Wish.objects.filter(case_id=case_id).exclude(state=Wish.State.WITHDRAWN).order_by("id")
    made = [_place(wish, at) for wish in found]
    return [each for each in made if each is not None]


def _place(wish: Wish, at: datetime) -> Place | None:
    booking, url = live_booking(wish, at), reverse("bookings:choose", args=[wish.pk])
    is_open = wish.state == Wish.State.OPEN
    if booking is None:
        return Place(wish.title(language()), "", "", url, is_open=True, is_offer=False) if is_open else None
    is_offer = booking.state == State.OFFERED
    return Place(
        wish.title(language()), time_words(booking.slot.begins, booking.slot.ends), state_words(booking), url,
        is_open=is_open, is_offer=is_offer,
    )  # fmt: skip


def day_words(day: date) -> str:
    """A day in the reader's language."""
    return dates.day(day, language(), today=timezone.localdate())


def time_words(begins: datetime, ends: datetime) -> str:
    """`Tuesday 24 November, 7am to 12pm`."""
    first, last = begins.astimezone(LONDON), ends.astimezone(LONDON)
    spoken = language()
    hours = _("%(begins)s to %(ends)s") % {"begins": dates.hour(first, spoken), "ends": dates.hour(last, spoken)}
    return f"{day_words(first.date())}, {hours}"


def state_words(booking: Booking) -> str:
    """How a booking stands."""
    words: Mapping[str, str] = {
        State.OFFERED: _("Offered to you"), State.HELD: _("Held for you"), State.FIRM: _("Booked"),
        State.LAPSED: _("Not taken in time"), State.GIVEN_UP: _("Given up"), State.MOVED: _("Moved"),
        State.CALLED_OFF: _("Called off by us"),
    }  # fmt: skip
    return words[booking.state]


def may_change(booking: Booking, at: datetime, message: str) -> bool:
    """Whether whoever booked can still move or give up a booking: it is in time, and the process would take it."""
    wish, today = booking.wish, at.astimezone(LONDON).date()
    asker = askers.get(wish.case.kind)
    is_in_time = rules.is_in_time(booking.slot.begins, today, booking.slot.resource.change_days)
    is_taken = booking.state in (State.HELD, State.FIRM)
    return is_taken and is_in_time and asker is not None and asker.waits(wish.case, message)


def on_day(resource: Resource, day: date) -> list[Booking]:
    """Who comes on a day, in order; what is only held is among them."""
    begins = datetime.combine(day, datetime.min.time(), LONDON)
    ends = datetime.combine(day + timedelta(days=1), datetime.min.time(), LONDON)
    found = Booking.objects.live().filter(slot__resource=resource, slot__begins__gte=begins, slot__begins__lt=ends)
    return list(found.select_related("slot", "wish__case__reporter").order_by("slot__begins", "id"))


def feed_token(resource: Resource) -> str:
    """What the secret link of a resource's calendar has in it."""
    return signing.dumps([str(resource.pk), resource.feed_number], salt=FEED_SALT)


def resource_of_feed(token: str) -> Resource | None:
    """The resource of a secret link; none where it works no more."""
    try:
        key, number = signing.loads(token, salt=FEED_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Resource.objects.filter(pk=key, feed_number=number).first()


def week_words(resource: Resource) -> list[tuple[str, str]]:
    """The week of a resource in words: day and hours."""
    found: dict[int, list[str]] = {}
    for weekday, begins, ends in sorted(resource.pattern.openings):
        found.setdefault(weekday, []).append(f"{begins}-{ends}")
    monday = date(2024, 1, 1)
    names: dict[int, Any] = {number: monday + timedelta(days=number) for number in found}
    return [(weekday_words(names[number].weekday()), ", ".join(hours)) for number, hours in found.items()]


def weekday_words(number: int) -> str:
    """The name of a day of the week; Monday is 0."""
    return [
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    ][number]  # fmt: skip


def moment_words(at: datetime) -> str:
    """A moment in the reader's language."""
    return dates.moment(at.astimezone(LONDON), language(), today=timezone.localdate())
