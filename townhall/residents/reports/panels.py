"""Reports on the officer's case page, and as a kind of case."""
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import CaseKind, Panel, case_kinds, case_panels
from townhall.kernel.design.registries import NavEntry, resident_nav
from townhall.kernel.documents.selectors import of_case
from townhall.kernel.identity.permissions import allows
from townhall.kernel.identity.registries import SetUpPage, set_up_pages
from townhall.kernel.mapping.registries import map_layers
from townhall.kernel.mapping.rules import Wanted
from townhall.residents.reports import rules, selectors
from townhall.residents.reports.actions import KIND
from townhall.residents.reports.models import Report


def public_path(case: Case) -> str | None:
    """The address of the report's page; None while the public may not see it."""
    return reverse("reports:report", args=[case.reference]) if case.is_public else None


def words(case: Case) -> str:
    """What the reporter wrote, as it was typed."""
    return Report.objects.filter(case=case).values_list("description", flat=True).first() or ""


case_kinds.add(
    KIND,
    CaseKind(
        title="Report a problem", title_cy="Rhoi gwybod am broblem", categories=selectors.choices,
        public_path=public_path, start_url_name="reports:start", words=words,
    ),
)  # fmt: skip

resident_nav.add("report", NavEntry(pgettext_lazy("to report", "Report"), "reports:start", order=10))
resident_nav.add("reports", NavEntry(gettext_lazy("Reports near you"), "reports:index", order=20))
set_up_pages.add(
    "categories",
    SetUpPage(
        gettext_lazy("Categories and questions"), "reports:categories",
        gettext_lazy("What can be reported, what is asked, who deals with it and by when"),
        gettext_lazy("How cases are dealt with"), order=20,
    ),
)  # fmt: skip


@map_layers.register("reports")
def public_layer(request: HttpRequest) -> Wanted:
    """The public map: reports that everyone may see, by the filter of the list."""
    return selectors.wanted(rules.read_filters(request.GET), timezone.now())


@case_panels.register("reports")
def report_panel(case: Case, officer: Any) -> Panel | None:
    """What was reported, in the reporter's own words, with photos and answers; and what waits for an officer's look."""
    report = Report.objects.select_related("case__reporter").filter(case=case).first()
    if report is None:
        return None
    category = selectors.category(case.category)
    context = {
        "report": report,
        "case": case,
        "category": category,
        "answers": selectors.answers_of(report, category),
        "photos": [document for document in of_case(case.pk) if document.is_picture],
        "held_notes": selectors.held_notes(report),
        "theirs": selectors.promise(case, category, timezone.now()).detail if case.passed_to and case.is_open else "",
        "may_release": allows(officer, "reports.release", report),
    }
    return Panel(title=_("What was reported"), template="reports/_panel.html", context=context)
