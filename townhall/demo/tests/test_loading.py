"""The borough in the tables: whole, the same whoever loads it, with every index and with counts that hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import management
from django.db import connection
from rich.progress import Progress

from townhall.demo.loading.borough import Plan, load_borough
from townhall.demo.loading.keys import ENTRIES, Keys
from townhall.demo.town.build import build_town
from townhall.kernel.measures import actions as measures

UNTIL = datetime(2026, 5, 12, 12, tzinfo=UTC)
REFERENCES = """
select con.conrelid::regclass::text, a.attname, con.confrelid::regclass::text, b.attname
from pg_constraint con
join pg_attribute a on a.attrelid = con.conrelid and a.attnum = con.conkey[1]
join pg_attribute b on b.attrelid = con.confrelid and b.attnum = con.confkey[1]
where con.contype = 'f'
"""


def rows(statement: str) -> list[tuple[Any, ...]]:
    """The answer to a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.fixture(params=["own_database", "as_superuser"])
def borough(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[list[tuple[Any, ...]]]:
    """A village loaded with 600 reports, by the role that serves and by a superuser; the indexes that were there."""
    request.getfixturevalue(request.param)
    with django_db_blocker.unblock():
        indexes = rows("select indexdef from pg_indexes where schemaname = 'public' order by 1")
        plan = Plan(build_town(seed=3, size="village"), [], False, "", 600, UNTIL, 0.0)
        with Progress(disable=True) as bar:
            load_borough(plan, bar)
        yield indexes


def test_every_row_points_at_a_row_that_is_there(borough: list[tuple[Any, ...]]) -> None:
    for table, column, target, key in rows(REFERENCES):
        orphans = rows(f'select count(*) from {table} t where {column} is not null and not exists (select from {target} where "{key}" = t.{column})')  # noqa: E501, S608  # fmt: skip
        assert orphans == [(0,)], (table, column)


def test_every_index_is_there_again(borough: list[tuple[Any, ...]]) -> None:
    assert rows("select indexdef from pg_indexes where schemaname = 'public' order by 1") == borough


def test_counts_made_while_loading_are_those_that_events_give(borough: list[tuple[Any, ...]]) -> None:
    tallies = "select measure, day, category, ward, team_id, bin, count from measures_tally order by 1, 2, 3, 4, 5, 6"
    loaded = rows(tallies)
    assert len(loaded) > 100
    measures.rebuild()
    assert rows(tallies) == loaded


def test_every_row_of_a_borough_has_a_key_of_its_own_in_order_of_time() -> None:
    both = [Keys(11, is_county=False), Keys(11, is_county=True)]
    made = [keys.key(UNTIL, number, slot) for keys in both for number in range(400) for slot in range(ENTRIES)]
    assert len(set(made)) == len(made)
    assert all(key[12] == "7" and key[16] in "89ab" for key in made)
    assert both[0].key(UNTIL, 9, 0) < both[0].key(UNTIL + timedelta(seconds=1), 1, 0)


def test_processes_side_by_side_load_what_one_would(
    as_superuser: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = """
    select (select count(*) from cases_entry), (select count(*) from outbox_event),
        (select sum(count) from measures_tally),
        (select md5(string_agg(concat(id, reference, status, due_at, search), ' ' order by id)) from cases_case)
    """
    plan = Plan(build_town(seed=3, size="village"), [], False, "", 300, UNTIL, 0.0)
    found = []
    monkeypatch.setattr("townhall.demo.town.requests.BATCH", 100)
    with django_db_blocker.unblock(), Progress(disable=True) as bar:
        for several in (3, 1):
            monkeypatch.setattr("os.cpu_count", lambda several=several: several)
            load_borough(plan, bar)
            found += rows(told)
            management.call_command("flush", interactive=False, verbosity=0)
    assert found[0] == found[1]
