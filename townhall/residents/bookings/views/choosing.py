"""Choosing a day, taking an offer, moving, giving up, waiting: pages of links and radio buttons, no scripts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.kernel.cases.registries import askers
from townhall.residents.bookings import actions, rules, selectors
from townhall.residents.bookings.models import Booking, State, Wish
from townhall.residents.bookings.selectors import Free

DAYS_SHOWN = 14


@dataclass(frozen=True)
class Flow:
    """A wish, for whoever may act for the one who opened its case; `key` is what their letter has behind its link."""

    request: HttpRequest
    wish: Wish
    key: str

    def url(self, name: str = "choose") -> str:
        """A page of the wish."""
        return self.kept(reverse(f"bookings:{name}", args=[self.wish.pk]))

    def kept(self, path: str) -> str:
        """A path with what the letter had behind its link."""
        return askers[self.wish.case.kind].link(self.wish.case, path) if self.key else path

    @property
    def case_url(self) -> str:
        """The page of the case."""
        return self.kept(askers[self.wish.case.kind].page(self.wish.case))

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A page; nobody keeps a copy of it."""
        shared = {
            "flow": self, "wish": self.wish, "case": self.wish.case, "case_url": self.case_url,
            "about": self.wish.title(selectors.language()),
        }  # fmt: skip
        response = render(self.request, f"bookings/{template}", shared | context, status=status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def booking(self, at: datetime) -> Booking | None:
        """The place that the wish has now."""
        found = selectors.live_booking(self.wish, at)
        if found is not None:
            found.wish = self.wish
        return found


def flow_of(request: HttpRequest, wish_id: UUID) -> Flow:
    """The wish. Raises Http404 for anyone else's."""
    wish = Wish.objects.select_related("case__reporter").filter(pk=wish_id).first()
    asker = askers.get(wish.case.kind) if wish else None
    if wish is None or asker is None or not asker.opens(request, wish.case):
        raise Http404
    return Flow(request, wish, request.GET.get("key", ""))


def to(address: str) -> HttpResponseRedirect:
    """On to another page."""
    return HttpResponseRedirect(address)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """The free days, or the times of one; what was chosen, once it is."""
    flow, at = flow_of(request, wish_id), timezone.now()
    if flow.wish.state != Wish.State.OPEN:
        return _standing(flow, at)
    if request.method != "POST":
        return _offered(flow, at)
    do = request.POST.get("do", "")
    try:
        if do == "take":
            actions.take_offer(wish_id=flow.wish.pk, at=at)
        elif do == "leave":
            actions.leave_offer(wish_id=flow.wish.pk, at=at)
            return to(flow.url())
        else:
            actions.choose(wish_id=flow.wish.pk, begins=_moment(request), at=at)
    except rules.NotPossible as problem:
        return _offered(flow, at, wrong=_words(problem), status=422)
    return to(flow.case_url)


def _moment(request: HttpRequest) -> datetime:
    """The time that was chosen. Raises NotPossible (`none`)."""
    try:
        found = datetime.fromisoformat(request.POST.get("slot", ""))
    except ValueError as problem:
        raise rules.NotPossible("none") from problem
    if found.tzinfo is None:
        raise rules.NotPossible("none")
    return found


def _words(problem: rules.NotPossible) -> str:
    said = {
        "none": _("Choose one"), "full": _("Somebody was quicker: choose another"),
        "closed": _("That time is not offered any more: choose another"),
        "late": _("It is too late to change this booking: call us"),
    }  # fmt: skip
    return said.get(str(problem), _("This was over before you pressed the button: choose another"))


def _offered(
    flow: Flow, at: datetime, *, wrong: str = "", status: int = 200, moving: Booking | None = None
) -> HttpResponse:
    free = selectors.free(flow.wish.code, flow.wish.places, at)
    booking = flow.booking(at)
    offer = booking if booking is not None and booking.state == State.OFFERED else None
    days = _by_day(free)
    chosen = _day(flow.request.GET.get("day", ""))
    by_time = any(len(each) > 1 for each in days.values())
    if by_time and chosen is not None and chosen in days:
        return _show_choices(flow, days[chosen], wrong=wrong, status=status, day=chosen, moving=moving, offer=None)
    first = _day(flow.request.GET.get("from", ""))
    shown = [each for each in days if first is None or each >= first][:DAYS_SHOWN]
    later = next((each for each in days if shown and each > shown[-1]), None)
    context = {"wrong": wrong, "status": status, "moving": moving, "offer": offer, "later": later, "first": first}
    if by_time:
        listed = [(_link(flow, "day", each, moving), selectors.day_words(each), len(days[each])) for each in shown]
        return _show_choices(flow, [], days=listed, **context)
    return _show_choices(flow, [slot for each in shown for slot in days[each]], **context)


def _show_choices(
    flow: Flow, slots: list[Free], *, wrong: str, status: int, moving: Booking | None, offer: Booking | None,
    days: list[Any] | None = None, day: date | None = None, later: date | None = None, first: date | None = None,
) -> HttpResponse:  # fmt: skip
    rows = [(each.value, selectors.time_words(each.begins, each.ends), each.left) for each in slots]
    return flow.show(
        "choose.html", status=status, rows=rows, days=days, day=selectors.day_words(day) if day else "",
        wrong=wrong, later_url=_link(flow, "from", later, moving) if later else "", is_later=first is not None,
        first_url=flow.url("move" if moving else "choose"), moving=_row(moving), offer=_row(offer),
        waits=flow.wish.waits_since,
    )  # fmt: skip


def _link(flow: Flow, name: str, day: date, moving: Booking | None) -> str:
    address = flow.url("move" if moving else "choose")
    return f"{address}{'&' if '?' in address else '?'}{name}={day.isoformat()}"


def _by_day(free: list[Free]) -> dict[date, list[Free]]:
    found: dict[date, list[Free]] = {}
    for each in free:
        found.setdefault(each.day, []).append(each)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(booking: Booking | None) -> dict[str, Any] | None:
    if booking is None:
        return None
    return {
        "when": selectors.time_words(booking.slot.begins, booking.slot.ends), "reference": booking.reference,
        "state": selectors.state_words(booking), "code": booking.state, "until": booking.held_until,
    }  # fmt: skip


def _standing(flow: Flow, at: datetime, *, wrong: str = "", status: int = 200) -> HttpResponse:
    """What is booked, and what can be done with it; where nothing is, the way back."""
    booking = flow.booking(at)
    may = {
        name: booking is not None and selectors.may_change(booking, at, message)
        for name, message in (("move", "booking_moved"), ("give_up", "booking_cancelled"))
    }
    until = booking.slot.resource.change_days if booking else 0
    return flow.show("booked.html", status=status, booking=_row(booking), may=may, change_days=until, wrong=wrong)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """Another time for what is booked."""
    flow, at = flow_of(request, wish_id), timezone.now()
    booking = flow.booking(at)
    if booking is None or not selectors.may_change(booking, at, "booking_moved"):
        return to(flow.url())
    if request.method != "POST":
        return _offered(flow, at, moving=booking)
    try:
        actions.move(wish_id=flow.wish.pk, begins=_moment(request), at=at)
    except rules.NotPossible as problem:
        return _offered(flow, at, wrong=_words(problem), status=422, moving=booking)
    return to(flow.url())


@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """Ask once whether it is meant, then give the place back."""
    flow, at = flow_of(request, wish_id), timezone.now()
    booking = flow.booking(at)
    if booking is None or not selectors.may_change(booking, at, "booking_cancelled"):
        return to(flow.url())
    if request.method != "POST":
        return flow.show("give_up.html", booking=_row(booking))
    try:
        actions.give_up(wish_id=flow.wish.pk, at=at)
    except rules.NotPossible as problem:
        return _standing(flow, at, wrong=_words(problem), status=422)
    return to(flow.case_url)


@require_http_methods(["POST"])
def wait(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """On the waiting list, or off it."""
    flow = flow_of(request, wish_id)
    if request.POST.get("do") == "stop":
        actions.stop_waiting(wish_id=flow.wish.pk)
    elif flow.wish.state == Wish.State.OPEN:
        actions.wait(wish_id=flow.wish.pk, at=timezone.now())
    return to(flow.url())


@require_http_methods(["POST"])
def none(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """No day suits: the process goes on without one."""
    flow = flow_of(request, wish_id)
    try:
        actions.no_day_suits(wish_id=flow.wish.pk, at=timezone.now())
    except rules.NotPossible:
        return to(flow.url())
    return to(flow.case_url)
