"""The hot lane when things go wrong: nothing that was acknowledged is lost, nothing is there twice."""
import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections

from tests.lanes.asking import Post, Reply, ask, form
from tests.lanes.council import USUAL, council
from townhall.config.hot import Observed
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.actions import opening
from townhall.kernel.cases.models import Case
from townhall.launch import postgres, roles
from townhall.residents.open311.intake import desk as desks
from townhall.residents.open311.intake.path import Intake
from townhall.residents.open311.models import ApiKey, Receipt
from townhall.residents.open311.rules import read_xml
from townhall.residents.reports.models import Category

pytestmark = pytest.mark.commits
Story = Callable[[Callable[[Post], Awaitable[Reply]]], Awaitable[Any]]


@pytest.fixture
def town(own_database: str) -> Iterator[str]:
    council()
    yield own_database
    authority.forget()


def tell(story: Story, *, lanes: int = 1) -> Any:
    """Run a story in which posts go to the lanes in turn, each with a desk of its own as in processes of its own."""

    async def run() -> Any:
        paths = [Intake() for _ in range(lanes)]
        turn = iter(range(1_000_000))

        async def post(one: Post) -> Reply:
            return await ask(Observed(paths[next(turn) % lanes], "intake"), one)

        try:
            return await story(post)
        finally:
            for path in paths:
                await path.desk.close()

    try:
        return asyncio.run(run())
    finally:
        connections.close_all()  # a story may have cut this one too


def wall(number: int, **headers: str) -> Post:
    return form(USUAL | {"description": f"Wall {number}"}, headers=headers)


async def all_of(post: Callable[[Post], Awaitable[Reply]], posts: list[Post]) -> list[Reply]:
    return list(await asyncio.gather(*map(post, posts)))


async def until_there(post: Callable[[Post], Awaitable[Reply]], one: Post) -> Reply:
    """The answer when the database is back; sent again as long as we are told to."""
    while (reply := await post(one)).status == 503:
        await asyncio.to_thread(lambda: None)
    return reply


def test_one_word_sent_at_once_through_three_processes_makes_one_case(town: str) -> None:
    posts = [wall(1, **{"Idempotency-Key": "the same"}) for _ in range(30)]
    replies = tell(lambda post: all_of(post, posts), lanes=3)
    assert sorted(reply.status for reply in replies) == [200] * 29 + [201]
    assert len({reply.body for reply in replies}) == 1
    assert Case.objects.count() == Receipt.objects.count() == 1


def test_a_limit_counts_the_calls_of_all_processes(town: str) -> None:
    posts = [form(USUAL | {"api_key": "slow", "description": f"Wall {number}"}) for number in range(12)]
    replies = tell(lambda post: all_of(post, posts), lanes=3)
    assert sorted(reply.status for reply in replies) == [201] * 2 + [429] * 10


def test_a_reference_that_is_taken_is_made_anew(town: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["1111-111", "1111-111", "2222-222", "3333-333", "4444-444"])
    monkeypatch.setattr(opening, "reference", lambda: next(made))
    replies = tell(lambda post: all_of(post, [wall(1), wall(2)]))
    assert [reply.status for reply in replies] == [201, 201]
    assert Case.objects.count() == 2


def test_what_is_set_up_counts_from_the_next_request_on(town: str) -> None:
    async def story(post: Callable[[Post], Awaitable[Reply]]) -> list[int]:
        first = await post(wall(1))
        await asyncio.to_thread(Category.objects.filter(code="graffiti").update, is_active=False)
        second = await post(wall(2))
        await asyncio.to_thread(ApiKey.objects.all().update, ended_at="2026-05-12T12:00Z")
        return [first.status, second.status, (await post(wall(3))).status]

    assert tell(story) == [201, 404, 403]


def test_while_the_database_is_away_it_says_so_in_both_formats_and_comes_back_by_itself(
    town: str, postgres_server: postgres.Server
) -> None:
    name = urlsplit(town).path[1:]

    def may_connect(*, yes: bool) -> None:
        with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as one:
            one.execute(f'alter database {name} with allow_connections {"true" if yes else "false"}'.encode())
            if not yes:
                one.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])

    async def story(post: Callable[[Post], Awaitable[Reply]]) -> list[Reply]:
        first = await post(wall(1))
        await asyncio.to_thread(may_connect, yes=False)
        away = [await post(wall(2)), await post(form(USUAL, path="/open311/v2/requests.xml"))]
        await asyncio.to_thread(may_connect, yes=True)
        return [first, *away, await until_there(post, wall(2))]

    first, json_away, xml_away, back = tell(story)
    assert (first.status, json_away.status, xml_away.status, back.status) == (201, 503, 503, 201)
    assert json_away.headers["retry-after"] == xml_away.headers["retry-after"] == "2"
    assert read_xml(xml_away.body)[0]["description"] == json.loads(json_away.body)[0]["description"]
    assert "send it again" in json.loads(json_away.body)[0]["description"]
    assert Case.objects.count() == 2


def test_more_than_may_wait_are_sent_away(town: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "MOST_WAITING", 5)
    replies = tell(lambda post: all_of(post, [wall(number) for number in range(40)]))
    statuses = [reply.status for reply in replies]
    assert set(statuses) == {201, 503}
    assert all(reply.headers["retry-after"] == "1" for reply in replies if reply.status == 503)
    assert Case.objects.count() == statuses.count(201)


def test_a_lost_connection_loses_nothing_and_doubles_nothing(town: str, postgres_server: postgres.Server) -> None:
    name = urlsplit(town).path[1:]

    def cut() -> None:
        with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as one:
            one.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = %s",
                [name, roles.SERVES],
            )

    async def story(post: Callable[[Post], Awaitable[Reply]]) -> list[Reply]:
        sent = [asyncio.ensure_future(post(wall(number))) for number in range(60)]
        for _ in range(3):
            await asyncio.wait(sent, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.to_thread(cut)
        first = list(await asyncio.gather(*sent))
        return first + [await until_there(post, wall(n)) for n, reply in enumerate(first) if reply.status == 503]

    replies = tell(story)
    accepted = [json.loads(reply.body)[0]["service_request_id"] for reply in replies if reply.status in {200, 201}]
    assert set(accepted) == set(Case.objects.values_list("reference", flat=True))
    assert len(set(accepted)) == 60
