"""The front page and its search."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from townhall.kernel.authority import selectors as authority
from townhall.kernel.design.keeping import kept_for_anyone
from townhall.residents.portal import selectors
from townhall.residents.reports import selectors as reports

LONGEST = 200


@require_safe
@kept_for_anyone
def home(request: HttpRequest) -> HttpResponse:
    """What do you need today?"""
    at, today = timezone.now(), timezone.localdate()
    every = reports.active_categories()
    categories = {row.code: row for row in every}
    what, near = request.GET.get("what", "")[:LONGEST], request.GET.get("near", "")[:LONGEST]
    point, place = selectors.place_near(near)
    happening = reports.happening(point, categories, at)
    context = {
        "links": selectors.most_asked(every, today), "what": what,
        "answer": selectors.which_council(what, every) if what else None, "near": near, "point": point, "place": place,
        "happening": happening[:4], "count": reports.count_open(point), "doing": selectors.doing(today),
        "neighbours": authority.neighbours(), "ours": authority.ours(), "changes_place": "change" in request.GET,
    }  # fmt: skip
    return render(request, "portal/home.html", context)


@require_safe
def which(request: HttpRequest) -> HttpResponse:
    """Which council deals with `?what=`: the answer alone, for the script."""
    what = request.GET.get("what", "")[:LONGEST]
    answer = selectors.which_council(what, reports.active_categories()) if what else None
    return render(request, "portal/_which.html", {"what": what, "answer": answer})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that fits the words; a reference leads straight to its report."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    if selectors.is_reference(text):
        report = reports.report_of(text)
        if report is not None and reports.may_read(report, request.user):
            return redirect("reports:report", report.case.reference)
    found = selectors.search(text, timezone.now())
    return render(request, "portal/search.html", {"q": text, "found": found})


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What to press while typing, for the script."""
    text = request.GET.get("q", "")[:LONGEST]
    found = selectors.search(text, timezone.now(), with_reports=False)
    return render(request, "portal/_suggestions.html", {"q": text, "found": found})
