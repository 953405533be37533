"""What must be true of any town, whatever its seed."""

from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, STRtree

from townhall.demo.town.build import build_town
from townhall.demo.town.plan import Town
from townhall.demo.town.wards import ward_codes


def words(town: Town) -> tuple[object, ...]:
    """Everything a town says, in a form that can be compared."""
    lines = [(s.usrn, s.name, s.kind, s.points.tobytes(), s.ward_code) for s in town.streets]
    shapes = [shapely.to_wkb(b.polygon) for b in town.buildings] + [shapely.to_wkb(a.polygon) for a in town.areas]
    wards = [(w.code, w.name, shapely.to_wkb(w.polygon)) for w in town.wards]
    return lines, shapes, wards, town.addresses, town.assets, town.places, shapely.to_wkb(town.county_boundary)


def check(town: Town) -> None:
    """Wards tile the borough, every street is reached, nothing stands in the road or the river."""
    wards = [ward.polygon for ward in town.wards]
    assert shapely.coverage_is_valid(wards)
    assert sum(ward.area for ward in wards) == pytest.approx(town.boundary.area, rel=1e-9)
    assert unreached(town) == []
    assert standing_in_water(town) == 0
    assert standing_in_road(town) == 0
    assert crossing(town) == 0
    for unique in ([s.usrn for s in town.streets], [a.uprn for a in town.addresses]):
        assert len(set(unique)) == len(unique)


def unreached(town: Town) -> list[str]:
    """Streets with no way to the first one."""
    lines = [LineString(street.points) for street in town.streets]
    pairs = STRtree(lines).query(lines, predicate="dwithin", distance=0.65)
    group = np.arange(len(lines))
    while True:
        least = group.copy()
        np.minimum.at(least, pairs[0], group[pairs[1]])
        if (least == group).all():
            break
        group = least
    return [street.name for street, number in zip(town.streets, group, strict=True) if number]


def standing_in_water(town: Town) -> int:
    tree = STRtree([building.polygon for building in town.buildings])
    water = [area.polygon for area in town.areas if area.kind == "water"]
    return len(tree.query(water, predicate="intersects")[0])


def standing_in_road(town: Town) -> int:
    tree = STRtree([building.polygon for building in town.buildings])
    hits = [
        tree.query(LineString(street.points), predicate="dwithin", distance=street.width_metres / 2)
        for street in town.streets
    ]
    return sum(len(hit) for hit in hits)


def crossing(town: Town) -> int:
    """Pairs of buildings that share ground, beyond the width of a party wall."""
    shapes = np.array([building.polygon for building in town.buildings])
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    apart = first < second
    first, second = shapes[first[apart]], shapes[second[apart]]
    shared = shapely.area(shapely.intersection(first, second))
    return int((shared > 0.12 * np.minimum(shapely.area(first), shapely.area(second))).sum())


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**31 - 1))
def test_any_seed_makes_a_sound_village(seed: int) -> None:
    town = build_town(seed=seed, size="village")
    check(town)
    assert 1300 <= len(town.addresses) <= 2000
    assert any(a.street == "Hope Street" and a.number.split(", ")[-1] == "14" for a in town.addresses)


def test_town_is_sound(town: Town) -> None:
    check(town)


def test_same_seed_makes_the_same_village(village: Town) -> None:
    assert words(build_town(seed=11, size="village")) == words(village)


def test_another_seed_makes_another_village(village: Town) -> None:
    assert words(build_town(seed=12, size="village")) != words(village)


def test_town_has_its_promised_size(town: Town) -> None:
    assert 25_000 <= len(town.addresses) <= 28_000
    assert len(town.wards) == 9


def test_every_address_is_in_the_ward_it_names(town: Town) -> None:
    places = np.array([(a.easting, a.northing) for a in town.addresses])
    assert ward_codes(places, town.wards) == [a.ward_code for a in town.addresses]
    inside = sum(shapely.contains_xy(ward.polygon, places[:, 0], places[:, 1]).astype(int) for ward in town.wards)
    assert (np.asarray(inside) == 1).all()


def test_county_holds_the_borough_and_its_neighbours(town: Town) -> None:
    assert town.county_boundary.contains(town.boundary)
    for district in town.districts:
        assert district.polygon.intersection(town.boundary).area < 1
        assert district.polygon.difference(town.county_boundary.buffer(1)).area < 1


def test_codes_cannot_be_real(town: Town) -> None:
    assert town.code == "E07999001"
    assert town.county_code == "E10999001"
    assert all(ward.code.startswith("E05999") for ward in town.wards)
    assert all(str(address.uprn).startswith("9999") for address in town.addresses)
    assert all(str(street.usrn).startswith("4830") for street in town.streets)
    assert all(address.postcode.startswith("NM") for address in town.addresses)


def test_demonstration_finds_its_addresses(town: Town) -> None:
    hope = next(a for a in town.addresses if a.street == "Hope Street" and a.number.split(", ")[-1] == "14")
    chapel = next(a for a in town.addresses if a.street == "Chapel Street" and a.number.split(", ")[-1] == "22")
    names = {ward.code: ward.name for ward in town.wards}
    assert (hope.postcode, hope.usrn, names[hope.ward_code]) == ("NM2 6RD", 48_300_142, "Southbank")
    assert chapel.postcode == "NM1 4PB"
    assert any(a.label.endswith("outside 22 Chapel Street") for a in town.assets) or any(
        "Chapel Street" in a.label for a in town.assets if a.kind == "street_light"
    )


def test_wards_are_of_like_size(town: Town) -> None:
    sizes = Counter(address.ward_code for address in town.addresses)
    assert len(sizes) == len(town.wards)
    assert max(sizes.values()) < 2.2 * len(town.addresses) / len(town.wards)


def test_people_can_search_for_what_they_know(town: Town) -> None:
    names = {place.name for place in town.places}
    assert {"Castle Park", "Market Place", "Northmere Station", "St Oswald's Church", "Town Hall"} <= names


def test_a_postcode_is_a_short_stretch_of_one_street(town: Town) -> None:
    streets: dict[str, set[int]] = {}
    for address in town.addresses:
        streets.setdefault(address.postcode, set()).add(address.usrn)
    assert all(len(found) == 1 for found in streets.values())
    assert max(Counter(a.postcode for a in town.addresses).values()) <= 16
