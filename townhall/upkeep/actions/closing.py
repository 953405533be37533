"""Closing the database for writers while it is upgraded, so that a way back loses nothing that anyone was promised."""

import psycopg
from psycopg import sql

from townhall.upkeep import programs
from townhall.upkeep.failures import UpkeepFailed

SETTING = "default_transaction_read_only"
OTHERS = """
    select usename, coalesce(nullif(application_name, ''), 'no name'), count(*) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and usename is not null
    group by 1, 2 order by 3 desc"""


def close() -> None:
    """Let new connections only read. Raises UpkeepFailed, with the database open again, where others are connected."""
    with programs.connect(programs.owner_url()) as connection:
        _set(connection, "on")
        others = connection.execute(OTHERS).fetchall()
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


def is_closed() -> bool:
    """Whether an upgrade closed the database and did not come to its end."""
    with programs.connect(programs.owner_url()) as connection:
        row = connection.execute(
            "select 1 from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase"
            " where d.datname = current_database() and s.setrole = 0 and %s = any(s.setconfig)",
            [f"{SETTING}=on"],
        ).fetchone()
    return row is not None


def _set(connection: psycopg.Connection, value: str) -> None:
    statement = sql.SQL("alter database {} set {} = {}")
    name = sql.Identifier(connection.info.dbname)
    connection.execute(statement.format(name, sql.Identifier(SETTING), sql.Literal(value)))
