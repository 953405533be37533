"""Cells, marks and their gathering."""

from collections import Counter
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from townhall.kernel.mapping import rules
from townhall.kernel.mapping.rules import Mark


def mark(easting: float, status: str = "received", count: int = 1, *, late: int = 0) -> Mark:
    return Mark(easting, 500_000.0, late, uuid4() if count == 1 else None, Counter({status: count}))


def test_marks_that_would_touch_become_one_ring() -> None:
    found = rules.gathered([mark(1), mark(20, "booked", late=1), mark(900)], metres_to_a_pixel=1)
    assert sorted(each.count for each in found) == [1, 2]
    ring = next(each for each in found if each.count == 2)
    assert (dict(ring.shares), ring.late, ring.key) == ({"received": 1, "booked": 1}, 1, None)
    assert ring.easting == 10.5


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.floats(0, 10_000), st.integers(1, 500)), max_size=60), st.floats(0.1, 50))
def test_no_case_is_lost_from_the_map(spots: list[tuple[float, int]], scale: float) -> None:
    found = rules.gathered([mark(east, count=count) for east, count in spots], metres_to_a_pixel=scale)
    assert sum(each.count for each in found) == sum(count for _east, count in spots)


def test_each_level_has_cells_twice_as_wide_as_the_next() -> None:
    sides = [rules.cell_tenths(level) for level in rules.LEVELS]
    assert [wide / narrow for wide, narrow in pairwise(sides)] == [2] * (len(sides) - 1)


def test_cells_get_narrower_all_the_way_in() -> None:
    sides = [rules.near_tenths(zoom) for zoom in range(10, 19)]
    assert sides == sorted(sides, reverse=True)
    assert sides[-1] == 56


def test_a_tile_with_too_many_pins_has_rings_after_all() -> None:
    found = rules.by_cells([mark(1), mark(2), mark(30)], 56)
    assert sorted(each.count for each in found) == [1, 2]


@pytest.mark.parametrize(("days", "newest"), [(7, 1), (90, 3), (365, 4), (0, 5)])
def test_days_are_whole_ages(days: int, newest: int) -> None:
    assert rules.newest_for(days) == newest


def test_a_key_survives_being_cut_in_two() -> None:
    key = uuid4()
    halves = [half - 2**64 if half >= 2**63 else half for half in (key.int >> 64, key.int % 2**64)]
    assert rules.case_key(halves[0], halves[1]) == key


def test_most_of_the_cases_are_between_the_fifths() -> None:
    assert rules.most([(1.0, 1), (5.0, 8), (99.0, 1)]) == (5.0, 5.0)
    assert rules.most([(7.0, 1)]) == (7.0, 7.0)
