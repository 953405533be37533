"""Two web, one hot-lane and two worker processes behind nginx: the main job goes on, whoever is killed."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest

from tests.scale import cluster as clusters
from tests.scale.cluster import Cluster, count, until
from tests.scale.conftest import Town
from townhall.residents.open311.tests.factories import PLACE

pytestmark = pytest.mark.xdist_group("scale")
RELAYED = "select count(*) from outbox_event where relayed_at is null"


def send(town: Town, words: str, key: str) -> httpx.Response:
    """A report of another system, through nginx."""
    fields = {"service_code": "abandoned_trolley", "description": words, "api_key": town.api_key, **PLACE}
    url = f"{town.cluster.url}/open311/v2/requests.json"
    return httpx.post(url, data=fields, headers={"Idempotency-Key": key}, timeout=30)


def case_of(town: Town, answer: httpx.Response) -> str:
    """The reference of what was sent."""
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()[0]["service_request_id"]


def page(town: Town, path: str, **options: Any) -> httpx.Response:
    """A page, through nginx."""
    return httpx.get(f"{town.cluster.url}{path}", timeout=30, follow_redirects=True, **options)


def upstreams(cluster: Cluster, path: str) -> set[str]:
    """The processes that nginx handed requests for a path to, by name."""
    names = {f"127.0.0.1:{port}": name for name, port in cluster.ports.items()}
    lines = (cluster.home / "townhall.log").read_text().splitlines()
    found = {word for line in lines if line.split()[2] == path for word in re.findall(r"127\.0\.0\.1:\d+", line)}
    return {names[one] for one in found}


def test_a_report_goes_in_by_the_hot_lane_and_is_on_the_page_of_every_web_process(town: Town) -> None:
    reference = case_of(town, send(town, "Sofa on the verge", "k-main"))
    until(lambda: count(town.cluster.direct, RELAYED) == 0)
    for name in ("one", "two"):
        found = httpx.get(f"http://localhost:{town.cluster.ports[name]}/reports/{reference}/", timeout=30)
        assert "Sofa on the verge" in found.text
    assert upstreams(town.cluster, "/open311/v2/requests.json") == {"hot"}
    assert reference in page(town, "/work/?list=all", cookies=town.officer).text


def test_what_is_sent_twice_is_taken_in_once(town: Town) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: send(town, "A pram in the pond", "k-same"), range(4)))
    assert len({case_of(town, answer) for answer in answers if answer.status_code < 300}) == 1
    assert count(town.cluster.direct, "select count(*) from reports_report where description like '%pram%'") == 1


def test_a_live_stream_through_nginx_tells_of_what_another_process_took_in(town: Town) -> None:
    url = f"{town.cluster.url}/live/stream?topics=queue"
    with httpx.stream("GET", url, cookies=town.officer, timeout=60) as stream:
        lines = stream.iter_lines()
        assert next(line for line in lines if line) == "retry: 2000"
        listening = "select count(*) from pg_stat_activity where query = 'listen townhall_live'"
        until(lambda: count(town.cluster.primary.url(clusters.DATABASE), listening) >= 1)
        case_of(town, send(town, "A fridge by the bridge", "k-live"))
        assert any("cases.case_opened.v1" in line for line in lines if line.startswith("data:"))


def test_two_workers_relay_every_event_and_one_alone_does_too(town: Town) -> None:
    town.cluster.kill("worker_one")
    try:
        reference = case_of(town, send(town, "Bags in the lane", "k-worker"))
        until(lambda: count(town.cluster.direct, RELAYED) == 0)
        assert page(town, f"/reports/{reference}/").status_code == 200
    finally:
        town.cluster.townhall("worker_one", "worker")


def test_when_a_web_process_is_killed_nobody_sees_an_error(town: Town) -> None:
    assert {page(town, "/reports/").status_code for _ in range(6)} == {200}
    assert upstreams(town.cluster, "/reports/") >= {"one", "two"}
    town.cluster.kill("one")
    try:
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(lambda _: page(town, "/reports/").status_code, range(20)))
        assert set(statuses) == {200}
    finally:
        town.cluster.serve("one", "pages")
    until(lambda: town.cluster.is_ready("one"), clusters.START_SECONDS)


def test_while_the_hot_lane_is_away_the_pages_take_reports_in(town: Town) -> None:
    town.cluster.kill("hot")
    try:
        reference = case_of(town, send(town, "Tyres in the field", "k-away"))
        until(lambda: count(town.cluster.direct, RELAYED) == 0)
        assert "Tyres in the field" in page(town, f"/reports/{reference}/").text
    finally:
        town.cluster.serve("hot", "hot")
    until(lambda: town.cluster.is_ready("hot"), clusters.START_SECONDS)


def test_pages_share_a_few_connections_through_pgbouncer(town: Town) -> None:
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _: page(town, "/reports/").status_code, range(48)))
    assert set(statuses) == {200}
    console = town.cluster.pooled("pgbouncer")
    with psycopg.connect(console, autocommit=True, cursor_factory=psycopg.ClientCursor) as admin:
        cursor = admin.execute("show pools")
        assert cursor.description is not None
        pools = [dict(zip([each.name for each in cursor.description], row, strict=True)) for row in cursor]
    ours = next(pool for pool in pools if pool["database"] == clusters.DATABASE)
    assert ours["pool_mode"] == "transaction"
    assert 1 <= int(ours["sv_active"]) + int(ours["sv_idle"]) + int(ours["sv_used"]) <= clusters.POOL
