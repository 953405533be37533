"""A list as a sheet, sent row by row."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import lists, names, queue
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.permissions import requires
from townhall.kernel.modules.cells import safe

CHUNK = 500


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The text itself."""
        return text


@require_GET
@requires("cases.see_queue")
def download(request: HttpRequest) -> HttpResponse:
    """The whole list as CSV, in the list's order; it holds nobody's name but staff's."""
    person: Any = request.user
    chosen = Filter.parse(request.GET, default=queue.usual(person))
    now = timezone.now()
    ordered = lists.listed(chosen, person, now).select_related("team", "assignee").defer("search")
    name = lists.SORTED_BY[chosen.sort]
    ordered = ordered.order_by(name if chosen.sort == "clock" else f"-{name}", "id")
    response = StreamingHttpResponse(_lines(ordered.iterator(CHUNK)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cases-{timezone.localdate():%Y-%m-%d}.csv"'
    return response  # pyright: ignore[reportReturnType]


def _lines(cases: Iterator[Case]) -> Iterator[str]:
    writer = csv.writer(Echo())
    wards, categories = names.wards(), names.categories()
    yield "\ufeff" + writer.writerow(_heads())
    for case in cases:
        category = names.category_title(categories.get(case.category), case.category)
        yield writer.writerow([safe(cell) for cell in _cells(case, category, wards.get(case.ward) or case.ward)])


def _heads() -> list[str]:
    return [
        _("Reference"), _("What"), _("Category"), _("Status"), _("Where"), _("Ward"), _("Easting"), _("Northing"),
        _("Team"), _("Person"), _("Channel"), _("Received"), _("Due"), _("Closed"),
        _("Paused because"), _("People who say so"),
    ]  # fmt: skip


def _cells(case: Case, category: str, ward: str) -> list[object]:
    dates = [_plain(moment) for moment in (case.opened_at, case.due_at, case.closed_at)]
    return [
        case.reference, names.case_title(case), category, names.status(case),
        names.case_place(case), ward,
        case.point.easting if case.point else "", case.point.northing if case.point else "",
        names.team_name(case.team) if case.team else "", case.assignee.name if case.assignee else "",
        str(names.CHANNELS.get(case.channel, case.channel)), *dates, case.paused_reason, case.followers,
    ]  # fmt: skip


def _plain(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
