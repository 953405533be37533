import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from shapely import LineString

from townhall.kernel.geo import selectors
from townhall.kernel.geo.importing import osm, tags
from townhall.kernel.geo.importing.boundaries import Unreadable, read
from townhall.kernel.geo.importing.ways import joined
from townhall.kernel.geo.models import Address, Boundary, Feature, Load, Place, Street
from townhall.kernel.geo.rules import LonLat, to_bng

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-2.62, 54.39], [-2.60, 54.39], [-2.60, 54.40], [-2.62, 54.40], [-2.62, 54.39]]],
}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def area(code: str = "E05999001", geometry: Any = SQUARE, **about: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"WD24CD": code, "WD24NM": "Castle", **about}}


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(document: Any) -> Path:
        path = tmp_path / "areas.geojson"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return path

    return write


def test_trafford_has_twenty_one_wards(shared_data: Path) -> None:
    rows = read(shared_data / "places/geo/trafford_wards_2018.geojson")
    assert len(rows) == 21
    assert {row.kind for row in rows} == {"ward"}
    assert "Altrincham" in {row.name for row in rows}
    square_kilometres = sum(row.geometry.area for row in rows) / 1e6
    assert 104 < square_kilometres < 108  # Trafford: 106 km2


def test_another_teams_file_with_other_property_names_is_read(shared_data: Path) -> None:
    rows = read(shared_data / "places/geo/trafford_crime_rate_by_ward.geojson")
    assert rows[0].code == "E05010154"
    assert rows[0].name == "Casewick"


@pytest.mark.django_db
def test_altrincham_market_is_in_altrincham(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shared_data / "places/geo/trafford_wards_2018.geojson"
    for _ in range(2):
        call_command("import_boundaries", path)
    assert Boundary.objects.count() == 21
    where = selectors.ward_at(to_bng(LonLat(-2.3530, 53.3875)))
    assert where is not None
    assert where.name == "Altrincham"
    assert "21 boundaries (ward)" in capsys.readouterr().out


def test_a_code_says_what_an_area_is(file: Any) -> None:
    path = file(collection(area("E07999001"), area("E07999002"), area("E05999001", WD24NMW="Y Castell")))
    rows = read(path, ours="E07999001")
    assert [row.kind for row in rows] == ["council", "neighbour", "ward"]
    assert rows[2].name_cy == "Y Castell"


def test_a_file_in_metres_is_taken_as_it_is(file: Any) -> None:
    ring = [[360000, 500000], [361000, 500000], [361000, 501000], [360000, 500000]]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    path = file(collection(area(geometry={"type": "Polygon", "coordinates": [ring]}), crs=crs))
    assert read(path)[0].geometry.bounds == (360000, 500000, 361000, 501000)


def test_an_area_that_crosses_itself_is_mended(file: Any) -> None:
    bow = [[-2.62, 54.39], [-2.60, 54.40], [-2.60, 54.39], [-2.62, 54.40], [-2.62, 54.39]]
    row = read(file(collection(area(geometry={"type": "Polygon", "coordinates": [bow]}))))[0]
    assert row.geometry.is_valid


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("not json", "is not JSON"),
        ("[]", "not a GeoJSON FeatureCollection"),
        (collection(), "has no features"),
        (collection(area(geometry=None)), "feature 1: Castle has no geometry"),
        (collection(area(), area(geometry={"type": "Point", "coordinates": [0, 0]})), "feature 2: Castle is a Point"),
        (
            collection({"type": "Feature", "geometry": SQUARE, "properties": {"id": 1}}),
            "say with --code which property",
        ),
        (collection(area(), area()), "E05999001 Castle is there twice"),
        (collection(area(), crs={"properties": {"name": "EPSG:3857"}}), "EPSG:3857 are not supported"),
        (
            collection(area(geometry={"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 60], [1, 2]]]})),
            "Great Britain",
        ),
        (collection(area(geometry={"type": "Polygon", "coordinates": "x"})), "feature 1"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(file: Any, document: Any, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(file(document))


@pytest.mark.django_db
def test_the_command_turns_a_bad_file_into_one_sentence(file: Any) -> None:
    with pytest.raises(CommandError, match="is not JSON"):
        call_command("import_boundaries", file("{"))
    with pytest.raises(CommandError, match="no such file"):
        call_command("import_osm", Path("missing.osm.pbf"))
    with pytest.raises(CommandError, match="is not an OpenStreetMap extract"):
        call_command("import_osm", file("{}"))
    assert not Load.objects.exists()


@pytest.mark.django_db
def test_leeds_is_imported_whole_and_only_once(shared_data: Path) -> None:
    path = shared_data / "places/geo/leeds_its_example.osm.pbf"
    counts = []
    for _ in range(2):
        call_command("import_osm", path)
        counts.append((Street.objects.count(), Feature.objects.count(), Address.objects.count(), Place.objects.count()))
    assert counts[0] == counts[1]
    assert Feature.objects.filter(layer="building").count() > 80
    assert selectors.search("Woodhouse Lane")[0].kind == "street"
    assert selectors.credit() == "© OpenStreetMap contributors"


def test_leeds_addresses_have_numbers_streets_and_postcodes(shared_data: Path) -> None:
    rows = osm.read(shared_data / "places/geo/leeds_its_example.osm.pbf")
    addresses = list(rows.addresses or [])
    assert len(addresses) > 15
    assert all(row.number and row.street for row in addresses)
    assert any(row.postcode.startswith("LS2 ") for row in addresses)
    assert all(420_000 < row.easting < 440_000 for row in addresses)


def test_the_pieces_of_a_street_are_one_and_two_villages_have_two() -> None:
    about = {"highway": "residential"}
    here = [("Church Lane", about, LineString([(x, 0), (x + 100, 0)])) for x in (0, 100, 200)]
    far = [("Church Lane", about, LineString([(9000, 0), (9100, 0)]))]
    rows = joined(here + far)
    assert sorted(row.geometry.length for row in rows) == [100, 300]


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        ({"highway": "trunk_link"}, "main"), ({"highway": "residential"}, "street"), ({"highway": "steps"}, "path"),
        ({"highway": "residential", "access": "private"}, ""), ({"highway": "footway", "tunnel": "yes"}, ""),
        ({"highway": "proposed"}, ""), ({}, ""),
    ],
)  # fmt: skip
def test_a_way_is_the_road_its_tags_say(about: dict[str, str], kind: str) -> None:
    assert tags.road(about) == kind


@pytest.mark.parametrize(
    ("about", "metres"),
    [({"width": "6.5 m"}, 6.5), ({"lanes": "2"}, 6.4), ({"width": "wide"}, 7.0), ({"width": "9999"}, 7.0), ({}, 7.0)],
)
def test_a_streets_width_is_surveyed_or_counted_or_usual(about: dict[str, str], metres: float) -> None:
    assert tags.width(about, "street") == metres


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        ({"building": "yes"}, "house"), ({"building": "yes", "amenity": "place_of_worship"}, "church"),
        ({"building": "university"}, "civic"), ({"building": "no"}, ""), ({"building": "retail"}, "shop"),
    ],
)  # fmt: skip
def test_a_building_is_what_its_tags_say(about: dict[str, str], kind: str) -> None:
    assert tags.building(about) == kind
