"""The relay: how many events a second, whether each case's come in order, and what a lost notification costs."""

import json
import subprocess
import sys
import time
from datetime import UTC, datetime

from townhall.bench.figures.live import CASE, EVENT, FORGET, KIND, drain
from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure
from townhall.kernel.modules.keys import uuid7

EVENTS, CASES, LOST = 8_000, 400, 4
BACKLOG = "copy outbox_event (id, kind, case_id, number, payload, at) from stdin"
RELAYED = "select relayed_at is not null from outbox_event where id = %s"


@measurement(
    "relay",
    Figure("relay_rate", "events a second", 2000, "at least", "Events relayed to three subscribers, each writing them"),
    Figure("relay_disorder", "events", 0, "at most", "Events missed, doubled or out of their case's order"),
    order=80,
)
def relay(ground: Ground) -> dict[str, float]:
    """A backlog of many cases, relayed by the worker's own loop with three more subscribers."""
    with ground.worker(), ground.database.connect() as connection:
        drain(connection, seconds=600)
    number = 2 * CASES if ground.quick else EVENTS
    fill(ground, number)
    command = [sys.executable, "-m", "townhall.bench.relaying"]
    ended = subprocess.run(command, env=ground.database.environment(0), stdout=subprocess.PIPE, check=True)
    told = json.loads(ended.stdout)
    with ground.database.connect() as connection:
        connection.execute(FORGET, [KIND])
    return {"relay_rate": told["events"] / told["seconds"], "relay_disorder": told["wrong"] + number - told["events"]}


def fill(ground: Ground, number: int) -> None:
    """Events of many cases, taking turns."""
    cases, payload = [uuid7() for _ in range(CASES)], json.dumps({"ward": "E05999001", "category": "litter_bin"})
    with ground.database.connect() as connection, connection.cursor().copy(BACKLOG) as rows:
        for each in range(number):
            rows.write_row((uuid7(), KIND, cases[each % CASES], each // CASES, payload, datetime.now(UTC)))


@measurement(
    "lost_notify",
    Figure("lost_notify", "seconds", 1, "at most", "The longest an event waits whose notification was lost"),
    order=90,
)
def lost(ground: Ground) -> dict[str, float]:
    """Commits that nobody is told of, at moments that do not fall in step with the sweep."""
    waits: list[float] = []
    with ground.worker(), ground.database.connect() as connection:
        drain(connection, seconds=600)
        case, version = connection.execute(CASE).fetchone() or (None, 0)
        for number in range(LOST):
            time.sleep(0.31 * (number + 1))
            key = uuid7()
            connection.execute(EVENT, [key, KIND, case, version])
            began = time.monotonic()
            while not (connection.execute(RELAYED, [key]).fetchone() or [False])[0]:
                time.sleep(0.005)
            waits.append(time.monotonic() - began)
        connection.execute(FORGET, [KIND])
    return {"lost_notify": max(waits)}
