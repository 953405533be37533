"""Keeping the map: each case is counted as what it is now, whatever has happened to it and in whatever order."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from townhall.kernel.mapping.grid import EVERY_CELL, EVERY_SPOT, REFRESH, RENEW

LOCK = 7_100_002
BATCH = 2_000


def refresh(keys: Iterable[UUID], *, at: datetime) -> int:
    """Count these cases as what they are now; how many rows of the grid moved. Doing it again changes nothing."""
    wanted = list(keys)
    moved = 0
    with transaction.atomic(), connection.cursor() as cursor:
        _one_at_a_time()
        for start in range(0, len(wanted), BATCH):
            cursor.execute(REFRESH, {"keys": wanted[start : start + BATCH], "at": at})
            moved += (cursor.fetchone() or (0,))[0]
        if moved:
            cursor.execute(RENEW)
    return moved


def grow_older(*, at: datetime, most: int = BATCH) -> int:
    """Count again the cases that time alone has changed; how many there were, at most so many at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select case_id from mapping_spot where changes_at < %s order by changes_at limit %s", [at, most]
        )
        keys = [key for (key,) in cursor.fetchall()]
    if keys:
        refresh(keys, at=at)
    return len(keys)


def rebuild(*, at: datetime) -> int:
    """Count every case anew; how many are on the map. Readers see the old numbers until it is done."""
    with transaction.atomic(), connection.cursor() as cursor:
        _one_at_a_time()
        cursor.execute("delete from mapping_cell")
        cursor.execute("delete from mapping_spot")
        cursor.execute(EVERY_SPOT, {"at": at})
        found = cursor.rowcount
        cursor.execute(EVERY_CELL)
        cursor.execute(RENEW)
    return found


def sweep() -> int:
    """Remove the rows of the grid that count nothing any more; how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        _one_at_a_time()
        cursor.execute("delete from mapping_cell where count = 0")
        return cursor.rowcount


def _one_at_a_time() -> None:
    """Wait until nobody else counts: what was read must not be counted twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
