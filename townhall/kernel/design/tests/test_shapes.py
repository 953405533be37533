from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.design import pins, shapes
from townhall.kernel.design.statuses import STATUSES

COUNTS = st.dictionaries(st.sampled_from(sorted(STATUSES)), st.integers(1, 400), min_size=1)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_shape_and_a_pin_that_is_valid_svg(status: str) -> None:
    ET.fromstring(f"<g>{shapes.STATUS_SHAPES[status]}</g>")  # noqa: S314 - our own drawing
    drawn = pins.pin(status, is_chosen=True, is_late=True, has_focus=True)
    assert ET.fromstring(drawn).get("viewBox") == "0 0 44 50"  # noqa: S314 - our own drawing


def test_shapes_tell_statuses_apart_without_colour() -> None:
    assert len(set(shapes.STATUS_SHAPES.values())) == len(STATUSES)


def test_half_of_the_time_used_fills_half_of_the_dial() -> None:
    assert shapes.wedge(0.5, radius=6) == "M10 10V4.00A6 6 0 0 1 10.00 16.00z"


@pytest.mark.parametrize("state", ["on", "soon", "over", "paused", "done", "ahead"])
@pytest.mark.parametrize("share", [-1, 0, 0.25, 0.75, 1, 9])
def test_dial_is_drawn_for_every_state_and_share(state: str, share: float) -> None:
    ET.fromstring(f"<g>{shapes.dial(share, state)}</g>")  # noqa: S314 - our own drawing


@given(counts=COUNTS, late=st.integers(0, 500))
def test_cluster_ring_is_whole_and_its_late_share_comes_last(counts: dict[str, int], late: int) -> None:
    parts = pins.shares(counts, late=late)
    assert parts[0][1] == 0
    assert parts[-1][2] == pytest.approx(1)
    assert all(one[2] == other[1] for one, other in pairwise(parts))
    if late:
        assert parts[-1][0] == "missed"
    ET.fromstring(pins.cluster(counts, late=late))  # noqa: S314 - our own drawing


def test_emblem_of_another_council_cannot_break_out_of_its_attribute() -> None:
    assert "<script" not in shapes.emblem('"/><script>', "#ffffff")
