"""A line of weekly values as SVG, drawn on the server: average, usual range, promise, and what lies outside."""

from dataclasses import dataclass
from datetime import date

from townhall.kernel.measures.rules import Figure, Range, usual_range

WIDTH, HEIGHT = 860, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 110, 16, 36


@dataclass(frozen=True, slots=True)
class Dot:
    """One week's value on the chart. `is_outside` when it lies beyond the usual range."""

    x: float
    y: float
    week: date
    value: float
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws: all positions in the units of a WIDTH by HEIGHT drawing."""

    dots: list[Dot]
    usual: Range | None
    top: float
    promise: float | None
    ticks: list[tuple[float, float]]
    months: list[tuple[float, date]]

    @property
    def line(self) -> str:
        """The points of the polyline."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)

    def y(self, value: float) -> float:
        """Where a value lies; the axis begins at zero."""
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(value, self.top) / self.top, 1)


def chart(weeks: list[tuple[date, Figure]], promise: float | None) -> Chart | None:
    """The chart of weekly figures, or None where fewer than two weeks have a value."""
    known = [(number, week, figure.value) for number, (week, figure) in enumerate(weeks) if figure.value is not None]
    if len(known) < 2:
        return None
    usual = usual_range([value for _, _, value in known])
    highest = max([value for _, _, value in known] + [promise or 0, usual.high if usual else 0])
    top = nice(highest)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(weeks) - 1)
    drawn = Chart(dots=[], usual=usual, top=top, promise=promise, ticks=[], months=[])
    for number, week, value in known:
        outside = usual is not None and not usual.low <= value <= usual.high
        drawn.dots.append(Dot(round(LEFT + number * step, 1), drawn.y(value), week, value, outside))
    drawn.ticks.extend((top * part / 4, drawn.y(top * part / 4)) for part in range(5))
    for number, (week, _) in enumerate(weeks):
        if week.day <= 7 and week.month % 2 == 0:
            drawn.months.append((round(LEFT + number * step, 1), week))
    return drawn


def nice(highest: float) -> float:
    """A round number at or above the highest value, for the top of the axis."""
    scale = 1.0
    while True:
        for part in (1, 2, 4, 8):
            if part * scale >= highest:
                return part * scale
        scale *= 10
