import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.kernel.geo import squares
from townhall.kernel.geo.rules import Point
from townhall.kernel.geo.squares import Squares

METRES = st.floats(0, 1_000)
AT = st.tuples(METRES, METRES)
LINES = st.lists(st.lists(AT, min_size=2, max_size=4).map(shapely.LineString), min_size=1, max_size=6)
AREAS = st.lists(st.tuples(AT, st.floats(10, 400)).map(lambda one: shapely.Point(one[0]).buffer(one[1])), max_size=6)


def made(shapes: list[shapely.Geometry], reach: float = 0) -> Squares:
    array = np.array(shapes, dtype=object)
    return Squares(array, shapely.STRtree(array), reach)


@given(lines=LINES, at=AT, reach=st.sampled_from([0, 45, 160]))
@settings(deadline=None, database=None)
def test_every_shape_that_is_near_a_point_reaches_its_square(lines, at, reach):
    found = made(lines, reach).of(Point(*at)).numbers.tolist()
    assert {number for number, line in enumerate(lines) if line.distance(shapely.Point(at)) <= reach} <= set(found)
    assert found == sorted(found)


@given(areas=AREAS, at=AT)
@settings(deadline=None, database=None)
def test_a_square_is_covered_only_by_areas_that_hold_each_of_its_points(areas, at):
    square = made(areas).of(Point(*at))
    holding = [number for number, area in enumerate(areas) if area.intersects(shapely.Point(at))]
    assert not square.is_covered or square.numbers.tolist() == holding


def test_squares_are_looked_up_once_and_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(squares, "MOST_KEPT", 3)
    kept = made([shapely.box(0, 0, 500, 500)])
    assert kept.of(Point(10, 10)) is kept.of(Point(63, 63))
    for number in range(5):
        kept.of(Point(number * 64, 0))
    assert len(kept.kept) <= 3
