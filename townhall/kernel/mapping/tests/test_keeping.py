"""The map follows from the cases, whatever happens to them, how often it is told and in whatever order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.tests import factories
from townhall.kernel.geo.rules import Point
from townhall.kernel.mapping import actions
from townhall.kernel.mapping.models import Cell, Spot
from townhall.kernel.mapping.rules import ALL, LEVELS
from townhall.kernel.mapping.subscribers import keep_the_map
from townhall.kernel.outbox.models import Event
from townhall.kernel.outbox.relay import delivered

pytestmark = pytest.mark.django_db
Relay = Callable[[], Any]


def kept() -> tuple[list[Any], list[Any]]:
    """Every row of the map, but those that count nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select * from mapping_cell where count <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12")
        cells = cursor.fetchall()
        cursor.execute("select * from mapping_spot order by case_id")
        return cells, cursor.fetchall()


def counted_anew(at: datetime) -> tuple[list[Any], list[Any]]:
    actions.rebuild(at=at)
    return kept()


def opened(chance: Random, at: datetime) -> Case:
    return factories.case(
        at=at, category=chance.choice(["fly_tipping", "graffiti", "overgrown_grass"]), is_public=chance.random() < 0.8,
        ward=chance.choice(["E05999001", "E05999002"]), target_days=chance.choice([None, 1, 3]),
        point=Point(360_000 + chance.randrange(6_000) / 3, 500_000 + chance.randrange(6_000) / 7),
    )  # fmt: skip


def something_happens(chance: Random, case: Case, council: Any, at: datetime) -> None:
    """One of the things that can happen to a case as it stands."""
    case.refresh_from_db()
    about = {"case_id": case.pk, "at": at}
    if not case.is_open:
        cases.reopen(by=None, **about)
    elif case.paused_at:
        cases.resume(by=council.officer, **about)
    else:
        chance.choice([
            lambda: cases.resolve(outcome=chance.choice(["fixed", "closed"]), by=council.officer, **about),
            lambda: cases.pause(reason="landowner", by=council.officer, **about),
            lambda: cases.pass_to_team(team=council.parks, reason="A park", by=council.officer, **about),
            lambda: cases.change_category(category="graffiti", target_days=2, by=council.officer, **about),
            lambda: cases.add_note(text="Looked at it", by=council.officer, **about),
        ])()  # fmt: skip


def a_fortnight(council: Any, at: datetime, *, seed: int) -> datetime:
    """Cases come and change for two weeks; when that ends."""
    chance, now = Random(seed), at
    made = [opened(chance, now) for _ in range(12)]
    for _ in range(60):
        now += timedelta(hours=chance.randrange(1, 11))
        something_happens(chance, chance.choice(made), council, now)
    return now


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_counting_anew_finds(council: Any, relay: Relay, at: datetime, seed: int) -> None:
    end = a_fortnight(council, at, seed=seed)
    relay()
    cases.miss_dates(at=end)
    relay()
    while actions.grow_older(at=end):
        pass
    found = kept()
    assert len(found[1]) == 12
    assert found == counted_anew(end)


def test_events_that_come_twice_or_in_another_order_change_nothing(council: Any, relay: Relay, at: datetime) -> None:
    a_fortnight(council, at, seed=9)
    relay()
    before = kept()
    events = [delivered(row) for row in Event.objects.order_by("id")]
    latest = max(event.at for event in events)
    Random(3).shuffle(events)
    keep_the_map([event for event in events if event.at == latest] + events)
    assert kept() == before


def test_every_level_counts_every_case(council: Any, relay: Relay, at: datetime) -> None:
    a_fortnight(council, at, seed=5)
    relay()
    for level in LEVELS:
        rows = Cell.objects.filter(level=level, category=ALL).values_list("count", flat=True)
        assert sum(rows) == 12


def test_time_alone_makes_a_case_late_and_old(council: Any, relay: Relay, at: datetime) -> None:
    case = factories.case(point=Point(360_000, 500_000), at=at)
    relay()
    spot = Spot.objects.get(case=case)
    assert (spot.is_late, spot.age) == (False, 0)
    for days, age in ((8, 1), (31, 2), (91, 3), (366, 4)):
        actions.grow_older(at=at + timedelta(days=days))
        spot.refresh_from_db()
        assert (spot.is_late, spot.age) == (True, age)
    assert spot.changes_at is None


def test_a_case_without_a_place_is_not_on_the_map_and_may_get_one(council: Any, relay: Relay, at: datetime) -> None:
    case = factories.case(at=at)
    relay()
    assert not Spot.objects.exists()
    Case.objects.filter(pk=case.pk).update(point=Point(360_000, 500_000))
    actions.refresh([case.pk], at=at)
    assert Spot.objects.get().case_id == case.pk
    Case.objects.filter(pk=case.pk).update(point=None)
    actions.refresh([case.pk], at=at)
    assert not Spot.objects.exists()
    assert not Cell.objects.exclude(count=0).exists()
    actions.sweep()
    assert not Cell.objects.exists()
