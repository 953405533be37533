"""Which adapter carries which channel in this installation."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from townhall.kernel.notify.adapters.base import Adapter, NotSent
from townhall.kernel.notify.adapters.mailbox import Mailbox
from townhall.kernel.notify.adapters.notify import Notify, templates
from townhall.kernel.notify.adapters.smtp import Smtp

__all__ = ["Adapter", "NotSent", "Notify", "available", "carried_by", "carriers", "has_mailbox"]


def has_mailbox() -> bool:
    """Whether letters stay in the mailbox: in the demo, and where nothing else is set."""
    return settings.TOWNHALL_DEMO or not (settings.TOWNHALL_SMTP_URL or settings.TOWNHALL_NOTIFY_KEY)


def carried_by(channel: str) -> str:
    """What carries a channel: mailbox, smtp, notify, or print (a batch that an officer hands over).

    Empty for nothing.
    """
    if channel != "post" and has_mailbox():
        return "mailbox"
    if channel == "email" and settings.TOWNHALL_SMTP_URL:
        return "smtp"
    if settings.TOWNHALL_NOTIFY_KEY and not has_mailbox() and channel in templates(settings.TOWNHALL_NOTIFY_TEMPLATES):
        return "notify"
    return "print" if channel == "post" else ""


def available() -> frozenset[str]:
    """The channels that work here."""
    return frozenset(channel for channel in ("email", "sms", "post") if carried_by(channel))


def adapter(channel: str) -> Adapter | None:
    """A new adapter for a channel; None where people carry it (print), or nobody."""
    match carried_by(channel):
        case "mailbox":
            return Mailbox()
        case "smtp":
            return Smtp(settings.TOWNHALL_SMTP_URL)
        case "notify":
            return Notify(channel)
    return None


@contextmanager
def carriers() -> Iterator[dict[str, Adapter]]:
    """An adapter for each channel that a machine carries, closed afterwards."""
    found = {channel: made for channel in ("email", "sms", "post") if (made := adapter(channel)) is not None}
    try:
        yield found
    finally:
        for each in found.values():
            each.close()
