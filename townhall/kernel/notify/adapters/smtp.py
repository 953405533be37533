"""E-mail by SMTP, as plain text with an HTML twin.

A mail server cannot be asked whether it took a message, so a sending whose end we did not see is tried again: at least
once. It carries the same Message-ID, by which mail systems drop the second copy.
"""

import smtplib
from email.utils import formataddr
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from townhall.kernel.notify import rules
from townhall.kernel.notify.adapters.base import NotSent
from townhall.kernel.notify.message import Message
from townhall.kernel.notify.rules.outcomes import Problem, smtp_problem

PORTS = {"smtp": 25, "smtps": 465}


def options(url: str) -> dict[str, Any]:
    """Django's settings of a mail server from `smtp://user:password@host:port?tls=1` (or `smtps://`).

    Raises ValueError.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("TOWNHALL_SMTP_URL must be smtp://host:port or smtps://host:port")
    return {
        "host": parts.hostname,
        "port": parts.port or PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parse_qs(parts.query).get("tls") == ["1"] and parts.scheme == "smtp",
    }


class Smtp:
    """One connection to the mail server, opened with the first message and kept until `close`."""

    name = "smtp"

    def __init__(self, url: str) -> None:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        self.connection: BaseEmailBackend = get_connection(backend, fail_silently=False, **options(url))

    def send(self, message: Message) -> str:
        """Hand the e-mail over; its Message-ID. Raises NotSent."""
        mail = self._mail(message)
        self._open()
        try:
            mail.send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise NotSent(problem_of(error)) from error
        return mail.extra_headers["Message-ID"]

    def _open(self) -> None:
        try:
            self.connection.open()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            stage = "sign_in" if isinstance(error, smtplib.SMTPAuthenticationError) else "connect"
            raise NotSent(smtp_problem(getattr(error, "smtp_code", 0), stage)) from error

    def _mail(self, message: Message) -> EmailMultiAlternatives:
        host = settings.TOWNHALL_MAIL_FROM.rpartition("@")[2]
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=rules.as_text(message.blocks),
            from_email=formataddr((message.sender, settings.TOWNHALL_MAIL_FROM)),
            to=[message.to],
            reply_to=[message.reply_to] if message.reply_to else None,
            headers={
                "Message-ID": f"<{message.reference}@{host}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": message.language,
            },
            connection=self.connection,
        )
        html = render_to_string("notify/email.html", {"message": message, "body": rules.as_html(message.blocks)})
        mail.attach_alternative(html, "text/html")
        return mail

    def look_up(self, reference: str) -> str | None:  # noqa: ARG002
        """A mail server cannot tell."""
        return None

    def close(self) -> None:
        """End the session with the server."""
        self.connection.close()


def problem_of(error: Exception) -> Problem:
    """What went wrong while a message was handed over."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        status_code = next(iter(error.recipients.values()))[0]
        return smtp_problem(status_code, "recipient")
    if isinstance(error, smtplib.SMTPSenderRefused):
        return smtp_problem(error.smtp_code, "sender")
    if isinstance(error, smtplib.SMTPNotSupportedError | ValueError):
        return Problem("smtp_bad_address", "give_up")
    return smtp_problem(getattr(error, "smtp_code", 0), "data")
