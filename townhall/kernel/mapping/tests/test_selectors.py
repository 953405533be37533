"""What the map shows of what was kept."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

import pytest

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.tests import factories
from townhall.kernel.geo.rules import Point, mercator
from townhall.kernel.geo.tests.decoding import decode
from townhall.kernel.mapping import selectors
from townhall.kernel.mapping.rules import FIRST_ZOOM, LAST_ZOOM, Wanted

pytestmark = pytest.mark.django_db
EVERYWHERE = (300_000.0, 400_000.0, 400_000.0, 600_000.0)
CORNER = Point(360_000.0, 500_000.0)


@pytest.fixture
def town(council: Any, relay: Callable[[], Any], at: datetime) -> Any:
    """Forty cases over four kilometres, every third of them graffiti, every fifth fixed, every seventh kept private."""
    chance = Random(11)
    for number in range(40):
        case = factories.case(
            at=at, category="graffiti" if number % 3 == 0 else "fly_tipping", is_public=number % 7 != 0,
            title=f"Number {number}",
            point=Point(CORNER.easting + 4_000 * chance.random(), CORNER.northing + 4_000 * chance.random()),
        )  # fmt: skip
        if number % 5 == 0:
            cases.resolve(case_id=case.pk, outcome="fixed", by=council.officer, at=at)
    relay()
    return council


def tiles_of(zoom: int) -> list[tuple[int, int]]:
    """The tiles in which cases are, and those beside them."""
    places = [point.lonlat for point in factories.Case.objects.values_list("point", flat=True)]
    found = {mercator.tile_of(place.lon, place.lat, zoom) for place in places}
    beside = [(across, down) for across in (-1, 0, 1) for down in (-1, 0, 1)] if zoom < 17 else [(0, 0)]
    return sorted({(column + across, row + down) for column, row in found for across, down in beside})


def shown(wanted: Wanted, zoom: int) -> Counter[str]:
    """How many of each status all tiles of a zoom show together."""
    found: Counter[str] = Counter()
    for column, row in tiles_of(zoom):
        layer = decode(selectors.tile(wanted, zoom, column, row, welsh=False)).get("cases")
        for feature in layer.features if layer else []:
            shares = {name: value for name, value in feature.properties.items() if name in {"received", "fixed"}}
            assert sum(shares.values()) == feature.properties["count"]
            found.update(shares)
    return found


@pytest.mark.parametrize("zoom", range(FIRST_ZOOM, LAST_ZOOM + 1))
def test_every_zoom_shows_every_case_once(town: Any, zoom: int) -> None:
    assert shown(Wanted(), zoom) == {"received": 32, "fixed": 8}


@pytest.mark.parametrize("zoom", [8, 10, 13, 15, 18])
def test_every_zoom_shows_only_what_is_wanted(town: Any, zoom: int) -> None:
    assert shown(Wanted(is_public=True), zoom).total() == 34
    assert shown(Wanted(category="graffiti"), zoom) == {"received": 11, "fixed": 3}
    assert shown(Wanted(category="graffiti", statuses=("fixed",)), zoom) == {"fixed": 3}
    assert shown(Wanted(is_open=True, teams=(town.street_scene.pk,)), zoom) == {"received": 32}
    assert not shown(Wanted(teams=(town.parks.pk,)), zoom)
    assert not shown(Wanted(kind="petition"), zoom)


@pytest.mark.parametrize("zoom", [10, 13, 15, 16, 18])
def test_a_list_that_the_grid_does_not_know_shows_the_same_marks(town: Any, zoom: int) -> None:
    among = Wanted(among=("select id from cases_case where category = %s", ("graffiti",)))
    grid, listed = (selectors.marks(wanted, EVERYWHERE, zoom) for wanted in (Wanted(category="graffiti"), among))
    assert Counter(each.count for each in grid) == Counter(each.count for each in listed)
    assert {each.key for each in grid} == {each.key for each in listed}


def test_a_pin_is_exactly_where_its_case_is_and_says_which(town: Any) -> None:
    for mark in selectors.marks(Wanted(), EVERYWHERE, 12):
        if mark.key:
            case = factories.Case.objects.get(pk=mark.key)
            assert case.point.metres_to(Point(mark.easting, mark.northing)) < 0.2
            assert mark.shares == {case.status: 1}
            assert selectors.named([mark.key], welsh=False)[mark.key].title == case.title


def test_a_tile_takes_two_statements(town: Any, django_assert_num_queries: Any) -> None:
    alone = next(mark.key for mark in selectors.marks(Wanted(), EVERYWHERE, 13) if mark.key)
    case = factories.Case.objects.get(pk=alone)
    column, row = mercator.tile_of(case.point.lonlat.lon, case.point.lonlat.lat, 13)
    with django_assert_num_queries(2):
        selectors.tile(Wanted(), 13, column, row, welsh=False)


def test_the_middle_leaves_out_what_lies_far_off(council: Any, relay: Callable[[], Any], at: datetime) -> None:
    for place in (*[(430_100, 400_100)] * 8, (430_900, 399_200)):
        factories.case(at=at, point=Point(*map(float, place)))
    relay()
    box = selectors.middle(Wanted())
    assert box is not None
    assert box[0] == box[2] == pytest.approx(430_100)
    assert selectors.middle(Wanted(category="none")) is None
