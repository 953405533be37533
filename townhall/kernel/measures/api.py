"""Measures as JSON."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from townhall.kernel.measures import selectors
from townhall.kernel.measures.registries import measures
from townhall.kernel.modules.openapi import Refused, Text, routers

router = routers.add("measures", Router())
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2200, 1, 1))]
MOST_DAYS = 3660


class MeasureOut(Schema):
    """What is counted."""

    code: str
    title: str
    meaning: str
    unit: str
    promise: float | None


class FigureOut(Schema):
    """A value. `value` is null and `cases` at most 4 is told as 0 where there are too few cases to show."""

    key: str
    value: float | None
    cases: int


@router.get("/", response=list[MeasureOut], url_name="measures_list")
def every_measure(request: HttpRequest) -> list[dict[str, object]]:  # noqa: ARG001 - django-ninja knows it by name
    """Every measure with its meaning."""
    return [
        {"code": one.code, "title": one.title, "meaning": one.meaning, "unit": one.unit, "promise": one.promise}
        for one in measures
    ]


@router.get("/{code}", response=list[FigureOut], url_name="measures_one")
def one_measure(  # noqa: PLR0917 - query parameters
    request: HttpRequest,  # noqa: ARG001 - django-ninja knows it by name
    code: Text, since: Day, until: Day, by: Literal["", "ward", "category", "team_id"] = "",
    category: Text = "", ward: Text = "",
) -> list[dict[str, object]]:  # fmt: skip
    """A measure from `since` to before `until`, all together or by `ward`, `category` or `team_id`."""
    if code not in measures:
        raise Refused(404, "No such measure. See /api/measures/.")
    if not 0 < (until - since).days <= MOST_DAYS:
        raise Refused(422, "until must be after since, and at most ten years after it.")
    chosen = selectors.Filter(since=since, until=until, category=category, ward=ward)
    figures = selectors.by_breakdown(code, by, chosen) if by else {"": selectors.figure(code, chosen)}
    return [
        {"key": key, "value": None if figure.is_few else figure.value, "cases": 0 if figure.is_few else figure.cases}
        for key, figure in figures.items()
    ]
