"""Loading rows that we made ourselves without checking each against the others: half the database's work."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = (
    "cases_case", "cases_entry", "reports_report", "outbox_event", "open311_forwarded", "measures_tally",
    "mapping_spot", "mapping_cell",
)  # fmt: skip
INDEXES = """
select c.relname, pg_get_indexdef(i.indexrelid)
from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indrelid = any(%s::regclass[]) and not i.indisunique
order by c.relname
"""


@contextmanager
def swiftly() -> Iterator[None]:
    """Within: no foreign keys are checked, no commit waits for the disk, and the big tables have no indexes but their
    keys; afterwards the indexes are made again. Only a superuser may do this; for any other role nothing changes.

    If loading fails the database is not fit for use: the demo makes it anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        if cursor.fetchone() != (True,):
            yield
            return
        cursor.execute("set session_replication_role = replica; set synchronous_commit = off")
        cursor.execute(INDEXES, [list(TABLES)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'drop index "{name}"')
        yield
        cursor.execute("set maintenance_work_mem = '256MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("reset session_replication_role; reset synchronous_commit; reset maintenance_work_mem")
