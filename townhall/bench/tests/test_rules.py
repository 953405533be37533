"""The arithmetic of figures."""

import pytest

from townhall.bench.rules import Figure, of_runs, percentile, rounded

SLOW = Figure("slow", "ms", 50, "at most", "how slow")
MANY = Figure("many", "a second", 100, "at least", "how many")


def test_a_figure_is_the_median_of_its_runs() -> None:
    assert of_runs(SLOW, [9, 100, 10, 11, 12]).value == 11


def test_a_limit_is_kept_when_it_is_met_exactly() -> None:
    assert SLOW.holds(50)
    assert not SLOW.holds(50.1)
    assert MANY.holds(100)
    assert not MANY.holds(99)


def test_a_result_says_everything_that_judges_it() -> None:
    told = of_runs(SLOW, [51.23456]).told()
    assert told == {"name": "slow", "value": 51.23, "unit": "ms", "limit": 50, "goal": "at most", "holds": False}


def test_the_slowest_of_a_hundred_is_beyond_ninety_nine_percent() -> None:
    assert percentile(list(range(1, 101)), 99) == 99
    assert percentile(list(range(1, 101)), 95) == 95
    assert percentile([7], 50) == 7
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_values_keep_four_digits_that_mean_something() -> None:
    assert rounded(0.00123456) == 0.001235
    assert rounded(1234.567) == 1235
    assert rounded(41_200) == 41_200
    assert rounded(0) == 0
