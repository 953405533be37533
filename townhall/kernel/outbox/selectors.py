"""How far behind the relay is, and what happened so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

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
