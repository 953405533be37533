"""What must be true of the payments' settings at start-up."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice

from townhall.residents.payments.providers import KNOWN


@register
def somebody_takes_payments(**_: Any) -> list[CheckMessage]:
    """The provider is one that there is, and the sandbox stands only where nobody pays for something real."""
    code = settings.TOWNHALL_PAYMENTS
    if code and code not in KNOWN:
        return [Error(f"TOWNHALL_PAYMENTS: there is no provider {code!r}", id="payments.E001")]
    if code == "sandbox" and not settings.TOWNHALL_DEMO:
        words = "TOWNHALL_PAYMENTS is sandbox: everybody can say that they have paid, and no money moves"
        return [Advice(words, id="payments.W001")]
    return []
