"""A read replica: lists read from it, whoever wrote sees what they wrote, and without it nothing is amiss."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.scale.cluster import DATABASE, Cluster, count, until
from tests.scale.conftest import Town
from tests.scale.test_processes import case_of, page, send
from townhall.kernel.modules.databases import READ_FROM, WROTE_COOKIE
from townhall.launch import postgres

pytestmark = pytest.mark.xdist_group("scale")
ALL_PROCESSES = range(4)
"""Pages asked for in turn reach each web process twice, and each of them measures the lag by itself."""

BEHIND = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"
REPLAYED = "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint"


def is_from_replica(town: Town, cookies: dict[str, str] | None = None) -> bool:
    """Whether the public list was read from the replica."""
    answer = page(town, "/reports/", cookies=cookies or {})
    assert answer.status_code == 200
    return READ_FROM in answer.headers


@contextmanager
def standing_still(cluster: Cluster) -> Iterator[None]:
    """Meanwhile the replica replays nothing."""
    url = cluster.replica.url(DATABASE)
    count(url, "select count(*) from (select pg_wal_replay_pause()) paused")
    try:
        yield
    finally:
        count(url, "select count(*) from (select pg_wal_replay_resume()) resumed")


def test_lists_are_read_from_the_replica_and_its_lag_is_shown(town: Town) -> None:
    until(lambda: is_from_replica(town))
    port = town.cluster.ports["one"]
    ready = until(lambda: httpx.get(f"http://localhost:{port}/readyz", timeout=30).json().get("replica"))
    assert ready["is_used"] is True
    assert ready["seconds"] <= 2
    shown = httpx.get(f"http://localhost:{port}/metrics", timeout=30).text
    assert "townhall_replica_used 1.0" in shown
    assert "townhall_replica_seconds" in shown
    assert page(town, "/metrics").status_code == 403


def test_a_replica_that_stands_still_is_not_read_from_and_the_list_is_fresh(town: Town) -> None:
    with standing_still(town.cluster):
        reference = case_of(town, send(town, "A bath in the beck", "k-still"))
        until(lambda: not any(is_from_replica(town) for _ in ALL_PROCESSES))
        assert all(reference in page(town, "/reports/").text for _ in ALL_PROCESSES)
    until(lambda: is_from_replica(town))


def test_who_wrote_is_read_to_from_the_primary_until_the_replica_has_it(town: Town) -> None:
    until(lambda: is_from_replica(town))
    far_ahead = count(town.cluster.direct, BEHIND) + 10**12
    assert not is_from_replica(town, {WROTE_COOKIE: str(far_ahead)})
    arrived = count(town.cluster.replica.url(DATABASE), REPLAYED)
    until(lambda: is_from_replica(town, {WROTE_COOKIE: str(arrived)}))
    assert not is_from_replica(town, {WROTE_COOKIE: "nonsense"})


def test_an_officer_sees_at_once_what_they_saved_while_the_replica_stands_still(town: Town) -> None:
    until(lambda: is_from_replica(town))
    with (
        httpx.Client(base_url=town.cluster.url, timeout=30, cookies=town.officer, follow_redirects=True) as browser,
        standing_still(town.cluster),
    ):
        browser.get("/work/")
        token = next(each.value for each in browser.cookies.jar if each.name.endswith("_csrf")) or ""
        after = browser.post(
            "/work/lists/", data={"name": "My own lanes", "query": "team=all"}, headers={"X-CSRFToken": token}
        )
        assert after.status_code == 200
        assert "My own lanes" in after.text
        assert READ_FROM not in after.headers
        assert browser.cookies[WROTE_COOKIE].isdecimal()


def test_without_the_replica_everything_goes_on(town: Town) -> None:
    until(lambda: is_from_replica(town))
    postgres.stop(town.cluster.replica.data.parent)
    try:
        assert {page(town, "/reports/").status_code for _ in range(6)} == {200}
        until(lambda: not is_from_replica(town))
        ready = httpx.get(f"http://localhost:{town.cluster.ports['two']}/readyz", timeout=30)
        assert ready.status_code == 200
    finally:
        postgres.start(town.cluster.replica.data.parent, durable=False)
    until(lambda: is_from_replica(town))
