"""Counting attempts, so that nobody can try without end."""

import hashlib
from datetime import datetime, timedelta

from django.db import connection

COUNT = """
insert into identity_tally as t (key, count, until) values (%(key)s, 1, %(until)s)
on conflict (key) do update set
    count = case when t.until <= %(at)s then 1 else t.count + 1 end,
    until = case when t.until <= %(at)s then excluded.until else t.until end
returning count
"""

COUNT_MANY = """
insert into identity_tally as t (key, count, until)
select given.key, given.count, %(until)s from unnest(%(keys)s::text[], %(counts)s::int[]) as given (key, count)
order by given.key
on conflict (key) do update set
    count = case when t.until <= %(at)s then excluded.count else t.count + excluded.count end,
    until = case when t.until <= %(at)s then excluded.until else t.until end
returning key, count
"""
"""Counts several attempts at each of several things at once; the keys are what `tally_key` gives."""


def within_limit(what: str, limit: int, *, seconds: int, at: datetime) -> bool:
    """Count one attempt at `what`; whether it is among the first `limit` of the window that the first one opened.

    `what` may name an address or a person: only its hash is kept. Exact across processes.
    """
    key = tally_key(what)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "until": at + timedelta(seconds=seconds), "at": at})
        return cursor.fetchone()[0] <= limit


def tally_key(what: str) -> str:
    """Under what attempts are counted."""
    return hashlib.blake2b(what.lower().encode(), digest_size=32).hexdigest()
