"""Measures for everyone: residents and staff read the same page."""

import csv
from io import StringIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from townhall.kernel.measures import charts, selectors
from townhall.kernel.measures.registries import labels, measures
from townhall.kernel.measures.rules import Figure
from townhall.kernel.modules.cells import safe

BREAKDOWNS = ("ward", "category", "team_id")
WEEKS = 40


def index(request: HttpRequest) -> HttpResponse:
    """Every measure's value over the last 28 days."""
    return one(request, "on_time")


def one(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: its line over 40 weeks, and each ward, service or team beside it over three months."""
    if code not in measures:
        raise Http404(code)
    breakdown = request.GET.get("by", "ward")
    if breakdown not in BREAKDOWNS:
        raise Http404(breakdown)
    category = request.GET.get("category", "")
    today = timezone.localdate()
    month = selectors.last_days(today, 28, category=category)
    quarter = selectors.last_days(today, 91, category=category)
    weeks = selectors.weekly(code, selectors.last_days(today, WEEKS * 7, category=category))
    context = {
        "measure": measures[code],
        "measures": [(entry, selectors.figure(entry.code, month)) for entry in measures],
        "figure": selectors.figure(code, month),
        "chart": charts.chart(weeks, measures[code].promise),
        "weeks": [(week, figure) for week, figure in weeks if figure.cases],
        "rows": named(breakdown, selectors.by_breakdown(code, breakdown, quarter)),
        "breakdown": breakdown,
        "breakdowns": BREAKDOWNS,
        "category": category,
        "categories": labels["category"]() if "category" in labels else {},
        "shell": "design/officer.html" if getattr(request.user, "is_staff", False) else "design/resident.html",
        "size": (charts.WIDTH, charts.HEIGHT, charts.LEFT, charts.RIGHT, charts.BOTTOM),
    }
    return render(request, "measures/one.html", context)


def named(breakdown: str, figures: dict[str, Figure]) -> list[tuple[str, Figure]]:
    """Figures with the names people know, in the order of the names."""
    names = labels[breakdown]() if breakdown in labels else {}
    found = [(names.get(key) or gettext("Not known"), figure) for key, figure in figures.items()]
    return sorted(found, key=lambda row: row[0])


def sheet(_request: HttpRequest, code: str, breakdown: str) -> HttpResponse:
    """A measure by breakdown over three months as CSV; fewer than five cases are left empty."""
    if code not in measures or breakdown not in BREAKDOWNS:
        raise Http404(code)
    figures = selectors.by_breakdown(code, breakdown, selectors.last_days(timezone.localdate(), 91))
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([breakdown, "name", "cases", "value", "unit"])
    names = labels[breakdown]() if breakdown in labels else {}
    for key, figure in figures.items():
        counted = ["", ""] if figure.is_few else [figure.cases, figure.value]
        writer.writerow([safe(key), safe(names.get(key, "")), *counted, measures[code].unit])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-{breakdown}.csv"'
    return response
