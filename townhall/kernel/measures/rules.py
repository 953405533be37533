"""How events become counts, and counts become figures. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NO_TEAM = "00000000-0000-0000-0000-000000000000"
DAY_MINUTES = 480
MOST_DAYS = 99
FEW = 5
"""Fewer cases than this are not shown, so that nobody is named by a number."""

Shape = Literal["count", "share", "median"]


class Slot(NamedTuple):
    """What a tally is of. `bin`: 1 or 0 for a share (yes or no), working days begun for a median, 0 for a count."""

    measure: str
    day: date
    category: str
    ward: str
    team: str
    bin: int


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: its name, what it means, unit, who answers for it, and what is promised (None where nothing is).

    `counts` gives, for one event, the slots that change and by how much.
    """

    code: str
    title: str
    meaning: str
    unit: str
    owner: str
    shape: Shape
    kinds: frozenset[str]
    counts: Callable[[str, datetime, dict[str, Any]], Iterable[tuple[Slot, int]]]
    promise: float | None = None
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value over some cases. `value` is None where there are fewer than FEW cases (`is_few`) or none."""

    value: float | None
    cases: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few cases to show."""
        return 0 < self.cases < FEW


def local_day(at: datetime) -> date:
    """The day in London."""
    return at.astimezone(LONDON).date()


def slot(measure: str, at: datetime, payload: dict[str, Any], bin_: int = 0) -> Slot:
    """The slot of an event's payload on the day of `at`."""
    return Slot(measure, local_day(at), payload["category"], payload["ward"], payload.get("team_id") or NO_TEAM, bin_)


def days_bin(minutes: int) -> int:
    """Working days begun: 1 up to 480 minutes, at most 99."""
    return min(MOST_DAYS, max(1, -(-minutes // DAY_MINUTES)))


def figure(shape: Shape, bins: dict[int, int]) -> Figure:
    """The value of counts by bin: their sum, the share in bin 1 in per cent, or the median bin."""
    cases = sum(bins.values())
    if shape == "count":
        return Figure(float(cases), cases)
    if cases < FEW:
        return Figure(None, cases)
    if shape == "share":
        return Figure(100.0 * bins.get(1, 0) / cases, cases)
    return Figure(median(bins), cases)


def median(bins: dict[int, int]) -> float:
    """The median of counted whole numbers; the mean of the middle two where their number is even."""
    cases = sum(bins.values())
    middle = [(cases - 1) // 2, cases // 2]
    found: list[int] = []
    seen = 0
    for value in sorted(bins):
        seen += bins[value]
        found += [value for _ in range(sum(1 for place in middle if place < seen) - len(found))]
    return sum(found) / 2


def tally(measures: Sequence[Measure], events: Iterable[tuple[str, datetime, dict[str, Any]]]) -> Counter[Slot]:
    """The changes that events (kind, at, payload) make to the roll-up."""
    changes: Counter[Slot] = Counter()
    listening: dict[str, list[Measure]] = {}
    for measure in measures:
        for kind in measure.kinds:
            listening.setdefault(kind, []).append(measure)
    for kind, at, payload in events:
        for measure in listening.get(kind, ()):
            for where, change in measure.counts(kind, at, payload):
                changes[where] += change
    return changes


@dataclass(frozen=True, slots=True)
class Range:
    """The average of weekly values and the range in which luck keeps them."""

    average: float
    low: float
    high: float


def usual_range(values: Sequence[float]) -> Range | None:
    """The XmR natural process limits: average plus or minus 2.66 mean moving ranges; None for fewer than eight values.

    Source: Wheeler, Understanding Variation, 1993.
    """
    if len(values) < 8:
        return None
    average = sum(values) / len(values)
    moving = sum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)
    return Range(average, max(0.0, average - 2.66 * moving), average + 2.66 * moving)
