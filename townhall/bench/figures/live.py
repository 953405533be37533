"""Open pages are told: a thousand streams hear of a case that changed."""

import json
import subprocess
import sys
import time
from typing import Any

import psycopg

from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure, percentile
from townhall.kernel.modules.keys import uuid7

STREAMS, TOLD, PAUSE = 1_000, 20, 0.25
CASE = """select id, version from cases_case where is_public order by opened_at desc limit 1"""
KIND = "cases.case_seen_by_bench.v1"
EVENT = "insert into outbox_event (id, kind, case_id, number, payload, at) values (%s, %s, %s, %s, '{}', now())"
FORGET = "delete from outbox_event where kind = %s"
WAITING = "select count(*) from outbox_event where relayed_at is null"


@measurement(
    "live",
    Figure("live_p99", "ms", 250, "at most", "From the commit to a page, for a thousand open pages"),
    order=70,
)
def live(ground: Ground) -> dict[str, float]:
    """A process holds the streams open; events are committed here, relayed by a worker, spread by the server."""
    server = ground.server()
    with ground.worker(), ground.database.connect() as connection:
        drain(connection)
        streams = 40 if ground.quick else STREAMS
        listening = subprocess.Popen(
            [sys.executable, "-m", "townhall.bench.listeners", str(server.port), str(streams)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        said = listening.stdout.readline() if listening.stdout else ""
        if said.strip() != "ready":
            raise RuntimeError(f"the streams did not open: {said}")
        told = tell(connection, ground.some(TOLD))
        heard: dict[str, list[float]] = json.loads(listening.communicate("stop\n")[0])
    late = [(when - told[key]) * 1000 for key, times in heard.items() if key in told for when in times]
    if len(late) != len(told) * streams:
        raise RuntimeError(f"{len(told)} events were told to {streams} streams, but {len(late)} were heard")
    return {"live_p99": percentile(late, 99)}


def tell(connection: psycopg.Connection, number: int) -> dict[str, float]:
    """Commit events one by one, each followed by the nudge that a request gives; when each was committed."""
    case, version = connection.execute(CASE).fetchone() or (None, 0)
    told: dict[str, float] = {}
    for _ in range(number):
        key = uuid7()
        connection.execute(EVENT, [key, KIND, case, version])
        told[str(key)] = time.monotonic()
        connection.execute("notify townhall_outbox")
        time.sleep(PAUSE)
    time.sleep(1)
    connection.execute(FORGET, [KIND])
    return told


def drain(connection: psycopg.Connection[Any], *, seconds: float = 60) -> None:
    """Wait until the worker is up and has relayed what waits. Raises RuntimeError where it does not."""
    connection.execute(EVENT, [uuid7(), KIND, None, 0])
    deadline = time.monotonic() + seconds
    while (connection.execute(WAITING).fetchone() or [0])[0]:
        if time.monotonic() > deadline:
            raise RuntimeError("the worker did not relay what waits")
        time.sleep(0.02)
