"""The sandbox's own page, in the place of a provider's: a button for each thing that can happen."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.residents.payments import actions, providers, rules
from townhall.residents.payments.actions.paying import attempt_of
from townhall.residents.payments.models import SandboxCharge
from townhall.residents.payments.providers import sandbox

STAYS = {"never_back", "nothing"}


def choices() -> list[tuple[str, str]]:
    """What can happen, in words."""
    words = {
        "paid": _("Pay"), "declined": _("The card is declined"), "cancelled": _("Stop and go back"),
        "expired": _("Wait until the time is over"), "down": _("Pay; then the provider does not answer for a while"),
        "never_back": _("Pay and never come back"), "twice": _("Pay; the council is told twice"),
        "wrong_amount": _("Another sum is taken than was asked for"),
        "refuses_refunds": _("Pay; refunds will be refused"), "nothing": _("Close the page without paying"),
    }  # fmt: skip
    return [(code, words[code]) for code in sandbox.CHOICES]


@require_http_methods(["GET", "POST"])
def charge(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """What happens to a payment of the sandbox."""
    found = SandboxCharge.objects.filter(pk=charge_id).first() if providers.has_sandbox() else None
    if found is None:
        raise Http404
    choice = request.POST.get("choice", "") if request.method == "POST" else ""
    if choice in sandbox.CHOICES:
        found = sandbox.choose(found.pk, choice)
        if choice == "twice":
            _tell(found, 2)
        if choice not in STAYS:
            return HttpResponseRedirect(found.return_url)
    context = {
        "charge": found, "amount": rules.pounds(found.amount_pence), "choices": choices(), "is_left": choice in STAYS,
        "has_ended": found.outcome != rules.PENDING,
    }  # fmt: skip
    return render(request, "payments/sandbox.html", context)


def _tell(found: SandboxCharge, times: int) -> None:
    """Tell the council, as a provider's call would."""
    attempt = attempt_of("sandbox", str(found.pk))
    for _time in range(times if attempt else 0):
        actions.look(attempt_id=attempt, at=timezone.now())  # pyright: ignore[reportArgumentType]
