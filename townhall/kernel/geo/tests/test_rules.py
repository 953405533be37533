import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from townhall.kernel.geo import rules
from townhall.kernel.geo.rules import LonLat, NotAGridReference, NotInBritain, Point, mercator, typed

eastings = st.floats(min_value=0, max_value=699_999)
northings = st.floats(min_value=0, max_value=1_299_999)
inland = st.builds(
    Point, st.floats(min_value=250_000, max_value=600_000), st.floats(min_value=100_000, max_value=900_000)
)


@given(eastings, northings, st.sampled_from([2, 4, 6, 8, 10]))
def test_a_point_lies_in_the_square_its_reference_names(easting: float, northing: float, figures: int) -> None:
    size = 10 ** (5 - figures // 2)
    middle = rules.from_grid_reference(rules.to_grid_reference(Point(easting, northing), figures))
    assert abs(middle.easting - easting) <= size / 2 + 1
    assert abs(middle.northing - northing) <= size / 2 + 1


@given(eastings, northings)
def test_a_reference_is_read_back_as_itself(easting: float, northing: float) -> None:
    reference = rules.to_grid_reference(Point(easting, northing), 8)
    assert rules.to_grid_reference(rules.from_grid_reference(reference), 8) == reference


@pytest.mark.parametrize(
    ("reference", "easting", "northing"),
    [
        ("TG 51409 13177", 651409, 313177),  # Ordnance Survey's own example, Caister water tower
        ("NY 123 456", 312300, 545600),
        ("SV 9 1", 90000, 10000),
        ("HU 396 753", 439600, 1175300),
        ("TQ3080", 530000, 180000),
    ],
)  # fmt: skip
def test_known_references_name_known_squares(reference: str, easting: int, northing: int) -> None:
    middle = rules.from_grid_reference(reference)
    size = 10 ** (5 - sum(sign.isdigit() for sign in reference) // 2)
    assert (middle.easting - size / 2, middle.northing - size / 2) == (easting, northing)


@pytest.mark.parametrize("text", ["", "NY", "NY 1", "NY 123", "II 12 34", "AA 12 34", "NY 12 345", "Chapel Street"])
def test_other_text_is_no_reference(text: str) -> None:
    with pytest.raises(NotAGridReference):
        rules.from_grid_reference(text)


@given(inland)
def test_a_point_goes_to_wgs84_and_back(point: Point) -> None:
    assert rules.to_bng(rules.to_lonlat(point)).metres_to(point) < 0.05


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (math.nan, 54), (2.6, 54), (-3, 62), (math.inf, 54)])
def test_a_position_far_from_britain_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(NotInBritain):
        rules.to_bng(LonLat(lon, lat))


@pytest.mark.parametrize(
    ("typed_text", "folded"),
    [
        ("Llŷn Road", "llyn road"), ("Tanner's Row", "tanners row"), ("TANNER’S ROW", "tanners row"),
        ("Hope St", "hope street"),
        ("St Anne's Rd", "st annes road"), ("Saint Anne's Road", "st annes road"), ("Station Ave.", "station avenue"),
        ("  Mill   Lane ", "mill lane"), ("Heol-y-Capel", "heol y capel"), ("", ""),
    ],
)  # fmt: skip
def test_names_are_folded_so_that_spellings_meet(typed_text: str, folded: str) -> None:
    assert rules.fold(typed_text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert rules.fold(rules.fold(text)) == rules.fold(text)


@pytest.mark.parametrize(
    ("typed_text", "postcode"),
    [
        ("NM1 4PB", "NM1 4PB"), ("nm14pb", "NM1 4PB"), ("14 Hope Street, NM2 6RD", "NM2 6RD"), ("sw1a1aa", "SW1A 1AA"),
        ("NM1", ""), ("Chapel Street", ""), ("999900000001", ""), ("n.m.1 4-pb", "NM1 4PB"),
    ],
)  # fmt: skip
def test_postcodes_are_found_however_typed(typed_text: str, postcode: str) -> None:
    assert rules.tidy_postcode(typed_text) == postcode


@pytest.mark.parametrize(
    ("typed_text", "number", "street"),
    [
        ("14 Hope Street", "14", "Hope Street"), ("14A Hope Street", "14a", "Hope Street"),
        ("14 a Hope Street", "14a", "Hope Street"),
        ("Flat 2, 14 Hope Street", "14", "Hope Street"), ("2-4 Mill Lane", "2-4", "Mill Lane"),
        ("Hope Street", "", "Hope Street"),
    ],
)  # fmt: skip
def test_house_numbers_are_told_from_streets(typed_text: str, number: str, street: str) -> None:
    assert typed.house_number(typed_text) == (number, street)


def test_typed_coordinates_are_points() -> None:
    assert typed.position("360500 500500") == Point(360500, 500500)
    there = typed.position("54.3984, -2.6099")
    assert there is not None
    assert there.metres_to(Point(360500, 500500)) < 10
    assert typed.position("800000 500500") is None
    assert typed.position("12.3, 4.5") is None


@given(st.text(max_size=60))
def test_nothing_typed_can_break_the_reading(text: str) -> None:
    rules.tidy_postcode(text)
    typed.outward_code(text)
    typed.house_number(text)
    typed.position(text)


def test_the_middle_of_the_picture_is_its_point() -> None:
    sent = {"where.x": "320", "where.y": "200", "where_view": "360000,500000,640,400,0.5"}
    assert rules.picked(sent) == Point(360000, 500000)


def test_a_press_right_and_above_is_east_and_north() -> None:
    sent = {"where.x": "420", "where.y": "100", "where_view": "360000,500000,640,400,0.5"}
    assert rules.picked(sent) == Point(360050, 500050)


def test_the_script_sends_a_position_instead() -> None:
    where = Point(360000, 500000).lonlat
    point = rules.picked({"where_lon": str(where.lon), "where_lat": str(where.lat), "where_view": "1,2,3,4,5"})
    assert point is not None
    assert point.metres_to(Point(360000, 500000)) < 0.1


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"where_lon": ""}, {"where_lon": "abc", "where_lat": "1"}, {"where_lon": "0", "where_lat": "0"},
        {"where.x": "1"},
        {"where.x": "1", "where.y": "1", "where_view": "nan,nan,1,1,1"},
        {"where.x": "1", "where.y": "1", "where_view": "1,1"},
        {"where.x": "1", "where.y": "1", "where_view": "1,1,10,10,1e9"}, {"where_lon": "nan", "where_lat": "nan"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_place(sent: dict[str, str]) -> None:
    assert rules.picked(sent) is None


def test_a_box_of_degrees_becomes_a_box_of_metres() -> None:
    box = rules.bbox_from_text("-2.62,54.39,-2.60,54.40")
    assert box is not None
    west, south, east, north = box
    assert west < 360500 < east
    assert south < 500000 < north
    assert rules.bbox_from_text("1,2,3") is None
    assert rules.bbox_from_text("a,b,c,d") is None


@given(
    st.floats(min_value=-6, max_value=1.5),
    st.floats(min_value=50, max_value=58.5),
    st.integers(min_value=8, max_value=16),
)
def test_a_point_falls_inside_its_tile(lon: float, lat: float, zoom: int) -> None:
    point = rules.to_bng(LonLat(lon, lat))
    bounds = mercator.tile_bounds(zoom, *mercator.tile_of(lon, lat, zoom))
    box = mercator.grid_box(bounds)
    assert box is not None
    assert box[0] <= point.easting <= box[2]
    assert box[1] <= point.northing <= box[3]
    assume(zoom < 16)
    import numpy as np

    x, y = mercator.to_tile(bounds)(np.array([[point.easting, point.northing]]))[0]
    assert -2 <= x <= mercator.EXTENT + 2
    assert -2 <= y <= mercator.EXTENT + 2


@pytest.mark.parametrize(("zoom", "column", "row"), [(3, 8, 0), (3, 0, 8), (99, 0, 0), (-1, 0, 0)])
def test_there_are_no_tiles_beyond_the_world(zoom: int, column: int, row: int) -> None:
    with pytest.raises(mercator.NoSuchTile):
        mercator.tile_bounds(zoom, column, row)
