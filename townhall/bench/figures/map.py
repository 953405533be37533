"""The map over all reports: tiles at every zoom, filtered by category and status, and how soon a new report shows."""

import random
import time
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from townhall.bench.figures.live import drain
from townhall.bench.ground import Ground
from townhall.bench.loading import load
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure
from townhall.kernel.geo.rules import Point, mercator, to_lonlat
from townhall.kernel.mapping import rules
from townhall.kernel.modules.keys import uuid7

ZOOMS = range(8, 19)
PLACES, NEW, PATIENCE_SECONDS = 24, 5, 30
SOME = (
    "select point[0], point[1] from cases_case where is_public and point is not null order by md5(reference) limit %s"
)
CATEGORIES = "select category from cases_case where is_public group by 1 order by count(*) desc"
COLUMNS = """kind, category, title, title_cy, status, is_public, channel, point, place, place_cy, ward, paused_reason,
    paused_minutes, was_late, reopened, followers, passed_to, version"""
COPY = f"""
    insert into cases_case (id, reference, opened_at, updated_at, {COLUMNS})
    select %s, %s, now(), now(), {COLUMNS.replace("status", "'received'")}
    from cases_case where is_public and closed_at is null and joined_to_id is null and point is not null
    order by md5(reference || %s) limit 1 returning point[0], point[1]
"""  # noqa: S608
EVENT = """
    insert into outbox_event (id, kind, case_id, number, payload, at)
    values (%s, 'cases.case_seen_by_bench.v1', %s, 1, '{}', now())
"""
GONE = ("delete from documents_document where case_id = any(%s)", "delete from cases_case where id = any(%s)")
"""The demo draws a photo for a new case."""


@measurement(
    "map",
    Figure("map_p95", "ms", 50, "at most", "A tile of the public map, at any zoom, by category and status"),
    Figure("map_queue_p95", "ms", 50, "at most", "A tile of the map beside an officer's or manager's list"),
    Figure("map_tile", "kB", 200, "at most", "The largest tile of any of them, as it is sent"),
    Figure("map_fresh", "s", 2, "at most", "From the commit of a new report until a tile has it, the slowest of five"),
    order=60,
)
def tiles(ground: Ground) -> dict[str, float]:
    """Visitors look at places where reports are, at every zoom and through every sort of filter; then some come."""
    server = ground.server()
    public, queue = ground.keep("map", lambda: (requests(ground, "reports"), requests(ground, "queue")))
    headers = ground.visitor("manager").headers
    shift = ground.round * len(public) // 5
    some = ground.some(len(public))
    public, queue = (each[shift:] + each[:shift] for each in (public, queue))
    ground.keep("map.warm", lambda: load(server.port, public[:10]))
    seen = load(server.port, public, total=some)
    beside = load(server.port, queue, total=some, headers=headers)
    return {
        "map_p95": seen.within(95), "map_queue_p95": beside.within(95),
        "map_tile": max(seen.most_bytes, beside.most_bytes) / 1000, "map_fresh": freshness(ground),
    }  # fmt: skip


def requests(ground: Ground, layer: str) -> list[dict[str, Any]]:
    """Tiles around places where reports are; for each zoom through each filter, in no order."""
    chance = random.Random(zlib.crc32(layer.encode()))
    places = ground.rows(SOME, PLACES)
    codes = [code for (code,) in ground.rows(CATEGORIES)]
    filters = public_filters(codes) if layer == "reports" else queue_filters(codes)
    made = [
        {"path": address(layer, zoom, Point(*chance.choice(places)), **chosen)} for zoom in ZOOMS for chosen in filters
    ]
    chance.shuffle(made)
    return made


def public_filters(codes: list[str]) -> list[dict[str, str]]:
    """The whole year and the usual ninety days, each status, common and rare categories, and both together."""
    statuses = [{"status": status} for status in ("open", "done", "late", "received", "waiting", "fixed")]
    sorts = [{"category": code} for code in (*codes[:4], codes[-1])]
    both = [{"category": codes[0], "status": "open"}, {"category": codes[1], "status": "done"}]
    return [{"days": days} | chosen for days in ("0", "90") for chosen in ({}, *statuses, *sorts, *both)]


def queue_filters(codes: list[str]) -> list[dict[str, str]]:
    """Lists as officers narrow them, those that the grid counts and those that it does not."""
    lists = [{"list": name} for name in ("all", "mine", "nobody", "over", "today", "paused", "reopened", "done")]
    teams = [{"list": "team", "team": "street-scene"}, {"list": "all", "team": "street-scene", "status": "received"}]
    return [*lists, *teams, *({"list": "all", "category": code} for code in codes[:3])]


def address(layer: str, zoom: int, point: Point, **chosen: str) -> str:
    """The tile that holds a point."""
    where = to_lonlat(point)
    column, row = mercator.tile_of(where.lon, where.lat, zoom)
    return f"/map/{layer}/{zoom}/{column}/{row}.mvt?{urlencode(chosen)}"


def freshness(ground: Ground) -> float:
    """Seconds from the commit of a new report until its tile names it, the slowest of them; it is gone afterwards."""
    visitor, keys = ground.visitor(), [uuid7() for _ in range(NEW)]
    with ground.worker(), ground.database.connect() as connection:
        drain(connection)
        took: list[float] = []
        for number, key in enumerate(keys):
            reference = f"~{ground.round}{number}{str(key)[-5:]}"
            with connection.transaction():
                point = connection.execute(COPY.encode(), [key, reference, str(number)]).fetchone() or (0, 0)
                connection.execute(EVENT, [uuid7(), key])
            began = time.monotonic()
            connection.execute("notify townhall_outbox")
            path = address("reports", rules.LAST_ZOOM, Point(*point), days="7", status="received")
            took.append(until(lambda path=path, name=reference: name in visitor.get(path).text, since=began))
        forget(connection, keys)
    return max(took)


def until(happens: Callable[[], bool], *, since: float) -> float:
    """Seconds until it happens. Raises RuntimeError where it does not."""
    while not happens():
        if time.monotonic() > since + PATIENCE_SECONDS:
            raise RuntimeError("a new report is not on the map")
        time.sleep(0.01)
    return time.monotonic() - since


def forget(connection: psycopg.Connection, keys: list[UUID]) -> None:
    """Take the new reports away, and let the map count them as gone."""
    for statement in GONE:
        connection.execute(statement, [keys])
    for key in keys:
        connection.execute(EVENT, [uuid7(), key])
    drain(connection)
    connection.execute("delete from outbox_event where case_id = any(%s)", [keys])
