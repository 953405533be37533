"""What must be true of the letters' settings at start-up."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice

from townhall.kernel.design import paper
from townhall.kernel.notify import adapters
from townhall.kernel.notify.adapters.notify import templates
from townhall.kernel.notify.adapters.smtp import options


@register
def mail_server_has_an_address(**_: Any) -> list[CheckMessage]:
    """The address of the mail server can be read."""
    if not settings.TOWNHALL_SMTP_URL:
        return []
    try:
        options(settings.TOWNHALL_SMTP_URL)
    except ValueError:
        return [Error("TOWNHALL_SMTP_URL must be smtp://host:port or smtps://host:port", id="notify.E001")]
    return []


@register
def notify_has_its_templates(**_: Any) -> list[CheckMessage]:
    """A key of GOV.UK Notify is of no use without templates, and its receipts need a token."""
    if not settings.TOWNHALL_NOTIFY_KEY:
        return []
    found: list[CheckMessage] = []
    if not templates(settings.TOWNHALL_NOTIFY_TEMPLATES):
        words = "TOWNHALL_NOTIFY_KEY is set, but TOWNHALL_NOTIFY_TEMPLATES names no template (email=ID,sms=ID)"
        found.append(Error(words, id="notify.E002"))
    if not settings.TOWNHALL_NOTIFY_TOKEN:
        words = "TOWNHALL_NOTIFY_TOKEN is not set: how letters fared is asked every few hours, not told at once"
        found.append(Advice(words, id="notify.W001"))
    return found


@register
def letters_can_leave(**_: Any) -> list[CheckMessage]:
    """A real council has a way to send, and can print."""
    found: list[CheckMessage] = []
    if adapters.has_mailbox() and not settings.TOWNHALL_DEMO:
        words = "Letters stay here unsent: set TOWNHALL_SMTP_URL or TOWNHALL_NOTIFY_KEY"
        found.append(Advice(words, id="notify.W002"))
    if not paper.can_print():
        words = "Letters and copies of answers cannot be made as PDF: pip install townhall[pdf]"
        found.append(Advice(words, id="notify.W003"))
    return found
