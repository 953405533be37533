"""How a team is doing: the share finished on time, and its last weeks as a line."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from townhall.kernel.measures import selectors as measures
from townhall.kernel.measures.registries import measures as known

CODE = "on_time"
DAYS, WEEKS = 30, 8
WIDTH, HEIGHT = 144.0, 26.0


@dataclass(frozen=True, slots=True)
class TeamToday:
    """A team's share finished on time in DAYS days. `line` is an SVG path in a box of 144 by 26."""

    percent: int
    cases: int
    line: str
    end: tuple[float, float]
    promise: int | None
    promise_at: float


def team_today(team_id: UUID, today: date) -> TeamToday | None:
    """The team's figure; None where there are too few cases to show. Two statements."""
    now = measures.figure(CODE, measures.last_days(today, DAYS, team=str(team_id)))
    if now.value is None:
        return None
    weekly = measures.weekly(CODE, measures.last_days(today, WEEKS * 7 + 7, team=str(team_id)))
    values = [figure.value for _week, figure in weekly if figure.value is not None]
    promise = known[CODE].promise
    low = min([*values, now.value, promise or 100.0, 60.0])
    points = [_place(number, len(values), value, low) for number, value in enumerate(values)]
    line = "".join(f"{'L' if number else 'M'}{x:.1f} {y:.1f}" for number, (x, y) in enumerate(points))
    end = points[-1] if points else (0.0, 0.0)
    height = _height(promise, low) if promise is not None else 0.0
    return TeamToday(round(now.value), now.cases, line, end, round(promise) if promise else None, height)


def _place(number: int, count: int, value: float, low: float) -> tuple[float, float]:
    return 3 + (WIDTH - 8) * (number / (count - 1) if count > 1 else 1), _height(value, low)


def _height(value: float, low: float) -> float:
    return HEIGHT - 3 - (HEIGHT - 6) * (value - low) / max(1.0, 100.0 - low)
