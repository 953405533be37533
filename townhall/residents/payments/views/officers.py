"""An officer gives money back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from townhall.kernel.cases.permissions import may_view
from townhall.kernel.identity.permissions import check, requires
from townhall.residents.payments import actions, rules, selectors
from townhall.residents.payments.forms import RefundForm
from townhall.residents.payments.models import Payment


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def refund(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """How much goes back, and why."""
    person: Any = request.user
    payment = Payment.objects.select_related("case").filter(pk=payment_id).first()
    if payment is None or not may_view(person, payment.case):
        raise Http404
    check(person, "payments.refund", payment.case)
    back = reverse("casework:case", args=[payment.case.reference])
    left = payment.left_pence()
    form = RefundForm(request.POST or None, left_pence=left, initial={"amount": f"{left / 100:.2f}"})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.refund(
                payment_id=payment.pk, amount_pence=asked["amount"], reason=asked["reason"], by=person,
                at=timezone.now(), key=str(asked["key"]),
            )  # fmt: skip
            return redirect(back)
        except rules.NotPossible:
            form.add_error("amount", f"{rules.pounds(payment.left_pence())}")
    context = selectors.figures(payment) | {
        "form": form, "back": back, "case": payment.case, "left": rules.pounds(left), "can_refund": left > 0
    }
    return render(request, "payments/refund.html", context, status=422 if request.method == "POST" else 200)
