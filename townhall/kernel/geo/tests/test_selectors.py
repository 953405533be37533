from collections.abc import Callable
from datetime import datetime

import pytest

from townhall.kernel.geo import actions, selectors
from townhall.kernel.geo.models import Address, Boundary, Feature, Load, Street
from townhall.kernel.geo.rules import BoundaryRow, Point, StreetRow, TownRows
from townhall.kernel.geo.tests.factories import CROSSROADS, EAST, NORTH, boundaries, hamlet, load_hamlet

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(at: datetime) -> Load:
    return load_hamlet(at)


def test_everywhere_is_inside_until_a_boundary_is_loaded() -> None:
    assert selectors.is_inside(Point(0, 0))


def test_a_point_is_inside_only_within_the_council(town: Load) -> None:
    assert selectors.is_inside(CROSSROADS)
    assert not selectors.is_inside(Point(EAST - 100, NORTH))


def test_wards_without_an_outline_are_the_outline(at: datetime) -> None:
    actions.load_town(rows=TownRows(boundaries=boundaries()[:2]), origin="boundaries", title="Wards", at=at)
    assert selectors.is_inside(CROSSROADS)
    assert not selectors.is_inside(Point(EAST + 2000, NORTH))


def test_a_point_has_the_ward_it_lies_in(town: Load) -> None:
    area = selectors.ward_at(CROSSROADS)
    assert area is not None
    assert (area.code, area.name, area.name_cy) == ("E05999001", "Castle", "Y Castell")
    assert selectors.ward_at(Point(EAST - 1, NORTH)) is None


def test_many_points_have_the_same_wards_as_each_alone(town: Load) -> None:
    points = [Point(EAST + step * 37, NORTH + step * 29) for step in range(40)]
    assert selectors.wards_at(points) == [selectors.ward_at(point) for point in points]
    assert selectors.wards_at([]) == []


def test_a_point_on_the_edge_of_two_wards_has_one(town: Load) -> None:
    edge = Point(EAST + 600, NORTH + 10)
    assert selectors.ward_at(edge) == selectors.wards_at([edge])[0] == selectors.wards()[0]


def test_the_county_around_is_a_neighbour(town: Load) -> None:
    assert [area.name for area in selectors.neighbours_at(CROSSROADS)] == ["Merrowshire"]


def test_wards_are_listed_by_name(town: Load) -> None:
    assert [area.name for area in selectors.wards()] == ["Castle", "Forge"]


@pytest.mark.parametrize(
    ("typed", "label", "kind"),
    [
        ("NM1 4PB", "NM1 4PB", "postcode"),
        ("nm14pb", "NM1 4PB", "postcode"),
        ("NM1", "NM1 4PB", "postcode"),
        ("nm1 4", "NM1 4PB", "postcode"),
        ("chapel street", "Chapel Street", "street"),
        ("Chapel St", "Chapel Street", "street"),
        ("chap", "Chapel Street", "street"),
        ("Chapple Street", "Chapel Street", "street"),
        ("wol lane", "Wool Lane", "street"),
        ("st annes rd", "St Anne’s Road", "street"),
        ("Saint Anne's Road", "St Anne’s Road", "street"),
        ("3 chapel street", "3 Chapel Street, NM1 4PB", "address"),
        ("3A Wool Lane", "3a Wool Lane, NM1 4PD", "address"),
        ("7 NM1 4PB", "7 Chapel Street, NM1 4PB", "address"),
        ("999900000002", "2 Chapel Street, NM1 4PB", "address"),
        ("48300002", "Wool Lane", "street"),
        ("castle park", "Castle Park", "place"),
        ("parc y castell", "Castle Park", "place"),
        ("light 2 chapel", "Light 2, outside 2 Chapel Street", "asset"),
        ("CS2", "Light 2, outside 2 Chapel Street", "asset"),
        ("NY 600 000", "NY 600 000", "coordinates"),
        ("360500, 500500", "NY 605 005", "coordinates"),
    ],
)
def test_what_people_type_is_found(town: Load, typed: str, label: str, kind: str) -> None:
    found = selectors.search(typed)[0]
    assert (found.label, found.kind) == (label, kind)


def test_latitude_and_longitude_are_found(town: Load) -> None:
    found = selectors.search("54.3988, -2.6099")[0]
    assert found.kind == "coordinates"
    assert found.point.metres_to(CROSSROADS) < 100


@pytest.mark.parametrize("typed", ["", "   ", "zzzzqqq", "'; drop table", "%", "& | !", "9" * 40, "\\"])
def test_nonsense_finds_nothing_and_breaks_nothing(town: Load, typed: str) -> None:
    assert selectors.search(typed) == []


def test_a_postcode_brings_its_houses(town: Load) -> None:
    assert [found.kind for found in selectors.search("NM1 4PB", limit=4)] == [
        "postcode",
        "address",
        "address",
        "address",
    ]


def test_a_found_address_carries_its_keys_and_ward(town: Load) -> None:
    found = selectors.search("3 Chapel Street")[0]
    assert (found.uprn, found.usrn, found.postcode) == (999900000003, 48300001, "NM1 4PB")
    assert found.ward is not None
    assert found.ward.name == "Castle"


def test_a_point_on_a_street_is_described_by_it_and_by_its_crossing(town: Load) -> None:
    described = selectors.describe(Point(EAST + 470, NORTH + 502))
    assert described.place == "Chapel Street, near Wool Lane"
    assert described.usrn == 48300001
    assert described.postcode == "NM1 4PB"
    assert described.ward is not None


def test_a_point_is_described_in_welsh_too(town: Load) -> None:
    assert selectors.describe(Point(EAST + 470, NORTH + 502)).place_cy.startswith("Heol y Capel")


def test_a_point_in_a_park_is_in_the_park(town: Load) -> None:
    assert selectors.describe(Point(EAST + 150, NORTH + 300)).place.startswith("Castle Park, near ")


def test_a_point_far_from_all_names_has_a_grid_reference(town: Load) -> None:
    assert selectors.describe(Point(EAST + 9000, NORTH + 9000)).place == "Grid reference NY 690 090"


def test_assets_nearby_come_nearest_first_with_metres(town: Load) -> None:
    near = selectors.nearby_assets(Point(EAST + 179, NORTH + 506), "street_light", limit=2)
    assert [(asset.reference, asset.metres) for asset in near] == [("CS2", 1.0), ("CS1", 29.0)]
    assert selectors.nearby_assets(Point(EAST + 180, NORTH + 900), "street_light", within_metres=100) == []


def test_an_asset_is_found_by_its_reference(town: Load) -> None:
    asset = selectors.asset("litter_bin", "LB1")
    assert asset is not None
    assert asset.owner == "district"


def test_streets_are_listed_by_the_beginning_of_their_names(town: Load) -> None:
    assert [found.label for found in selectors.streets("cha")] == ["Chapel Street"]
    assert len(selectors.streets()) == 3


def test_loading_again_replaces_and_adds_nothing(town: Load, at: datetime) -> None:
    before = (Address.objects.count(), Street.objects.count(), Feature.objects.count(), Boundary.objects.count())
    load_hamlet(at)
    assert (
        Address.objects.count(),
        Street.objects.count(),
        Feature.objects.count(),
        Boundary.objects.count(),
    ) == before


def test_loading_one_source_leaves_the_others(town: Load, at: datetime) -> None:
    row = hamlet().streets
    assert row is not None
    fell = StreetRow("Fell Road", "street", next(iter(row)).geometry)
    actions.load_town(rows=TownRows(streets=[fell]), origin="osm", title="More", at=at)
    assert Street.objects.count() == 4


def test_two_sources_that_claim_one_street_are_refused_whole(town: Load, at: datetime) -> None:
    streets = hamlet().streets
    with pytest.raises(actions.Clash, match="48300001"):
        actions.load_town(rows=TownRows(streets=streets), origin="osm", title="Twice", at=at)
    assert Street.objects.count() == 3


def test_a_load_changes_the_edition(town: Load, at: datetime) -> None:
    before = selectors.edition()
    load_hamlet(at)
    assert selectors.edition() != before


def test_the_edge_between_two_wards_is_drawn_once(town: Load) -> None:
    lines = Feature.objects.filter(layer="ward", kind="line")
    assert sorted(line.box == (EAST + 600, NORTH, EAST + 600, NORTH + 1000) for line in lines).count(True) == 1


def test_new_wards_take_the_place_of_all_wards(town: Load, at: datetime) -> None:
    rows = [BoundaryRow("ward", "W1", "Whole", boundaries()[2].geometry)]
    actions.load_town(rows=TownRows(boundaries=rows), origin="boundaries", title="New wards", at=at)
    assert [area.name for area in selectors.wards()] == ["Whole"]


def test_a_map_begins_at_the_market_place(town: Load) -> None:
    assert selectors.extent().middle == CROSSROADS


def test_what_is_loaded_is_counted(town: Load) -> None:
    shown = selectors.loaded()
    assert shown.counts["wards"] == 2
    assert shown.loads[0].title == "A hamlet"


def test_asking_for_a_ward_costs_at_most_one_statement(
    town: Load, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    selectors.ward_at(CROSSROADS)
    with django_assert_max_num_queries(1):  # pyright: ignore[reportGeneralTypeIssues]
        for _ in range(50):
            selectors.ward_at(CROSSROADS)
