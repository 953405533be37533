"""The map beside the queue: what this person may see of the list, and a list that follows the map."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import lists, maps
from townhall.kernel.cases import actions
from townhall.kernel.cases.models import Case, SavedList
from townhall.kernel.geo.rules import Point
from townhall.kernel.geo.tests.decoding import decode
from townhall.kernel.identity.models import Person
from townhall.kernel.mapping import selectors as mapping

Opens = Callable[..., Case]
SignsIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
EVERYWHERE = (300_000.0, 400_000.0, 400_000.0, 600_000.0)
TILE = "/map/queue/11/1009/653.mvt"
"""The one that holds Hope Street."""


@pytest.fixture
def now() -> Any:
    """The present of these pages."""
    return timezone.now()


@pytest.fixture
def queue_of_all_sorts(council: Any, case: Opens, relay: Callable[[], Any], now: Any) -> None:
    """Cases of two teams and of none; some assigned, late, paused, done or at another place."""
    for number in range(24):
        one = case(
            category=["fly_tipping", "overgrown_grass", "unheard_of"][number % 3], target_days=number % 4 or None,
            at=now - timedelta(days=number % 9, hours=1), is_public=number % 2 == 0,
            ward=["E05999001", "E05999002"][number % 2], point=Point(360_000.0 + 300 * number, 500_000.0),
        )  # fmt: skip
        if number % 5 == 0:
            actions.assign(case_id=one.pk, to=council.officer, by=council.manager, at=now)
        if number % 6 == 0:
            actions.pause(case_id=one.pk, reason="landowner", by=council.manager, at=now)
        if number % 8 == 7:
            actions.resolve(case_id=one.pk, outcome="fixed", by=council.manager, at=now)
    relay()
    actions.miss_dates(at=now)
    relay()


LISTS = (
    "list=all", "list=team&team=street-scene", "list=team&team=parks", "list=all&team=parks", "list=mine", "list=over",
    "list=nobody", "list=today", "list=paused", "list=reopened", "list=done", "list=all&status=over",
    "list=all&status=waiting", "list=all&status=fixed", "list=all&ward=E05999001", "list=all&category=fly_tipping",
    "list=all&channel=phone", "list=all&person=me", "list=all&q=mattress", "list=team&team=nowhere",
)  # fmt: skip


@pytest.mark.parametrize("query", LISTS)
@pytest.mark.parametrize("who", ["officer", "other_officer", "manager", "call_handler", "partner"])
def test_the_map_shows_what_the_list_has(
    council: Any, queue_of_all_sorts: None, now: Any, who: str, query: str
) -> None:
    person = Person.objects.get(pk=getattr(council, who).pk)
    chosen = Filter.parse(dict(part.split("=") for part in query.split("&")))
    listed = set(lists.listed(chosen, person, now).filter(point__isnull=False).values_list("pk", flat=True))
    for zoom in (12, 18):
        found = mapping.marks(maps.wanted(chosen, person, now), EVERYWHERE, zoom)
        assert sum(mark.count for mark in found) == len(listed), zoom
        assert {mark.key for mark in found if mark.key} <= listed


def shown(client: Client, query: str) -> list[dict[str, Any]]:
    """What a tile of the map has."""
    answer = client.get(f"{TILE}?{query}")
    layer = decode(answer.content).get("cases")
    return [feature.properties for feature in layer.features] if layer else []


def test_another_teams_case_is_not_on_the_map(
    council: Any, case: Opens, as_person: SignsIn, relay: Callable[[], Any]
) -> None:
    one = case(title="Secret mattress", is_public=False)
    relay()
    assert [each["title"] for each in shown(as_person(council.officer), "list=all")] == [one.title]
    for person in (council.other_officer, council.partner):
        for query in ("list=all", "list=team&team=street-scene", "list=nobody", "list=all&q=mattress"):
            assert not shown(as_person(person), query), query
    assert as_person(council.resident).get(TILE).status_code == 403
    assert Client().get(TILE).status_code == 403
    assert not shown(as_person(council.manager), "list=done")


def test_a_list_can_be_narrowed_to_a_part_of_the_map(council: Any, case: Opens, as_person: SignsIn) -> None:
    here, there = case(), case(point=Point(364_000.0, 500_000.0))
    case(point=None)
    lon, lat = here.point.lonlat.lon, here.point.lonlat.lat  # pyright: ignore[reportOptionalMemberAccess]
    box = f"{lon - 0.01:.4f},{lat - 0.01:.4f},{lon + 0.01:.4f},{lat + 0.01:.4f}"
    client = as_person(council.officer)
    page = client.get(f"/work/?list=all&box={box}").content.decode()
    assert here.reference in page
    assert there.reference not in page
    assert "In this part of the map" in page
    client.post("/work/lists/", {"name": "Around Hope Street", "query": f"list=all&box={box}"})
    assert "box=" in SavedList.objects.get().query
    assert "Around Hope Street" in client.get("/work/").content.decode()


def test_the_map_is_not_narrowed_to_its_own_part(council: Any, case: Opens, relay: Callable[[], Any], now: Any) -> None:
    case()
    relay()
    chosen = Filter.parse({"list": "all", "box": "-3.2,55.9,-3.1,56.0"})
    assert not lists.listed(chosen, council.manager, now).exists()
    assert len(mapping.marks(maps.wanted(chosen, council.manager, now), EVERYWHERE, 12)) == 1
