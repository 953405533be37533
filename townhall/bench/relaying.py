"""Relays what waits with three subscribers of its own beside the house's: a process of its own, run by
`figures/relay.py`. Says as JSON how many events in how many seconds, and how many came wrongly.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402

from townhall.kernel.outbox.events import Delivered  # noqa: E402
from townhall.kernel.outbox.registries import subscribe_batch  # noqa: E402
from townhall.kernel.outbox.relay import relay_once  # noqa: E402

KIND = "cases.case_seen_by_bench.v1"
SUBSCRIBERS = ("first", "second", "third")
TABLE = "create temporary table seen (subscriber text, event uuid, case_id uuid, number int, place serial)"
WRITE = """insert into seen (subscriber, event, case_id, number)
    select %s, event, case_id, number from unnest(%s::uuid[], %s::uuid[], %s::int[]) as t (event, case_id, number)"""
SEEN = "select subscriber, event, case_id, number from seen order by place"


def writes(name: str) -> Callable[..., None]:
    """A subscriber that writes every event of a batch."""

    def note(events: Sequence[Delivered]) -> None:
        columns = [[getattr(event, field) for event in events] for field in ("id", "case_id", "number")]
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [name, *columns])

    note.__name__ = name
    return note


def wrong(rows: Sequence[tuple[str, UUID, UUID, int]]) -> int:
    """How many were seen twice by a subscriber, or after a later one of their case."""
    doubled = sum(count - 1 for count in Counter((who, event) for who, event, *_ in rows).values())
    latest: dict[tuple[str, UUID], int] = {}
    late = 0
    for who, _event, case, number in rows:
        late += number < latest.get((who, case), -1)
        latest[(who, case)] = max(number, latest.get((who, case), -1))
    return doubled + late


def main() -> None:
    """Relay until nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    for name in SUBSCRIBERS:
        subscribe_batch(KIND)(writes(name))
    count, began = 0, time.perf_counter()
    while events := relay_once(at=datetime.now(UTC)):
        count += len(events)
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        rows = cursor.fetchall()
    sys.stdout.write(json.dumps({"events": count, "seconds": seconds, "wrong": wrong(rows) + 3 * count - len(rows)}))


if __name__ == "__main__":
    main()
