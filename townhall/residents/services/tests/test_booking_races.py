"""Many want the same place at the same moment, on connections of their own: nobody gets one that is not there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from townhall.kernel.cases.tests import factories as cases
from townhall.residents.bookings import actions, rules
from townhall.residents.bookings.models import LIVE, Booking, Slot
from townhall.residents.services.models import Course
from townhall.residents.services.tests.bookers import Booker, van

MANY, CAPACITY = 12, 3


@pytest.fixture
def bookers(own_database: str) -> list[Booker]:
    """Several who have applied, in a database that really commits."""
    cases.council()
    now = datetime.now().astimezone()
    found = [Booker(now, list, number) for number in range(MANY)]
    van(capacity=CAPACITY)
    return found


def at_once(calls: list[Callable[[], Any]]) -> list[str]:
    """Do all at the same moment, each in a thread with a connection of its own; what came of each."""
    together = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> str:
        together.wait()
        try:
            call()
            return "done"
        except rules.NotPossible as problem:
            return str(problem)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def taken() -> dict[datetime, int]:
    """The places of each slot that bookings take; it must be what the slot itself says."""
    found = {each.begins: each.taken for each in Slot.objects.all()}
    for slot in Slot.objects.all():
        assert Booking.objects.filter(slot=slot, state__in=LIVE).count() == slot.taken <= CAPACITY
    return found


def choosing(booker: Booker, begins: datetime) -> Callable[[], Any]:
    """To choose a time."""
    return lambda: actions.choose(wish_id=booker.wish.pk, begins=begins, at=booker.at)


def test_a_slot_is_never_overbooked(bookers: list[Booker]) -> None:
    begins = bookers[0].days()[4]
    came = at_once([choosing(each, begins) for each in bookers])
    assert sorted(came) == ["done"] * CAPACITY + ["full"] * (MANY - CAPACITY)
    assert taken() == {begins: CAPACITY}


def test_one_wish_from_two_windows_takes_one_place(bookers: list[Booker]) -> None:
    days = bookers[0].days()[:4]
    came = at_once([choosing(bookers[0], each) for each in days])
    assert sorted(came) == ["done", "over", "over", "over"]
    assert sum(taken().values()) == 1


def test_moving_in_both_directions_at_once_ends_with_everybody_in_one_place(bookers: list[Booker]) -> None:
    one, other = bookers[0].days()[5:7]
    for number, each in enumerate(bookers[: 2 * CAPACITY]):
        actions.choose(wish_id=each.wish.pk, begins=one if number % 2 else other, at=each.at)
        Booking.objects.filter(wish=each.wish).update(state="firm", held_until=None)
        course = Course.objects.get(pk=each.application.pk)
        course.state["active"] = {"booked": 9}
        course.save()

    def moving(booker: Booker, begins: datetime) -> Callable[[], Any]:
        return lambda: actions.move(wish_id=booker.wish.pk, begins=begins, at=booker.at)

    at_once([moving(each, other if number % 2 else one) for number, each in enumerate(bookers[: 2 * CAPACITY])])
    assert sum(taken().values()) == 2 * CAPACITY
