"""Loading rows that we made ourselves without checking each against the others: half the database's work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = (
    "cases_case", "cases_entry", "reports_report", "outbox_event", "open311_forwarded", "measures_tally",
    "mapping_spot", "mapping_cell",
)  # fmt: skip
OFF_AND_ON = """
select format('alter table %%s drop constraint %%I', c.conrelid::regclass, c.conname),
    format('alter table %%s add constraint %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
from pg_constraint c
where c.conrelid = any(%(tables)s::regclass[]) and c.contype in ('p', 'u')
    and not exists (select from pg_constraint other where other.contype = 'f' and other.conindid = c.conindid)
union all
select format('drop index %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
from pg_index i
where i.indrelid = any(%(tables)s::regclass[])
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
union all
select format('alter table %%s set (autovacuum_enabled = false)', name),
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
        for off, _ in off_and_on:
            cursor.execute(off)
    _hurry()
    yield _hurry
    with connection.cursor() as cursor:
        cursor.execute("set maintenance_work_mem = '256MB'")
        for _, on in off_and_on:
            cursor.execute(on)
        cursor.execute("reset session_replication_role; reset synchronous_commit; reset maintenance_work_mem")


def _as_ever() -> None:
    """A connection of a role that may not put off anything."""


def _hurry() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica; set synchronous_commit = off")
