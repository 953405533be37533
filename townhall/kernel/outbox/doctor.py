"""In the database: who we are there, what we own, whether the tables fit, how far the relay is."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import psycopg
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from townhall.kernel.modules.checkups import Finding, checkups
from townhall.kernel.outbox import selectors
from townhall.launch import environment

LEAST_VERSION = 160_000
WAITS_TOO_LONG_SECONDS = 30
CLOCKS_APART = timedelta(seconds=5)
SEPARATE = "make two roles: docs/how-to/run-a-council.md, step 2"
VERSION = "select current_setting('server_version_num')::int, current_setting('server_version')"
OWNED = """select count(*) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'public' and relkind in ('r', 'p') and pg_get_userbyid(relowner) = current_user"""
TABLES = """select count(*) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'public' and relkind in ('r', 'p')"""


@checkups.register("database")
def database() -> Sequence[Finding]:
    """The server and the role that serves: it must be able to work, and own nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"{VERSION}, now(), ({OWNED})")
        number, version, now, owned = cursor.fetchone() or (0, "?", datetime.now(UTC), 0)
        cursor.execute("select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user")
        is_mighty = bool((cursor.fetchone() or [False])[0])
    found = [Finding("Database", f"PostgreSQL {version}")]
    if number < LEAST_VERSION:
        found = [Finding("Database", f"PostgreSQL {version} is too old", "ill", "use PostgreSQL 16 or later")]
    if owned or is_mighty:
        says = f"owns {owned} tables" if owned else "may make databases or roles"
        found.append(Finding("The role that serves", says, "ill", SEPARATE))
    else:
        found.append(Finding("The role that serves", "owns nothing"))
    return [*found, clock(now)]


def clock(database_now: datetime) -> Finding:
    """Whether this machine and the database agree on the time."""
    apart = abs(datetime.now(UTC) - database_now)
    if apart < CLOCKS_APART:
        return Finding("Clock", "agrees with the database's")
    says = f"is {apart.total_seconds():.0f} s away from the database's"
    return Finding("Clock", says, "ill", "let NTP set both machines")


@checkups.register("owner")
def owner() -> Sequence[Finding]:
    """The role that migrates: reachable, and the owner of every table."""
    address = environment.text("DATABASE_OWNER_URL")
    if not address:
        return [Finding("The role that owns", "is not named; migrations use DATABASE_URL", "note", SEPARATE)]
    with psycopg.connect(address, connect_timeout=5) as owning:
        owned = (owning.execute(OWNED).fetchone() or [0])[0]
        tables = (owning.execute(TABLES).fetchone() or [0])[0]
    if owned == tables:
        return [Finding("The role that owns", f"owns all {tables} tables")]
    return [Finding("The role that owns", f"owns {owned} of {tables} tables", "ill", "reassign the others to it")]


@checkups.register("tables")
def tables() -> Sequence[Finding]:
    """Whether every migration has been made."""
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if left:
        return [Finding("Tables", f"{len(left)} migrations are still to be made", "ill", "run: townhall migrate")]
    return [Finding("Tables", "are up to date")]


@checkups.register("relay")
def relay() -> Sequence[Finding]:
    """How long events wait for the worker."""
    waiting = selectors.waiting()
    says = f"{waiting.events} events wait, the oldest for {waiting.oldest_seconds:.0f} s"
    found = [Finding("Relay", says if waiting.events else "nothing waits")]
    if waiting.oldest_seconds > WAITS_TOO_LONG_SECONDS:
        found = [Finding("Relay", says, "ill", "is a worker running? Start: townhall worker")]
    if waiting.retries:
        advice = "the worker's log has each failure; they are tried again with growing pauses"
        found.append(Finding("Subscribers", f"{waiting.retries} failures will be tried again", "note", advice))
    return found
