"""A letter as it would look by each channel: what the preview and the mailbox show."""

from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from townhall.kernel.design import paper
from townhall.kernel.notify import printing, rules, selectors
from townhall.kernel.notify.message import Message
from townhall.kernel.notify.models import Letter

LOOKS = ("email", "sms", "post", "large")


@dataclass(frozen=True)
class Preview:
    """One look of a letter. `sms` with `parts` for a text; `pages` are PNGs as data addresses for paper."""

    look: str
    language: str
    subject: str
    html: str = ""
    sms: str = ""
    parts: int = 0
    pages: tuple[str, ...] = ()
    problem: str = ""


def of_wording(wording: rules.Wording, language: str, look: str, at: datetime) -> Preview:
    """A wording with its examples filled in."""
    subject, body = wording.parts(language)
    values = dict.fromkeys(wording.used, "") | wording.examples
    try:
        blocks = rules.fill(body, values, base_url=settings.TOWNHALL_URL)
        title = rules.fill_line(subject, values)
    except ValueError as error:
        return Preview(look, language, subject, problem=str(error))
    lines = ("14 Hope Street", "Northmere", "NM2 6RD")
    message = _message(title, blocks, language, at, rules.Address(name="A. Resident", lines=lines))
    return _shown(message, look)


def of_letter(letter: Letter, look: str) -> Preview:
    """A letter that was written."""
    at = letter.sent_at or letter.created_at
    return _shown(_message(letter.subject, letter.text, letter.language, at, letter.where), look)


def message_of(letter: Letter, *, large: bool = False) -> Message:
    """A letter as print wants it."""
    at = letter.sent_at or letter.created_at
    return _message(letter.subject, letter.text, letter.language, at, letter.where, large=large or letter.large_print)


def _message(
    subject: str, blocks: list[rules.Block], language: str, at: datetime, address: rules.Address, *, large: bool = False
) -> Message:
    return Message(
        reference="preview.1", channel="post", to=address.to("post"), sender=selectors.sender_name(language),
        subject=subject, blocks=blocks, language=language, at=at, is_large_print=large, address=address,
    )  # fmt: skip


def _shown(message: Message, look: str) -> Preview:
    bare = Preview(look=look, language=message.language, subject=message.subject)
    if look == "sms":
        sms = rules.as_sms(message.blocks, message.sender)
        return replace(bare, sms=sms, parts=rules.sms_parts(sms))
    if look == "email":
        return replace(bare, html=rules.as_html(message.blocks))
    if not paper.can_print():
        return replace(bare, problem="pdf")
    pages = printing.pictures(replace(message, is_large_print=look == "large"))
    return replace(bare, pages=tuple(f"data:image/png;base64,{b64encode(page).decode()}" for page in pages))
