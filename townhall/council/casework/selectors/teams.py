"""How a team is doing: the share finished on time, and its last weeks as a line."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.cache import caches

from townhall.kernel.design.keeping import CACHE
from townhall.kernel.measures import selectors as measures
from townhall.kernel.measures.registries import measures as known

CODE = "on_time"
WEEKS, LATELY = 8, 4
KEPT_SECONDS = 60
WIDTH, HEIGHT = 144.0, 26.0


@dataclass(frozen=True, slots=True)
class TeamToday:
    """A team's share finished on time in the last LATELY whole weeks. `line` is an SVG path in a box of 144 by 26."""

    percent: int
    cases: int
    line: str
    end: tuple[float, float]
    promise: int | None
    promise_at: float


def team_today(team_id: UUID, today: date) -> TeamToday | None:
    """The team's figure as it was at most a minute ago; None where there are too few cases to show."""
    kept = f"team_today:{team_id}:{today}"
    return caches[CACHE].get_or_set(kept, lambda: _worked_out(team_id, today), KEPT_SECONDS)


def _worked_out(team_id: UUID, today: date) -> TeamToday | None:
    weekly = measures.weekly(CODE, measures.last_days(today, WEEKS * 7 + 7, team=str(team_id)))
    told = [(figure.value, figure.cases) for _week, figure in weekly if figure.value is not None]
    cases = sum(count for _value, count in told[-LATELY:])
    if not cases:
        return None
    share = sum(value * count for value, count in told[-LATELY:]) / cases
    values = [value for value, _count in told]
    promise = known[CODE].promise
    low = min([*values, promise or 100.0, 60.0])
    points = [_place(number, len(values), value, low) for number, value in enumerate(values)]
    line = "".join(f"{'L' if number else 'M'}{x:.1f} {y:.1f}" for number, (x, y) in enumerate(points))
    at = _height(promise, low) if promise is not None else 0.0
    return TeamToday(round(share), cases, line, points[-1], round(promise) if promise else None, at)


def _place(number: int, count: int, value: float, low: float) -> tuple[float, float]:
    return 3 + (WIDTH - 8) * (number / (count - 1) if count > 1 else 1), _height(value, low)


def _height(value: float, low: float) -> float:
    return HEIGHT - 3 - (HEIGHT - 6) * (value - low) / max(1.0, 100.0 - low)
