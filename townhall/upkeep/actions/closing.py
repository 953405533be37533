"""Closing the database for writers while it is upgraded, so that a way back loses nothing that anyone was promised."""

import threading
import time
from typing import Any

import psycopg
from psycopg import sql

from townhall.upkeep import programs
from townhall.upkeep.failures import UpkeepFailed

SETTING = "default_transaction_read_only"
OTHERS = """
    select usename, coalesce(nullif(application_name, ''), 'no name'), count(*) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and usename is not null
    group by 1, 2 order by 3 desc"""
CLOSED = """
    select 1 from pg_db_role_setting setting join pg_database on pg_database.oid = setting.setdatabase
    where datname = current_database() and setrole = 0 and %s = any(setconfig)"""
LEAVING_SECONDS, PAUSE_SECONDS = 3, 0.05
"""How long connections that were just closed may take to leave the server."""


def close() -> None:
    """Let new connections only read. Raises UpkeepFailed, with the database open again, where others are connected."""
    with programs.connect(programs.owner_url()) as connection:
        _set(connection, "on")
        others = _others(connection)
        if others:
            _set(connection, "off")
            who = ", ".join(f"{number} of {user}" for user, _name, number in others)
            raise UpkeepFailed(
                f"The database is in use ({who}). Stop the web and worker processes, upgrade, and start them again."
            )


def open_again() -> None:
    """Let everybody write again."""
    with programs.connect(programs.owner_url()) as connection:
        _set(connection, "off")


def is_closed(cursor: Any) -> bool:
    """Whether an upgrade closed the database and did not come to its end. Asks psycopg's cursor or Django's."""
    cursor.execute(CLOSED, [f"{SETTING}=on"])
    return cursor.fetchone() is not None


def _others(connection: psycopg.Connection) -> list[tuple[str, str, int]]:
    """Who is still connected when those that are leaving have left."""
    pause, until = threading.Event(), time.monotonic() + LEAVING_SECONDS
    while others := connection.execute(OTHERS).fetchall():
        if time.monotonic() > until:
            break
        pause.wait(PAUSE_SECONDS)
    return others


def _set(connection: psycopg.Connection, value: str) -> None:
    statement = sql.SQL("alter database {} set {} = {}")
    name = sql.Identifier(connection.info.dbname)
    connection.execute(statement.format(name, sql.Identifier(SETTING), sql.Literal(value)))
