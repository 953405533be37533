"""Measures as JSON."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from townhall.kernel.measures import selectors
from townhall.kernel.measures.registries import measures

router = Router()
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
    code: str, since: date, until: date, by: str = "", category: str = "", ward: str = ""
) -> list[dict[str, object]]:
    """A measure from `since` to before `until`, all together or by `ward`, `category` or `team_id`."""
    if code not in measures or by not in {"", "ward", "category", "team_id"}:
        raise HttpError(
            404, "No such measure or breakdown. See /api/measures/ for measures; by is ward, category or team_id."
        )
    if not 0 < (until - since).days <= MOST_DAYS:
        raise HttpError(422, "until must be after since, and at most ten years after it.")
    chosen = selectors.Filter(since=since, until=until, category=category, ward=ward)
    figures = selectors.by_breakdown(code, by, chosen) if by else {"": selectors.figure(code, chosen)}
    return [
        {"key": key, "value": None if figure.is_few else figure.value, "cases": 0 if figure.is_few else figure.cases}
        for key, figure in figures.items()
    ]
