"""How far behind the relay is, and what happened so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from townhall.kernel.modules import databases
from townhall.kernel.outbox.models import Event


@dataclass(frozen=True, slots=True)
class Waiting:
    """Events that have not been relayed (counted to 100,000), the age of the oldest, and failures that will be tried
    again.
    """

    events: int
    oldest_seconds: float
    retries: int


def waiting() -> Waiting:
    """What the relay still has to do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from (select 1 from outbox_event where relayed_at is null limit 100000) counted),"
            " (select coalesce(extract(epoch from now() - min(at)), 0) from"
            "   (select at from outbox_event where relayed_at is null order by id limit 1) oldest),"
            " (select count(*) from outbox_retry)"
        )
        events, oldest, retries = cursor.fetchone() or (0, 0, 0)
    return Waiting(events=events, oldest_seconds=float(oldest), retries=retries)


def in_batches(kinds: Sequence[str], *, size: int) -> Iterator[list[tuple[str, datetime, dict[str, Any]]]]:
    """All relayed events of these kinds, as (kind, at, payload) in lists of at most `size`; read with a server-side
    cursor.
    """
    rows = (
        Event.objects.filter(kind__in=kinds, relayed_at__isnull=False)
        .order_by("id")
        .values_list("kind", "at", "payload")
    )
    batch: list[tuple[str, datetime, dict[str, Any]]] = []
    for row in rows.iterator(chunk_size=size):
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class Relayed:
    """A relayed event as analytics get it."""

    id: UUID
    kind: str
    case_id: UUID | None
    number: int
    at: datetime
    payload: dict[str, Any]


def first_day() -> date | None:
    """The day (UTC, by its key) in which the first event was written."""
    first = Event.objects.using(_calm()).order_by("id").values_list("id", flat=True).first()
    return datetime.fromtimestamp((first.int >> 80) / 1000, UTC).date() if first else None


def count_of_day(day: date) -> int:
    """How many relayed events were written in a day (UTC, by their keys)."""
    return _day(day).count()


def of_day(day: date) -> Iterator[Relayed]:
    """The relayed events that were written in a day, in the order of their keys."""
    rows = _day(day).order_by("id").values_list("id", "kind", "case_id", "number", "at", "payload")
    return (Relayed(*row) for row in rows.iterator(chunk_size=5_000))


def _day(day: date) -> QuerySet[Event]:
    begins, ends = (_first_key(day + timedelta(days=number)) for number in (0, 1))
    return Event.objects.using(_calm()).filter(id__gte=begins, id__lt=ends, relayed_at__isnull=False)


def _first_key(day: date) -> UUID:
    """The smallest key that a moment of this day can have: milliseconds in the first 48 bits (RFC 9562)."""
    return UUID(int=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) << 80)


def _calm() -> str:
    """Where bulk reads are in nobody's way: the replica, where there is one that is near."""
    return databases.REPLICA if databases.has_replica() and databases.replica.now().is_near else DEFAULT_DB_ALIAS
