"""Making the demo's databases: drawn once, loaded by COPY, kept untouched for starting again."""

import contextlib
import gc
import hashlib
import json
import pickle
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import townhall
from townhall.demo.installations import NAMES, Installation, link_key
from townhall.demo.town.build import build_town
from townhall.demo.town.plan import Size
from townhall.launch import postgres, roles

SOURCE = Path(townhall.__file__).parent
MOST_KEPT = 1_000_000_000
"""Databases of more bytes than this together are not copied, because that would take longer than it saves."""


def fingerprint() -> str:
    """Changes whenever the tables or the generator change, so that old demo data is made anew."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCE.rglob("migrations/*.py"), *(SOURCE / "demo" / "town").rglob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def forget(home: Path) -> None:
    """Remove every council's data."""
    postgres.stop(home / "postgres")
    for name in ("postgres", *NAMES):
        shutil.rmtree(home / name, ignore_errors=True)


def noted(one: Installation) -> dict[str, Any] | None:
    """What an installation's data was made from, or None where it was never finished."""
    path = one.home / one.name / "demo.json"
    return json.loads(path.read_text()) if path.exists() else None


def make(server: postgres.Server, councils: list[Installation], wanted: dict[str, Any]) -> None:
    """Draw the town while the tables are made, copy these for the second council, then load every council at once.

    The loaders are started before there are tables, because they take a while to begin.
    """
    began = time.monotonic()
    say(f"Drawing Northmere from seed {wanted['seed']} ...")
    for one in councils:
        one.kept.parent.mkdir(parents=True, exist_ok=True)
        one.kept.unlink(missing_ok=True)
        for database in (one.name, first(one)):
            roles.drop_database(server, database)
    roles.ensure_database(server, councils[0].name)
    migrating = start(["migrate", "--verbosity", "0"], owning(councils[0], server))
    drawn = councils[0].home / "town.pickle"
    drawn.write_bytes(drawing(wanted["seed"], wanted["size"]))
    words = ["load_borough", "--when-told", "--town", str(drawn), "--cases", str(wanted["cases"])]
    words += ["--link-key", link_key(councils[0].home), *(f"--council={one.name}" for one in councils)]
    loader = start(words, loading(councils[0], server), waits=True)
    finish(migrating)
    for one in councils[1:]:
        copy(server, councils[0].name, one.name)
    tell(loader)
    finish(loader)
    if sum(size(server, one) for one in councils) <= MOST_KEPT:
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda one: keep_first(server, one), councils))
    for one in councils:
        (one.home / one.name / "demo.json").write_text(json.dumps(wanted))
    say(f"Made in {time.monotonic() - began:.0f} seconds.")


def drawing(seed: int, size: Size) -> bytes:
    """The town as a pickle. Nothing of it goes round in circles, so that looking for some is put off meanwhile."""
    gc.disable()
    try:
        return pickle.dumps(build_town(seed=seed, size=size))
    finally:
        gc.enable()


def owning(one: Installation, server: postgres.Server) -> dict[str, str]:
    """The environment of a process that makes tables."""
    told = one.environment(server)
    return told | {"DATABASE_URL": told["DATABASE_OWNER_URL"]}


def loading(one: Installation, server: postgres.Server) -> dict[str, str]:
    """The environment of a process that fills empty tables: the superuser may put off checks and indexes."""
    return one.environment(server) | {"DATABASE_URL": server.url(one.name)}


def first(one: Installation) -> str:
    """The name of the untouched copy that `Start again` goes back to."""
    return f"{one.name}_first"


def keep_first(server: postgres.Server, one: Installation) -> None:
    """Copy a freshly loaded database, so that starting again takes two seconds."""
    copy(server, one.name, first(one))
    one.kept.touch()


def size(server: postgres.Server, one: Installation) -> int:
    """The size of a council's database in bytes."""
    with psycopg.connect(server.url(one.name)) as connection:
        return (connection.execute("select pg_database_size(current_database())").fetchone() or (0,))[0]


def copy(server: postgres.Server, source: str, target: str) -> None:
    """Replace one database by a copy of another."""
    roles.drop_database(server, target)
    statement = sql.SQL("create database {} template {} owner {} strategy file_copy")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(statement.format(*map(sql.Identifier, (target, source, roles.OWNER))))


def introduce(server: postgres.Server, councils: list[Installation]) -> None:
    """Tell each council where the other one answers today."""
    for one in councils:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(server.url(one.name)) as connection:
            for other in councils:
                connection.execute(
                    "update authority_authority set website = %s, open311_url = %s where lower(short_name) = %s",
                    [other.url, f"{other.url}/open311/v2/", other.name],
                )


def start(words: list[str], told: dict[str, str], *, waits: bool = False) -> subprocess.Popen[bytes]:
    """Start a `townhall` process in a group of its own, so that Ctrl-C reaches it through us and in order. One that
    `waits` begins when it is told to.
    """
    command, stdin = [sys.executable, "-m", "townhall", *words], subprocess.PIPE if waits else None
    return subprocess.Popen(command, env=told, stdin=stdin, start_new_session=True)


def tell(process: subprocess.Popen[bytes]) -> None:
    """Let a process that waits begin."""
    with contextlib.suppress(BrokenPipeError), process.stdin or contextlib.nullcontext() as line:
        if line:
            line.write(b"go\n")


def finish(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that must end well. Raises SystemExit with advice where it does not."""
    if process.wait():
        raise SystemExit("The demo could not be made; the lines above say why. Try: ./run demo --fresh")


def say(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
