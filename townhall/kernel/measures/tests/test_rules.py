from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.measures import rules

AT = datetime(2026, 5, 12, 23, 30, tzinfo=UTC)


def test_a_day_is_a_day_in_london():
    assert rules.local_day(AT).isoformat() == "2026-05-13"


@given(st.lists(st.integers(1, 99), min_size=5, max_size=60))
def test_the_median_of_bins_is_the_median_of_the_numbers(numbers):
    bins = {value: numbers.count(value) for value in set(numbers)}
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    expected = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    assert rules.median(bins) == expected


@pytest.mark.parametrize(("minutes", "days"), [(0, 1), (1, 1), (480, 1), (481, 2), (999_999, 99)])
def test_working_days_are_counted_once_begun(minutes, days):
    assert rules.days_bin(minutes) == days


def test_a_share_of_fewer_than_five_is_not_shown():
    assert rules.figure("share", {1: 3, 0: 1}).value is None
    assert rules.figure("share", {1: 3, 0: 1}).is_few
    assert rules.figure("share", {1: 4, 0: 1}).value == 80


def test_the_usual_range_follows_wheelers_constant():
    values = [10.0, 12, 11, 13, 12, 11, 10, 13]
    found = rules.usual_range(values)
    assert found is not None
    assert round(found.high - found.average, 3) == round(2.66 * (2 + 1 + 2 + 1 + 1 + 1 + 3) / 7, 3)
    assert rules.usual_range(values[:7]) is None
