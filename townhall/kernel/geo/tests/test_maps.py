import gzip
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.urls import reverse
from shapely import box

from townhall.kernel.geo import actions, palette, selectors, tiles
from townhall.kernel.geo.drawing.frame import Frame, PinAt
from townhall.kernel.geo.models import Load
from townhall.kernel.geo.picture import picture
from townhall.kernel.geo.rules import FeatureRow, Point, TownRows, mercator, mvt
from townhall.kernel.geo.style import style
from townhall.kernel.geo.tests.decoding import Layer, decode, shoelace
from townhall.kernel.geo.tests.factories import CROSSROADS, load_hamlet

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def town(at: datetime) -> Load:
    return load_hamlet(at)


def tile_at(point: Point, zoom: int) -> tuple[int, int, int]:
    return zoom, *mercator.tile_of(point.lonlat.lon, point.lonlat.lat, zoom)


def read(point: Point, zoom: int) -> dict[str, Layer]:
    return decode(gzip.decompress(tiles.tile(selectors.edition(), *tile_at(point, zoom))))


def names(layer: Layer) -> set[str]:
    return {feature.properties.get("name", "") for feature in layer.features}


def test_a_tile_holds_streets_houses_water_and_names() -> None:
    layers = read(CROSSROADS, 14)
    assert names(layers["road"]) == {"Chapel Street", "Wool Lane", "St Anne’s Road"}
    assert [len(feature.paths) for feature in layers["building"].features] == [4]
    assert names(layers["water"]) == {"River Mere"}
    assert {"Castle", "Forge"} <= names(layers["label"])


def test_streets_are_lines_and_houses_rings_that_turn_the_right_way() -> None:
    layers = read(CROSSROADS, 14)
    assert {feature.kind for feature in layers["road"].features} == {mvt.LINE}
    for feature in layers["building"].features + layers["area"].features:
        assert feature.kind == mvt.POLYGON
        assert all(shoelace(path) > 0 for path in feature.paths)


def test_a_courtyard_is_a_hole_and_turns_the_other_way(at: datetime) -> None:
    east, north = CROSSROADS.easting, CROSSROADS.northing
    around, yard = box(east, north, east + 60, north + 60), box(east + 20, north + 20, east + 40, north + 40)
    rows = TownRows(features=[FeatureRow("building", "civic", around.difference(yard))])
    actions.load_town(rows=rows, origin="town", title="A cloister", at=at)
    outer, inner = read(CROSSROADS, 16)["building"].features[0].paths
    assert shoelace(outer) > 0 > shoelace(inner)


def test_far_out_there_are_main_roads_but_no_houses() -> None:
    layers = read(CROSSROADS, 10)
    assert {feature.properties["kind"] for feature in layers["road"].features} == {"main"}
    assert "building" not in layers


def test_nothing_lies_beyond_a_tile_and_its_buffer() -> None:
    for zoom in (10, 14, 16):
        for layer in read(CROSSROADS, zoom).values():
            points = [point for feature in layer.features for path in feature.paths for point in path]
            assert all(-tiles.BUFFER <= part <= 4096 + tiles.BUFFER for point in points for part in point)


def test_a_place_is_where_the_tile_says() -> None:
    zoom, column, row = tile_at(CROSSROADS, 16)
    road = next(one for one in read(CROSSROADS, 16)["road"].features if one.properties["name"] == "Wool Lane")
    bounds = mercator.tile_bounds(zoom, column, row)
    convert = mercator.to_tile(bounds)
    import numpy as np

    x, y = convert(np.array([[CROSSROADS.easting, CROSSROADS.northing]]))[0]
    assert min(abs(px - x) + abs(py - y) for path in road.paths for px, py in path) < 3


def test_a_tile_far_from_the_town_is_empty() -> None:
    assert read(Point(500_000, 200_000), 14) == {}


def test_welsh_names_travel_with_the_english() -> None:
    assert any(one.properties.get("name_cy") == "Heol y Capel" for one in read(CROSSROADS, 14)["road"].features)


def test_a_tile_is_sent_packed_and_tagged_and_kept(client: Client) -> None:
    address = reverse("geo:tile", args=tile_at(CROSSROADS, 14))
    first = client.get(address, headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert first["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert "no-cache" in first["Cache-Control"]
    again = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    named = client.get(address, {"v": selectors.edition()})
    assert "immutable" in named["Cache-Control"]
    assert decode(named.content)


def test_a_new_load_changes_the_tag(client: Client, at: datetime) -> None:
    address = reverse("geo:tile", args=tile_at(CROSSROADS, 14))
    before = client.get(address)["ETag"]
    load_hamlet(at)
    assert client.get(address)["ETag"] != before


@pytest.mark.parametrize("where", ["/geo/tiles/3/1/1.mvt", "/geo/tiles/17/1/1.mvt", "/geo/tiles/14/99999/1.mvt"])
def test_tiles_that_are_not_made_are_not_found(client: Client, where: str) -> None:
    assert client.get(where).status_code == 404


def test_the_style_draws_only_layers_that_tiles_have() -> None:
    document = style(palette.Palette(), tiles_url="/t/{z}/{x}/{y}", middle=(0, 54))
    assert {layer["source-layer"] for layer in document["layers"] if "source" in layer} <= set(tiles.LAYERS)
    assert len({layer["id"] for layer in document["layers"]}) == len(document["layers"])


def test_the_style_is_in_the_councils_colour_and_names_this_edition(client: Client) -> None:
    document = client.get(reverse("geo:style")).json()
    assert selectors.edition() in document["sources"]["town"]["tiles"][0]
    assert "glyphs" not in document


def drawn(tone: str = "map", pins: tuple[PinAt, ...] = (), language: str = "en", scale: float = 0.8) -> Element:
    frame = Frame(CROSSROADS, 640, 480, scale)
    colours = palette.one_hue("#571c45") if tone == "hero" else palette.Palette()
    return ElementTree.fromstring(
        gzip.decompress(picture(selectors.edition(), frame, colours, pins, language=language, tone=tone))
    )


def words(svg: Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def test_a_picture_names_its_streets_along_them() -> None:
    svg = drawn()
    assert {"Chapel Street", "Wool Lane"} <= set(words(svg))
    paths = {path.get("id") for path in svg.iter(f"{SVG}path")}
    assert all(text.get("href", "#")[1:] in paths for text in svg.iter(f"{SVG}textPath"))


def test_no_name_is_upside_down() -> None:
    for path in drawn().iter(f"{SVG}path"):
        if path.get("id"):
            numbers = [float(part) for part in (path.get("d") or "").replace("M", "").replace("L", " ").split()]
            assert numbers[-2] >= numbers[0]


def test_a_picture_names_places_in_welsh() -> None:
    assert "Heol y Capel" in words(drawn(language="cy"))


def test_the_hero_has_no_names() -> None:
    assert words(drawn("hero")) == []


def test_a_small_picture_is_small() -> None:
    assert len(picture(selectors.edition(), Frame(CROSSROADS, 460, 240, 0.6), palette.Palette())) < 60_000


def test_pins_stand_with_their_tip_on_the_place() -> None:
    svg = drawn(pins=(PinAt(CROSSROADS, "received"),))
    moved = [group.get("transform") for group in svg.iter(f"{SVG}g")]
    assert "translate(298.0 195.0)" in moved


def test_names_keep_clear_of_pins() -> None:
    pins = tuple(
        PinAt(Point(CROSSROADS.easting + step, CROSSROADS.northing), "received") for step in range(-250, 260, 12)
    )
    assert "Chapel Street" not in words(drawn(pins=pins))


def test_a_picture_credits_its_sources_as_their_licences_want() -> None:
    frame = Frame(CROSSROADS, 640, 480, 0.8)
    body = gzip.decompress(picture(selectors.edition(), frame, palette.Palette(), credit="© <Mappers>"))
    assert "© <Mappers>" in words(ElementTree.fromstring(body))


def test_grey_has_no_hue() -> None:
    colours = palette.grey()
    assert all(value[1:3] == value[3:5] == value[5:7] for value in (colours.park, colours.water, colours.main))


@pytest.mark.parametrize(
    "query",
    [
        {"e": "x", "n": "1"}, {"e": "360000"}, {"e": "nan", "n": "1"}, {"e": "-1", "n": "1"}, {"w": "99999"},
        {"w": "1"}, {"w": "2000", "h": "2000"},
        {"scale": "0"}, {"scale": "inf"}, {"tone": "pink"}, {"h": "nan"},
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_drawn_is_not_found(client: Client, query: dict[str, str]) -> None:
    assert client.get(reverse("geo:picture"), query).status_code == 404


@pytest.mark.parametrize(
    "pins",
    ["", ";;;", "1,2", "360500,500500,received,late,chosen", "360500,500500,nonsense", "nan,nan,received",
     "x,y,<script>",
     "360500,500500,ring,received=3,booked=1,late=1", "360500,500500,ring,received=-3",
     "360500,500500,ring,received=9999999999"],
)  # fmt: skip
def test_any_pins_in_the_address_make_a_picture_that_parses(client: Client, pins: str) -> None:
    answer = client.get(reverse("geo:picture"), {"pins": pins})
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)
    assert b"script" not in answer.content


def test_a_map_of_one_place_has_its_pin_live_too(client: Client) -> None:
    asked = {"pins": "360500,500500,booked,late,chosen;1,1,nonsense;-5,1,booked"}
    features = client.get(reverse("geo:pins"), asked).json()["features"]
    assert [feature["properties"]["status"] for feature in features] == ["booked"]
    assert features[0]["properties"]["chosen"] is True


def test_a_picture_is_asked_for_again_only_if_changed(client: Client) -> None:
    first = client.get(reverse("geo:picture"))
    assert client.get(reverse("geo:picture"), headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_place_is_described_over_http(client: Client) -> None:
    where = CROSSROADS.lonlat
    asked = {"lon": where.lon, "lat": where.lat, "kind": "street_light"}
    about = client.get(reverse("geo:describe"), asked).json()
    assert about["place"] == "Chapel Street, near Wool Lane"
    assert about["inside"] is True
    assert client.get(reverse("geo:describe"), {"lon": "x"}).status_code == 400
    assert client.get(reverse("geo:describe"), {"lon": 100, "lat": 3}).status_code == 400


def test_the_page_of_what_is_loaded_is_for_administrators(client: Client) -> None:
    assert client.get(reverse("geo:loaded")).status_code == 302


@pytest.fixture
def administrator(client: Client) -> Any:
    from townhall.kernel.identity.models import Membership, Organisation, Person, Role, Team

    person = Person.objects.create_person(email="glyn@example.org", name="Glyn Parry")
    team = Team.objects.create(
        organisation=Organisation.objects.create(name="Northmere"), code="digital", name="Digital"
    )
    Membership.objects.create(person=person, team=team, role=Role.ADMINISTRATOR)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def test_the_page_says_what_is_loaded(client: Client, administrator: Any) -> None:
    page = client.get(reverse("geo:loaded"))
    assert page.status_code == 200
    assert "A hamlet" in page.content.decode()
