"""PostgreSQL's own programs, in the version that fits the server, and how they are told where it is."""

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from townhall.launch import environment, postgres
from townhall.upkeep.failures import UpkeepFailed

VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}
WRITING = "-c default_transaction_read_only=off -c idle_in_transaction_session_timeout=0 -c statement_timeout=0"
"""An upgrade closes the database for everybody else; whoever keeps it up may still write."""


def owner_url() -> str:
    """The address as the role that owns the tables, past any pooler."""
    for name in ("DATABASE_OWNER_URL", "DATABASE_DIRECT_URL", "DATABASE_URL"):
        if found := environment.text(name):
            return found
    raise UpkeepFailed("DATABASE_URL is not set.")


def connect(url: str) -> psycopg.Connection:
    """A connection that commits each statement and may write while the database is closed for others."""
    given = str(conninfo_to_dict(url).get("options") or "")
    try:
        return psycopg.connect(url, autocommit=True, options=f"{given} {WRITING}".strip(), connect_timeout=10)
    except psycopg.OperationalError as error:
        words = str(error).strip().splitlines()[0]
        raise UpkeepFailed(f"The database does not answer: {words}. Check DATABASE_OWNER_URL.") from error


def told(url: str) -> dict[str, str]:
    """The environment that leads PostgreSQL's programs to the database; no password on a command line."""
    given = conninfo_to_dict(url)
    given["options"] = f"{given.get('options') or ''} {WRITING}".strip()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {VARIABLES[key]: str(value) for key, value in given.items() if key in VARIABLES and value}


def program(name: str, *, server_major: int) -> str:
    """The path of `pg_dump`, `pg_restore` or `psql`: of the server's version where it is, else the nearest newer one.

    Raises UpkeepFailed where none is found, with what to install.
    """
    found = {major: path for path in _places(name) if (major := _major(path)) >= server_major}
    if not found:
        advice = f"Install the package postgresql-client-{server_major}."
        raise UpkeepFailed(f"No {name} of PostgreSQL {server_major} or later is on this machine. {advice}")
    return str(found[min(found)])


def _places(name: str) -> list[Path]:
    places = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), Path(shutil.which(name) or "")]
    with contextlib.suppress(postgres.DatabaseUnavailable):
        places.append(postgres.binaries() / name)
    return [path for path in places if path.is_file()]


def _major(path: Path) -> int:
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\) (\d+)", said)
    return int(number.group(1)) if number else 0
