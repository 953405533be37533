"""Loading rows that we made ourselves without checking each against the others: half the database's work."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

from django.db import connection

TABLES = (
    "cases_case", "cases_entry", "reports_report", "outbox_event", "open311_forwarded", "measures_tally",
    "mapping_spot", "mapping_cell",
)  # fmt: skip
OFF_AND_ON = """
select c.conrelid::regclass::text, format('alter table %%s drop constraint %%I', c.conrelid::regclass, c.conname),
    format('alter table %%s add constraint %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
from pg_constraint c
where c.conrelid = any(%(tables)s::regclass[]) and c.contype in ('p', 'u')
    and not exists (select from pg_constraint other where other.contype = 'f' and other.conindid = c.conindid)
union all
select i.indrelid::regclass::text, format('drop index %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
from pg_index i
where i.indrelid = any(%(tables)s::regclass[])
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
union all
select name::text, format('alter table %%s set (autovacuum_enabled = false)', name),
    format('alter table %%s reset (autovacuum_enabled)', name)
from unnest(%(tables)s::regclass[]) name
"""
"""What takes an index away, and what makes it again: all but those that a foreign key leans on. Nor are tables looked
over while they fill.
"""


@contextmanager
def swiftly() -> Iterator[Callable[[], None]]:
    """Within: no foreign keys are checked, no commit waits for the disk, and the big tables have hardly any indexes;
    afterwards they are made again, and fail where a key is there twice. Only a superuser may do this; for any other
    role nothing changes.

    Gives what another connection must call to do the same. If loading fails the database is not fit for use: the demo
    makes it anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        if cursor.fetchone() != (True,):
            yield _as_ever
            return
        cursor.execute(OFF_AND_ON, {"tables": list(TABLES)})
        off_and_on = cursor.fetchall()
        for _, off, _ in off_and_on:
            cursor.execute(off)
    _hurry()
    yield _hurry
    again = {name: [on for table, _, on in off_and_on if table == name] for name in TABLES}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_remake, again.values()))
    with connection.cursor() as cursor:
        cursor.execute("reset session_replication_role; reset synchronous_commit")


def _remake(statements: list[str]) -> None:
    """Make a table's indexes again, on a connection of this thread's own: tables do not wait for one another."""
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("set maintenance_work_mem = '256MB'; set synchronous_commit = off")
        for statement in statements:
            cursor.execute(statement)


def _as_ever() -> None:
    """A connection of a role that may not put off anything."""


def _hurry() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica; set synchronous_commit = off")
