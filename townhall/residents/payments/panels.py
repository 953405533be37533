"""Payments on the officer's case page."""

from typing import Any

from django.utils.translation import gettext as _

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Panel, case_panels
from townhall.kernel.identity.permissions import allows
from townhall.residents.payments import selectors


@case_panels.register("payments")
def payments_panel(case: Case, officer: Any) -> Panel | None:
    """What was asked for, each try, what was paid and what went back."""
    found = selectors.of_case(case.pk)
    if not found:
        return None
    rows = [
        selectors.figures(each)
        | {
            "tries": [(selectors.try_words(one), one.ended_at or one.started_at, one.error) for one in
                      sorted(each.attempts.all(), key=lambda one: one.pk)],
            "can_refund": each.left_pence() > 0 and allows(officer, "payments.refund", case),
        }
        for each in found
    ]  # fmt: skip
    return Panel(title=_("Payments"), template="payments/_panel.html", context={"rows": rows})
