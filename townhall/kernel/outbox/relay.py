"""The relay: hands waiting events to subscribers, at least once, in order per case.

One relay works at a time (an advisory lock); others stand by. It claims rows with SKIP LOCKED and marks them in the
transaction of the subscribers' own writes, so that what a subscriber writes to the database happens exactly once.
"""

import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.models import Event, Retry
from townhall.kernel.outbox.nudge import CHANNEL as WAKES_ON
from townhall.kernel.outbox.registries import Subscriber, subscribers

log = logging.getLogger("townhall.relay")
__all__ = ["WAKES_ON", "delivered", "relay_all", "relay_once"]
LOCK = 7_100_001
BATCH = 500


def relay_once(*, at: datetime, most: int = BATCH) -> list[Delivered]:
    """Deliver one batch; the events that were delivered, oldest first. An empty list when another relay is at work."""
    with transaction.atomic():
        if not _have_lock():
            return []
        _retry_due(at)
        rows = list(Event.objects.select_for_update(skip_locked=True).filter(relayed_at=None).order_by("id")[:most])
        events = _in_case_order([delivered(row) for row in rows])
        for subscriber in subscribers:
            _hand(subscriber, [event for event in events if subscriber.wants(event.kind)], at)
        Event.objects.filter(pk__in=[row.pk for row in rows]).update(relayed_at=at)
    return events


def relay_all(*, at: datetime) -> list[Delivered]:
    """Deliver until nothing waits, also what subscribers publish meanwhile."""
    everything: list[Delivered] = []
    while batch := relay_once(at=at):
        everything += batch
    return everything


def delivered(row: Event) -> Delivered:
    """An outbox row as subscribers get it."""
    return Delivered(id=row.pk, kind=row.kind, at=row.at, case_id=row.case_id, number=row.number, payload=row.payload)


def _have_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _in_case_order(events: list[Delivered]) -> list[Delivered]:
    """Events as they came, but those of one case by their number: keys made by two processes can cross."""
    by_case: dict[UUID, list[Delivered]] = {}
    for event in events:
        if event.case_id:
            by_case.setdefault(event.case_id, []).append(event)
    queues = {
        case: iter(sorted(some, key=lambda event: event.number)) for case, some in by_case.items() if len(some) > 1
    }
    return [next(queues[event.case_id]) if event.case_id and event.case_id in queues else event for event in events]


def _hand(subscriber: Subscriber, events: Sequence[Delivered], at: datetime) -> None:
    held = _cases_behind(subscriber, events)
    behind = [event for event in events if event.case_id in held]
    ready = [event for event in events if event.case_id not in held]
    for event in behind:
        _remember(subscriber, event, at=at, error="waits for an earlier event of its case", attempts=0)
    if ready and not _try(subscriber, ready):
        _one_by_one(subscriber, ready, at)


def _one_by_one(subscriber: Subscriber, events: Sequence[Delivered], at: datetime) -> None:
    failed: set[UUID] = set()
    for event in events:
        if event.case_id in failed:
            _remember(subscriber, event, at=at, error="waits for an earlier event of its case", attempts=0)
        elif not _try(subscriber, [event]):
            _remember(subscriber, event, at=at, error="failed", attempts=1)
            if event.case_id:
                failed.add(event.case_id)


def _try(subscriber: Subscriber, events: Sequence[Delivered]) -> bool:
    try:
        with transaction.atomic():
            subscriber.handle(events)
    except Exception:
        log.exception(
            "subscriber failed", extra={"part": subscriber.name, "event": events[0].kind, "count": len(events)}
        )
        return False
    return True


def _cases_behind(subscriber: Subscriber, events: Sequence[Delivered]) -> set[UUID | None]:
    cases = {event.case_id for event in events if event.case_id}
    return set(Retry.objects.filter(subscriber=subscriber.name, case_id__in=cases).values_list("case_id", flat=True))


def _remember(subscriber: Subscriber, event: Delivered, *, at: datetime, error: str, attempts: int) -> None:
    wait = timedelta(seconds=min(3600, 2**attempts) * (0.8 + 0.4 * random.random()))
    Retry.objects.update_or_create(
        event_id=event.id,
        subscriber=subscriber.name,
        defaults={"case_id": event.case_id, "attempts": attempts, "next_at": at + wait, "error": error},
    )


def _retry_due(at: datetime) -> None:
    stuck: set[tuple[str, UUID]] = set()
    due = Retry.objects.select_for_update(skip_locked=True).filter(next_at__lte=at).select_related("event")
    for retry in due.order_by("event__number", "event_id")[:BATCH]:
        key = (retry.subscriber, retry.case_id)
        subscriber = subscribers.get(retry.subscriber)
        if key in stuck or _has_earlier(retry):
            continue
        if subscriber is None or _try(subscriber, [delivered(retry.event)]):
            retry.delete()
        else:
            stuck.add(key)
            _remember(subscriber, delivered(retry.event), at=at, error="failed", attempts=retry.attempts + 1)


def _has_earlier(retry: Retry) -> bool:
    return (
        retry.case_id is not None
        and Retry.objects.filter(
            subscriber=retry.subscriber, case_id=retry.case_id, event__number__lt=retry.event.number
        ).exists()
    )
