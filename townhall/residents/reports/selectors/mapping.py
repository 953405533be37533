"""Public reports on the map: what a filter means to the kernel's grid of counts."""
from datetime import datetime

from django.core.exceptions import EmptyResultSet

from townhall.kernel.cases.models import DONE
from townhall.kernel.mapping.rules import Wanted, newest_for
from townhall.residents.reports import rules
from townhall.residents.reports.models import KIND
from townhall.residents.reports.selectors.listing import public_reports

NOTHING = ("select null::uuid where false", ())


def wanted(filters: rules.Filters, at: datetime) -> Wanted:
    """The cases that a filter shows on the public map. Words are looked for as the list does, case by case."""
    statuses = {"open": (), "late": (), "": (), "done": tuple(str(status) for status in DONE)}
    return Wanted(
        kind=KIND, is_public=True, is_open=filters.status == "open", category=filters.category,
        statuses=statuses.get(filters.status, (filters.status,)), is_late=filters.status == "late", ward=filters.ward,
        newest=newest_for(filters.days), among=_with_words(filters, at) if filters.q else None,
    )  # fmt: skip


def _with_words(filters: rules.Filters, at: datetime) -> tuple[str, tuple[object, ...]]:
    """The keys of what the list finds, as SQL."""
    try:
        return public_reports(filters, at).order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return NOTHING
