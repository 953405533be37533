"""Keeping the roll-up."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from townhall.kernel.measures import rules
from townhall.kernel.measures.models import Tally
from townhall.kernel.measures.registries import measures
from townhall.kernel.modules.bulk import copy
from townhall.kernel.outbox import selectors as outbox

UPSERT = """
insert into measures_tally (measure, day, category, ward, team_id, bin, count)
select * from unnest(%s::text[], %s::date[], %s::text[], %s::text[], %s::uuid[], %s::smallint[], %s::int[])
on conflict (measure, day, category, ward, team_id, bin) do update set count = measures_tally.count + excluded.count
"""
COLUMNS = ("measure", "day", "category", "ward", "team_id", "bin", "count")
BATCH = 20_000


def add(events: Iterable[tuple[str, datetime, dict[str, Any]]]) -> set[str]:
    """Count events (kind, at, payload); the codes of the measures that moved. One statement, whatever their number."""
    changes = rules.tally(list(measures), events)
    _upsert(changes)
    return {slot.measure for slot, change in changes.items() if change}


def _upsert(changes: Counter[rules.Slot]) -> None:
    kept = sorted((slot, change) for slot, change in changes.items() if change)
    if not kept:
        return
    columns = [list(column) for column in zip(*((*slot, change) for slot, change in kept), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, columns)


def rebuild() -> int:
    """Count everything again from the first event; how many events were read.

    Readers see the old numbers until it is done.
    """
    kinds = sorted({kind for measure in measures for kind in measure.kinds})
    read, changes = 0, Counter[rules.Slot]()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("lock table measures_tally in share row exclusive mode")
        for batch in outbox.in_batches(kinds, size=BATCH):
            changes.update(rules.tally(list(measures), batch))
            read += len(batch)
        replace(changes)
    return read


def replace(counts: Counter[rules.Slot]) -> None:
    """Put these counts in the place of the whole roll-up, for who has counted every event."""
    with transaction.atomic():
        Tally.objects.all()._raw_delete("default")
        copy("measures.Tally", COLUMNS, ((*slot, count) for slot, count in counts.items() if count))
