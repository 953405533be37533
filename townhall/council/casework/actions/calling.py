"""Keeping what was said on the telephone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from townhall.council.casework.models import Contact
from townhall.council.casework.rules.copies import COPIES
from townhall.council.casework.selectors import copies
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import actions as notify


def log_call(
    *,
    person: Person | None,
    case: Case | None,
    about: str,
    text: str,
    minutes: int,
    is_answered: bool,
    is_verified: bool,
    by: Person,
    at: datetime,
    channel: str = "phone",
    sends: Sequence[str] = (),
) -> Contact:
    """Keep a call or a visit; where it was about a case, also on its timeline, with a task where somebody must act.

    `sends` are codes of `rules.copies` for what the caller is sent of the case: only to somebody who was verified.
    """
    with transaction.atomic():
        contact = Contact.objects.create(
            person=person, case=case, by=by, at=at, channel=channel, about=about, text=text, minutes=minutes,
            is_answered=is_answered, is_verified=is_verified,
        )  # fmt: skip
        if case is not None:
            data = {"channel": channel, "about": about, "minutes": minutes, "answered": is_answered}
            data |= {"caller": str(person.pk)} if person else {}
            sent = send_copies(contact.pk, case, person, sends, at) if person and is_verified else []
            cases.log_contact(case_id=case.pk, text=text, by=by, at=at, data=data | ({"sent": sent} if sent else {}))
        if case is not None and not is_answered and case.is_open:
            cases.add_task(case_id=case.pk, title=_("Answer the caller"), by=by, at=at)
    return contact


def send_copies(contact_id: UUID, case: Case, person: Person, sends: Sequence[str], at: datetime) -> list[str]:
    """Write what was ticked, each by its own channel; the codes of those that can reach the person."""
    sent: list[str] = []
    with translation.override(person.language):
        values = copies.values(case, person, at)
        for code in [each for each in COPIES if each in sends]:
            copy = COPIES[code]
            letter = notify.write(
                kind=copy.letter, key=f"{code}:{contact_id}", values=values, at=at, person=person, case_id=case.pk,
                channel=copy.channel,
            )  # fmt: skip
            sent += [code] if letter is not None else []
    return sent
