"""GOV.UK Notify, through its official client. E-mails and texts go through one template each, which holds only
`((subject))` and `((body))`; posted letters go as PDFs of our own ("precompiled")."""

import logging
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from notifications_python_client.errors import APIError, HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from townhall.kernel.notify import printing, rules
from townhall.kernel.notify.adapters.base import NotSent
from townhall.kernel.notify.message import Message
from townhall.kernel.notify.rules.outcomes import notify_problem

TIMEOUT_SECONDS = 20
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)  # it quotes answers, which may quote people


def templates(setting: str) -> dict[str, str]:
    """Template ids by channel from `email=ID,sms=ID,post=precompiled`."""
    pairs = (part.partition("=") for part in setting.split(",") if "=" in part)
    return {channel.strip(): given.strip() for channel, _, given in pairs if given.strip()}


class Notify:
    """A client of GOV.UK Notify. Not to be shared between threads."""

    name = "notify"

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.template = templates(settings.TOWNHALL_NOTIFY_TEMPLATES)[channel]
        self.client = NotificationsAPIClient(
            settings.TOWNHALL_NOTIFY_KEY, base_url=settings.TOWNHALL_NOTIFY_URL, timeout=TIMEOUT_SECONDS
        )

    def send(self, message: Message) -> str:
        """Hand the message over; Notify's id for it. Raises NotSent."""
        answer = self._asked(lambda: self._handed_over(message))
        return str(answer["id"])

    def _handed_over(self, message: Message) -> Any:
        if self.channel == "email":
            return self.client.send_email_notification(
                email_address=message.to, template_id=self.template, reference=message.reference,
                personalisation={"subject": message.subject, "body": rules.as_notify(message.blocks)},
            )  # fmt: skip
        if self.channel == "sms":
            return self.client.send_sms_notification(
                phone_number=message.to, template_id=self.template, reference=message.reference,
                personalisation={"body": rules.as_sms(message.blocks, message.sender)},
            )  # fmt: skip
        return self.client.send_precompiled_letter_notification(message.reference, BytesIO(printing.pdf(message)))

    def look_up(self, reference: str) -> str | None:
        """Notify's id of the sending with this reference. Raises NotSent where Notify cannot be asked."""
        answer = self._asked(lambda: self.client.get_all_notifications(reference=reference))
        found = answer.get("notifications") or []
        return str(found[0]["id"]) if found else None

    def status(self, provider_id: str) -> str:
        """How a sending stands, in Notify's words. Raises NotSent where Notify cannot be asked."""
        return str(self._asked(lambda: self.client.get_notification_by_id(provider_id))["status"])

    def close(self) -> None:
        """End the connections."""
        self.client.request_session.close()

    def _asked(self, question: Any) -> Any:
        try:
            return question()
        except APIError as error:
            raise NotSent(notify_problem(error.status_code, error_type(error), timezone.now())) from error


def error_type(error: APIError) -> str:
    """The type that Notify gives its error (`ValidationError`); empty where the answer does not say."""
    if not isinstance(error, HTTPError) or error.response is None:
        return ""
    try:
        return str(error.response.json()["errors"][0]["error"])
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
