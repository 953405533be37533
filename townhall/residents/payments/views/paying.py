"""Paying: what it is for, off to the provider, back, and how it stands, always with a next step that works."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from townhall.kernel.cases.registries import askers
from townhall.kernel.identity.actions import within_limit
from townhall.residents.payments import actions, providers, rules, selectors
from townhall.residents.payments.models import Payment, State, Try

MOST_TRIES = 30
"""Times that one payment may be begun in an hour."""


def payment_of(request: HttpRequest, payment_id: UUID) -> Payment:
    """The payment, for whoever may act for the one who opened its case. Raises Http404 for anyone else."""
    payment = Payment.objects.select_related("case__reporter").filter(pk=payment_id).first()
    asker = askers.get(payment.case.kind) if payment else None
    if payment is None or asker is None or not asker.opens(request, payment.case):
        raise Http404
    return payment


def own_address(request: HttpRequest, name: str, payment: Payment) -> str:
    """A page of the payment; whoever came by a letter keeps what the letter has behind its link."""
    address = reverse(f"payments:{name}", args=[payment.pk])
    key = request.GET.get("key", "")
    asker = askers[payment.case.kind]
    return asker.link(payment.case, address) if key else address


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """What is to pay and what for; pressing Pay leads to the provider's page. Once it is paid, the receipt."""
    payment = payment_of(request, payment_id)
    if request.method != "POST" or payment.state != State.OPEN:
        return _page(request, payment)
    at, provider = timezone.now(), providers.provider()
    if provider is None or not within_limit(f"payments.start:{payment.pk}", MOST_TRIES, seconds=3_600, at=at):
        return _page(request, payment, is_down=True, status=503)
    if isinstance(provider, providers.Sandbox):
        provider.mood = request.POST.get("sandbox", "works")
    try:
        attempt = actions.start(
            payment=payment, provider=provider, return_url=own_address(request, "back", payment),
            language=selectors.language(), at=at,
        )  # fmt: skip
    except providers.Down:
        return _page(request, payment, is_down=True, status=503)
    except rules.NotPossible:
        return HttpResponseRedirect(own_address(request, "pay", payment))
    return HttpResponseRedirect(attempt.next_url or own_address(request, "pay", payment))


def _page(request: HttpRequest, payment: Payment, *, status: int = 200, is_down: bool = False) -> HttpResponse:
    last = selectors.latest_try(payment)
    page = askers[payment.case.kind].page(payment.case)
    key = request.GET.get("key", "")
    context: dict[str, Any] = selectors.figures(payment) | {
        "case": payment.case, "last": last.state if last else "", "is_down": is_down,
        "is_over": payment.state == State.OPEN and payment.expires_at <= timezone.now(),
        "is_begun": last is not None and last.state == Try.STARTED, "has_provider": selectors.takes_payments(),
        "is_sandbox": providers.has_sandbox(), "back_url": own_address(request, "back", payment),
        "case_url": f"{page}?key={key}" if key else page,
    }  # fmt: skip
    return _private(render(request, "payments/pay.html", context, status=status))


@require_safe
def back(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Where the provider sends the payer back to. What is true is asked of the provider."""
    payment = payment_of(request, payment_id)
    attempt, at = selectors.latest_try(payment), timezone.now()
    if attempt is not None and attempt.state == Try.STARTED:
        if within_limit(f"payments.back:{payment.pk}", MOST_TRIES, seconds=600, at=at):
            actions.look(attempt_id=attempt.pk, at=at)
        attempt.refresh_from_db()
    if attempt is None or not attempt.is_live:
        return HttpResponseRedirect(own_address(request, "pay", payment))
    page, key = askers[payment.case.kind].page(payment.case), request.GET.get("key", "")
    context = selectors.figures(payment) | {
        "next_url": attempt.next_url, "again_url": own_address(request, "back", payment),
        "is_silent": bool(attempt.error), "case_url": f"{page}?key={key}" if key else page,
    }  # fmt: skip
    return _private(render(request, "payments/checking.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
