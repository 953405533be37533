"""Reports that may be about the same thing as a new one, and what is happening near a place."""
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from townhall.kernel.cases.models import Case
from townhall.kernel.geo.fields import Distance
from townhall.kernel.geo.rules import Point
from townhall.residents.reports import rules
from townhall.residents.reports.models import Category, Report
from townhall.residents.reports.rules.nearness import DONE_DAYS, NEAR_METRES, OPEN_DAYS
from townhall.residents.reports.selectors.listing import Row, public_cases, row_of


def box_around(point: Point, metres: float) -> tuple[float, float, float, float]:
    """West, south, east, north of the square that holds a circle."""
    return (point.easting - metres, point.northing - metres, point.easting + metres, point.northing + metres)


def may_be_same(*, category: str, point: Point, text: str, at: datetime, most: int = 5) -> list[tuple[Case, float]]:
    """Public reports of the category within 250 m that may be the same, likeliest first, each with its distance."""
    is_recent = Q(closed_at=None, opened_at__gt=at - timedelta(days=OPEN_DAYS)) | Q(
        closed_at__gt=at - timedelta(days=DONE_DAYS)
    )
    cases = public_cases().filter(is_recent, category=category, point__in_box=box_around(point, NEAR_METRES))
    ranked: list[tuple[float, Case, float]] = []
    for case in cases.select_related("report", "team")[:200]:
        metres = point.metres_to(case.point) if case.point else NEAR_METRES + 1
        since = case.opened_at if case.closed_at is None else case.closed_at
        report: Report = case.report  # pyright: ignore[reportAttributeAccessIssue]
        shared = rules.overlap(text, f"{case.title} {report.description}")
        like = rules.Likeness(metres, (at - since).total_seconds() / 86_400, shared, case.is_open)
        if rules.may_be_same(like):
            ranked.append((rules.rank(like), case, metres))
    ranked.sort(key=lambda entry: entry[0])
    return [(case, metres) for _, case, metres in ranked[:most]]


def has_nearby(*, category: str, point: Point, text: str, at: datetime) -> bool:
    """Whether there is anything to ask "is it one of these?" about."""
    return bool(may_be_same(category=category, point=point, text=text, at=at, most=1))


def happening(point: Point, categories: Mapping[str, Category], at: datetime, *, metres: float = 800) -> list[Row]:
    """What is going on within half a mile, nearest first: open reports, and those done lately. At most ten."""
    lately = Q(closed_at=None) | Q(closed_at__gt=at - timedelta(days=7))
    cases = public_cases().filter(lately, point__in_box=box_around(point, metres)).select_related("report", "team")
    found = cases.annotate(metres=Distance("point", point)).order_by("metres")[:10]
    return [row_of(case, categories.get(case.category), at, getattr(case, "metres", None)) for case in found]


def count_open(point: Point, *, metres: float = 800) -> int:
    """How many public reports are open within half a mile."""
    return public_cases().open().filter(point__in_box=box_around(point, metres)).order_by()[:1000].count()
