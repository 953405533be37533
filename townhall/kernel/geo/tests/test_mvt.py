import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.geo.rules import mvt
from townhall.kernel.geo.tests.decoding import decode

units = st.integers(min_value=-5000, max_value=9000)
lines = st.lists(st.lists(st.tuples(units, units), min_size=2, max_size=20), min_size=1, max_size=4)
properties = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.one_of(st.text(max_size=20), st.integers(-(2**40), 2**40), st.floats(allow_nan=False), st.booleans()),
    max_size=4,
)


def without_repeats(line: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for at, point in enumerate(line) if at == 0 or point != line[at - 1]]


@given(lines, properties)
def test_lines_and_their_properties_are_read_as_they_were_written(
    paths: list[list[tuple[int, int]]], about: dict[str, mvt.Value]
) -> None:
    layer = mvt.Layer("road")
    added = layer.add(mvt.LINE, paths, about)
    drawn = [line for line in map(without_repeats, paths) if len(line) > 1]
    assert added is bool(drawn)
    if added:
        read = decode(mvt.tile([layer]))["road"]
        assert (read.version, read.extent) == (2, 4096)
        assert read.features[0].paths == drawn
        assert read.features[0].properties == about


@given(st.lists(st.tuples(units, units), min_size=3, max_size=12, unique=True))
def test_rings_come_back_closed(ring: list[tuple[int, int]]) -> None:
    layer = mvt.Layer("area")
    layer.add(mvt.POLYGON, [[*ring, ring[0]]], {})
    assert decode(mvt.tile([layer]))["area"].features[0].paths == [[*ring, ring[0]]]


@given(units, units)
def test_points_come_back(x: int, y: int) -> None:
    layer = mvt.Layer("label")
    layer.add(mvt.POINT, [[(x, y)]], {"name": "Llŷn"})
    feature = decode(mvt.tile([layer]))["label"].features[0]
    assert (feature.paths, feature.properties) == ([[(x, y)]], {"name": "Llŷn"})


def test_the_specifications_example_polygon_is_written_byte_for_byte() -> None:
    """Mapbox Vector Tile 2.1, 4.3.5.5: (3,6) (8,12) (20,34)."""
    layer = mvt.Layer("x")
    layer.add(mvt.POLYGON, [[(3, 6), (8, 12), (20, 34), (3, 6)]], {})
    assert bytes([9, 6, 12, 18, 10, 12, 24, 44, 15]) in mvt.tile([layer])


def test_the_specifications_example_lines_are_written_byte_for_byte() -> None:
    """Mapbox Vector Tile 2.1, 4.3.5.4: (2,2) (2,10) (10,10) and (1,1) (3,5)."""
    layer = mvt.Layer("x")
    layer.add(mvt.LINE, [[(2, 2), (2, 10), (10, 10)], [(1, 1), (3, 5)]], {})
    assert bytes([9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]) in mvt.tile([layer])


def test_values_of_one_look_but_two_types_stay_apart() -> None:
    layer = mvt.Layer("x")
    layer.add(mvt.POINT, [[(0, 0)]], {"a": 1, "b": True, "c": 1.0})
    read = decode(mvt.tile([layer]))["x"].features[0].properties
    assert [type(read[key]) for key in "abc"] == [int, bool, float]


@pytest.mark.parametrize("ring", [[(1, 1), (1, 1), (1, 1)], [(1, 1), (2, 2), (1, 1)]])
def test_a_ring_without_ground_is_left_out(ring: list[tuple[int, int]]) -> None:
    layer = mvt.Layer("x")
    assert not layer.add(mvt.POLYGON, [ring], {})
    assert mvt.tile([layer]) == b""
