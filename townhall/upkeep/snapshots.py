"""The database at one moment: the snapshot that others can share, and what each table holds in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from townhall.kernel.documents import actions as documents
from townhall.upkeep import programs
from townhall.upkeep.rules import Table

TEXT_FORMS = {"datestyle": "ISO", "intervalstyle": "postgres", "timezone": "UTC", "bytea_output": "hex"}
"""How values read as text: the same wherever they are fingerprinted."""
TABLES = """
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1"""
FINGERPRINT = (
    "select count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0)::text from public.{} t"
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open transaction that sees one moment; `name` lets pg_dump see the same."""

    connection: psycopg.Connection
    name: str
    server_major: int


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    """The database as it is now, for as long as this lasts. Meanwhile no document's bytes are swept away."""
    with programs.connect(url) as connection:
        documents.hold_the_sweep(connection)
        connection.execute("begin isolation level repeatable read read only")
        row = connection.execute("select pg_export_snapshot()").fetchone()
        yield Snapshot(connection, row[0] if row else "", connection.info.server_version // 10_000)
        connection.execute("rollback")


def tables(
    connection: psycopg.Connection, *, each: Callable[[int, int], None] = lambda _done, _all: None
) -> dict[str, Table]:
    """Rows and fingerprint of every table; `each` is told how many are done of how many."""
    for setting, value in TEXT_FORMS.items():
        connection.execute("select set_config(%s, %s, false)", [setting, value])
    names = [row[0] for row in connection.execute(TABLES)]
    found: dict[str, Table] = {}
    for number, name in enumerate(names, start=1):
        row = connection.execute(sql.SQL(FINGERPRINT).format(sql.Identifier(name))).fetchone()
        assert row is not None  # noqa: S101 - count(*) always gives a row
        found[name] = Table(rows=row[0], fingerprint=row[1])
        each(number, len(names))
    return found


def row_counts(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows every table has."""
    names = [row[0] for row in connection.execute(TABLES)]
    counted: dict[str, int] = {}
    for name in names:
        row = connection.execute(sql.SQL("select count(*) from public.{}").format(sql.Identifier(name))).fetchone()
        counted[name] = row[0] if row else 0
    return counted


def applied_migrations(connection: psycopg.Connection) -> list[str]:
    """The migrations that the database has had, as `app.name`; none where it has no tables of ours."""
    there = connection.execute("select to_regclass('public.django_migrations')").fetchone()
    if there is None or there[0] is None:
        return []
    return [row[0] for row in connection.execute("select app || '.' || name from public.django_migrations order by 1")]
