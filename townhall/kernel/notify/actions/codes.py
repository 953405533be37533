"""Sign-in codes: sent at once and, outside the demo, kept nowhere. By post, kept until the letter is handed over."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone

from townhall.kernel.authority import selectors as authority
from townhall.kernel.modules.keys import uuid7
from townhall.kernel.notify import adapters, rules, selectors
from townhall.kernel.notify.actions.writing import write
from townhall.kernel.notify.adapters import NotSent
from townhall.kernel.notify.message import Message
from townhall.kernel.notify.models import Letter, State
from townhall.kernel.notify.rules.outcomes import Problem

KINDS = {"email": "sign_in_code", "sms": "sign_in_code", "post": "sign_in_code_by_post"}


def send_code(channel: str, address: str, code: str, language: str) -> None:
    """Send a sign-in code now. For post, `address` is name and address line by line, and the letter joins the others.

    Raises NotSent where it could not be handed over.
    """
    if channel == "post" or (settings.TOWNHALL_DEMO and adapters.has_mailbox()):
        _kept(channel, address, code, language)
        return
    with adapters.carriers() as carriers:
        carrier = None if adapters.carried_by(channel) == "mailbox" else carriers.get(channel)
        if carrier is None:
            raise NotSent(Problem(f"no_{channel}", "give_up", alerts=True))
        carrier.send(_message(channel, address, code, language))


def _kept(channel: str, address: str, code: str, language: str) -> None:
    key = uuid7()
    lines = tuple(address.splitlines())
    where = rules.Address(
        name=lines[0] if channel == "post" else "", lines=lines[1:] if channel == "post" else (),
        email=address if channel == "email" else "", phone=address if channel == "sms" else "",
    )  # fmt: skip
    at = timezone.now()
    letter = write(
        kind=KINDS[channel], key=f"code:{key}", values={"code": code}, at=at, address=where, language=language,
        is_secret=True,
    )  # fmt: skip
    if letter is None:
        raise NotSent(Problem("no_address", "give_up"))
    if channel != "post":
        _at_once(letter.pk)


def _at_once(letter_id: UUID) -> None:
    at = timezone.now()
    Letter.objects.filter(pk=letter_id).update(state=State.SENT, sent_at=at, provider="mailbox", sends=1, attempts=1)


def _message(channel: str, address: str, code: str, language: str) -> Message:
    wording = selectors.wording(KINDS[channel]).wording
    spoken = language if wording.has(language) else "en"
    subject, body = wording.parts(spoken)
    values = {"code": code}
    return Message(
        reference=f"{uuid7()}.1", channel=channel, to=address, sender=selectors.sender_name(spoken),
        subject=rules.fill_line(subject, values), blocks=rules.fill(body, values, base_url=settings.TOWNHALL_URL),
        language=spoken, at=timezone.now(), reply_to=authority.ours().email,
    )  # fmt: skip
