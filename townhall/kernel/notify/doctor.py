"""Whether those who carry our letters can be reached."""

import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import get_connection
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from townhall.kernel.modules.checkups import Finding, checkups
from townhall.kernel.notify import selectors
from townhall.kernel.notify.adapters.smtp import options

SECONDS = 5


@checkups.register("letters")
def letters() -> Sequence[Finding]:
    """The mail server and GOV.UK Notify, each where it is set."""
    found = [mail_server()] if settings.TOWNHALL_SMTP_URL else []
    return [*found, *([govuk_notify()] if settings.TOWNHALL_NOTIFY_KEY else [])]


@checkups.register("failed letters")
def failed_letters() -> Sequence[Finding]:
    """Whether letters reached nobody and wait for somebody to see to it."""
    number = selectors.failed().count()
    if not number:
        return [Finding("Failed letters", "none")]
    return [Finding("Failed letters", f"{number} reached nobody", "note", "an administrator opens /letters/failed/")]


def mail_server() -> Finding:
    """Whether the mail server lets us in."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    try:
        connection = get_connection(backend, timeout=SECONDS, **options(settings.TOWNHALL_SMTP_URL))
        connection.open()
        connection.close()
    except smtplib.SMTPAuthenticationError:
        return Finding(
            "Mail server", "does not accept our name and password", "ill", "correct them in TOWNHALL_SMTP_URL"
        )
    except (smtplib.SMTPException, OSError, ValueError) as error:
        advice = "check the host and port in TOWNHALL_SMTP_URL, and the firewall"
        return Finding("Mail server", f"cannot be reached: {type(error).__name__}", "ill", advice)
    return Finding("Mail server", "answers")


def govuk_notify() -> Finding:
    """Whether GOV.UK Notify knows our key. Nothing is sent."""
    try:
        NotificationsAPIClient(
            settings.TOWNHALL_NOTIFY_KEY, base_url=settings.TOWNHALL_NOTIFY_URL, timeout=SECONDS
        ).get_all_templates()
    except (APIError, ValueError, AssertionError) as error:
        number = getattr(error, "status_code", 0)
        says = "refuses our key" if number in {401, 403} else f"cannot be asked: {type(error).__name__}"
        return Finding(
            "GOV.UK Notify",
            says,
            "ill",
            "check TOWNHALL_NOTIFY_KEY and that this machine may reach TOWNHALL_NOTIFY_URL",
        )
    return Finding("GOV.UK Notify", "knows our key")
