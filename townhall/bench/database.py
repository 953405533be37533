"""The database under measurement: the synthetic borough at a size, made once and kept until its tables change."""

import json
import math
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from townhall.bench import machine, processes
from townhall.demo import making
from townhall.demo.installations import Installation
from townhall.demo.town.demand import CATEGORIES, cases_in
from townhall.demo.town.plan import Size
from townhall.launch import postgres, roles

SEED = 11
CONNECTIONS = 400
VILLAGE_UNTIL, TOWN_UNTIL = 5_000, 100_000


@dataclass(frozen=True, slots=True)
class Database:
    """A loaded database on a running server; `cases` are those it was loaded with."""

    server: postgres.Server
    name: str
    home: Path
    cases: int

    def connect(self, **more: Any) -> psycopg.Connection:
        """A connection as the server's superuser, for looking in from outside; each statement commits."""
        return psycopg.connect(self.server.url(self.name), autocommit=True, **more)

    def environment(self, port: int) -> dict[str, str]:
        """What the processes of this installation are told. The bench stands behind a proxy of its own, so that it
        can be many addresses.
        """
        told = Installation(self.name, port, self.home.parent).environment(self.server)
        return told | {"TOWNHALL_PROXIES": "1", "TOWNHALL_LOG_LEVEL": "ERROR"}

    def cpu(self) -> float:
        """CPU seconds of PostgreSQL and all its backends so far."""
        pid = int((self.server.data / "postmaster.pid").read_text().split("\n")[0])
        return machine.cpu_seconds(pid)


def is_running(home: Path) -> bool:
    """Whether the bench's PostgreSQL runs already: then somebody else will stop it."""
    data = (home / "bench" / "postgres" / "data").resolve()
    return data.exists() and postgres.is_alive(postgres.Server(data, postgres.socket_folder(data)))


def ready(home: Path, size: int) -> Database:
    """The database of so many cases on a running server, made where it is missing or of other tables than today's."""
    folder = home / "bench"
    server = roomy(folder / "postgres")
    name = f"bench_{size}"
    noted, wanted = folder / name / "bench.json", {"size": size, "seed": SEED, "made_of": making.fingerprint()}
    kept: dict[str, Any] = json.loads(noted.read_text()) if noted.exists() else {}
    if {key: kept.get(key) for key in wanted} != wanted:
        kept = wanted | {"cases": make(server, name, folder, size)}
        noted.write_text(json.dumps(kept))
    return Database(server, name, folder / name, kept["cases"])


def roomy(folder: Path) -> postgres.Server:
    """The bench's PostgreSQL, with room for as many clients as pgbench brings."""
    server = postgres.start(folder)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        row = connection.execute("show max_connections").fetchone()
        if row and int(row[0]) >= CONNECTIONS:
            return server
        connection.execute(f"alter system set max_connections = {CONNECTIONS}".encode())
    postgres.stop(folder)
    return postgres.start(folder)


def make(server: postgres.Server, name: str, folder: Path, size: int) -> int:
    """Load the borough's district into a new database, without photos to be drawn; how many cases it has."""
    began = time.monotonic()
    shutil.rmtree(folder / name, ignore_errors=True)
    (folder / name).mkdir(parents=True)
    roles.drop_database(server, name)
    roles.ensure_database(server, name)
    one = Installation(name, 0, folder)
    migrating = processes.start(["migrate", "--verbosity", "0"], making.owning(one, server))
    drawn = folder / name / "town.pickle"
    drawn.write_bytes(making.drawing(SEED, town_for(size)))
    making.finish(migrating)
    words = ["load_borough", "--town", str(drawn), "--council", "northmere", "--cases", str(cases_for(size))]
    making.finish(processes.start(words, making.loading(one, server)))
    drawn.unlink()
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        connection.execute("update demo_borough set pictured = %s", [Jsonb([row.code for row in CATEGORIES])])
        connection.execute("vacuum (analyze)")
        cases = (connection.execute("select count(*) from cases_case").fetchone() or [0])[0]
    sys.stderr.write(f"{name}: {cases:,} cases in {time.monotonic() - began:.0f} s\n")
    return cases


def town_for(size: int) -> Size:
    """How large a place has so many cases."""
    return "village" if size <= VILLAGE_UNTIL else "town" if size <= TOWN_UNTIL else "city"


def cases_for(size: int) -> int:
    """How many cases both councils must have so that the district has so many."""
    district, county = cases_in(size)
    return math.ceil(size * (district + county) / district * 1.005)
