"""Which figures can be asked for."""

import pytest

from townhall.bench import figures
from townhall.bench.measurements import chosen, measurement
from townhall.bench.rules import Figure

figures.find()


def test_every_figure_has_a_name_of_its_own_and_a_meaning() -> None:
    every = [figure for each in chosen([]) for figure in each.figures]
    assert len({figure.name for figure in every}) == len(every)
    assert all(figure.meaning and figure.unit for figure in every)


def test_a_measurement_is_asked_for_by_its_name_or_a_figures() -> None:
    assert [each.name for each in chosen(["submit"])] == ["submit"]
    assert [each.name for each in chosen(["submit_cpu"])] == ["submit"]
    assert [each.name for each in chosen(["submit", "one"])] == ["one", "submit"]


def test_a_name_that_nobody_has_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"no figure is called nonsense; there are: .*one"):
        chosen(["nonsense"])


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="has one already"):
        measurement("one", Figure("other", "ms", 1, "at most", "x"), order=1)(lambda _ground: {})
