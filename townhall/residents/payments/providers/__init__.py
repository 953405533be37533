"""Who takes payments in this installation."""

from django.conf import settings

from townhall.residents.payments.providers.base import Down, Provider, RefundRefused, Started, TimedOut, Wanted
from townhall.residents.payments.providers.sandbox import Sandbox

__all__ = [
    "KNOWN",
    "Down",
    "Provider",
    "RefundRefused",
    "Sandbox",
    "Started",
    "TimedOut",
    "Wanted",
    "has_sandbox",
    "known",
    "provider",
]
KNOWN = {"sandbox": Sandbox}


def known(code: str) -> Provider:
    """The provider of a code. Raises KeyError: an attempt is asked after where it was made."""
    return KNOWN[code]()


def provider() -> Provider | None:
    """The one that new payments go to; None where officers take them."""
    return known(settings.TOWNHALL_PAYMENTS) if settings.TOWNHALL_PAYMENTS in KNOWN else None


def has_sandbox() -> bool:
    """Whether no money moves here."""
    return settings.TOWNHALL_PAYMENTS == "sandbox"
