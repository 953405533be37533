"""The page of webhooks among what administrators set up, and what was handed to other systems on the page of a case."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Panel, case_panels
from townhall.kernel.identity.permissions import allows
from townhall.kernel.identity.registries import SetUpPage, set_up_pages
from townhall.residents.webhooks.actions import sent_values
from townhall.residents.webhooks.models import Call

set_up_pages.add(
    "webhooks",
    SetUpPage(
        gettext_lazy("Webhooks"),
        "webhooks:hooks",
        gettext_lazy("Which systems are told when a public report changes, and which services call"),
        order=61,
    ),
)


@case_panels.register("calls")
def calls_panel(case: Case, officer: Any) -> Panel | None:
    """What was handed to other systems, when, and how it went; the values only for whoever works on the case."""
    if case.kind != "service":
        return None
    found = list(Call.objects.filter(case=case).select_related("system").order_by("created_at", "id"))
    if not found:
        return None
    may_work = allows(officer, "cases.work_case", case)
    context = {"calls": [(each, sent_values(each) if may_work else {}) for each in found]}
    return Panel(title=_("Handed to other systems"), template="webhooks/_calls.html", context=context)
