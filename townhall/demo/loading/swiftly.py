"""Loading rows that we made ourselves without checking each against the others: half the database's work."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from django.db import connection

TABLES = (
    "cases_case", "cases_entry", "reports_report", "outbox_event", "open311_forwarded", "measures_tally",
    "mapping_spot", "mapping_cell", "geo_address", "geo_asset", "geo_feature", "geo_place", "geo_street",
    "identity_person", "notify_preference",
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


@dataclass(slots=True)
class Hurry:
    """Big tables without indexes: `again` has the statements that make each one's again."""

    pool: ThreadPoolExecutor
    again: dict[str, list[str]] = field(default_factory=dict)
    remaking: list[Future[None]] = field(default_factory=list)

    def begin(self) -> None:
        """Check no foreign keys on this connection, and let no commit wait for the disk."""
        if self.again:
            with connection.cursor() as cursor:
                cursor.execute("set session_replication_role = replica; set synchronous_commit = off")
                cursor.execute("set work_mem = '128MB'")

    def filled(self, *tables: str) -> None:
        """Nothing more comes into these tables: begin to make their indexes again, table beside table."""
        self.remaking += [self.pool.submit(_remake, self.again.pop(table)) for table in tables if table in self.again]

    def end(self) -> None:
        """All tables are filled; back when all have their indexes."""
        self.filled(*self.again)
        for remaking in self.remaking:
            remaking.result()
        if self.remaking:
            with connection.cursor() as cursor:
                cursor.execute("reset session_replication_role; reset synchronous_commit; reset work_mem")


@contextmanager
def swiftly() -> Iterator[Hurry]:
    """Within: no foreign keys are checked, no commit waits for the disk, and the big tables have hardly any indexes;
    afterwards they are made again, and fail where a key is there twice. Only a superuser may do this; for any other
    role nothing changes. If loading fails the database is not fit for use: the demo makes it anew.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        hurry = Hurry(pool)
        with connection.cursor() as cursor:
            cursor.execute("select rolsuper from pg_roles where rolname = current_user")
            if cursor.fetchone() == (True,):
                cursor.execute(OFF_AND_ON, {"tables": list(TABLES)})
                for table, off, on in cursor.fetchall():
                    cursor.execute(off)
                    hurry.again.setdefault(table, []).append(on)
        hurry.begin()
        yield hurry
        hurry.end()


def _remake(statements: list[str]) -> None:
    """Make a table's indexes again, on a connection of this thread's own."""
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("set maintenance_work_mem = '512MB'; set synchronous_commit = off")
        for statement in statements:
            cursor.execute(statement)
