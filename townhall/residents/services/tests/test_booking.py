"""Choosing a day, holding it while paying, moving, giving up, waiting: bulky waste from end to end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.cases.models import Case, Task
from townhall.kernel.identity.models import Change
from townhall.kernel.notify.models import Letter
from townhall.residents.bookings import actions, rules
from townhall.residents.bookings.models import Booking, Closure, Resource, Slot, State
from townhall.residents.bookings.rules import LONDON
from townhall.residents.bookings.selectors import feed_token, free
from townhall.residents.payments import actions as payments
from townhall.residents.payments.models import Refund
from townhall.residents.services.actions import sent_key
from townhall.residents.services.tests.bookers import Booker, minutes, van

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    """The present of views: they ask the clock."""
    return datetime.now().astimezone()


@pytest.fixture(autouse=True)
def sandbox(settings: Any) -> None:
    """The sandbox takes payments."""
    settings.TOWNHALL_PAYMENTS = "sandbox"


@pytest.fixture
def one(council: Any, now: datetime, relay: Callable[[], Any]) -> Booker:
    """Somebody who has applied."""
    return Booker(now, relay)


@pytest.fixture
def two(one: Booker) -> Booker:
    """Somebody else."""
    return Booker(one.at, one.relay, 2)


def letters(booker: Booker) -> list[str]:
    """The kinds of letters that were written."""
    booker.relay()
    return list(Letter.objects.filter(case_id=booker.application.pk).order_by("id").values_list("kind", flat=True))


def signed_in(person: Any) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(person)
    return client


def test_publishing_proposes_what_can_be_booked_and_an_officer_owns_it_from_then_on(one: Booker, council: Any) -> None:
    proposed = van()
    assert (proposed.capacity, proposed.is_proposal, len(proposed.openings)) == (20, True, 4)
    actions.change_resource(resource=proposed, values={"capacity": 3}, by=council.administrator, at=one.at)
    Booker(one.at, one.relay, 3)
    assert (van().capacity, van().is_proposal, Resource.objects.count()) == (3, False, 1)
    assert Change.objects.filter(what="bookings: Bulky waste van", after={"capacity": 3}).exists()


def test_a_day_is_chosen_held_paid_and_confirmed_by_letter(one: Booker) -> None:
    assert "Choose a day" in one.client.get(one.sent_url).content.decode()
    answer = one.choose()
    assert (answer.status_code, answer["Location"]) == (302, one.sent_url)
    assert (one.booking.state, one.states()) == (State.HELD, ["pay"])
    assert "Pay £30" in one.client.get(one.sent_url).content.decode()
    one.pay()
    assert (one.booking.state, one.states()) == (State.FIRM, ["booked"])
    assert one.variable("booked_on") == one.booking.slot.begins.astimezone(LONDON).date().isoformat()
    assert "bulky_waste/booked" in letters(one)


def test_a_declined_card_keeps_the_day_and_a_payment_that_does_not_come_frees_it(one: Booker) -> None:
    one.choose()
    one.pay("declined")
    assert one.booking.state == State.HELD
    assert payments.close_overdue(one.at + minutes(31)) == 1
    assert (one.booking.state, one.states(), Slot.objects.get().taken) == (State.GIVEN_UP, ["unpaid"], 0)
    assert "Choose a day and pay" in one.client.get(one.sent_url).content.decode()
    one.press("try_again")
    one.choose()
    one.pay()
    assert one.states() == ["booked"]


def test_a_hold_runs_out_by_itself_and_is_free_at_that_moment(one: Booker, two: Booker) -> None:
    van(capacity=1)
    one.choose()
    first = one.booking.slot.begins
    assert first not in two.days()
    later = one.at + minutes(31)
    assert first in [each.begins for each in free("van", 1, later)]
    actions.choose(wish_id=two.wish.pk, begins=first, at=later)
    one.booking.refresh_from_db()
    assert (one.booking.state, two.booking.state, Slot.objects.get().taken) == (State.LAPSED, State.HELD, 1)


def test_who_pays_after_the_hold_has_run_out_keeps_the_day_where_it_is_free_else_chooses_another(
    one: Booker, two: Booker
) -> None:
    van(capacity=1)
    one.choose()
    actions.lapse(one.at + minutes(31))
    one.pay()
    assert (one.booking.state, one.states()) == (State.FIRM, ["booked"])
    two.choose()
    Booking.objects.filter(pk=two.booking.pk).update(held_until=two.at)
    third = Booker(one.at, one.relay, 3)
    third.choose()
    assert third.booking.slot_id == two.booking.slot_id
    two.pay()
    assert two.states() == ["another_day"]
    two.choose()
    assert (two.booking.state, two.states()) == (State.FIRM, ["booked"])


def test_a_full_day_is_not_offered_and_cannot_be_taken(one: Booker, two: Booker) -> None:
    van(capacity=1)
    one.choose()
    answer = two.client.post(two.url, {"slot": one.booking.slot.begins.isoformat()})
    assert answer.status_code == 422
    assert "Somebody was quicker" in answer.content.decode()
    assert two.states() == ["choose"]


@pytest.mark.parametrize("slot", ["", "tomorrow", "2026-05-12T07:00:00", "1999-05-11T07:00:00+00:00"])
def test_a_time_that_is_not_offered_is_refused(one: Booker, slot: str) -> None:
    assert one.client.post(one.url, {"slot": slot}).status_code == 422
    assert not Booking.objects.exists()


def test_giving_up_in_time_pays_back_and_frees_the_day(one: Booker) -> None:
    one.choose(5)
    one.pay()
    assert "Give it up" in one.client.get(one.url).content.decode()
    assert one.client.post(f"{one.url}give-up/").status_code == 302
    assert (one.booking.state, one.states()) == (State.GIVEN_UP, ["stopped"])
    assert Refund.objects.get().amount_pence == 3_000
    assert Slot.objects.get().taken == 0


def test_too_late_nothing_can_be_changed_online(one: Booker) -> None:
    one.choose(0)
    one.pay()
    van(change_days=60)
    page = one.client.get(one.url).content.decode()
    assert "To change it now, call us" in page
    assert one.client.post(f"{one.url}give-up/")["Location"] == one.url
    with pytest.raises(rules.NotPossible):
        actions.move(wish_id=one.wish.pk, begins=one.days()[3], at=one.at)
    assert one.booking.state == State.FIRM


def test_moving_tells_the_process_and_writes_a_letter(one: Booker) -> None:
    one.choose(3)
    one.pay()
    other = one.days()[8]
    assert one.client.post(f"{one.url}move/", {"slot": other.isoformat()}).status_code == 302
    assert (one.booking.slot.begins, one.booking.state) == (other, State.FIRM)
    assert one.variable("booked_on") == other.astimezone(LONDON).date().isoformat()
    assert Slot.objects.order_by("begins").values_list("taken", flat=True).first() == 0
    assert "booking_moved" in letters(one)


def test_a_day_that_an_officer_closes_is_told_and_another_is_offered(one: Booker, council: Any) -> None:
    one.choose(2)
    one.pay()
    day, resource = one.booking.slot.begins.astimezone(LONDON).date(), van()
    officer = signed_in(council.officer)
    answer = officer.post(f"/bookings/days/{resource.pk}/close/?day={day}", {"day": day, "reason": "The van is broken"})
    assert answer.status_code == 302
    assert (one.booking.state, one.states()) == (State.CALLED_OFF, ["another_day"])
    letters(one)
    assert "The van is broken" in str(Letter.objects.get(kind="booking_called_off").blocks)
    assert day not in {each.astimezone(LONDON).date() for each in one.days()}
    one.choose(2)
    assert one.states() == ["booked"], "it is paid already"
    officer.post(f"/bookings/days/{resource.pk}/open/?day={day}")
    assert not Closure.objects.exists()


def test_who_waits_is_offered_what_comes_free_the_longest_first(one: Booker, two: Booker) -> None:
    van(capacity=1, ahead_days=9)
    while one.days():
        Booker(one.at, one.relay, len(one.days()) + 10).choose()
    assert "No day is free just now" in one.client.get(one.url).content.decode()
    for booker in (two, one):
        assert booker.client.post(f"{booker.url}wait/", {"do": "wait"}).status_code == 302
    assert actions.offer_freed(one.at) == 0
    later = one.at + minutes(31)
    actions.lapse(later)
    Slot.objects.exclude(pk=Slot.objects.order_by("begins")[0].pk).update(taken=1)
    assert actions.offer_freed(later) >= 1
    assert two.booking.state == State.OFFERED
    assert "booking_offered" in letters(two)
    assert "A place has come free" in two.client.get(two.url).content.decode()
    two.client.post(two.url, {"do": "take"})
    assert (two.booking.state, two.states()) == (State.HELD, ["pay"])


def test_an_offer_that_nobody_takes_goes_to_the_next(one: Booker, two: Booker) -> None:
    van(capacity=1, ahead_days=3, notice_days=2, openings=[[day, "07:00", "12:00"] for day in range(7)])
    Closure.objects.create(resource=van(), on=(one.at + timedelta(days=3)).astimezone(LONDON).date())
    actions.wait(wish_id=one.wish.pk, at=one.at)
    actions.wait(wish_id=two.wish.pk, at=one.at + minutes(1))
    assert actions.offer_freed(one.at) == 1
    assert one.booking.state == State.OFFERED
    actions.leave_offer(wish_id=one.wish.pk, at=one.at)
    assert actions.offer_freed(one.at) == 1
    assert (one.booking.state, two.booking.state) == (State.GIVEN_UP, State.OFFERED)


def test_no_day_that_suits_ends_without_a_payment(one: Booker) -> None:
    one.client.post(f"{one.url}none/")
    assert one.states() == ["no_day"]


def test_somebody_elses_booking_is_not_there(one: Booker, two: Booker, council: Any) -> None:
    one.choose()
    neighbour = signed_in(council.neighbour)
    for client in (Client(), neighbour, two.client):
        for page in ("", "move/", "give-up/", "booking.ics"):
            assert client.get(f"{one.url}{page}").status_code == 404
        for page in ("", "move/", "give-up/", "wait/", "none/"):
            assert client.post(f"{one.url}{page}", {"slot": one.days()[0].isoformat()}).status_code == 404
    case = Case.objects.get(pk=one.application.pk)
    assert Client().get(f"{one.url}?key={sent_key(case)}").status_code == 200


def test_a_calendar_has_the_booking_and_that_of_staff_no_name(one: Booker, council: Any) -> None:
    one.choose()
    one.pay()
    own = one.client.get(f"{one.url}booking.ics")
    assert own["Content-Type"].startswith("text/calendar")
    assert "STATUS:CONFIRMED" in own.content.decode()
    address = f"/bookings/feed/{feed_token(van())}.ics"
    feed = Client().get(address).content.decode()
    assert Case.objects.get(pk=one.application.pk).reference in feed
    assert "Asha" not in feed
    assert "Mill Lane" not in feed
    actions.new_feed_link(resource=van(), by=council.administrator, at=one.at)
    assert Client().get(address).status_code == 404


def test_the_list_of_a_day_shows_names_to_those_who_may_see_the_case(one: Booker, council: Any) -> None:
    one.choose()
    Case.objects.filter(pk=one.application.pk).update(team=council.street_scene)
    day, resource = one.booking.slot.begins.astimezone(LONDON).date(), van()
    for path in (f"/bookings/days/{resource.pk}/?day={day}", f"/bookings/days/{resource.pk}/list.csv?day={day}"):
        assert "Asha Begum" in signed_in(council.officer).get(path).content.decode()
        assert "Asha Begum" not in signed_in(council.other_officer).get(path).content.decode()
        assert signed_in(council.resident).get(path).status_code == 403
    assert "1" in signed_in(council.officer).get("/bookings/days/").content.decode()


def test_administrators_change_the_week_on_a_page_and_mistakes_are_named(one: Booker, council: Any) -> None:
    administrator, resource = signed_in(council.administrator), van()
    address = f"/bookings/set-up/{resource.pk}/"
    assert "07:00-12:00" in administrator.get(address).content.decode()
    values = {
        "name": resource.name, "name_cy": "Fan", "code": "van", "monday": "09:00-10:00, 10.30-12.00", "capacity": "2",
        "slot_minutes": "30", "notice_days": "0", "ahead_days": "7", "hold_minutes": "15", "change_days": "0",
        "is_active": "on",
    }  # fmt: skip
    wrong = administrator.post(address, values | {"monday": "9 to 10"})
    assert wrong.status_code == 422
    assert "Enter hours like 09:00-12:30" in wrong.content.decode()
    assert administrator.post(address, values).status_code == 302
    assert van().openings == [[0, "09:00", "10:00"], [0, "10:30", "12:00"]]
    assert signed_in(council.officer).post(address, values).status_code == 403
    assert "times are free" in one.client.get(one.url).content.decode()


def test_without_something_to_book_a_colleague_books(one: Booker) -> None:
    van(is_active=False)
    other = Booker(one.at, one.relay, 2)
    assert Task.objects.get(case_id=other.application.pk).title == "Make the booking: van"
