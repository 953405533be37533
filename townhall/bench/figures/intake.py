"""Reports from other systems: what one costs beside the rows it writes, and how many a second are accepted."""

import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from townhall.bench.copying import TABLES, copy, script
from townhall.bench.ground import Ground
from townhall.bench.loading import Refused, form, load
from townhall.bench.measurements import measurement
from townhall.bench.processes import Served
from townhall.bench.rules import Figure
from townhall.kernel.geo.rules import Point, to_lonlat

PATH = "/open311/v2/requests.json"
KIND = "application/x-www-form-urlencoded"
SENT = 6_000
WARM = 300
KEY = """
insert into open311_apikey (id, name, start, digest, scopes, per_minute, jurisdiction, authority_gss, created_at)
values (gen_random_uuid(), %s, 'bench', %s, '["write"]', 2000000000, '', '', now())
"""
PLACES = """
select point[0], point[1], place from cases_case where point is not null and ward <> '' order by id limit 500
"""
NEWEST = "select reference from cases_case where channel = 'open311' order by opened_at desc limit 1"
FORGET = """
set session_replication_role = replica;
create temp table gone as
    select case_id from open311_receipt where api_key_id in (select id from open311_apikey where start = 'bench');
""" + ";".join(f"delete from {table} where {key} in (select case_id from gone)" for table, key in TABLES.items())  # noqa: S608
VACUUM = f"vacuum (analyze) {', '.join(TABLES)}"
"""Ten thousand new reports on one street would disturb all figures of lists that come next."""
WALL = {"service_code": "graffiti", "attribute[offensive]": "no", "attribute[surface]": "wall"}
NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of a load: how many a second, and CPU for each, of the server, of PostgreSQL and of the loader."""

    per_second: float
    server_ms: float
    postgres_ms: float
    loader_ms: float


@measurement(
    "intake",
    Figure(
        "intake_cpu", "times pgbench", 2.5, "at most",
        "Server and PostgreSQL CPU of a report from another system, beside PostgreSQL's for the same rows by pgbench",
    ),
    Figure("intake_rate_256", "of pgbench", 0.5, "at least", "Reports accepted a second, from 256 clients at once"),
    Figure("intake_rate_64", "of pgbench", 0.3, "at least", "Reports accepted a second, from 64 clients at once"),
    order=25,
)  # fmt: skip
def intake(ground: Ground) -> dict[str, float]:
    """The hot lane in a process of its own; pgbench and the clients take turns."""
    server = ground.server("hot", "--lane", "hot")
    secret = ground.keep("intake.key", lambda: _key(ground))
    file = ground.keep("intake.script", lambda: _script(ground, server, secret))
    total = ground.some(SENT)
    found: dict[str, float] = {}
    for clients in (64, 256):
        copied = copy(ground.database, file, clients=clients, each=max(ground.some(50), total // clients))
        accepted = _accepted(ground, server, secret, clients=clients, total=total)
        found[f"intake_rate_{clients}"] = accepted.per_second / copied.per_second
        found["intake_cpu"] = max(
            found.get("intake_cpu", 0), (accepted.server_ms + accepted.postgres_ms) / copied.postgres_ms
        )
        sys.stderr.write(
            f"{clients} clients: {accepted.per_second:,.0f}/s of {copied.per_second:,.0f}/s; ms of CPU: server "
            f"{accepted.server_ms:.3f}, PostgreSQL {accepted.postgres_ms:.3f}, loader {accepted.loader_ms:.3f}; "
            f"pgbench {copied.postgres_ms:.3f}\n"
        )
    for statement in (FORGET, VACUUM):
        ground.run(statement)
    return found


def _key(ground: Ground) -> str:
    secret = secrets.token_urlsafe(24)
    ground.run(KEY, f"Bench {secret[:6]}", hashlib.sha256(secret.encode()).hexdigest())
    return secret


def _script(ground: Ground, server: Served, secret: str) -> Path:
    """What pgbench runs: the rows of a report that the hot lane has just taken in, again and again."""
    bodies = _bodies(ground, secret)
    kinds = [form(PATH, next(bodies).decode()) for _ in range(ground.some(WARM))]
    load(server.port, kinds, clients=8, expects=(201,))
    reference = ground.rows(NEWEST)[0][0]
    file = ground.database.home / "intake.sql"
    with ground.database.connect() as connection:
        file.write_text(script(connection, reference))
    return file


def _bodies(ground: Ground, secret: str) -> Iterator[bytes]:
    """Forms as other systems send them, no two of them alike."""
    places = ground.keep("intake.places", lambda: ground.rows(PLACES))
    for number in NUMBERS:
        east, north, place = places[number % len(places)]
        where = to_lonlat(Point(east, north))
        said = f"Paint on the wall at {place}, number {number}. It has been there for a week and people complain."
        fields = WALL | {"description": said, "lat": where.lat, "long": where.lon, "api_key": secret}
        yield urlencode(fields).encode()


def _accepted(ground: Ground, server: Served, secret: str, *, clients: int, total: int) -> Accepted:
    file = ground.database.home / "intake.requests"
    bodies = _bodies(ground, secret)
    head = f"POST {PATH} HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Type: {KIND}\r\n"
    with file.open("wb") as out:
        for _ in range(total):
            body = next(bodies)
            request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
            out.write(len(request).to_bytes(4, "big") + request)
    before, before_postgres = server.cpu(), ground.database.cpu()
    plan = {"port": server.port, "clients": clients, "file": str(file)}
    command = [sys.executable, "-m", "townhall.bench.hammer"]
    ended = subprocess.run(command, input=json.dumps(plan).encode(), stdout=subprocess.PIPE, check=True)
    told = json.loads(ended.stdout)
    took, took_postgres = server.cpu() - before, ground.database.cpu() - before_postgres
    if told["statuses"] != {"201": total}:
        raise Refused(f"{PATH} was answered {told['statuses']}, expected 201")
    each = 1000 / total
    return Accepted(total / told["seconds"], took * each, took_postgres * each, told["loader_cpu"] * each)
