from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from townhall.kernel.outbox import actions, selectors
from townhall.kernel.outbox.events import KINDS, Fact
from townhall.kernel.outbox.models import Event, Retry
from townhall.kernel.outbox.registries import Subscriber, subscribers
from townhall.kernel.outbox.relay import relay_all

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class BellRang(Fact):
    """A bell rang."""

    kind: ClassVar[str] = "test.bell_rang.v1"
    bell: str


@pytest.fixture(autouse=True, scope="module")
def _only_here():
    yield
    KINDS.pop("test.bell_rang.v1", None)


@pytest.fixture
def heard(monkeypatch):
    """What a subscriber heard; `heard.fails` is asked before each batch and may raise."""

    class Heard(list):
        fails = staticmethod(lambda _events: None)

    told = Heard()

    def handle(events):
        told.fails(events)
        told.extend((event.case_id, event.payload["bell"]) for event in events)

    monkeypatch.setattr(
        subscribers,
        "_entries",
        {"test": Subscriber(name="test", kinds=frozenset({"test.bell_rang.v1"}), handle=handle)},
    )
    return told


def ring(bell, at, case: UUID | None = None, number=0):
    with transaction.atomic():
        actions.publish(BellRang(at=at, case_id=case, number=number, bell=bell))


def bells(heard):
    return [bell for _, bell in heard]


def test_an_event_is_told_once_and_marked(at, heard):
    ring("noon", at)
    relay_all(at=at)
    relay_all(at=at)
    assert bells(heard) == ["noon"]
    assert selectors.waiting().events == 0


def test_events_of_one_case_come_in_their_order_whatever_order_they_were_written_in(at, heard):
    case = uuid4()
    for number in (3, 1, 2):
        ring(str(number), at, case, number)
    relay_all(at=at)
    assert bells(heard) == ["1", "2", "3"]


def test_publishing_outside_a_transaction_is_refused(at, monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(transaction.TransactionManagementError):
        actions.publish(BellRang(at=at, bell="alone"))


def test_one_bad_event_does_not_keep_the_others_back(at, heard):
    def fails(events):
        if any(event.payload["bell"] == "bad" for event in events):
            raise RuntimeError

    heard.fails = fails
    for bell in ("good", "bad", "better"):
        ring(bell, at)
    relay_all(at=at)
    assert bells(heard) == ["good", "better"]
    assert Retry.objects.count() == 1


def test_later_events_of_a_case_wait_behind_a_failed_one(at, heard):
    broken = True

    def fails(events):
        if broken and any(event.payload["bell"] == "1" for event in events):
            raise RuntimeError

    heard.fails = fails
    case, other = uuid4(), uuid4()
    ring("1", at, case, 1)
    ring("2", at, case, 2)
    ring("elsewhere", at, other, 1)
    relay_all(at=at)
    ring("3", at, case, 3)
    relay_all(at=at)
    assert bells(heard) == ["elsewhere"]
    broken = False
    for minutes in (1, 2, 3, 4):
        relay_all(at=at + timedelta(minutes=minutes))
    assert bells(heard) == ["elsewhere", "1", "2", "3"]
    assert Retry.objects.count() == 0


def test_an_event_for_a_subscriber_that_is_gone_is_not_tried_for_ever(at, heard):
    ring("x", at)
    event = Event.objects.get()
    Retry.objects.create(event=event, subscriber="removed", next_at=at, error="failed")
    relay_all(at=at + timedelta(seconds=1))
    assert not Retry.objects.exists()


def test_a_kind_can_be_declared_once():
    with pytest.raises(TypeError, match="kind of its own"):

        @dataclass(frozen=True, kw_only=True)
        class Again(Fact):
            kind: ClassVar[str] = "test.bell_rang.v1"
