"""Figures for pages and the API."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from townhall.kernel.measures import rules
from townhall.kernel.measures.models import Tally
from townhall.kernel.measures.registries import measures


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases: days from `since` to before `until`, and any of category, ward, team where given."""

    since: date
    until: date
    category: str = ""
    ward: str = ""
    team: str = ""

    def wanted(self) -> dict[str, Any]:
        """The filter as look-ups."""
        some = {"category": self.category, "ward": self.ward, "team_id": self.team}
        return {"day__gte": self.since, "day__lt": self.until} | {key: value for key, value in some.items() if value}


def last_days(until: date, days: int, **chosen: str) -> Filter:
    """The `days` days before and with `until`."""
    return Filter(since=until - timedelta(days=days - 1), until=until + timedelta(days=1), **chosen)


def figure(code: str, chosen: Filter) -> rules.Figure:
    """A measure's value over the chosen cases. Raises KeyError for an unknown measure."""
    rows = Tally.objects.filter(measure=code, **chosen.wanted()).values_list("bin").annotate(Sum("count"))
    return rules.figure(measures[code].shape, dict(rows))


def by_breakdown(code: str, breakdown: str, chosen: Filter) -> dict[str, rules.Figure]:
    """A measure's value for each `category`, `ward` or `team_id`, by its code."""
    if breakdown not in {"category", "ward", "team_id"}:
        raise KeyError(f"'{breakdown}' is not a breakdown: category, ward, team_id")
    bins: dict[str, dict[int, int]] = {}
    rows = Tally.objects.filter(measure=code, **chosen.wanted()).values_list(breakdown, "bin").annotate(Sum("count"))
    for key, bin_, count in rows:
        bins.setdefault(str(key), {})[bin_] = count
    shape = measures[code].shape
    return {key: rules.figure(shape, counted) for key, counted in sorted(bins.items())}


def weekly(code: str, chosen: Filter) -> list[tuple[date, rules.Figure]]:
    """A measure's value for each whole week (by its Monday) in the chosen days, oldest first."""
    bins: dict[date, dict[int, int]] = {}
    first = chosen.since + timedelta(days=-chosen.since.weekday() % 7)
    last = chosen.until - timedelta(days=chosen.until.weekday())
    weeks = [first + timedelta(days=7 * number) for number in range(max(0, (last - first).days // 7))]
    rows = Tally.objects.filter(measure=code, **chosen.wanted()).values_list("day", "bin").annotate(Sum("count"))
    for day, bin_, count in rows:
        week = bins.setdefault(day - timedelta(days=day.weekday()), {})
        week[bin_] = week.get(bin_, 0) + count
    return [(week, rules.figure(measures[code].shape, bins.get(week, {}))) for week in weeks]
