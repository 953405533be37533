"""Whoever has a day to choose, a day held or a payment begun goes on with it after the case went to another version."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.residents.bookings.models import Booking, State
from townhall.residents.bookings.rules import LONDON
from townhall.residents.payments.models import Payment
from townhall.residents.services import actions
from townhall.residents.services.models import Transfer, Version
from townhall.residents.services.tests.bookers import Booker

pytestmark = pytest.mark.django_db
RENAMED = {"choose": "choose_day", "pay": "charge", "booked": "is_booked"}


@pytest.fixture
def one(council: Any, relay: Callable[[], Any], settings: Any) -> Booker:
    """Somebody who has applied for a collection and has to choose a day."""
    settings.TOWNHALL_PAYMENTS = "sandbox"
    return Booker(datetime.now().astimezone(), relay)


@pytest.fixture
def other(one: Booker) -> Version:
    """A version in which three states have other names."""
    files = dict(read(SHELF / "bulky_waste").files)
    process = files["process.yaml"].decode()
    for old, new in RENAMED.items():
        process = re.sub(rf"(?<=to: ){old}\b|(?<=try_again: ){old}\b|(?<=\n  ){old}(?=:\n)", new, process)
    return actions.publish(package=read_files("bulky_waste", files | {"process.yaml": process.encode()}), at=one.at)


def carried(transfer: Transfer, at: datetime) -> Transfer:
    """Carry a transfer to its end."""
    while actions.go_on(transfer_id=transfer.pk, at=at).cases:
        pass
    return transfer


def moved(one: Booker, other: Version) -> Transfer:
    """Let the case go over."""
    source = one.application.version
    begun = actions.begin_transfer(source=source, target=other, states=RENAMED, by=None, at=one.at)
    return carried(begun, one.at)


def variable_is_the_day(one: Booker) -> bool:
    """Whether the process has the day that is booked."""
    return one.variable("booked_on") == one.booking.slot.begins.astimezone(LONDON).date().isoformat()


def test_a_day_chosen_after_the_move_is_held_and_what_is_paid_after_the_way_back_confirms_it(
    one: Booker, other: Version
) -> None:
    there = moved(one, other)
    assert one.states() == ["choose_day"]
    one.choose()
    assert (one.states(), one.booking.state, one.payment.state) == (["charge"], State.HELD, "open")
    begun = one.client.post(f"/payments/{one.payment.pk}/", {"sandbox": "works"})
    carried(actions.take_back(transfer=there, by=None, at=one.at), one.at)
    assert (one.states(), Payment.objects.count(), Booking.objects.count()) == (["pay"], 1, 1)
    one.client.post(begun["Location"], {"choice": "paid"}, follow=True)
    assert (one.states(), one.booking.state, one.payment.state) == (["booked"], State.FIRM, "paid")
    assert variable_is_the_day(one)


def test_a_day_that_is_held_and_a_payment_that_is_begun_go_along(one: Booker, other: Version) -> None:
    one.choose()
    begun = one.client.post(f"/payments/{one.payment.pk}/", {"sandbox": "works"})
    moved(one, other)
    assert (one.states(), one.payment.state, one.booking.state) == (["charge"], "open", State.HELD)
    one.client.post(begun["Location"], {"choice": "paid"}, follow=True)
    assert (one.states(), one.payment.state, one.booking.state) == (["is_booked"], "paid", State.FIRM)
    assert variable_is_the_day(one)


def test_a_day_that_is_booked_can_be_moved_and_given_up_after_the_move(one: Booker, other: Version) -> None:
    one.choose()
    one.pay()
    before = one.booking.slot.begins
    moved(one, other)
    assert one.states() == ["is_booked"]
    one.client.post(f"{one.url}move/", {"slot": one.days()[3].isoformat()})
    assert one.booking.slot.begins != before
    assert variable_is_the_day(one)
    one.client.post(f"{one.url}give-up/")
    assert (one.booking.state, one.states()) == (State.GIVEN_UP, ["stopped"])
    one.relay()
    assert one.payment.returned_pence() == 3_000
