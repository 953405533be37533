"""An officer's lists: 50 cases, filtered, each checked for who may see it, with the counts beside."""

from functools import partial
from urllib.parse import urlencode

from townhall.bench.ground import Ground
from townhall.bench.loading import load
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure

OPENED = 96
WARDS = "select ward from cases_case where closed_at is null group by 1 order by count(*) desc limit 4"
CATEGORIES = "select category from cases_case where closed_at is null group by 1 order by count(*) desc limit 4"
TEAM = {"list": "team", "team": "street-scene"}


def addresses(ground: Ground) -> list[str]:
    """Lists as officers narrow them: common and rare, by every filter, every side list and every order."""
    wards = [ward for (ward,) in ground.rows(WARDS)]
    categories = [category for (category,) in ground.rows(CATEGORIES)]
    plain = [{"list": name} for name in ("all", "mine", "nobody", "over", "today", "paused", "reopened", "done")]
    narrowed = [TEAM, TEAM | {"status": "received"}, TEAM | {"person": "me"}, TEAM | {"person": "nobody"}]
    narrowed += [{"list": "all", "status": status} for status in ("looking", "waiting", "over")]
    narrowed += [{"list": "all", "ward": ward, "category": code} for ward in wards for code in categories[:2]]
    narrowed += [{"list": "done", "ward": wards[0]}, {"list": "all", "channel": "phone", "sort": "newest"}]
    narrowed += [{"list": "over", "category": code, "sort": "changed"} for code in categories[2:]]
    return [f"/work/?{urlencode(each)}" for each in [*plain, *narrowed]]


@measurement(
    "list",
    Figure("list_statements", "SQL statements", 10, "at most", "Most statements of an officer's list of 50"),
    Figure("list_cpu", "times one", 8, "at most", "Server CPU of an officer's list of 50, as a multiple of one"),
    Figure("list_p95", "ms", 100, "at most", "An officer's or manager's list of 50, however it is filtered"),
    order=30,
)
def lists(ground: Ground) -> dict[str, float]:
    """An officer and a manager open every list, one after another."""
    server, paths = ground.server(), ground.keep("lists", lambda: addresses(ground))
    requests = [
        {"path": path, "headers": ground.visitor(role).headers} for path in paths for role in ("officer", "manager")
    ]
    ground.keep("lists.warm", lambda: load(server.port, requests))
    cost = ground.cost(server, requests, total=ground.some(OPENED))
    return {
        "list_statements": ground.keep("lists.statements", lambda: most_statements(ground, paths)),
        "list_cpu": cost.server_ms / ground.one().server_ms,
        "list_p95": cost.loaded.within(95),
    }


def most_statements(ground: Ground, paths: list[str]) -> int:
    """The most statements that any of the lists takes. Each is opened three times and the least counts: what every
    process reads again once a second for all of its pages falls into one of them.
    """
    ground.counted()
    most = 0
    for role in ("officer", "manager"):
        visitor = ground.visitor(role, server="counted")
        for path in paths:
            most = max(most, min(ground.statements(partial(visitor.get, path)) for _ in range(3)))
    return most
