"""How far behind the relay is."""
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Waiting:
    """Events that have not been relayed (counted to 100,000), the age of the oldest, and failures that will be tried again."""

    events: int
    oldest_seconds: float
    retries: int


def waiting() -> Waiting:
    """What the relay still has to do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from (select 1 from outbox_event where relayed_at is null limit 100000) some),"
            " (select coalesce(extract(epoch from now() - min(at)), 0) from"
            "   (select at from outbox_event where relayed_at is null order by id limit 1) first),"
            " (select count(*) from outbox_retry)"
        )
        events, oldest, retries = cursor.fetchone() or (0, 0, 0)
    return Waiting(events=events, oldest_seconds=float(oldest), retries=retries)
