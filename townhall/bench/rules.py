"""What a figure is, and the arithmetic of measurements. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

Goal = Literal["at most", "at least"]


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured, the number it must keep, and what it says in a sentence."""

    name: str
    unit: str
    limit: float
    goal: Goal
    meaning: str

    def holds(self, value: float) -> bool:
        """Whether a value keeps the limit."""
        return value <= self.limit if self.goal == "at most" else value >= self.limit


@dataclass(frozen=True, slots=True)
class Result:
    """A figure's value: the median of its runs."""

    figure: Figure
    value: float

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        return self.figure.holds(self.value)

    def told(self) -> dict[str, Any]:
        """As `--json` prints it."""
        figure = self.figure
        return {
            "name": figure.name, "value": self.value, "unit": figure.unit, "limit": figure.limit,
            "goal": figure.goal, "holds": self.holds,
        }  # fmt: skip


def of_runs(figure: Figure, values: Sequence[float]) -> Result:
    """The median of some runs, to four digits that mean something."""
    return Result(figure, rounded(median(values)))


def rounded(value: float) -> float:
    """A number to four significant digits; whole numbers of any length stay whole."""
    if value == 0 or not math.isfinite(value) or float(value).is_integer():
        return value
    return round(value, max(0, 3 - math.floor(math.log10(abs(value)))))


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of the values do not pass (nearest rank). Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
